"""The desk behind the public side: editions are counted, the search is renewed, stations tell of their way in."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, require_election, rule
from shailoo.elections.clock import now
from shailoo.jobs.models import Work
from shailoo.law.outcome import Refused
from shailoo.territory.models import Precinct
from shailoo.voters.enquiry import actions, jobs, words
from shailoo.voters.enquiry.forms import AccessForm
from shailoo.voters.enquiry.models import StationAccess
from shailoo.voters.enquiry.queries import numbers as counted
from shailoo.voters.enquiry.queries import own_entry
from shailoo.voters.enquiry.queries import stations as places_of
from shailoo.voters.lists.models import Edition
from shailoo.voters.words import finding

PAGE_SIZE = 50


@rule("voters.count")
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """For the CEC's staff: which editions are counted, and the search of precincts."""
    register = own_entry.asked_register()
    if register is not None:
        require_election(request, register.election.slug)
    rows = [(each, words.edition(each)) for each in counted.editions(register)] if register else []
    return render(request, "voter_enquiry/numbers.html", {"rows": rows, "register": register})


@rule("voters.count")
@require_POST
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the voters of an edition; the numbers are on the site from then on."""
    edition = Edition.objects.select_related("register__election__clock", "register__voting").filter(pk=pk).first()
    if edition is None:
        raise Http404(pk)
    by = acting(request)
    answer = actions.not_to_count(edition, by=by, at=now(edition.register.election)) or jobs.counting(
        edition, by=by, at=timezone.now()
    )
    return _begun(request, answer)


@rule("voters.count")
@require_POST
def places(request: HttpRequest) -> HttpResponse:
    """Make the search of precincts anew."""
    register = own_entry.asked_register()
    if register is None:
        raise Http404
    require_election(request, register.election.slug)
    return _begun(request, jobs.renewing(register, by=acting(request), at=timezone.now()))


@rule("voters.tell_access")
@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """For a precinct or territorial commission: its stations, and what it has told of each."""
    page = Paginator(places_of.kept_by(acting(request).body_id), PAGE_SIZE).get_page(request.GET.get("page"))
    told = places_of.access_of(each.pk for each in page)
    rows = [(each, told.get(each.pk), words.access(told.get(each.pk))) for each in page]
    return render(request, "voter_enquiry/stations.html", {"rows": rows, "page_of": page})


@rule("voters.tell_access")
@require_http_methods(["GET", "HEAD", "POST"])
def station(request: HttpRequest, number: str) -> HttpResponse:
    """For the secretary of a precinct commission: what voters should know of the way in."""
    precinct = _own_precinct(request, number)
    last = places_of.versions(precinct).first()
    form = AccessForm(request.POST if request.method == "POST" else None, initial=_initial(last))
    if request.method == "POST" and form.is_valid():
        answer = actions.tell_access(precinct, form.told, by=acting(request), at=timezone.now())
        if isinstance(answer, StationAccess):
            messages.success(request, _("It is told: voters see it from now on."))
            return redirect("voter_enquiry:stations")
        form.refuse(answer)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    history = [(each, words.access(each)) for each in places_of.versions(precinct)]
    context = {"precinct": precinct, "form": form, "history": history}
    return render(request, "voter_enquiry/station_form.html", context, status=status)


def _initial(last: StationAccess | None) -> dict[str, object]:
    names = (*words.ACCESS, "note", "latitude", "longitude")
    if last is None:
        return dict.fromkeys(words.ACCESS, StationAccess.Answer.UNKNOWN)
    return {name: getattr(last, name) for name in names}


def _own_precinct(request: HttpRequest, number: str) -> Precinct:
    """The precinct, if the office in use may tell of it: else it is not shown at this desk."""
    found = places_of.kept_by(acting(request).body_id).filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def _begun(request: HttpRequest, answer: Work | Refused) -> HttpResponse:
    """Lead to the work that was begun, or tell why none was."""
    if isinstance(answer, Refused):
        for found in answer.findings:
            messages.error(request, finding(found))
        return redirect("voter_enquiry:numbers")
    return redirect("jobs:work", answer.pk)
