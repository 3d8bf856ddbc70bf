"""Signatures in the minisign format: Ed25519 over the BLAKE2b-512 of a file, with a signed comment.

Source: the format description of the minisign tool; any minisign program checks what this module signs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KEY = b"Ed"  # the key's algorithm
_HASHED = b"ED"  # a signature over the file's hash
_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "
_BLANK = " \t\r\n"  # and no other sign that is taken for an end of line elsewhere


class MinisignError(ValueError):
    """The text is not a key or signature of the minisign format."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks signatures, with the eight bytes by which signatures name it."""

    key_id: bytes
    raw: bytes

    @property
    def encoded(self) -> str:
        """The one line by which a key is printed and pinned ("RW…")."""
        return base64.b64encode(_KEY + self.key_id + self.raw).decode()

    def text(self) -> str:
        """The content of a minisign public key file."""
        return f"{_UNTRUSTED}minisign public key {self.name}\n{self.encoded}\n"

    @property
    def name(self) -> str:
        """The key's identifier as minisign prints it: sixteen hexadecimal digits."""
        return self.key_id[::-1].hex().upper()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature file, taken apart."""

    key_id: bytes
    signature: bytes
    comment: str
    comment_signature: bytes


def public_key(key: Ed25519PrivateKey) -> PublicKey:
    """The public half of a key; its identifier follows from the key itself."""
    raw = key.public_key().public_bytes_raw()
    return PublicKey(hashlib.sha256(raw).digest()[:8], raw)


def sign(content: bytes, key: Ed25519PrivateKey, comment: str) -> str:
    """The signature file for `content`; `comment` is signed with it and may be trusted. It holds one line."""
    if "\n" in comment:
        raise MinisignError("a trusted comment is one line")
    signature = key.sign(_digest(content))
    whole = key.sign(signature + comment.encode())
    first = base64.b64encode(_HASHED + public_key(key).key_id + signature).decode()
    second = base64.b64encode(whole).decode()
    return f"{_UNTRUSTED}signature of Shailoo\n{first}\n{_TRUSTED}{comment}\n{second}\n"


def read_key(text: str) -> PublicKey:
    """A public key from its file's content or its one line. Raises MinisignError."""
    last = text.rstrip(_BLANK).split("\n")[-1]
    raw = _decode(last.strip(_BLANK), 42, "public key")
    if raw[:2] != _KEY:
        raise MinisignError("the public key is of an unknown algorithm")
    return PublicKey(raw[2:10], raw[10:])


def read_signature(text: str) -> Signature:
    """A signature from its file's content. Raises MinisignError."""
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    if len(lines) != 4 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
        raise MinisignError("a signature file has four lines: comment, signature, trusted comment, its signature")
    raw = _decode(lines[1], 74, "signature")
    if raw[:2] != _HASHED:
        raise MinisignError("the signature is of an unknown algorithm")
    return Signature(raw[2:10], raw[10:], lines[2].removeprefix(_TRUSTED), _decode(lines[3], 64, "comment signature"))


def holds(content: bytes, signature: Signature, key: PublicKey) -> bool:
    """Whether `key` signed exactly this content and this trusted comment."""
    if signature.key_id != key.key_id:
        return False
    checker = Ed25519PublicKey.from_public_bytes(key.raw)
    try:
        checker.verify(signature.signature, _digest(content))
        checker.verify(signature.comment_signature, signature.signature + signature.comment.encode())
    except InvalidSignature:
        return False
    return True


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=64).digest()


def _decode(line: str, length: int, what: str) -> bytes:
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MinisignError(f"the {what} is not base64") from error
    if len(raw) != length or base64.b64encode(raw).decode() != line:
        raise MinisignError(f"the {what} has {len(raw)} bytes instead of {length}, or is not written as it should be")
    return raw
