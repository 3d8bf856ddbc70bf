"""What a superior office does for somebody who cannot sign in: a link for a new password, or a new second factor.

Nobody does both for the same person within a week: whoever wants to enter as another would need a second official.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from shailoo.accounts import passwords, sessions
from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office, Person
from shailoo.accounts.roles import MAY, Reach, Role
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger
from shailoo.ledger.models import Act

NORM = "L12.1"
FACTOR_RESET, LINK_ISSUED = "person.second_factor_reset", "person.password_link_issued"
NOT_BOTH_WITHIN = timedelta(days=7)


@transaction.atomic
def reset_second_factor(person: Person, *, by: Office, at: datetime, reason: str) -> Person | Refused:
    """Take all second factors of `person` away and end all sessions; the next sign-in sets up a new one.

    Refused to the person himself, to an office that does not reach every office which the person holds, without a
    reason, and to whoever issued a link for a new password to the same person within a week.
    """
    if denied := _refusal(person, by, at, other=LINK_ISSUED):
        return denied
    if not reason.strip():
        return Refused.because(NORM, "say_why", fields=("reason",))
    taken = Authenticator.objects.filter(user=person).delete()[0]
    ended = sessions.end_all(person)
    payload = {"reason": reason.strip(), "factors": taken, "sessions": ended}
    ledger.record(FACTOR_RESET, subject=f"person:{person.pk}", by=by, at=at, grounds=(NORM,), payload=payload)
    return person


@transaction.atomic
def issue_password_link(person: Person, *, by: Office, at: datetime, reason: str) -> str | Refused:
    """The address under which `person` sets a new password, once and within a day; to be handed over in person.

    Refused as `reset_second_factor`, and to whoever reset the second factor of the same person within a week.
    """
    if denied := _refusal(person, by, at, other=FACTOR_RESET):
        return denied
    if not reason.strip():
        return Refused.because(NORM, "say_why", fields=("reason",))
    payload = {"reason": reason.strip()}
    ledger.record(LINK_ISSUED, subject=f"person:{person.pk}", by=by, at=at, grounds=(NORM,), payload=payload)
    return passwords.link(person)


def _refusal(person: Person, by: Office, at: datetime, *, other: str) -> Refused | None:
    if by.person_id == person.pk:
        return Refused.because(NORM, "not_for_oneself")
    still = Q(until__isnull=True) | Q(until__gt=at)
    held = list(Office.objects.filter(still, person=person).select_related("body"))
    for office in held:
        if denied := refusal(by, may="accounts.invite", of=office.body, election=office.election or None, at=at):
            return denied
    if not held and (denied := _refusal_without_office(by, at)):
        return denied
    both = Act.objects.filter(name=other, subject=f"person:{person.pk}", at__gt=at - NOT_BOTH_WITHIN)
    if both.filter(office__person=by.person_id).exists():
        return Refused.because(NORM, "nobody_resets_both")
    return None


def _refusal_without_office(by: Office, at: datetime) -> Refused | None:
    """A person who holds no office belongs to nobody's reach but that of who reaches everywhere."""
    if denied := refusal(by, may="accounts.invite", at=at):
        return denied
    if MAY["accounts.invite"][Role(by.role)] is not Reach.EVERYWHERE:
        return Refused.because(NORM, "office_may_not", act="accounts.invite", role=by.role)
    return None
