"""After a decision: the opinion of a member who did not agree, and its publication."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.commissions.actions.at_hand import held_sitting, refusal_of
from shailoo.commissions.models import Decision, DecisionPublication, Dissent, MinutesPublication, Vote
from shailoo.commissions.papers.issuing import issue_decision
from shailoo.documents.models import StoredFile
from shailoo.law.outcome import Refused, records
from shailoo.ledger import actions as ledger


@records("L35.16.a3", "L36.2.c3")
@transaction.atomic
def dissent(
    decision: Decision, *, text: str, by: Office, at: datetime, file: StoredFile | None = None
) -> Dissent | Refused:
    """Attach a member's individual opinion: who took part in the sitting and did not vote for the decision.

    It may come until the minutes are published, which record it.
    """
    sitting = held_sitting(decision.sitting_id)
    may = "commissions.vote"
    if denied := refusal(by, may=may, of=sitting.commission.body, at=at, election=sitting.election or None):
        return denied
    if denied := _cannot_dissent(decision, by, at):
        return denied
    if not text.strip():
        return Refused.because("L36.2.c3", "text_needed", fields=("text",))
    opinion = Dissent.objects.create(decision=decision, office=by, text=text.strip(), file=file, at=at)
    payload = {"decision": decision.label, "text": opinion.text, "file": file.sha256 if file else None}
    name, norm = decision.ledger_name, "L36.2.c3"
    ledger.record("decision.dissented", subject=name, by=by, at=at, grounds=(norm,), payload=payload)
    return opinion


def _cannot_dissent(decision: Decision, by: Office, at: datetime) -> Refused | None:
    norm = "L36.2.c3"
    took_part = decision.sitting.attendances.filter(office=by, attendee="member").exists()
    agreed = decision.motion.votes.filter(person=by.person_id, choice=Vote.Choice.FOR).exists()
    if not took_part or agreed:
        return Refused.because(norm, "no_dissent_from_ones_own_vote", decision=decision.label)
    if decision.dissents.filter(office__person=by.person_id).exists():
        return Refused.because(norm, "dissented_already", decision=decision.label)
    if at < decision.taken_at:
        return Refused.because(norm, "before_the_decision", fields=("at",))
    if MinutesPublication.objects.filter(minutes__sitting=decision.sitting_id).exists():
        return Refused.because(norm, "minutes_published_already")
    return None


@transaction.atomic
def publish_decision(decision: Decision, *, by: Office, at: datetime) -> DecisionPublication | Refused:
    """Make a decision public (L8.1), once, as a document in each language in which it has a text."""
    sitting = held_sitting(decision.sitting_id)
    if denied := refusal_of(by, sitting, may="commissions.keep_sitting", at=at):
        return denied
    if DecisionPublication.objects.filter(decision=decision).exists():
        return Refused.because("L8.1", "decision_published_already", decision=decision.label)
    if at < decision.taken_at:
        return Refused.because("L8.1", "before_the_decision", fields=("at",))
    document = issue_decision(decision, by=by, at=at)[0]
    published = DecisionPublication.objects.create(decision=decision, document=document, office=by, at=at)
    payload = {"decision": decision.label, "document": document.number}
    name = decision.ledger_name
    ledger.record("decision.published", subject=name, by=by, at=at, grounds=("L8.1",), payload=payload)
    return published
