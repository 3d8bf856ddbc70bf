"""The longest chain: dates of the published cases, the trap of the eve, and every way of filing tried naively."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import start_of
from shailoo.law.complaints.chain import ChainStart, longest
from shailoo.law.complaints.parties import Body, Subject
from tests.law.complaints import naive
from tests.law.complaints.cases import JK, LAW, PRESIDENT, at, codes, passed

SIGNED = at("2020-10-05T02:10")


@pytest.mark.norm("L45.9.a", "L45.8")
def test_a_precincts_results_are_final_after_32_days() -> None:
    found = longest(ChainStart(JK, Body.PEC, Subject.RESULTS, SIGNED), LAW).value
    assert [each.decide_by for each in found.links] == [
        date(2020, 10, 13),
        date(2020, 10, 21),
        date(2020, 10, 29),
        date(2020, 11, 6),
    ]
    assert [each.decision for each in found.links] == ["L45.4.b", "L45.4.b", "L45.4.b", "L45.9.a"]
    assert [each.filing for each in found.links] == ["L45.3", "L45.5", "L45.5", "L45.8"]
    assert found.final_on == date(2020, 11, 6)


@pytest.mark.norm("L55.3")
def test_the_determination_of_the_president_waits() -> None:
    found = longest(ChainStart(PRESIDENT, Body.PEC, Subject.RESULTS, SIGNED), LAW)
    assert ("L55.3", "chain_suspends_determination") in passed(found)
    assert found.findings == ()


def test_a_chain_that_ends_before_the_determination_suspends_nothing() -> None:
    early = ChainStart(PRESIDENT, Body.CEC, Subject.RESULTS, at("2020-09-20"))
    assert ("L55.3", "chain_suspends_determination") not in passed(longest(early, LAW))
    assert longest(ChainStart(JK, Body.CEC, Subject.RESULTS, at("2020-09-20")), LAW).findings == ()


@pytest.mark.norm("L44.7", "L44.8.c", "L44.9")
def test_filing_on_the_eve_is_not_the_longest_way() -> None:
    found = longest(ChainStart(JK, Body.CEC, Subject.ACT, at("2020-10-01T10:00")), LAW).value
    court = found.links[0]
    assert (court.file_by, court.filed_on) == (date(2020, 10, 3), date(2020, 10, 2))  # on 3 October decided at once
    assert court.decide_by == date(2020, 10, 7)


@given(
    since=st.dates(date(2020, 9, 15), date(2020, 10, 10)),
    respondent=st.sampled_from([Body.PEC, Body.TEC, Body.CEC]),
    subject=st.sampled_from([Subject.ACT, Subject.RESULTS]),
)
@pytest.mark.norm("L45.5", "L45.4.b")
def test_no_way_of_filing_is_longer(since: date, respondent: Body, subject: Subject) -> None:
    found = longest(ChainStart(JK, respondent, subject, start_of(since) + timedelta(hours=9)), LAW).value
    results = subject is Subject.RESULTS
    assert found.final_on == naive.last_of_chain(respondent.value, since, JK.election_day, results=results)


@pytest.mark.parametrize("respondent", [Body.SUPREME_COURT, Body.PROSECUTOR, Body.LAW_ENFORCEMENT])
def test_a_chain_begins_below_the_supreme_court(respondent: Body) -> None:
    with pytest.raises(ValueError, match="begins"):
        ChainStart(JK, respondent, Subject.COMPLAINT_DECISION, SIGNED)


@pytest.mark.parametrize("superior", [Body.COURT, Body.PEC])
def test_above_a_precinct_abroad_stands_a_commission(superior: Body) -> None:
    with pytest.raises(ValueError, match="superior"):
        ChainStart(JK, Body.PEC_ABROAD, Subject.ACT, SIGNED, superior)


def test_only_a_chain_about_results_passes_the_determination() -> None:
    late = at("2020-10-23T10:00")
    assert longest(ChainStart(JK, Body.CEC, Subject.ACT, late), LAW).findings == ()
    found = longest(ChainStart(JK, Body.CEC, Subject.RESULTS, late), LAW)
    assert codes(found) == {("L37.1.a", "chain_passes_determination")}
    assert found.errors == ()
