"""Files that stand with a record: the text of an agreement, the report of a mission. A file once filed stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.cooperation.actions.letters import FILES, LARGEST_FILE
from shailoo.cooperation.actions.records import refused_here
from shailoo.cooperation.models import Agreement, AgreementFile, Mission, MissionReport, Organization
from shailoo.cooperation.rules import NORM
from shailoo.documents.actions import store
from shailoo.documents.models import StoredFile
from shailoo.documents.uploads import checked, record_refusal
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with its title, and whether everyone may open it."""

    title: str
    content: bytes
    is_public: bool


@transaction.atomic
def file_agreement(agreement: Agreement, paper: Paper, *, by: Office, at: datetime) -> AgreementFile | Refused:
    """Keep the text of an agreement or an annex of it."""
    stored = _kept(agreement.commission, paper, f"cooperation_agreement:{agreement.pk}", by, at)
    if isinstance(stored, Refused):
        return stored
    if AgreementFile.objects.filter(agreement=agreement, file=stored).exists():
        return Refused.because(NORM, "cooperation_filed_already", fields=("file",))
    made = AgreementFile.objects.create(
        agreement=agreement, file=stored, title=paper.title.strip(), is_public=paper.is_public, office=by, at=at
    )
    payload = {"code": agreement.code, "sha256": stored.sha256, "public": paper.is_public}
    _record("cooperation.agreement_filed", f"cooperation_agreement:{agreement.pk}", by=by, at=at, payload=payload)
    return made


@transaction.atomic
def file_report(mission: Mission, paper: Paper, *, by: Office, at: datetime) -> MissionReport | Refused:
    """Keep what a mission reported."""
    stored = _kept(mission.commission, paper, f"cooperation_mission:{mission.pk}", by, at)
    if isinstance(stored, Refused):
        return stored
    if MissionReport.objects.filter(mission=mission, file=stored).exists():
        return Refused.because(NORM, "cooperation_filed_already", fields=("file",))
    made = MissionReport.objects.create(
        mission=mission, file=stored, title=paper.title.strip(), is_public=paper.is_public, office=by, at=at
    )
    payload = {"code": mission.code, "sha256": stored.sha256, "public": paper.is_public}
    _record("cooperation.report_filed", f"cooperation_mission:{mission.pk}", by=by, at=at, payload=payload)
    return made


def _kept(commission: Organization, paper: Paper, subject: str, by: Office, at: datetime) -> StoredFile | Refused:
    """The file kept, or why it is refused; a refused file is noted in the ledger without its content."""
    if denied := refused_here(commission, by, at):
        return denied
    if not paper.title.strip():
        return Refused.because(NORM, "cooperation_not_said", fields=("title",))
    upload = checked(paper.content, allowed=FILES, most_bytes=LARGEST_FILE, norm=NORM)
    if isinstance(upload, Refused):
        record_refusal(upload, paper.content, subject=subject, by=by, at=at)
        return upload
    return store(upload.content, upload.kind.value, at)


def _record(name: str, subject: str, *, by: Office, at: datetime, payload: Mapping[str, object]) -> None:
    ledger.record(name, subject=subject, by=by, at=at, grounds=(NORM,), payload=payload)
