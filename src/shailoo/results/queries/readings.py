"""Reading the readings: what commissions decided where the law is silent, and which terms move with a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from django.db.models import QuerySet

from shailoo.elections import queries as elections
from shailoo.elections.agenda import current
from shailoo.elections.models import Election, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.law.calendar import Entry, calendar
from shailoo.law.editions import Reading
from shailoo.results.models import ReadingTaken

CALENDAR = "calendar"  # the chapter of readings on days and terms; they alone move terms
Days: TypeAlias = tuple[date | None, date | None, time | None]


def readings_decided(election: Election) -> Mapping[str, ReadingTaken]:
    """Parameter -> the latest decision of the CEC on it in this election."""
    return {each.parameter: each for each in ReadingTaken.objects.filter(election=election).order_by("at", "pk")}


def decisions_on(election: Election, parameter: str) -> QuerySet[ReadingTaken]:
    """Every decision of the CEC on one question in this election, the latest first."""
    taken = ReadingTaken.objects.filter(election=election, parameter=parameter)
    return taken.select_related("office__body").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the calendar under one option of a reading; `moves` where its days are not those of today."""

    option: str
    entry: Entry
    moves: bool


@dataclass(frozen=True, slots=True)
class MovingTerm:
    """A term that some option of a reading moves: its days now, and under each option in the order of the law."""

    now: Entry
    options: tuple[Term, ...]
    published: bool  # the public calendar has a page for it


def moving_terms(voting: Voting, reading: Reading, now: datetime) -> tuple[MovingTerm, ...]:
    """The terms of a voting that another option of the reading would move: what ends next first, what is over last.

    Empty where no term moves, and for a voting at some precincts only, which has no calendar of its own.
    """
    occasion = occasion_of(voting) if reading.chapter == CALENDAR else None
    if occasion is None:
        return ()
    law = voting.election.edition
    present = calendar(occasion, law)
    others = {option: calendar(occasion, law.with_readings(**{reading.name: option})) for option in reading.options}
    published = _published(voting)
    every = (
        MovingTerm(entry, tuple(_terms(entry, place, others)), entry.id in published)
        for place, entry in enumerate(present)
    )
    found = (each for each in every if any(term.moves for term in each.options))
    return tuple(sorted(found, key=lambda each: _urgency(each.now, now)))


def _terms(present: Entry, place: int, others: Mapping[str, tuple[Entry, ...]]) -> Iterator[Term]:
    """One term under every option; a calendar has the same events in the same places whatever is read."""
    for option, entries in others.items():
        yield Term(option, entries[place], _days(entries[place]) != _days(present))


def _days(entry: Entry) -> Days:
    return entry.first, entry.last, entry.time


def _published(voting: Voting) -> frozenset[str]:
    """The events that the public calendar of the election shows: that of its latest voting."""
    shown = elections.voting_of(voting.election)
    return frozenset() if shown is None else frozenset(current(shown).values_list("event", flat=True))


def _urgency(entry: Entry, now: datetime) -> tuple[bool, date, str]:
    """Whether the term is over, then its last or only day."""
    end = entry.closes or entry.opens
    return end is not None and end <= now, entry.last or entry.first or date.max, entry.id
