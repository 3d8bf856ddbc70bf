"""Reading offices."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from shailoo.accounts.models import Office, Person


def offices_of(person: Person) -> QuerySet[Office]:
    """The offices that a person holds now, in the order in which they began."""
    now = timezone.now()
    held = Office.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person, since__lte=now)
    return held.select_related("body", "person").order_by("since", "pk")
