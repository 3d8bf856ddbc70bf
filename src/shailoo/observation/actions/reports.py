"""What observers say: statements, published as they were handed in, and notes of an incident to a commission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Commission
from shailoo.documents.actions import store
from shailoo.documents.uploads import MIB, checked, record_refusal
from shailoo.documents.uploads import Kind as FileKind
from shailoo.elections.models import Election, VotingPrecinct
from shailoo.elections.queries import voting_of
from shailoo.law.observation import conduct
from shailoo.law.observation.observers import ObserverKind
from shailoo.law.observation.powers import Assessed, Deeds, Right
from shailoo.law.outcome import Finding, NormId, Outcome, Refused, records
from shailoo.ledger import actions as ledger
from shailoo.ledger.canonical import sha256
from shailoo.observation.models import Accreditation, IncidentNote, Sender, Statement

APPLY, NOTE = "observation.apply", "observation.note"
MOST_BYTES = 20 * MIB
LONGEST_NOTE = 10_000  # letters
SPEAKS: Mapping[str, NormId] = {
    Sender.Kind.CANDIDATE: "L9.4",
    Sender.Kind.PARTY: "L9.4",
    Sender.Kind.NGO: "L10-1.6",
    Sender.Kind.FOREIGN_ORGANIZATION: "R4.4.b",
    Sender.Kind.INTERNATIONAL_ORGANIZATION: "R4.4.b",
    Sender.Kind.MEDIA: "L11.2",
}
"""By which norm an organization, or its observers, states what was seen."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement to be published: on which election, what it is, its title, its language and the file."""

    election: Election
    kind: Statement.Kind
    title: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Published:
    """The statement, and what the law warns of: an assessment before voting has ended (R4.5.e)."""

    statement: Statement
    findings: tuple[Finding, ...] = ()


@transaction.atomic
@records("L9.4", "L10.4", "L10-1.6", "R4.4.b", "R4.5")
def publish_statement(sender: Sender, draft: Draft, *, by: Office, at: datetime) -> Published | Refused:
    """Publish a document of a sender, whole and as it is. It is never replaced: a newer one stands beside it."""
    if denied := refusal(by, may=APPLY, at=at, of=sender.body, election=draft.election.slug):
        return denied
    norm = SPEAKS[sender.kind]
    if not draft.title.strip():
        return Refused.because(norm, "statement_without_title", fields=("title",))
    if not Accreditation.objects.filter(sender=sender, election=draft.election).exists():
        return Refused.because(norm, "statement_of_nobody_accredited", fields=("election",))
    told = _spoken(sender, draft.election, at)
    if told.errors:
        return Refused(told.errors)
    file = checked(draft.content, allowed=(FileKind.PDF,), most_bytes=MOST_BYTES, norm=norm)
    if isinstance(file, Refused):
        record_refusal(file, draft.content, subject=f"body:{sender.body.code}", by=by, at=at)
        return file
    made = Statement.objects.create(
        sender=sender,
        election=draft.election,
        kind=draft.kind,
        title=draft.title.strip(),
        language=draft.language,
        file=store(file.content, file.kind.value, at),
        office=by,
        at=at,
    )
    payload = {
        "sender": sender.body.code,
        "election": draft.election.slug,
        "kind": made.kind,
        "title": made.title,
        "language": made.language,
        "sha256": made.file_id,
        "warnings": [found.code for found in told.warnings],
    }
    ledger.record("statement.published", subject=f"statement:{made.pk}", by=by, at=at, grounds=[norm], payload=payload)
    return Published(made, told.warnings)


@transaction.atomic
@records("L9.4", "L10-1.6", "R4.4.b")
def note_incident(
    accreditation: Accreditation, commission: Body, text: str, *, happened_at: datetime, by: Office, at: datetime
) -> IncidentNote | Refused:
    """Tell a commission of an incident. It is kept as written; a complaint can refer to it by its subject."""
    sender, election = accreditation.sender, accreditation.election
    if denied := refusal(by, may=NOTE, at=at, of=sender.body, election=election.slug):
        return denied
    norm = SPEAKS[sender.kind]
    if not text.strip():
        return Refused.because(norm, "note_says_nothing", fields=("text",))
    if happened_at > at:
        return Refused.because(norm, "note_of_the_future", fields=("happened_at",), at=happened_at)
    if not _takes_part(commission, election):
        return Refused.because(norm, "note_on_another_election", fields=("commission",))
    note = IncidentNote.objects.create(
        accreditation=accreditation, commission=commission, text=text.strip(), happened_at=happened_at, office=by, at=at
    )
    payload = {
        "commission": commission.code,
        "accreditation": accreditation.subject,
        "happened_at": happened_at,
        "text_sha256": sha256(note.text),
    }
    ledger.record("incident.noted", subject=note.subject, by=by, at=at, grounds=[norm], payload=payload)
    return note


def _spoken(sender: Sender, election: Election, at: datetime) -> Outcome[Assessed]:
    """What the law says of speaking in public now: of international observers it asks silence until voting ends."""
    kind = ObserverKind.INTERNATIONAL if sender.kind in Sender.ABROAD else ObserverKind.OBSERVER
    voting = voting_of(election)
    said = conduct.Statement(at, voting.day) if voting else None
    deeds = Deeds(frozenset({Right.STATE_OPINION}))
    return conduct.observer_conduct(conduct.ObserverConduct(kind, deeds, said), election.edition)


def _takes_part(commission: Body, election: Election) -> bool:
    """Whether a commission holds this election: a PEC where its precinct votes, the others always."""
    found = Commission.objects.filter(pk=commission.pk).first()
    if found is None:
        return False
    if found.level != Commission.Level.PEC:
        return True
    return VotingPrecinct.objects.filter(voting__election=election, precinct=found.precinct_id).exists()
