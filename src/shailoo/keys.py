"""The installation's own secrets, outside the database and the checkout: made once, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def installation_secret(data: Path) -> str:
    """Django's secret key of this installation."""
    return _kept(data / "keys" / "secret", lambda: secrets.token_urlsafe(48).encode()).decode()


def demo_seed(data: Path) -> bytes:
    """What the second factors of the demo's people follow from; drawn by this installation, of no use to another."""
    return _kept(data / "keys" / "demo", lambda: secrets.token_bytes(32))


def signing_key(data: Path) -> Ed25519PrivateKey:
    """The commission's Ed25519 key that signs published bundles; its public half stands in every bundle."""
    return Ed25519PrivateKey.from_private_bytes(
        _kept(data / "keys" / "bundle.ed25519", lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    )


def certificate_key(data: Path) -> Ed25519PrivateKey:
    """The Ed25519 key that signs certificates now: the last one made; the first is made where there is none."""
    number = _last_certificate_key(data) or 1
    return _certificate_key(data, number)


def renew_certificate_key(data: Path) -> Ed25519PrivateKey:
    """Make the next key for certificates; what earlier ones signed stays signed."""
    return _certificate_key(data, _last_certificate_key(data) + 1)


def _certificate_key(data: Path, number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        _kept(
            data / "keys" / "certificates" / f"{number:04d}.ed25519",
            lambda: Ed25519PrivateKey.generate().private_bytes_raw(),
        )
    )


def _last_certificate_key(data: Path) -> int:
    """The number of the last key made, 0 where there is none."""
    return max((int(path.stem) for path in (data / "keys" / "certificates").glob("[0-9]*.ed25519")), default=0)


def sealing_key(data: Path) -> tuple[int, bytes]:
    """Number and 32 bytes of the key that seals personal documents now; the first is made where there is none."""
    number = max((int(path.stem) for path in (data / "keys" / "sealing").glob("[0-9]*.key")), default=1)
    return number, _sealing_key(data, number)


def sealing_key_of(data: Path, number: int) -> bytes:
    """The sealing key of that number; the first is made where there is none. Raises FileNotFoundError for others."""
    if number != 1 and not _sealing_path(data, number).is_file():
        raise FileNotFoundError(f"sealing key {number}")
    return _sealing_key(data, number)


def renew_sealing_key(data: Path) -> int:
    """Make the next sealing key and return its number; what earlier ones sealed is opened by them."""
    number = sealing_key(data)[0] + 1
    _sealing_key(data, number)
    return number


def _sealing_key(data: Path, number: int) -> bytes:
    return _kept(_sealing_path(data, number), lambda: secrets.token_bytes(32))


def _sealing_path(data: Path, number: int) -> Path:
    return data / "keys" / "sealing" / f"{number:04d}.key"


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What stands at `path`; made first where nothing does. Two processes that make it at once get the same."""
    if path.is_file():
        return path.read_bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(make())
            handle.flush()
            os.fsync(handle.fileno())
        with suppress(FileExistsError):  # another process was first: its key is the key
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes()
