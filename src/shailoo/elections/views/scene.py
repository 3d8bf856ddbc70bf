"""What every page of this room starts from: the voting whose calendar is kept, the office that acts, the clock."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shailoo.accounts.models import Office
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import office_of, require_election
from shailoo.commissions.models import Commission
from shailoo.elections import clock, queries
from shailoo.elections.models import Voting

ASKED = "election"  # the key of the query that names another election than the latest
_SLUG = re.compile(r"[-\w]{1,60}", re.ASCII)


def voting_of(request: HttpRequest) -> Voting | None:
    """The voting whose calendar a page keeps: that of the election in the address, else the latest; None before any.

    404 for an election that is not there, 403 for an office of another election.
    """
    if slug := request.GET.get(ASKED, ""):
        return voting_at(request, slug)
    voting = queries.next_voting()
    if voting is not None:
        require_election(request, voting.election.slug)
    return voting


def voting_at(request: HttpRequest, slug: str) -> Voting:
    """The latest voting of an election; 404 where there is none, 403 for an office of another election."""
    election = queries.by_slug(slug) if _SLUG.fullmatch(slug) else None
    voting = queries.voting_of(election) if election else None
    if voting is None:
        raise Http404(slug)
    require_election(request, slug)
    return voting


def voting_or_404(request: HttpRequest) -> Voting:
    voting = voting_of(request)
    if voting is None:
        raise Http404("no voting")
    return voting


def acting(request: HttpRequest) -> Office:
    """The office in use; the access rule of the view has let nobody else in."""
    office = office_of(request)
    if office is None:
        raise Http404("no office")
    return office


def now(voting: Voting) -> datetime:
    return clock.now(voting.election)


def may(request: HttpRequest) -> set[str]:
    """The acts of this room that the office in use is offered."""
    role = Role(acting(request).role)
    return {act.removeprefix("elections.") for act, roles in MAY.items() if role in roles}


def own(request: HttpRequest) -> Commission:
    """The commission of the office in use; 404 for an office elsewhere."""
    found = Commission.objects.select_related("body").filter(pk=acting(request).body_id).first()
    if found is None:
        raise Http404("no commission")
    return found


def address(request: HttpRequest, name: str, *args: str, **query: str) -> str:
    """The address of a page of this room, of the same election as this page."""
    asked = request.GET.get(ASKED, "")
    wanted = ({ASKED: asked} if asked else {}) | query
    place = reverse(f"elections:{name}", args=args)
    return f"{place}?{urlencode(wanted)}" if wanted else place


def as_csv(name: str, voting: Voting, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table to take away; each row says which election it is of, and whether that is a rehearsal."""
    election = voting.election
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([*columns, "election", "rehearsal"])
    writer.writerows([*row, election.slug, "yes" if election.rehearsal else "no"] for row in rows)
    response = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{election.slug}-{name}.csv"'
    return response
