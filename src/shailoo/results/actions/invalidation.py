"""Declaring the results of a precinct invalid, and lifting that (L37.4, L37.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.models import Decision
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.determination import Invalidation as Declared
from shailoo.law.determination import PrecinctResult, Violation, check_invalidation
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.results import matters
from shailoo.results.models import Invalidation
from shailoo.results.queries.precincts import precinct_results
from shailoo.territory.models import Precinct

_BY_ORDER = (Invalidation.Ground.SUPERIOR_DECISION, Invalidation.Ground.COURT_DECISION)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an invalidation rests on: the ground of L37.4, the decisions, the violations found (L37.5).

    `decision` is that of the commission which acts, with its words; `superior_decision` the number of the CEC's or of
    a court's.
    """

    ground: Invalidation.Ground
    decision: Decision | None
    superior_decision: str = ""
    violations: tuple[Violation, ...] = ()


@transaction.atomic
def invalidate(
    voting: Voting, precinct: Precinct, grounds: Grounds, *, by: Office, at: datetime
) -> Invalidation | Refused:
    """The TEC declares the results of a precinct invalid (L37.4.1 to L37.4.5); they leave the sums (L37.4.b1).

    The precinct's participants stay counted for L37.6.1. The CEC's chair records it where the CEC or a court has
    decided (grounds 3 and 4); the other grounds are the TEC's own.
    """
    place = _place(voting, precinct)
    if place is None:
        return Refused.because("L37.4.b1", "precinct_does_not_vote", precinct=precinct.number)
    if refused := _refusal(grounds.ground, place, by, at):
        return refused
    asked = matters.invalidation(voting, precinct)
    if refused := asked.refusal(grounds.decision, body=by.body, at=at, norm="L37.4.b1"):
        return refused
    if _standing(voting, precinct) is not None:
        return Refused.because("L37.4.b1", "already_invalid", precinct=precinct.number)
    outcome = check_invalidation(
        Declared(precinct.number, grounds.ground.in_law, grounds.superior_decision, grounds.violations),
        _result(voting, precinct),
        voting.election.edition.invalid_ballots_ground,
    )
    if outcome.errors:
        return Refused(outcome.errors)
    return _insert(voting, precinct, grounds, None, by, at)


@transaction.atomic
def lift(voting: Voting, precinct: Precinct, grounds: Grounds, *, by: Office, at: datetime) -> Invalidation | Refused:
    """A later decision lifts the invalidation of a precinct: its figures are summed again. The first stays readable.

    `grounds.ground` is not looked at: the ground is that of the invalidation that is lifted. What the CEC or a court
    ordered is lifted only by a decision of theirs, which is named.
    """
    place = _place(voting, precinct)
    standing = _standing(voting, precinct)
    if place is None or standing is None:
        return Refused.because("L37.4.b1", "not_invalid", precinct=precinct.number)
    ground = Invalidation.Ground(standing.ground)
    if refused := _refusal(ground, place, by, at):
        return refused
    asked = matters.lifting(voting, precinct)
    if refused := asked.refusal(grounds.decision, body=by.body, at=at, norm="L37.4.b1"):
        return refused
    if ground in _BY_ORDER and not grounds.superior_decision.strip():
        return Refused.because(ground.in_law.norm, "decision_reference_missing", fields=("superior_decision",))
    same = Grounds(ground, grounds.decision, grounds.superior_decision)
    return _insert(voting, precinct, same, standing, by, at)


def _place(voting: Voting, precinct: Precinct) -> VotingPrecinct | None:
    """The precinct in this voting, held until the act is done: two decisions on one precinct wait for each other."""
    places = VotingPrecinct.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "tec__body", "voting__election"
    )
    return places.filter(voting=voting, precinct=precinct).first()


def _standing(voting: Voting, precinct: Precinct) -> Invalidation | None:
    found = Invalidation.objects.filter(voting=voting, precinct=precinct, lifts__isnull=True, lifted_by__isnull=True)
    return found.first()


def _refusal(ground: Invalidation.Ground, place: VotingPrecinct, by: Office, at: datetime) -> Refused | None:
    of, election = place.tec.body, place.voting.election.slug
    if refused := access.refusal(by, may="results.invalidate", at=at, of=of, election=election):
        return refused
    if by.role != Role.TEC_CHAIR and ground not in _BY_ORDER:
        return Refused.because(ground.in_law.norm, "ground_is_the_tecs", ground=ground.value)
    return None


def _result(voting: Voting, precinct: Precinct) -> PrecinctResult:
    """The precinct's figures as the rule on invalidated ballots needs them; nothing found where none are known."""
    row = precinct_results(voting, precinct=precinct)[0]
    votes = {str(place): number for place, number in enumerate(row.votes or ())}
    return PrecinctResult(
        id=row.number,
        listed=row.voters_listed or 0,
        participated=row.participated or 0,
        against_all=row.against_all or 0,
        invalid=row.invalid or 0,
        votes=votes,
    )


def _insert(
    voting: Voting, precinct: Precinct, grounds: Grounds, lifts: Invalidation | None, by: Office, at: datetime
) -> Invalidation:
    assert grounds.decision is not None  # noqa: S101  (a missing one was refused)
    made = Invalidation.objects.create(
        voting=voting,
        precinct=precinct,
        ground=grounds.ground,
        decision=grounds.decision.label,
        carries_out=grounds.decision,
        superior_decision=grounds.superior_decision.strip(),
        text=matters.text_of(grounds.decision),
        violations=[violation.value for violation in grounds.violations],
        version=Invalidation.objects.filter(voting=voting, precinct=precinct).count() + 1,
        lifts=lifts,
        office=by,
        at=at,
    )
    ledger.record(
        "precinct.invalidated" if lifts is None else "precinct.invalidation_lifted",
        subject=f"invalidation:{made.pk}",
        by=by,
        at=at,
        grounds=(*_norms(grounds), grounds.decision.ledger_name),
        payload={
            "voting": voting.pk,
            "precinct": precinct.number,
            "ground": int(grounds.ground),
            "decision": made.decision,
            "superior_decision": made.superior_decision,
            "violations": made.violations,
            "text": made.text,
            "lifts": lifts.pk if lifts else None,
        },
    )
    return made


def _norms(grounds: Grounds) -> Iterable[str]:
    return (grounds.ground.in_law.norm, "L37.4.b1")
