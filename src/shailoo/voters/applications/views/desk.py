"""Voters' applications at the desk: received, sent on, answered, told; and the country in numbers.

Lists show numbers and terms. What a voter wrote is opened on the page of one application, and that it was read is
recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.models import Office
from shailoo.accounts.web import acting, may_do, reads_personal, rule
from shailoo.documents.lists import taken_away
from shailoo.documents.sealed.actions import ErasedError, opened
from shailoo.documents.serving import served
from shailoo.law.outcome import Refused, Severity
from shailoo.voters.applications import actions, law_of, queries, words
from shailoo.voters.applications import dossier as dossiers
from shailoo.voters.applications.actions.answering import Refusal
from shailoo.voters.applications.forms import (
    GROUNDS,
    ActingForm,
    CompletingForm,
    DeskFilingForm,
    ReasonedForm,
    TellingForm,
)
from shailoo.voters.applications.models import Application, Telling
from shailoo.voters.applications.states import ANSWER, ANSWERED, PASS_ON, RECEIVE, Act, Kind, State, acts
from shailoo.voters.applications.views import frame
from shailoo.voters.applications.views.frame import ACTS, NOT_DONE, PERSONAL, READ, TELL

PAGE_SIZE = 25
COLUMNS = (
    "tec",
    "received",
    "open",
    "overdue",
    "positive",
    "refused",
    "referred",
    "superseded",
    "untold",
    "mobile",
)
SIMPLE = frozenset({Act.FORWARD, Act.PASS_ON, Act.INCLUDE, Act.CORRECT, Act.REFER})
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


# ------------------------------------------------------------------------------------- what waits


@rule(*ACTS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a PEC secretary, an administrator, the Service: what waits for this desk, overdue first."""
    voting = frame.served(request, frame.voting_of_lists())
    desk, at = frame.desk_of(request, voting), frame.now(voting)
    shows = request.GET.get("show", "")
    chosen = {"to_tell": desk.to_tell, "all": desk.everything}.get(shows, desk.waiting)
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    receives = may_do(request, RECEIVE)
    context = {
        "election": voting.election,
        "rows": [frame.row(each) for each in page],
        "page_of": page,
        "now": at,
        "telling": shows == "to_tell",
        "everything": shows == "all",
        "overdue": queries.due_now(desk.waiting, at),
        "untold": desk.to_tell.count(),
        "tells": may_do(request, TELL),
        "kinds": [(kind.value, words.kind(kind)) for kind in Kind] if receives else [],
        "reads": may_do(request, READ),
    }
    return render(request, "voter_applications/index.html", context)


@rule(RECEIVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, kind: str) -> HttpResponse:
    """For a PEC secretary: enter what a voter has handed in. The code for the voter is shown once."""
    asked = _kind(kind)
    voting = frame.served(request, frame.voting_of_lists())
    place = frame.own_place(request, voting)
    form = DeskFilingForm(request.POST or None, request.FILES or None, kind=asked, own=place)
    if request.method == "POST" and form.is_valid():
        filing = form.filing(form.cleaned_data["language"])
        answer = actions.receive_at_desk(filing, by=acting(request), at=frame.now(voting))
        if not isinstance(answer, Refused):
            found = answer.application
            context = {"application": found, "code": dossiers.shown(answer.code), "state": words.state(found.state)}
            return render(request, "voter_applications/received.html", context | {"election": voting.election})
        form.refuse(answer)
    context = {"form": form, "title": words.kind(asked), "election": voting.election, "place": place.precinct}
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voter_applications/receive.html", context, status=status)


def _kind(code: str) -> Kind:
    if code not in set(Kind):
        raise Http404(code)
    return Kind(code)


# ------------------------------------------------------------------------------------- one application


