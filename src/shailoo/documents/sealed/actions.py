"""Sealing, opening and erasing personal documents. The ledger is told that it happened, never what was in them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from shailoo import keys
from shailoo.accounts.models import Office
from shailoo.documents.sealed.models import Erasure, SealedFile
from shailoo.ledger.actions import record

NONCE = 12  # bytes
_MARKING = b"shailoo mark\x00"


class ErasedError(LookupError):
    """The content was erased: nobody can open it any longer."""


class DamagedError(ValueError):
    """The bytes are not what was sealed: they were changed, or belong to another record, or the key is another."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be sealed: bytes of a media type, what they are, and the record that they belong to."""

    kind: str
    subject: str
    content: bytes
    media_type: str = "application/octet-stream"


def seal(what: Content, *, by: Office | None, at: datetime) -> SealedFile:
    """Keep the content encrypted; see `seal_all`."""
    return seal_all([what], by=by, at=at)[0]


def seal_all(contents: Iterable[Content], *, by: Office | None, at: datetime) -> Sequence[SealedFile]:
    """Keep each content encrypted, in their order. The caller records the act that they came with."""
    number, key = keys.sealing_key(Path(settings.DATA))
    return SealedFile.objects.bulk_create([_sealed(each, number, key, by, at) for each in contents], batch_size=500)


def opened(file: SealedFile) -> bytes:
    """The content. A page that shows it is marked `reads_personal`, which records the reading.

    Raises ErasedError, DamagedError.
    """
    if file.ciphertext is None:
        raise ErasedError(f"sealed file {file.pk}")
    sealed = bytes(file.ciphertext)
    try:
        key = keys.sealing_key_of(Path(settings.DATA), file.key)
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(file.kind, file.subject))
    except (InvalidTag, FileNotFoundError) as damaged:
        raise DamagedError(f"sealed file {file.pk}") from damaged


@transaction.atomic
def erase(files: Sequence[SealedFile], *, ground: str, by: Office | None, at: datetime) -> int:
    """Take the content of the files away for good, on a ground; those erased before stay so. Returns how many went.

    One act of the ledger for all of a record. Raises django.db.IntegrityError for an empty ground.
    """
    held = SealedFile.objects.select_for_update().filter(pk__in=[file.pk for file in files], ciphertext__isnull=False)
    going = list(held.order_by("pk"))
    Erasure.objects.bulk_create([Erasure(file=file, ground=ground, office=by, at=at) for file in going])
    SealedFile.objects.filter(pk__in=[file.pk for file in going]).update(ciphertext=None, mark="")
    for subject in dict.fromkeys(file.subject for file in going):
        kinds = sorted(file.kind for file in going if file.subject == subject)
        record("sealed.erased", subject=subject, by=by, at=at, payload={"kinds": kinds, "ground": ground})
    return len(going)


def mark_of(content: bytes, purpose: str) -> str:
    """A hash under the installation's own key: equal for equal contents, of no use to anyone who has not the key.

    `purpose` keeps marks of different things apart ("passport", "person"). Made under the first key, so that it stays
    the same when keys are renewed.
    """
    key = keys.sealing_key_of(Path(settings.DATA), 1)
    return hmac.new(key, _MARKING + purpose.encode() + b"\x00" + content, hashlib.sha256).hexdigest()


def _sealed(what: Content, number: int, key: bytes, by: Office | None, at: datetime) -> SealedFile:
    nonce = secrets.token_bytes(NONCE)
    return SealedFile(
        kind=what.kind,
        subject=what.subject,
        media_type=what.media_type,
        size=len(what.content),
        mark=mark_of(what.content, f"file {what.kind}"),
        key=number,
        ciphertext=nonce + AESGCM(key).encrypt(nonce, what.content, _bound(what.kind, what.subject)),
        office=by,
        at=at,
    )


def _bound(kind: str, subject: str) -> bytes:
    """What the seal binds the content to: a file moved to another record does not open."""
    return f"shailoo sealed\x00{kind}\x00{subject}".encode()
