"""Which deadlines of the calendar the acts of this room fulfil."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.elections.fulfilment import Done, fulfils
from shailoo.elections.models import Voting
from shailoo.voters.applications.models import MobilePosting


@fulfils("mobile_voting_registry_posted", by="voters.mobile_register_posted")
def posted_registers(voting: Voting) -> Mapping[int, Done]:
    """Each precinct commission that has posted its register of applications for mobile voting."""
    found = MobilePosting.objects.filter(voting=voting, precinct__commission__isnull=False)
    return {body: Done(at, act) for body, at, act in found.values_list("precinct__commission", "at", "act")}
