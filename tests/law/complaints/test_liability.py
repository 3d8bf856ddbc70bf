"""Art. 47: the item of each breach, and what recorded facts show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.liability import (
    ITEMS,
    Actor,
    Breach,
    Campaigning,
    Duty,
    Leave,
    Performance,
    Records,
    Refusal,
    Reported,
    Suspected,
    Transfer,
    report,
)
from shailoo.law.norms import norms
from tests.law.complaints.cases import JK, LAW, at, codes, passed

LATER = at("2020-12-01")


def records(**facts: Any) -> Records:
    return replace(Records(JK, LATER), **facts)


def test_every_item_of_the_article_is_one_breach() -> None:
    assert sorted(norm for norm, _whose in ITEMS.values()) == sorted(
        each for each in norms() if each.startswith("L47.")
    )
    assert set(ITEMS) == set(Breach)


@pytest.mark.parametrize("breach", Breach)
def test_a_reported_breach_has_its_item_and_those_whom_it_is_about(breach: Breach) -> None:
    norm, whose = ITEMS[breach]
    for actor in Actor:
        found = report(records(reported=(Reported(breach, actor, "Асанов"),)), LAW)
        assert found.value == (Suspected(norm, breach, "Асанов"),)
        assert passed(found) == {(norm, "liability_item")}
        assert codes(found) == (set() if actor in whose else {(norm, "liability_of_others")})


def test_the_items_are_those_of_the_article() -> None:
    assert [norm for norm, _whose in (ITEMS[each] for each in Breach)] == [
        *(f"L47.1.{letter}" for letter in "abcdef"),
        *(f"L47.2.{letter}" for letter in "abcdefgh"),
        *(f"L47.3.{letter}" for letter in "abcdefghij"),
    ]


def test_items_of_some_only() -> None:
    assert {breach.value: sorted(whose) for breach, (_norm, whose) in ITEMS.items() if whose != frozenset(Actor)} == {
        "office_advantage": ["employee", "official"],
        "voter_data": ["official"],
        "ballots_for_others": ["commission"],
        "miscount": ["commission"],
        "results_withheld": ["commission", "official"],
        "groundless_refusal": ["commission", "official"],
        "statements_withheld": ["commission", "contender"],
        "leave_refused": ["employer"],
    }


DUTIES = [
    (Duty.VOTER_DATA, None, "2020-07-27T00:00", "L47.2.b"),
    (Duty.FUND_REPORT, None, "2020-10-15T00:00", "L47.3.i"),
    (Duty.PEC_PROTOCOL_COPIES, "2020-10-05T02:10", "2020-10-06T00:00", "L47.3.c"),
    (Duty.TEC_PROTOCOL_COPIES, "2020-10-07T12:00", "2020-10-08T00:00", "L47.3.c"),
    (Duty.PEC_PROTOCOLS_ONLINE, None, "2020-10-23T00:00", "L47.2.h"),
    (Duty.TEC_PROTOCOLS_ONLINE, None, "2020-10-24T00:00", "L47.2.h"),
    (Duty.GENERAL_RESULTS, "2020-10-20T12:00", "2020-10-22T00:00", "L47.2.h"),
    (Duty.FULL_RESULTS, "2020-10-20T12:00", "2020-11-04T00:00", "L47.2.h"),
]


@pytest.mark.norm("L47.2.b", "L47.2.h", "L47.3.c", "L47.3.i")
@pytest.mark.parametrize(("duty", "since", "over", "norm"), DUTIES)
def test_a_duty_done_late_or_not_at_all_is_reported(duty: Duty, since: str | None, over: str, norm: str) -> None:
    def found(done: datetime | None, as_of: datetime = LATER) -> set[tuple[str, str]]:
        given = Performance(duty, "Асанов", None if since is None else at(since), done)
        return codes(report(records(as_of=as_of, performances=(given,)), LAW))

    limit = at(over)
    before = datetime.fromtimestamp(limit.timestamp() - 60, limit.tzinfo)
    assert found(before) == set()
    assert found(limit) == {(norm, "duty_done_late")}
    assert found(None, before) == set()
    assert found(None, limit) == {(norm, "duty_not_done")}


def test_what_has_not_begun_is_no_breach() -> None:
    assert report(records(performances=(Performance(Duty.GENERAL_RESULTS, "БШК"),)), LAW).value == ()
    assert report(records(performances=(Performance(Duty.PEC_PROTOCOL_COPIES, "УШК"),)), LAW).value == ()


@pytest.mark.norm("L47.3.f")
@pytest.mark.parametrize(
    ("election", "instant", "breach"),
    [
        (JK, "2020-10-03T07:59", False),
        (JK, "2020-10-03T08:00", True),
        (JK, "2020-10-04T23:59", True),
        (JK, "2020-10-05T00:00", False),
        (Election(Kind.REPEAT_VOTING, date(2020, 10, 4)), "2020-10-03T07:59", False),
        (Election(Kind.REPEAT_VOTING, date(2020, 10, 4)), "2020-10-03T08:00", True),
    ],
)
def test_campaigning_from_24_hours_before_voting(election: Election, instant: str, breach: bool) -> None:
    found = report(records(election=election, campaigning=(Campaigning("Партия", at(instant)),)), LAW)
    assert codes(found) == ({("L47.3.f", "campaigning_in_silence")} if breach else set())
    assert found.value == ((Suspected("L47.3.f", Breach.CAMPAIGN_RULES, "Партия"),) if breach else ())


@pytest.mark.norm("L47.3.f")
@pytest.mark.parametrize(
    ("reading", "option", "first"),
    [("day_before_voting", "barred", "2020-10-03T00:00"), ("campaign_closing", "mobile_voting", "2020-10-02T08:00")],
)
def test_the_silence_is_that_of_the_readings_of_campaigning(reading: str, option: str, first: str) -> None:
    law = LAW.with_readings(**{reading: option})
    limit = at(first)
    for instant, breach in ((limit - timedelta(minutes=1), False), (limit, True)):
        found = report(records(campaigning=(Campaigning("Партия", instant),)), law)
        assert codes(found) == ({("L47.3.f", "campaigning_in_silence")} if breach else set())


@pytest.mark.norm("L47.2.c")
@pytest.mark.parametrize(
    ("made", "as_of", "late"),
    [
        (date(2020, 9, 10), "2020-12-01", False),
        (date(2020, 9, 11), "2020-12-01", True),
        (None, "2020-09-10T23:59", False),
        (None, "2020-09-11T00:00", True),
    ],
)
def test_money_that_a_commission_waits_for(made: date | None, as_of: str, late: bool) -> None:
    given = Transfer("Министерство", date(2020, 9, 10), made)
    found = report(records(as_of=at(as_of), transfers=(given,)), LAW)
    assert codes(found) == ({("L47.2.c", "transfer_delayed")} if late else set())
    assert found.value == ((Suspected("L47.2.c", Breach.FINANCING, "Министерство"),) if late else ())


@pytest.mark.norm("L47.3.d")
def test_a_refusal_to_register_names_its_ground() -> None:
    refusals = (Refusal("БШК", "Асанов", "L53.3.1"), Refusal("БШК", "Үсөнов"))
    found = report(records(refusals=refusals), LAW)
    assert [each.facts["whom"] for each in found.findings] == ["Үсөнов"]
    assert codes(found) == {("L47.3.d", "refusal_without_ground")}
    assert found.value == (Suspected("L47.3.d", Breach.GROUNDLESS_REFUSAL, "БШК"),)


@pytest.mark.norm("L47.3.j")
def test_an_employer_grants_leave() -> None:
    found = report(records(leaves=(Leave("Завод", granted=True), Leave("Банк", granted=False))), LAW)
    assert found.value == (Suspected("L47.3.j", Breach.LEAVE_REFUSED, "Банк"),)
    assert codes(found) == {("L47.3.j", "leave_refused")}


def test_a_repeat_voting_has_no_duty_of_preliminary_lists() -> None:
    with pytest.raises(ValueError, match="knows no duty"):
        records(
            election=Election(Kind.REPEAT_VOTING, date(2020, 10, 4)),
            performances=(Performance(Duty.VOTER_DATA, "МКК"),),
        )
