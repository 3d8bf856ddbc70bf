"""The election that the facts of this chapter belong to, and its terms by the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shailoo.law.calendar import Entry, Kind, Occasion, when
from shailoo.law.editions import Edition


class Contest(StrEnum):
    """What is elected; each has an article of its own on registration."""

    PRESIDENT = "president"  # Art. 53
    LISTS = "lists"  # Art. 61


_LISTS = frozenset({Kind.JK, Kind.JK_EARLY, Kind.REPEAT_JK})


@dataclass(frozen=True, slots=True)
class Election:
    """The election whose terms bind: its kind, its day, and the local day of its calling where it is known."""

    kind: Kind
    election_day: date
    calling: date | None = None

    @property
    def contest(self) -> Contest:
        return Contest.LISTS if self.kind in _LISTS else Contest.PRESIDENT

    def occasion(self, **known: date) -> Occasion:
        """The same election for the calendar, with what has happened."""
        return Occasion(self.kind, self.election_day, self.calling, known)

    def term(self, event: str, edition: Edition, **known: date) -> Entry:
        """The term of a calendar's event. Raises KeyError where elections of this kind have none."""
        return when(event, self.occasion(**known), edition)

    def until(self, event: str, edition: Edition, **known: date) -> datetime:
        """The first instant at which the event's term is over. Raises ValueError where its anchor is not known."""
        entry = self.term(event, edition, **known)
        if entry.closes is None:
            raise ValueError(f"{event} waits for {entry.waits_for}")
        return entry.closes

    def require_registration(self) -> None:
        """Raise ValueError for a repeat voting: nobody is registered anew for it (Art. 56)."""
        if self.kind is Kind.REPEAT_VOTING:
            raise ValueError("a repeat voting has no registration of its own")

    def require(self, contest: Contest) -> None:
        """Raise ValueError where this election is about something else."""
        if self.contest is not contest:
            raise ValueError(f"an election of kind {self.kind.value} is no election of {contest.value}")
