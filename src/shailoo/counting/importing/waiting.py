"""Files that wait between dry run and confirmation, on disk by their SHA-256; the database knows nothing of them."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from django.conf import settings

from shailoo.ledger.canonical import sha256

WAITS = 24 * 60 * 60  # seconds: whoever confirms later uploads again


def keep(content: bytes) -> str:
    """Keep a file that is to be confirmed and tell its digest; what waited longer than a day is thrown away."""
    _clear()
    digest = sha256(content)
    target = _place(digest)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{digest}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as handle:
            os.fchmod(handle.fileno(), 0o600)
            handle.write(content)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def kept(digest: str) -> bytes | None:
    """The bytes that wait under this digest; None where there are none any more, or others."""
    try:
        content = _place(digest).read_bytes()
    except FileNotFoundError:
        return None
    return content if sha256(content) == digest else None


def drop(digest: str) -> None:
    """The file waits no longer: it was taken over."""
    _place(digest).unlink(missing_ok=True)


def _place(digest: str) -> Path:
    return Path(settings.DATA) / "waiting" / digest


def _clear() -> None:
    for path in (Path(settings.DATA) / "waiting").glob("*"):
        if path.stat().st_mtime < time.time() - WAITS:
            path.unlink(missing_ok=True)
