"""A commission tells how people with disabilities come into its polling station, and where it stands (L29.5)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from shailoo.accounts.access import EVERY_ELECTION, refusal
from shailoo.accounts.models import Body, Office
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.territory.models import Precinct
from shailoo.voters.actions.act import act
from shailoo.voters.enquiry.models import StationAccess

NORM = "L29.5"


@dataclass(frozen=True, slots=True)
class Access:
    """What is told of a station; coordinates in degrees of WGS 84, both or none."""

    ramp: StationAccess.Answer
    ground_floor: StationAccess.Answer
    tactile: StationAccess.Answer
    parking: StationAccess.Answer
    note: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@act
def tell_access(precinct: Precinct, told: Access, *, by: Office, at: datetime) -> StationAccess | Refused:
    """Add a version of what is known of a station; by its precinct commission or the territorial one above it."""
    if refused := refusal(by, may="voters.tell_access", of=commission_of(precinct), election=_concerns(by), at=at):
        return refused
    if (told.latitude is None) != (told.longitude is None):
        return Refused.because(NORM, "voters_place_half_told", fields=("latitude", "longitude"))
    hold(f"precinct:{precinct.number}/access")
    last = StationAccess.objects.filter(precinct=precinct).order_by("-version").first()
    payload = {name: str(value) for name, value in asdict(told).items() if value not in (None, "")}
    act_hash = record(
        "voters.access_told",
        subject=f"precinct:{precinct.number}",
        by=by,
        at=at,
        grounds=[NORM],
        payload=payload,
    )
    version = last.version + 1 if last else 1
    return StationAccess.objects.create(
        precinct=precinct, version=version, office=by, at=at, act=act_hash, **asdict(told)
    )


def commission_of(precinct: Precinct) -> Body:
    """The precinct's own commission; where none is known, the territorial one under which it voted last."""
    commission = getattr(precinct, "commission", None)
    if commission is not None:
        found: Body = commission.body
        return found
    voted = precinct.votings.select_related("tec__body__superior").order_by("-voting__day", "-pk").first()
    if voted is None:
        raise LookupError("the precinct has no commission")
    return voted.tec.body


def _concerns(by: Office) -> str:
    """A station stands for every election; an office that is for one tells of its own precinct for that one."""
    return by.election or EVERY_ELECTION
