"""Files by their hash, documents frozen at first generation: nothing given twice, nothing changed, damage is told."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from django.db import DatabaseError, connection, transaction
from django.test import Client
from PIL import Image

from shailoo.documents.actions import NumberTakenError, address_of, freeze, place, store
from shailoo.documents.models import Document, StoredFile
from shailoo.documents.queries import FileDamagedError, content, latest
from shailoo.documents.rendering import Imprint, render
from shailoo.ledger.canonical import canonical, sha256
from shailoo.ledger.models import Act

AT = datetime(2020, 10, 5, 4, 30, tzinfo=UTC)
TEMPLATE = (
    "#show: paper.with(data.title)\n= #data.title\n#figure-cell(data.count)\n#table(columns: 1, figure-cell(none))"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "note.typ"
    path.write_text(TEMPLATE)
    return path


def imprint(number: str = "note/1", language: str = "ky") -> Imprint:
    return Imprint(number, language, AT, address_of(number, language), "Түзүлгөн маалыматтар")


def frozen(template: Path, count: int = 1_887_345, number: str = "note/1") -> Document:
    data = {"title": "Жыйынды таблица: ң ө ү", "count": count}
    return freeze("note", template=template, data=data, imprint=imprint(number), subject="x:1", by=None)


def test_the_same_data_make_the_same_bytes(template: Path) -> None:
    data = {"title": "Протокол", "count": 1}
    assert render(template, data, imprint()) == render(template, data, imprint())


def test_a_document_carries_its_number_its_hash_and_its_mark(template: Path) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(content(frozen(template).file)))
    text = pdf.pages[0].extract_text()
    data = {"title": "Жыйынды таблица: ң ө ү", "count": 1_887_345}
    assert "note/1" in text
    assert sha256(canonical(data)) in text.replace("\n", "")
    assert "ТҮЗҮЛГӨН МААЛЫМАТТАР" in text
    assert "1\N{NO-BREAK SPACE}887\N{NO-BREAK SPACE}345" in text
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Жыйынды таблица: ң ө ү"


def test_the_code_on_paper_leads_to_the_page_that_verifies(template: Path) -> None:
    import segno

    png = io.BytesIO()
    segno.make(imprint().address, error="m", micro=False).save(png, kind="png", scale=6, border=4)
    found = zxingcpp.read_barcode(Image.open(png))
    assert found is not None
    assert found.text == address_of("note/1", "ky")


def test_a_document_is_made_once_and_recorded_once(template: Path) -> None:
    first, second = frozen(template), frozen(template)
    assert first == second
    assert Act.objects.filter(name="document.issued").count() == 1


def test_a_number_is_never_given_to_other_content(template: Path) -> None:
    frozen(template)
    with pytest.raises(NumberTakenError):
        frozen(template, count=2)
    assert Document.objects.count() == 1


def test_what_supersedes_is_the_latest(template: Path) -> None:
    first = frozen(template)
    data = {"title": "x", "count": 2}
    second = freeze(
        "note", template=template, data=data, imprint=imprint("note/2"), subject="x:1", by=None, supersedes=first
    )
    assert latest("note", "x:1", "ky") == second


@pytest.mark.parametrize("table", ["documents_document", "documents_storedfile"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {}"])
def test_the_database_refuses_to_change_what_was_kept(template: Path, table: str, change: str) -> None:
    frozen(template)
    column = {"documents_document": "number = 'x'", "documents_storedfile": "size = 1"}[table]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column))


def test_a_file_is_kept_once_and_damage_is_told() -> None:
    kept = store(b"signed page", "image/png", AT)
    assert store(b"signed page", "image/png", AT) == kept
    assert content(kept) == b"signed page"
    place(kept.sha256).write_bytes(b"another page")
    with pytest.raises(FileDamagedError):
        content(kept)
    place(kept.sha256).unlink()
    with pytest.raises(FileDamagedError):
        content(kept)


def test_a_disk_that_refuses_leaves_nothing_in_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shailoo.documents.actions.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store(b"page", "image/png", AT)
    assert StoredFile.objects.count() == 0
    assert not list(place("00" * 32).parents[1].rglob("*.*"))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_verifies_and_the_file_is_the_frozen_one(client: Client, template: Path, language: str) -> None:
    document = frozen(template)
    page = client.get(f"/{language}/documents/note/1/")
    assert page.status_code == 200
    assert document.file_id in page.content.decode()
    file = client.get(f"/{language}/documents/note/1/ky.pdf")
    assert sha256(file.content) == document.file_id
    again = client.get(f"/{language}/documents/note/1/ky.pdf", headers={"if-none-match": file.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/{language}/documents/note/9/").status_code == 404
    assert client.get(f"/{language}/documents/note/1/en.pdf").status_code == 404
    assert "note/1" in client.get(f"/{language}/documents/").content.decode()
