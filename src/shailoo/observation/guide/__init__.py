"""The guide: who may observe and how to apply, for each of the five kinds, as data in three languages.

A file for each kind, named as `Application.Kind` calls it: statements with their norm and the event of the calendar
that gives their days, and where the editions of 2017 and 2021 differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from shailoo.law.outcome import NormId
from shailoo.wording import LANGUAGES

_FOLDER = Path(__file__).parent


class Part(StrEnum):
    """What a statement answers."""

    WHO = "who"
    HOW = "how"
    WHEN = "when"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the guide with its norm; `event` names the days of the calendar that go with it."""

    part: Part
    norm: NormId
    words: Mapping[str, str]
    event: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What an earlier and a later edition say differently."""

    earlier: NormId
    later: NormId
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that is said of one kind."""

    statements: tuple[Statement, ...]
    differences: tuple[Difference, ...] = ()

    def of(self, part: Part) -> list[Statement]:
        """The statements that answer one question, in their order."""
        return [each for each in self.statements if each.part is part]

    @property
    def events(self) -> frozenset[str]:
        """The events of the calendar whose days the guide tells."""
        return frozenset(each.event for each in self.statements if each.event)


@cache
def guide(kind: str) -> Guide:
    """The guide to one kind. Raises FileNotFoundError where there is none."""
    told = tomllib.loads((_FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    return Guide(
        tuple(
            Statement(Part(each["part"]), each["norm"], _words(each), each.get("event", ""))
            for each in told["statements"]
        ),
        tuple(Difference(each["earlier"], each["later"], _words(each)) for each in told.get("differences", ())),
    )


def _words(entry: Mapping[str, str]) -> Mapping[str, str]:
    return {language: entry[language] for language in LANGUAGES}
