"""Is a certificate good? Answered from its code, the two lists and the instant alone. Pure: the page of the checker
answers the same in the browser (portal/assets/check/certificate.mjs), and a test holds the two together."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shailoo.documents.certificates.code import Claims, CodeError, read


class Verdict(StrEnum):
    """What checking finds; only the last four were signed by us."""

    NOT_A_CODE = "not_a_code"  # another system's QR code, or no code at all
    VERSION = "version"  # made by a newer program, or not by ours
    DAMAGED = "damaged"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    REVOKED = "revoked"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict, and what the certificate says; None where its signature does not hold, for then it says nothing."""

    verdict: Verdict
    claims: Claims | None = None


def check(text: str, *, keys: Mapping[bytes, bytes], revoked: Container[str], at: datetime) -> Checked:
    """Check what was scanned or typed at the instant `at`; `keys` by id, `revoked` holds numbers."""
    try:
        signed = read(text)
    except CodeError as error:
        return Checked(Verdict(error.reason))
    public = keys.get(signed.key_id)
    if public is None:
        return Checked(Verdict.UNKNOWN_KEY)
    if not signed.holds(public):
        return Checked(Verdict.FORGED)
    return Checked(_standing(signed.claims, revoked, at), signed.claims)


def _standing(claims: Claims, revoked: Container[str], at: datetime) -> Verdict:
    if claims.number in revoked:
        return Verdict.REVOKED
    if at < claims.valid_from:
        return Verdict.NOT_YET
    return Verdict.VALID if at < claims.valid_until else Verdict.EXPIRED
