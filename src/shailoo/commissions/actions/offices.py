"""Giving people offices at commissions (L12.2).

`by` is None only for what the installation itself does before the first office exists.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import ROLES_AT, Kind, Role
from shailoo.commissions.actions.establishing import CEC
from shailoo.law.outcome import Refused
from shailoo.ledger import actions as ledger


@transaction.atomic
def appoint(person: Person, body: Body, role: Role, *, by: Office | None, since: datetime) -> Office | Refused:
    """Give `person` the office of `role` at `body` from the instant `since` (L12.2).

    The installation itself (`by` None) may appoint only while no office exists at the CEC: the first one. Refused
    where the role does not exist at a commission of that level or the person holds the same office there already.
    """
    if denied := _refusal_of_appointment(body, role, by, since):
        return denied
    if Office.objects.filter(person=person, body=body, role=role, until__isnull=True).exists():
        return Refused.because("L12.2", "office_held_already", role=role.value, body=body.code)
    office = Office.objects.create(person=person, body=body, role=role, since=since)
    payload = {"person": person.username, "role": role.value, "since": since}
    ledger.record("office.given", subject=f"body:{body.code}", by=by, at=since, grounds=("L12.2",), payload=payload)
    return office


def _refusal_of_appointment(body: Body, role: Role, by: Office | None, at: datetime) -> Refused | None:
    if by is not None and (denied := refusal(by, may="commissions.appoint", of=body, at=at)):
        return denied
    if by is None and Office.objects.filter(body__code=CEC).exists():
        return Refused.because("L12.2", "appointed_by_an_office")
    if role not in ROLES_AT[Kind(body.kind)]:
        return Refused.because("L12.2", "no_such_role_here", role=role.value, body=body.code)
    return None