@rule(*ACTS)
@reads_personal(PERSONAL, subject="voter_application:{pk}")
@never_cache
@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever it has come to: what the voter asks, its papers, its way, what the law says, what can be done."""
    return _page(request, frame.application(request, pk))


def _page(request: HttpRequest, found: Application, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    outcome = law_of.ruling(found)
    answered = found.state in ANSWERED and found.told_at is None
    context = frame.row(found) | {
        "election": found.voting.election,
        "dossier": _dossier(found),
        "papers": [(each, words.value("voter_paper", each.kind)) for each in found.papers.select_related("file")],
        "document": words.value("identity_document", found.document) if found.document else "",
        "steps": [
            (each, words.act(each.act), words.ground(each.ground))
            for each in found.steps.select_related("office__body", "telling")
        ],
        "findings": [words.finding(each) for each in outcome.findings if each.severity is not Severity.ERROR],
        "ways": _ways(request, found),
        "tells": answered and frame.tells(request, found),
        "now": frame.now(found.voting),
        "errors": errors or [],
    }
    return render(request, "voter_applications/application.html", context, status=NOT_DONE if errors else 200)


def _dossier(found: Application) -> dossiers.Dossier | None:
    """What the voter wrote; None once it was erased."""
    try:
        return dossiers.read(found.dossier)
    except ErasedError:
        return None


def _ways(request: HttpRequest, found: Application) -> list[tuple[str, str, bool]]:
    """What this office can do now: code, words, whether it takes one press of a button."""
    ways = acts(State(found.state), Kind(found.kind))
    own = [each for each in ways if may_do(request, each.may)]
    return [(each.act.value, words.act(each.act), each.act in SIMPLE) for each in own]


@rule(*ACTS)
@reads_personal(PERSONAL, subject="voter_application:{pk}")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """For whoever has the application: one act, by the version that was looked at."""
    found = frame.application(request, pk)
    if code not in {way for way, _words, _simple in _ways(request, found)} and request.method != "POST":
        raise Http404(code)
    if code in GROUNDS:
        return _reasoned(request, found, code)
    if code == Act.COMPLETE:
        return _complete(request, found)
    if code not in {each.value for each in SIMPLE} or request.method != "POST":
        raise Http404(code)
    form = ActingForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    done = _simple(Act(code))(found, version, acting(request), frame.now(found.voting))
    if isinstance(done, Refused):
        return _page(request, frame.application(request, pk), words.refusal(done))
    return _done(request)


def _simple(code: Act) -> Callable[[Application, int, Office, datetime], object]:
    """The act behind one press of a button."""
    if code is Act.FORWARD:
        return lambda found, version, by, at: actions.forward(found, version=version, by=by, at=at)
    if code is Act.PASS_ON:
        return lambda found, version, by, at: actions.pass_on(found, version=version, by=by, at=at)
    return lambda found, version, by, at: actions.answer(found, actions.Answer(code), version=version, by=by, at=at)


def _reasoned(request: HttpRequest, found: Application, code: str) -> HttpResponse:
    form = ReasonedForm(request.POST or None, grounds=GROUNDS[code], version=found.version)
    if request.method == "POST" and form.is_valid():
        told, by, at = form.cleaned_data, acting(request), frame.now(found.voting)
        if code == Act.REFUSE:
            given = actions.Answer(Act.REFUSE, Refusal(told["ground"]), told["reason"])
            answer = actions.answer(found, given, version=told["version"], by=by, at=at)
        else:
            ground = actions.Ground(told["ground"])
            answer = actions.send_back(found, ground, told["reason"], version=told["version"], by=by, at=at)
        if not isinstance(answer, Refused):
            return _done(request)
        form.refuse(answer)
    return _form(request, found, form, words.act(code))


def _complete(request: HttpRequest, found: Application) -> HttpResponse:
    kind, version = Kind(found.kind), found.version
    form = CompletingForm(request.POST or None, request.FILES or None, kind=kind, version=version)
    if request.method == "POST" and form.is_valid():
        seen, by, at = form.cleaned_data["version"], acting(request), frame.now(found.voting)
        answer = actions.complete(found, form.papers(), version=seen, by=by, at=at)
        if not isinstance(answer, Refused):
            return _done(request)
        form.refuse(answer)
    return _form(request, found, form, _("Complete the application"))


@rule(TELL)
@reads_personal(PERSONAL, subject="voter_application:{pk}")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """For the administrator or the Service: record that the voter was told."""
    found = frame.application(request, pk)
    if not frame.tells(request, found):
        raise Http404("told by another office")
    form = TellingForm(request.POST or None, version=found.version)
    if request.method == "POST" and form.is_valid():
        channel, seen = Telling.Channel(form.cleaned_data["channel"]), form.cleaned_data["version"]
        by, at = acting(request), frame.now(found.voting)
        answer = actions.tell(found, channel, version=seen, by=by, at=at)
        if not isinstance(answer, Refused):
            return _done(request)
        form.refuse(answer)
    return _form(request, found, form, _("The voter was told"))


def _form(request: HttpRequest, found: Application, form: object, title: str) -> HttpResponse:
    context = {"application": found, "election": found.voting.election, "form": form, "title": title}
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "voter_applications/form.html", context, status=status)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("It is done and recorded."))
    return redirect("voter_applications:index")


@rule(*ACTS)
@reads_personal(PERSONAL, subject="voter_application:{pk}")
@never_cache
@require_safe
def paper(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """For whoever has the application: a copy of a document, as a file."""
    found = frame.application(request, pk)
    sent = get_object_or_404(found.papers.select_related("file"), pk=paper_pk)
    try:
        content = opened(sent.file)
    except ErasedError as gone:
        raise Http404("erased") from gone
    kind = sent.file.media_type
    return served(content, kind, f"{found.precinct.number}-{found.number}-{sent.kind}.{EXTENSIONS.get(kind, 'bin')}")


# ------------------------------------------------------------------------------------- the country


@rule(READ)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """For the CEC and the TECs: how many applications, how many overdue, without anybody's data."""
    voting = frame.served(request, frame.voting_of_lists())
    rows = queries.overview(voting, frame.now(voting))
    context = {
        "election": voting.election,
        "rows": rows,
        "total": {name: sum(getattr(each, name) for each in rows) for name in COLUMNS[1:]},
        "exports": [(form.upper(), reverse("voter_applications:overview_file", args=[form])) for form in _FORMS],
        "has_desk": any(may_do(request, each) for each in (PASS_ON, RECEIVE, ANSWER)),
        "now": frame.now(voting),
    }
    return render(request, "voter_applications/overview.html", context)


_FORMS = ("csv", "json", "xlsx")


@rule(READ)
@require_safe
def overview_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same numbers to take away."""
    voting = frame.served(request, frame.voting_of_lists())
    found = queries.overview(voting, frame.now(voting))
    rows = [(each.code, *(getattr(each, name) for name in COLUMNS[1:])) for each in found]
    return taken_away(f"{voting.election.slug}-voters-applications", form, COLUMNS, rows)
