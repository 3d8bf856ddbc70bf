"""Every case of oracles.yaml: worked by hand, told by the rules. A case that no test claims makes the run fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.calendar import start_of
from shailoo.law.complaints.breach import Accused, Liability, Reviewer
from shailoo.law.complaints.breach import review as review_breach
from shailoo.law.complaints.chain import ChainStart, longest
from shailoo.law.complaints.complaint import Standing, Treatment, review, standing_of
from shailoo.law.complaints.parties import Body, Complainant, Subject
from tests.law.complaints.cases import JK, LAW, at, breach_report, codes, complaint

CASES: Mapping[str, Mapping[str, Any]] = {  # Any: a case is a table of its own shape, and its test says which
    case["id"]: case for case in yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text("utf-8"))
}
TOLD = {"E01", "E02", "E04", "E06", "E07", "E09", "E11", "E12", "E14"}


def case(name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return CASES[name]["facts"], CASES[name]["expected"]


def noon(day: date) -> datetime:
    return start_of(day) + timedelta(hours=12)


def test_every_case_is_told() -> None:
    assert set(CASES) == TOLD


@pytest.mark.norm("L44.7", "L44.12.b")
@pytest.mark.parametrize(
    ("count", "expected"), [("calendar_days_end_of_day", "accepted"), ("hours", "accepted_by_hours")]
)
def test_e01_two_days_from_awareness(count: str, expected: str) -> None:
    facts, wanted = case("E01")
    law = LAW.with_readings(filing_day_count=count)
    found = [review(complaint(since=at(facts["aware_at"]), filed_at=at(each)), law) for each in facts["filed_at"]]
    assert [each.value.treatment is Treatment.ACCEPT for each in found] == wanted[expected]


@pytest.mark.norm("L44.8.a", "L44.8.c")
def test_e02_decision_of_a_commission() -> None:
    facts, wanted = case("E02")
    received = noon(facts["received"])
    found = [
        review(complaint(since=received, filed_at=received, additional_verification=each), LAW).value.decision
        for each in facts["additional_verification"]
    ]
    assert [each and each.by for each in found] == wanted["due"]


@pytest.mark.norm("L44.9", "L44.5")
def test_e04_appeal_against_the_decision() -> None:
    facts, wanted = case("E04")
    issued = noon(facts["decision"])
    appeal = complaint(
        subject=Subject.COMPLAINT_DECISION, respondent=Body.TEC, filed_with=Body.CEC, since=issued, filed_at=issued
    )
    found = [review(replace(appeal, filed_at=at(each)), LAW).value.treatment for each in facts["filed"]]
    assert [each is Treatment.ACCEPT for each in found] == wanted["accepted"]


@pytest.mark.norm("L43.5.a", "L43.5.b", "L43.5.c")
def test_e06_prosecutor_or_police() -> None:
    facts, wanted = case("E06")
    found = [
        review_breach(breach_report(received_at=noon(day), additional_verification=verified), LAW).value.answer
        for day, verified in zip(facts["received"], facts["additional_verification"], strict=True)
    ]
    assert [each.by for each in found] == wanted["due"]
    assert [each.at_once for each in found] == wanted["at_once"]


@pytest.mark.norm("L45.3", "L45.2.a", "L45.2.b", "L45.2.c", "L45.4.b", "L45.5")
def test_e07_the_longest_chain_on_a_precincts_results() -> None:
    facts, wanted = case("E07")
    start = ChainStart(JK, Body.PEC, Subject.RESULTS, at(facts["pec_protocol_signed"]))
    found = longest(start, LAW)
    tec, cec, court = found.value.links[:3]
    assert [each.body for each in found.value.links] == [Body.TEC, Body.CEC, Body.COURT, Body.SUPREME_COURT]
    assert (tec.file_by, tec.decide_by) == (wanted["complaint"], wanted["tec"])
    assert (cec.file_by, cec.decide_by) == (wanted["cec_filed"], wanted["cec"])
    assert court.file_by == wanted["court_filed"]
    (passes,) = found.findings
    assert (passes.norm, passes.code) == ("L37.1.a", "chain_passes_determination")
    assert passes.facts["last"] == wanted["determination"]


@pytest.mark.norm("L45.1", "L44.2")
def test_e09_standing() -> None:
    facts, wanted = case("E09")
    who = [Complainant(each) for each in facts["complainants"]]
    assert [standing_of(each, Subject.RESULTS, LAW) for each in who] == [Standing(each) for each in wanted["results"]]
    assert [standing_of(each, Subject.ACT, LAW) for each in who] == [Standing(each) for each in wanted["other"]]


@pytest.mark.norm("L61.9", "L44.6.a", "L44.7")
def test_e11_refusal_to_register_a_list() -> None:
    facts, wanted = case("E11")
    found = [
        review(
            complaint(
                complainant=Complainant.PARTY,
                respondent=Body.CEC,
                subject=Subject.LIST_REFUSAL,
                filed_with=Body.COURT,
                since=noon(facts["decision"]),
                filed_at=noon(day),
            ),
            LAW,
        )
        for day in facts["filed"]
    ]
    assert [each.value.competent for each in found] == [Body(wanted["addressee"])] * 3
    assert [each.value.treatment for each in found] == [Treatment(each) for each in wanted["treatment"]]
    assert [("L61.9", "complaint_in_the_longer_term") in codes(each) for each in found] == wanted["warned"]


@pytest.mark.norm("L44.4", "L44.1.a")
def test_e12_wrong_addressee() -> None:
    facts, wanted = case("E12")
    found = review(
        complaint(
            respondent=Body(facts["respondent"]),
            filed_with=Body(facts["filed_with"]),
            since=noon(facts["aware"]),
            filed_at=noon(facts["filed_at"]),
        ),
        LAW,
    )
    assert found.value.competent is Body(wanted["competent"])
    assert found.value.treatment is Treatment(wanted["treatment"])
    assert (found.unsettled is not None) is wanted["manual_decision"]


@pytest.mark.norm("L43.4.b", "L43.4.c", "L43.4.d")
def test_e14_routing_by_respondent_and_liability() -> None:
    facts, wanted = case("E14")
    found = [
        review_breach(
            breach_report(accused=Accused(each["accused"]), liability=Liability(each["liability"])), LAW
        ).value.reviewers
        for each in facts["cases"]
    ]
    assert found == [tuple(Reviewer(each) for each in route) for route in wanted["route"]]
