"""Every legal form in every language: as it was looked at and found good, whole, legible, in its own language.

After a change that is meant, look at the papers and write down how they look now: `python tools/looks.py`.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdf
import pytest

from shailoo.documents.forms import every, fitted, form_of
from shailoo.documents.rendering import pictures, render
from tests.documents.pages import DOTS, differences, ink, overlaps, runs
from tests.documents.samples import SAMPLES, imprint

LOOKS = Path(__file__).parent / "looks"
LETTERS = {"ky": "ңөү", "ru": "ыъэё", "en": "etaoin"}  # some of which only this language's papers must have
FOREIGN = {"ky": "", "ru": "ңөү", "en": "ңөүыэ"}  # in none of the words of the form itself
OURS = [(form.kind, language) for form in every() for language in form.languages]


def looks(kind: str, language: str) -> list[list[str]]:
    """The ink of every page of the form's sample."""
    form = form_of(kind)
    data = fitted(form, SAMPLES[kind](kind, language), language)
    return [ink(page) for page in pictures(form.template, data, imprint(kind, language), dots=DOTS)]


def written(pages: list[list[str]]) -> str:
    """As the file of looks has it."""
    return "\n\n".join("\n".join(page) for page in pages) + "\n"


@cache
def kept(kind: str, language: str) -> list[list[str]]:
    """How the form looked when somebody looked at it."""
    pages = (LOOKS / f"{kind}-{language}.txt").read_text(encoding="ascii").strip().split("\n\n")
    return [page.split("\n") for page in pages]


def test_every_form_has_its_sample_and_its_looks_and_nothing_is_left_over() -> None:
    assert {form.kind for form in every()} == set(SAMPLES)
    assert {path.stem for path in LOOKS.glob("*.txt")} == {f"{kind}-{language}" for kind, language in OURS}


@pytest.mark.parametrize(("kind", "language"), OURS)
def test_a_form_looks_as_it_did(kind: str, language: str) -> None:
    now, before = looks(kind, language), kept(kind, language)
    assert len(now) == len(before), "pages"
    changed = {
        f"page {number}": found
        for number, pages in enumerate(zip(before, now, strict=True), 1)
        if (found := differences(*pages))
    }
    assert changed == {}


@pytest.mark.parametrize(("kind", "language"), OURS)
def test_a_form_is_whole_and_legible_in_its_language(kind: str, language: str) -> None:
    form, sample = form_of(kind), SAMPLES[kind](kind, language)
    data = fitted(form, sample, language)
    pdf = pypdf.PdfReader(io.BytesIO(render(form.template, data, imprint(kind, language), standard=form.standard)))
    for page in pdf.pages:
        found = runs(page)
        assert found
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        outside = [run for run in found if run.left < 0 or run.bottom < 0 or run.right > width or run.top > height]
        assert outside == [], "cut off at the edge of the page"
        assert overlaps(found) == [], "letters on letters"
    text = "".join(page.extract_text() for page in pdf.pages)
    assert str(pdf.root_object["/Lang"]) == language
    assert str(data["title"]) in " ".join(text.split())
    assert any(letter in text for letter in LETTERS[language])
    words = {name: word for name, word in data["words"].items() if any(letter in word for letter in FOREIGN[language])}
    assert words == {}


def test_a_moved_line_is_seen() -> None:
    """The measure itself is not blind to what a person would see."""
    page = kept("tec_protocol", "ky")[0]
    moved = [*page[:10], *page[9:-1]]
    assert differences(page, page) == []
    assert "cells differ, from 2" in differences(page, moved)[0]
    assert differences(page, page[:-1]) == ["the page has another format"]


def test_letters_on_letters_and_beyond_the_edge_are_seen(tmp_path: Path) -> None:
    template = tmp_path / "bad.typ"
    over = "#place(top + left, [Участок])\n#place(top + left, dx: 5mm, [Протокол])\n#place(dx: 190mm, [Комиссия])"
    template.write_text(f"#show: paper.with(data.title)\n{over}", encoding="utf-8")
    pdf = pypdf.PdfReader(io.BytesIO(render(template, {"title": "x"}, imprint("bad", "ky"))))
    found = runs(pdf.pages[0])
    assert len(overlaps(found)) == 1
    assert len([run for run in found if run.right > float(pdf.pages[0].mediabox.width)]) == 1
