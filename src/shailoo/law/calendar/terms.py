"""Days and instants of Bishkek, and the shortening of terms at early and repeat elections (L48.2, L59.4, L63.2)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from math import ceil, floor

from shailoo.law.calendar.events import Event, Kind, NotReduced, Unit
from shailoo.law.editions import Edition, ReductionRounding, ReductionScope
from shailoo.law.outcome import applies

BISHKEK = timezone(timedelta(hours=6), "Asia/Bishkek")  # all year; the law says local time and fixes no zone
SHORTEST_REDUCED = 3  # days: shorter terms are no terms of electoral activities (the reading of `reduction_scope`)
_DAY = 24 * 60 * 60  # seconds


def start_of(day: date) -> datetime:
    """00:00 of a local day."""
    return datetime(day.year, day.month, day.day, tzinfo=BISHKEK)


def end_of(day: date) -> datetime:
    """24:00 of a local day: the first instant that is no longer in time."""
    return start_of(day + timedelta(days=1))


def local_day(moment: date | datetime) -> date:
    """The local day of a day or of an instant."""
    return moment.astimezone(BISHKEK).date() if isinstance(moment, datetime) else moment


def months_from(day: date, months: int) -> date:
    """The same day so many calendar months later, or earlier where negative; the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def later(moment: datetime, days: int | Fraction) -> datetime:
    """The instant so many days after `moment`, exact to the second also for a fraction of a day."""
    seconds = Fraction(days) * _DAY
    return moment + timedelta(seconds=int(seconds))


@applies("L48.2.c", "L59.4.c", "L63.2.b")
def reduction(kind: Kind, edition: Edition) -> Fraction:
    """The part by which the terms of an election of this kind are shortened; 0 where they are not."""
    return {
        Kind.PRESIDENTIAL_EARLY: edition.early_reduction_president,
        Kind.JK_EARLY: edition.early_reduction_jogorku_kenesh,
        Kind.REPEAT_JK: edition.repeat_election_reduction_jogorku_kenesh,
    }.get(kind, Fraction(0))


def is_reduced(event: Event, kind: Kind, edition: Edition) -> bool:
    """Whether the term of `event` is shortened at an election of this kind (`reduction_scope`)."""
    if reduction(kind, edition) == 0 or event.unit is not Unit.DAY:
        return False
    after_voting = edition.reduction_scope is ReductionScope.ALSO_POST_ELECTION_TERMS
    return event.reducible or (
        after_voting
        and event.not_reduced is NotReduced.AFTER_VOTING
        and abs(statutory(event, edition)) >= SHORTEST_REDUCED
    )


def statutory(event: Event, edition: Edition) -> int:
    """The number of the law, in the event's unit: negative before its anchor."""
    if event.value is not None:
        return int(edition.values[event.value])  # type: ignore[arg-type]  # checked to be a count when it was read
    return event.offset or 0


def length(event: Event, kind: Kind, edition: Edition) -> int | Fraction:
    """The number that holds at an election of this kind, shortened and rounded where the term is."""
    days = statutory(event, edition)
    if not is_reduced(event, kind, edition):
        return days
    shortened = reduced(abs(days), reduction(kind, edition), edition)
    return -shortened if days < 0 else shortened


@applies("L48.2.c", "L59.4.c", "L63.2.b")
def reduced(days: int, part: Fraction, edition: Edition) -> int | Fraction:
    """`days` less the `part`, in days, rounded as `reduction_rounding` says; at least `minimum_reduced_days`.

    >>> reduced(50, Fraction(1, 4), edition)  # 37.5
    37
    """
    exact = days * (1 - part)
    rounded: int | Fraction
    match edition.reduction_rounding:
        case ReductionRounding.NEAREST_HALF_DOWN:
            rounded = ceil(exact - Fraction(1, 2))
        case ReductionRounding.FLOOR:
            rounded = floor(exact)
        case ReductionRounding.CEIL:
            rounded = ceil(exact)
        case ReductionRounding.EXACT:
            rounded = exact
    return max(rounded, edition.minimum_reduced_days)
