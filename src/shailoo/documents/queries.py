"""Reading kept files: never without checking that they are what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from shailoo.accounts.models import Body
from shailoo.documents.actions import place
from shailoo.documents.forms import name_of
from shailoo.documents.models import Document, StoredFile
from shailoo.ledger.canonical import sha256


class FileDamagedError(Exception):
    """The bytes on disk are missing or are not those that were kept."""


def content(file: StoredFile) -> bytes:
    """The bytes of a kept file, checked against its hash. Raises FileDamagedError where they do not match."""
    try:
        found = place(file.sha256).read_bytes()
    except FileNotFoundError as missing:
        raise FileDamagedError(file.sha256) from missing
    if sha256(found) != file.sha256:
        raise FileDamagedError(file.sha256)
    return found


def latest(kind: str, subject: str, language: str) -> Document | None:
    """The document of this kind about this subject that nothing supersedes."""
    return (
        Document.objects.filter(kind=kind, subject=subject, language=language, superseded_by__isnull=True)
        .select_related("file")
        .order_by("-created_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Issue:
    """A document in all its languages."""

    number: str
    kind: str
    created_at: datetime
    documents: tuple[Document, ...]

    @property
    def name(self) -> str:
        """What the document is called, in the language of the page."""
        return name_of(self.kind)

    @property
    def body(self) -> Body | None:
        """Who issued it; None where the program did, without an office."""
        office = self.documents[0].office
        return office.body if office else None


def issued() -> list[Issue]:
    """Every document with its languages, newest first."""
    found = Document.objects.select_related("file", "office__body")
    found = found.order_by("-created_at", "kind", "number", "language")
    grouped = (list(each) for _, each in groupby(found, key=lambda document: document.number))
    return [Issue(each[0].number, each[0].kind, each[0].created_at, tuple(each)) for each in grouped]


def of_number(number: str) -> list[Document]:
    """The document of this number in each of its languages."""
    found = Document.objects.select_related("file", "superseded_by", "office__body").filter(number=number)
    return list(found.order_by("language"))
