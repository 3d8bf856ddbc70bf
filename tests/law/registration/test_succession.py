"""Who follows when a place on a list becomes free (L46.4, L65)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.nomination.list_composition import Gender
from shailoo.law.outcome import Outcome, Severity
from shailoo.law.registration.succession import (
    BEFORE_AWARD,
    CAUSES,
    Cause,
    Next,
    Place,
    Standing,
    Succession,
    Vacancy,
    succession,
)
from tests.law.registration.cases import LAW, ORACLES, SIZE, name, places
from tests.law.registration.naive import follower

BY_GENDER = LAW.with_readings(vacancy_before_award="gender")


def follows(case: dict[str, Any], law: Any = LAW) -> Outcome[Succession]:  # Any: a row of data; an edition
    out = case.get("out", [])
    return succession(Vacancy(places(out=out), name(case["former"]), Cause(case["cause"])), law)


@pytest.mark.norm(
    "L65.3", "L65.4.1", "L65.4.3", "L65.4-1.1", "L65.4-1.2", "L65.4-1.b", "L65.1.c", "L46.4.b", "L46.4.c", "L65.4.10"
)
@pytest.mark.parametrize("case", ORACLES["vacancies"], ids=lambda case: case["id"])
def test_a_worked_case(case: dict[str, Any]) -> None:
    outcome = follows(case)
    expected = case["successor"]
    assert outcome.value.successor == (None if expected is None else name(expected))
    assert outcome.value.rank == expected
    assert list(outcome.value.passed_over) == [name(rank) for rank in case.get("passed_over", [])]
    assert outcome.value.next_step is Next(case.get("next_step", "passes"))
    assert outcome.steps[0].norm == CAUSES[Cause(case["cause"])]


@pytest.mark.norm("L65.4-1.1", "L65.4-1.2", "L65.3")
@pytest.mark.parametrize(("former", "norm"), [(6, "L65.4-1.1"), (4, "L65.4-1.2")])
def test_a_deputy_is_followed_by_the_next_of_the_same_gender(former: int, norm: str) -> None:
    outcome = succession(Vacancy(places(), name(former), Cause.RESIGNATION), LAW)
    assert [step.norm for step in outcome.steps] == ["L65.4.1", norm, "L65.3"]
    assert outcome.findings == ()


@pytest.mark.norm("L65.4-1.2")
def test_a_candidate_passed_over_stays_available() -> None:
    first = succession(Vacancy(places(), name(4), Cause.DEATH), LAW).value
    assert first.passed_over == (name(21),)
    later = places(elected=[*range(1, 21), 22], out=[4])
    assert succession(Vacancy(later, name(6), Cause.DEATH), LAW).value.successor == name(21)


@pytest.mark.norm("L65.5")
def test_without_a_candidate_left_the_mandate_stays_vacant() -> None:
    outcome = succession(Vacancy(places(elected=range(1, SIZE + 1)), name(6), Cause.DEATH), LAW)
    assert outcome.value == Succession(Next.VACANT)
    assert outcome.steps[-1].norm == "L65.5"


@pytest.mark.norm("L65.1.c", "L46.4.c")
@pytest.mark.parametrize(("cause", "norm"), BEFORE_AWARD.items())
def test_before_the_award_the_order_of_the_list_decides_and_a_different_gender_is_told(cause: Cause, norm: str) -> None:
    outcome = succession(Vacancy(places(), name(20), cause), LAW)
    assert (outcome.value.successor, outcome.value.passed_over) == (name(21), ())
    assert [(found.norm, found.severity, found.facts["other"]) for found in outcome.findings] == [
        (norm, Severity.WARNING, name(22))
    ]
    nobody_else = succession(Vacancy(places(out=range(22, 31)), name(20), cause), LAW)
    assert "other" not in nobody_else.findings[0].facts
    assert succession(Vacancy(places(), name(18), cause), LAW).findings == ()


@pytest.mark.norm("L65.1.c", "L46.4.c")
@pytest.mark.parametrize(
    "case", [case for case in ORACLES["vacancies"] if "by_gender" in case], ids=lambda case: case["id"]
)
def test_the_reading_by_gender_takes_the_next_of_the_same_gender_before_the_award_too(case: dict[str, Any]) -> None:
    outcome = follows(case, BY_GENDER)
    assert outcome.value.successor == name(case["by_gender"])
    assert outcome.findings == ()


@pytest.mark.norm("L65.4.10", "L65.3")
def test_an_invalid_election_has_no_succession_unless_the_letter_is_read() -> None:
    case = next(case for case in ORACLES["vacancies"] if case["id"] == "F12")
    by_the_letter = follows(case, LAW.with_readings(mandate_of_invalid_election="next_on_list"))
    assert by_the_letter.value.successor == name(case["on_list"])
    assert by_the_letter.value.next_step is Next.PASSES


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"former": "nobody"}, "no candidate nobody"),
        ({"former": name(25)}, "was not elected"),
        ({"places": (*places(), Place(31, name(1), Gender.MAN, Standing.OUT))}, "stands twice"),
        ({"places": (*places(), Place(1, "new", Gender.MAN, Standing.OUT))}, "stands twice"),
        ({"places": (*places(), Place(0, "new", Gender.MAN, Standing.OUT))}, "count from 1"),
    ],
)
def test_a_list_that_cannot_be_is_no_fact(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(Vacancy(places(), name(6), Cause.DEATH), **changed)


@pytest.mark.norm("L65.3", "L65.4-1.1", "L65.4-1.2", "L65.4-1.b", "L65.5", "L65.1.c", "L46.4.c")
@given(
    genders=st.text("FM", min_size=1, max_size=12),
    standings=st.lists(st.sampled_from(Standing), min_size=12, max_size=12),
    cause=st.sampled_from([cause for cause in Cause if cause is not Cause.INVALID_ELECTION]),
    by_gender=st.booleans(),
    data=st.data(),
)
def test_it_agrees_with_a_walk_down_the_list(
    genders: str, standings: list[Standing], cause: Cause, by_gender: bool, data: st.DataObject
) -> None:
    former = data.draw(st.integers(1, len(genders)))
    standings[former - 1] = Standing.OUT
    free = {rank for rank in range(1, len(genders) + 1) if standings[rank - 1] is Standing.AVAILABLE}
    listed = [
        Place(rank, name(rank), Gender.WOMAN if letter == "F" else Gender.MAN, standings[rank - 1])
        for rank, letter in enumerate(genders, 1)
    ]
    shuffled = tuple(data.draw(st.permutations(listed)))
    value = succession(Vacancy(shuffled, name(former), cause), BY_GENDER if by_gender else LAW).value
    same_gender_first = by_gender or cause not in BEFORE_AWARD
    assert value.rank == follower(genders, free, former, same_gender_first=same_gender_first)
    assert (value.next_step is Next.VACANT) is (not free)
    assert all(rank in free and rank < (value.rank or 0) for rank in (int(each[1:]) for each in value.passed_over))
