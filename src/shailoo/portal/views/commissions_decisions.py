"""Decisions of commissions in public: searched, each with its text, its votes, and what it stands for and rests on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shailoo.commissions import register, words
from shailoo.commissions.exports import decisions_file
from shailoo.commissions.forms import DecisionSearch
from shailoo.commissions.models import Decision
from shailoo.documents.lists import WRITERS
from shailoo.documents.queries import content
from shailoo.documents.serving import served
from shailoo.elections.models import Voting
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_record


@of_record
def index(request: HttpRequest, voting: Voting | None) -> HttpResponse:
    """For a lawyer or a journalist: every published decision, found by words, number, matter, norm and day."""
    del voting
    form = DecisionSearch(request.GET, bodies=register.deciding_bodies())
    found = register.page_of(form.found(published=True), request.GET)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page_of_rows": found,
        "rows": list(found.object_list),
        "exports": [
            (kind.upper(), f"{reverse('portal:decisions_file', args=[kind])}?{asked.urlencode()}") for kind in WRITERS
        ],
        "trail": [(words.TITLES["decisions"], "")],
    }
    return render(request, "commissions/public/decisions.html", context)


@of_record
def decision(request: HttpRequest, voting: Voting | None, code: str, year: int, number: int) -> HttpResponse:
    """For whoever asks on what ground: the text, how each member voted, dissents, and what rests on the decision."""
    del voting
    found = _published_or_404(code, year, number)
    context = {
        "decision": found,
        "votes": register.votes_on(found),
        "dissents": found.dissents.select_related("office__person", "office__body").order_by("at", "pk"),
        "ground": register.ground_of(found),
        "papers": register.papers_of(found),
        "trail": [
            (words.TITLES["decisions"], reverse("portal:decisions")),
            (f"{name_of(found.body)}, {found.label}", ""),
        ],
    }
    return render(request, "commissions/public/decision.html", context)


@of_record
def opinion(
    request: HttpRequest, voting: Voting | None, code: str, year: int, number: int, opinion: int
) -> HttpResponse:
    """The file of an individual opinion that stands with a published decision."""
    del request, voting
    file = register.opinion_file(_published_or_404(code, year, number), opinion)
    if file is None:
        raise Http404(str(opinion))
    return served(content(file), file.media_type, f"opinion-{opinion}")


@of_record
def file(request: HttpRequest, voting: Voting | None, form: str) -> HttpResponse:
    """For machines: the decisions that the search of the address finds, as CSV, JSON or a workbook."""
    del voting
    if form not in WRITERS:
        raise Http404(form)
    asked = DecisionSearch(request.GET, bodies=register.deciding_bodies())
    return decisions_file(asked.found(published=True), form)


def _published_or_404(code: str, year: int, number: int) -> Decision:
    """The decision, once it was made public."""
    found = register.decision_of(code, year, number)
    if found is None or not hasattr(found, "publication"):
        raise Http404(f"{code} {number}/{year}")
    return found
