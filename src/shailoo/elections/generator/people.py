"""Names of generated people, Kyrgyz and Russian. They are put together by lot and mean nobody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TypeAlias

import msgspec

from shailoo.elections.generator.record import DATA

Pair: TypeAlias = tuple[str, str]  # Kyrgyz, Russian


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    men: tuple[Pair, ...]
    women: tuple[Pair, ...]
    families: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Name:
    ky: str
    ru: str


@cache
def _names() -> _Names:
    return msgspec.toml.decode((DATA / "names.toml").read_bytes(), type=_Names)


def man(lot: Random) -> Name:
    """Family name, given name, and whose son he is."""
    family, own, father = (lot.choice(kind) for kind in (_names().families, _names().men, _names().men))
    return Name(f"{family[0]} {own[0]} {father[0]} уулу", f"{family[1]} {own[1]} {father[1]}ович")


def woman(lot: Random) -> Name:
    """Family name, given name, and whose daughter she is."""
    family, own, father = (lot.choice(kind) for kind in (_names().families, _names().women, _names().men))
    return Name(f"{family[0]}а {own[0]} {father[0]} кызы", f"{family[1]}а {own[1]} {father[1]}овна")


def party_list(lot: Random, length: int) -> tuple[Name, ...]:
    """A list of candidates by rank: two men, one woman, and so on, so that L60.3 on gender holds; no name twice."""
    found: dict[Name, None] = {}
    while len(found) < length:
        found[(woman if len(found) % 3 == 2 else man)(lot)] = None
    return tuple(found)
