"""Art. 14.5 and 14.6: voters' data from hospitals, places of detention and missions abroad."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from shailoo.law.editions.chapters.voters import InstitutionData
from shailoo.law.voters.institutions import (
    InstitutionReport,
    MissionReport,
    ReportedVoter,
    ReportUse,
    VoterAbroad,
    institution_report,
    mission_report,
)
from tests.law.voters.cases import JK, LAW, REPEAT, breaches, errors, passed

HOSPITAL = InstitutionReport(
    voting=JK,
    received_by_registry=date(2020, 9, 21),
    received_by_pec=date(2020, 9, 21),
    people=(ReportedVoter("v1", True), ReportedVoter("v2", False)),
)


@pytest.mark.norm("L14.5", "L15.6")
def test_the_data_prepare_mobile_voting_for_those_who_are_listed() -> None:
    found = institution_report(HOSPITAL, LAW)
    assert found.value == ReportUse(mobile=("v1",), to_be_listed=())
    assert breaches(found) == {("L15.6", "report_of_unlisted_voters")}
    assert found.errors == ()


@pytest.mark.norm("L14.5")
def test_by_the_other_reading_the_data_change_the_lists_too() -> None:
    law = LAW.with_readings(institution_data=InstitutionData.ALSO_LISTS)
    found = institution_report(HOSPITAL, law)
    assert found.value == ReportUse(mobile=("v1",), to_be_listed=("v2",))
    assert found.findings == ()
    assert ("L14.5", "report_adds_to_lists") in passed(found)


@pytest.mark.norm("L14.5")
@pytest.mark.parametrize("name", ["received_by_registry", "received_by_pec"])
@pytest.mark.parametrize("day", [date(2020, 9, 22), None])
def test_both_addressees_have_the_data_twelve_full_days_before(name: str, day: date | None) -> None:
    report = replace(HOSPITAL, people=(ReportedVoter("v1", True),))
    assert institution_report(report, LAW).findings == ()
    late = institution_report(replace(report, **{name: day}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert breaches(late) == {("L14.5", "hospital_and_detention_data")}


@pytest.mark.norm("L15.6")
def test_a_listing_that_is_not_known_is_said_to_be_unknown() -> None:
    found = institution_report(replace(HOSPITAL, people=(ReportedVoter("v1", None),)), LAW)
    assert found.value == ReportUse((), ())
    assert errors(found) == {("L15.6", "listed")}


@pytest.mark.norm("L14.6.a")
def test_a_mission_reports_voters_with_both_registrations_eighty_days_before() -> None:
    pairs = product((True, False, None), repeat=2)
    people = tuple(VoterAbroad(f"{number}", *pair) for number, pair in enumerate(pairs))
    found = mission_report(MissionReport(voting=JK, received=date(2020, 7, 15), people=people), LAW)
    assert found.value == ("0",)
    rejected = {each.id for each in people if False in (each.consular, each.biometric)}
    told = {str(each.facts["voter"]): (each.norm, each.code) for each in found.findings}
    assert told == {
        each.id: ("L14.6.a", "mission_voter_rejected" if each.id in rejected else "mission_voter_not_known")
        for each in people[1:]
    }
    late = mission_report(MissionReport(voting=JK, received=date(2020, 7, 16), people=people[:1]), LAW)
    assert breaches(late) == {("L14.6.a", "abroad_voter_data")}


def test_a_repeat_voting_asks_for_no_new_data() -> None:
    with pytest.raises(ValueError, match="no such report"):
        replace(HOSPITAL, voting=REPEAT)
    with pytest.raises(ValueError, match="no such report"):
        MissionReport(voting=REPEAT, people=())
