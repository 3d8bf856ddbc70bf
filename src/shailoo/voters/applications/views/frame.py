"""What the pages of this room share: whose desk it is, which voting, whose application, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from shailoo.accounts.web import acting, may_do, require_election
from shailoo.commissions.models import Commission
from shailoo.elections import clock
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.elections.queries import next_voting
from shailoo.voters.applications import queries, words
from shailoo.voters.applications.models import Application
from shailoo.voters.applications.queries import desks
from shailoo.voters.applications.states import ANSWER, BY_ADMINISTRATOR, PASS_ON, RECEIVE, STRAIGHT, State

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PERSONAL = "voters’ applications"
TELL = "voters.applications.tell"
READ = "voters.applications.read"
MOBILE = "voters.mobile.register"
ACTS = (RECEIVE, PASS_ON, ANSWER)


def voting_of_lists() -> Voting | None:
    """The voting before which there are applications on the lists: the general one of the latest election."""
    latest = next_voting()
    if latest is None or latest.kind == Voting.Kind.GENERAL:
        return latest
    found = Voting.objects.filter(election=latest.election, kind=Voting.Kind.GENERAL)
    return found.select_related("election__clock").order_by("-day").first()


def served(request: HttpRequest, voting: Voting | None) -> Voting:
    """The voting; 404 where there is none, 403 where the office was given for another election."""
    if voting is None:
        raise Http404("no voting")
    require_election(request, voting.election.slug)
    return voting


def now(voting: Voting) -> datetime:
    """The time by which the election goes."""
    return clock.now(voting.election)


def own_place(request: HttpRequest, voting: Voting) -> VotingPrecinct:
    """The precinct of the office's own commission; 404 where it does not vote."""
    commission = Commission.objects.select_related("precinct").filter(body=acting(request).body_id).first()
    place = desks.place_of(voting, commission.precinct) if commission and commission.precinct else None
    if place is None:
        raise Http404("no precinct that votes")
    return place


@dataclass(frozen=True, slots=True)
class Desk:
    """The applications of an office: those that wait for it, those whose voters it has to tell, all that came to it."""

    waiting: QuerySet[Application]
    to_tell: QuerySet[Application]
    everything: QuerySet[Application]


def desk_of(request: HttpRequest, voting: Voting) -> Desk:
    """What lies on the desk of the office in use."""
    if may_do(request, RECEIVE):
        rows = queries.of_precinct(voting, own_place(request, voting).precinct)
        return Desk(queries.waiting(rows, desks.AT_PEC), rows.none(), rows)
    if may_do(request, PASS_ON):
        tec = Commission.objects.filter(body=acting(request).body_id).first()
        rows = queries.of_tec(voting, tec) if tec else Application.objects.none()
        all_of_them = queries.that_came_to(rows, State.WITH_ADMINISTRATOR)
        return Desk(queries.waiting(rows, desks.AT_TEC), queries.to_tell(rows, straight=False), all_of_them)
    rows = queries.of_service(voting)
    all_of_them = queries.that_came_to(rows, State.WITH_SERVICE)
    return Desk(queries.waiting(rows, desks.AT_SERVICE), queries.to_tell(rows, straight=True), all_of_them)


def application(request: HttpRequest, pk: int) -> Application:
    """An application that has come to this office; 404 for any other, as if there were none."""
    found = queries.application(pk)
    if found is None or not _has_come_to(request, found):
        raise Http404(str(pk))
    require_election(request, found.voting.election.slug)
    return found


def _has_come_to(request: HttpRequest, found: Application) -> bool:
    own = acting(request).body_id
    if may_do(request, RECEIVE):
        return Commission.objects.filter(body=own, precinct=found.precinct_id).exists()
    if may_do(request, PASS_ON):
        passed = found.steps.filter(target=State.WITH_ADMINISTRATOR).exists()
        return found.tec_id == own and found.kind in BY_ADMINISTRATOR and passed
    return found.steps.filter(target=State.WITH_SERVICE).exists()


def tells(request: HttpRequest, found: Application) -> bool:
    """Whether it is this office that tells the voter: the Service of a voting address, else the administrator."""
    if not may_do(request, TELL):
        return False
    return (found.kind in STRAIGHT) == may_do(request, ANSWER)


def row(each: Application) -> dict[str, object]:
    """One application as lists show it: no name, no number of a person."""
    return {
        "application": each,
        "kind": words.kind(each.kind),
        "state": words.state(each.state),
        "colour": words.COLOURS[each.state],
    }
