"""Keeping files by their hash and freezing documents. A second keeping of the same bytes keeps them once."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from shailoo.documents.models import StoredFile
from shailoo.ledger.canonical import sha256


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
