"""An office accepts a delivery, and the lists change at once; or refuses it, with its reason (L14.3.a, L14.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.voters import staging
from shailoo.voters.actions.act import act, held_delivery, subject
from shailoo.voters.models import Change, Closing, Delivery
from shailoo.voters.staging import Stage
from shailoo.voters.states import State

NORM = "L14.3.a"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A delivery taken over: the change that it is, and how many entries it closed and opened."""

    change: Change
    closed: int
    opened: int


@act
def accept_delivery(delivery: Delivery, *, by: Office, at: datetime) -> Accepted | Refused:
    """Change the lists as the delivery was shown to change them: entries are closed and opened, none is rewritten."""
    found = held_delivery(delivery.pk)
    register = found.register
    if refused := _refused(found, by=by, at=at):
        return refused
    if Closing.objects.filter(register=register).exists():
        return Refused.because("L15.5.a", "voters_lists_closed")
    stage = Stage(found.pk)
    if not stage.holds(found.rows):
        return Refused.because(NORM, "voters_rows_lost")
    last = register.changes.order_by("-number").first()
    if last is not None and last.at >= at:
        return Refused.because(NORM, "voters_change_later")
    payload = {"number": found.number, "kind": found.kind, "source": found.source, "sha256": found.sha256} | {
        name: getattr(found, name) for name in ("rows", "new", "moved", "changed", "same", "gone", "not_listed")
    }
    act_hash = record("voters.delivery_accepted", subject=subject(found), by=by, at=at, grounds=[NORM], payload=payload)
    number = last.number + 1 if last else 1
    change = Change.objects.create(register=register, number=number, delivery=found, office=by, at=at, act=act_hash)
    closed, opened = staging.apply(stage, register=register.pk, change=change.pk, at=at, rows=found.rows)
    if (closed, opened) != (found.moved + found.changed + found.gone, found.new + found.moved + found.changed):
        raise RuntimeError("the register did not change as it was shown to")
    Delivery.objects.filter(pk=found.pk).update(state=State.ACCEPTED, decided_by=by, decided_at=at)
    stage.drop()
    return Accepted(change, closed, opened)


@act
def refuse_delivery(delivery: Delivery, reason: str, *, by: Office, at: datetime) -> Delivery | Refused:
    """Take nothing of the delivery; its faults stay readable, its rows do not. The Service sends the number anew."""
    found = held_delivery(delivery.pk)
    if refused := _refused(found, by=by, at=at):
        return refused
    if not reason.strip():
        return Refused.because(NORM, "voters_reason_needed", fields=("reason",))
    Delivery.objects.filter(pk=found.pk).update(
        state=State.REFUSED, decided_by=by, decided_at=at, reason=reason.strip()
    )
    Stage(found.pk).drop()
    payload = {"number": found.number, "sha256": found.sha256, "reason": reason.strip()}
    record("voters.delivery_refused", subject=subject(found), by=by, at=at, grounds=[NORM], payload=payload)
    return Delivery.objects.get(pk=found.pk)


def _refused(found: Delivery, *, by: Office, at: datetime) -> Refused | None:
    """Why this office does not decide this delivery, if it does not; nobody decides on what the same person sent."""
    if refused := refusal(by, may="voters.accept", election=found.register.election.slug, at=at):
        return refused
    if found.state != State.CHECKED:
        return Refused.because(NORM, "voters_delivery_decided", fields=(), delivery_state=found.state)
    if found.office.person_id == by.person_id:
        return Refused.because(NORM, "voters_another_person_decides")
    return None
