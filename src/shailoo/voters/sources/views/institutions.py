"""Hospitals and places of temporary detention at the desk: the PEC takes their data down, the Service has them too."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.accounts.web import acting, reads_personal, require_election, rule
from shailoo.elections.clock import local
from shailoo.elections.models import Voting
from shailoo.law.outcome import Refused
from shailoo.territory.models import Precinct
from shailoo.voters.sources import actions, places, queries, words
from shailoo.voters.sources.forms import InstitutionForm
from shailoo.voters.sources.models import InstitutionReport
from shailoo.voters.sources.people import INSTITUTION, typed
from shailoo.voters.sources.terms import INSTITUTIONS, last_day
from shailoo.voters.sources.views.request import NOT_DONE, PAGE_SIZE, moment, voting_of

REPORT, CONFIRM = "voters.institutions.report", "voters.institutions.confirm"


@rule(*places.INSTITUTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def institutions(request: HttpRequest) -> HttpResponse:
    """For a PEC: write down whom a hospital or a place of detention names. For the Service: all reports."""
    voting = voting_of(request)
    by = acting(request)
    form = None
    if places.may(by, REPORT):
        form = InstitutionForm(request.POST or None, request.FILES or None, precincts=_precincts(by, voting))
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(REPORT)
        if form.is_valid() and (made := _reported(form, voting, by)) is not None:
            messages.success(request, _("The report is taken down, and the Service sees it."))
            return redirect("voter_sources:institution", made.pk)
    page = Paginator(_own(queries.institution_reports(voting), by, voting), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "voting": voting,
        "page_of": page,
        "rows": [(each, words.value("institution_kind", each.kind)) for each in page],
        "form": form,
        "last": last_day(voting, INSTITUTIONS),
        "columns": ",".join(INSTITUTION),
    }
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voter_sources/institutions.html", context, status=status)


def _reported(form: InstitutionForm, voting: Voting, by: Office) -> InstitutionReport | None:
    given = form.cleaned_data
    content = given["file"].read() if given.get("file") else typed(given["pins"])
    institution = actions.Institution(given["kind"], given["name"], given["precinct"], given["received_on"])
    answer = actions.report_institution(voting, institution, content, by=by, at=moment(voting))
    if isinstance(answer, Refused):
        form.refuse(answer)
        return None
    return answer


@rule(*places.INSTITUTIONS)
@reads_personal("voters in institutions", subject="institution_report:{pk}")
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """For the PEC of the place and the Service: who is reported, who is on no list, what the law says."""
    found = _report(request, pk)
    page = Paginator(queries.people_of(found), PAGE_SIZE).get_page(request.GET.get("page"))
    listed = dict.fromkeys(range(found.listed), True) | dict.fromkeys(range(found.listed, found.rows), False)
    receipt = getattr(found, "receipt", None)
    by_registry = local(receipt.at).date() if receipt else None
    outcome = actions.verdict(found.voting, found.received_on, by_registry, listed)
    context = {
        "report": found,
        "kind": words.value("institution_kind", found.kind),
        "page_of": page,
        "rows": [(each, [words.fault(code) for code in each.codes]) for each in page],
        "warnings": [words.finding(each) for each in outcome.findings],
        "missing": found.rows - found.listed,
        "receipt": receipt,
        "may_confirm": receipt is None and places.may(acting(request), CONFIRM),
    }
    return render(request, "voter_sources/institution.html", context)


@rule(CONFIRM)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The Service has the report."""
    found = _report(request, pk)
    answer = actions.confirm_institution(found, by=acting(request), at=moment(found.voting))
    if isinstance(answer, Refused):
        messages.error(request, " ".join(said for _place, said in words.refusal(answer)))
    else:
        messages.success(request, _("The receipt is confirmed."))
    return redirect("voter_sources:institution", pk)


def _report(request: HttpRequest, pk: int) -> InstitutionReport:
    """The report, where the office is the PEC of the place, the TEC above it, or the Service; 404 and 403 else."""
    found = queries.institution(pk)
    if found is None:
        raise Http404("no such report")
    require_election(request, found.voting.election.slug)
    by = acting(request)
    if places.may(by, CONFIRM):
        return found
    commission = getattr(found.precinct, "commission", None)
    at, slug = moment(found.voting), found.voting.election.slug
    if commission is None or refusal(by, may=REPORT, of=commission.body, election=slug, at=at):
        raise PermissionDenied(found.precinct.number)
    return found


def _precincts(by: Office, voting: Voting) -> QuerySet[Precinct]:
    """The precincts that vote for which the office may report: its own, or those below its TEC."""
    found = Precinct.objects.filter(votings__voting=voting).order_by("number")
    own = found.filter(commission__body=by.body_id)
    return own if own.exists() else found.filter(commission__body__superior=by.body_id)


def _own(reports: QuerySet[InstitutionReport], by: Office, voting: Voting) -> QuerySet[InstitutionReport]:
    return reports if places.may(by, CONFIRM) else reports.filter(precinct__in=_precincts(by, voting))
