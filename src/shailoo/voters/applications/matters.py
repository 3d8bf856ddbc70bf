"""What a commission decides on in this room: that military staff of a precinct may vote with the mobile box."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from shailoo.commissions.grounds import ground_refusal, in_force
from shailoo.commissions.models import Commission, Decision, Matter
from shailoo.elections.models import VotingPrecinct
from shailoo.law.outcome import Refused


def military(place: VotingPrecinct) -> str:
    """The subject of such a decision."""
    return f"mobile_military:{place.voting_id}-{place.precinct.number}"


def military_decisions(place: VotingPrecinct) -> QuerySet[Decision]:
    """Those in force: of the precinct's own commission, of its TEC, or of the CEC ("the appropriate commission")."""
    found = Decision.objects.filter(matter=Matter.OTHER, subject=military(place), body__in=_bodies(place))
    return in_force(found)


def military_refusal(place: VotingPrecinct, decision: Decision, at: datetime) -> Refused | None:
    """None where the decision lets military staff of the precinct vote so; else why not."""
    own = decision.body if decision.body_id in _bodies(place) else place.tec.body
    return ground_refusal(decision, body=own, matter=Matter.OTHER, subject=military(place), at=at)


def _bodies(place: VotingPrecinct) -> list[int]:
    own = Commission.objects.filter(precinct=place.precinct_id).values_list("pk", flat=True)
    cec = Commission.objects.filter(level=Commission.Level.CEC).values_list("pk", flat=True)
    return [*own, place.tec_id, *cec]
