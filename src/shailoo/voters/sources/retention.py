"""What missions and institutions wrote of voters goes with its time; numbers, faults and the way stay on record."""

from __future__ import annotations

from datetime import datetime

from shailoo.elections.models import Election
from shailoo.voters.retention import erase_once_over
from shailoo.voters.sources.models import InstitutionReport, MissionReport


def erase_what_is_over(election: Election, *, at: datetime) -> int:
    """Erase the sealed files of the election's reports once its time has ended; returns how many files went."""
    missions = MissionReport.objects.filter(voting__election=election).values("file")
    institutions = InstitutionReport.objects.filter(voting__election=election).values("file")
    return erase_once_over(election, missions.union(institutions), at=at)
