"""What every page of the lists asks first: whose office it is, which register, which list it may see."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from shailoo.accounts.access import refusal
from shailoo.accounts.roles import MAY, Kind, Role
from shailoo.accounts.web import acting, require_election
from shailoo.commissions.models import Commission
from shailoo.elections.clock import now
from shailoo.elections.queries import next_voting
from shailoo.voters.lists import queries
from shailoo.voters.lists.actions.posting import body_of
from shailoo.voters.lists.models import Edition, VoterList
from shailoo.voters.models import Register


def register_of(request: HttpRequest) -> Register | None:
    """The register of the latest voting's election, where it is one that the office serves."""
    voting = next_voting()
    if voting is None or not acting(request).serves(voting.election.slug):
        return None
    related = ("election__clock", "voting__election", "closing")
    return Register.objects.select_related(*related).filter(voting=voting).first()


def edition_or_404(request: HttpRequest, pk: int) -> Edition:
    """The edition, if it is of an election that the office serves."""
    found = queries.edition(pk)
    if found is None:
        raise Http404("no such edition")
    require_election(request, found.register.election.slug)
    return found


def list_for(request: HttpRequest, pk: int, *acts: str) -> VoterList:
    """The list, if the office may do one of the acts to it; 404 and 403 else."""
    related = ("precinct", "region", "edition__register__election__clock", "edition__register__voting__election")
    found = VoterList.objects.defer("entries").select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404("no such list")
    slug, body, by = found.edition.register.election.slug, body_of(found), acting(request)
    at = moment(found.edition.register)
    for act in acts:
        if Role(by.role) in MAY[act] and refusal(by, may=act, of=body, election=slug, at=at) is None:
            return found
    raise PermissionDenied(", ".join(acts))


def moment(register: Register) -> datetime:
    """What time it is in the register's election."""
    return now(register.election)


def own_precinct(request: HttpRequest) -> int | None:
    """The precinct of an office at a precinct commission; None for others."""
    body = acting(request).body
    if body.kind != Kind.PEC:
        return None
    return Commission.objects.filter(body=body).values_list("precinct_id", flat=True).first()


def own_tec(request: HttpRequest) -> int | None:
    """The commission of an office at a territorial commission, whose precincts alone it sees; None for the CEC."""
    body = acting(request).body
    return body.pk if body.kind == Kind.TEC else None
