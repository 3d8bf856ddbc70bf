"""Notes of incidents: written by an observer or the sender, read by the commission and those above it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.models import Body
from shailoo.accounts.web import office_of, reads_personal, require_election, rule
from shailoo.elections.clock import now
from shailoo.law.outcome import Refused
from shailoo.observation.actions.reports import note_incident
from shailoo.observation.forms.reports import NoteForm
from shailoo.observation.queries.reports import notes_of, notes_to, people_of
from shailoo.observation.views.reports.statements import NOT_DONE, sender_of

PAGE_SIZE = 50


@rule("observation.note")
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """For an observer and for the office that sent them: what was noted so far, and one more incident."""
    sender, office = sender_of(request)
    form = NoteForm(request.POST or None, body=sender.body)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        election = told["accreditation"].election
        require_election(request, election.slug)
        answer = note_incident(
            told["accreditation"],
            told["commission"],
            told["text"],
            happened_at=told["happened_at"],
            by=office,
            at=now(election),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The commission can read your note now."))
            return redirect("observation_reports:notes")
        form.refuse(answer)
    page = Paginator(notes_of(sender.body), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "may_note": people_of(sender.body).exists(), "rows": page.object_list, "page_of": page}
    context |= {"total": page.paginator.count}
    status = NOT_DONE if request.method == "POST" else 200
    return render(request, "observation/reports/notes.html", context, status=status)


@rule("observation.read")
@reads_personal("incidents")
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """For the members of a commission: what observers told it, or a commission below it, of incidents."""
    office = office_of(request)
    body = office.body if office else Body()
    page = Paginator(notes_to(body), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"commission": body, "rows": page.object_list, "page_of": page, "total": page.paginator.count}
    return render(request, "observation/reports/told.html", context)
