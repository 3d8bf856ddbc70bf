"""Photographs and papers of a draft: one by one or many in an archive; sealed as they come in.

Of a photograph the portrait alone is kept, and the whole picture only while it may be cut otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import IO, TypeAlias

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.documents.sealed.actions import Content, erase, seal, seal_all
from shailoo.documents.sealed.models import SealedFile
from shailoo.documents.uploads import MIB, Kind, Upload, checked
from shailoo.law.outcome import Finding, Refused, records
from shailoo.observation import faults
from shailoo.observation.actions.examining import examine, opened_draft, record, set_faults, set_photos
from shailoo.observation.checking import CERTIFICATE_NORMS, IDENTITY_COPY, IDENTITY_NORMS
from shailoo.observation.faults import Of
from shailoo.observation.intake import archives, photos
from shailoo.observation.intake.archives import Entry, Owners
from shailoo.observation.intake.photos import WHOLE, Crop, Portrait, UnfitPhotoError
from shailoo.observation.intake.reading import NORMS
from shailoo.observation.models import Applicant, Application, Paper

LARGEST_PAPER = 15 * MIB
PAPERS_TAKEN = (Kind.PDF, Kind.JPEG, Kind.PNG)
PHOTO, PHOTO_SOURCE = "photo", "photo_source"
PAPERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Application.Kind.INTERNATIONAL: ("application", "representatives_list", IDENTITY_COPY),
        Application.Kind.CITIZEN: ("application", "ngo_decision_copy"),
        Application.Kind.OBSERVER: ("application",),
        Application.Kind.REPRESENTATIVE: ("application",),
        Application.Kind.MEDIA: ("media_request",),
    }
)
"""The papers of an application as a whole, by its kind; of a person the copy of the identity document."""
Looked: TypeAlias = "tuple[Applicant, Future[Portrait | UnfitPhotoError]]"
_AT_ONCE = 200  # files of an archive that are looked at together
_THREADS = 2


class Contains(StrEnum):
    """What the files of an archive are."""

    PHOTOS = "photos"
    IDENTITY_COPIES = "identity_copies"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an archive: files that found their person, names of those that did not, files that were unfit."""

    kept: int
    strangers: tuple[str, ...] = ()
    unfit: int = 0


# ------------------------------------------------------------------------------------- one by one


@transaction.atomic
@records("R3.1.c", "R3.1.a", "L10-1.2.a4", "L9.2.a2", "L11.1")
def attach(
    application: Application,
    applicant: Applicant | None,
    kind: str,
    content: bytes,
    name: str,
    *,
    by: Office,
    at: datetime,
) -> Paper | Refused:
    """Attach a paper to a draft, or to one person on it: PDF, JPEG or PNG, sealed; a newer one stands in for an older.

    Refused where the file is not what it should be (`documents.uploads`), or the application has no such paper.
    """
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    known = (IDENTITY_COPY,) if applicant is not None else PAPERS[held.kind]
    if kind not in known or (applicant is not None and applicant.application_id != held.pk):
        return Refused.because(NORMS[held.kind], "application_has_no_such_paper", fields=("kind",))
    upload = checked(content, allowed=PAPERS_TAKEN, most_bytes=LARGEST_PAPER, norm=IDENTITY_NORMS[held.kind])
    if isinstance(upload, Refused):
        return upload
    file = seal(_paper(held, kind, upload), by=by, at=at)
    paper = Paper.objects.create(
        application=held, applicant=applicant, kind=kind, name=name[:200], file=file, office=by, at=at
    )
    if applicant is not None:
        _forget_faults([applicant], Of.PAPER)
    payload = {"kind": kind, "bytes": file.size, "row": applicant.row if applicant else 0}
    record("application.paper_attached", held, by, at, payload)
    examine(held, at)
    return paper


