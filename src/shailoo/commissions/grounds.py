"""Decisions as grounds: what a department asks before it changes a state "by decision of the commission"."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.models import Decision, Matter
from shailoo.law.outcome import Refused


def ground_refusal(
    decision: Decision, *, body: Body, matter: Matter, subject: str, at: datetime | None = None
) -> Refused | None:
    """None where the decision is the ground of an act on `subject`, else the refusal with what is wrong.

    The decision must be of that body, on that matter and subject ("voting:12"), in force, and taken not later than
    `at` (None: whenever).
    """
    named = decision.label
    if decision.body_id != body.pk:
        return Refused.because("L12.4", "ground_of_another_body", fields=("decision",), decision=named, body=body.code)
    if decision.matter != matter:
        matters = {"matter": decision.matter, "matter_needed": matter.value}
        return Refused.because("L12.4", "ground_on_another_matter", fields=("decision",), decision=named, **matters)
    if decision.subject != subject:
        return Refused.because("L12.4", "ground_on_another_subject", fields=("decision",), decision=named)
    return _not_in_force(decision, at)


def _not_in_force(decision: Decision, at: datetime | None) -> Refused | None:
    fresh = Decision.objects.select_related("replaced_by", "repealed_by").get(pk=decision.pk)
    if fresh.ended_by is not None:
        facts = {"decision": fresh.label, "ended_by": fresh.ended_by.label}
        return Refused.because("L12.4", "ground_not_in_force", fields=("decision",), **facts)
    if at is not None and fresh.taken_at > at:
        return Refused.because("L12.4", "ground_taken_later", fields=("decision",), decision=fresh.label)
    return None


def decisions_for(body: Body, matter: Matter, subject: str) -> QuerySet[Decision]:
    """The decisions in force that can be the ground of an act on `subject`, the newest first."""
    taken = Decision.objects.filter(body=body, matter=matter, subject=subject)
    standing = taken.filter(replaced_by__isnull=True, repealed_by__isnull=True)
    return standing.select_related("body").order_by("-taken_at", "-pk")
