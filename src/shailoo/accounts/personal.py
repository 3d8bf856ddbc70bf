"""Reading personal data is itself recorded: whose data was shown to whom, when, on which page."""

from __future__ import annotations

from django.db import connection, transaction
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
