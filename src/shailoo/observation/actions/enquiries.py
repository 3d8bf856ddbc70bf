"""Organizations that ask for an account: an address proved by a link, then an answer of the CEC with its reason.

Whoever asks learns nothing from asking: the page says the same for every address, known here or not.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.observation.actions.senders import NORMS, Account, Admitted, admit
from shailoo.observation.models import Enquiry, Sender

OPEN_FOR = timedelta(days=3)
NORM = "L12.1"


@dataclass(frozen=True, slots=True)
class Asking:
    """What an organization says of itself."""

    name: str
    kind: Sender.Kind
    contact: str
    email: str
    language: str
    country: str = ""
    registration: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The enquiry, and the secret of the link that proves its address: told once, here, and kept nowhere."""

    enquiry: Enquiry
    secret: str


@transaction.atomic
def enquire(asking: Asking, *, at: datetime) -> Asked:
    """Keep an enquiry until its address is proved; nobody sees it before."""
    secret = secrets.token_urlsafe(32)
    enquiry = Enquiry.objects.create(
        name=asking.name.strip(),
        kind=asking.kind,
        country=asking.country,
        registration=asking.registration.strip(),
        contact=asking.contact.strip(),
        email=asking.email,
        phone=asking.phone.strip(),
        language=asking.language,
        digest=_digest(secret),
        at=at,
        expires_at=at + OPEN_FOR,
    )
    _record("enquiry.made", enquiry, None, at, {"kind": enquiry.kind})
    return Asked(enquiry, secret)


def opened(secret: str, at: datetime) -> Enquiry | Refused:
    """The enquiry that a link opens; refused where there is none, it was answered, or it has expired unproved."""
    found = Enquiry.objects.filter(digest=_digest(secret)).first()
    if found is None or (found.confirmed_at is None and at >= found.expires_at):
        return Refused.because(NORM, "enquiry_link_unknown")
    return found


@transaction.atomic
def confirm(secret: str, *, at: datetime) -> Enquiry | Refused:
    """Prove the address of an enquiry by the secret that was sent to it; a second time changes nothing."""
    found = opened(secret, at)
    if isinstance(found, Refused):
        return found
    held = Enquiry.objects.select_for_update().get(pk=found.pk)
    if held.confirmed_at is None:
        held.confirmed_at = at
        held.save(update_fields=["confirmed_at"])
        _record("enquiry.confirmed", held, None, at, {})
    return held


@transaction.atomic
def admit_enquiry(enquiry: Enquiry, account: Account, *, by: Office, at: datetime, ground: str) -> Admitted | Refused:
    """Give the organization that asked an account (`senders.admit`), and close the enquiry with it."""
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if denied := _not_open(held, by, at):
        return denied
    answer = admit(account, by=by, at=at, ground=ground)
    if isinstance(answer, Refused):
        transaction.set_rollback(True)
        return answer
    held.admitted, held.office, held.closed_at = answer.sender, by, at
    held.save(update_fields=["admitted", "office", "closed_at"])
    return answer


@transaction.atomic
def refuse_enquiry(enquiry: Enquiry, reason: str, *, by: Office, at: datetime) -> Enquiry | Refused:
    """Refuse an account, with the reason; the organization can ask again."""
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if denied := _not_open(held, by, at):
        return denied
    if not reason.strip():
        return Refused.because(NORM, "say_why", fields=("reason",))
    held.refusal, held.office, held.closed_at = reason.strip(), by, at
    held.save(update_fields=["refusal", "office", "closed_at"])
    _record("enquiry.refused", held, by, at, {})
    return held


def _not_open(enquiry: Enquiry, by: Office, at: datetime) -> Refused | None:
    if denied := refusal(by, may="observation.admit", at=at, election=None):
        return denied
    if enquiry.confirmed_at is None:
        return Refused.because(NORM, "enquiry_not_proved")
    if enquiry.closed_at is not None:
        return Refused.because(NORM, "enquiry_answered_before")
    return None


def _record(name: str, enquiry: Enquiry, by: Office | None, at: datetime, payload: dict[str, object]) -> None:
    grounds = (NORMS[enquiry.kind],)
    ledger.record(name, subject=f"enquiry:{enquiry.pk}", by=by, at=at, grounds=grounds, payload=payload)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
