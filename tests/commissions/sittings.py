"""Decisions for the tests of every department: the quickest honest way through the real acts of a sitting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.actions import (
    Plan,
    Question,
    Text,
    attend_as_member,
    call_sitting,
    conclude_motion,
    include_item,
    open_sitting,
    propose_item,
    put_motion,
    record_votes,
)
from shailoo.commissions.models import Commission, Decision, Matter, Sitting, Vote
from shailoo.commissions.queries import members_of, seats_of
from shailoo.law.outcome import Refused

T = TypeVar("T")
A_SECOND = timedelta(seconds=1)
MEMBERS_OF = {
    Kind.CEC: (Role.CEC_CHAIR, Role.CEC_SECRETARY, Role.CEC_MEMBER),
    Kind.TEC: (Role.TEC_CHAIR, Role.TEC_SECRETARY, Role.TEC_MEMBER),
    Kind.PEC: (Role.PEC_CHAIR, Role.PEC_SECRETARY, Role.PEC_MEMBER),
}


def done(answer: T | Refused) -> T:
    """What the act gave; the test fails where it was refused."""
    assert not isinstance(answer, Refused), answer
    return answer


def refused(answer: object) -> tuple[str, ...]:
    """The codes of a refusal; the test fails where the act was done."""
    assert isinstance(answer, Refused), answer
    return answer.codes


def decided(
    body: Body,
    matter: Matter,
    subject: str,
    *,
    at: datetime,
    title: str = "Чечим",
    replaces: Decision | None = None,
    repeals: Decision | None = None,
    election: str = "",
) -> Decision:
    """A decision of the body on the matter and subject, taken at `at` by all its members in a sitting of one second.

    A body without a chair, a secretary or a third member gets them.
    """
    sitting, members = in_session(body, at=at, election=election)
    chair, secretary = members[0], members[1]
    item = done(propose_item(sitting, Question(matter, title_ky=title, subject=subject), by=chair, at=at))
    done(include_item(item, by=chair, at=at))
    text = Text(text_ky=f"{title}.", norms=("L12.4",), replaces=replaces, repeals=repeals)
    motion = done(put_motion(item, text, by=chair, at=at))
    done(record_votes(motion, dict.fromkeys(members, Vote.Choice.FOR), by=secretary, at=at))
    decision = done(conclude_motion(motion, by=chair, at=at))
    assert isinstance(decision, Decision), decision
    return decision


def in_session(
    body: Body, *, at: datetime, election: str = "", kind: Sitting.Kind = Sitting.Kind.REGULAR
) -> tuple[Sitting, list[Office]]:
    """An open sitting with every member present at `at`; the members are the chair, the secretary, then the others."""
    members = seated(body, at - A_SECOND)
    plan = Plan("Бишкек", at, kind, election)
    sitting = done(call_sitting(Commission.objects.get(pk=body.pk), plan, by=members[0], at=at - A_SECOND))
    done(attend_as_member(sitting, members, by=members[0], at=at))
    opened = open_sitting(sitting, by=members[0], at=at, chair=members[0], secretary=members[1])
    return done(opened), members


def seated(body: Body, at: datetime) -> list[Office]:
    """The members at the instant `at`, one office for a person: a chair, a secretary and as many as there are seats."""
    commission = Commission.objects.get(pk=body.pk)
    found: dict[int, Office] = {}
    for office in members_of(body, at):
        found.setdefault(office.person_id, office)
    members = list(found.values())
    chair, secretary, plain = MEMBERS_OF[Kind(body.kind)]
    for role in (chair, secretary):
        if not any(office.role == role for office in members):
            members.append(_member(body, role, at))
    while len(members) < max(3, seats_of(commission, at)):
        members.append(_member(body, plain, at))
    order = {chair: 0, secretary: 1}
    return sorted(members, key=lambda office: (order.get(Role(office.role), 2), office.pk))


def _member(body: Body, role: Role, at: datetime) -> Office:
    number = Person.objects.count() + 1
    person = Person.objects.create(username=f"{body.code.lower()}-{role}-{number}", name=f"Асанов Бакыт {number}")
    return Office.objects.create(person=person, body=body, role=role, since=at - timedelta(days=1))
