"""Art. 55 to 57 in the words of the law. Votes are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shailoo.law.editions import RepeatElectionCaller, edition
from shailoo.law.presidential import (
    Ballot,
    BeforeMandate,
    Candidate,
    Impediment,
    PresidentCount,
    PresidentRules,
    Result,
    before_mandate,
    decide,
    repeat_voting_pair,
)
from tests.law import naive

EDITION = edition("2020-06-30")
RULES = PresidentRules.of(EDITION)


def count(
    votes: dict[str, int], *, participated: int | None, against_all: int = 0, ballot: Ballot = Ballot.FIRST
) -> PresidentCount:
    return PresidentCount(
        participated, against_all, None, tuple(Candidate(name, number) for name, number in votes.items()), ballot
    )


# ------------------------------------------------------------------------------------- first round


@pytest.mark.norm("L55.4")
@pytest.mark.parametrize(("votes", "result"), [(800_001, Result.ELECTED), (800_000, Result.REPEAT_VOTING)])
def test_more_than_half_of_those_who_took_part_elects_and_half_does_not(votes: int, result: Result) -> None:
    outcome = decide(count({"A": votes, "B": 300_000, "C": 200_000}, participated=1_600_000), RULES)
    assert outcome.value.result is result
    majority = next(step for step in outcome.steps if step.norm == "L55.4")
    assert majority.facts["share"] == Fraction(votes, 1_600_000)


@pytest.mark.norm("L55.4", "L57.a")
def test_two_candidates_and_nobody_elected_means_a_repeat_election() -> None:
    decision = decide(count({"A": 700_000, "B": 600_000}, participated=1_600_000), RULES).value
    assert decision.result is Result.REPEAT_ELECTION
    assert decision.repeat_election is not None
    assert decision.repeat_election.called_by is RepeatElectionCaller.JOGORKU_KENESH


@pytest.mark.norm("L56.1")
def test_a_tie_for_the_first_two_places_is_none() -> None:
    decision = decide(count({"A": 500_000, "B": 500_000, "C": 400_000}, participated=1_600_000), RULES).value
    assert decision.candidates == ("A", "B")


@pytest.mark.norm("L56.1")
def test_three_in_front_with_equal_votes_leave_both_places_open() -> None:
    outcome = decide(count({"A": 400_000, "B": 400_000, "C": 400_000}, participated=1_600_000), RULES)
    assert outcome.value.result is Result.UNSETTLED
    assert outcome.value.candidates == ()
    assert outcome.unsettled is not None
    assert outcome.unsettled.options == ("A", "B", "C")


@pytest.mark.norm("L37.3.1")
@pytest.mark.parametrize(("against_all", "result"), [(500_000, Result.REPEAT_VOTING), (500_001, Result.FAILED)])
def test_fewer_votes_than_against_all_is_failed_before_any_other_test(against_all: int, result: Result) -> None:
    votes = {"A": 500_000, "B": 300_000, "C": 200_000}
    assert decide(count(votes, participated=1_600_000, against_all=against_all), RULES).value.result is result


@pytest.mark.norm("L37.6.1")
def test_null_comes_before_a_majority() -> None:
    first = count({"A": 900_000, "B": 1}, participated=999_999)
    null = decide(replace(first, invalidated_participants=500_001), RULES).value
    assert null.result is Result.NULL_AND_VOID
    assert null.repeat_election is not None
    assert decide(replace(first, invalidated_participants=499_999), RULES).value.result is Result.ELECTED


@pytest.mark.norm("L37.6.2")
def test_a_court_makes_results_null() -> None:
    outcome = decide(replace(count({"A": 9, "B": 1}, participated=10), court_decision="AK-77/17"), RULES)
    assert outcome.value.result is Result.NULL_AND_VOID
    assert "L37.6.2" in outcome.grounds


@pytest.mark.norm("L37.6.1", "L37.3.b")
def test_a_total_that_is_not_known_leaves_the_third_open() -> None:
    unknown = replace(count({"A": 500, "B": 400}, participated=None), invalidated_participants=500)
    outcome = decide(unknown, RULES)
    assert outcome.unsettled is not None
    assert outcome.unsettled.question == "null_share_base_unknown"


@pytest.mark.norm("L55.4", "L37.3.b")
def test_a_majority_cannot_be_found_while_participants_are_not_known() -> None:
    outcome = decide(count({"A": 600, "B": 300, "C": 100}, participated=None), RULES)
    assert outcome.value.result is Result.UNSETTLED
    assert [found.fields for found in outcome.errors] == [("participated",)]
    # 500 of at least 1,000 are no majority of anything.
    assert decide(count({"A": 500, "B": 400, "C": 100}, participated=None), RULES).value.result is Result.REPEAT_VOTING


# ------------------------------------------------------------------------------------- repeat voting


@pytest.mark.norm("L56.4")
def test_the_larger_number_elects_without_a_majority() -> None:
    repeat = count({"A": 400_000, "B": 400_001}, participated=1_600_000, against_all=300_000, ballot=Ballot.REPEAT)
    assert decide(repeat, RULES).value.elected == "B"


@pytest.mark.norm("L56.3.b", "L56.4", "L37.3.1")
@pytest.mark.parametrize(("against_all", "result"), [(300_000, Result.ELECTED), (300_001, Result.FAILED)])
def test_one_candidate_needs_as_many_votes_as_against_all(against_all: int, result: Result) -> None:
    alone = count({"A": 300_000}, participated=700_000, against_all=against_all, ballot=Ballot.REPEAT)
    assert decide(alone, RULES).value.result is result


@pytest.mark.norm("L56.4", "L57.a")
def test_equal_numbers_elect_nobody_or_stop_by_the_other_reading() -> None:
    tie = count({"A": 400_000, "B": 400_000}, participated=1_600_000, ballot=Ballot.REPEAT)
    assert decide(tie, RULES).value.result is Result.REPEAT_ELECTION
    stop = decide(tie, PresidentRules.of(EDITION.with_readings(repeat_voting_tie="stop")))
    assert stop.value.result is Result.UNSETTLED
    assert stop.unsettled is not None
    assert stop.unsettled.options == ("repeat_election", "A", "B")


@pytest.mark.norm("L56.1")
def test_a_repeat_voting_between_three_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at most 2"):
        decide(count({"A": 1, "B": 1, "C": 1}, participated=3, ballot=Ballot.REPEAT), RULES)


@pytest.mark.norm("L56.3.a")
def test_the_leader_may_quit_too() -> None:
    candidates = (Candidate("A", 5), Candidate("B", 4), Candidate("C", 3))
    assert repeat_voting_pair(candidates, ("A",), RULES).value.candidates == ("B", "C")


@pytest.mark.norm("L56.3.a", "L56.1")
def test_a_tie_for_the_place_of_one_who_quit_waits_for_a_decision() -> None:
    candidates = (Candidate("A", 5), Candidate("B", 4), Candidate("C", 3), Candidate("D", 3))
    outcome = repeat_voting_pair(candidates, ("B",), RULES)
    assert outcome.value.candidates == ("A",)
    assert outcome.unsettled is not None
    assert outcome.unsettled.options == ("C", "D")


@pytest.mark.norm("L56.3.b", "L57.a")
def test_nobody_left_for_the_repeat_voting_is_for_a_body_to_decide() -> None:
    outcome = repeat_voting_pair((Candidate("A", 5), Candidate("B", 4)), ("A", "B"), RULES)
    assert outcome.value.result is Result.REPEAT_ELECTION
    assert outcome.unsettled is not None
    assert outcome.unsettled.question == "no_candidate_left"


@pytest.mark.norm("L37.3.1", "L37.6.1", "L55.4", "L56.1", "L56.4", "L57.a")
@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.integers(0, 30),
    st.integers(0, 9),
    st.integers(0, 60),
    st.sampled_from(Ballot),
)
def test_a_second_implementation_says_the_same(
    votes: list[int], against_all: int, more: int, invalidated: int, ballot: Ballot
) -> None:
    by_name = dict(zip("ABCD", votes if ballot is Ballot.FIRST else votes[:2], strict=False))
    participated = sum(by_name.values()) + against_all + more
    first = count(by_name, participated=participated, against_all=against_all, ballot=ballot)
    outcome = decide(replace(first, invalidated_participants=invalidated), RULES)
    assert outcome.value.result.value == naive.president(by_name, against_all, participated, invalidated, int(ballot))


# ------------------------------------------------------------------------------------- before the mandate


@pytest.mark.norm("L46.4.a")
@pytest.mark.parametrize("impediment", Impediment)
def test_every_impediment_before_the_mandate_cancels_the_decision(impediment: Impediment) -> None:
    fact = BeforeMandate("A", impediment, date(2017, 10, 30), date(2017, 12, 31))
    outcome = before_mandate(fact, RULES)
    assert outcome.value.decision.result is Result.NULL_AND_VOID
    assert outcome.value.call_by == date(2018, 1, 31)
    assert outcome.grounds == ("L46.4.a", "L57.a")


@pytest.mark.norm("L46.4.a")
def test_once_the_mandate_is_awarded_the_result_stands() -> None:
    awarded = date(2017, 11, 24)
    fact = BeforeMandate("A", Impediment.DEATH, date(2017, 10, 30), awarded, awarded_at=awarded)
    assert before_mandate(fact, RULES).value.decision.elected == "A"
    day_before = replace(fact, confirmed_at=date(2017, 11, 23))
    assert before_mandate(day_before, RULES).value.decision.result is Result.NULL_AND_VOID


@pytest.mark.norm("L46.4.a")
def test_a_fact_from_before_determination_is_another_matter() -> None:
    fact = BeforeMandate("A", Impediment.DEATH, date(2017, 10, 30), date(2017, 10, 29))
    with pytest.raises(ValueError, match="before the results"):
        before_mandate(fact, RULES)


# ------------------------------------------------------------------------------------- counts that cannot be


@pytest.mark.parametrize(
    "change",
    [
        {"candidates": ()},
        {"candidates": (Candidate("A", 1), Candidate("A", 2))},
        {"crossed_out": ("A",)},
        {"candidates": (Candidate("A", -1),)},
        {"against_all": -1},
        {"participated": -1},
    ],
)
def test_a_count_that_no_protocol_can_hold_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(count({"A": 1}, participated=1), **change)
