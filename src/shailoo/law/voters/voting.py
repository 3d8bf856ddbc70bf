"""The voting that facts belong to, and its terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.law.calendar import Entry, Kind, Occasion, event, when
from shailoo.law.editions import Edition


@dataclass(frozen=True, slots=True)
class Voting:
    """One day of voting: its kind, its local day, and the local day on which it was called, where that is known."""

    kind: Kind
    day: date
    called: date | None = None

    def term(self, name: str, edition: Edition, **known: date | datetime) -> Entry:
        """The calendar's event `name`. Raises KeyError where votings of this kind have no such event."""
        return when(name, Occasion(self.kind, self.day, self.called, known), edition)

    def knows(self, name: str) -> bool:
        """Whether votings of this kind have the event `name`."""
        return self.kind in event(name).kinds
