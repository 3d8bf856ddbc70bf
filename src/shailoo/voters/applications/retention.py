"""When what voters wrote goes: as the papers of observers, a while after the official publication of results.

The Law sets no time. Complaints about the lists end with the results; so the same number of days is kept
(`settings.OBSERVATION_KEPT_DAYS`), and what an application was, and its answer, stay on record without the voter.
"""

from __future__ import annotations

from datetime import datetime

from shailoo.documents.sealed.actions import erase
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Election
from shailoo.law.calendar import local_day
from shailoo.observation.actions.retention import kept_until
from shailoo.voters.applications.models import Application, MobileRequest, Paper

GROUND = "the time for keeping it has ended"
AT_ONCE = 500


def erase_what_is_over(election: Election, *, at: datetime) -> int:
    """Erase everything sealed of the election's applications once its time has ended; returns how many files went."""
    until = kept_until(election)
    if until is None or until >= local_day(at):
        return 0
    gone = 0
    while waiting := list(_kept(election)[:AT_ONCE]):
        gone += erase(waiting, ground=GROUND, by=None, at=at)
    return gone


def _kept(election: Election) -> list[SealedFile]:
    """Files that are still there: dossiers of either kind, and copies of documents."""
    dossiers = Application.objects.filter(voting__election=election).values("dossier")
    papers = Paper.objects.filter(application__voting__election=election).values("file")
    mobile = MobileRequest.objects.filter(voting__election=election).values("dossier")
    keys = dossiers.union(papers, mobile)
    return list(SealedFile.objects.filter(pk__in=keys, ciphertext__isnull=False).order_by("pk")[:AT_ONCE])
