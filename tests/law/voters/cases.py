"""What the tests of this chapter share: the edition, an ordinary voting, and how outcomes are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.outcome import Outcome
from shailoo.law.voters.voting import Voting

LAW = edition("2020-06-30")
JK = Voting(Kind.JK, date(2020, 10, 4), date(2020, 7, 3))
PRESIDENT = Voting(Kind.PRESIDENTIAL, date(2017, 10, 15), date(2017, 6, 1))
REPEAT = Voting(Kind.REPEAT_VOTING, date(2020, 11, 1))


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A local instant of 2020."""
    return datetime(2020, month, day, hour, minute, tzinfo=BISHKEK)


def breaches(found: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of every finding; a requirement or a term by its own name."""
    return {(each.norm, _name(each.code, each.facts)) for each in found.findings}


def errors(found: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of the findings that stop the act."""
    return {(each.norm, _name(each.code, each.facts)) for each in found.errors}


def passed(found: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of every step."""
    return {(each.norm, _name(each.code, each.facts)) for each in found.steps}


def _name(code: str, facts: Any) -> str:
    for kind in ("polling_requirement", "polling_term", "polling_fact"):
        if kind in facts:
            return str(facts[kind])
    return code
