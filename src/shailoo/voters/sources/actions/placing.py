"""The addresses of the register are held against the approved borders (L14.3.a): the rest is told by street."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act, held
from shailoo.voters.models import Register
from shailoo.voters.sources import borders
from shailoo.voters.sources.models import Placement, PlanApproval

NORM = "L14.3.a"


@act
def place_addresses(register: Register, *, by: Office, at: datetime) -> Placement | Refused:
    """Place everybody who is listed by residence; the lists change by a delivery only, which the report goes before."""
    if refused := refusal(by, may="voters.place", election=register.election.slug, at=at):
        return refused
    held(register)
    change = register.changes.order_by("-number").first()
    if change is None:
        return Refused.because(NORM, "voters_register_empty")
    if not PlanApproval.objects.filter(plan__voting=register.voting).exists():
        return Refused.because("L13.5.a1", "address_none_approved")
    with connection.cursor() as cursor:
        placed, elsewhere, nowhere = borders.place(cursor, register=register.pk, voting=register.voting_id)
        number = Placement.objects.filter(register=register).count() + 1
        counts = {"placed": placed, "elsewhere": elsewhere, "nowhere": nowhere}
        hashed = record(
            "voters.addresses_placed",
            subject=f"voters_register:{register.pk}",
            by=by,
            at=at,
            grounds=[NORM],
            payload={"number": number, "change": change.number, **counts},
        )
        made = Placement.objects.create(
            register=register,
            change=change,
            number=number,
            voters=sum(counts.values()),
            office=by,
            at=at,
            act=hashed,
            **counts,
        )
        borders.keep(cursor, made.pk)
        cursor.execute(f"DROP TABLE {', '.join(borders.TABLES)}")
    return made
