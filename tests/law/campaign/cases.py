"""What the tests of campaigning share: an election, its instants, and what outcomes say in one line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.campaign.polling import Polling
from shailoo.law.editions import edition
from shailoo.law.outcome import Outcome

EDITION = edition("2017-06-05")
ELECTION_DAY = date(2020, 10, 4)
CALLING = date(2020, 7, 3)
POLLING = Polling(Kind.JK, ELECTION_DAY, CALLING)
REPEAT = Polling(Kind.REPEAT_VOTING, date(2017, 11, 19), date(2017, 6, 14))


def at(month: int, day: int, hour: int = 12, minute: int = 0, *, year: int = 2020) -> datetime:
    """An instant of Bishkek, in the year of the election."""
    return datetime(year, month, day, hour, minute, tzinfo=BISHKEK)


def found(outcome: Outcome[Any]) -> list[tuple[str, str]]:
    """The findings as pairs of norm and code."""
    return [(each.norm, each.code) for each in outcome.findings]


def codes(outcome: Outcome[Any]) -> set[str]:
    """The codes of all findings and steps."""
    return {each.code for each in outcome.findings} | {each.code for each in outcome.steps}


def norms_of_steps(outcome: Outcome[Any]) -> set[str]:
    """The norms by which steps were made."""
    return {each.norm for each in outcome.steps}
