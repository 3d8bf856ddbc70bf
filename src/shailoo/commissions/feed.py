"""Sittings as iCalendar (RFC 5545), for the calendars of phones and offices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from icalendar import Calendar, Event

from shailoo.commissions import words
from shailoo.commissions.models import Sitting
from shailoo.commissions.states import ItemState, State


def as_ics(sittings: Sequence[Sitting], *, name: str) -> bytes:
    """A calendar called `name` with an entry for each sitting at its planned hour; a cancelled one says so.

    Fetched again, it replaces its entries. The same sittings give the same bytes.
    """
    book = Calendar()
    book.add("prodid", "-//Shailoo//Sittings of commissions//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", "Asia/Bishkek")
    stamp = max((_changed(each) for each in sittings), default=datetime(2000, 1, 1, tzinfo=UTC))
    for each in sittings:
        book.add_component(_entry(each, stamp))
    written: bytes = book.to_ical()
    return written


def _changed(sitting: Sitting) -> datetime:
    return sitting.closed_at or sitting.opened_at or sitting.called_at


def _entry(sitting: Sitting, stamp: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"sitting-{sitting.pk}@shailoo")
    entry.add("dtstamp", stamp.astimezone(UTC))
    entry.add("dtstart", sitting.planned_at.astimezone(UTC))
    entry.add("summary", f"{words.own(sitting.commission.body, 'name')}: {words.KINDS[sitting.kind]} {sitting}")
    entry.add("location", words.own(sitting, "place"))
    agenda = [each for each in sitting.items.all() if each.state != ItemState.DECLINED]
    entry.add("description", "\n".join(f"{each.position}. {words.own(each, 'title')}" for each in agenda))
    entry.add("status", "CANCELLED" if sitting.state == State.CANCELLED else "CONFIRMED")
    return entry
