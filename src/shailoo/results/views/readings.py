"""The readings taken where the law is silent, and the decision to take another."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import rule
from shailoo.law.editions import reading_types
from shailoo.law.outcome import Refused
from shailoo.results import actions, queries, words
from shailoo.results.forms import ReadingForm
from shailoo.results.models import ReadingTaken
from shailoo.results.views.desk import acting, now, refuse, scene, voting_or_404


@rule("results.read")
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Every question that the law leaves open in general, the reading taken, and the decision for it."""
    voting = voting_or_404()
    taken = ReadingTaken.objects.filter(election=voting.election).order_by("at", "pk")
    decisions = {each.parameter: each for each in taken}
    rows = [
        (
            reading,
            words.reading(reading.name),
            words.option(reading.name, str(reading.taken)),
            words.cited_once(reading.norms),
            decisions.get(reading.name),
        )
        for reading in voting.election.edition.readings
    ]
    return render(request, "results/readings.html", {**scene(request, voting), "rows": rows})


@rule("results.take_reading")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, parameter: str) -> HttpResponse:
    """Take another reading by decision of the CEC: the form by GET, the act by POST."""
    voting = voting_or_404()
    if parameter not in reading_types():
        raise Http404(parameter)
    reading = voting.election.edition.reading(parameter)
    form = ReadingForm(request.POST or None, reading=reading)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        answer = actions.take_reading(
            voting.election,
            parameter=parameter,
            option=found["option"],
            decision=found["decision"],
            text=found["text"],
            reopens=found["reopens"],
            by=acting(request),
            at=now(voting),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The reading is taken."))
            return redirect("results:readings")
        refuse(form, answer, queries.tabulate(voting))
    page = {
        **scene(request, voting),
        "form": form,
        "reading": reading,
        "title": words.reading(parameter),
        "norms": words.cited_once(reading.norms),
        "why": words.with_citations(reading.why) if get_language() == "en" else "",  # the data has it in English only
    }
    return render(request, "results/reading.html", page, status=422 if request.method == "POST" else 200)
