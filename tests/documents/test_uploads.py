"""Uploads: taken for what they are and nothing else; what is made to deceive or to break is refused by its ground."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Mapping

import pypdf
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shailoo.documents.serving import served
from shailoo.documents.uploads import Kind, Unfit, Upload, checked, received, without_metadata
from shailoo.documents.uploads.sheets import MOST_UNPACKED
from shailoo.law.outcome import Refused
from shailoo.wording import LANGUAGES, Catalogue, entries

EVERY = frozenset(Kind)
BINARY = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.XLSX})
MOST = 2 * 1024 * 1024
PAGE = b"<html><script>alert(1)</script></html>"


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(out, kind, **options)
    return out.getvalue()


def workbook(options: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook with one sheet, and entries added to it or put in place of its own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["Участок", 1001])
    if not options:
        return out.getvalue()
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in options:
                new.writestr(entry, old.read(entry))
        for entry, content in options.items():
            new.writestr(entry, content)
    return again.getvalue()


def archive(entries_of: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries_of.items():
            new.writestr(name, content)
    return out.getvalue()


def pdf(*extra: str, catalogue: str = "") -> bytes:
    """A PDF of one empty page; `extra` objects are numbered from 4, and `catalogue` is put into the root."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        *extra,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("user", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def answer(content: bytes, allowed: frozenset[Kind] = EVERY) -> Upload | Refused:
    return checked(content, allowed=allowed, most_bytes=MOST, norm="L36.1.a1")


JPEG, PNG, XLSX, PDF = picture("JPEG"), picture("PNG"), workbook(), pdf()
RELATION = b'<Relationships><Relationship Id="a" TargetMode="External" Type="%s" Target="http://x/"/></Relationships>'
RELS = "xl/worksheets/_rels/sheet1.xml.rels"

GOOD: Mapping[str, tuple[bytes, Kind, str]] = {
    "pdf": (PDF, Kind.PDF, ""),
    "pdf of a scanner": (picture("PDF"), Kind.PDF, ""),
    "pdf with a link that a person follows": (
        pdf("<< /S /URI /URI (http://x/) >>", catalogue="/A 4 0 R"),
        Kind.PDF,
        "",
    ),
    "jpeg": (JPEG, Kind.JPEG, ""),
    "photograph with a smaller one behind it": (JPEG + picture("JPEG", quality=20), Kind.JPEG, ""),
    "photograph with a note of the telephone": (JPEG + b"\x00\x00SEFHe\x00\x00\x00SEFT", Kind.JPEG, ""),
    "png": (PNG + b"\n", Kind.PNG, ""),
    "tiff": (picture("TIFF"), Kind.TIFF, ""),
    "workbook": (XLSX, Kind.XLSX, ""),
    "workbook with a link that a person follows": (workbook({RELS: RELATION % b"x/hyperlink"}), Kind.XLSX, ""),
    "csv": ("участок;саны\n1001;7 ң\n".encode(), Kind.CSV, "utf-8"),
    "csv of a spreadsheet": ("участок;саны\n".encode("utf-8-sig"), Kind.CSV, "utf-8-sig"),
    "csv of an old program": ("участок;число\n1001;7\n".encode("cp1251"), Kind.CSV, "cp1251"),
    "csv in sixteen bits": ("участок\tсаны\n".encode("utf-16"), Kind.CSV, "utf-16"),
}

