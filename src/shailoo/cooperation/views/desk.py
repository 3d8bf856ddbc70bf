"""The register at the desk of the department: what is due, lists, entering, changing, striking out, publishing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shailoo.accounts.web import acting, may_do, rule
from shailoo.commissions import clocks
from shailoo.cooperation import actions, queries, words
from shailoo.cooperation.form_fields import MOST_SUGGESTED, suggestion
from shailoo.cooperation.forms import FilterForm, PaperForm, ReasonForm, RecordForm, shown_as
from shailoo.cooperation.models import Agreement, Mission, Organization, Record
from shailoo.cooperation.showing import cells, row, title_of
from shailoo.cooperation.sorts import ALL, BY_NAME, BY_PLURAL, Sort, sort_of
from shailoo.cooperation.views import public
from shailoo.documents.actions import place
from shailoo.documents.serving import served
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Refused

NOT_DONE = 422  # what was sent is understood and refused; the page shows it again
PAGE_SIZE = 25


@rule("cooperation.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the department: what is due today, and the way to every part of the register."""
    commission = queries.register_of(acting(request))
    if commission is None:
        return render(request, "cooperation/desk/unopened.html", {"may_keep": may_do(request, "cooperation.keep")})
    today = local_day(clocks.now())
    context = {
        "commission": commission,
        "due": queries.due(commission, today),
        "waiting": [letter_row(each, today) for each in queries.waiting(commission)[:10]],
        "parts": [(sort, queries.kept(sort, commission).filter(struck_at=None).count()) for sort in ALL],
        "may_keep": may_do(request, "cooperation.keep"),
    }
    return render(request, "cooperation/desk/index.html", context)


@rule("cooperation.keep")
@require_POST
def open_register(request: HttpRequest) -> HttpResponse:
    """Let the commission stand in its own register."""
    own = acting(request)
    answer = actions.open_register(own.body, by=own, at=clocks.now())
    return after(request, answer, _("The register is open."), reverse("cooperation_desk:index"))


