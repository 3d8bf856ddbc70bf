"""The election that a complaint or a publication belongs to, and its terms by the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shailoo.law.calendar import Entry, Kind, Occasion, when
from shailoo.law.calendar.reckoning import Moment
from shailoo.law.editions import Edition

_JOGORKU_KENESH = frozenset({Kind.JK, Kind.JK_EARLY, Kind.REPEAT_JK})


@dataclass(frozen=True, slots=True)
class Election:
    """An election: its kind and the local day of its voting."""

    kind: Kind
    election_day: date

    @property
    def presidential(self) -> bool:
        return self.kind not in _JOGORKU_KENESH

    def term(self, event: str, edition: Edition, **known: Moment) -> Entry:
        """The term of a calendar's event. Raises KeyError where elections of this kind have none."""
        return when(event, Occasion(self.kind, self.election_day, known=known), edition)

    def last_day(self, event: str, edition: Edition, **known: Moment) -> date:
        """The last local day of the term of a calendar's event. Raises ValueError where its anchor is not known."""
        entry = self.term(event, edition, **known)
        if entry.last is None:
            raise ValueError(f"{event} waits for {entry.waits_for}")
        return entry.last

    def on_the_eve(self, day: date, edition: Edition) -> bool:
        """Whether a local day is the election day or the day before it, on which bodies answer at once.

        The same two days are those on which courts and police work whatever the weekday (L43.2.a).
        """
        days = self.term("working_days_courts_police", edition)
        return days.first is not None and days.last is not None and days.first <= day <= days.last