@transaction.atomic
def put_photo(
    application: Application, applicant: Applicant, content: bytes, crop: Crop = WHOLE, *, by: Office, at: datetime
) -> Applicant | Refused:
    """Give a person on a draft a photograph, cut to three by four at `crop`; what is unfit is refused and not kept."""
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    try:
        portrait = photos.portrait(content, crop)
    except UnfitPhotoError as unfit:
        return Refused((unfit.finding(CERTIFICATE_NORMS[held.kind]),))
    person = held.applicants.select_related("photo").get(pk=applicant.pk)
    _keep_photos(held, [(person, portrait)], by, at)
    record("application.photos_taken", held, by, at, {"photos": 1})
    examine(held, at)
    person.refresh_from_db()
    return person


def source_of(applicant: Applicant) -> SealedFile | None:
    """The whole picture that a portrait was cut from, where it is still kept."""
    found = Paper.objects.filter(applicant=applicant, kind=PHOTO_SOURCE).select_related("file").first()
    return None if found is None or found.file.is_erased else found.file


# ------------------------------------------------------------------------------------- many at once


@dataclass
class _Tally:
    """What an archive came to so far."""

    kept: int = 0
    strangers: list[str] = field(default_factory=list)
    faults: dict[int, Finding] = field(default_factory=dict)

    @property
    def result(self) -> Taken:
        return Taken(self.kept, tuple(self.strangers), len(self.faults))


@transaction.atomic
@records("R3.1.c")
def take_archive(
    application: Application, source: IO[bytes], contains: Contains, *, by: Office, at: datetime
) -> Taken | Refused:
    """Take photographs or identity copies from a ZIP, each named by its person's row or document number.

    A file that is unfit leaves its finding at the person; one that belongs to nobody is named in the answer. Refused
    where the archive as a whole cannot be read.
    """
    held = opened_draft(application, by, at)
    if isinstance(held, Refused):
        return held
    people = {each.pk: each for each in held.applicants.select_related("photo")}
    owners = Owners(
        {each.identity_mark: pk for pk, each in people.items() if each.identity_mark},
        {each.row: pk for pk, each in people.items()},
    )
    tally = _Tally()
    take = _take_photos if contains is Contains.PHOTOS else _take_copies
    try:
        parts = _in_parts(archives.entries(source))
        take(held, (_owned(some, owners, people, tally) for some in parts), tally, by, at)
    except archives.UnfitArchiveError as unfit:
        transaction.set_rollback(True)
        return Refused.because(NORMS[held.kind], unfit.code, fields=("file",))
    _keep_faults(people, tally, Of.PHOTO if contains is Contains.PHOTOS else Of.PAPER)
    payload = {"contains": contains.value, "kept": tally.kept, "strangers": len(tally.strangers)}
    record("application.archive_taken", held, by, at, payload | {"unfit": len(tally.faults)})
    examine(held, at)
    return tally.result


