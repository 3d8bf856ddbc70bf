"""Compiling, publishing, taking down and checking in the background: of a country each takes its half minute or more.

Each but the check is one transaction of one act, which is refused where it was done before: begun anew, nothing is done
twice.
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
from shailoo.voters.lists import actions, queries
from shailoo.voters.lists.actions.publishing import subject
from shailoo.voters.lists.models import Edition, Publication, Stage
from shailoo.voters.models import Register

COMPILING, PUBLISHING, TAKING_DOWN = "voter_lists_compiling", "voter_lists_publishing", "voter_lists_taking_down"
VERIFYING = "voter_lists_verification"
REFUSED = "voter_lists_refused"
MOST_TOLD = 20  # lists that the result names


def compile_lists(progress: Progress, voters: int, stage: str, office: int) -> Result:
    """Compile an edition of the register `voters` for an office. Raises WorkFailedError where the act is refused."""
    progress.step(0, 1, COMPILING)
    found = Register.objects.select_related("election__clock", "voting").get(pk=voters)
    made = actions.compile_edition(found, Stage(stage), by=_office(office), at=now(found.election))
    if isinstance(made, Refused):
        raise WorkFailedError(REFUSED)
    return {"lists": made.edition.precincts, "voters": made.edition.voters, "edition": made.edition.pk}


def publish_lists(progress: Progress, edition: int, office: int) -> Result:
    """Put the names of an edition on the site. Raises WorkFailedError where the act is refused."""
    progress.step(0, 1, PUBLISHING)
    found = Edition.objects.select_related("register__election__clock").get(pk=edition)
    made = actions.publish_edition(found, by=_office(office), at=now(found.register.election))
    if isinstance(made, Refused):
        raise WorkFailedError(REFUSED)
    return {"names": made.names, "edition": edition}


def take_lists_down(progress: Progress, publication: int, office: int) -> Result:
    """Take the names of an edition off the site. Raises WorkFailedError where the act is refused."""
    progress.step(0, 1, TAKING_DOWN)
    found = Publication.objects.select_related("edition__register__election__clock").get(pk=publication)
    made = actions.take_down(found, by=_office(office), at=now(found.edition.register.election))
    if isinstance(made, Refused):
        raise WorkFailedError(REFUSED)
    return {"names": found.names, "edition": found.edition_id}


def verify_lists(progress: Progress) -> Result:
    """Compute every frozen list anew. Returns counts, and the first lists that are not what they were."""
    editions = list(Edition.objects.select_related("register__election").order_by("at", "pk"))
    broken, lists = [], 0
    for number, edition in enumerate(editions):
        progress.step(number, len(editions), VERIFYING)
        lists += edition.precincts
        name = f"{edition.register.election.slug} {edition}"
        broken += [f"{name} {each}" for each in queries.changed_lists(edition)]
        broken += [] if queries.is_as_recorded(edition) else [name]
    told = [{"code": "voter_list_changed", "where": each} for each in broken[:MOST_TOLD]]
    verdict = "broken" if broken else "holds"
    return {"verdict": verdict, "editions": len(editions), "lists": lists, "faults": len(broken), "told": told}


def compiling(found: Register, stage: Stage, *, by: Office, at: datetime) -> Work | Refused:
    """Ask for an edition; refused where one is being made."""
    about = f"voters_register:{found.pk}"
    return start(COMPILING, by=by, at=at, subject=about, voters=found.pk, stage=stage.value, office=by.pk)


def publishing(found: Edition, *, by: Office, at: datetime) -> Work | Refused:
    """Ask for the publication of an edition."""
    return start(PUBLISHING, by=by, at=at, subject=subject(found), edition=found.pk, office=by.pk)


def taking_down(found: Publication, *, by: Office, at: datetime) -> Work | Refused:
    """Ask for the names of an edition to be taken off the site."""
    return start(TAKING_DOWN, by=by, at=at, subject=subject(found.edition), publication=found.pk, office=by.pk)


def _office(pk: int) -> Office:
    return Office.objects.select_related("person", "body").get(pk=pk)


for _code, _body, _right, _what in (
    (COMPILING, compile_lists, "voters.lists.compile", {"voters": int, "stage": str, "office": int}),
    (PUBLISHING, publish_lists, "voters.lists.publish", {"edition": int, "office": int}),
    (TAKING_DOWN, take_lists_down, "voters.lists.publish", {"publication": int, "office": int}),
):
    register(Kind(_code, _body, right=_right, interrupted=Interrupted.AGAIN, arguments=_what))
register(
    Kind(
        VERIFYING,
        verify_lists,
        right="ledger.read",
        interrupted=Interrupted.AGAIN,
        offered=True,
        subject="voter_lists",
    )
)
