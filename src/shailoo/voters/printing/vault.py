"""The printed files, sealed on disk by the hash of what is in them: personal data of a whole country, served to few.

A file lies under DATA/lists by the SHA-256 of its PDF, encrypted with the installation's sealing key and bound to that
hash; nothing serves the folder. A list that is printed anew has the same bytes, so a lost file can be made again.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from shailoo import keys
from shailoo.ledger.canonical import sha256

NONCE = 12  # bytes


class VaultDamagedError(ValueError):
    """The file is not there, or not what was sealed under this hash."""


def place(digest: str) -> Path:
    """Where the sealed bytes of the file with this SHA-256 lie."""
    return Path(settings.DATA) / "lists" / digest[:2] / digest[2:]


def put(content: bytes) -> tuple[str, int]:
    """Seal a file; written and synced before anybody knows of it. Returns its SHA-256 and the number of the key."""
    digest = sha256(content)
    number, key = keys.sealing_key(Path(settings.DATA))
    nonce = secrets.token_bytes(NONCE)
    target = place(digest)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as handle:
            handle.write(nonce + AESGCM(key).encrypt(nonce, content, _bound(digest)))
            handle.flush()
            os.fsync(handle.fileno())
        draft.chmod(0o600)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return digest, number


def opened(digest: str, number: int) -> bytes:
    """The file. A page that gives it out is marked `reads_personal`. Raises VaultDamagedError."""
    try:
        sealed = place(digest).read_bytes()
        key = keys.sealing_key_of(Path(settings.DATA), number)
        content = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(digest))
    except (InvalidTag, ValueError, FileNotFoundError) as damaged:
        raise VaultDamagedError(digest) from damaged
    if sha256(content) != digest:
        raise VaultDamagedError(digest)
    return content


def _bound(digest: str) -> bytes:
    return f"shailoo list\x00{digest}".encode()