BAD: Mapping[str, tuple[bytes, Unfit]] = {
    "nothing": (b"", Unfit.EMPTY),
    "too large": (PDF + b" " * MOST, Unfit.TOO_LARGE),
    "a page": (PAGE, Unfit.WRONG_TYPE),
    "a drawing": (b'\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Unfit.WRONG_TYPE),
    "a program": (b"MZ\x90\x00" + bytes(range(256)), Unfit.ENCODING),
    "a picture that is a script too": (b"GIF89a/*" + bytes(range(256)) + b"*/=1;alert(1)", Unfit.ENCODING),
    "text of no alphabet": ("größe;größe".encode("latin-1"), Unfit.ENCODING),
    "pdf cut off": (PDF[:-20], Unfit.UNREADABLE),
    "pdf of nothing": (b"%PDF-1.7\nstartxref\n0\n%%EOF", Unfit.UNREADABLE),
    "pdf that refers in circles": (pdf("4 0 R", catalogue="/X 4 0 R").replace(b"/Page ", b"/Pagx "), Unfit.UNREADABLE),
    "pdf with a page behind": (PDF + PAGE, Unfit.TWO_THINGS),
    "pdf with a page behind that ends like one": (PDF + b"%" + PAGE + b"\n%%EOF", Unfit.TWO_THINGS),
    "pdf with an archive behind": (PDF + archive({"x.class": b"x"}), Unfit.TWO_THINGS),
    "pdf with an archive in a comment": (
        PDF.replace(b"trailer", b"%" + archive({"x": b"x"}).replace(b"\n", b"") + b"\ntrailer"),
        Unfit.TWO_THINGS,
    ),
    "pdf with a page before": (b"%PDF-1.7\n%" + PAGE + PDF[8:], Unfit.TWO_THINGS),
    "pdf encrypted": (encrypted_pdf(), Unfit.ENCRYPTED),
    "pdf with a script": (pdf("<< /S /JavaScript /JS (app.alert(1)) >>", catalogue="/OpenAction 4 0 R"), Unfit.ACTIVE),
    "pdf with an escaped script": (pdf("<< /S /J#61vaScript >>", catalogue="/OpenAction 4 0 R"), Unfit.ACTIVE),
    "pdf that starts a program": (pdf("<< /S /Launch /F (cmd.exe) >>", catalogue="/AA << /WC 4 0 R >>"), Unfit.ACTIVE),
    "pdf with a form of the other sort": (pdf(catalogue="/AcroForm << /XFA [] >>"), Unfit.ACTIVE),
    "pdf with a file inside": (pdf(catalogue="/Names << /EmbeddedFiles << /Names [] >> >>"), Unfit.ATTACHMENTS),
    "pdf with too many objects": (
        pdf(*("<< /N 5 >>" for _ in range(10_100)), catalogue=f"/X [{' '.join(f'{n} 0 R' for n in range(4, 10_100))}]"),
        Unfit.PARTS,
    ),
    "jpeg cut off": (JPEG[: len(JPEG) // 2], Unfit.UNREADABLE),
    "jpeg with a page behind": (JPEG + PAGE, Unfit.TWO_THINGS),
    "jpeg with an archive behind": (JPEG + archive({"x": b"x"}), Unfit.TWO_THINGS),
    "jpeg with half an archive behind": (JPEG + archive({"x": b"x"})[:-22], Unfit.TWO_THINGS),
    "jpeg with a script behind": (JPEG + b"/*x*/=1;alert(1)", Unfit.TWO_THINGS),
    "jpeg that is a pdf in a comment": (picture("JPEG", comment=b"%PDF-1.7"), Unfit.TWO_THINGS),
    "png with anything behind": (PNG + b"x", Unfit.TWO_THINGS),
    "png cut off": (PNG[:-30], Unfit.UNREADABLE),
    "png without rows": (png_that_claims(10, 10), Unfit.UNREADABLE),
    "png of 200 million pixels": (png_that_claims(20_000, 10_000), Unfit.PIXELS),
    "png of ten thousand million": (png_that_claims(100_000, 100_000), Unfit.PIXELS),
    "an archive": (archive({"x.txt": b"x"}), Unfit.UNREADABLE),
    "workbook cut off": (XLSX[:-10], Unfit.UNREADABLE),
    "workbook with anything behind": (XLSX + b"x", Unfit.TWO_THINGS),
    "workbook with macros": (workbook({"xl/vbaProject.bin": b"x"}), Unfit.MACROS),
    "workbook that says it has macros": (
        workbook({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}),
        Unfit.MACROS,
    ),
    "workbook with another inside": (workbook({"xl/embeddings/a.bin": b"x"}), Unfit.ATTACHMENTS),
    "workbook that refers to another": (workbook({"xl/externalLinks/externalLink1.xml": b"<x/>"}), Unfit.LINKS),
    "workbook that loads a template": (workbook({RELS: RELATION % b"x/attachedTemplate"}), Unfit.LINKS),
    "workbook with entities": (workbook({"xl/styles.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><x/>'}), Unfit.ACTIVE),
    "workbook that climbs out": (workbook({"xl/../../x": b"x"}), Unfit.UNREADABLE),
    "workbook of two thousand parts": (workbook({f"xl/{n}.bin": b"" for n in range(2_001)}), Unfit.PARTS),
    "bomb": (workbook({"xl/media/bomb.bin": bytes(MOST_UNPACKED // 2)}), Unfit.UNPACKED),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_taken_for_what_it_is(name: str) -> None:
    content, kind, encoding = GOOD[name]
    found = answer(content)
    assert isinstance(found, Upload), found
    assert (found.kind, found.encoding, found.content) == (kind, encoding, content)
    if encoding:
        assert found.text.startswith("участок")


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_by_its_ground_in_three_languages_and_at_once(name: str) -> None:
    content, ground = BAD[name]
    begun = time.process_time()
    refused = answer(content)
    assert time.process_time() - begun < 5, "nobody keeps us busy with a file"
    assert isinstance(refused, Refused), refused
    (finding,) = refused.findings
    assert (finding.code, finding.fields, finding.norm) == (ground, ("file",), "L36.1.a1")
    for language in LANGUAGES:
        assert entries(Catalogue.FINDINGS)[ground][language].format(**finding.facts)


def test_every_ground_is_met_by_some_file() -> None:
    assert {ground for _content, ground in BAD.values()} == set(Unfit)


def test_what_is_not_asked_for_is_not_taken_however_good_it_is() -> None:
    for content, kind, _encoding in GOOD.values():
        refused = answer(content, BINARY - {kind} if kind in BINARY else BINARY)
        assert isinstance(refused, Refused)
        assert refused.codes == (Unfit.WRONG_TYPE,)


def test_no_more_is_read_than_is_needed_to_see_that_it_is_too_much() -> None:
    assert len(received(SimpleUploadedFile("x", b"x" * 100), 10)) == 11
    assert received(None, 10) == b""


def test_a_picture_without_metadata_keeps_its_pixels_upright_and_nothing_else() -> None:
    image = Image.new("RGB", (4, 2), "white")
    image.putpixel((0, 0), (200, 0, 0))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a telephone"  # turned by a quarter; the maker
    out = io.BytesIO()
    image.save(out, "PNG", exif=exif)
    bare = without_metadata(out.getvalue())
    found = Image.open(io.BytesIO(bare))
    assert (found.size, found.getpixel((1, 0)), dict(found.getexif())) == ((2, 4), (200, 0, 0), {})
    assert b"a telephone" in out.getvalue()
    assert b"a telephone" not in bare


def test_a_file_is_given_back_to_be_saved_under_a_name_that_starts_nothing() -> None:
    response = served(b"x", "image/png", 'a"; filename=x.html\r\nSet-Cookie: a=1/../б.png')
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response
    assert (response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (
        "sandbox; default-src 'none'",
        "nosniff",
    )
