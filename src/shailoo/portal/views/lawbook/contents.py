"""The first page of the law: its chapters, how far the program carries them out, and a search in three languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shailoo.law.coverage import Status
from shailoo.law.norms import Area, Norm, norms
from shailoo.law.protocol import correlations
from shailoo.portal import saying
from shailoo.portal.listing import chosen, paged, searched
from shailoo.portal.templatetags.figures import language
from shailoo.portal.views.answers import of_itself
from shailoo.portal.views.lawbook import chapters, tracing
from shailoo.portal.views.lawbook.chapters import Chapter
from shailoo.portal.views.lawbook.words import AREAS, KINDS, STATUSES
from shailoo.wording.citations import cite

_FOLD = str.maketrans("ёңөү", "еноу")  # as people type who have no Kyrgyz keyboard
_SIGNS = re.compile(r"[^\w-]+")
_NUMBER = re.compile(r"\d+(-\d+)?(\.\w+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar of 1000 units: where it begins, how long it is, and the number that it stands for."""

    status: Status
    start: int
    length: int
    number: int


@dataclass(frozen=True, slots=True)
class Share:
    """How the norms of a chapter, or of the whole law, stand: their number by status and the bar that shows it."""

    total: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChapterShown:
    """A chapter with its articles, each as (citation, subject, number of norms)."""

    chapter: Chapter
    articles: tuple[tuple[str, str, int], ...]
    share: Share


@of_itself
def index(request: HttpRequest) -> HttpResponse:
    """For a lawyer: the chapters of the law, and every norm found by a word, its number, its subject or its status."""
    area = chosen(request.GET, "area", ["", *Area], "")
    status = chosen(request.GET, "status", ["", *Status], "")
    search = searched(request.GET)
    asked = bool(search or area or status)
    found = [each for each in norms().values() if _matches(each, search, area, status)] if asked else []
    page = paged(found, request.GET)
    context = {
        "page_of": page,
        "asked": asked,
        "rows": [
            (each, saying.norm(each.id), KINDS[each.kind], AREAS[each.area], tracing.status(each)) for each in page
        ],
        "total": len(found),
        "entries": len(norms()),
        "search": search,
        "area": area,
        "areas": sorted(((code.value, words) for code, words in AREAS.items()), key=lambda pair: str(pair[1])),
        "status": status,
        "statuses": [(code.value, *words) for code, words in STATUSES.items()],
        "law": share_of(norms().values()),
        "chapters": [] if asked else list(chapters_shown()),
        "correlations": correlations(),
    }
    return render(request, "portal/law.html", context)


# ------------------------------------------------------------------------------------- the search


def _matches(each: Norm, search: str, area: str, status: str) -> bool:
    if area not in ("", each.area.value) or status not in ("", tracing.status_of(each.id).value):
        return False
    return not search or _said(search, each)


def _said(search: str, each: Norm) -> bool:
    """Whether a norm is meant: by its number ("L64.3", "64.3"), its citation ("ст. 64 ч. 3"), or words of it."""
    if _NUMBER.fullmatch(search) and _within(f"{each.id[0]}{search}", each.id):
        return True
    wanted = plain(search)
    texts = _texts(language())[each.id]
    return _within(search.upper()[:1] + search[1:], each.id) or texts[0].startswith(f"{wanted} ") or wanted in texts[1]


def _within(citation: str, name: str) -> bool:
    """Whether the id `name` is `citation` or a part of it: L64.3.d of L64.3, and not L64.30."""
    rest = name.removeprefix(citation)
    return rest != name and not rest[:1].isdigit() and rest[:1] != "-"


@cache
def _texts(code: str) -> Mapping[str, tuple[str, str]]:
    """Norm -> how it is cited in a language, and everything else that it is found by; both as `plain` texts."""
    return {
        each.id: (
            f"{plain(cite(each.id, code))} ",
            plain(" ".join((saying.norm(each.id), each.rule, *(saying.item(item.id) for item in each.items)))),
        )
        for each in norms().values()
    }


def plain(text: str) -> str:
    """The text as it is searched: small letters, no signs, ө as о."""
    return " ".join(_SIGNS.sub(" ", text.casefold().translate(_FOLD)).split())


# ------------------------------------------------------------------------------------- the chapters


def chapters_shown() -> Iterator[ChapterShown]:
    by_article: dict[str, list[Norm]] = {}
    for each in norms().values():
        by_article.setdefault(each.id[0] + each.article, []).append(each)
    for chapter in chapters.CHAPTERS:
        held = [name for name in by_article if chapters.of(name) is chapter]
        articles = tuple((name, chapters.subject(name), len(by_article[name])) for name in held)
        yield ChapterShown(chapter, articles, share_of(each for name in held for each in by_article[name]))


def share_of(found: Iterable[Norm]) -> Share:
    counted = Counter(tracing.status_of(each.id) for each in found)
    return Share(counted.total(), tuple(_pieces([(status, counted[status]) for status in Status])))


def _pieces(numbers: Sequence[tuple[Status, int]]) -> Iterator[Piece]:
    total = sum(number for _status, number in numbers) or 1
    before = 0
    for status, number in numbers:
        start, end = before * 1000 // total, (before + number) * 1000 // total
        yield Piece(status, start, end - start, number)
        before += number
