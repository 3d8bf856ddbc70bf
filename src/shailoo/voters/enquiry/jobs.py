"""Counting an edition and making the search anew in the background: of a country each takes its half minute.

Each is one transaction of one act, which is refused where it was done before: begun anew, nothing is done twice.
"""

from __future__ import annotations

from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.elections.clock import now
from shailoo.jobs.actions import start
from shailoo.jobs.kinds import Interrupted, Kind, Result, register
from shailoo.jobs.models import Work
from shailoo.jobs.progress import Progress, WorkFailedError
from shailoo.law.outcome import Refused
from shailoo.voters.enquiry import actions
from shailoo.voters.lists.models import Edition
from shailoo.voters.models import Register

COUNTING, RENEWING = "voter_enquiry_counting", "voter_enquiry_renewing"
REFUSED = "voter_enquiry_refused"


def count_voters(progress: Progress, edition: int, office: int) -> Result:
    """Count an edition for an office. Raises WorkFailedError where the act is refused."""
    progress.step(0, 1, COUNTING)
    found = Edition.objects.select_related("register__election__clock", "register__voting").get(pk=edition)
    made = actions.count_edition(found, by=_office(office), at=now(found.register.election))
    if isinstance(made, Refused):
        raise WorkFailedError(REFUSED)
    return {"voters": made.voters}


def renew_search(progress: Progress, voters: int, office: int) -> Result:
    """Make the search of the register `voters` anew. Raises WorkFailedError where the act is refused."""
    progress.step(0, 1, RENEWING)
    found = Register.objects.select_related("election__clock", "voting").get(pk=voters)
    made = actions.renew_places(found, by=_office(office), at=now(found.election))
    if isinstance(made, Refused):
        raise WorkFailedError(REFUSED)
    return {"lines": made}


def counting(found: Edition, *, by: Office, at: datetime) -> Work | Refused:
    """Ask for the numbers of an edition; refused where they are being made."""
    return start(COUNTING, by=by, at=at, subject=f"voter_lists_edition:{found.pk}", edition=found.pk, office=by.pk)


def renewing(found: Register, *, by: Office, at: datetime) -> Work | Refused:
    """Ask for a new search of places."""
    return start(RENEWING, by=by, at=at, subject=f"voters_register:{found.pk}", voters=found.pk, office=by.pk)


def _office(pk: int) -> Office:
    return Office.objects.select_related("person", "body").get(pk=pk)


for _code, _body, _what in (
    (COUNTING, count_voters, {"edition": int, "office": int}),
    (RENEWING, renew_search, {"voters": int, "office": int}),
):
    register(Kind(_code, _body, right="voters.count", interrupted=Interrupted.AGAIN, arguments=_what))
