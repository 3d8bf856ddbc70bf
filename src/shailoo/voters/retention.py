"""When sealed files about voters go: as the papers of observers, a while after the official publication of results.

The Law sets no time. Complaints about the lists end with the results; so the same number of days is kept
(`settings.OBSERVATION_KEPT_DAYS`), and what the files were about stays on record without the voters.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shailoo.documents.sealed.actions import erase
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Election
from shailoo.law.calendar import local_day
from shailoo.observation.actions.retention import kept_until

GROUND = "the time for keeping it has ended"
AT_ONCE = 500


def erase_once_over(election: Election, keys: QuerySet[Any, Any], *, at: datetime) -> int:
    """Erase the sealed files of these `keys` once the election's time has ended; returns how many files went."""
    until = kept_until(election)
    if until is None or until >= local_day(at):
        return 0
    gone = 0
    kept = SealedFile.objects.filter(pk__in=keys, ciphertext__isnull=False).order_by("pk")
    while waiting := list(kept[:AT_ONCE]):
        gone += erase(waiting, ground=GROUND, by=None, at=at)
    return gone
