"""Samples of the certificate and of the application for international observers, approved by the CEC (R3.9)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Kind
from shailoo.commissions.models import Decision
from shailoo.documents.certificates.cards import TEMPLATE
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import canonical, sha256
from shailoo.ledger.holding import hold
from shailoo.observation import matters
from shailoo.observation.intake.columns import ASKED, HEADINGS
from shailoo.observation.models import Application, Sample

NORM = "R3.9"


def in_use(what: Sample.What) -> str:
    """The SHA-256 of the form as the system makes it now: of the card's template, or of the questions of the list."""
    if what is Sample.What.CERTIFICATE:
        return sha256(TEMPLATE.read_bytes())
    asked = ASKED[Application.Kind.INTERNATIONAL]
    return sha256(canonical([[each.value, dict(HEADINGS[each])] for each in HEADINGS if each in asked]))


def approved(what: Sample.What) -> Sample | None:
    """The last version that was approved; None before the first."""
    return Sample.objects.filter(what=what).select_related("carries_out").order_by("-version").first()


@records("R3.9")
@transaction.atomic
def approve_sample(what: Sample.What, decision: Decision | None, *, by: Office, at: datetime) -> Sample | Refused:
    """Record that the CEC approved the form in use as the next version of the sample (R3.9)."""
    if denied := refusal(by, may="observation.answer", at=at, of=by.body, election=None):
        return denied
    if by.body.kind != Kind.CEC:
        return Refused.because(NORM, "sample_is_the_cecs")
    digest = in_use(what)
    if refused := matters.sample(what, digest).refusal(decision, body=by.body, at=at, norm=NORM):
        return refused
    assert decision is not None  # noqa: S101 - what is none was refused above; for the type checker
    hold(f"sample:{what.value}")
    last = Sample.objects.filter(what=what).order_by("-version").first()
    version = last.version + 1 if last else 1
    found = Sample.objects.create(what=what, version=version, digest=digest, carries_out=decision, office=by, at=at)
    told = {"form": what.value, "version": version, "sha256": digest, "decision": found.carries_out.label}
    record("sample.approved", subject=f"sample:{what.value}", by=by, at=at, grounds=[NORM], payload=told)
    return found
