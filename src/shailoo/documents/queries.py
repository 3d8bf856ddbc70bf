"""Reading kept files: never without checking that they are what was kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Max, Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in the list of documents; what is empty or 0 does not matter.

    `text` is a part of the number or of the issuing body's name; `named` are the kinds whose name holds it as well.
    """

    text: str = ""
    named: tuple[str, ...] = ()
    kind: str = ""
    body: str = ""  # its code
    year: int = 0  # local
    language: str = ""


def documents(wanted: Wanted) -> QuerySet[Document]:
    """The documents that fit, the newest first, each language for itself."""
    fits = Q()
    if wanted.text:
        body = Q(office__body__name_ky__icontains=wanted.text) | Q(office__body__name_ru__icontains=wanted.text)
        body |= Q(office__body__name_en__icontains=wanted.text)
        fits &= Q(number__icontains=wanted.text) | Q(kind__in=wanted.named) | body
    if wanted.kind:
        fits &= Q(kind=wanted.kind)
    if wanted.body:
        fits &= Q(office__body__code=wanted.body)
    if wanted.year:
        fits &= Q(created_at__year=wanted.year)
    if wanted.language:
        fits &= Q(language=wanted.language)
    found = Document.objects.filter(fits).select_related("file", "office__body", "superseded_by")
    return found.order_by("-created_at", "kind", "number", "language")


def numbers(found: QuerySet[Document]) -> QuerySet[Document, str]:
    """The numbers of these documents, each once, the newest first."""
    each_once = found.order_by().values("number").annotate(latest=Max("created_at"))
    return each_once.order_by("-latest", "number").values_list("number", flat=True)


def issues(wanted: Iterable[str]) -> list[Issue]:
    """The documents of these numbers with all their languages, in the order of the numbers."""
    asked = list(wanted)
    found = Document.objects.filter(number__in=asked).select_related("file", "office__body")
    grouped = {
        number: tuple(each) for number, each in groupby(found.order_by("number", "language"), key=attrgetter("number"))
    }
    known = (grouped[number] for number in asked if number in grouped)
    return [Issue(each[0].number, each[0].kind, each[0].created_at, each) for each in known]


def kinds() -> list[str]:
    """The kinds of which a document was issued."""
    return list(Document.objects.order_by("kind").values_list("kind", flat=True).distinct())


def bodies() -> list[Body]:
    """The bodies that issued a document: the highest first, then by code."""
    issuing = Body.objects.filter(pk__in=Document.objects.values("office__body"))
    return list(issuing.order_by(F("superior").asc(nulls_first=True), "code"))


def years() -> list[int]:
    """The local years in which a document was issued, the latest first."""
    return [each.year for each in Document.objects.datetimes("created_at", "year", order="DESC")]


def of_number(number: str) -> list[Document]:
    """The document of this number in each of its languages."""
    found = Document.objects.select_related("file", "superseded_by", "office__body").filter(number=number)
    return list(found.order_by("language"))
