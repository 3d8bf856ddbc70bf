"""Where the text of a norm stands: its own block, its item, or its paragraph."""

from __future__ import annotations

import pytest

from shailoo.law.norms import norms
from shailoo.law.text import Act, cut, match
from shailoo.law.text.matching import own_anchor, paragraph_of


@pytest.mark.parametrize(
    ("norm", "own", "paragraph"),
    [
        ("L64.3.d", "L64.3.d", "L64.3"),
        ("L35.6.b2", "L35.6.b", "L35.6"),
        ("L64.1", "L64.1.a", "L64.1"),
        ("L46.2.3", "L46.2.3", "L46.2"),
        ("L4", "L4.a", "L4"),
        ("L57.a", "L57.a", "L57"),
        ("L1.d07", "L1.d07", "L1"),
        ("L10-1.2.a3", "L10-1.2.a", "L10-1.2"),
        ("L65.4-1.b", "L65.4-1.b", "L65.4-1"),
    ],
)
def test_a_norm_has_its_place_in_the_text(norm: str, own: str, paragraph: str) -> None:
    assert own_anchor(norm) == own
    assert paragraph_of(norm) == paragraph


def test_norms_and_text_are_held_against_each_other() -> None:
    text = "Article 4 A\nAll are alike.\nArticle 64 B\n1. One.\n5. Two.\n9. Nine.\nArticle 99 C\n1. One."
    found = match(cut(text).articles, Act.LAW)
    assert {"L4", "L64.1", "L64.5"} <= set(found.exact)
    assert "L64.3.d" in found.without_text
    assert found.articles_unknown == ("L99",)
    assert "L63" in found.articles_missing
    assert found.paragraphs_without_norm == ("L64.9", "L99.1")


def test_every_norm_is_found_once_or_not_at_all() -> None:
    found = match(cut("Article 64 B\n3. One.").articles, Act.LAW)
    told = [*found.exact, *found.by_paragraph, *found.without_text]
    assert sorted(told) == sorted(name for name in norms() if name.startswith("L") and name != "L0")
    assert set(found.by_paragraph) == {name for name in norms() if name.startswith("L64.3.") and name != "L64.3.a"}
