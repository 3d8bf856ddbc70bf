"""What the ground itself has seen of the calendar: precincts established and ballots approved."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.commissions.models import Commission
from shailoo.elections.fulfilment import Done, fulfils
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.ledger.models import Act


@fulfils("precincts_established", by="election.precincts_set")
def precincts_set(voting: Voting) -> Mapping[int, Done]:
    """Each territorial commission under which precincts vote, from the act that named them."""
    act = _first(voting, "election.precincts_set")
    if act is None:
        return {}
    tecs = VotingPrecinct.objects.filter(voting=voting).values_list("tec_id", flat=True).distinct()
    return {tec: Done(act.at, act.hash) for tec in tecs}


@fulfils("ballot_text_approved", by="election.ballot_set")
def ballot_set(voting: Voting) -> Mapping[int, Done]:
    """The CEC, from the act that gave the voting its ballot."""
    act = _first(voting, "election.ballot_set")
    cec = Commission.objects.filter(level=Commission.Level.CEC).values_list("pk", flat=True).first()
    return {cec: Done(act.at, act.hash)} if act is not None and cec is not None else {}


def _first(voting: Voting, name: str) -> Act | None:
    return Act.objects.filter(subject=f"voting:{voting.pk}", name=name).order_by("at", "pk").first()
