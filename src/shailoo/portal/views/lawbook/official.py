"""The official text on the pages of the law: beside our summaries, and compared between editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.elections.models import Voting
from shailoo.law.editions import Edition
from shailoo.law.norms import NormId
from shailoo.law.text import Act, Language, Piece
from shailoo.portal.formats.dates import long_date
from shailoo.portal.listing import searched
from shailoo.portal.templatetags.figures import language
from shailoo.portal.views.answers import of_record
from shailoo.statute import queries
from shailoo.statute.models import Text

ACTS: Mapping[str, Promise] = {
    Act.LAW.value: _("Constitutional Law"),
    Act.EXCERPTS.value: _("Constitutional Law, excerpts"),
    Act.REGULATION.value: _("Regulation on international observers"),
}
LANGUAGES: Mapping[str, Promise] = {
    Language.KY.value: _("Kyrgyz"),
    Language.RU.value: _("Russian"),
    Language.EN.value: _("English"),
}


@dataclass(frozen=True, slots=True)
class OfficialShown:
    """The words of the law under a citation, in the reader's language where there are such."""

    heading: str
    remark: str
    language: str
    foreign: str  # the name of the text's language where it is not the reader's
    edition: date
    other: bool  # the text is of another edition than the one applied here
    whole: bool  # the whole paragraph or article stands for the norm that was asked for
    pieces: tuple[Piece, ...]
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TextShown:
    """An imported text in a list."""

    edition: date
    act: Promise
    language: Promise
    articles: int
    source: str
    sha256: str
    at: datetime
    replaced: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two editions of one act that can be compared."""

    words: str
    href: str


def official(name: NormId, law: Edition) -> OfficialShown | None:
    """What the official text says under a citation; None where none was imported, or it has no such article."""
    act = name[0]
    wanted = law.adopted if act == Act.LAW.value else date.max
    text = queries.best(queries.current(), act, wanted, language())
    found = queries.passage(text, name) if text else None
    if text is None or found is None:
        return None
    return OfficialShown(
        found.heading,
        found.remark,
        text.language,
        "" if text.language == language() else str(LANGUAGES[text.language]),
        text.edition,
        text.edition != wanted and act == Act.LAW.value,
        found.anchor != name,
        found.pieces,
        text.source,
        text.sha256,
    )


def imported() -> list[TextShown]:
    """Every text that was imported, replaced ones included."""
    return [
        TextShown(
            each.edition,
            ACTS[each.act],
            LANGUAGES[each.language],
            number,
            each.source,
            each.sha256,
            each.imported_at,
            hasattr(each, "superseded_by"),
        )
        for each, number in queries.texts()
    ]


def pairs(texts: Sequence[TextShown]) -> list[Pair]:
    """The neighbouring editions of the law that have a text in one language, the newest first."""
    days = sorted({each.edition for each in texts if not each.replaced and each.act == ACTS[Act.LAW.value]})
    return [
        Pair(
            f"{long_date(before, language())} → {long_date(after, language())}",
            reverse("portal:difference", args=[before.isoformat(), after.isoformat()]),
        )
        for before, after in reversed(list(pairwise(days)))
    ]


@of_record
def difference(request: HttpRequest, _voting: Voting | None, before: str, after: str) -> HttpResponse:
    """For a lawyer: what an edition changed in the words of the law, article by article."""
    days = _day(before), _day(after)
    article = searched(request.GET, "article")
    pair = _pair(*days)
    found = queries.differences(*pair, article or None) if pair and article else []
    context = {
        "trail": [
            (_("The law"), reverse("portal:law")),
            (_("Editions"), reverse("portal:editions")),
            (_("Difference"), ""),
        ],
        "before": days[0],
        "after": days[1],
        "tongue": pair[1].language if pair else "",
        "article": article,
        "differing": queries.differing(*pair) if pair else [],
        "found": found,
        "texts_known": pair is not None,
    }
    return render(request, "portal/difference.html", context)


def _day(written: str) -> date:
    """The day by which an edition is cited; 404 for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise Http404(written) from wrong


def _pair(before: date, after: date) -> tuple[Text, Text] | None:
    """The texts of both editions in one language: the reader's first, then any that both have."""
    texts = [each for each in queries.current() if each.act == Act.LAW.value]
    for code in dict.fromkeys((language(), *LANGUAGES)):
        old = next((each for each in texts if (each.edition, each.language) == (before, code)), None)
        new = next((each for each in texts if (each.edition, each.language) == (after, code)), None)
        if old and new:
            return old, new
    return None
