"""Inviting people to offices: nobody signs up by himself; an office invites, by a link that opens once, for a week.

Who accepts chooses a name, a password and a second factor, and is given the office in the same transaction, by the
office that invited and on its ground (`appoint`). Of the link's secret only the hash is kept.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from shailoo.accounts import second_factor
from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Invitation, Office, Person
from shailoo.accounts.roles import GIVEN_BY, ROLES_AT, Kind, Role
from shailoo.commissions.actions.offices import appoint
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger

NORM = "L12.2"
OPEN_FOR = timedelta(days=7)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom an invitation is for: the name, and the mail address, which may be empty."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation, and the secret of its link: told once, here, and kept nowhere."""

    invitation: Invitation
    secret: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """How who accepts will sign in. `app` is the secret of the authenticator app; the caller has seen it proved."""

    username: str
    password: str
    app: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The office that was given, and the recovery codes of a new person (none for one who was here before)."""

    office: Office
    recovery_codes: tuple[str, ...] = ()


@transaction.atomic
def invite(
    guest: Guest, body: Body, role: Role, *, by: Office, at: datetime, ground: str, election: str = ""
) -> Invited | Refused:
    """Ask `guest` to take the office of `role` at `body`, by the decision `ground`, within a week (L12.2).

    Refused beyond the reach of the inviting office, for a role that does not exist there or is not its to give, without
    a ground and without a name.
    """
    if denied := refusal(by, may="accounts.invite", of=body, election=election, at=at):
        return denied
    if role not in ROLES_AT[Kind(body.kind)]:
        return Refused.because(NORM, "no_such_role_here", role=role.value, body=body.code)
    if Role(by.role) not in GIVEN_BY[role]:
        return Refused.because(NORM, "role_given_by_others", role=role.value, body=body.code)
    if not ground.strip():
        return Refused.because(NORM, "office_needs_a_ground", fields=("ground",))
    if not guest.name.strip():
        return Refused.because(NORM, "invitation_needs_a_name", fields=("name",))
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        digest=_digest(secret),
        name=guest.name.strip(),
        email=guest.email,
        body=body,
        role=role,
        election=election,
        ground=ground.strip(),
        by=by,
        at=at,
        expires_at=at + OPEN_FOR,
    )
    _record("person.invited", invitation, by=by, at=at)
    return Invited(invitation, secret)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Office, at: datetime) -> Invitation | Refused:
    """Close an invitation that has not been accepted: its link opens no more. By any office that could have made it."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("body").get(pk=invitation.pk)
    if denied := refusal(by, may="accounts.invite", of=held.body, election=held.election, at=at):
        return denied
    if ended := _ended(held, at):
        return ended
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    _record("invitation.withdrawn", held, by=by, at=at)
    return held


def opened(secret: str, at: datetime) -> Invitation | Refused:
    """The invitation that a link's secret opens at the instant `at`; refused where there is none or it has ended."""
    found = Invitation.objects.select_related("body", "by__body", "by__person").filter(digest=_digest(secret)).first()
    if found is None:
        return Refused.because(NORM, "invitation_unknown")
    return _ended(found, at) or found


def note_dead_link(secret: str, refused: Refused, *, at: datetime) -> None:
    """Put it on record that a link was opened which opens nothing; never the secret, nor who opened it."""
    known = Invitation.objects.filter(digest=_digest(secret)).first()
    subject, codes = f"invitation:{known.pk if known else 'unknown'}", {"codes": list(refused.codes)}
    ledger.record("invitation.refused", subject=subject, by=None, at=at, grounds=(NORM,), payload=codes)


def accept(secret: str, entrance: Entrance, *, at: datetime) -> Accepted | Refused:
    """Take the invited office as a new person: with a name, a password and an authenticator app (L12.2).

    All or nothing. A refusal keeps nothing but its record in the ledger, which names neither the secret nor the person.
    """
    return _taken(secret, entrance, at)


def accept_as(secret: str, person: Person, *, at: datetime) -> Accepted | Refused:
    """Take the invited office as somebody who is here already and has signed in."""
    return _taken(secret, person, at)


def _taken(secret: str, who: Entrance | Person, at: datetime) -> Accepted | Refused:
    with transaction.atomic():
        answer = _give(secret, who, at)
        if isinstance(answer, Refused):
            transaction.set_rollback(True)
    if isinstance(answer, Refused):
        note_dead_link(secret, answer, at=at)
    return answer


def _give(secret: str, who: Entrance | Person, at: datetime) -> Accepted | Refused:
    invitation = opened(secret, at)
    if isinstance(invitation, Refused):
        return invitation
    Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)  # of two at once the second comes too late
    invitation.refresh_from_db()
    if ended := _ended(invitation, at):
        return ended
    codes: tuple[str, ...] = ()
    if isinstance(who, Entrance):
        person = _new_person(who, invitation)
        if isinstance(person, Refused):
            return person
        codes = second_factor.set_up_app(person, who.app)[1]
    else:
        person = who
    office = appoint(
        person,
        invitation.body,
        Role(invitation.role),
        by=invitation.by,
        since=at,
        election=invitation.election,
        ground=invitation.ground,
    )
    if isinstance(office, Refused):
        return office
    invitation.accepted_at, invitation.office = at, office
    invitation.save(update_fields=["accepted_at", "office"])
    _record("invitation.accepted", invitation, by=office, at=at)
    return Accepted(office, codes)


def _new_person(entrance: Entrance, invitation: Invitation) -> Person | Refused:
    if not _USERNAME.fullmatch(entrance.username):
        return Refused.because(NORM, "username_unreadable", fields=("username",))
    if Person.objects.filter(username=entrance.username).exists():
        return Refused.because(NORM, "username_taken", fields=("username",))
    person = Person(username=entrance.username, name=invitation.name, email=invitation.email)
    try:
        validate_password(entrance.password, person)
    except ValidationError:
        return Refused.because(NORM, "password_too_weak", fields=("password",))
    person.set_password(entrance.password)
    person.save()
    return person


def _ended(invitation: Invitation, at: datetime) -> Refused | None:
    """None while it opens."""
    if invitation.accepted_at is not None:
        return Refused.because(NORM, "invitation_used")
    if invitation.withdrawn_at is not None:
        return Refused.because(NORM, "invitation_withdrawn")
    if at >= invitation.expires_at:
        return Refused.because(NORM, "invitation_expired")
    return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _record(name: str, invitation: Invitation, *, by: Office, at: datetime) -> None:
    """No name and no address of the guest: they stand in the invitation, not in what is published."""
    payload = {"body": invitation.body.code, "role": invitation.role, "ground": invitation.ground}
    if invitation.election:
        payload["election"] = invitation.election
    ledger.record(name, subject=f"invitation:{invitation.pk}", by=by, at=at, grounds=(NORM,), payload=payload)
