"""One way to write a value as bytes, so that two machines hash the same: sorted keys, no spaces, UTF-8, no floats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction


def canonical(value: object) -> str:
    """Canonical JSON of `value`. Fractions are written "p/q", dates in ISO 8601; a float is refused with TypeError."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(value: bytes | str) -> str:
    """Lower-case hexadecimal SHA-256 of bytes, or of a text's UTF-8."""
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, float):
        raise TypeError(f"a float has no place in evidence: {value!r}")
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")
