"""Art. 13 and 2.2: how precincts are formed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.outcome import Severity
from shailoo.law.voters.precincts import PrecinctFacts, PrecinctState, StationPlace, precinct
from shailoo.law.voters.voting import Voting
from tests.law.voters.cases import JK, LAW, REPEAT, breaches, errors, passed

FORMED = PrecinctFacts(
    voting=JK,
    voters=2000,
    region="Чүй",
    established=date(2020, 7, 10),
    submitted=date(2020, 7, 12),
    approved=date(2020, 7, 20),
    published=date(2020, 7, 22),
    published_with_borders=True,
    published_with_address=True,
    passed_to_registry=date(2020, 7, 23),
)
ABROAD = replace(FORMED, place=StationPlace.CONSULATE, region=None, mission="Стамбул", established=None)


@pytest.mark.norm("L13.5.a1", "L13.1")
def test_a_precinct_that_was_formed_as_the_law_says_is_ready() -> None:
    found = precinct(FORMED, LAW)
    assert found.value is PrecinctState.READY
    assert found.findings == ()
    assert {"L13.1", "L13.4.a1", "L13.4.a2", "L13.5.a1", "L13.5.a2", "L13.5.a3"} <= set(found.grounds)


@pytest.mark.norm("L13.4.a2")
@pytest.mark.parametrize(
    ("voters", "reason", "warned"), [(2500, None, False), (2501, None, True), (2501, "тоо", False)]
)
def test_more_than_2500_voters_need_a_reason(voters: int, reason: str | None, warned: bool) -> None:
    found = precinct(replace(FORMED, voters=voters, larger_because=reason), LAW)
    assert (("L13.4.a2", "precinct_larger_without_reason") in breaches(found)) is warned
    assert found.value is PrecinctState.READY


@pytest.mark.norm("L13.4.a1")
@pytest.mark.parametrize(("day", "late"), [(date(2020, 7, 20), False), (date(2020, 7, 21), True), (None, True)])
def test_precincts_are_set_up_75_full_days_before(day: date | None, late: bool) -> None:
    found = precinct(replace(FORMED, established=day), LAW)
    assert (("L13.4.a1", "precincts_established") in breaches(found)) is late
    assert found.errors == ()


@pytest.mark.norm("L13.1")
@pytest.mark.parametrize("number", [0, 2])
def test_an_election_has_one_constituency(number: int) -> None:
    found = precinct(replace(FORMED, constituencies=number), LAW)
    assert errors(found) == {("L13.1", "precinct_constituencies_wrong")}
    assert found.value is PrecinctState.INADMISSIBLE


@pytest.mark.norm("L13.5.a1")
def test_without_submission_and_approval_no_list_can_be_compiled() -> None:
    submitted = precinct(replace(FORMED, approved=None), LAW)
    assert errors(submitted) == {("L13.5.a1", "precinct_not_approved")}
    assert submitted.value is PrecinctState.NOT_APPROVED
    nothing = precinct(replace(FORMED, approved=None, submitted=None), LAW)
    assert errors(nothing) == {("L13.5.a1", "precinct_not_submitted")}


@pytest.mark.norm("L13.5.a1")
@pytest.mark.parametrize(("day", "late"), [(date(2020, 7, 26), False), (date(2020, 7, 27), True)])
def test_approval_after_the_day_of_the_preliminary_lists_is_warned_of(day: date, late: bool) -> None:
    found = precinct(replace(FORMED, approved=day, published=day, passed_to_registry=day), LAW)
    assert (("L13.5.a1", "precinct_approved_after_lists") in breaches(found)) is late


@pytest.mark.norm("L13.5.a2", "L13.5.a3")
@pytest.mark.parametrize(("day", "late"), [(date(2020, 7, 25), False), (date(2020, 7, 26), True)])
def test_the_map_is_published_and_passed_on_within_five_days(day: date, late: bool) -> None:
    published = precinct(replace(FORMED, published=day), LAW)
    passed_on = precinct(replace(FORMED, passed_to_registry=day), LAW)
    assert (("L13.5.a2", "precinct_map_published") in breaches(published)) is late
    assert (("L13.5.a3", "precinct_map_published") in breaches(passed_on)) is late


@pytest.mark.norm("L13.5.a2")
@pytest.mark.parametrize("name", ["published_with_borders", "published_with_address"])
@pytest.mark.parametrize("shown", [False, None])
def test_the_published_map_shows_borders_and_addresses(name: str, shown: bool | None) -> None:
    found = precinct(replace(FORMED, **{name: shown}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert breaches(found) == {("L13.5.a2", name)}


@pytest.mark.norm("L2.2.c", "L2.2.b")
@pytest.mark.parametrize("place", [StationPlace.CONSULATE, StationPlace.DIPLOMATIC_MISSION])
def test_abroad_there_is_voting_at_missions_and_consulates(place: StationPlace) -> None:
    found = precinct(replace(ABROAD, place=place), LAW)
    assert found.findings == ()
    assert {("L2.2.c", "precinct_at_mission"), ("L2.2.b", "precinct_kept_by_mission")} <= passed(found)


@pytest.mark.norm("L2.2.c")
def test_abroad_there_is_no_voting_elsewhere() -> None:
    found = precinct(replace(ABROAD, place=StationPlace.ELSEWHERE_ABROAD), LAW)
    assert errors(found) == {("L2.2.c", "precinct_abroad_elsewhere")}
    assert found.value is PrecinctState.INADMISSIBLE


@pytest.mark.norm("L2.2.b")
def test_every_station_abroad_belongs_to_a_mission() -> None:
    assert errors(precinct(replace(ABROAD, mission=None), LAW)) == {("L2.2.b", "precinct_abroad_without_mission")}


@pytest.mark.norm("L13.2")
def test_votes_abroad_belong_to_the_one_constituency_and_to_no_region() -> None:
    assert ("L13.2", "precinct_abroad_in_no_region") in passed(precinct(ABROAD, LAW))
    assert errors(precinct(replace(ABROAD, region="Ош"), LAW)) == {("L13.2", "precinct_abroad_in_region")}


def test_a_repeat_voting_forms_no_precincts_of_its_own() -> None:
    found = precinct(replace(FORMED, voting=REPEAT), LAW)
    assert {step.code for step in found.steps} == {
        "precinct_one_constituency",
        "precinct_size_kept",
        "precinct_approved",
        "polling_requirement_met",
    }


@pytest.mark.norm("L13.4.a1")
def test_an_early_election_has_the_term_due_on_calling() -> None:
    early = Voting(Kind.JK_EARLY, date(2020, 10, 4), date(2020, 8, 20))
    on_calling = precinct(replace(FORMED, voting=early, established=date(2020, 8, 20)), LAW)
    after = precinct(replace(FORMED, voting=early, established=date(2020, 8, 21)), LAW)
    assert ("L13.4.a1", "precincts_established") in passed(on_calling)
    assert ("L13.4.a1", "precincts_established") in breaches(after)
    assert after.errors == ()
    assert {found.severity for found in after.findings} == {Severity.WARNING}
