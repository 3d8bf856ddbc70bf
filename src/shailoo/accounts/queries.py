"""Reading offices."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from shailoo.accounts.models import Office, Person


def offices_of(person: Person) -> QuerySet[Office]:
    """The offices that a person holds now, in the order in which they began."""
    now = timezone.now()
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person, since__lte=now)
    return held.select_related("body", "person").order_by("since", "pk")


def office_in_use(person: Person | AnonymousUser, chosen: object) -> Office | None:
    """The office that `chosen` (a primary key from the session) names, if it is held; else the first held one."""
    if not isinstance(person, Person):
        return None
    held = list(offices_of(person))
    return next((office for office in held if office.pk == chosen), held[0] if held else None)
