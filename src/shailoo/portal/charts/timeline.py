"""A calendar as a picture: one lane for each kind of actor, a mark for each term, all on one scale of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FULL = 1000  # the length of the scale, in units of its view box
NARROWEST = 5  # units of a mark: a single day is to be seen and touched


@dataclass(frozen=True, slots=True)
class Term:
    """A term to be drawn: its lane, its days (both included), its state and what a reader is told of it."""

    lane: str
    first: date
    last: date
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A term as drawn: where it begins and how long it is, in units of `FULL`."""

    term: Term
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The terms of one kind of actor, those that end last drawn first."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the scale: its first day on the scale, and how many days of it the scale holds (1 to 31)."""

    first: date
    days: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """`today` and `voting` are where those days stand on the scale; None where they lie outside it."""

    lanes: tuple[Lane, ...]
    months: tuple[Month, ...]
    first: date
    last: date
    today: int | None
    voting: int | None


def timeline(terms: Iterable[Term], lanes: Sequence[str], *, today: date, voting: date) -> Timeline | None:
    """The picture of `terms` in the order of `lanes`; None where there is nothing to draw.

    The scale begins with the first day of the month of the earliest term and ends with the last day of a month.
    """
    drawn = list(terms)
    if not drawn:
        return None
    first = min(each.first for each in drawn).replace(day=1)
    last = _end_of_month(max(each.last for each in drawn))
    days = (last - first).days + 1
    ordered = sorted(drawn, key=lambda each: (each.last, each.first), reverse=True)
    return Timeline(
        tuple(
            Lane(name, tuple(_mark(each, first, days) for each in ordered if each.lane == name))
            for name in lanes
            if any(each.lane == name for each in drawn)
        ),
        tuple(_months(first, last)),
        first,
        last,
        _place(today, first, days),
        _place(voting, first, days),
    )


def _mark(term: Term, first: date, days: int) -> Mark:
    start = (term.first - first).days * FULL // days
    length = max(((term.last - term.first).days + 1) * FULL // days, NARROWEST)
    return Mark(term, min(start, FULL - length), length)


def _place(day: date, first: date, days: int) -> int | None:
    place = (day - first).days
    return place * FULL // days if 0 <= place < days else None


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _months(first: date, last: date) -> Iterable[Month]:
    day = first
    while day <= last:
        end = _end_of_month(day)
        yield Month(day, (end - day).days + 1)
        day = end + timedelta(days=1)
