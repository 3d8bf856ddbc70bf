"""Decisions of commissions in public: searched, each with its text, its votes, and what it stands for and rests on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shailoo.commissions import register, words
from shailoo.commissions.forms import DecisionSearch
from shailoo.commissions.models import Decision
from shailoo.documents.queries import content
from shailoo.documents.serving import served
from shailoo.elections.models import Voting
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_record

MOST_ROWS = 20_000  # of a file; a commission takes some hundred decisions a year

Record: TypeAlias = Mapping[str, str | int | list[str]]


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
    """For machines: the decisions that the search of the address finds, as CSV or JSON."""
    del voting
    if form not in WRITERS:
        raise Http404(form)
    asked = DecisionSearch(request.GET, bodies=register.deciding_bodies())
    rows = [_record(each) for each in asked.found(published=True).defer(*TEXTS)[:MOST_ROWS]]
    write, media_type = WRITERS[form]
    response = HttpResponse(write(rows), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="decisions.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _published_or_404(code: str, year: int, number: int) -> Decision:
    """The decision, once it was made public."""
    found = register.decision_of(code, year, number)
    if found is None or not hasattr(found, "publication"):
        raise Http404(f"{code} {number}/{year}")
    return found


TEXTS = ("text_ky", "text_ru", "text_en")  # they stand on the page of each decision
COLUMNS = (
    "body", "year", "number", "taken_at", "matter", "subject", "election", "title_ky", "title_ru", "title_en",
    "norms", "votes_for", "votes_against", "votes_abstained", "members_present",
    "seats", "ended_by", "published_at",
)  # fmt: skip


def _record(found: Decision) -> Record:
    ended = found.ended_by
    computed = {
        "body": found.body.code,
        "taken_at": found.taken_at.isoformat(),
        "ended_by": ended.label if ended else "",
        "published_at": found.publication.at.isoformat(),
    }
    return {name: computed[name] if name in computed else getattr(found, name) for name in COLUMNS}


def _json(rows: list[Record]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _csv(rows: Iterable[Record]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for each in rows:
        writer.writerow(" ".join(cell) if isinstance(cell, list) else cell for cell in each.values())
    return written.getvalue().encode("utf-8-sig")


WRITERS: Mapping[str, tuple[Callable[[list[Record]], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json"),
}
