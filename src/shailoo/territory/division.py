"""The administrative division as plain units: what the project knows itself, and the codes that tie sources together.

Codes: the country "KG"; regions the first four characters of their OCHA code ("KG02"); rayons and cities the first
seven ("KG02205"); everything below, and a city inside a rayon, the whole 13; precincts abroad lie in "ABROAD".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from shailoo.territory.models import Area

COUNTRY, ABROAD = "KG", "ABROAD"
DATA = Path(__file__).parent / "data"
Kind = Area.Kind


@dataclass(frozen=True, slots=True)
class Unit:
    """One area before it is written. `missing` names the languages in which the sources give no name."""

    code: str
    kind: Kind
    parent: str | None
    name_ky: str
    name_ru: str
    name_en: str
    soate: str = ""
    ocha: str = ""
    missing: tuple[str, ...] = ()


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    kind: str
    ky: str
    ru: str
    en: str
    parent: str | None = None
    soate: str = ""
    ocha: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    area: tuple[_Entry, ...]


@cache
def built_in() -> tuple[Unit, ...]:
    """The division down to rayons and cities, without boundaries; a parent stands before its children."""
    found = msgspec.toml.decode((DATA / "division.toml").read_bytes(), type=_File)
    return tuple(
        Unit(entry.code, Kind(entry.kind), entry.parent, entry.ky, entry.ru, entry.en, entry.soate, entry.ocha)
        for entry in found.area
    )


def region_code(ocha: str) -> str:
    """The code of a region, from any 13-character OCHA code in it."""
    return ocha[:4]


def district_code(ocha: str) -> str:
    """The code of a rayon or city: seven characters, the whole where it lies inside another rayon's number."""
    return ocha[:7] if ocha[7:] in ("000000", "000010") else ocha


def ocha_of(soate: str) -> str:
    """The OCHA code of a SOATE code: the country's 417 becomes KG."""
    return "KG" + soate[3:]
