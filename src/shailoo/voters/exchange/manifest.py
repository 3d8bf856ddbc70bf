"""The manifest of a delivery: what the file beside it must be. Its signature covers its bytes (L14.7.a2)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

FORMAT = "shailoo-voters/1"
LARGEST_MANIFEST = 16 * 1024  # bytes
MOST_ROWS = 50_000_000

PERSON = (
    "pin",
    "surname",
    "name",
    "patronymic",
    "sex",
    "born",
    "citizenship",
    "biometric_on",
    "incapable_from",
    "incapable_until",
    "custody",
    "precinct",
    "basis",
    "district",
    "locality",
    "street",
    "house",
    "flat",
)
"""The columns of a full delivery, in this order (docs/voter-register-format.md)."""

CHANGE = ("change", "reason", "reason_on")
"""What stands before them in an incremental one."""


class Kind(StrEnum):
    """Whether a delivery tells every voter, or what has changed since the delivery before it."""

    FULL = "full"
    INCREMENTAL = "incremental"


class Source(StrEnum):
    """Where the data come from; generated data are said to be so wherever they are shown."""

    REGISTER = "register"
    GENERATED = "generated"


COLUMNS = {Kind.FULL: PERSON, Kind.INCREMENTAL: (*CHANGE, *PERSON)}

Number: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Digest: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Name: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z._-]{1,120}\Z")]
Instant: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]


class ManifestError(ValueError):
    """The bytes are no manifest of this format; says where they break it."""


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: its name, its size in bytes, its rows without the header, its SHA-256."""

    name: Name
    bytes: Annotated[int, msgspec.Meta(ge=1, le=1 << 40)]
    rows: Annotated[int, msgspec.Meta(ge=0, le=MOST_ROWS)]
    sha256: Digest


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One delivery. `number` counts those of an election without gaps; `base` is the one before, if incremental."""

    format: Annotated[str, msgspec.Meta(pattern=f"^{FORMAT}$")]
    kind: Kind
    number: Number
    election: Annotated[str, msgspec.Meta(pattern=r"^[-a-z0-9_]{1,60}\Z")]
    source: Source
    made_at: Instant
    file: File
    columns: tuple[str, ...]
    base: Number | None = None

    def written(self) -> bytes:
        """The bytes to be signed and sent."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def read(content: bytes) -> Manifest:
    """The manifest in these bytes. Raises ManifestError, which names a place and never a value."""
    if len(content) > LARGEST_MANIFEST:
        raise ManifestError("larger than a manifest")
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ManifestError(_place(error)) from error
    if found.columns != COLUMNS[found.kind]:
        raise ManifestError("$.columns")
    if (found.base is not None) != (found.kind is Kind.INCREMENTAL):
        raise ManifestError("$.base")
    return found


def _place(error: Exception) -> str:
    """Where the manifest breaks the format, as the decoder names it ("$.file.rows")."""
    _words, _at, place = str(error).rpartition(" - at ")
    return place.strip("`") or "$"
