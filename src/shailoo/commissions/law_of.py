"""By which law a commission sits: the edition in force on the local day of the act."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shailoo.law.editions import Edition, in_force

BISHKEK = ZoneInfo("Asia/Bishkek")


def edition_of(at: datetime) -> Edition:
    """The edition in force at the instant `at`. Raises KeyError where no edition here reaches back so far."""
    return in_force(at.astimezone(BISHKEK).date())


def local_year(at: datetime) -> int:
    """The year in which an act of the instant `at` is numbered."""
    return at.astimezone(BISHKEK).year
