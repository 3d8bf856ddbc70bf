"""Reading personal data is itself recorded: whose data was shown to whom, when, on which page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from shailoo.accounts.models import Office, PersonalReading

_LONGEST_SUBJECT, _LONGEST_PAGE = 120, 300  # letters, as the columns hold


def record_reading(office: Office, what: str, *, subject: str, page: str) -> PersonalReading:
    """Write one reading in a transaction of its own, also while reading requests are held read-only."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        return PersonalReading.objects.create(
            office=office,
            at=timezone.now(),
            what=what,
            subject=subject[:_LONGEST_SUBJECT],
            page=page[:_LONGEST_PAGE],
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Which readings are asked for: of a kind, by people or of a subject that hold a text, of local days (included)."""

    what: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


def readings(asked: Asked) -> QuerySet[PersonalReading]:
    """The readings asked for with their offices, the latest first."""
    found = PersonalReading.objects.select_related("office__person", "office__body").order_by("-at", "-pk")
    if asked.what:
        found = found.filter(what=asked.what)
    if asked.text:
        reader = Q(office__person__name__icontains=asked.text) | Q(office__person__username__icontains=asked.text)
        found = found.filter(reader | Q(subject__icontains=asked.text))
    if asked.since is not None:
        found = found.filter(at__gte=_begin(asked.since))
    if asked.until is not None:
        found = found.filter(at__lt=_begin(asked.until) + timedelta(days=1))
    return found


def kinds() -> list[str]:
    """The kinds of personal data that have been read, in the order of the alphabet."""
    return list(PersonalReading.objects.order_by("what").values_list("what", flat=True).distinct())


def _begin(day: date) -> datetime:
    """Midnight of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))
