"""A sitting from its calling to its close (L8.2, L12.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions.actions.at_hand import before, held_commission, held_sitting, refusal_of
from shailoo.commissions.law_of import edition_of, local_year
from shailoo.commissions.models import Commission, Conclusion, Sitting
from shailoo.commissions.queries.members import present_members, seats_of
from shailoo.commissions.queries.sittings import current_motion
from shailoo.commissions.states import Act, State, arc
from shailoo.law.outcome import Refused, records
from shailoo.law.sittings.quorum import Notice, Present, notice, quorum
from shailoo.ledger import actions as ledger

_CHAIRS = (Role.CEC_CHAIR, Role.TEC_CHAIR, Role.PEC_CHAIR)
_SECRETARIES = (Role.CEC_SECRETARY, Role.TEC_SECRETARY, Role.PEC_SECRETARY)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sitting is called for. `election` is a slug, "" where the sitting is on no election in particular.

    The place is given in at least one language.
    """

    place_ky: str
    planned_at: datetime
    kind: Sitting.Kind = Sitting.Kind.REGULAR
    election: str = ""
    place_ru: str = ""
    place_en: str = ""

    def places(self) -> dict[str, str]:
        """The place by the fields of its languages."""
        return {name: getattr(self, name).strip() for name in ("place_ky", "place_ru", "place_en")}


@records("L8.2")
@transaction.atomic
def call_sitting(commission: Commission, plan: Plan, *, by: Office, at: datetime) -> Sitting | Refused:
    """Call a sitting and make its day, hour and place known; numbered per commission and year."""
    may = "commissions.call_sitting"
    if denied := refusal(by, may=may, of=commission.body, at=at, election=plan.election or None):
        return denied
    answer = notice(Notice(at, plan.planned_at, "".join(plan.places().values())), edition_of(at))
    if answer.errors:
        return Refused(answer.errors)
    held = held_commission(commission)
    year = local_year(plan.planned_at)
    last = held.sittings.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    sitting = Sitting.objects.create(
        commission=held,
        year=year,
        number=last + 1,
        kind=plan.kind,
        **plan.places(),
        election=plan.election,
        called_by=by,
        called_at=at,
        planned_at=plan.planned_at,
    )
    told = {"number": str(sitting), "kind": sitting.kind, **plan.places(), "planned_at": plan.planned_at}
    ledger.record("sitting.called", subject=sitting.ledger_name, by=by, at=at, grounds=answer.grounds, payload=told)
    return sitting


@transaction.atomic
def cancel_sitting(sitting: Sitting, *, reason: str, by: Office, at: datetime) -> Sitting | Refused:
    """Cancel a sitting that was called, with the reason; it keeps its number."""
    held = held_sitting(sitting.pk)
    if denied := refusal_of(by, held, may="commissions.call_sitting", at=at) or before(held, at):
        return denied
    if arc(State(held.state), Act.CANCEL) is None:
        return Refused.because("L12.4", "sitting_in_another_state", state=held.state)
    if not reason.strip():
        return Refused.because("L12.4", "reason_needed", fields=("reason",))
    held.state, held.reason, held.closed_at = State.CANCELLED, reason.strip(), at
    held.save(update_fields=["state", "reason", "closed_at"])
    payload = {"reason": held.reason}
    ledger.record("sitting.cancelled", subject=held.ledger_name, by=by, at=at, grounds=("L12.4",), payload=payload)
    return held


