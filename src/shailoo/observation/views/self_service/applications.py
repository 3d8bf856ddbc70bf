"""The pages of an application: begun, described, filled, looked at once more, handed in, taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import acting, reads_personal, rule
from shailoo.documents.sealed.actions import Content, seal
from shailoo.elections import clock
from shailoo.jobs.actions import start
from shailoo.law.outcome import Refused
from shailoo.observation import faults
from shailoo.observation.actions import attaching, drafting, filing
from shailoo.observation.actions.attaching import Contains
from shailoo.observation.checking import whole_of
from shailoo.observation.forms.intake import (
    ArchiveForm,
    BeginForm,
    HandInForm,
    ListFileForm,
    PaperForm,
    PlanForm,
    ReasonForm,
)
from shailoo.observation.intake import lists, templates
from shailoo.observation.intake.columns import HEADINGS, Field
from shailoo.observation.messages import said
from shailoo.observation.models import Application
from shailoo.observation.occasion import election_day, terms
from shailoo.observation.queries import applications as queries
from shailoo.observation.queries.senders import messages_of
from shailoo.observation.states import State
from shailoo.observation.views.self_service import frame as shared
from shailoo.observation.words import intake as words
from shailoo.wording import sentences

APPLY = "observation.apply"
LONG = 400_000  # bytes of a list from which on it is read in the background
LONG_ARCHIVE = 2_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_MESSAGES = 10


@rule(APPLY)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For an organization that sends people: its applications, where each stands, and what it was told."""
    sender = shared.sender(request)
    page = Paginator(queries.of_sender(sender), shared.PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        (
            each,
            words.value("mandate", each.kind),
            words.value("application_state", each.state),
            words.COLOURS[each.state],
        )
        for each in page
    ]
    told = [(each, said(each, words.language())) for each in messages_of(sender)[:SHOWN_MESSAGES]]
    context = {"sender": sender, "rows": rows, "page_of": page, "total": page.paginator.count, "told": told}
    return render(request, "observation/self_service/index.html", context)


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """For an organization: for which election, and whom it sends."""
    sender, office = shared.sender(request), acting(request)
    form = BeginForm(request.POST or None, sender=sender, elections=queries.elections(office))
    if request.method == "POST" and form.is_valid():
        election, kind = form.chosen
        answer = drafting.begin(sender, election, kind, drafting.Plan(), by=office, at=clock.now(election))
        if not isinstance(answer, Refused):
            return redirect("observation_own:application", answer.pk)
        form.refuse(answer)
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/begin.html", {"form": form, "sender": sender}, status=status)


