"""What the views of this room share: whose office asks, and which records it sees."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body
from shailoo.accounts.web import acting, require_election
from shailoo.commissions.models import Commission
from shailoo.commissions.queries import by_code
from shailoo.elections.clock import now
from shailoo.voters.lists.models import Edition
from shailoo.voters.printing import queries
from shailoo.voters.printing.models import Batch, PrintedList

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 50


def require(request: HttpRequest, act: str, of: Body, edition: Edition) -> None:
    """End the request with 403 where the act does not reach over the body, or not in the edition's election."""
    election = edition.register.election
    if refusal(acting(request), may=act, of=of, election=election.slug, at=now(election)) is not None:
        raise PermissionDenied(act)


def clock(edition: Edition) -> datetime:
    """What time it is in the edition's election."""
    return now(edition.register.election)


def batch(request: HttpRequest, pk: int) -> Batch:
    """The batch, if it is of an election that the office serves; 404 and 403 else."""
    found = queries.batch(pk)
    if found is None:
        raise Http404("no such batch")
    require_election(request, found.edition.register.election.slug)
    return found


def tec(request: HttpRequest, found: Batch, code: str) -> Commission:
    """The TEC of that code, if the office may read about it; 404 and 403 else."""
    commission = by_code(code)
    if commission is None or commission.level != Commission.Level.TEC:
        raise Http404("no such commission")
    require(request, "voters.read_printing", commission.body, found.edition)
    return commission


def copy(request: HttpRequest, pk: int) -> PrintedList:
    """The printed copy, if the office may read about its precinct; 404 and 403 else."""
    found = queries.copy(pk)
    if found is None:
        raise Http404("no such copy")
    edition = found.list.edition
    require_election(request, edition.register.election.slug)
    require(request, "voters.read_printing", queries.tec_of(found).body, edition)
    return found