def _in_parts(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while some := list(islice(entries, _AT_ONCE)):
        yield some


def _owned(
    some: Iterable[Entry], owners: Owners, people: Mapping[int, Applicant], tally: _Tally
) -> list[tuple[Applicant, Entry]]:
    found: list[tuple[Applicant, Entry]] = []
    for each in some:
        pk = owners.of(each)
        if pk is None:
            tally.strangers.append(each.name[:120])
        else:
            found.append((people[pk], each))
    return found


def _take_photos(
    application: Application,
    parts: Iterable[Sequence[tuple[Applicant, Entry]]],
    tally: _Tally,
    by: Office,
    at: datetime,
) -> None:
    """Look at photographs and keep those that are fit; while some are kept, the next ones are looked at already."""
    before: list[Looked] = []
    with ThreadPoolExecutor(_THREADS) as pool:  # what unpacks pictures lets others compute meanwhile
        for owned in parts:
            now = [(applicant, pool.submit(_portrait, entry)) for applicant, entry in owned]
            _keep_fit(application, before, tally, by, at)
            before = now
        _keep_fit(application, before, tally, by, at)


def _keep_fit(application: Application, looked_at: Sequence[Looked], tally: _Tally, by: Office, at: datetime) -> None:
    norm = CERTIFICATE_NORMS[application.kind]
    fit: dict[int, tuple[Applicant, Portrait]] = {}
    for applicant, looking in looked_at:
        found = looking.result()
        if isinstance(found, UnfitPhotoError):
            tally.faults[applicant.pk] = found.finding(norm)
        else:
            fit[applicant.pk] = (applicant, found)
            tally.faults.pop(applicant.pk, None)
    _keep_photos(application, list(fit.values()), by, at)
    tally.kept += len(fit)


def _portrait(entry: Entry) -> Portrait | UnfitPhotoError:
    if entry.content is None:
        return UnfitPhotoError(photos.Unfit.BROKEN)
    try:
        return photos.portrait(entry.content)
    except UnfitPhotoError as unfit:
        return unfit


def _take_copies(
    application: Application,
    parts: Iterable[Sequence[tuple[Applicant, Entry]]],
    tally: _Tally,
    by: Office,
    at: datetime,
) -> None:
    for owned in parts:
        _keep_copies(application, owned, tally, by, at)


def _keep_copies(
    application: Application, owned: Sequence[tuple[Applicant, Entry]], tally: _Tally, by: Office, at: datetime
) -> None:
    norm = IDENTITY_NORMS[application.kind]
    fit: list[tuple[Applicant, Entry, Upload]] = []
    for applicant, entry in owned:
        upload = checked(entry.content or b"", allowed=PAPERS_TAKEN, most_bytes=LARGEST_PAPER, norm=norm)
        if isinstance(upload, Refused):
            tally.faults[applicant.pk] = upload.findings[0]
        else:
            fit.append((applicant, entry, upload))
    files = seal_all((_paper(application, IDENTITY_COPY, upload) for _a, _e, upload in fit), by=by, at=at)
    Paper.objects.bulk_create(
        Paper(
            application=application,
            applicant=applicant,
            kind=IDENTITY_COPY,
            name=entry.name[-200:],
            file=file,
            office=by,
            at=at,
        )
        for (applicant, entry, _upload), file in zip(fit, files, strict=True)
    )
    _forget_faults([applicant for applicant, _entry, _upload in fit], Of.PAPER)
    tally.kept += len(fit)


def _paper(application: Application, kind: str, upload: Upload) -> Content:
    return Content(kind[:24], application.subject, upload.content, upload.kind.value)


def _keep_photos(
    application: Application, found: Sequence[tuple[Applicant, Portrait]], by: Office, at: datetime
) -> None:
    """Seal portraits, and the pictures that they were cut from; what they stand in for is erased."""
    if not found:
        return
    people = [applicant for applicant, _portrait in found]
    before = [each.photo for each in people if each.photo is not None]
    sources = Paper.objects.filter(applicant__in=people, kind=PHOTO_SOURCE).select_related("file")
    before += [each.file for each in sources]
    sources.delete()
    portraits = seal_all((_picture(application, PHOTO, each.content) for _a, each in found), by=by, at=at)
    set_photos({applicant.pk: file.pk for applicant, file in zip(people, portraits, strict=True)})
    for applicant, file in zip(people, portraits, strict=True):
        applicant.photo = file
    cut = [(applicant, each) for applicant, each in found if each.source]
    wholes = seal_all((_picture(application, PHOTO_SOURCE, each.source) for _a, each in cut), by=by, at=at)
    Paper.objects.bulk_create(
        Paper(application=application, applicant=applicant, kind=PHOTO_SOURCE, file=file, office=by, at=at)
        for (applicant, _each), file in zip(cut, wholes, strict=True)
    )
    _forget_faults(people, Of.PHOTO)
    erase(before, ground="replaced in a draft", by=by, at=at)


def _picture(application: Application, kind: str, content: bytes) -> Content:
    return Content(kind, application.subject, content, photos.MEDIA_TYPE)


def _forget_faults(people: Iterable[Applicant], of: Of) -> None:
    """What came now was fit: what was wrong with an earlier file is past."""
    set_faults({each.pk: faults.instead(each.faults, (), of) for each in people if faults.read(each.faults, of)})


def _keep_faults(people: Mapping[int, Applicant], tally: _Tally, of: Of) -> None:
    """Leave at each person what was wrong with the file sent for them."""
    set_faults({pk: faults.instead(people[pk].faults, [found], of) for pk, found in tally.faults.items()})
