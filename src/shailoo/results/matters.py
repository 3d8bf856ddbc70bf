"""What a commission decides at a sitting before its decision changes results: the matter and the subject of each.

An act of this room carries a decision out; `commissions.grounds` refuses it where the decision is no ground of it.
"""

from __future__ import annotations

from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.grounds import Asked, carried_out, in_force
from shailoo.commissions.models import Decision, Matter
from shailoo.elections.models import Election, Voting
from shailoo.results.models import Determination, Invalidation, QuestionDecided, ReadingTaken
from shailoo.territory.models import Precinct


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
    found = Decision.objects.filter(body=body, matter=Matter.INVALIDATION, subject__startswith=f"voting:{voting.pk}/")
    return in_force(found).exclude(pk__in=carried_out(Invalidation))


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
