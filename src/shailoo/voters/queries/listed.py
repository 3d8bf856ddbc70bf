"""Who was listed where, at any moment; and every version of one person's entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from shailoo.territory.models import Precinct
from shailoo.voters.models import Entry, Register


def at_moment(register: Register, moment: datetime) -> QuerySet[Entry]:
    """The entries that stood at a moment: one of a person, in one precinct."""
    stood = Q(since__lte=moment) & (Q(until__gt=moment) | Q(until=None))
    return Entry.objects.filter(stood, register=register)


def listed_on(register: Register, precinct: Precinct, moment: datetime) -> QuerySet[Entry]:
    """Who was listed in a precinct at a moment: one query."""
    return at_moment(register, moment).filter(precinct=precinct).order_by("surname", "name", "patronymic", "pk")


def listed_by_precinct(register: Register, moment: datetime) -> Mapping[int, int]:
    """How many were listed in each precinct (by its key) at a moment."""
    found = at_moment(register, moment).values_list("precinct_id").annotate(Count("pk")).order_by()
    return dict(found)


def history(register: Register, pin: int) -> QuerySet[Entry]:
    """Every version of a person's entry with its deliveries, the first one first."""
    found = Entry.objects.filter(register=register, pin=pin).order_by("since")
    return found.select_related("precinct", "region", "opened_by__delivery", "closed_by__delivery")


Listed = Entry
