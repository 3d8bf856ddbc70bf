"""The signature of a manifest: the minisign form, by the key of the State Registry Service (L14.7.a2)."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shailoo.ledger import minisign
from shailoo.ledger.minisign import PublicKey

COMMENT = "delivery of the voters' register"


def key_of(path: Path) -> Ed25519PrivateKey:
    """The private key in a file of 32 bytes; made there, readable by its owner alone, where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def signed(manifest: bytes, key: Ed25519PrivateKey) -> str:
    """The signature file of a manifest."""
    return minisign.sign(manifest, key, COMMENT)


def key_that_signed(manifest: bytes, signature: str, keys: dict[bytes, PublicKey]) -> PublicKey | None:
    """The key, of those given by their identifiers, that signed exactly these bytes; None where none did."""
    try:
        found = minisign.read_signature(signature)
    except minisign.MinisignError:
        return None
    key = keys.get(found.key_id)
    return key if key is not None and minisign.holds(manifest, found, key) else None
