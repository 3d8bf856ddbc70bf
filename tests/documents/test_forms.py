"""The table of forms: a form's data fit before anything is set in type, and nobody issues what is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy

from shailoo.documents import forms
from shailoo.documents.actions import address_of, issue
from shailoo.documents.forms import Form, MisfitError, UnknownFormError, register
from shailoo.documents.models import Document
from shailoo.documents.rendering import Imprint

AT = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Note:
    title: str
    rows: tuple[tuple[str, int | None], ...]


@dataclass
class Loose:
    title: str


@pytest.fixture
def note(tmp_path: Path) -> Iterator[Form]:
    template = tmp_path / "note.typ"
    template.write_text("#show: paper.with(data.title)\n#for row in data.rows [#row.at(0) #count(row.at(1))]")
    form = Form("note_of_tests", gettext_lazy("Documents"), Note, template, ("ky", "ru"))
    register(form, form)
    yield form
    del forms._FORMS["note_of_tests"]


def imprint(language: str = "ky") -> Imprint:
    return Imprint("note/1", language, AT, address_of("note/1", language))


@pytest.mark.django_db
def test_a_document_is_issued_from_data_that_fit_its_form(note: Form) -> None:
    made = issue(
        note.kind, Note("Эскертүү", (("Саны", 3), ("Белгисиз", None))), imprint=imprint(), subject="x", by=None
    )
    assert made.data == {"title": "Эскертүү", "rows": [["Саны", 3], ["Белгисиз", None]]}
    assert (made.kind, forms.name_of(made.kind)) == (note.kind, str(note.name))


@pytest.mark.django_db
def test_data_that_do_not_fit_are_an_error_before_anything_is_made(note: Form) -> None:
    fit = Note("Эскертүү", (("Саны", 3),))
    misfits: list[tuple[Note | Loose, str, str]] = [
        (replace(fit, title=3), "ky", "title"),  # type: ignore[arg-type]  # what the type checker would not let pass
        (replace(fit, rows=(("Саны", "3"),)), "ky", "rows"),  # type: ignore[arg-type]  # the same, further inside
        (Loose("Эскертүү"), "ky", "Note"),
        (fit, "en", "'en'"),
    ]
    for content, language, said in misfits:
        with pytest.raises(MisfitError, match=said):
            issue(note.kind, content, imprint=imprint(language), subject="x", by=None)
    with pytest.raises(UnknownFormError):
        issue("nothing_of_the_kind", fit, imprint=imprint(), subject="x", by=None)
    assert not Document.objects.exists()


def test_a_kind_is_registered_once_and_its_data_cannot_change(note: Form) -> None:
    with pytest.raises(MisfitError, match="another form"):
        register(replace(note, languages=("ky",)))
    with pytest.raises(MisfitError, match="frozen"):
        register(replace(note, kind="loose", data=Loose))


def test_every_form_has_its_template_and_a_name() -> None:
    assert len(forms.every()) >= 5
    for form in forms.every():
        assert form.template.is_file(), form.kind
        assert str(form.name), form.kind
        assert set(form.languages) <= {"ky", "ru", "en"}, form.kind