@transaction.atomic
def open_sitting(
    sitting: Sitting, *, by: Office, at: datetime, chair: Office | None = None, secretary: Office | None = None
) -> Sitting | Refused:
    """Open a sitting with the members present, if the law's quorum is there (L12.4).

    Chair and secretary are those of the commission where they are present; other members present may be named.
    """
    held = held_sitting(sitting.pk)
    if denied := refusal_of(by, held, may="commissions.keep_sitting", at=at):
        return denied
    if arc(State(held.state), Act.OPEN) is None:
        return Refused.because("L12.4", "sitting_in_another_state", state=held.state)
    if at < held.planned_at:
        return Refused.because("L8.2", "sitting_before_its_hour", fields=("at",))
    present = present_members(held, at)
    seats = seats_of(held.commission, at)
    answer = quorum(Present(seats, len(present)), edition_of(at))
    if answer.errors:
        return Refused(answer.errors)
    presiding = _keepers(present, chair, secretary)
    if isinstance(presiding, Refused):
        return presiding
    held.chair, held.secretary = presiding
    held.state, held.opened_at, held.seats, held.quorum = State.OPEN, at, seats, answer.value.needed
    held.save(update_fields=["state", "opened_at", "chair", "secretary", "seats", "quorum"])
    told = {"present": len(present), "seats": seats, "quorum": answer.value.needed}
    keepers = {"chair": held.chair.pk, "secretary": held.secretary.pk}
    payload = {**told, **keepers}
    ledger.record("sitting.opened", subject=held.ledger_name, by=by, at=at, grounds=answer.grounds, payload=payload)
    return held


def _keepers(present: list[Office], chair: Office | None, secretary: Office | None) -> tuple[Office, Office] | Refused:
    """Who presides and who keeps the minutes: those named, else those of the commission; two members present."""
    presides = chair or next((each for each in present if each.role in _CHAIRS), None)
    keeps = secretary or next((each for each in present if each.role in _SECRETARIES), None)
    here = {each.pk for each in present}
    if presides is None or presides.pk not in here:
        return Refused.because("L12.4", "sitting_without_chair", fields=("chair",))
    if keeps is None or keeps.pk not in here or keeps.person_id == presides.person_id:
        return Refused.because("L12.4", "sitting_without_secretary", fields=("secretary",))
    return presides, keeps


@transaction.atomic
def close_sitting(sitting: Sitting, *, by: Office, at: datetime) -> Sitting | Refused:
    """Close an open sitting; whoever is still there leaves with it.

    Refused while a motion is put and not concluded, or a vote that a representative demanded was not taken (L18.1.2).
    """
    held = held_sitting(sitting.pk)
    if denied := refusal_of(by, held, may="commissions.keep_sitting", at=at) or before(held, at):
        return denied
    if arc(State(held.state), Act.CLOSE) is None:
        return Refused.because("L12.4", "sitting_in_another_state", state=held.state)
    if denied := _left_open(held) or _later_than(held, at):
        return denied
    held.state, held.closed_at = State.CLOSED, at
    held.save(update_fields=["state", "closed_at"])
    held.attendances.filter(left_at__isnull=True).update(left_at=at)
    payload = {"decisions": [each.label for each in held.decisions.order_by("number")]}
    ledger.record("sitting.closed", subject=held.ledger_name, by=by, at=at, grounds=("L12.4",), payload=payload)
    return held


def _left_open(sitting: Sitting) -> Refused | None:
    if (motion := current_motion(sitting)) is not None:
        return Refused.because("L12.4", "motion_not_concluded", position=motion.item.position)
    demanded = sitting.items.filter(vote_demanded_at__isnull=False)
    for item in demanded.exclude(state="included"):
        if not Conclusion.objects.filter(motion__item=item).exists():
            return Refused.because("L18.1.2", "demanded_vote_not_taken", position=item.position)
    return None


def _later_than(sitting: Sitting, at: datetime) -> Refused | None:
    """A sitting cannot be closed at an instant before what was recorded in it."""
    came = sitting.attendances.filter(arrived_at__gt=at).exists() or sitting.attendances.filter(left_at__gt=at).exists()
    concluded = Conclusion.objects.filter(motion__item__sitting=sitting, at__gt=at).exists()
    return Refused.because("L12.4", "before_what_was_recorded", fields=("at",)) if came or concluded else None
