"""Data of missions abroad at the desk: sent, passed on, received; the CEC sees who is late."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, reads_personal, require_election, rule
from shailoo.documents.lists import plain
from shailoo.documents.sealed.actions import ErasedError
from shailoo.elections.clock import local
from shailoo.law.outcome import Refused
from shailoo.voters.sources import actions, places, queries, words
from shailoo.voters.sources.forms import FileForm, ReturnForm
from shailoo.voters.sources.models import MissionReport
from shailoo.voters.sources.people import MISSION
from shailoo.voters.sources.states import Act, arc
from shailoo.voters.sources.views.request import NOT_DONE, PAGE_SIZE, moment, voting_of

Moved = Callable[..., MissionReport | Refused]
MOVES: Mapping[str, Moved] = {
    "pass_on": actions.pass_on_mission_data,
    "receive": actions.receive_mission_data,
}
SEND = "voters.sources.send"


@rule(*places.MISSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def missions(request: HttpRequest) -> HttpResponse:
    """For a mission: send its voters. For the Ministry, the Service and the CEC: where every mission's data are."""
    voting = voting_of(request)
    by = acting(request)
    own = by.body if places.may(by, SEND) else None
    form = FileForm(request.POST or None, request.FILES or None) if own is not None else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(SEND)
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            answer = actions.send_mission_data(voting, content, by=by, at=moment(voting))
            if isinstance(answer, MissionReport):
                messages.success(request, _("The data are checked and sent to the Ministry."))
                return redirect("voter_sources:report", answer.pk)
            form.refuse(answer)
    today = local(moment(voting)).date()
    found = queries.missions(voting, own)
    rows = [
        (each, words.value("mission_state", each.report.state) if each.report else "", each.overdue(today))
        for each in found
    ]
    context = {
        "voting": voting,
        "rows": rows,
        "colours": words.COLOURS,
        "overdue": sum(late for _each, _state, late in rows),
        "last": found[0].last if found else None,
        "form": form,
        "columns": ",".join(MISSION),
    }
    return render(request, "voter_sources/missions.html", context, status=_status(request))


@rule(*places.MISSIONS)
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One mission's data without anybody's: how many, which rows are rejected and why, and their way."""
    return _page(request, _report(request, pk))


@rule("voters.sources.pass_on", "voters.sources.receive")
@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Pass the data on, or receive them."""
    found = _report(request, pk)
    if act not in MOVES:
        raise Http404("no such act")
    answer = MOVES[act](found, by=acting(request), at=moment(found.voting))
    if isinstance(answer, Refused):
        return _page(request, found, errors=words.refusal(answer))
    messages.success(request, _("Done: %(state)s.") % {"state": words.value("mission_state", answer.state)})
    return redirect("voter_sources:report", pk)


@rule("voters.sources.pass_on", "voters.sources.receive")
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the data back to the mission."""
    found = _report(request, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = actions.return_mission_data(found, reason, by=acting(request), at=moment(found.voting))
        if isinstance(answer, MissionReport):
            messages.success(request, _("The data are returned to the mission."))
            return redirect("voter_sources:report", pk)
        form.refuse(answer)
    context = {"form": form, "report": found}
    return render(request, "voter_sources/return_report.html", context, status=_status(request))


@rule("voters.sources.receive")
@reads_personal("voters abroad", subject="mission_report:{pk}")
@require_safe
def voters(request: HttpRequest, pk: int) -> HttpResponse:
    """For the Service: the rows that pass, to be taken into the register there."""
    found = _report(request, pk)
    written = io.StringIO(newline="")
    try:
        csv.writer(written).writerows([plain(cell) for cell in row] for row in queries.taken_rows(found))
    except ErasedError as erased:
        raise Http404("erased") from erased
    headers = {"Content-Disposition": f'attachment; filename="mission-{found.pk}.csv"', "Cache-Control": "no-store"}
    return HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


# ------------------------------------------------------------------------------------- the page


def _page(request: HttpRequest, found: MissionReport, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    by = acting(request)
    page = Paginator(queries.faults_of(found), PAGE_SIZE).get_page(request.GET.get("page"))
    steps = [
        (each, words.value("mission_state", each.state))
        for each in found.steps.select_related("office__body").order_by("at", "pk")
    ]
    context = {
        "report": found,
        "errors": errors or [],
        "state": words.value("mission_state", found.state),
        "colour": words.COLOURS[found.state],
        "kinds": [(words.fault(code), rows) for code, rows in queries.kinds_of(found)],
        "rows": [(each.row, [words.fault(code) for code in each.codes]) for each in page],
        "page_of": page,
        "steps": steps,
        "rejected": found.rows - found.taken,
        "may": {act.value for act in Act if (way := arc(found.state, act)) and places.may(by, way.may)},
        "may_open": places.may(by, "voters.sources.receive") and found.state in ("passed", "received"),
    }
    return render(request, "voter_sources/report.html", context, status=NOT_DONE if errors else 200)


def _report(request: HttpRequest, pk: int) -> MissionReport:
    """The report, of an election that the office serves, and of the own mission where it is one; 404 and 403."""
    found = queries.mission_report(pk)
    if found is None:
        raise Http404("no such report")
    require_election(request, found.voting.election.slug)
    by = acting(request)
    if places.may(by, SEND) and found.body_id != by.body_id:
        raise PermissionDenied(found.body.code)
    return found


def _status(request: HttpRequest) -> int:
    return NOT_DONE if request.method == "POST" else 200
