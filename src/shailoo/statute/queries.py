"""Reading the official texts: which there are, what a citation says, and how two editions differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from shailoo.law.outcome import NormId
from shailoo.law.text import Act, Language, Piece, Run, compare
from shailoo.law.text import Article as CutArticle
from shailoo.law.text.matching import own_anchor, paragraph_of
from shailoo.statute.models import Article, Text


@dataclass(frozen=True, slots=True)
class Passage:
    """What a text says under a citation. `anchor` is what was found: the norm's own block, or its whole paragraph."""

    text: Text
    heading: str
    remark: str
    anchor: NormId
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How one paragraph, or the preamble of an article, differs between two texts; empty runs: only one has it."""

    anchor: NormId
    runs: tuple[Run, ...]


def texts() -> list[tuple[Text, int]]:
    """Every import with its number of articles, newest edition first; replaced ones after the current."""
    found = Text.objects.select_related("superseded_by").order_by("act", "-edition", "language", "-imported_at", "-pk")
    numbers = dict(Article.objects.values_list("text").annotate(Count("pk")))
    return [(each, numbers.get(each.pk, 0)) for each in found]


def current() -> list[Text]:
    """The imports that nothing has replaced, newest edition first."""
    return list(Text.objects.filter(superseded_by=None).order_by("-edition", "act", "language"))


def current_of(act: Act, edition: date, language: Language) -> Text | None:
    """The import of an edition in a language that nothing has replaced."""
    return Text.objects.filter(act=act.value, edition=edition, language=language.value, superseded_by=None).first()


def best(found: Sequence[Text], act: str, edition: date, language: str) -> Text | None:
    """Of some texts the one to show for an edition: in the reader's language first, and of that edition first.

    Without that edition the nearest one before it, else the nearest after it.
    """
    own = [each for each in found if each.act == act]
    tongue = [each for each in own if each.language == language] or own
    earlier = [each for each in tongue if each.edition <= edition]
    if earlier:
        return max(earlier, key=lambda each: (each.edition, each.language))
    return min(tongue, key=lambda each: each.edition, default=None)


def passage(text: Text, citation: NormId) -> Passage | None:
    """What a text says under a citation; None where it has no such article.

    A norm whose own block the text does not tell apart is given with its paragraph.
    """
    article = Article.objects.filter(text=text, anchor=citation.partition(".")[0]).first()
    if article is None:
        return None
    cut = _cut(article)
    for anchor in dict.fromkeys((citation, own_anchor(citation), _item(citation), paragraph_of(citation), cut.anchor)):
        pieces = cut.pieces if anchor == cut.anchor else cut.within(anchor)
        if pieces:
            return Passage(text, cut.heading, cut.remark, anchor, pieces)
    return Passage(text, cut.heading, cut.remark, cut.anchor, ())


def differences(before: Text, after: Text, article: NormId | None = None) -> list[Difference]:
    """Every paragraph in which two texts differ, in the order of the later one; of one article where it is named."""
    old, new = _paragraphs(before, article), _paragraphs(after, article)
    anchors = [*new, *(anchor for anchor in old if anchor not in new)]
    return [
        Difference(anchor, compare(old.get(anchor, ""), new.get(anchor, "")))
        for anchor in anchors
        if old.get(anchor, "") != new.get(anchor, "")
    ]


def differing(before: Text, after: Text) -> list[NormId]:
    """The articles in which two texts differ, in the order of the later one, then those that only the earlier has."""
    old, new = _words_by_article(before), _words_by_article(after)
    return [anchor for anchor in dict.fromkeys((*new, *old)) if old.get(anchor) != new.get(anchor)]


def _words_by_article(text: Text) -> dict[NormId, list[str]]:
    found = Article.objects.filter(text=text).order_by("position")
    return {each.anchor: [f"{piece.label} {piece.text}" for piece in _cut(each).pieces] for each in found}


def _paragraphs(text: Text, article: NormId | None) -> dict[NormId, str]:
    """The words of every paragraph; of an article without numbers all its words."""
    chosen = Article.objects.filter(text=text).order_by("position")
    found: dict[NormId, list[str]] = {}
    for each in chosen.filter(anchor=article) if article else chosen:
        for piece in _cut(each).pieces:
            found.setdefault(piece.paragraph, []).append(f"{piece.label} {piece.text}".strip())
    return {anchor: " ".join(words) for anchor, words in found.items()}


def _cut(article: Article) -> CutArticle:
    return CutArticle(
        article.anchor, article.heading, article.remark, article.chapter, 0, tuple(_pieces(article.pieces))
    )


def _pieces(stored: Iterable[dict[str, object]]) -> Iterator[Piece]:
    for each in stored:
        yield Piece(str(each["anchor"]), str(each["label"]), str(each["text"]), int(str(each["line"])))


def _item(citation: NormId) -> NormId:
    """The numbered item that a norm is a part of: "L46.2.3" of L46.2.3.a."""
    parts = citation.split(".")
    return ".".join(parts[:3]) if len(parts) > 3 else citation
