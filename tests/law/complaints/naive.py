"""The terms of complaints once more, the slow and plain way, written from the articles alone.

Days are counted one by one on a list of days; a chain is every way of filing and deciding, and the longest of them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

ONE = timedelta(days=1)
ABOVE = {"pec": "tec", "tec": "cec", "cec": "court", "court": "supreme_court"}


def days_after(day: date, number: int) -> date:
    for _ in range(number):
        day += ONE
    return day


def accepted(aware: datetime, filed: datetime, days: int) -> bool:
    """Until 24:00 of the last day."""
    return filed.date() <= days_after(aware.date(), days)


def accepted_by_hours(aware: datetime, filed: datetime, days: int) -> bool:
    return (filed - aware).total_seconds() < days * 24 * 60 * 60


def due(received: date, election_day: date, *, results: bool, verified: bool, body: str) -> date:
    if results and body == "supreme_court":
        return days_after(received, 5)
    if not results and received in (election_day, election_day - ONE):
        return received
    return days_after(received, 5 if verified else 3)


def answered(received: date, election_day: date, *, verified: bool) -> date:
    """By a prosecutor or the police."""
    if received in (election_day, election_day - ONE):
        return received
    return days_after(received, 3 if verified else 2)


def last_of_chain(
    respondent: str, since: date, election_day: date, *, results: bool, first: bool = True
) -> date | None:
    """The latest day on which anything can still be decided, over every day of filing, always with verification."""
    if respondent not in ABOVE:
        return None
    body = ABOVE[respondent]
    days = 3 if results or not first else 2
    ends = []
    for number in range(days + 1):
        decided = due(days_after(since, number), election_day, results=results, verified=True, body=body)
        ends.append(last_of_chain(body, decided, election_day, results=results, first=False) or decided)
    return max(ends)
