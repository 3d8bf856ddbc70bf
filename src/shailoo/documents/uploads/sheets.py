"""XLSX: an archive of bearable size when unpacked, of a workbook and nothing that runs or points to other files."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from shailoo.documents.uploads.unfit import MIB, Kind, Unfit, UnfitError

MOST_ENTRIES = 2_000
MOST_UNPACKED = 64 * MIB  # of all entries, counted while they are unpacked, whatever the archive says of itself
MOST_RATIO = 200  # unpacked to packed, of an entry above one MiB
_CHUNK = 64 * 1024
_NEEDED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_MACROS = ("vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "activex", "vbadata")
_LINKS = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "customui")
_EMBEDDED = ("xl/embeddings/", "oleobject")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_POINTS_OUT = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)


def check(content: bytes) -> None:
    """Raise UnfitError unless the archive is a plain workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _shape(archive, content)
            _entries(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as bad:
        raise UnfitError(Unfit.UNREADABLE, kind=Kind.XLSX.label) from bad


def _shape(archive: zipfile.ZipFile, content: bytes) -> None:
    """What the directory alone tells."""
    names = {entry.filename for entry in archive.infolist()}
    if len(archive.infolist()) > MOST_ENTRIES:
        raise UnfitError(Unfit.PARTS, kind=Kind.XLSX.label)
    if len(names) < len(archive.infolist()) or not names >= _NEEDED or any(map(_leads_out, names)):
        raise UnfitError(Unfit.UNREADABLE, kind=Kind.XLSX.label)
    if archive.comment or not content.endswith(b"\x00\x00"):  # a comment of no length closes the archive
        raise UnfitError(Unfit.TWO_THINGS, kind=Kind.XLSX.label)
    lower = [name.lower() for name in names]
    for marks, ground in ((_MACROS, Unfit.MACROS), (_LINKS, Unfit.LINKS), (_EMBEDDED, Unfit.ATTACHMENTS)):
        if any(mark in name for name in lower for mark in marks):
            raise UnfitError(ground)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name


def _entries(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, counting; look into the parts that say what is run and what is pointed to."""
    total = 0
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            raise UnfitError(Unfit.ENCRYPTED)
        part = _unpacked(archive, entry, MOST_UNPACKED - total)
        total += len(part)
        name = entry.filename.lower()
        if name.endswith((".xml", ".rels")) and _ENTITIES.search(part):
            raise UnfitError(Unfit.ACTIVE)
        if name == "[content_types].xml" and (b"macroEnabled" in part or b"vnd.ms-office.vba" in part):
            raise UnfitError(Unfit.MACROS)
        if name.endswith(".rels") and any(map(_points_to_a_file, _POINTS_OUT.findall(part))):
            raise UnfitError(Unfit.LINKS)


def _points_to_a_file(relationship: bytes) -> bool:
    """An outside target that is loaded by itself; a link that a person would click is none."""
    return b'TargetMode="External"' in relationship and b"/hyperlink" not in relationship


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    out = bytearray()
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            out += chunk
            if len(out) > room or (len(out) > MIB and len(out) > MOST_RATIO * max(entry.compress_size, 1)):
                raise UnfitError(Unfit.UNPACKED, most=MOST_UNPACKED // MIB)
    return bytes(out)