@rule(APPLY)
@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: what is done, what is missing, until when; after handing in, what became of it."""
    found = shared.own(request, pk)
    now = shared.now(found)
    outcome = whole_of(found, now) if found.state in (State.DRAFT, State.AT_MINISTRY, State.FILED) else None
    context = shared.frame(found) | {
        "tally": queries.tally(found),
        "findings": shared.told(outcome.findings) if outcome else [],
        "papers": _papers(found),
        "wanted": words.choices("application_paper", attaching.PAPERS[found.kind]),
        "uploads": found.uploads.all()[:5],
        "works": [(each, each.state) for each in queries.work_on(found)[:3]],
        "terms": terms(found),
        "day": election_day(found.election),
        "now": now,
        "is_mission": found.kind == Application.Kind.INTERNATIONAL,
        "route": words.value("observation_route", found.route),
        "open": found.state in (State.AT_MINISTRY, State.FILED),
        "told": [
            (each, said(each, words.language())) for each in messages_of(found.sender).filter(subject=found.subject)
        ],
    }
    return render(request, "observation/self_service/application.html", context)


def _papers(found: Application) -> list[tuple[str, object]]:
    """The papers of the whole, the newest of each kind."""
    newest = {each.kind: each for each in reversed(list(queries.papers(found)))}
    known = attaching.PAPERS[found.kind]
    return [(words.capital(words.value("application_paper", kind)), newest[kind]) for kind in known if kind in newest]


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: how its people come, which way the papers go, on which invitation or decision."""
    found = shared.draft(request, pk)
    form = PlanForm(
        request.POST or None,
        application=found,
        invitations=list(queries.invitations(found.sender, found.election)) if found.sender.organization_id else [],
    )
    if request.method == "POST" and form.is_valid():
        answer = drafting.describe(found, form.plan(), by=acting(request), at=shared.now(found))
        if not isinstance(answer, Refused):
            messages.success(request, _("Saved."))
            return redirect("observation_own:application", pk)
        form.refuse(answer)
    return _form(request, found, form, _("How the application is made"))


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: a list of people as a file; rows with faults are kept and shown."""
    found = shared.draft(request, pk)
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, name = shared.bytes_of(request, "file", lists.LARGEST)
        if len(content) > LONG:
            return _in_background(request, found, content, "observation_list", name=name)
        answer = drafting.take_list(found, content, name, by=acting(request), at=shared.now(found))
        if not isinstance(answer, Refused):
            words_of = _("%(rows)s rows were taken over; %(faulty)s of them have to be mended.")
            messages.success(request, words_of % {"rows": answer.rows, "faulty": answer.faulty})
            return redirect(f"{shared.address('people', pk)}{'?only=stopped' if answer.faulty else ''}")
        form.refuse(answer)
    status = shared.NOT_DONE if request.method == "POST" else 200
    context = shared.frame(found) | {"form": form}
    return render(request, "observation/self_service/upload.html", context, status=status)


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: photographs or copies of passports of many people at once."""
    found = shared.draft(request, pk)
    form = ArchiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, _name = shared.bytes_of(request, "file", attaching.LARGEST_PAPER)
        contains = Contains(form.cleaned_data["contains"])
        if len(content) > LONG_ARCHIVE:
            return _in_background(request, found, content, "observation_archive", contains=contains.value)
        office, at = acting(request), shared.now(found)
        answer = attaching.take_archive(found, io.BytesIO(content), contains, by=office, at=at)
        if not isinstance(answer, Refused):
            _tell_taken(request, answer)
            return redirect("observation_own:people", pk)
        form.refuse(answer)
    return _form(request, found, form, _("Photographs or copies as an archive"), files="1")


def _tell_taken(request: HttpRequest, taken: attaching.Taken) -> None:
    counted = {"kept": taken.kept, "unfit": taken.unfit}
    messages.success(
        request, _("Files taken: %(kept)s. Unfit: %(unfit)s; what is wrong stands at each person.") % counted
    )
    if taken.strangers:
        named = ", ".join(taken.strangers[:20])
        messages.warning(request, _("These files belong to nobody on the list: %(named)s") % {"named": named})


