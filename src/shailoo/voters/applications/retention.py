"""What voters wrote goes with its time: what an application was, and its answer, stay on record without the voter."""

from __future__ import annotations

from datetime import datetime

from shailoo.elections.models import Election
from shailoo.voters.applications.models import Application, MobileRequest, Paper
from shailoo.voters.retention import erase_once_over


def erase_what_is_over(election: Election, *, at: datetime) -> int:
    """Erase everything sealed of the election's applications once its time has ended; returns how many files went."""
    dossiers = Application.objects.filter(voting__election=election).values("dossier")
    papers = Paper.objects.filter(application__voting__election=election).values("file")
    mobile = MobileRequest.objects.filter(voting__election=election).values("dossier")
    return erase_once_over(election, dossiers.union(papers, mobile), at=at)
