"""Art. 4, 14 and 15: in whose list a voter stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.voters.entries import EntryFacts, Placement, entry
from shailoo.law.voters.suffrage import Custody, Person
from tests.law.voters.cases import JK, LAW, breaches, errors, passed

VOTER = Person(citizen=True, born=date(1980, 5, 1))
AT_HOME = EntryFacts(JK, VOTER, biometric=True, residence_precincts=("7001",))


@pytest.mark.norm("L14.2", "L14.3.a")
def test_a_voter_belongs_in_the_list_of_the_precinct_of_residence() -> None:
    found = entry(AT_HOME, LAW)
    assert found.value == Placement("7001")
    assert found.findings == ()
    assert {("L14.2", "entry_with_biometrics"), ("L14.3.a", "entry_by_residence")} <= passed(found)


def test_a_voter_abroad_belongs_in_the_list_of_a_mission_by_the_same_test() -> None:
    found = entry(replace(AT_HOME, residence_precincts=("9003",)), LAW)
    assert found.value == Placement("9003")
    assert found.findings == ()


@pytest.mark.norm("L14.2", "L15.3.c")
def test_without_biometrics_nobody_is_listed_and_the_voter_is_referred() -> None:
    found = entry(replace(AT_HOME, biometric=False), LAW)
    assert found.value == Placement(None)
    assert errors(found) == {("L14.2", "entry_without_biometrics")}
    assert ("L15.3.c", "entry_referred_for_biometrics") in passed(found)
    assert errors(entry(replace(AT_HOME, biometric=None), LAW)) == {("L14.2", "biometric")}


@pytest.mark.norm("L14.2")
def test_somebody_without_the_right_stands_in_no_list_and_is_taken_off() -> None:
    confined = replace(AT_HOME, person=replace(VOTER, custody=Custody.CONFINEMENT), listed_in=("7001",))
    found = entry(confined, LAW)
    assert found.value == Placement(None, ("7001",))
    assert errors(found) == {("L3.3.a2", "suffrage_confined"), ("L14.2", "entry_must_be_removed")}


def test_an_unknown_right_puts_nobody_on_a_list_and_takes_nobody_off() -> None:
    unknown = replace(AT_HOME, person=replace(VOTER, custody=None), listed_in=("7001",))
    assert entry(unknown, LAW).value == Placement(None)


@pytest.mark.norm("L14.3.a")
@pytest.mark.parametrize(
    ("precincts", "code"), [((), "entry_in_no_precinct"), (("7001", "7002"), "entry_in_several_precincts")]
)
def test_a_residence_lies_in_exactly_one_precinct(precincts: tuple[str, ...], code: str) -> None:
    found = entry(replace(AT_HOME, residence_precincts=precincts), LAW)
    assert found.value == Placement(None)
    assert errors(found) == {("L14.3.a", code)}


@pytest.mark.norm("L1.d19")
@pytest.mark.parametrize(("marked", "code"), [(False, "entry_residence_not_proved"), (None, "residence_marked")])
def test_only_a_registration_mark_proves_residence(marked: bool | None, code: str) -> None:
    found = entry(replace(AT_HOME, residence_marked=marked), LAW)
    assert found.value == Placement(None)
    assert errors(found) == {("L1.d19", code)}


@pytest.mark.norm("L15.4.b2", "L1.d13")
def test_a_voting_address_moves_the_voter_and_the_old_list_lets_go() -> None:
    moved = replace(AT_HOME, voting_address_precinct="7050", listed_in=("7001",))
    found = entry(moved, LAW)
    assert found.value == Placement("7050", ("7001",))
    assert errors(found) == {("L15.4.b2", "entry_in_other_lists")}
    done = entry(replace(moved, listed_in=("7050",)), LAW)
    assert (done.value, done.findings) == (Placement("7050"), ())


@pytest.mark.norm("L1.d13")
def test_a_voting_address_in_the_precinct_of_residence_changes_nothing() -> None:
    found = entry(replace(AT_HOME, voting_address_precinct="7001"), LAW)
    assert found.value == Placement("7001")
    assert breaches(found) == {("L1.d13", "entry_voting_address_changes_nothing")}
    assert found.errors == ()


@pytest.mark.norm("L4")
def test_one_voter_has_one_entry() -> None:
    found = entry(replace(AT_HOME, listed_in=("7001", "7002", "7002")), LAW)
    assert found.value == Placement("7001", ("7002",))
    assert errors(found) == {("L4", "entry_in_other_lists")}
    alone = entry(replace(AT_HOME, listed_in=("7001",)), LAW)
    assert ("L4", "entry_in_one_list_only") in passed(alone)
