"""Art. 3: who may elect and who may be elected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions import value_types
from shailoo.law.facts import schema
from shailoo.law.voters.suffrage import (
    Custody,
    IncapacityJudgment,
    Person,
    Right,
    Standing,
    SuffrageFacts,
    age_on,
    suffrage,
)
from tests.law.voters.cases import JK, LAW, PRESIDENT, breaches, passed

VOTER = Person(citizen=True, born=date(1980, 5, 1))


def asked(person: Person = VOTER, right: Right = Right.ELECT) -> SuffrageFacts:
    return SuffrageFacts(JK, person, right)


@pytest.mark.norm("L3.1.a1", "L1.d07")
@pytest.mark.parametrize(
    ("born", "standing"), [(date(2002, 10, 4), Standing.HOLDS), (date(2002, 10, 5), Standing.LACKS)]
)
def test_who_turns_eighteen_on_the_day_may_elect_and_a_day_later_not(born: date, standing: Standing) -> None:
    found = suffrage(asked(replace(VOTER, born=born)), LAW)
    assert found.value is standing
    assert breaches(found) == ({("L3.1.a1", "suffrage_too_young")} if standing is Standing.LACKS else set())
    assert (("L1.d07", "suffrage_voter") in passed(found)) is (standing is Standing.HOLDS)


@pytest.mark.norm("L3.1.a1", "L1.d07")
@pytest.mark.parametrize(
    ("citizen", "standing"), [(True, Standing.HOLDS), (False, Standing.LACKS), (None, Standing.NOT_KNOWN)]
)
def test_only_a_citizen_elects_and_an_unknown_citizenship_is_said_to_be_unknown(
    citizen: bool | None, standing: Standing
) -> None:
    found = suffrage(asked(replace(VOTER, citizen=citizen)), LAW)
    assert found.value is standing
    assert {norm for norm, _ in breaches(found)} <= {"L3.1.a1"}
    assert (("L1.d07", "suffrage_voter") in passed(found)) is (standing is Standing.HOLDS)


@pytest.mark.norm("L3.3.a1")
@pytest.mark.parametrize(
    ("judgment", "standing"),
    [
        (IncapacityJudgment(date(2020, 10, 4)), Standing.LACKS),
        (IncapacityJudgment(date(2020, 10, 5)), Standing.HOLDS),
        (IncapacityJudgment(date(2015, 1, 1), date(2020, 10, 4)), Standing.HOLDS),
        (IncapacityJudgment(date(2015, 1, 1), date(2020, 10, 5)), Standing.LACKS),
    ],
)
def test_a_judgment_on_incapacity_counts_while_it_is_in_force_on_the_day(
    judgment: IncapacityJudgment, standing: Standing
) -> None:
    found = suffrage(asked(replace(VOTER, incapacity=(judgment,))), LAW)
    assert found.value is standing
    assert (("L3.3.a1", "suffrage_incapable") in breaches(found)) is (standing is Standing.LACKS)


@pytest.mark.norm("L3.3.a1")
def test_courts_that_were_not_asked_leave_the_answer_open() -> None:
    found = suffrage(asked(replace(VOTER, incapacity=None)), LAW)
    assert found.value is Standing.NOT_KNOWN
    assert breaches(found) == {("L3.3.a1", "incapacity")}


@pytest.mark.norm("L3.3.a2")
@pytest.mark.parametrize(
    ("custody", "standing"),
    [
        (Custody.NONE, Standing.HOLDS),
        (Custody.DETENTION, Standing.HOLDS),
        (Custody.CONFINEMENT, Standing.LACKS),
        (None, Standing.NOT_KNOWN),
    ],
)
def test_who_serves_a_sentence_may_not_vote_and_who_is_only_detained_may(
    custody: Custody | None, standing: Standing
) -> None:
    found = suffrage(asked(replace(VOTER, custody=custody)), LAW)
    assert found.value is standing
    assert {norm for norm, _ in breaches(found)} == (set() if standing is Standing.HOLDS else {"L3.3.a2"})


@pytest.mark.norm("L3.1.a2")
@pytest.mark.parametrize(
    ("born", "code"), [(date(1999, 10, 4), None), (date(1999, 10, 5), "suffrage_too_young"), (date(1920, 1, 1), None)]
)
def test_a_deputy_is_of_twenty_one_on_election_day_and_of_any_age_above(born: date, code: str | None) -> None:
    found = suffrage(asked(replace(VOTER, born=born, convicted=False), Right.BE_ELECTED), LAW)
    assert breaches(found) == ({("L3.1.a2", code)} if code else set())
    assert "L1.d07" not in found.grounds


@pytest.mark.norm("L3.1.a2")
@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(1982, 10, 15), None),
        (date(1982, 10, 16), "suffrage_too_young"),
        (date(1946, 10, 16), None),
        (date(1946, 10, 15), "suffrage_too_old"),
    ],
)
def test_a_president_is_from_thirty_five_to_seventy(born: date, code: str | None) -> None:
    person = replace(VOTER, born=born, convicted=False)
    found = suffrage(SuffrageFacts(PRESIDENT, person, Right.BE_ELECTED), LAW)
    assert breaches(found) == ({("L3.1.a2", code)} if code else set())
    assert "L1.d07" not in found.grounds


@pytest.mark.norm("L3.4")
@pytest.mark.parametrize(
    ("convicted", "standing"), [(False, Standing.HOLDS), (True, Standing.LACKS), (None, Standing.NOT_KNOWN)]
)
def test_a_conviction_that_was_not_cancelled_bars_from_being_elected(
    convicted: bool | None, standing: Standing
) -> None:
    found = suffrage(asked(replace(VOTER, convicted=convicted), Right.BE_ELECTED), LAW)
    assert found.value is standing
    assert {norm for norm, _ in breaches(found)} == (set() if standing is Standing.HOLDS else {"L3.4"})


@pytest.mark.norm("L3.4", "L3.3.a2")
def test_a_conviction_takes_no_vote_and_confinement_is_not_asked_of_who_is_to_be_elected() -> None:
    convicted = replace(VOTER, convicted=True)
    assert suffrage(asked(convicted), LAW).value is Standing.HOLDS
    confined = replace(VOTER, custody=Custody.CONFINEMENT, convicted=False)
    assert suffrage(asked(confined, Right.BE_ELECTED), LAW).value is Standing.HOLDS


def test_what_is_lacking_decides_before_what_is_not_known() -> None:
    found = suffrage(asked(Person(citizen=None, born=date(2010, 1, 1))), LAW)
    assert found.value is Standing.LACKS


@pytest.mark.norm("L3.2")
def test_no_attribute_that_suffrage_may_not_depend_on_is_asked_for() -> None:
    asked_for = set(schema(Person)["properties"])  # type: ignore[arg-type]  # an object of properties
    assert asked_for == {"citizen", "born", "custody", "incapacity", "convicted"}


def test_every_step_has_its_numbers() -> None:
    assert ("L3.1.a1", "suffrage_old_enough") in passed(suffrage(asked(), LAW))
    step = next(each for each in suffrage(asked(), LAW).steps if each.code == "suffrage_old_enough")
    assert step.facts == {"age": 40, "needed_age": 18, "day": date(2020, 10, 4)}


def _birthdays(born: date, day: date) -> int:
    """A second way to an age: the birthdays that lie between, day by day of each year."""
    age = 0
    while True:
        try:
            birthday = born.replace(year=born.year + age + 1)
        except ValueError:  # 29 February in a common year: the next day
            birthday = date(born.year + age + 1, 3, 1)
        if birthday > day:
            return age
        age += 1


@given(st.dates(date(1900, 1, 1), date(2010, 1, 1)), st.integers(0, 40_000))
def test_an_age_is_the_number_of_birthdays(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert age_on(day, born) == _birthdays(born, day)


def test_the_numbers_of_this_chapter_are_those_of_its_articles() -> None:
    assert value_types()["handover_presence"] is Fraction
    assert (LAW.voting_age, LAW.constituencies, LAW.precinct_voters, LAW.ballot_batch) == (18, 1, 2500, 100)
    assert (LAW.handover_presence, LAW.destruction_members, LAW.mobile_members) == (Fraction(1, 2), 3, 2)
    assert (LAW.box_distance_centimetres, LAW.identification_act_copies) == (150, 2)
