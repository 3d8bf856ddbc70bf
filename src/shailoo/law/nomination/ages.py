"""Ages in completed years, and the day on which they are measured (L50.3, L59.1, L60.3)."""

from __future__ import annotations

from datetime import date

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.nomination import AgeDay


def completed_years(since: date, on: date) -> int:
    """Whole years from `since` to `on`; a year is full on its anniversary, of 29 February on 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def day_of_age(election_day: date, submitted_on: date, edition: Edition) -> date:
    """The day on which ages and residence are measured where the law names none (`age_day`)."""
    return submitted_on if edition.age_day is AgeDay.SUBMISSION_DAY else election_day
