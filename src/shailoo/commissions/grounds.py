"""Decisions as grounds: what a department asks before it changes a state "by decision of the commission".

An act of another room carries a decision out. It is refused where the decision is another body's, on another matter
or subject, no longer in force, or has been carried out already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import models
from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.models import Decision, Matter
from shailoo.law.outcome import NormId, Refused

Record: TypeAlias = "type[models.Model]"  # with a `carries_out`


@dataclass(frozen=True, slots=True)
class Asked:
    """What the decision has to be on, and the record that carries it out. `subject` is written as the ledger does."""

    matter: Matter
    subject: str
    record: Record
    detail: str = ""  # what its title adds to the matter

    def decisions(self, body: Body) -> QuerySet[Decision]:
        """The decisions of `body` on it that are in force and not carried out yet, newest first."""
        return decisions_for(body, self.matter, self.subject).exclude(pk__in=carried_out(self.record))

    def refusal(self, decision: Decision | None, *, body: Body, at: datetime, norm: NormId) -> Refused | None:
        """None where the act may rest on `decision`; else why not, on `norm`, marked at the field of the decision."""
        if decision is None:
            return Refused.because(norm, "decision_missing", fields=("decision",), matter=self.matter.value)
        refused = ground_refusal(decision, body=body, matter=self.matter, subject=self.subject, at=at)
        if refused is not None:
            return refused
        if self.record._default_manager.filter(carries_out=decision).exists():
            return Refused.because(norm, "decision_carried_out", fields=("decision",), decision=decision.label)
        return None


def carried_out(record: Record) -> QuerySet[models.Model, int]:
    """The keys of the decisions that records of this kind have carried out."""
    return record._default_manager.filter(carries_out__isnull=False).values_list("carries_out", flat=True)


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
    return in_force(Decision.objects.filter(body=body, matter=matter, subject=subject))


def in_force(taken: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those that no other decision has replaced or repealed, the newest first."""
    standing = taken.filter(replaced_by__isnull=True, repealed_by__isnull=True)
    return standing.select_related("body").order_by("-taken_at", "-pk")
