"""The readings taken where the law is silent, and the decision to take another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shailoo.accounts.web import rule
from shailoo.commissions.proposing import agenda
from shailoo.elections.models import Voting
from shailoo.law.editions import Edition, Reading, reading_types
from shailoo.law.outcome import NormId, Refused
from shailoo.results import actions, matters, queries, words
from shailoo.results.forms import ReadingForm
from shailoo.results.models import ReadingTaken
from shailoo.results.views.desk import acting, now, refuse, scene, voting_or_404

MOST_TERMS = 12  # of those that a reading moves; the public calendar has them all


@dataclass(frozen=True, slots=True)
class Row:
    """One reading in the words of the page, with the latest decision on it."""

    reading: Reading
    question: str
    taken: str
    default: str
    norms: list[NormId]
    reason: str
    decision: ReadingTaken | None

    @property
    def changed(self) -> bool:
        return self.reading.taken != self.reading.default


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of readings; `code` is the anchor of its heading."""

    code: str
    name: Promise
    rows: tuple[Row, ...]


@rule("results.read")
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """For members of commissions: every question that the law leaves open in general, and how it is read here."""
    voting = voting_or_404(request)
    chapters = chapters_of(voting.election.edition, queries.readings_decided(voting.election))
    page = {
        **scene(request, voting),
        "chapters": chapters,
        "changed": [row for chapter in chapters for row in chapter.rows if row.changed],
    }
    return render(request, "results/readings.html", page)


def chapters_of(law: Edition, decisions: Mapping[str, ReadingTaken]) -> tuple[Chapter, ...]:
    """Every reading of an election's law, chapter by chapter."""
    rows = [_row(each, decisions.get(each.name)) for each in law.readings]
    return tuple(
        Chapter(code, name, tuple(row for row in rows if row.reading.chapter == code))
        for code, name in words.CHAPTERS.items()
    )


def _row(reading: Reading, decision: ReadingTaken | None) -> Row:
    return Row(
        reading,
        words.reading(reading.name),
        words.option(reading.name, str(reading.taken)),
        words.option(reading.name, str(reading.default)),
        words.cited_once(reading.norms),
        words.reason(reading),
        decision,
    )


@rule("results.take_reading")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, parameter: str) -> HttpResponse:
    """For the chair of the CEC: take another reading by decision; the form by GET, the act by POST."""
    voting = voting_or_404(request)
    if parameter not in reading_types():
        raise Http404(parameter)
    reading = voting.election.edition.reading(parameter)
    asked = matters.reading(voting.election, parameter)
    form = ReadingForm(request.POST or None, reading=reading, decisions=asked.decisions(acting(request).body))
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        answer = actions.take_reading(
            voting.election,
            parameter=parameter,
            option=found["option"],
            decision=found["decision"],
            reopens=found["reopens"],
            by=acting(request),
            at=now(voting),
        )
        if not isinstance(answer, Refused):
            messages.success(request, _("The reading is taken."))
            return redirect("results:readings")
        refuse(form, answer, queries.tabulate(voting))
    page = {**scene(request, voting), **_told(voting, reading), "form": form, "agenda": agenda(asked, voting.election)}
    return render(request, "results/reading.html", page, status=422 if request.method == "POST" else 200)


def _told(voting: Voting, reading: Reading) -> dict[str, object]:
    """What the chair sees before deciding: the question, why, what was decided, and what another option changes."""
    moving = queries.moving_terms(voting, reading, now(voting))
    of_results = {each.name for each in voting.election.edition.readings_of_results}
    decided = queries.decisions_on(voting.election, reading.name)
    return {
        "reading": reading,
        "chapter": words.CHAPTERS[reading.chapter],
        "title": words.reading(reading.name),
        "norms": words.cited_once(reading.norms),
        "reason": words.reason(reading),
        "options": [(option, words.option(reading.name, option)) for option in reading.options],
        "decisions": [(each, words.option(reading.name, each.option)) for each in decided],
        "moves_terms": reading.chapter == "calendar",
        "moving": [(words.term(each.now.id), each) for each in moving[:MOST_TERMS]],
        "moving_in_all": len(moving),
        "of_results": reading.name in of_results,
    }
