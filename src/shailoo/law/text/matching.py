"""How a cut text and our norms fit each other: which norms have their text, which text has no norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shailoo.law.norms import norms
from shailoo.law.outcome import NormId
from shailoo.law.text.model import Act, Article


@dataclass(frozen=True, slots=True)
class Match:
    """What was expected of a text and what was found, by anchor, each in its own order."""

    articles_expected: int
    articles_missing: tuple[NormId, ...]
    articles_unknown: tuple[NormId, ...]
    norms_expected: int
    exact: tuple[NormId, ...]  # norms whose own block or item is in the text
    by_paragraph: tuple[NormId, ...]  # norms of which only the paragraph or the article is there
    without_text: tuple[NormId, ...]
    paragraphs_without_norm: tuple[NormId, ...]


def match(articles: Sequence[Article], act: Act) -> Match:
    """The norms of an act held against the anchors of a text."""
    anchors = {piece.anchor for each in articles for piece in each.pieces}
    paragraphs = {piece.paragraph: None for each in articles for piece in each.pieces}
    known = {each.anchor: None for each in articles}
    expected = [name for name in norms() if name[0] == act.value and not name.startswith("L0")]
    expected_articles = dict.fromkeys(name.partition(".")[0] for name in expected)
    exact = tuple(name for name in expected if own_anchor(name) in anchors)
    coarse = tuple(name for name in expected if name not in exact and paragraph_of(name) in {*paragraphs, *known})
    covered = {paragraph_of(name) for name in expected}
    return Match(
        len(expected_articles),
        tuple(name for name in expected_articles if name not in known),
        tuple(name for name in known if name not in expected_articles),
        len(expected),
        exact,
        coarse,
        tuple(name for name in expected if name not in exact and name not in coarse),
        tuple(name for name in paragraphs if name not in covered),
    )


def own_anchor(name: NormId) -> NormId:
    """Where the text of a norm stands: "L64.3.a" of L64.3.a2, the first block of a paragraph that is one norm."""
    parts = name.split(".")
    if len(parts) == 1:
        return f"{name}.a"
    if parts[-1][0].isalpha() and parts[-1][0] != "d":
        return name.rstrip("0123456789")
    return name if len(parts) > 2 or parts[-1][0] == "d" else f"{name}.a"


def paragraph_of(name: NormId) -> NormId:
    """The paragraph of a norm, "L64.3"; the article where its paragraphs have no numbers."""
    parts = name.split(".")
    return ".".join(parts[:2]) if len(parts) > 1 and parts[1][0].isdigit() else parts[0]
