"""What a commission decides before a precinct's protocol is replaced: a recount (the CEC) or a correction (the TEC).

The law gives a recount to the CEC (L36.7.a1); a protocol that did not stand the TEC's check is drawn up again by the
PEC on the TEC's decision (L36.2.b1). The decision names the precinct, and is carried out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from shailoo.accounts.models import Body
from shailoo.commissions import queries as commissions
from shailoo.commissions.grounds import Asked
from shailoo.commissions.models import Decision, Matter
from shailoo.counting.models import Protocol
from shailoo.law.outcome import NormId, Refused

OCCASIONS: Mapping[Matter, Protocol.Occasion] = {
    Matter.RECOUNT: Protocol.Occasion.RECOUNT,
    Matter.CORRECTION: Protocol.Occasion.CORRECTION,
}
NORMS: Mapping[Protocol.Occasion, NormId] = {
    Protocol.Occasion.RECOUNT: "L36.7.a4",
    Protocol.Occasion.CORRECTION: "L36.2.b1",
}


def replacement(protocol: Protocol, matter: Matter) -> Asked:
    """A recount or a correction at the precinct of `protocol`."""
    number = protocol.precinct.number
    return Asked(matter, f"voting:{protocol.voting_id}/precinct:{number}", Protocol, f" {number}")


def decides(protocol: Protocol, matter: Matter) -> Body:
    """Who decides on it: the CEC on a recount, the TEC that checks the protocol on a correction."""
    cec = commissions.cec()
    return cec.body if matter is Matter.RECOUNT and cec is not None else protocol.tec.body


def decisions(protocol: Protocol) -> QuerySet[Decision]:
    """The decisions on which `protocol` may be replaced: in force, not carried out, newest first."""
    found = [replacement(protocol, matter).decisions(decides(protocol, matter)) for matter in OCCASIONS]
    return found[0] | found[1]


def refusal(protocol: Protocol, decision: Decision | None, *, at: datetime) -> Refused | None:
    """None where the protocol may be replaced on `decision`, else why not."""
    matter = Matter.CORRECTION if decision is not None and decision.matter == Matter.CORRECTION else Matter.RECOUNT
    body = decides(protocol, matter)
    return replacement(protocol, matter).refusal(decision, body=body, at=at, norm="L36.7.a1")


def to_ask(protocol: Protocol, body: Body) -> Asked | None:
    """What `body` decides on and its offices may put on its agenda; None for a body that decides on neither."""
    matter = next((each for each in OCCASIONS if decides(protocol, each) == body), None)
    return replacement(protocol, matter) if matter else None
