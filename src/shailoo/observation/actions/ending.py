"""How an accreditation ends early: taken back by decision, or recalled by the sender; the certificate goes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Kind
from shailoo.commissions.models import Decision
from shailoo.documents.certificates.actions import revoke_certificate
from shailoo.documents.certificates.models import Certificate, Revocation
from shailoo.documents.sealed.actions import Content, seal
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.clock import local
from shailoo.law.observation.observers import Level
from shailoo.law.observation.revocation import Accredited, RevocationGround, Revoking, revocation
from shailoo.law.outcome import NormId, Refused, records
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.observation import matters
from shailoo.observation.badges import CERTIFY, certificate_of
from shailoo.observation.messages import tell
from shailoo.observation.models import Accreditation, Application, Ending
from shailoo.observation.papers.issuing import issue_ending

RECALLED = "recalled"
RECALL_NORMS: Mapping[str, NormId] = {
    Application.Kind.OBSERVER: "L9.2.a1",
    Application.Kind.REPRESENTATIVE: "L18.3.a1",
    Application.Kind.CITIZEN: "L10-1.1",
    Application.Kind.MEDIA: "L11.1",
}
"""By what a sender calls its own people back; an international observer goes by a decision (R4.7.a2)."""
REVOKED: Mapping[str, NormId] = {
    Application.Kind.INTERNATIONAL: "L10.6",
    Application.Kind.CITIZEN: "L10-1.9",
    Application.Kind.MEDIA: "L11.4",
    Application.Kind.OBSERVER: "L9.2.a1",
    Application.Kind.REPRESENTATIVE: "L17.2",
}
_REQUESTS = frozenset({RevocationGround.REQUEST_OF_ORGANIZATION, RevocationGround.REQUEST_OF_OBSERVER})


@dataclass(frozen=True, slots=True)
class Ended:
    """Why an accreditation is taken back. `gross` says whether the decision calls the breach gross (None: not said).

    `request` is the written application of the organization or the observer, where that is the ground.
    """

    ground: RevocationGround
    reason: str
    norm_broken: str = ""
    gross: bool | None = None
    request: bytes = b""


@records("R4.7.a1", "R4.7.a2", "L10.6", "L10-1.9", "L11.4", "E10.6")
@transaction.atomic
def revoke(
    accreditation: Accreditation, ended: Ended, decision: Decision | None, *, by: Office, at: datetime
) -> Ending | Refused:
    """Take an accreditation back by decision of the commission that gave it (L10.6, L10-1.9, L11.4, R4.7).

    The certificates go on the revocation list in the same act, those of interpreters too. A gross breach bars an
    international observer later (R3.10.d). Refused where the law gives no such ground.
    """
    norm = REVOKED[accreditation.kind]
    if refused := _refusal(accreditation, ended.reason, norm, by, at):
        return refused
    body = accreditation.commission
    if refused := matters.revocation_refusal(accreditation, decision, body=body, at=at, norm=norm):
        return refused
    assert decision is not None  # noqa: S101 - what is none was refused above; for the type checker
    kind = next((each for each in Accredited if each.value == accreditation.kind), None)
    if kind is None:
        named = {"mandate": accreditation.kind, "accreditation_ground": ended.ground.value}
        return Refused.because(norm, "revocation_on_no_ground_of_the_law", fields=("ground",), **named)
    outcome = revocation(_facts(accreditation, kind, ended, decision), accreditation.election.edition)
    if outcome.errors:
        return Refused(outcome.errors)
    requested = ended.ground in _REQUESTS
    ending = Ending.objects.create(
        accreditation=accreditation,
        ground=ended.ground.value,
        norm_broken="" if requested else ended.norm_broken.strip(),
        gross=None if requested else bool(outcome.value.bars_later),
        decision=decision,
        request=_sealed(accreditation, ended, by, at) if requested else None,
        reason=ended.reason.strip(),
        office=by,
        at=at,
    )
    why = Revocation.Reason.WITHDRAWN if requested else Revocation.Reason.BREACH
    return _ended(accreditation, ending, why, outcome.grounds, by, at)


@records("L9.2.a1", "L18.3.a1")
@transaction.atomic
def recall(accreditation: Accreditation, reason: str, *, by: Office, at: datetime) -> Ending | Refused:
    """The sender calls its own observer, representative or journalist back; the place is free again (L9.1.b1, L18.3).

    By an office of the sender, or by the commission on its paper. Not for international observers: R4.7.a2 leaves
    that to a decision of the CEC.
    """
    norm = RECALL_NORMS.get(accreditation.kind)
    if norm is None:
        return Refused.because("R4.7.a2", "recall_of_decided_accreditation")
    if refused := _refusal(accreditation, reason, norm, by, at):
        return refused
    ending = Ending.objects.create(
        accreditation=accreditation, ground=RECALLED, reason=reason.strip(), office=by, at=at
    )
    return _ended(accreditation, ending, Revocation.Reason.WITHDRAWN, (norm,), by, at)


def _refusal(accreditation: Accreditation, reason: str, norm: NormId, by: Office, at: datetime) -> Refused | None:
    """Who may end it, whether it runs, and whether a reason is given; the accreditation is held until the act ends."""
    slug = accreditation.election.slug
    own = by.body_id == accreditation.sender.body_id
    may, of = ("observation.apply", accreditation.sender.body) if own else ("observation.end", accreditation.commission)
    if denied := refusal(by, may=may, at=at, of=of, election=slug):
        return denied
    hold(accreditation.subject)
    if Ending.objects.filter(accreditation=accreditation).exists():
        return Refused.because(norm, "accreditation_ended_before")
    if not reason.strip():
        return Refused.because(norm, "ending_without_reason", fields=("reason",))
    return None


_LEVELS = {Kind.CEC: Level.CEC, Kind.TEC: Level.TEC, Kind.PEC: Level.PEC}


def _facts(accreditation: Accreditation, kind: Accredited, ended: Ended, decision: Decision) -> Revoking:
    return Revoking(
        accredited=kind,
        ground=ended.ground,
        level=_LEVELS[Kind(decision.body.kind)],
        decided_by=decision.body.code,
        accredited_by=accreditation.commission.code,
        decision_number=decision.label,
        decided_on=local(decision.taken_at).date(),
        norm_broken=ended.norm_broken.strip() or None,
        gross=ended.gross,
        written_request=bool(ended.request),
    )


def _sealed(accreditation: Accreditation, ended: Ended, by: Office, at: datetime) -> SealedFile:
    return seal(Content("request", accreditation.subject, ended.request, "application/pdf"), by=by, at=at)


def _ended(
    accreditation: Accreditation,
    ending: Ending,
    why: Revocation.Reason,
    norms: tuple[NormId, ...],
    by: Office,
    at: datetime,
) -> Ending | Refused:
    """The certificates on the revocation list, the sender told, the act recorded without the reason's words."""
    ground = ending.decision.ledger_name if ending.decision else norms[0]
    own = by.body_id == accreditation.sender.body_id
    certificates = list(_certificates(accreditation))
    for certificate in certificates:
        may = "observation.apply" if own else CERTIFY
        revoked = revoke_certificate(certificate, reason=why, ground=ground, by=by, at=at, may=may)
        if isinstance(revoked, Refused):
            transaction.set_rollback(True)
            return revoked
    number = certificate_of(accreditation).number
    told = {"certificate": number, "ground": ending.ground, "gross": ending.gross}
    told |= {"decision": ending.decision.label if ending.decision else ""}
    record("accreditation.ended", subject=accreditation.subject, by=by, at=at, grounds=norms, payload=told)
    issue_ending(ending, [each.number for each in certificates], by=by, at=at)
    tell(accreditation.sender, "accreditation_ended", accreditation.subject, {"certificate": number}, at)
    return ending


def _certificates(accreditation: Accreditation) -> Iterator[Certificate]:
    """Every certificate of the accreditation that is not revoked: its own, those renewed, those of interpreters."""
    yours = Certificate.objects.filter(revocation__isnull=True).select_related("body")
    yield from yours.filter(accreditation=accreditation)
    yield from yours.filter(renewal__accreditation=accreditation)
    yield from yours.filter(interpreter__accreditation=accreditation)
