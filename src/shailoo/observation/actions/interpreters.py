"""Cards for interpreters of international observers, and certificates renewed: lost, or continued (R4.4.2, R3.8.b1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.documents.certificates.actions import issue_certificate, revoke_certificate
from shailoo.documents.certificates.code import Kind
from shailoo.documents.certificates.models import Revocation
from shailoo.documents.sealed.actions import Content, seal
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.observation.badges import CERTIFY, NORMS, certificate_of, draft_of
from shailoo.observation.models import Accreditation, Application, Ending, Interpreter, Renewal
from shailoo.observation.queries.terms import Bound, bound_of

NORM = "R4.4.2"


@dataclass(frozen=True, slots=True)
class Speaker:
    """An interpreter: name as on the card, languages, and a copy of the identity document, which is sealed."""

    name: str
    languages: str
    identity: bytes


@records("R4.4.2")
@transaction.atomic
def enter_interpreter(
    accreditation: Accreditation, speaker: Speaker, *, by: Office, at: datetime
) -> Interpreter | Refused:
    """Give the interpreter of an international observer a card that is good as long as the observer's (R4.4.2).

    No accreditation: an interpreter has no rights of an observer and comes in with the observer alone.
    """
    if refused := _refusal(accreditation, by, at, NORM):
        return refused
    if accreditation.kind != Application.Kind.INTERNATIONAL:
        return Refused.because(NORM, "interpreter_for_others")
    if not speaker.name.strip():
        return Refused.because(NORM, "interpreter_without_name", fields=("name",))
    bound = Bound(at, certificate_of(accreditation).valid_until)
    draft = draft_of(accreditation.applicant, bound, accreditation.answer.decision)
    own = replace(draft, kind=Kind.INTERPRETER, holder=speaker.name.strip(), subject=accreditation.subject)
    certificate = issue_certificate(own, by=by, at=at, may=CERTIFY)
    if isinstance(certificate, Refused):
        return certificate
    sealed = seal(Content("identity", accreditation.subject, speaker.identity, "application/pdf"), by=by, at=at)
    found = Interpreter.objects.create(
        accreditation=accreditation,
        name=speaker.name.strip(),
        languages=speaker.languages.strip(),
        dossier=sealed,
        certificate=certificate,
        office=by,
        at=at,
    )
    told = {"certificate": certificate.number, "observer": certificate_of(accreditation).number}
    record("interpreter.entered", subject=accreditation.subject, by=by, at=at, grounds=[NORM], payload=told)
    return found


@records("R3.8.b1")
@transaction.atomic
def renew(accreditation: Accreditation, reason: Renewal.Reason, *, by: Office, at: datetime) -> Renewal | Refused:
    """Another certificate for a running accreditation; a lost one is revoked at once.

    After a repeat voting was appointed nobody is accredited anew, but the certificate gets the later bound (R3.8.b1).
    """
    norm = "R3.8.b1" if reason is Renewal.Reason.TERM else NORMS[accreditation.kind]
    if refused := _refusal(accreditation, by, at, norm):
        return refused
    former, bound = certificate_of(accreditation), bound_of(accreditation.election)
    lost = reason is Renewal.Reason.LOST
    if not lost and former.valid_until >= bound:
        return Refused.because(norm, "renewal_not_needed", fields=("reason",))
    draft = draft_of(accreditation.applicant, Bound(former.valid_from, bound), accreditation.answer.decision)
    certificate = issue_certificate(draft, by=by, at=at, may=CERTIFY)
    if isinstance(certificate, Refused):
        return certificate
    if lost:
        why = Revocation.Reason.LOST
        revoked = revoke_certificate(former, reason=why, ground=certificate.number, by=by, at=at, may=CERTIFY)
        if isinstance(revoked, Refused):
            transaction.set_rollback(True)
            return revoked
    found = Renewal.objects.create(
        accreditation=accreditation, certificate=certificate, reason=reason, office=by, at=at
    )
    told = {"former": former.number, "certificate": certificate.number, "reason": reason.value}
    record("accreditation.renewed", subject=accreditation.subject, by=by, at=at, grounds=[norm], payload=told)
    return found


def _refusal(accreditation: Accreditation, by: Office, at: datetime, norm: str) -> Refused | None:
    slug = accreditation.election.slug
    if denied := refusal(by, may="observation.answer", at=at, of=accreditation.commission, election=slug):
        return denied
    hold(accreditation.subject)
    if Ending.objects.filter(accreditation=accreditation).exists():
        return Refused.because(norm, "accreditation_ended_before")
    return None