def _in_background(
    request: HttpRequest, found: Application, content: bytes, kind: str, **arguments: object
) -> HttpResponse:
    """Keep what is long sealed, and ask for the work; its state stands on the application's page."""
    office, at = acting(request), shared.now(found)
    file = seal(Content("waiting", found.subject, content), by=office, at=at)
    asked = {"application": found.pk, "file": file.pk, "office": office.pk, **arguments}
    answer = start(kind, by=office, at=timezone.now(), subject=found.subject, **asked)
    if isinstance(answer, Refused):
        shared.say(request, words.refusal(answer))
    else:
        messages.success(request, _("The file is long. It is read in the background; you may leave this page."))
    return redirect("observation_own:application", found.pk)


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: the papers of the application as a whole."""
    found = shared.draft(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None, kind=found.kind)
    if request.method == "POST" and form.is_valid():
        content, name = shared.bytes_of(request, "file", attaching.LARGEST_PAPER)
        kind, office = form.cleaned_data["kind"], acting(request)
        answer = attaching.attach(found, None, kind, content, name, by=office, at=shared.now(found))
        if not isinstance(answer, Refused):
            messages.success(request, _("The paper is attached."))
            return redirect("observation_own:application", pk)
        form.refuse(answer)
    return _form(request, found, form, _("Attach a paper"), files="1")


def _form(request: HttpRequest, found: Application, form: object, title: str, files: str = "") -> HttpResponse:
    """A page of one form."""
    context = shared.frame(found) | {"form": form, "title": title, "files": files}
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/form.html", context, status=status)


# ------------------------------------------------------------------------------------- templates, errors as a file


@rule(APPLY)
@require_safe
def template(request: HttpRequest, pk: int, language: str, form: str) -> HttpResponse:
    """An empty list to fill in, in the language asked for, as CSV or as a workbook."""
    found = shared.own(request, pk)
    if language not in ("ky", "ru", "en") or form not in ("csv", "xlsx"):
        raise Http404(form)
    made = templates.as_csv(found.kind, language) if form == "csv" else templates.as_workbook(found.kind, language)
    response = HttpResponse(made, content_type="text/csv; charset=utf-8" if form == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.kind}-{language}.{form}"'
    return response


@rule(APPLY)
@reads_personal("applicants", subject="application:{pk}")
@require_safe
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding by row and column, as a table to work through beside the list."""
    found = shared.own(request, pk)
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";")
    table.writerow([_("Row"), _("Column"), _("What is wrong"), _("Norm")])
    table.writerows(_error_rows(found))
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="findings-{found.pk}.csv"'
    return response


def _error_rows(found: Application) -> Iterator[tuple[str, str, str, str]]:
    named = {each.value: HEADINGS[each][words.language()] for each in Field}
    for person in found.applicants.exclude(faults=[]).order_by("row"):
        for each in faults.of_person(person):
            columns = ", ".join(named[field] for field in each.fields if field in named)
            yield str(person.row), columns, sentences.finding(each, words.language()), each.norm


# ------------------------------------------------------------------------------------- handing in, taking back


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: everything once more, what the law finds, and handing it in."""
    found = shared.draft(request, pk)
    now, form = shared.now(found), HandInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        through = found.route == Application.Route.MINISTRY
        act = filing.send_to_ministry if through else filing.file_application
        answer = act(found, by=acting(request), at=now)
        if not isinstance(answer, Refused):
            return redirect("observation_own:receipt", pk)
        form.refuse(answer)
    context = shared.frame(found) | {
        "form": form,
        "tally": queries.tally(found),
        "findings": shared.told(whole_of(found, now).findings),
        "papers": _papers(found),
        "route": words.value("observation_route", found.route),
        "terms": terms(found),
        "now": now,
    }
    status = shared.NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/self_service/hand_in.html", context, status=status)


@rule(APPLY)
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: that its application was received, under which number, when; made to be printed."""
    found = shared.own(request, pk)
    if found.state == State.DRAFT:
        raise Http404("not handed in")
    context = shared.frame(found) | {"tally": queries.tally(found), "papers": _papers(found)}
    return render(request, "observation/self_service/receipt.html", context)


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """For an organization: take the whole application back."""
    found = shared.own(request, pk)
    if request.method == "POST":
        answer = filing.withdraw(found, by=acting(request), at=shared.now(found))
        if isinstance(answer, Refused):
            shared.say(request, words.refusal(answer))
        else:
            messages.success(request, _("The application is taken back."))
        return redirect("observation_own:application", pk)
    return render(request, "observation/self_service/withdraw.html", shared.frame(found))


@rule(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_person(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """For an organization: take one person off an application that was handed in."""
    found = shared.own(request, pk)
    person = shared.own_person(found, row)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = filing.withdraw_person(person, reason, by=acting(request), at=shared.now(found))
        if not isinstance(answer, Refused):
            messages.success(request, _("The person is taken off the application."))
            return redirect("observation_own:people", pk)
        form.refuse(answer)
    return _form(request, found, form, _("Take the person in row %(row)s off the application") % {"row": row})
