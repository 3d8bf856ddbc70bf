"""Reading certificates: the two signed lists, the register, one certificate by its number, and a check of a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from shailoo.documents.certificates.checking import Checked, Verdict, check
from shailoo.documents.certificates.code import Kind, Reach
from shailoo.documents.certificates.lists import Key, hour_of, write_keys, write_revoked
from shailoo.documents.certificates.models import Certificate, CertificateKey, CheckTally, Revocation
from shailoo.keys import signing_key
from shailoo.ledger.canonical import sha256

MOST_PLACES = 300
"""Names of places that go with the keys; precincts are told by their number alone."""


class State(StrEnum):
    """How a certificate stands at an instant."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Published:
    """A list as it is served: its text and the name of this state of it."""

    text: str
    tag: str


def state_of(certificate: Certificate, at: datetime) -> State:
    """How the certificate stands at the instant; `revocation` is read with it where a query selected it."""
    if hasattr(certificate, "revocation"):
        return State.REVOKED
    if at < certificate.valid_from:
        return State.NOT_YET
    return State.VALID if at < certificate.valid_until else State.EXPIRED


def register(*, search: str = "", kind: int | None = None, state: State | None, at: datetime) -> QuerySet[Certificate]:
    """Certificates, newest first: by a part of number, holder or body, by kind, by how they stand at the instant."""
    found = Certificate.objects.select_related("body", "revocation", "key", "office__body").order_by("-at", "-pk")
    if search:
        names = Q(body__name_ky__icontains=search) | Q(body__name_ru__icontains=search)
        names |= Q(body__name_en__icontains=search) | Q(body__code__iexact=search)
        found = found.filter(Q(number__icontains=search) | Q(holder__icontains=search) | names)
    if kind is not None:
        found = found.filter(kind=kind)
    return found.filter(_standing(state, at)) if state else found


def by_number(number: str) -> Certificate | None:
    """The certificate of this number, however its letters are written."""
    found = Certificate.objects.select_related("body", "revocation__office__body", "key", "office__body")
    return found.filter(number=number.strip().upper()).first()


def check_here(text: str, at: datetime) -> Checked:
    """What the checker's page answers, answered by the server from the register."""
    keys = {bytes.fromhex(key.name): bytes.fromhex(key.public) for key in trusted_keys()}
    first = check(text, keys=keys, revoked=(), at=at)
    if first.claims is None or first.verdict not in (Verdict.VALID, Verdict.NOT_YET, Verdict.EXPIRED):
        return first
    revoked = Revocation.objects.filter(certificate__number=first.claims.number).exists()
    return Checked(Verdict.REVOKED, first.claims) if revoked else first


def trusted_keys() -> QuerySet[CertificateKey]:
    """The keys whose signatures count, the oldest first."""
    return CertificateKey.objects.filter(withdrawal=None).order_by("since", "pk")


def key_list(at: datetime) -> Published:
    """The signed list of keys with the names of elections and places that valid certificates cite."""
    keys = tuple(Key(bytes.fromhex(key.public), key.since) for key in trusted_keys())
    last = Certificate.objects.aggregate(last=Max("pk"))["last"] or 0
    return _key_list(keys, last, hour_of(at), _public())


def revocation_list(at: datetime) -> Published:
    """The signed list of revocations: the same text for all who ask within an hour in which nothing is revoked."""
    latest = Revocation.objects.order_by("-pk").first()
    made_at = hour_of(at)
    if latest is not None and made_at < latest.at <= at:
        made_at = latest.at.replace(microsecond=0)
    return _revocation_list(latest.pk if latest else 0, made_at, _public())


def installation_key() -> str:
    """The public half of the key that signs both lists, in hexadecimal."""
    return _public().hex()


def tallies(most: int = 60) -> list[CheckTally]:
    """How many checks the server was asked for, by day and verdict, the latest first."""
    return list(CheckTally.objects.order_by("-day", "verdict")[:most])


def _standing(state: State, at: datetime) -> Q:
    if state is State.REVOKED:
        return Q(revocation__isnull=False)
    within = {
        State.VALID: Q(valid_from__lte=at, valid_until__gt=at),
        State.NOT_YET: Q(valid_from__gt=at),
        State.EXPIRED: Q(valid_until__lte=at),
    }
    return Q(revocation__isnull=True) & within[state]


def _public() -> bytes:
    return signing_key(Path(settings.DATA)).public_key().public_bytes_raw()


@lru_cache(maxsize=4)
def _key_list(keys: tuple[Key, ...], last: int, made_at: datetime, public: bytes) -> Published:
    """The list of keys as long as neither they, the certificates, the hour nor the signing key (`public`) change."""
    del public
    valid = Certificate.objects.filter(pk__lte=last, valid_until__gt=made_at)
    elections = valid.exclude(election="").order_by("election", "-pk").distinct("election")
    places = valid.filter(reach__in=(Reach.BODY, Reach.AREA)).order_by("reach", "place", "-pk")
    named = places.distinct("reach", "place")[:MOST_PLACES]
    text = write_keys(
        keys,
        elections={row.election: row.names_of("election") for row in elections},
        places={f"{row.reach}:{row.place}": row.names_of("place") for row in named},
        made_at=made_at,
        signer=signing_key(Path(settings.DATA)),
    )
    return Published(text, sha256(text)[:32])


@lru_cache(maxsize=4)
def _revocation_list(last: int, made_at: datetime, public: bytes) -> Published:
    """The list as long as nothing is revoked and neither its date nor the signing key (`public`) changes."""
    del public
    rows = Revocation.objects.filter(pk__lte=last).values_list(
        F("certificate__kind"), F("certificate__year"), F("certificate__sequence")
    )
    places = ((Kind(kind), year, sequence) for kind, year, sequence in rows)
    text = write_revoked(places, made_at=made_at, signer=signing_key(Path(settings.DATA)))
    return Published(text, sha256(text)[:32])
