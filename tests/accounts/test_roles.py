"""The tables of roles: every act × role × body × election × term, without a database; what they owe each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import MAY, MEMBERS, ROLES_AT, Kind, Reach, Role

SINCE, NOW = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 10, 5, tzinfo=UTC)
ABOVE = Body(pk=1, code="above", kind=Kind.CEC)
HOME = Body(pk=2, code="home", kind=Kind.TEC, superior=ABOVE)
BELOW = Body(pk=3, code="below", kind=Kind.PEC, superior=HOME)
FAR_BELOW = Body(pk=4, code="far-below", kind=Kind.PEC, superior=BELOW)
ELSEWHERE = Body(pk=5, code="elsewhere", kind=Kind.TEC, superior=ABOVE)
REACHED = {
    Reach.HERE: {HOME},
    Reach.OWN: {HOME, BELOW, FAR_BELOW},
    Reach.EVERYWHERE: {ABOVE, HOME, BELOW, FAR_BELOW, ELSEWHERE},
}


def held(role: Role, *, election: str = "", until: datetime | None = None) -> Office:
    """An office at HOME that stands in no database."""
    person = Person(pk=1, username=role.value, name="-")
    return Office(pk=1, person=person, body=HOME, role=role, since=SINCE, until=until, election=election)


def said(office: Office, act: str, of: Body | None, election: str | None = None) -> str:
    """The code of the refusal, empty where there is none."""
    refused = refusal(office, may=act, at=NOW, of=of, election=election)
    return refused.codes[0] if refused else ""


def cases() -> Iterator[tuple[str, Role, Reach | None]]:
    for act, role in product(MAY, Role):
        yield act, role, MAY[act].get(role)


@pytest.mark.norm("L12.1")
def test_every_act_is_open_to_its_roles_over_their_bodies_alone() -> None:
    for act, role, reach in cases():
        for body in REACHED[Reach.EVERYWHERE]:
            expected = "office_may_not" if reach is None else "" if body in REACHED[reach] else "other_territory"
            assert said(held(role), act, body) == expected, (act, role, body)
        assert said(held(role), act, None) == ("" if reach else "office_may_not"), (act, role)


@pytest.mark.norm("L12.1")
def test_an_office_of_one_election_does_no_act_in_another() -> None:
    for act, role, reach in cases():
        if reach is None:
            continue
        limited = held(role, election="rehearsal-2020")
        assert said(limited, act, HOME, "rehearsal-2020") == "", (act, role)
        assert said(limited, act, HOME, "president-2021") == "other_election", (act, role)
        assert said(held(role), act, HOME, "president-2021") == "", (act, role)


@pytest.mark.norm("L12.1")
def test_before_its_term_and_from_its_end_on_an_office_does_no_act() -> None:
    for act, role, reach in cases():
        if reach is None:
            continue
        begins = held(role)
        begins.since = NOW + timedelta(microseconds=1)
        assert said(begins, act, HOME) == "office_not_held", (act, role)
        assert said(held(role, until=NOW), act, HOME) == "office_not_held", (act, role)
        assert said(held(role, until=NOW + timedelta(microseconds=1)), act, HOME) == "", (act, role)
        retired = held(role)
        retired.person.is_active = False
        assert said(retired, act, HOME) == "office_not_held", (act, role)


def test_every_role_exists_somewhere_and_the_members_of_a_commission_at_its_level_alone() -> None:
    assert {role for roles in ROLES_AT.values() for role in roles} == set(Role)
    assert set(ROLES_AT) == set(Kind)
    for role in MEMBERS:
        assert [kind.value for kind in Kind if role in ROLES_AT[kind]] == [role.value.partition("_")[0]]


def test_an_act_that_nobody_knows_is_a_fault_and_no_refusal() -> None:
    with pytest.raises(KeyError):
        refusal(held(Role.CEC_CHAIR), may="anything", at=NOW)
