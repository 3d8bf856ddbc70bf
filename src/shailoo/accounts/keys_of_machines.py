"""Keys of machines: each acts in one office, is shown once when it is issued, expires or is revoked. Only hashes stay.

Whoever may give an office may give its key (`GIVEN_BY`, in the reach of `accounts.issue_key`), never for an office of
their own; revoking is open to the same and to the administrator of the system there.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import ApiKey, Office
from shailoo.accounts.roles import GIVEN_BY, KEYED, Role
from shailoo.law.outcome import Finding, Refused, Severity
from shailoo.ledger import actions as ledger

NORM = "L12.1"
BEGINNING = "shailoo-"  # by which a key that leaked into a file is found
LONGEST_NAME = 80  # letters, as the column holds


@dataclass(frozen=True, slots=True)
class Issued:
    """A key as it was issued. `secret` is what the machine sends: told once, here, and kept nowhere."""

    key: ApiKey
    secret: str = field(repr=False)


def digest_of(secret: str) -> str:
    """What is kept of a key, and by what one that is sent is found: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


@transaction.atomic
def issue_key(
    office: Office, name: str, *, by: Office, at: datetime, until: datetime | None = None
) -> Issued | Refused:
    """Make a key with which the machine `name` acts in `office` from `at` until the instant `until` (open where None).

    Refused to whoever could not give the office and to its own holder; for an office that is not held and for one in
    which machines can do nothing; without a name of 1 to 80 signs, and where the key would end before it begins.
    """
    held = (
        Office.objects.select_for_update(no_key=True, of=("self",)).select_related("body", "person").get(pk=office.pk)
    )
    if denied := _refusal_of_giver(held, by, at) or _refusal_of_office(held, at):
        return denied
    name = name.strip()
    if faults := tuple(_faults(name, at, until)):
        return Refused(faults)
    secret = BEGINNING + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(office=held, name=name, digest=digest_of(secret), created_at=at, expires_at=until)
    _record("key.issued", key, by=by, at=at, **({"until": until} if until else {}))
    return Issued(key, secret)


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Office, at: datetime, reason: str) -> ApiKey | Refused:
    """Let a key open nothing from `at` on, for good; also one that has expired or whose office is over.

    Refused beyond the reach of the office, without a reason, and where the key was revoked before.
    """
    held = ApiKey.objects.select_for_update(of=("self",)).select_related("office__body").get(pk=key.pk)
    office = held.office
    if denied := refusal(by, may="accounts.revoke_key", of=office.body, election=office.election, at=at):
        return denied
    if held.revoked_at is not None:
        return Refused.because(NORM, "key_revoked_before")
    if not reason.strip():
        return Refused.because(NORM, "say_why", fields=("reason",))
    held.revoked_at = at
    held.save(update_fields=["revoked_at"])
    _record("key.revoked", held, by=by, at=at, reason=reason.strip())
    return held


def _refusal_of_giver(office: Office, by: Office, at: datetime) -> Refused | None:
    """Who may give the key of this office: who may give the office itself, and never its own holder."""
    if denied := refusal(by, may="accounts.issue_key", of=office.body, election=office.election, at=at):
        return denied
    if by.person_id == office.person_id:
        return Refused.because(NORM, "not_for_oneself")
    if Role(by.role) not in GIVEN_BY[Role(office.role)]:
        return Refused.because(NORM, "role_given_by_others", role=office.role, body=office.body.code)
    return None


def _refusal_of_office(office: Office, at: datetime) -> Refused | None:
    if Role(office.role) not in KEYED:
        return Refused.because(NORM, "key_would_open_nothing", role=office.role)
    if not office.holds_at(at) or not office.person.is_active:
        return Refused.because(NORM, "key_needs_an_office_held", role=office.role, body=office.body.code)
    return None


def _faults(name: str, at: datetime, until: datetime | None) -> Iterator[Finding]:
    """What is wrong with what was typed, all at once."""
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        yield Finding(NORM, "key_needs_a_name", Severity.ERROR, {"longest": LONGEST_NAME}, ("name",))
    if until is not None and until <= at:
        yield Finding(NORM, "key_ends_before_it_begins", Severity.ERROR, {}, ("until",))


def _record(name: str, key: ApiKey, *, by: Office, at: datetime, **more: object) -> None:
    """The machine and its office; of the key itself nothing, and nobody's name."""
    office = key.office
    payload = {"office": office.pk, "role": office.role, "body": office.body.code, "machine": key.name, **more}
    ledger.record(name, subject=f"key:{key.pk}", by=by, at=at, grounds=(NORM,), payload=payload)
