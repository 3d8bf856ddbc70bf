"""The signed code of a certificate: what it says in at most 149 bytes, 64 of them an Ed25519 signature. Pure.

    byte  0      version, 1
    bytes 1-4    id of the key: the first four bytes of the SHA-256 of its public half
    byte  5      kind
    bytes 6-7    year of the number
    bytes 8-10   place of the certificate in its register of that kind and year
    bytes 11-18  the holder's name: `name_digest`
    bytes 19-22  valid from, minutes since 1970-01-01 UTC
    bytes 23-26  valid until (that minute excluded)
    byte  27     reach
    byte  28     length of the election's slug, then the slug (ASCII)
    then         length of the place's code, then the code (ASCII)
    last 64      signature over PURPOSE and every byte before it

Whole numbers are unsigned, the greatest byte first. One certificate has one code: `decode` refuses every other way to
write it. On paper the code is a decimal number behind the address of the checker, "https://…/ky/check/#1234…".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
PURPOSE = b"shailoo certificate\x00"  # a signature of one purpose is none of another
NAME_PURPOSE = b"shailoo name\x00"
KEY_ID, NAME, SIGNATURE = 4, 8, 64  # bytes
LONGEST_NAME, LONGEST_SCOPE = 40, 55  # characters of an election's slug or a place's code, and of both together
FIXED = 28
LONGEST = FIXED + 2 + LONGEST_SCOPE + SIGNATURE
SHORTEST = FIXED + 2 + SIGNATURE
FIRST_YEAR, LAST_YEAR = 2000, 2199
LAST_SEQUENCE = 2**24 - 1
MOST_DIGITS = 360
LONGEST_TEXT = 1000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
LAST_MINUTE = (datetime(2400, 1, 1, tzinfo=UTC) - _EPOCH) // _MINUTE
_ELECTION = re.compile(r"[a-z0-9_-]{0,40}", re.ASCII)
_PLACE = re.compile(r"[A-Za-z0-9._:-]{0,40}", re.ASCII)
_TEXT = re.compile(r"\s*(?:https?://[^\s#]{1,300}#)?([1-9][0-9]*)\s*", re.ASCII)
_FOLDED = str.maketrans("ңөү", "ноу")
_DROPPED = str.maketrans("", "", "'’‘ʼʹ`´")


class Kind(IntEnum):
    """What the holder is. A number once given stays with its kind for ever."""

    OBSERVER = 1  # Art. 9: of a candidate or party
    CITIZEN_OBSERVER = 2  # Art. 10-1
    INTERNATIONAL_OBSERVER = 3  # Art. 10
    INTERPRETER = 4  # of an international observer
    MEDIA = 5  # Art. 11
    COMMISSION_REPRESENTATIVE = 6  # Art. 17, 18
    AUTHORIZED_REPRESENTATIVE = 7  # Art. 19
    FINANCIAL_REPRESENTATIVE = 8  # Art. 19
    PROXY = 9  # Art. 20
    CANDIDATE = 10
    COMMISSION_MEMBER = 11
    COMMISSION_STAFF = 12


PREFIXES = {
    Kind.OBSERVER: "OB",
    Kind.CITIZEN_OBSERVER: "CO",
    Kind.INTERNATIONAL_OBSERVER: "IO",
    Kind.INTERPRETER: "IP",
    Kind.MEDIA: "MM",
    Kind.COMMISSION_REPRESENTATIVE: "RC",
    Kind.AUTHORIZED_REPRESENTATIVE: "AR",
    Kind.FINANCIAL_REPRESENTATIVE: "FR",
    Kind.PROXY: "PR",
    Kind.CANDIDATE: "CA",
    Kind.COMMISSION_MEMBER: "CM",
    Kind.COMMISSION_STAFF: "CS",
}


class Reach(IntEnum):
    """Where the certificate is good for: everywhere, or at the one place that it names."""

    EVERYWHERE = 0
    BODY = 1  # a commission or another body, by its code
    AREA = 2
    PRECINCT = 3


class CodeError(ValueError):
    """The bytes or the text are no code of a certificate. `reason` is one of "not_a_code", "version", "damaged"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Scope:
    """Election (slug, "" for all) and place (code, "" everywhere) that the certificate is good for."""

    election: str = ""
    reach: Reach = Reach.EVERYWHERE
    place: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a certificate says. Instants are whole minutes in UTC; `holder` is the `name_digest` of its number."""

    kind: Kind
    year: int
    sequence: int
    holder: bytes
    valid_from: datetime
    valid_until: datetime
    scope: Scope

    @property
    def number(self) -> str:
        """The number as printed: "IO-2026-00017"."""
        return number(self.kind, self.year, self.sequence)


@dataclass(frozen=True, slots=True)
class Signed:
    """A code taken apart; whether its signature holds is asked of a key."""

    claims: Claims
    key_id: bytes
    payload: bytes
    signature: bytes

    def holds(self, public: bytes) -> bool:
        """Whether the key with this public half (32 bytes) signed exactly this."""
        if key_id(public) != self.key_id:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, PURPOSE + self.payload)
        except InvalidSignature:
            return False
        return True


def number(kind: Kind, year: int, sequence: int) -> str:
    """A certificate's number as printed."""
    return f"{PREFIXES[kind]}-{year}-{sequence:05d}"


def key_id(public: bytes) -> bytes:
    """The four bytes by which codes name a key."""
    return hashlib.sha256(public).digest()[:KEY_ID]


