"""An election's calendar for others: as records of a stable form, and as iCalendar (RFC 5545) for phones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from icalendar import Calendar, Event

from shailoo.law.calendar import Entry, end_of, local_day
from shailoo.wording import Catalogue, text
from shailoo.wording.citations import cite

LAST_DAY = {"ky": "акыркы күн", "ru": "последний день", "en": "last day"}


Record: TypeAlias = "dict[str, str | int | list[str] | None]"


def record(entry: Entry, language: str) -> Record:
    """One event as the contract of `shailoo law calendar` has it; days as ISO 8601, None where there is none."""
    return {
        "id": entry.id,
        "title": text(Catalogue.EVENTS, entry.id, language),
        "norms": list(entry.norms),
        "actor": ", ".join(text(Catalogue.ACTORS, each, language) for each in entry.event.actors),
        "first": entry.first.isoformat() if entry.first else None,
        "last": entry.last.isoformat() if entry.last else None,
        "last_inclusive": entry.last_inclusive.isoformat() if entry.last_inclusive else None,
        "time": f"{entry.time:%H:%M}" if entry.time else None,
        "reduced_from": entry.reduced_from,
    }


def as_ics(entries: Iterable[Entry], language: str, *, name: str, uid: str, stamp: datetime | None = None) -> bytes:
    """Every event that has days, as an entry on its last day: whole days as days, hours as instants.

    `uid` names the election, so that a calendar that is fetched again replaces its events. `stamp` is the instant at
    which the calendar was made; by default the first instant that it holds, so that the same calendar gives the same
    bytes.
    """
    dated = [each for each in entries if each.first or each.last]
    moments = [moment for each in dated for moment in (each.opens, each.closes) if moment is not None]
    made = stamp or min(moments, default=datetime(2000, 1, 1, tzinfo=UTC))
    book = Calendar()
    book.add("prodid", "-//Shailoo//Electoral calendar//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", "Asia/Bishkek")
    for each in dated:
        book.add_component(_event(each, language, uid, made))
    written: bytes = book.to_ical()
    return written


def _event(entry: Entry, language: str, uid: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}.{uid}@shailoo")
    event.add("dtstamp", stamp.astimezone(UTC))
    title = text(Catalogue.EVENTS, entry.id, language)
    moment = entry.closes or entry.opens
    if entry.time is not None and moment is not None:
        event.add("dtstart", moment.astimezone(UTC))
    else:
        day = entry.last or entry.first
        if entry.last and entry.first != entry.last:
            title = f"{title} ({LAST_DAY[language]})"
        event.add("dtstart", day)
        event.add("dtend", local_day(end_of(day)) if day else None)
    event.add("summary", title)
    actors = ", ".join(text(Catalogue.ACTORS, each, language) for each in entry.event.actors)
    event.add("description", f"{actors}. {'; '.join(cite(norm, language) for norm in entry.norms)}")
    event.add("transp", "TRANSPARENT")
    if entry.time is not None:
        event.add("duration", timedelta(0))
    return event
