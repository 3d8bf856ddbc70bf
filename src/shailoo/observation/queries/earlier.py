"""Observers at elections before this system: a small register of figures, each with the name of its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from shailoo.wording import LANGUAGES

_FILE = Path(__file__).parent.parent / "data" / "earlier.toml"


@dataclass(frozen=True, slots=True)
class OfOrganization:
    """How many people of an organization were accredited, as a source tells."""

    name: str
    people: int
    source: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier election; `whole` is False where the figure is not of the whole accreditation, and `note` says why."""

    day: date
    names: Mapping[str, str]
    people: int
    countries: int | None
    whole: bool
    source: str
    notes: Mapping[str, str]
    organizations: tuple[OfOrganization, ...]


@cache
def earlier() -> tuple[Earlier, ...]:
    """The earlier elections, the earliest first."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["elections"]
    return tuple(sorted((_read(each) for each in told), key=lambda each: each.day))


def _read(entry: Mapping[str, Any]) -> Earlier:  # Any: TOML, read here alone
    return Earlier(
        day=entry["day"],
        names={language: entry[language] for language in LANGUAGES},
        people=entry["people"],
        countries=entry.get("countries"),
        whole=entry["whole"],
        source=entry["source"],
        notes={language: entry.get(f"{language}_note", "") for language in LANGUAGES},
        organizations=tuple(OfOrganization(**each) for each in entry.get("organizations", ())),
    )