def normalized(name: str) -> str:
    """The form in which names are compared: words without accents, case and order.

    The name counts as printed, in its one script; Ң, Ө, Ү are taken as Н, О, У and Ё, Й as Е, И, for many keyboards
    lack them. Signs other than letters and digits part words, but apostrophes stand within one.
    """
    plain = unicodedata.normalize("NFKD", name.translate(_DROPPED))
    kept = "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M"))
    lower = kept.lower().translate(_FOLDED)
    words = "".join(sign if unicodedata.category(sign)[0] in "LN" else " " for sign in lower).split()
    return " ".join(sorted(words, key=lambda word: word.encode("utf-16-be")))  # the order of browsers


def name_digest(name: str, certificate: str) -> bytes:
    """Eight bytes that tell the holder's name from another one; `certificate` is the printed number.

    The number is hashed with the name, so that the codes of one person cannot be put together by this field.
    """
    text = f"{certificate}\x00{normalized(name)}"
    return hashlib.sha256(NAME_PURPOSE + text.encode()).digest()[:NAME]


def fits(scope: Scope) -> bool:
    """Whether a scope can be written in a code: short, plain names, and a place exactly where the reach has one."""
    return (
        _ELECTION.fullmatch(scope.election) is not None
        and _PLACE.fullmatch(scope.place) is not None
        and len(scope.election) + len(scope.place) <= LONGEST_SCOPE
        and (scope.place == "") is (scope.reach is Reach.EVERYWHERE)
    )


def payload(claims: Claims, of_key: bytes) -> bytes:
    """The bytes that are signed. Raises ValueError for what no code can say."""
    if not _sound(claims) or len(of_key) != KEY_ID:
        raise ValueError(f"no code can say {claims!r}")
    election, place = claims.scope.election.encode("ascii"), claims.scope.place.encode("ascii")
    return b"".join(
        (
            bytes((VERSION,)),
            of_key,
            bytes((claims.kind,)),
            claims.year.to_bytes(2),
            claims.sequence.to_bytes(3),
            claims.holder,
            _minutes(claims.valid_from).to_bytes(4),
            _minutes(claims.valid_until).to_bytes(4),
            bytes((claims.scope.reach, len(election))),
            election,
            bytes((len(place),)),
            place,
        )
    )


def sign(claims: Claims, key: Ed25519PrivateKey) -> bytes:
    """The whole code. Raises ValueError for what no code can say."""
    written = payload(claims, key_id(key.public_key().public_bytes_raw()))
    return written + key.sign(PURPOSE + written)


def decode(code: bytes) -> Signed:
    """A code taken apart, its signature not yet checked. Raises CodeError for anything but the one way to write it."""
    if not code or code[0] != VERSION:
        raise CodeError("version")
    if not SHORTEST <= len(code) <= LONGEST:
        raise CodeError("damaged")
    written, signature = code[:-SIGNATURE], code[-SIGNATURE:]
    claims, rest = _claims(written)
    if rest or not _sound(claims) or payload(claims, written[1 : 1 + KEY_ID]) != written:
        raise CodeError("damaged")
    return Signed(claims, written[1 : 1 + KEY_ID], written, signature)


def digits(code: bytes) -> str:
    """The code as the decimal number that stands on paper."""
    return str(int.from_bytes(code))


def address(code: bytes, checker: str) -> str:
    """What the QR code holds: the checker's address and, behind "#", which no browser sends, the number."""
    return f"{checker}#{digits(code)}"


def read(text: str) -> Signed:
    """The code in what was scanned or typed: a decimal number, alone or behind an address. Raises CodeError."""
    if len(text) > LONGEST_TEXT:
        raise CodeError("not_a_code")
    found = _TEXT.fullmatch(text)
    if found is None or len(found[1]) > MOST_DIGITS:
        raise CodeError("not_a_code")
    value = int(found[1])
    return decode(value.to_bytes((value.bit_length() + 7) // 8))


def _claims(written: bytes) -> tuple[Claims, bytes]:
    """The claims, and what is left over behind them."""
    try:
        kind, reach = Kind(written[5]), Reach(written[27])
        election, rest = _text(written[FIXED:])
        place, rest = _text(rest)
    except ValueError as error:
        raise CodeError("damaged") from error
    since, until = (_instant(int.from_bytes(written[at : at + 4])) for at in (19, 23))
    year, sequence = int.from_bytes(written[6:8]), int.from_bytes(written[8:11])
    return Claims(kind, year, sequence, written[11:19], since, until, Scope(election, reach, place)), rest


def _instant(minutes: int) -> datetime:
    if minutes > LAST_MINUTE:
        raise CodeError("damaged")
    return _EPOCH + _MINUTE * minutes


def _text(written: bytes) -> tuple[str, bytes]:
    """A text behind its length, and the rest. Raises ValueError where it is cut off or not ASCII."""
    if not written or len(written) <= written[0]:
        raise ValueError("a text is cut off")
    return written[1 : 1 + written[0]].decode("ascii"), written[1 + written[0] :]


def _sound(claims: Claims) -> bool:
    return (
        FIRST_YEAR <= claims.year <= LAST_YEAR
        and 1 <= claims.sequence <= LAST_SEQUENCE
        and len(claims.holder) == NAME
        and claims.valid_from < claims.valid_until
        and _whole(claims.valid_from)
        and _whole(claims.valid_until)
        and fits(claims.scope)
    )


def _whole(instant: datetime) -> bool:
    """Whether the instant is a whole minute of the centuries that codes are for."""
    passed = instant - _EPOCH
    return not passed % _MINUTE and 0 <= passed // _MINUTE <= LAST_MINUTE


def _minutes(instant: datetime) -> int:
    return (instant - _EPOCH) // _MINUTE
