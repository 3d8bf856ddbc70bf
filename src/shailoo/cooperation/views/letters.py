"""Correspondence at the desk: what waits for an answer first, registering, answering, closing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import acting, may_do, rule
from shailoo.commissions import clocks
from shailoo.cooperation import actions, files, queries
from shailoo.cooperation.form_fields import suggestion
from shailoo.cooperation.forms import CloseForm, LetterForm, LettersFilter
from shailoo.cooperation.models import Letter, Organization
from shailoo.cooperation.queries import Letters
from shailoo.cooperation.views import public
from shailoo.cooperation.views.desk import PAGE_SIZE, form_page, letter_row, register, suggested_organizations
from shailoo.documents.actions import place
from shailoo.documents.serving import served
from shailoo.law.calendar import local_day
from shailoo.law.outcome import Refused

COLUMNS = (
    "number",
    "direction",
    "registered_at",
    "dated_on",
    "their_number",
    "correspondent",
    "correspondent_name",
    "subject",
    "answer_due_on",
    "answers",
    "answered",
)


@rule("cooperation.read")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For the department: letters whose answer is due stand first, the overdue ones marked."""
    commission = register(request)
    form, found = _filtered(request, commission)
    today = local_day(clocks.now())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    exports = [
        (kind.upper(), reverse("cooperation_desk:letters_file", args=[kind]) + (f"?{query}" if query else ""))
        for kind in ("csv", "json")
    ]
    context = {
        "form": form,
        "waiting": [letter_row(each, today) for each in queries.waiting(commission)[:PAGE_SIZE]] if not query else [],
        "rows": [letter_row(each, today) for each in page],
        "page_of": page,
        "total": page.paginator.count,
        "exports": exports,
        "may_keep": may_do(request, "cooperation.keep"),
    }
    return render(request, "cooperation/desk/letters.html", context)


@rule("cooperation.read")
@require_safe
def index_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a file."""
    public.one_of(kind, "csv", "json")
    _form, found = _filtered(request, register(request))
    rows = [
        {
            "number": str(each),
            "direction": each.direction,
            "registered_at": each.registered_at.isoformat(timespec="seconds"),
            "dated_on": each.dated_on.isoformat(),
            "their_number": each.their_number,
            "correspondent": each.correspondent.code,
            "correspondent_name": each.correspondent.name,
            "subject": each.subject,
            "answer_due_on": each.answer_due_on.isoformat() if each.answer_due_on else None,
            "answers": str(each.answers) if each.answers else None,
            "answered": each.is_answered,
        }
        for each in found
    ]
    content = files.as_json(rows) if kind == "json" else files.as_csv(COLUMNS, rows)
    return public.attached(content, kind, "letters")


@rule("cooperation.read")
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter, what it answers, what answers it, and what can be done."""
    found = _letter(request, pk)
    today = local_day(clocks.now())
    context = {
        "row": letter_row(found, today),
        "letter": found,
        "answered_by": [letter_row(each, today) for each in _answers_to(found)],
        "may_keep": may_do(request, "cooperation.keep"),
        "open": queries.is_open(found) and found.answer_due_on is not None,
        "closed": getattr(found, "closing", None),
    }
    return render(request, "cooperation/desk/letter.html", context)


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def register_one(request: HttpRequest) -> HttpResponse:
    """Register a letter; `?answers=` begins an answer to one."""
    commission = register(request)
    form = LetterForm(
        request.POST or None, request.FILES or None, commission=commission, initial=_begun(request, commission)
    )
    if request.method == "POST" and form.is_valid():
        answer = actions.register_letter(commission, form.told(), by=acting(request), at=clocks.now())
        if not isinstance(answer, Refused):
            messages.success(request, _("The letter has the number %(number)s.") % {"number": str(answer)})
            return redirect("cooperation_desk:letter", answer.pk)
        form.refuse(answer)
    back = reverse("cooperation_desk:letters")
    return form_page(request, form, _("Register a letter"), back, lists=suggested_organizations())


@rule("cooperation.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that no answer is waited for."""
    found = _letter(request, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = actions.close_letter(found, form.closing, reason, by=acting(request), at=clocks.now())
        if not isinstance(answer, Refused):
            messages.success(request, _("No answer to this letter is waited for any longer."))
            return redirect("cooperation_desk:letter", pk)
        form.refuse(answer)
    title = _("No answer is waited for: letter %(number)s") % {"number": str(found)}
    return form_page(request, form, title, reverse("cooperation_desk:letter", args=[pk]))


@rule("cooperation.read")
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a letter."""
    found = _letter(request, pk)
    if found.file is None:
        raise Http404("no scan")
    name = public.file_name(f"{found.direction} {found.year}-{found.number}", found.file)
    return served(place(found.file.sha256).read_bytes(), found.file.media_type, name)


def _filtered(request: HttpRequest, commission: Organization) -> tuple[LettersFilter, Letters]:
    form = LettersFilter(request.GET)
    asked = form.cleaned_data
    rows = queries.letters(commission)
    if asked.get("state") in ("waiting", "overdue"):
        rows = queries.waiting(commission)
    if asked.get("state") == "overdue":
        rows = rows.filter(answer_due_on__lt=local_day(clocks.now()))
    if asked.get("state") == "answered":
        rows = rows.filter(is_answered=True)
    if asked.get("direction"):
        rows = rows.filter(direction=asked["direction"])
    if text := asked.get("q", ""):
        wanted = Q(subject__icontains=text) | Q(their_number__icontains=text) | Q(summary__icontains=text)
        wanted |= Q(correspondent__name__icontains=text) | Q(correspondent__abbreviation__iexact=text)
        number, _slash, year = text.partition("/")
        if number.isascii() and number.isdigit() and len(number) < 10:
            own = Q(number=int(number))
            wanted |= own & Q(year=int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else own
        rows = rows.filter(wanted)
    return form, rows


def _begun(request: HttpRequest, commission: Organization) -> dict[str, object]:
    """What a form for an answer knows already."""
    asked = request.GET.get("answers", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 15):
        return {"direction": "incoming", "dated_on": local_day(clocks.now())}
    first = get_object_or_404(queries.letters(commission), pk=int(asked))
    return {
        "direction": "outgoing" if first.direction == "incoming" else "incoming",
        "correspondent": suggestion(first.correspondent),
        "answers": str(first),
        "dated_on": local_day(clocks.now()),
        "subject": first.subject,
    }


def _letter(request: HttpRequest, pk: int) -> Letter:
    found: Letter = get_object_or_404(queries.letters(register(request)).select_related("file"), pk=pk)
    return found


def _answers_to(found: Letter) -> Letters:
    return queries.letters(found.commission).filter(answers=found)
