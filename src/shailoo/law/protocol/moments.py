"""Times on one scale: seconds since 00:00 of election day, so that a count that goes past midnight compares rightly.

Times are local times of the precinct, without a zone, as its papers bear them; a moment with a zone is read on the
clock of Bishkek (UTC+6 all year).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

BISHKEK = timezone(timedelta(hours=6), "Asia/Bishkek")
_DAY = 24 * 60 * 60


def moment(value: object, election_day: object) -> int:
    """Seconds from 00:00 of election day to `value`.

    `value` is a time, a datetime, "20:05", "20:05:30" or "2020-10-05T01:20"; a bare time belongs to election day.
    `election_day` is a date or "2020-10-04", and is needed only for a value with a date. Raises TypeError or ValueError
    where a value is nothing of this, KeyError("election_day") where the day is needed and absent.
    """
    if isinstance(value, str):
        value = parse(value)
    if isinstance(value, datetime):
        local = value.astimezone(BISHKEK).replace(tzinfo=None) if value.tzinfo else value
        return (local.date() - _day(election_day)).days * _DAY + _seconds(local.time())
    if isinstance(value, time):
        return _seconds(value)
    raise TypeError(f"{value!r} is no time")


def parse(text: str) -> time | datetime:
    """A time "20:05" or a moment "2020-10-05T01:20". Raises ValueError where it is neither."""
    return time.fromisoformat(text) if text[2:3] == ":" else datetime.fromisoformat(text)


def _day(election_day: object) -> date:
    if election_day is None:
        raise KeyError("election_day")
    if isinstance(election_day, datetime):
        return election_day.date()
    if isinstance(election_day, date):
        return election_day
    if isinstance(election_day, str):
        return date.fromisoformat(election_day)
    raise TypeError(f"{election_day!r} is no date")


def _seconds(value: time) -> int:
    return (value.hour * 60 + value.minute) * 60 + value.second
