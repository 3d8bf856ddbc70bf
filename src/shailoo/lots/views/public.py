"""Lots for everyone: every list with its hash before the dice, every order with its tickets, and how to repeat it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.documents.models import Document
from shailoo.law.lots.listing import Purpose
from shailoo.lots import queries, words
from shailoo.lots.forms import FilterForm
from shailoo.lots.models import Draw, Item, Place, Round, SeedEntry
from shailoo.lots.papers import KIND, occasion_of
from shailoo.lots.states import State
from shailoo.wording import LANGUAGES

Row = TypeVar("Row", Draw, Item)
PAGE_SIZE = 50
LIST_SIZE = 200  # entries of a list, and places of an order, on one page
CHECKERS = Path(__file__).parent.parent / "checkers"
MEDIA_TYPES = {"check.py": "text/x-python; charset=utf-8", "check.sh": "text/x-shellscript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class RoundShown:
    """A round on the page: its role in words, its digits, every entry of them, and the first places of its order."""

    round: Round
    role: str
    digits: str
    attempts: list[tuple[SeedEntry, bool]]  # with whether it is one of the two that agreed
    places: list[Place]
    total: int
    example: str  # the text whose hash is the first ticket


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a journalist, an observer, a party: every lot whose list is public, the newest first."""
    form, found = _filtered(request)
    page = _page(found, request, PAGE_SIZE)
    rows = [(each, words.purpose(each), words.value("lot_state", each.state), _colour(each)) for each in page]
    query = request.GET.urlencode()
    exports = [
        (kind.upper(), reverse("lots:index_file", args=[kind]) + (f"?{query}" if query else ""))
        for kind in ("csv", "json")
    ]
    context = {"form": form, "rows": rows, "page_of": page, "total": page.paginator.count, "exports": exports}
    return render(request, "lots/index.html", context)


@public
@require_safe
def index_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list for machines."""
    _form, found = _filtered(request)
    rows = list(_records(found))
    if kind == "json":
        return _file(json.dumps(rows, ensure_ascii=False, indent=1), "application/json", "lots.json")
    written = io.StringIO()
    writer = csv.DictWriter(written, _COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return _file("\ufeff" + written.getvalue(), "text/csv; charset=utf-8", "lots.csv")


@public
@require_safe
def lot(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """For whoever wants to know that nobody steered it: list, hash, digits, tickets, order, and the check."""
    draw = _public_or_404(code, year, number)
    items = _page(queries.items_of(draw), request, LIST_SIZE)
    context = {
        "draw": draw,
        "election": occasion_of(draw),
        "purpose": words.purpose(draw),
        "norms": words.norms(Purpose(draw.purpose)),
        "state": words.value("lot_state", draw.state),
        "colour": _colour(draw),
        "taking": words.value("lot_taking", draw.taking),
        "items": items,
        "rounds": [_shown(each, draw) for each in queries.rounds_of(draw)],
        "drawn": draw.state == State.DRAWN,
        "acts": sorted(
            Document.objects.filter(kind=KIND, subject=draw.subject), key=lambda act: LANGUAGES.index(act.language)
        ),
        "trail": [(_("Lots"), reverse("lots:index")), (f"{words.purpose(draw)} {draw.label}", "")],
        "list_size": LIST_SIZE,
    }
    return render(request, "lots/lot.html", context)


@public
@require_safe
def list_file(_request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The list, byte for byte as it was hashed."""
    draw = _public_or_404(code, year, number)
    return _file(queries.as_list(draw), "text/plain; charset=utf-8", "list.txt")


@public
@require_safe
def lot_file(_request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """The whole lot as the checkers take it."""
    return _file(queries.as_file(_public_or_404(code, year, number)), "application/json", "lot.json")


@public
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """For whoever checks a lot: what is hashed, the two short checkers, and a check of one's own file."""
    context = {
        "python": checker("check.py"),
        "shell": checker("check.sh"),
        "trail": [(_("Lots"), reverse("lots:index")), (_("How a lot is drawn and checked"), "")],
    }
    return render(request, "lots/how.html", context)


@public
@require_safe
def checker_file(_request: HttpRequest, name: str) -> HttpResponse:
    """A checker to take away."""
    if name not in MEDIA_TYPES:
        raise Http404(name)
    return _file(checker(name), MEDIA_TYPES[name], name)


@cache
def checker(name: str) -> str:
    """The source of a checker."""
    return (CHECKERS / name).read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------- rows

_COLUMNS = (
    "commission",
    "year",
    "number",
    "purpose",
    "title",
    "election",
    "state",
    "entries",
    "list_hash",
    "published_at",
)


def _records(found: QuerySet[Draw]) -> Iterator[dict[str, object]]:
    for each in found.iterator():
        values = (each.commission.body.code, each.year, each.number, each.purpose, each.title, each.election)
        published = each.publication.at.isoformat(timespec="seconds")
        yield dict(zip(_COLUMNS, (*values, each.state, each.size, each.list_hash, published), strict=True))


def _filtered(request: HttpRequest) -> tuple[FilterForm, QuerySet[Draw]]:
    """The lots that the address asks for; what it asks wrongly is not asked."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    found = queries.public_lots()
    for name in ("purpose", "state"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if text := asked.get("q", ""):
        body = (
            Q(**{f"commission__body__{name}__icontains": text}) for name in ("code", "name_ky", "name_ru", "name_en")
        )
        wanted = Q(title__icontains=text)
        for each in body:
            wanted |= each
        found = found.filter(wanted)
    return form, found


def _shown(found: Round, draw: Draw) -> RoundShown:
    role = words.capital(words.value("lot_role", found.role)) if found.role else ""
    seed = getattr(found, "seed", None)
    if seed is None:
        return RoundShown(found, role, "", [], [], 0, "")
    places = queries.places_of(found)
    first = list(places[:LIST_SIZE])
    example = ""
    if first:
        parts = (draw.purpose_line, draw.list_hash, str(found.number), seed.digits, str(first[0].item.number))
        example = "|".join(parts)
    entries = [(each, each.attempt == seed.attempt) for each in queries.attempts(found)]
    return RoundShown(found, role, seed.digits, entries, first, places.count() if first else 0, example)


def _public_or_404(code: str, year: int, number: int) -> Draw:
    """The lot of that number, if its list is public."""
    found = queries.lot_of(code, year, number) if max(year, number) <= 32_767 else None
    if found is None or not hasattr(found, "publication"):
        raise Http404(code)
    return found


def _page(rows: QuerySet[Row], request: HttpRequest, size: int) -> Page[Row]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _colour(draw: Draw) -> str:
    return words.COLOURS[State(draw.state)]


def _file(content: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content.encode(), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
