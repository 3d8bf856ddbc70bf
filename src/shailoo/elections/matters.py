"""What the CEC decides at a sitting before an election is recorded as called by it (L38.5, L63)."""

from __future__ import annotations

from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions.grounds import Asked, carried_out, in_force
from shailoo.commissions.models import Decision, Matter
from shailoo.elections.models import Election

_SUBJECT = "election:"


def calling(slug: str) -> Asked:
    """The calling of the election that is to have this slug."""
    return Asked(Matter.CALLING, f"{_SUBJECT}{slug}", Election)


def callings(body: Body) -> QuerySet[Decision]:
    """The decisions of `body` that call any election, in force and not carried out yet, newest first."""
    found = Decision.objects.filter(body=body, matter=Matter.CALLING, subject__startswith=_SUBJECT)
    return in_force(found).exclude(pk__in=carried_out(Election))


def slug_of(decision: Decision) -> str:
    """The slug of the election that a decision calls; "" where it names none."""
    return decision.subject.removeprefix(_SUBJECT) if decision.subject.startswith(_SUBJECT) else ""
