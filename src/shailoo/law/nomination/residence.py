"""How long somebody has lived in the country in aggregate (L50.3.e): gaps are allowed, overlaps count once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shailoo.law.nomination.ages import completed_years


@dataclass(frozen=True, slots=True)
class Stay:
    """A time of residence: from the local day `since` until the day of leaving, None while it lasts.

    `proved`: evidence of it is in the file.
    """

    since: date
    until: date | None = None
    proved: bool = True

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("a stay ends after it begins")


def years_of_residence(stays: Iterable[Stay], on: date) -> int:
    """Whole years of residence up to the day `on`: the full years of each stay, and the days left over.

    The days left over of several stays are laid end to end up to the day `on`; those of one stay are no full year.
    """
    spans = tuple(_merged(stays, on))
    full = [completed_years(since, until) for since, until in spans]
    if len(spans) < 2:
        return sum(full)
    left = sum((until - _anniversary(since, years)).days for (since, until), years in zip(spans, full, strict=True))
    return sum(full) + completed_years(on - timedelta(days=left), on)


def _merged(stays: Iterable[Stay], on: date) -> Iterator[tuple[date, date]]:
    """The stays as far as the day `on`, in order, with those that touch or overlap as one."""
    spans = sorted((each.since, min(each.until or on, on)) for each in stays if each.since < on)
    begun: tuple[date, date] | None = None
    for since, until in spans:
        if begun is None:
            begun = since, until
        elif since <= begun[1]:
            begun = begun[0], max(begun[1], until)
        else:
            yield begun
            begun = since, until
    if begun is not None:
        yield begun


def _anniversary(since: date, years: int) -> date:
    """The day so many years later; of 29 February 1 March, as in `completed_years`."""
    year = since.year + years
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, 3, 1) if (since.month, since.day) == (2, 29) and not is_leap else since.replace(year=year)
