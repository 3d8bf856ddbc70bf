"""Help that an international observer asks a commission for, and its answer: both are kept (R4.8.a2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.observation.models import Accreditation, Application, AssistanceAnswer, AssistanceRequest

NORM = "R4.8.a2"


@records("R4.8.a2")
@transaction.atomic
def ask_for_help(
    accreditation: Accreditation, addressee: Body, text: str, *, by: Office, at: datetime
) -> AssistanceRequest | Refused:
    """The sender of an international observer asks a body for the help that it owes within its competence (R4.8.a2)."""
    slug = accreditation.election.slug
    if denied := refusal(by, may="observation.note", at=at, of=accreditation.sender.body, election=slug):
        return denied
    if accreditation.kind != Application.Kind.INTERNATIONAL:
        return Refused.because(NORM, "assistance_for_others")
    if hasattr(accreditation, "ending"):
        return Refused.because(NORM, "accreditation_ended_before")
    if not text.strip():
        return Refused.because(NORM, "assistance_without_words", fields=("text",))
    found = AssistanceRequest.objects.create(
        accreditation=accreditation, addressee=addressee, text=text.strip(), office=by, at=at
    )
    told = {"of": addressee.code, "observer": accreditation.subject}
    record("assistance.asked", subject=found.subject, by=by, at=at, grounds=[NORM], payload=told)
    return found


@records("R4.8.a2")
@transaction.atomic
def answer_help(request: AssistanceRequest, text: str, *, by: Office, at: datetime) -> AssistanceAnswer | Refused:
    """The body that was asked answers, once (R4.8.a2)."""
    slug = request.accreditation.election.slug
    if denied := refusal(by, may="observation.answer", at=at, of=request.addressee, election=slug):
        return denied
    hold(request.subject)
    if AssistanceAnswer.objects.filter(request=request).exists():
        return Refused.because(NORM, "assistance_answered_before")
    if not text.strip():
        return Refused.because(NORM, "assistance_without_words", fields=("text",))
    found = AssistanceAnswer.objects.create(request=request, text=text.strip(), office=by, at=at)
    record("assistance.answered", subject=request.subject, by=by, at=at, grounds=[NORM], payload={})
    return found
