"""The demo's own certificate authority, beside the real one: its name says what it is, its passphrase lies open."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from shailoo.documents import authority

NAME = "DEMO, not a commission"
FOLDER = "ca-demo"
LIST = "http://127.0.0.1:8000/en/documents/authority/revoked.crl"


def use(data: Path) -> None:
    """Let this process, and those it starts, sign with the demo's authority; it is made where there is none."""
    os.environ[authority.FOLDER] = FOLDER
    folder = authority.place(data)
    secret = folder.with_name(f"{FOLDER}.passphrase")
    if not authority.exists(folder):
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret.unlink(missing_ok=True)
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(secrets.token_urlsafe(24))
        authority.establish(folder, authority.Owner(NAME, LIST), authority.read_passphrase(secret), datetime.now(UTC))
    os.environ[authority.PASSPHRASE_FILE] = str(secret)
