"""What a commission decides on in this room: the matter and the subject of each decision, and what carries it out."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.grounds import Asked, decisions_for, ground_refusal
from shailoo.commissions.models import Decision, Matter
from shailoo.law.outcome import NormId, Refused
from shailoo.observation.models import Accreditation, Answering, AnswerList, Ending, Sample


def answers(found: AnswerList) -> Asked:
    """The answers of one list: accreditations and refusals (L10-1.3, L11.1, R3.4.a1)."""
    return Asked(Matter.ACCREDITATION, found.subject, Answering, f" {found.label}")


def sample(what: Sample.What, digest: str) -> Asked:
    """The form of the certificate or of the application for international observers, as the system makes it (R3.9)."""
    return Asked(Matter.FORM, f"sample:{what.value}:{digest[:16]}", Sample)


def revocation(accreditation: Accreditation) -> Asked:
    """Taking one accreditation back (L10.6, L10-1.9, L11.4, R4.7); `Ending` allows it once."""
    return Asked(Matter.REVOCATION, accreditation.subject, Ending, f" {accreditation.certificate.number}")


def revocations(accreditation: Accreditation, body: Body) -> QuerySet[Decision]:
    """The decisions of `body` on taking it back that are in force, newest first."""
    return decisions_for(body, Matter.REVOCATION, accreditation.subject)


def revocation_refusal(
    accreditation: Accreditation, decision: Decision | None, *, body: Body, at: datetime, norm: NormId
) -> Refused | None:
    """None where the accreditation can be taken back by `decision`; else why not."""
    if decision is None:
        matter = Matter.REVOCATION.value
        return Refused.because(norm, "decision_missing", fields=("decision",), matter=matter)
    return ground_refusal(decision, body=body, matter=Matter.REVOCATION, subject=accreditation.subject, at=at)
