"""Keeping files by their hash and freezing documents. A second keeping of the same bytes keeps them once."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from shailoo.accounts.models import Office
from shailoo.documents.forms import fitted, form_of
from shailoo.documents.models import Document, StoredFile
from shailoo.documents.rendering import TAGGED, Imprint, Standard, render
from shailoo.documents.signing import sign
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import canonical, sha256

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class NumberTakenError(Exception):
    """A document of this number exists with other content."""


def place(digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return Path(settings.DATA) / "files" / digest[:2] / digest[2:]


def store(content: bytes, media_type: str, at: datetime) -> StoredFile:
    """Keep a file by its SHA-256; written to disk and synced before the database knows it.

    `media_type` is what the content was found to be, never what an uploader claims. Raises OSError where the disk
    refuses: nothing is then in the database.
    """
    digest = sha256(content)
    target = place(digest)
    if not target.is_file():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            with draft.open("xb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    kept, _ = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"media_type": media_type, "size": len(content), "stored_at": at}
    )
    return kept


def issue(
    kind: str,
    content: DataclassInstance,
    *,
    imprint: Imprint,
    subject: str,
    by: Office | None,
    supersedes: Document | None = None,
) -> Document:
    """Make a document of a registered form (`documents.forms`) and keep it for ever: the way for every room.

    Raises forms.MisfitError before anything is set in type where the content does not fit the form, UnknownFormError
    where there is no such form, NumberTakenError where another content already bears the number.
    """
    form = form_of(kind)
    return freeze(
        kind,
        template=form.template,
        data=fitted(form, content, imprint.language),
        imprint=imprint,
        subject=subject,
        by=by,
        supersedes=supersedes,
        standard=form.standard,
    )


def freeze(
    kind: str,
    *,
    template: Path,
    data: Mapping[str, object],
    imprint: Imprint,
    subject: str,
    by: Office | None,
    supersedes: Document | None = None,
    standard: Standard = TAGGED,
) -> Document:
    """Make a document once and keep it for ever under its number; a second call gives the one that exists.

    What is kept are the bytes that the commission signed (`documents.signing`); where it has no certificate, the bytes
    as they were set, and the document says so. Raises AuthorityLockedError where the key is there but not open.
    Raises NumberTakenError where another content already bears the number: a number is never given twice.
    """
    existing = Document.objects.filter(number=imprint.number, language=imprint.language).first()
    if existing is not None:
        if canonical(existing.data) != canonical(data):
            raise NumberTakenError(imprint.number)
        return existing
    signed = sign(render(template, data, imprint, standard=standard), imprint, by)
    file = store(signed.content, "application/pdf", imprint.issued)
    document = Document.objects.create(
        number=imprint.number,
        kind=kind,
        language=imprint.language,
        subject=subject,
        data=json.loads(canonical(data)),
        file=file,
        office=by,
        created_at=imprint.issued,
        signed_by=signed.certificate,
        supersedes=supersedes,
    )
    record(
        "document.issued",
        subject=subject,
        by=by,
        at=imprint.issued,
        payload={
            "number": imprint.number,
            "kind": kind,
            "language": imprint.language,
            "sha256": file.sha256,
            "signed_by": signed.certificate,
        },
    )
    return document


def address_of(number: str, language: str) -> str:
    """The public address at which anyone verifies a document; it stands on the document itself."""
    return f"{settings.PUBLIC_ADDRESS}/{language}/documents/{number}/"
