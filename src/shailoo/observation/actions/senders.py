"""Accounts of those who send people: a body of their own, and an invitation for whoever writes in its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.actions.invitations import Guest, Invited, invite
from shailoo.cooperation.models import Organization
from shailoo.law.outcome import NormId, Refused, records
from shailoo.ledger import actions as ledger
from shailoo.observation.models import Sender

BODIES: Mapping[str, tuple[Kind, Role]] = MappingProxyType(
    {
        Sender.Kind.CANDIDATE: (Kind.CANDIDATE, Role.AUTHORIZED_REPRESENTATIVE),
        Sender.Kind.PARTY: (Kind.PARTY, Role.AUTHORIZED_REPRESENTATIVE),
        Sender.Kind.NGO: (Kind.NGO, Role.NGO),
        Sender.Kind.FOREIGN_ORGANIZATION: (Kind.MISSION, Role.SENDING_ORGANIZATION),
        Sender.Kind.INTERNATIONAL_ORGANIZATION: (Kind.MISSION, Role.SENDING_ORGANIZATION),
        Sender.Kind.MEDIA: (Kind.MEDIA, Role.MEDIA),
    }
)
"""What kind of body a sender is, and the role of whoever writes its applications."""
NORMS: Mapping[str, NormId] = MappingProxyType(
    {
        Sender.Kind.CANDIDATE: "L9.1.a",
        Sender.Kind.PARTY: "L9.1.a",
        Sender.Kind.NGO: "L10-1.1",
        Sender.Kind.FOREIGN_ORGANIZATION: "R3.1",
        Sender.Kind.INTERNATIONAL_ORGANIZATION: "R3.1",
        Sender.Kind.MEDIA: "L11.1",
    }
)
"""By what it may send people."""
_PREFIX: Mapping[Kind, str] = MappingProxyType(
    {Kind.CANDIDATE: "CANDIDATE", Kind.PARTY: "PARTY", Kind.NGO: "NGO", Kind.MISSION: "MISSION", Kind.MEDIA: "MEDIA"}
)
LANGUAGES = ("ky", "ru", "en")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the desk enters it: names of the body, how it is reached, who will write for it."""

    kind: str
    name_ky: str
    name_ru: str
    name_en: str
    contact: str
    email: str
    language: str
    phone: str = ""
    address: str = ""
    registration: str = ""
    organization: Organization | None = None
    body: Body | None = None  # one that stands already, such as a party


@dataclass(frozen=True, slots=True)
class Admitted:
    """The sender, and the invitation for whoever writes in its name; the secret of its link is told once, here."""

    sender: Sender
    invited: Invited


@transaction.atomic
@records("R3.1", "L10-1.1", "L11.1")
def admit(account: Account, *, by: Office, at: datetime, ground: str) -> Admitted | Refused:
    """Give an organization an account, and invite who writes for it (R3.1, L10-1.1, L11.1).

    An organization from abroad stands in the register of cooperation first, with one account. Refused without its
    names, address and a ground; where it has an account already; and where the office may not invite.
    """
    if denied := refusal(by, may="observation.admit", at=at, election=None):
        return denied
    norm = NORMS[account.kind]
    if unfit := _unfit(account, norm, ground):
        return unfit
    body = account.body or _new_body(account)
    sender = Sender.objects.create(
        body=body,
        kind=account.kind,
        organization=account.organization if account.kind in Sender.ABROAD else None,
        registration=account.registration.strip(),
        address=account.address.strip(),
        email=account.email,
        phone=account.phone.strip(),
        language=account.language,
        office=by,
        at=at,
    )
    payload = {"body": body.code, "kind": account.kind, "ground": ground.strip()}
    ledger.record("sender.admitted", subject=f"sender:{sender.pk}", by=by, at=at, grounds=(norm,), payload=payload)
    guest, role = Guest(account.contact, account.email), BODIES[account.kind][1]
    invited = invite(guest, body, role, by=by, at=at, ground=ground)
    if isinstance(invited, Refused):
        transaction.set_rollback(True)
        return invited
    return Admitted(sender, invited)


def _unfit(account: Account, norm: NormId, ground: str) -> Refused | None:
    missing = tuple(
        name for name in ("name_ky", "name_ru", "name_en", "contact", "email") if not getattr(account, name).strip()
    )
    if missing and account.body is None:
        return Refused.because(norm, "sender_needs_names_and_address", fields=missing)
    if not ground.strip():
        return Refused.because(norm, "sender_needs_a_ground", fields=("ground",))
    if account.language not in LANGUAGES:
        return Refused.because(norm, "sender_needs_a_language", fields=("language",))
    abroad = account.kind in Sender.ABROAD
    if abroad and account.organization is None:
        return Refused.because(norm, "sender_not_in_the_register", fields=("organization",))
    if abroad and Sender.objects.filter(organization=account.organization).exists():
        return Refused.because(norm, "sender_has_an_account", fields=("organization",))
    if account.body is not None and account.body.kind != BODIES[account.kind][0]:
        return Refused.because(norm, "sender_of_another_kind", fields=("body",))
    if account.body is not None and Sender.objects.filter(body=account.body).exists():
        return Refused.because(norm, "sender_has_an_account", fields=("body",))
    return None


def _new_body(account: Account) -> Body:
    """A body under the next free code of its kind."""
    kind = BODIES[account.kind][0]
    number = Body.objects.filter(kind=kind).count() + 1
    while Body.objects.filter(code=f"{_PREFIX[kind]}-{number}").exists():
        number += 1
    return Body.objects.create(
        code=f"{_PREFIX[kind]}-{number}",
        kind=kind,
        name_ky=account.name_ky.strip(),
        name_ru=account.name_ru.strip(),
        name_en=account.name_en.strip(),
    )
