"""The electoral calendar: every term of the law as an exact local instant (Art. 48, 49, 56, 57, 59 to 61, 63).

A term is half-open: an act at `at` is in time where `opens <= at < closes`, and "until 24:00" closes at 00:00 of the
next day. Days are days of Asia/Bishkek. `calendar` answers for a whole election, `when` for one event of it.
"""

from __future__ import annotations

from shailoo.law.calendar.events import Bound, Counting, Event, Kind, NotReduced, Unit, anchors, event, events
from shailoo.law.calendar.reckoning import Entry, Occasion, calendar, when
from shailoo.law.calendar.terms import BISHKEK, end_of, local_day, start_of

__all__ = [
    "BISHKEK",
    "Bound",
    "Counting",
    "Entry",
    "Event",
    "Kind",
    "NotReduced",
    "Occasion",
    "Unit",
    "anchors",
    "calendar",
    "end_of",
    "event",
    "events",
    "local_day",
    "start_of",
    "when",
]
