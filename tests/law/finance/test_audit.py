"""Art. 42: the audit group, its officials, its powers, and the terms of those whom it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.finance.audit import (
    POWERS,
    AuditAddressee,
    AuditGroup,
    AuditMember,
    AuditPower,
    AuditRequest,
    AuditRole,
    compose,
    request,
)
from tests.law.finance.cases import CALLING, ELECTION_DAY, LAW, at, breaches, errors, passed, warnings

HEAD, DEPUTY = AuditMember("1", AuditRole.HEAD), AuditMember("2", AuditRole.DEPUTY)
OFFICIAL = AuditMember(
    "3",
    AuditRole.INVITED_OFFICIAL,
    home_body="tax",
    seconded_on=date(2020, 7, 18),
    released=True,
    keeps_post_and_pay=True,
)


def group(*members: AuditMember, kind: Kind = Kind.JK) -> AuditGroup:
    return AuditGroup(kind, ELECTION_DAY, CALLING, members)


def others(number: int) -> tuple[AuditMember, ...]:
    return tuple(AuditMember(f"m{place}", AuditRole.COMMISSION_MEMBER) for place in range(number))


@pytest.mark.norm("L42.2.a")
@pytest.mark.parametrize(("members", "lawful"), [(0, True), (5, True), (6, False)])
def test_seven_at_most_head_and_deputy_included(members: int, lawful: bool) -> None:
    found = compose(group(HEAD, DEPUTY, *others(members)), LAW)
    assert (found.value.members, found.value.lawful) == (members + 2, lawful)
    assert errors(found) == (set() if lawful else {("L42.2.a", "audit_group_too_large")})


@pytest.mark.norm("L42.3.a")
@pytest.mark.parametrize(
    "members", [(HEAD,), (DEPUTY,), (HEAD, DEPUTY, replace(HEAD, id="9")), (HEAD, DEPUTY, replace(DEPUTY, id="9"))]
)
def test_one_head_and_one_deputy(members: tuple[AuditMember, ...]) -> None:
    assert errors(compose(group(*members), LAW)) == {("L42.3.a", "audit_group_head_count")}


@pytest.mark.norm("L42.3.a")
def test_an_invited_official_comes_from_a_body() -> None:
    found = compose(group(HEAD, DEPUTY, replace(OFFICIAL, home_body=None)), LAW)
    assert errors(found) == {("L42.3.a", "audit_official_without_body")}
    assert compose(group(HEAD, DEPUTY, OFFICIAL), LAW).findings == ()


@pytest.mark.norm("L42.3.b")
@pytest.mark.parametrize(
    ("kind", "seconded", "code"),
    [
        (Kind.JK, date(2020, 7, 18), None),
        (Kind.JK, date(2020, 7, 19), "audit_official_seconded_late"),
        (Kind.JK_EARLY, date(2020, 7, 13), None),  # 15 days less a third: 10
        (Kind.JK_EARLY, date(2020, 7, 14), "audit_official_seconded_late"),
        (Kind.JK, None, "audit_official_not_seconded"),
    ],
)
def test_officials_come_within_fifteen_days_of_the_calling(kind: Kind, seconded: date | None, code: str | None) -> None:
    found = compose(group(HEAD, DEPUTY, replace(OFFICIAL, seconded_on=seconded), kind=kind), LAW)
    assert breaches(found) == (set() if code is None else {("L42.3.b", code)})
    assert found.value.lawful


@pytest.mark.norm("L42.4.a", "L42.4.b")
@pytest.mark.parametrize(
    ("official", "norm", "code"),
    [
        (replace(OFFICIAL, released=False), "L42.4.a", "audit_official_not_released"),
        (replace(OFFICIAL, released=None), "L42.4.a", "audit_official_release_unknown"),
        (replace(OFFICIAL, keeps_post_and_pay=False), "L42.4.b", "audit_official_pay_not_kept"),
        (replace(OFFICIAL, keeps_post_and_pay=None), "L42.4.b", "audit_official_pay_unknown"),
    ],
)
def test_an_official_is_released_and_keeps_post_and_pay(official: AuditMember, norm: str, code: str) -> None:
    found = compose(group(HEAD, DEPUTY, official), LAW)
    assert warnings(found) == {(norm, code)}
    assert found.value.lawful


def test_a_member_stands_once() -> None:
    with pytest.raises(ValueError, match="a member stands twice"):
        group(HEAD, replace(DEPUTY, id="1"))


# ------------------------------------------------------------------------------------- powers and requests

ASKED = AuditRequest(
    Kind.JK,
    ELECTION_DAY,
    AuditPower.REQUEST_INFORMATION,
    AuditAddressee.STATE_BODY,
    at("2020-09-10T11:00"),
    instruction="12",
)
ANYBODY = {addressee.value for addressee in AuditAddressee}
NORMS = {
    AuditPower.CHECK_STATEMENTS: ("L42.6.1", {"candidate", "party", "commission"}),
    AuditPower.OBTAIN_FROM_CONTENDERS: ("L42.6.2", {"candidate", "party", "commission"}),
    AuditPower.CONTROL_FUNDING: ("L42.6.3", ANYBODY),
    AuditPower.REQUEST_INFORMATION: ("L42.6.4.a", {"state_body", "organization", "citizen"}),
    AuditPower.DRAW_UP_DOCUMENTS: ("L42.6.5", ANYBODY),
    AuditPower.PROPOSE_MEASURES: ("L42.6.6", {"commission"}),
    AuditPower.BRING_IN_EXPERTS: ("L42.6.7", {"expert"}),
}


@pytest.mark.norm("L42.6.1", "L42.6.2", "L42.6.3", "L42.6.4.a", "L42.6.5", "L42.6.6", "L42.6.7")
@pytest.mark.parametrize("addressee", list(AuditAddressee))
@pytest.mark.parametrize("power", list(AuditPower))
def test_each_power_reaches_those_whom_its_item_names(power: AuditPower, addressee: AuditAddressee) -> None:
    norm, reached = NORMS[power]
    found = request(replace(ASKED, power=power, addressee=addressee), LAW)
    assert found.value.allowed is (addressee.value in reached)
    assert errors(found) == (set() if addressee.value in reached else {(norm, "audit_addressee_not_of_power")})
    assert ((norm, "audit_power_used") in passed(found)) is (addressee.value in reached)


@pytest.mark.norm("L42.6")
@pytest.mark.parametrize("power", list(AuditPower))
def test_nothing_is_done_without_a_written_instruction(power: AuditPower) -> None:
    asked = replace(ASKED, power=power, addressee=min(POWERS[power][1]), instruction=None)
    found = request(asked, LAW)
    assert not found.value.allowed
    assert errors(found) == {("L42.6", "audit_without_instruction")}


@pytest.mark.norm("L42.6.2")
def test_for_contenders_and_commissions_the_law_names_no_term() -> None:
    found = request(replace(ASKED, power=AuditPower.OBTAIN_FROM_CONTENDERS, addressee=AuditAddressee.PARTY), LAW)
    assert found.value.due is None
    assert ("L42.6.2", "audit_no_term_of_answer") in passed(found)


@pytest.mark.norm("L42.6.4.b", "L42.6.4.c")
@pytest.mark.parametrize(
    ("received", "due", "at_once"),
    [
        ("2020-09-28T23:59", date(2020, 10, 1), False),
        ("2020-09-29T00:00", date(2020, 9, 29), True),
        ("2020-10-04T09:00", date(2020, 10, 4), True),
        ("2020-10-05T00:00", date(2020, 10, 8), False),
    ],
)
def test_five_days_before_the_election_and_fewer_a_request_is_answered_at_once(
    received: str, due: date, at_once: bool
) -> None:
    found = request(replace(ASKED, received_at=at(received)), LAW)
    assert (found.value.due, found.value.at_once, found.value.in_time) == (due, at_once, None)
    assert [step.facts["last"] for step in found.steps if "last" in step.facts] == [due]


@pytest.mark.norm("L42.6.4.b", "L42.6.4.c")
@pytest.mark.parametrize(
    ("received", "answered", "norm", "in_time"),
    [
        ("2020-09-10T11:00", "2020-09-13T23:59", "L42.6.4.b", True),
        ("2020-09-10T11:00", "2020-09-14T00:00", "L42.6.4.b", False),
        ("2020-09-30T11:00", "2020-09-30T23:59", "L42.6.4.c", True),
        ("2020-09-30T11:00", "2020-10-01T00:00", "L42.6.4.c", False),
    ],
)
def test_an_answer_in_its_term_and_a_minute_later(received: str, answered: str, norm: str, in_time: bool) -> None:
    asked = replace(ASKED, received_at=at(received), answered_at=at(answered))
    found = request(asked, LAW)
    assert found.value.in_time is in_time
    assert errors(found) == (set() if in_time else {(norm, "audit_answer_late")})
    waiting = request(replace(asked, answered_at=None, asked_at=at(answered)), LAW)
    assert waiting.value.in_time is (None if in_time else False)


def test_no_answer_comes_before_its_request() -> None:
    with pytest.raises(ValueError, match="the answer came before the request"):
        replace(ASKED, answered_at=at("2020-09-10T10:59"))
    assert request(replace(ASKED, answered_at=ASKED.received_at), LAW).value.in_time is True
