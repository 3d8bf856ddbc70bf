"""The search of places is made anew: from stations, areas, streets of the lists, and approved addresses."""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.voters.actions.act import act, held
from shailoo.voters.enquiry import lines
from shailoo.voters.models import Register

NORM = "L13.5.a2"


@act
def renew_places(register: Register, *, by: Office, at: datetime) -> int | Refused:
    """Make the lines anew by which precincts are found; returns how many there are."""
    if refused := refusal(by, may="voters.count", election=register.election.slug, at=at):
        return refused
    held(register)
    made = lines.renew(register)
    record(
        "voters.places_renewed",
        subject=f"voters_register:{register.pk}",
        by=by,
        at=at,
        grounds=[NORM],
        payload={"election": register.election.slug, "lines": made},
    )
    return made
