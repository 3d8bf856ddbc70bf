"""The commission's signature: on every document where there is an authority, over every byte of a PDF/A."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from shailoo.documents import authority, signing
from shailoo.documents.actions import address_of, freeze
from shailoo.documents.models import Document
from shailoo.documents.queries import content
from shailoo.documents.rendering import Imprint, render
from shailoo.ledger.models import Act
from tests.documents.authorities import OWNER, PASSPHRASE, installed

AT = datetime(2020, 10, 5, 4, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "note.typ"
    path.write_text("#show: paper.with(data.title)\n= #data.title", encoding="utf-8")
    return path


def imprint(number: str = "note/1") -> Imprint:
    return Imprint(number, "ky", AT, address_of(number, "ky"))


def frozen(template: Path, number: str = "note/1") -> Document:
    return freeze(
        "note", template=template, data={"title": "Протокол"}, imprint=imprint(number), subject="x:1", by=None
    )


def test_what_is_frozen_is_what_was_signed_and_nothing_else_of_it_is_changed(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = installed(monkeypatch)
    document = frozen(template)
    signed, plain = content(document.file), render(template, {"title": "Протокол"}, imprint())
    assert signed.startswith(plain), "a signature is added behind the document"
    assert document.signed_by == authority.fingerprint(public.signing)
    assert f'"signed_by":"{document.signed_by}"' in Act.objects.get(name="document.issued").payload

    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    root = asn1.Certificate.load(public.root.public_bytes(Encoding.DER))
    listed = asn1_crl.CertificateList.load(public.revoked.public_bytes(Encoding.DER))
    trust = ValidationContext(trust_roots=[root], crls=[listed], allow_fetching=False, revocation_mode="hard-fail")
    status = validate_pdf_signature(found, trust)
    assert (status.bottom_line, status.coverage) == (True, SignatureCoverageLevel.ENTIRE_FILE)
    assert status.modification_level is ModificationLevel.NONE
    assert found.sig_object["/Reason"] == "№ note/1 документти чыгаруу"
    _is_still_pdf_a(plain, signed)


def _is_still_pdf_a(plain: bytes, signed: bytes) -> None:
    """The metadata, the structure and the version are the typesetter's; the added widget is as PDF/A wants it."""
    before, after = _catalogue(plain), _catalogue(signed)
    for name in ("/Metadata", "/OutputIntents", "/StructTreeRoot", "/MarkInfo", "/Lang"):
        assert _named(before.raw_get(name)) == _named(after.raw_get(name)), name
    rewritten = {int(number) for number in re.findall(rb"^(\d+) 0 obj", signed[len(plain) :], re.MULTILINE)}
    ours = {
        after.raw_get("/AcroForm").idnum,
        after["/AcroForm"]["/Fields"][0].idnum,
        after["/Perms"].raw_get("/DocMDP").idnum,
    }
    assert rewritten >= ours
    assert len(rewritten - ours) == 2, "the catalogue and the page of the widget, no metadata, no content"
    assert pypdf.PdfReader(io.BytesIO(plain)).metadata == pypdf.PdfReader(io.BytesIO(signed)).metadata
    assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>A<", signed, re.DOTALL)
    assert "/Version" not in after
    widget = after["/AcroForm"]["/Fields"][0].get_object()
    assert (widget["/FT"], widget["/F"] & 4, widget["/Rect"]) == ("/Sig", 4, [0, 0, 0, 0])


def _named(found: object) -> str:
    """What stands there, without the reader that found it."""
    return re.sub(r", \d{6,}\)", ")", repr(found))


def _catalogue(pdf: bytes) -> Any:
    """The root of a PDF's objects; pypdf types what is in it by chance."""
    return pypdf.PdfReader(io.BytesIO(pdf)).root_object


def test_without_an_authority_a_document_is_frozen_unsigned_and_says_so(template: Path) -> None:
    document = frozen(template)
    assert document.signed_by == ""
    assert b"/ByteRange" not in content(document.file)


def test_a_key_that_does_not_open_lets_nothing_be_issued(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed(monkeypatch)
    wrong = tmp_path / "wrong"
    wrong.write_text("another passphrase\n", encoding="utf-8")
    for named in (str(wrong), str(tmp_path / "nowhere"), ""):
        monkeypatch.setenv(authority.PASSPHRASE_FILE, named)
        with pytest.raises(authority.AuthorityLockedError):
            frozen(template)
    assert not Document.objects.exists()


def test_an_authority_is_made_once_renewed_and_its_certificates_are_revoked(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = installed(monkeypatch)
    with pytest.raises(authority.AuthorityExistsError):
        authority.establish(signing.folder(), OWNER, PASSPHRASE, AT)
    with pytest.raises(authority.AuthorityLockedError):
        authority.establish(signing.folder().with_name("short"), OWNER, "short", AT)
    with pytest.raises(authority.AuthorityLockedError):
        authority.renew(signing.folder(), OWNER, "not the passphrase", datetime.now(UTC))
    one = frozen(template)
    second = authority.renew(signing.folder(), OWNER, PASSPHRASE, datetime.now(UTC))
    other = frozen(template, "note/2")
    assert second.root == first.root
    assert [one.signed_by, other.signed_by] == [authority.fingerprint(each.signing) for each in (first, second)]
    for _ in range(2):  # once on the list, it stays there once
        third = authority.revoke(
            signing.folder(), first.signing.serial_number, x509.ReasonFlags.superseded, PASSPHRASE, datetime.now(UTC)
        )
        assert [each.serial_number for each in third.revoked] == [first.signing.serial_number]
    assert len(list(authority.list_anew(signing.folder(), PASSPHRASE, datetime.now(UTC)).revoked)) == 1


def test_keys_lie_encrypted_and_open_to_their_owner_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch)
    for path in signing.folder().rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path.name
        assert b"PRIVATE KEY" not in path.read_bytes() if path.is_file() else True
    assert not list(signing.folder().parent.glob(".*"))
