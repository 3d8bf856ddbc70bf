"""The two lists that a checker keeps: the keys that sign certificates, and what was revoked. Pure.

Each is one text: an envelope of canonical JSON that holds the list as a text and the installation's Ed25519 signature
over it. Whoever has the text of a list and the installation's public key needs nobody else to believe it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, groupby, pairwise
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shailoo.documents.certificates.code import PREFIXES, Kind, key_id, number
from shailoo.ledger.canonical import canonical

PURPOSE = b"shailoo list\x00"
KEYS, REVOKED = "shailoo-keys/1", "shailoo-revoked/1"
LASTS = timedelta(hours=24)
"""How long a list may be used before a checker warns that a newer one is due."""
STEP = timedelta(hours=1)
"""A list is made anew every hour, and at once when something is revoked."""

Names: TypeAlias = Mapping[str, str]
"""A name in the site's languages: {"ky": …, "ru": …, "en": …}."""
Place: TypeAlias = tuple[Kind, int, int]
"""A certificate by kind, year and place in its register."""


class ListError(ValueError):
    """The text is no list of ours, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that signs certificates: its public half (32 bytes) and since when it has been in use."""

    public: bytes
    since: datetime


@dataclass(frozen=True, slots=True)
class KeyList:
    """The keys by their four-byte ids, and the names of elections and places that codes only cite."""

    made_at: datetime
    next_update: datetime
    keys: Mapping[bytes, bytes]
    elections: Mapping[str, Names]
    places: Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class RevocationList:
    """The numbers of all certificates revoked so far; `number` is how many, so it never goes down."""

    number: int
    made_at: datetime
    next_update: datetime
    revoked: frozenset[str]


def write_keys(
    keys: Iterable[Key],
    *,
    elections: Mapping[str, Names],
    places: Mapping[str, Names],
    made_at: datetime,
    signer: Ed25519PrivateKey,
) -> str:
    """The signed list of keys; `places` by reach and code ("1:TEC-1")."""
    rows = [
        {"id": key_id(key.public).hex(), "public": key.public.hex(), "since": _written(key.since)}
        for key in sorted(keys, key=lambda key: (key.since, key.public))
    ]
    body = {"keys": rows, "elections": elections, "places": places}
    return _enveloped(KEYS, body, made_at, signer)


def write_revoked(revoked: Iterable[Place], *, made_at: datetime, signer: Ed25519PrivateKey) -> str:
    """The signed list of revoked certificates.

    They stand by kind and year ("IO-2026"), each as its distance from the one before, the first from 0.
    """
    ordered = sorted(set(revoked))
    series = {
        f"{PREFIXES[kind]}-{year}": _distances([place[2] for place in places])
        for (kind, year), places in groupby(ordered, key=lambda place: place[:2])
    }
    return _enveloped(REVOKED, {"number": len(ordered), "revoked": series}, made_at, signer)


def read_keys(text: str, public: bytes) -> KeyList:
    """The list of keys that the installation with this public key signed. Raises ListError."""
    body = _opened(KEYS, text, public)
    keys = {bytes.fromhex(row["id"]): bytes.fromhex(row["public"]) for row in body["keys"]}
    return KeyList(_instant(body["made_at"]), _instant(body["next_update"]), keys, body["elections"], body["places"])


def read_revoked(text: str, public: bytes) -> RevocationList:
    """The revocations that the installation with this public key signed. Raises ListError."""
    body = _opened(REVOKED, text, public)
    kinds = {prefix: kind for kind, prefix in PREFIXES.items()}
    numbers = frozenset(
        number(kinds[series[:2]], int(series[3:]), sequence)
        for series, distances in body["revoked"].items()
        for sequence in accumulate(distances)
    )
    return RevocationList(body["number"], _instant(body["made_at"]), _instant(body["next_update"]), numbers)


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour, from which a list without new revocations is dated."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _distances(sequences: list[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *sequences])]


def _enveloped(form: str, body: Mapping[str, object], made_at: datetime, signer: Ed25519PrivateKey) -> str:
    dated = {"format": form, "made_at": _written(made_at), "next_update": _written(made_at + LASTS)}
    text = canonical({**body, **dated})
    signature = base64.b64encode(signer.sign(PURPOSE + text.encode())).decode()
    signer_id = key_id(signer.public_key().public_bytes_raw()).hex()
    return canonical({"list": text, "signature": signature, "signed_by": signer_id}) + "\n"


def _opened(form: str, text: str, public: bytes) -> dict[str, Any]:
    """The list inside its envelope, its signature checked first. Any: JSON, read by the two functions above."""
    try:
        envelope = json.loads(text)
        inner, signature = envelope["list"], base64.b64decode(envelope["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, PURPOSE + inner.encode())
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        raise ListError("this is no list of certificates") from error
    except InvalidSignature as error:
        raise ListError("the signature of the list does not hold") from error
    body: dict[str, Any] = json.loads(inner)
    if body.get("format") != form:
        raise ListError(f"this is not a list of the form {form}")
    return body


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