@rule("cooperation.read")
@require_safe
def records(request: HttpRequest, plural: str) -> HttpResponse:
    """A part of the register: also what is not public and what was struck out."""
    commission, sort = register(request), _sort(plural)
    rows = queries.kept(sort, commission)
    form = FilterForm(request.GET, sort=sort, years=queries.years(sort, rows))
    page = Paginator(queries.narrowed(sort, rows, form.asked), PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    exports = [
        (kind.upper(), reverse("cooperation_desk:records_file", args=[plural, kind]) + (f"?{query}" if query else ""))
        for kind in ("csv", "json")
    ]
    today = local_day(clocks.now())
    context = {
        "sort": sort,
        "form": form,
        "heads": public.heads(sort),
        "rows": [(row(sort, each, _page_of(each), today), _state(each)) for each in page],
        "page_of": page,
        "total": page.paginator.count,
        "exports": exports,
        "may_keep": may_do(request, "cooperation.keep"),
    }
    return render(request, "cooperation/desk/records.html", context)


@rule("cooperation.read")
@require_safe
def records_file(request: HttpRequest, plural: str, kind: str) -> HttpResponse:
    """The same list as a file."""
    public.one_of(kind, "csv", "json")
    commission, sort = register(request), _sort(plural)
    rows = queries.kept(sort, commission)
    form = FilterForm(request.GET, sort=sort, years=queries.years(sort, rows))
    return public.list_file(sort, queries.narrowed(sort, rows, form.asked), kind, sort.plural)


@rule("cooperation.read")
@require_safe
def record(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """A record as it stands: everything that it says, where it is shown, its files, what may be done to it."""
    found = _record(request, plural, pk)
    sort = sort_of(found)
    context = _frame(request, found) | {
        "cells": cells(found),
        "state": _state(found),
        "files": _files(found),
        "status": words.STATUSES[found.status(local_day(clocks.now()))] if isinstance(found, Agreement) else None,
        "is_record": isinstance(found, Record),
        "takes_files": isinstance(found, (Agreement, Mission)),
        "public_page": _public_page(sort, found),
        "struck": found.struck_at is not None,
        "may_keep": may_do(request, "cooperation.keep") and found.struck_at is None,
    }
    return render(request, "cooperation/desk/record.html", context)


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, plural: str) -> HttpResponse:
    """Enter a record; a probable twin or another warning is asked about, and nothing typed is lost."""
    commission, sort = register(request), _sort(plural)
    form = RecordForm(request.POST or None, sort=sort, commission=commission)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        answer = actions.enter(
            sort,
            form.values(),
            commission,
            by=acting(request),
            at=clocks.now(),
            source=found["source"],
            note=found["note"],
            explained=form.explained,
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The record stands in the register."))
            return redirect(_page_of(answer))
        form.refuse(answer)
    back = reverse("cooperation_desk:records", args=[plural])
    return form_page(request, form, str(sort.add), back, lists=suggestions(sort, commission))


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """Change a record; what it said before stays in the ledger."""
    found = _record(request, plural, pk)
    commission, sort = register(request), sort_of(found)
    form = RecordForm(request.POST or None, sort=sort, commission=commission, record=found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        answer = actions.change(
            found,
            form.values(),
            by=acting(request),
            at=clocks.now(),
            source=told["source"],
            note=told["note"],
            explained=form.explained,
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The record was changed. What it said before stays in the record of acts."))
            return redirect(_page_of(found))
        form.refuse(answer)
    title = _("Change: %(title)s") % {"title": title_of(found).text}
    return form_page(request, form, title, _page_of(found), lists=suggestions(sort, commission))


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def strike_out(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """Strike a record out, with a reason."""
    found = _record(request, plural, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = actions.strike_out(found, reason, by=acting(request), at=clocks.now())
        if not isinstance(answer, Refused):
            messages.success(request, _("The record was struck out. It stays readable here with its reason."))
            return redirect(_page_of(found))
        form.refuse(answer)
    title = _("Strike out: %(title)s") % {"title": title_of(found).text}
    return form_page(request, form, title, _page_of(found))


@rule("cooperation.keep")
@require_POST
def publish(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """Show a record to everyone."""
    found = _record(request, plural, pk)
    if not isinstance(found, Record):
        raise Http404(plural)
    answer = actions.publish(found, by=acting(request), at=clocks.now())
    return after(request, answer, _("The record is public."), _page_of(found))


@rule("cooperation.keep")
@require_POST
def withhold(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """Take a record from the public pages."""
    found = _record(request, plural, pk)
    if not isinstance(found, Record):
        raise Http404(plural)
    answer = actions.withhold(found, by=acting(request), at=clocks.now())
    return after(request, answer, _("The record is no longer public."), _page_of(found))


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def add_file(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """Keep the text of an agreement, or the report of a mission."""
    found = _record(request, plural, pk)
    if not isinstance(found, (Agreement, Mission)):
        raise Http404(plural)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        paper, by, at = form.told(), acting(request), clocks.now()
        if isinstance(found, Agreement):
            answer: object = actions.file_agreement(found, paper, by=by, at=at)
        else:
            answer = actions.file_report(found, paper, by=by, at=at)
        if not isinstance(answer, Refused):
            messages.success(request, _("The file stands with the record."))
            return redirect(_page_of(found))
        form.refuse(answer)
    title = _("Add a file: %(title)s") % {"title": title_of(found).text}
    return form_page(request, form, title, _page_of(found))


@rule("cooperation.read")
@require_safe
def file(request: HttpRequest, plural: str, pk: int, digest: str) -> HttpResponse:
    """A file of a record, also one that is not public."""
    for each, _href in _files(_record(request, plural, pk)):
        if each.file_id == digest:
            return served(place(digest).read_bytes(), each.file.media_type, public.file_name(each.title, each.file))
    raise Http404(digest)


@rule("cooperation.read")
@require_safe
def renewals(request: HttpRequest) -> HttpResponse:
    """Agreements whose term ends, the earliest first."""
    today = local_day(clocks.now())
    rows = [
        (each, title_of(each), _page_of(each), words.day(each.until), each.until < today)
        for each in queries.renewals(register(request), today)
        if each.until is not None
    ]
    return render(request, "cooperation/desk/renewals.html", {"rows": rows})


# ------------------------------------------------------------------------------------- for the other pages


def register(request: HttpRequest) -> Organization:
    """The commission in whose register the office writes; 404 where it has none yet."""
    found = queries.register_of(acting(request))
    if found is None:
        raise Http404("no register")
    return found


def after(request: HttpRequest, answer: object, done: str, back: str) -> HttpResponse:
    """Back to a page, with what was done or why it was not."""
    if isinstance(answer, Refused):
        for sentence in words.refusal(answer):
            messages.warning(request, sentence)
    else:
        messages.success(request, done)
    return redirect(back)


def form_page(request: HttpRequest, form: Any, title: str, back: str, **more: object) -> HttpResponse:
    """A form with its errors, or empty; `form` is any of ours."""
    context = {"form": form, "title": title, "back": back} | more
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "cooperation/desk/form.html", context, status=status)


def suggested_organizations() -> dict[str, list[str]]:
    """The names that a field for an organization suggests."""
    return {"organizations": [suggestion(each) for each in queries.organizations()[:MOST_SUGGESTED]]}


# ------------------------------------------------------------------------------------- parts


def suggestions(sort: Sort, commission: Organization) -> dict[str, list[str]]:
    """The names that the fields of a form suggest, by list."""
    found = {}
    for name, to in shown_as(sort).items():
        rows = queries.kept(BY_NAME[to], commission).filter(struck_at=None)
        found[name] = [suggestion(each) for each in rows[:MOST_SUGGESTED]]
    return found


def _sort(plural: str) -> Sort:
    found = BY_PLURAL.get(plural)
    if found is None:
        raise Http404(plural)
    return found


def _record(request: HttpRequest, plural: str, pk: int) -> Record | Organization:
    """The record, if it stands in the register of the office; an organization in any case."""
    found = queries.kept(_sort(plural), register(request)).filter(pk=pk).first()
    if not isinstance(found, (Record, Organization)):
        raise Http404(plural)
    return found


def _page_of(found: Record | Organization) -> str:
    return reverse("cooperation_desk:record", args=[sort_of(found).plural, found.pk])


def _frame(request: HttpRequest, found: Record | Organization) -> dict[str, object]:
    sort = sort_of(found)
    return {
        "sort": sort,
        "record": found,
        "title": title_of(found),
        "back": reverse("cooperation_desk:records", args=[sort.plural]),
        "office": acting(request),
    }


def _state(found: Record | Organization) -> tuple[str, str]:
    """Whether it is public, as a tag: the words and their colour."""
    if found.struck_at is not None:
        return _("struck out"), "red"
    if isinstance(found, Organization) or found.published_at is not None:
        return _("public"), "green"
    return _("not public"), "grey"


def _public_page(sort: Sort, found: Record | Organization) -> str:
    if isinstance(found, Organization):
        return reverse("cooperation:organization", args=[found.code]) if found.struck_at is None else ""
    if found.published_at is None:
        return ""
    return reverse("cooperation:record", args=[found.commission.code, sort.plural, found.code])


def _files(found: Record | Organization) -> Iterable[tuple[Any, str]]:  # Any: a file of an agreement or a report
    if isinstance(found, Agreement):
        rows: Iterable[Any] = found.files.select_related("file")
    elif isinstance(found, Mission):
        rows = found.reports.select_related("file")
    else:
        return []
    plural = sort_of(found).plural
    return [(each, reverse("cooperation_desk:file", args=[plural, found.pk, each.file_id])) for each in rows]


def letter_row(letter: Any, today: date) -> dict[str, object]:  # Any: a letter with its answers
    """A letter in words: where it stands, and whether its answer is overdue."""
    is_waiting = letter.answer_due_on is not None and queries.is_open(letter)
    overdue = is_waiting and letter.answer_due_on < today
    if overdue:
        state, colour = _("overdue"), "red"
    elif is_waiting:
        state, colour = _("answer waited for"), "yellow"
    elif letter.is_answered:
        state, colour = _("answered"), "green"
    else:
        state, colour = "", "grey"
    if hasattr(letter, "closing"):
        state, colour = str(words.CLOSINGS[letter.closing.kind]), "grey"
    return {
        "letter": letter,
        "href": reverse("cooperation_desk:letter", args=[letter.pk]),
        "direction": words.LETTER_DIRECTIONS[letter.direction],
        "name": words.name(letter.correspondent),
        "dated": words.day(letter.dated_on),
        "due": words.day(letter.answer_due_on) if letter.answer_due_on else "",
        "state": state,
        "colour": colour,
    }
