"""Whose request it is, and the voting that the pages are about."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from shailoo.accounts.models import Office
from shailoo.accounts.web import office_of, require_election
from shailoo.elections.clock import now
from shailoo.elections.models import Voting
from shailoo.elections.queries import next_voting

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 50


def office(request: HttpRequest) -> Office:
    """The office in use."""
    found = office_of(request)
    if found is None:
        raise PermissionDenied
    return found


def voting_of(request: HttpRequest) -> Voting:
    """The voting that comes next, if the office serves its election; 404 and 403 else."""
    found = next_voting()
    if found is None:
        raise Http404("no voting is called")
    require_election(request, found.election.slug)
    return found


def moment(voting: Voting) -> datetime:
    """What time it is in the election."""
    return now(voting.election)
