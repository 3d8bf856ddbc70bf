"""The final lists are closed: from this moment on nobody changes them (L15.5.a)."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act, held
from shailoo.voters.models import Closing, Delivery, Register
from shailoo.voters.states import State

NORM = "L15.5.a"


@act
def close_lists(register: Register, *, by: Office, at: datetime) -> Closing | Refused:
    """Close the register of an election for good; a delivery that waits is decided before."""
    if refused := refusal(by, may="voters.close", election=register.election.slug, at=at):
        return refused
    held(register)
    if Closing.objects.filter(register=register).exists():
        return Refused.because(NORM, "voters_lists_closed")
    if Delivery.objects.filter(register=register, state=State.CHECKED).exists():
        return Refused.because(NORM, "voters_delivery_waits")
    entries = register.entries.filter(until=None).count()
    act_hash = record(
        "voters.lists_closed",
        subject=f"voters_register:{register.pk}",
        by=by,
        at=at,
        grounds=[NORM],
        payload={"election": register.election.slug, "listed": entries},
    )
    return Closing.objects.create(register=register, office=by, at=at, act=act_hash)
