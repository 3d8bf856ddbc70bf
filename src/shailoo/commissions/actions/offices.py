"""Giving people offices at bodies and ending them, by decision (Art. 12; incompatible by Art. 9, 10-1, 17, 19, 20).

`by` is None only for what the installation itself does before the first office exists. Which office may give which one
stands in `accounts.roles.GIVEN_BY`; over which bodies, in the reach of the act `commissions.appoint`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shailoo.accounts.access import refusal
from shailoo.accounts.conflicts import barring, office_conflicts, overlapping
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import GIVEN_BY, ROLES_AT, Kind, Role
from shailoo.commissions.actions.establishing import CEC
from shailoo.law.outcome import Finding, Refused
from shailoo.ledger import actions as ledger

NORM = "L12.2"


@transaction.atomic
def appoint(
    person: Person,
    body: Body,
    role: Role,
    *,
    by: Office | None,
    since: datetime,
    until: datetime | None = None,
    election: str = "",
    ground: str = "",
) -> Office | Refused:
    """Give `person` the office of `role` at `body` from the instant `since` until `until` (open where None) (L12.2).

    `election` is the slug of the one election that the office is for, empty for all; `ground` the decision by which it
    is given. The installation itself (`by` None) gives the first office of the CEC alone. Refused where the role does
    not exist at such a body or is not the giver's to give, where the person holds the office already, and where the law
    shuts it out beside another office of the same time and election; what the law only warns of is recorded.
    """
    office = Office(
        person=person, body=body, role=role, since=since, until=until, election=election, ground=ground.strip()
    )
    if denied := _refusal_of_giver(office, by) or _refusal_of_office(office):
        return denied
    Person.objects.select_for_update(no_key=True).get(
        pk=person.pk
    )  # two appointments of one person: one after the other
    others = list(overlapping(office))
    if any(_the_same(office, other) for other in others):
        return Refused.because(NORM, "office_held_already", role=role.value, body=body.code)
    findings = office_conflicts(office, others)
    if errors := barring(findings):
        return Refused(errors)
    office.save()
    _record("office.given", office, by, since, findings)
    return office


@transaction.atomic
def end_office(office: Office, *, by: Office, at: datetime, ground: str) -> Office | Refused:
    """End an office at the instant `at` by the decision `ground`; what was done in it stays done (L12.2).

    Refused to whoever could not give the office, to its own holder, without a ground, before it begins and where it has
    ended. An office that would end later ends earlier; never the other way round.
    """
    held = (
        Office.objects.select_for_update(no_key=True, of=("self",)).select_related("body", "person").get(pk=office.pk)
    )
    if denied := _refusal_of_giver(held, by, at):
        return denied
    if not ground.strip():
        return Refused.because(NORM, "office_needs_a_ground", fields=("ground",))
    if at <= held.since:
        return Refused.because(NORM, "office_ends_before_it_begins", fields=("until",))
    if held.until is not None and held.until <= at:
        return Refused.because(NORM, "office_ended_before", role=held.role, body=held.body.code)
    held.until = at
    held.save(update_fields=["until"])
    _record("office.ended", held, by, at, (), reason=ground.strip())
    return held


def _refusal_of_giver(office: Office, by: Office | None, at: datetime | None = None) -> Refused | None:
    """Who may give this office, or end it: the same, and never its own holder."""
    if by is None:
        first = not Office.objects.filter(body__code=CEC).exists()
        return None if first else Refused.because(NORM, "appointed_by_an_office")
    may, at = "commissions.appoint", at or office.since
    if denied := refusal(by, may=may, of=office.body, election=office.election, at=at):
        return denied
    if by.person_id == office.person_id:
        return Refused.because(NORM, "own_office")
    known = Role(office.role) in ROLES_AT[Kind(office.body.kind)]
    if known and Role(by.role) not in GIVEN_BY[Role(office.role)]:
        return Refused.because(NORM, "role_given_by_others", role=office.role, body=office.body.code)
    return None


def _refusal_of_office(office: Office) -> Refused | None:
    if Role(office.role) not in ROLES_AT[Kind(office.body.kind)]:
        return Refused.because(NORM, "no_such_role_here", role=office.role, body=office.body.code)
    if office.until is not None and office.until <= office.since:
        return Refused.because(NORM, "office_ends_before_it_begins", fields=("until",))
    return None


def _the_same(office: Office, other: Office) -> bool:
    """Whether `other` is this office already: the role at the body, for this election or for all."""
    same = (other.body_id, other.role) == (office.body_id, office.role)
    return same and other.election in ("", office.election)


def _record(
    name: str, office: Office, by: Office | None, at: datetime, findings: Iterable[Finding], *, reason: str = ""
) -> None:
    warned = tuple(findings)
    payload: dict[str, object] = {
        "office": office.pk,
        "person": office.person.username,
        "role": str(office.role),
        "since": office.since,
    }
    extra = {"until": office.until, "election": office.election, "ground": reason or office.ground}
    payload |= {key: value for key, value in extra.items() if value}
    if warned:
        payload["warnings"] = [{"norm": each.norm, "code": each.code, "facts": dict(each.facts)} for each in warned]
    grounds = tuple(dict.fromkeys((NORM, *(each.norm for each in warned))))
    ledger.record(name, subject=f"body:{office.body.code}", by=by, at=at, grounds=grounds, payload=payload)
