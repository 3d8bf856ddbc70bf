"""An application with its copy, and a request for the mobile box, in the scene of another department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shailoo.accounts.models import Office
from shailoo.elections.models import Voting
from shailoo.voters.applications.actions import receive_at_desk
from shailoo.voters.applications.actions.filing import Filing, voting_precinct
from shailoo.voters.applications.states import Kind
from tests.commissions.sittings import done
from tests.voters.applications.scene import copy, dossier

EARLIER = timedelta(days=40)


def behind_applications(voting: Voting, secretary: Office, at: datetime) -> Mapping[str, Mapping[str, object]]:
    """Beginning of a pattern -> what stands in its places; `secretary` is of the PEC of precinct 1001."""
    place = voting_precinct(voting, "1001")
    if place is None:
        raise LookupError("the scene has no precinct 1001")
    told = {"language": "ky", "token": "0" * 32, "copies": (copy(),)}
    filing = Filing(kind=Kind.NOT_LISTED, place=place, target=place.precinct, dossier=dossier(), **told)  # type: ignore[arg-type]  # fields by name
    found = done(receive_at_desk(filing, by=secretary, at=at - EARLIER)).application
    own = {"pk": found.pk, "paper_pk": found.papers.get().pk, "kind": "mistake", "code": "forward"}
    return {"ky/desk/voters/applications/": own, "ky/voters/applications/": {"kind": "mistake"}}
