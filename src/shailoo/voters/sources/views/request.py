"""Whose request it is, and the voting that the pages are about."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest

from shailoo.accounts.web import require_election
from shailoo.elections.clock import now
from shailoo.elections.models import Voting
from shailoo.elections.queries import next_voting

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 50


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
