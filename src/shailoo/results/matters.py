"""What a commission decides at a sitting before its decision changes results: the matter and the subject of each.

An act of this room carries a decision out. It is refused where the decision is another body's, on another matter or
subject, no longer in force, or has been carried out already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import models
from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.grounds import decisions_for, ground_refusal
from shailoo.commissions.models import Decision, Matter
from shailoo.elections.models import Election, Voting
from shailoo.law.outcome import NormId, Refused
from shailoo.results.models import Determination, Invalidation, QuestionDecided, ReadingTaken
from shailoo.territory.models import Precinct

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
        done = self.record._default_manager.filter(carries_out__isnull=False).values("carries_out")
        return decisions_for(body, self.matter, self.subject).exclude(pk__in=done)

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


def determination(voting: Voting) -> Asked:
    """The result of a voting (L37.1.a, L64.1)."""
    return Asked(Matter.DETERMINATION, f"voting:{voting.pk}", Determination)


def invalidation(voting: Voting, precinct: Precinct) -> Asked:
    """The results of a precinct (L37.4)."""
    return Asked(
        Matter.INVALIDATION, f"voting:{voting.pk}/precinct:{precinct.number}", Invalidation, f" {precinct.number}"
    )


def invalidations(voting: Voting, body: Body) -> QuerySet[Decision]:
    """The decisions of `body` on any precinct's results that are in force and not carried out yet, newest first."""
    done = Invalidation.objects.filter(carries_out__isnull=False).values("carries_out")
    found = Decision.objects.filter(body=body, matter=Matter.INVALIDATION, subject__startswith=f"voting:{voting.pk}/")
    standing = found.filter(replaced_by__isnull=True, repealed_by__isnull=True)
    return standing.exclude(pk__in=done).select_related("body").order_by("-taken_at", "-pk")


def precinct_of(decision: Decision) -> str:
    """The number of the precinct that a decision on the validity of its results is about; "" where it names none."""
    _, _, number = decision.subject.partition("/precinct:")
    return number


def lifting(voting: Voting, precinct: Precinct) -> Asked:
    """Lifting the invalidation of a precinct."""
    return Asked(Matter.LIFTING, f"voting:{voting.pk}/precinct:{precinct.number}", Invalidation, f" {precinct.number}")


def reading(election: Election, parameter: str) -> Asked:
    """How a norm is read in one election."""
    return Asked(Matter.READING, f"election:{election.slug}/reading:{parameter}", ReadingTaken)


def question(voting: Voting, code: str) -> Asked:
    """A question that the law leaves open."""
    return Asked(Matter.QUESTION, f"voting:{voting.pk}/question:{code}", QuestionDecided)


def text_of(decision: Decision) -> str:
    """What was decided, in the first of Kyrgyz, Russian and English in which it is written."""
    return decision.text_ky or decision.text_ru or decision.text_en
