"""What a file is, by its first bytes, and whether it is whole, one thing only, and harmless."""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from shailoo.accounts.models import Office
from shailoo.documents.uploads import images, pdf, sheets, texts
from shailoo.documents.uploads.unfit import MIB, Kind, Unfit, UnfitError
from shailoo.law.outcome import NormId, Refused
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import sha256

HEAD = 1024  # bytes within which some readers look for the beginning of a PDF or a page
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"PK\x03\x04", Kind.XLSX),
)
_PAGES = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?php")
_END_OF_ARCHIVE = b"PK\x05\x06"
_END_RECORD = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_CHECKS: Mapping[Kind, Callable[[bytes], None]] = {
    Kind.PDF: pdf.check,
    Kind.JPEG: images.check,
    Kind.PNG: images.check,
    Kind.TIFF: images.check,
    Kind.XLSX: sheets.check,
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was found fit. `encoding` is what a text was found to be written in ("cp1251"), else empty."""

    content: bytes
    kind: Kind
    encoding: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.content)

    @property
    def text(self) -> str:
        """A text without its byte order mark."""
        return texts.read(self.content, self.encoding)


def received(sent: UploadedFile[bytes] | None, most_bytes: int) -> bytes:
    """The bytes of a sent file, never more than one above the limit; none where no file was sent."""
    return sent.read(most_bytes + 1) if sent is not None else b""


def checked(content: bytes, *, allowed: Collection[Kind], most_bytes: int, norm: NormId) -> Upload | Refused:
    """The file as what it is, or the refusal (field "file") under the norm of the act that it was sent for."""
    try:
        return _fit(content, allowed, most_bytes)
    except UnfitError as unfit:
        return Refused.because(norm, unfit.ground.value, fields=("file",), **unfit.facts)


def record_refusal(refused: Refused, content: bytes, *, subject: str, by: Office, at: datetime) -> None:
    """Write into the ledger that an office sent a file that was refused: its hash, size and ground, not its content."""
    found = refused.findings[0]
    payload = {"sha256": sha256(content), "bytes": len(content), "ground": found.code}
    record("upload.refused", subject=subject, by=by, at=at, grounds=[found.norm], payload=payload)


def _fit(content: bytes, allowed: Collection[Kind], most_bytes: int) -> Upload:
    if not content:
        raise UnfitError(Unfit.EMPTY)
    if len(content) > most_bytes:
        raise UnfitError(Unfit.TOO_LARGE, most=most_bytes // MIB)
    wrong = UnfitError(Unfit.WRONG_TYPE, allowed=", ".join(kind.label for kind in Kind if kind in allowed))
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if kind is None:
        written = next((kind for kind in (Kind.CSV, Kind.TEXT) if kind in allowed), None)
        if written is None or content[:HEAD].lstrip().lower().startswith((*_PAGES, b"<?xml")):
            raise wrong
        return Upload(content, written, texts.encoding_of(content))
    if kind not in allowed:
        raise wrong
    _one_thing(content, kind)
    _CHECKS[kind](content)
    return Upload(content, kind)


def _one_thing(content: bytes, kind: Kind) -> None:
    """Refuse what another program would take for something else: an archive behind, a PDF or a page within the head."""
    head = content[:HEAD].lower()
    hidden_pdf = kind is not Kind.PDF and b"%pdf-" in head
    hidden_page = kind is not Kind.XLSX and any(mark in head for mark in _PAGES)
    if hidden_pdf or hidden_page or (kind is not Kind.XLSX and _ends_an_archive(content)):
        raise UnfitError(Unfit.TWO_THINGS, kind=kind.label)


def _ends_an_archive(content: bytes) -> bool:
    """Whether a ZIP reader would find its directory: a record near the end that points to one before it."""
    tail = content[-_LONGEST_COMMENT - _END_RECORD.size :]
    at = tail.rfind(_END_OF_ARCHIVE)
    while at >= 0 and at + _END_RECORD.size <= len(tail):
        *_, size, offset, _comment = _END_RECORD.unpack_from(tail, at)
        if size + offset <= len(content):
            return True
        at = tail.rfind(_END_OF_ARCHIVE, 0, at)
    return False
