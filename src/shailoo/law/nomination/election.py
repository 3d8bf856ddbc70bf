"""The election that a nomination belongs to: its kind and days, and its terms from the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.law.calendar import Entry, Kind, Occasion, when
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact

PRESIDENTIAL = frozenset({Kind.PRESIDENTIAL, Kind.PRESIDENTIAL_EARLY, Kind.REPEAT_PRESIDENTIAL})
JOGORKU_KENESH = frozenset({Kind.JK, Kind.JK_EARLY, Kind.REPEAT_JK})


@dataclass(frozen=True, slots=True)
class Called:
    """An election as called: its kind and its local days.

    `published_on` is the day on which the decision calling it was officially published, None while it is not published.
    """

    kind: Kind
    election_day: date
    called_on: date
    published_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind is Kind.REPEAT_VOTING:
            raise ValueError("a repeat voting is no election of its own: nobody is nominated for it")
        if self.published_on is not None and self.published_on < self.called_on:
            raise ValueError("a decision is not published before it is taken")

    @property
    def is_presidential(self) -> bool:
        return self.kind in PRESIDENTIAL

    def term(self, event: str, edition: Edition, **happened: date | datetime) -> Entry:
        """The term of an event of the calendar; `happened` are anchors by name, as local days or instants.

        Raises KeyError where elections of this kind have no such event.
        """
        occasion = Occasion(self.kind, self.election_day, self.called_on)
        if self.published_on is not None:
            occasion = occasion.knowing(official_publication_of_calling=self.published_on)
        return when(event, occasion.knowing(**happened), edition)


def last_day_of(term: Entry) -> date:
    """The last local day of a term. Raises ValueError where the term has none, or waits for something to happen."""
    if term.last is None:
        raise ValueError(f"{term.id} has no last day")
    return term.last


def facts_of(term: Entry, at: date | datetime) -> dict[str, Fact]:
    """The facts of an act at `at` held against the end of a term, with both last days where two counts differ."""
    days: dict[str, Fact] = {"at": at, "last_day": last_day_of(term)}
    return days if term.last_inclusive is None else days | {"last_day_inclusive": term.last_inclusive}
