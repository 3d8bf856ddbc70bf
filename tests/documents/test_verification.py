"""What a file is: issued, superseded, added to, changed, withdrawn, somebody else's, nobody's: told from its bytes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from shailoo.documents import authority, signing
from shailoo.documents.actions import address_of, freeze
from shailoo.documents.models import Document, StoredFile
from shailoo.documents.queries import content
from shailoo.documents.rendering import Imprint, render
from shailoo.documents.uploads import Unfit
from shailoo.documents.verification import LARGEST, Verdict, examine
from tests.counting.browser import snapshot
from tests.documents.authorities import PASSPHRASE, installed

AT = datetime(2020, 10, 5, 4, 30, tzinfo=UTC)
DATA = {"title": "Протокол"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "note.typ"
    path.write_text("#show: paper.with(data.title)\n= #data.title", encoding="utf-8")
    return path


def imprint(number: str) -> Imprint:
    return Imprint(number, "ky", AT, address_of(number, "ky"))


def frozen(template: Path, number: str = "note/1", supersedes: Document | None = None) -> Document:
    return freeze(
        "note", template=template, data=DATA, imprint=imprint(number), subject="x", by=None, supersedes=supersedes
    )


def signed_only(template: Path) -> bytes:
    """Signed by the authority at hand, and never issued."""
    return signing.sign(render(template, DATA, imprint("note/7")), imprint("note/7"), None).content


def added_to(pdf: bytes) -> bytes:
    """The file with a change behind it, as an editor saves one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.update_root()  # type: ignore[no-untyped-call]  # pyHanko's has no annotation
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko's has no annotation
    return out.getvalue()


def changed(pdf: bytes) -> bytes:
    """One letter of the metadata is another one."""
    at = pdf.index(b"pdfaid:conformance>A")
    return pdf[:at] + pdf[at:].replace(b"conformance>A", b"conformance>B", 1)


def test_each_file_is_called_what_it_is(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsigned = render(template, DATA, imprint("note/7"))
    installed(monkeypatch, "Somebody else")
    foreign = signed_only(template)
    public = installed(monkeypatch)
    first = frozen(template)
    second = frozen(template, "note/2", supersedes=first)
    ours = signed_only(template)
    old, new = content(first.file), content(second.file)
    said = {
        "issued": (new, Verdict.IN_FORCE, second),
        "superseded": (old, Verdict.SUPERSEDED, first),
        "added to": (added_to(new), Verdict.ADDED_TO, second),
        "a page added behind": (new + b"<html>", Verdict.ADDED_TO, second),
        "changed": (changed(new), Verdict.CHANGED, None),
        "signed and never issued": (ours, Verdict.UNKNOWN_BUT_OURS, None),
        "signed, then added to, never issued": (added_to(ours), Verdict.CHANGED, None),
        "signed by another": (foreign, Verdict.FOREIGN, None),
        "another's, changed": (changed(foreign), Verdict.FOREIGN, None),
        "not signed": (unsigned, Verdict.UNSIGNED, None),
    }
    for name, (file, verdict, document) in said.items():
        found = examine(file)
        assert (found.verdict, found.document, found.size) == (verdict, document, len(file)), name
    seal = examine(ours).seal
    assert seal is not None
    assert (seal.covered, seal.certificate) == (len(ours), authority.fingerprint(public.signing))
    theirs = examine(foreign).seal
    assert theirs is not None
    assert (theirs.name, theirs.is_ours, theirs.is_whole) == ("Somebody else – Documents", False, True)

    withdrawn = public.signing.serial_number
    authority.revoke(signing.folder(), withdrawn, x509.ReasonFlags.key_compromise, PASSPHRASE, datetime.now(UTC))
    assert examine(ours).verdict is Verdict.REVOKED
    assert examine(new).verdict is Verdict.IN_FORCE, "the register says what was issued, whatever became of the key"


def test_a_forged_signature_with_our_certificate_is_no_signature(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch)
    ours = signed_only(template)
    (start, end) = re.search(rb"/Contents <([0-9a-fA-F]+)>", ours).span(1)  # type: ignore[union-attr]  # it is there
    cms = ours[start:end].rstrip(b"0")
    forged = bytearray(ours)
    forged[start + len(cms) - 8 : start + len(cms) - 6] = b"00" if cms[-8:-6] != b"00" else b"11"
    found = examine(bytes(forged))
    assert found.verdict is Verdict.CHANGED
    assert found.seal is not None
    assert found.seal.is_ours


@pytest.mark.parametrize(
    ("file", "ground"),
    [
        (b"", Unfit.EMPTY),
        (b"PK\x03\x04", Unfit.WRONG_TYPE),
        (b"%PDF-1.7 cut off", Unfit.UNREADABLE),
        (b"%PDF-1.7\n" + b" " * LARGEST, Unfit.TOO_LARGE),
    ],
)
def test_what_is_no_document_at_all_is_told_by_its_ground(file: bytes, ground: Unfit) -> None:
    found = examine(file)
    assert found.verdict is Verdict.UNFIT
    assert found.refused is not None
    assert found.refused.codes == (ground,)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_answers_in_words_and_keeps_nothing(
    client: Client, template: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    public = installed(monkeypatch)
    first = frozen(template)
    frozen(template, "note/2", supersedes=first)
    address = f"/{language}/documents/verify/"
    assert client.get(address).status_code == 200
    files, before = StoredFile.objects.count(), snapshot()
    answers = {
        "note/2": content(first.file),
        authority.fingerprint(public.signing): signed_only(template),
        "application/pdf": None,
    }
    for said, file in answers.items():
        sent = {"file": SimpleUploadedFile("<b>x</b>.pdf", file, "text/html")} if file else {}
        page = client.post(address, sent)
        assert page.status_code == (200 if file else 422)
        assert said in page.content.decode() or not file
        assert "<b>x</b>" not in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    after = snapshot()
    assert {table for table in after if after[table] != before[table]} <= {"accounts_tally"}
    assert StoredFile.objects.count() == files


def test_the_paper_says_who_signed_it_and_the_root_and_the_list_are_there_for_everybody(
    client: Client, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsigned = frozen(template)
    assert client.get("/en/documents/authority/root.crt").status_code == 404
    assert "not signed" in client.get(f"/en/documents/{unsigned.number}/").content.decode()
    public = installed(monkeypatch)
    signed = frozen(template, "note/2")
    page = client.get(f"/en/documents/{signed.number}/").content.decode()
    assert authority.fingerprint(public.signing) in page
    offered = client.get("/en/documents/verify/").content.decode()
    assert "/en/documents/authority/root.crt" in offered
    assert authority.fingerprint(public.root) in offered
    root = client.get("/en/documents/authority/root.crt")
    assert x509.load_der_x509_certificate(root.content) == public.root
    listed = client.get("/en/documents/authority/revoked.crl")
    assert x509.load_der_x509_crl(listed.content) == public.revoked
    assert (root["Content-Type"], listed["Content-Type"]) == ("application/pkix-cert", "application/pkix-crl")


def test_a_visitor_may_ask_only_so_often(client: Client) -> None:
    answers = [client.post("/en/documents/verify/").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
