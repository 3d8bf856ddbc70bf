"""Every case of oracles.yaml: worked by hand, told by the rules.

A case that no test here claims makes the run fail, so that none is brought in and forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.determination import (
    Depositor,
    DepositRules,
    ElectionKind,
    Invalidation,
    InvalidationGround,
    PrecinctResult,
    add_up,
    exclude,
    refund_deposits,
)
from shailoo.law.editions import CapSurplusRule, Edition, RegionalRule, ThresholdBase, edition
from shailoo.law.effect import Change, Voters, affects_seats
from shailoo.law.mandates import (
    Allocation,
    Count,
    ListVotes,
    Region,
    Result,
    SeatRules,
    allocate,
    seat_candidates,
)
from shailoo.law.outcome import Outcome
from shailoo.law.presidential import (
    Ballot,
    BallotPapers,
    BeforeMandate,
    Candidate,
    Decision,
    Impediment,
    OnBallot,
    PresidentCount,
    PresidentRules,
    before_mandate,
    decide,
    repeat_voting_pair,
)
from shailoo.law.presidential import Result as PresidentResult

Case = Mapping[str, Any]  # Any: a case is a table of its own shape, and its test says which

CASES: Mapping[str, tuple[Case, ...]] = {
    series: tuple(cases)
    for series, cases in yaml.safe_load((Path(__file__).parent / "oracles.yaml").read_text("utf-8")).items()
}
CASE: Mapping[str, Case] = {case["id"]: case for cases in CASES.values() for case in cases}

# The cases were worked with the threshold of 9 per cent.
EDITION: Edition = edition("2017-06-05")
RULES = SeatRules.of(EDITION)
PRESIDENT = PresidentRules.of(EDITION)

ALLOCATED = ("A01", "A02", "A04", "A06", "A07", "A09", "A11", "A12", "A16", "A19", "A22")
TOLD = {"A14", "A17", "A21", *ALLOCATED}
OUTSIDE_REGIONS = "abroad"


def count_of(inputs: Mapping[str, Any]) -> Count:
    """The count of a case; lists are registered in the order in which they stand unless the case says otherwise."""
    by_list = inputs.get("votes_by_region", {})
    votes = inputs.get("lists") or {name: sum(by_region.values()) for name, by_region in by_list.items()}
    return Count(
        participated=inputs["voters_participated"],
        against_all=inputs["against_all"],
        invalid=inputs["invalid"],
        lists=tuple(ListVotes(name, number, registered=order) for order, (name, number) in enumerate(votes.items())),
        regions=tuple(
            Region(name, participated, {entry: by_list[entry][name] for entry in votes})
            for name, participated in inputs.get("participated_by_region", {}).items()
            if name != OUTSIDE_REGIONS
        ),
    )


def expect(outcome: Outcome[Allocation], expected: Mapping[str, Any]) -> None:
    """Everything that a case expects of an allocation, key by key; a key that is not known here is a fault."""
    allocation = outcome.value
    said: dict[str, object] = {
        "outcome": allocation.result.value,
        "admitted": list(allocation.admitted),
        "excluded": sorted(allocation.excluded),
        "seats": dict(allocation.seats),
        "vacant": allocation.vacant,
        "manual_decision": outcome.unsettled is not None,
        "quotient": str(allocation.quotient),
    }
    beside = {"filled", "vacant_after_filling", "excluded_by"}  # asked of other rules, or told in words
    assert {key: said[key] for key in expected if key not in beside} == {
        key: value for key, value in expected.items() if key not in beside
    }
    assert expected.get("manual_decision", False) is (outcome.unsettled is not None)


@pytest.mark.norm("L64.2.a", "L64.2.b", "L64.2.c", "L64.3.a", "L64.3.b", "L64.3.c", "L64.3.d", "L64.3.e", "L64.5")
@pytest.mark.parametrize("name", ALLOCATED)
def test_seats(name: str) -> None:
    case = CASE[name]
    expect(allocate(count_of(case["inputs"]), RULES), case["expected"])


def _alternatives() -> Iterable[Any]:
    for name in ALLOCATED:
        for number, alternative in enumerate(CASE[name].get("alternatives", ())):
            if "expected" in alternative:
                yield pytest.param(name, alternative, id=f"{name}-{number}")


@pytest.mark.norm("L64.2.b", "L64.5")
@pytest.mark.parametrize(("name", "alternative"), list(_alternatives()))
def test_seats_by_another_reading(name: str, alternative: Mapping[str, Any]) -> None:
    if "cap_surplus_rule" in alternative:
        rules = replace(RULES, cap_surplus_rule=CapSurplusRule(alternative["cap_surplus_rule"]))
    else:
        assert alternative["reading"].startswith("64.2.b literally")
        rules = replace(RULES, regional_rule=RegionalRule.EXCLUDED_ONLY_IF_BELOW_IN_ALL)
    expect(allocate(count_of(CASE[name]["inputs"]), rules), alternative["expected"])


@pytest.mark.norm("L64.2.a")
def test_a04_by_list_votes_the_fourth_list_is_in() -> None:
    rules = replace(RULES, base=ThresholdBase.LIST_VOTES)
    assert "D" in allocate(count_of(CASE["A04"]["inputs"]), rules).value.admitted


@pytest.mark.norm("L64.2.b")
def test_a06_says_where_a_list_is_below_and_which_barrier_the_other_missed() -> None:
    excluded = allocate(count_of(CASE["A06"]["inputs"]), RULES).value.excluded
    assert str(excluded["C"]) == "below_regional_threshold:talas"
    assert str(excluded["D"]) == "below_national_threshold"


@pytest.mark.norm("L64.2.b")
def test_a06_by_valid_votes_the_list_is_in_with_the_same_seats_as_literally() -> None:
    inputs = CASE["A06"]["inputs"]
    count = count_of(inputs)
    talas_against_all = inputs["talas_valid_with_against_all"] - sum(
        votes["talas"] for votes in inputs["votes_by_region"].values()
    )
    regions = tuple(
        replace(region, against_all=talas_against_all if region.id == "talas" else 0) for region in count.regions
    )
    outcome = allocate(replace(count, regions=regions), replace(RULES, base=ThresholdBase.VALID_WITH_AGAINST_ALL))
    assert outcome.value.seats == {"A": 46, "B": 43, "C": 31}


@pytest.mark.norm("L64.2.b")
def test_a07_one_vote_less_in_the_weakest_region_would_be_out() -> None:
    count = count_of(CASE["A07"]["inputs"])
    regions = tuple(
        replace(region, votes={**region.votes, "C": 524}) if region.id == "talas" else region
        for region in count.regions
    )
    assert "C" in allocate(replace(count, regions=regions), RULES).value.excluded


@pytest.mark.norm("L64.3.f")
def test_a14_lists_that_nothing_tells_apart_wait_for_a_decision() -> None:
    case = CASE["A14"]
    count = count_of(case["inputs"])
    same_day = replace(count, lists=tuple(replace(entry, registered=20200903) for entry in count.lists))
    outcome = allocate(same_day, RULES)
    assert case["expected"]["outcome"] == "undetermined"
    assert outcome.value.result is Result.UNSETTLED
    assert outcome.value.seats == case["expected"]["certain_seats"]
    assert outcome.value.open_seats == case["expected"]["open_seats"]
    assert outcome.unsettled is not None
    assert list(outcome.unsettled.options) == case["expected"]["contenders"]


@pytest.mark.norm("L64.3.f")
def test_a14_the_number_of_the_decision_settles_it_by_the_default_reading() -> None:
    count = count_of(CASE["A14"]["inputs"])
    numbered = tuple(
        replace(entry, registered=20200903, decision_number=number) for number, entry in enumerate(count.lists, 101)
    )
    outcome = allocate(replace(count, lists=numbered), RULES)
    assert outcome.unsettled is None
    assert outcome.value.seats == {"A": 40, "B": 39, "C": 41}


@pytest.mark.norm("L37.3.3", "L38.5.a1")
def test_a17_against_all_is_the_largest() -> None:
    case = CASE["A17"]
    outcome = allocate(count_of(case["inputs"]), RULES)
    assert outcome.value.result.value == case["expected"]["outcome"]
    assert not outcome.value.seats
    assert outcome.value.repeat_election is not None
    assert (
        f"repeat election called by the {outcome.value.repeat_election.called_by.value.upper()}"
        == (case["expected"]["next_step"])
    )


@pytest.mark.norm("L64.4", "L65.5")
def test_a19_a_list_shorter_than_its_mandates_leaves_them_vacant() -> None:
    case = CASE["A19"]
    standing = {
        name: tuple(f"{name}{rank}" for rank in range(1, number + 1))
        for name, number in case["inputs"]["remaining_candidates"].items()
    }
    deputies = seat_candidates(allocate(count_of(case["inputs"]), RULES).value.seats, standing).value
    assert deputies.filled == case["expected"]["filled"]
    assert deputies.vacant == {"B": case["expected"]["vacant_after_filling"]}
    assert deputies.elected["A"][0] == "A1"


@pytest.mark.norm("L37.4.b1", "L37.4.b2", "L37.6.1")
def test_a21_an_invalid_precinct_decides_on_a_list_and_is_voted_in_again() -> None:
    case = CASE["A21"]
    before, precinct = case["inputs"]["before"], case["inputs"]["invalid_precinct"]
    lists = before["lists"]
    invalid = PrecinctResult(
        "7001",
        listed=4000,
        participated=precinct["voters_participated"],
        against_all=precinct["against_all"],
        invalid=precinct["invalid"],
        votes={name: precinct[name] for name in lists},
    )
    rest = PrecinctResult(
        "rest",
        listed=2_000_000,
        participated=before["voters_participated"] - invalid.participated,
        against_all=before["against_all"] - invalid.against_all,
        invalid=before["invalid"] - invalid.invalid,
        votes={name: votes - invalid.votes[name] for name, votes in lists.items()},
    )
    counted = exclude([rest, invalid], [Invalidation("7001", InvalidationGround.COURT, "2-114/20")]).value
    sums = add_up(counted.remaining)
    without = Count(
        sums.participated,
        sums.against_all,
        sums.invalid,
        tuple(ListVotes(name, number) for name, number in sums.votes.items()),
        invalidated_participants=counted.invalidated_participants,
        total_participants=counted.total_participated,
    )
    expect(allocate(count_of(before), RULES), case["expected"]["provisional_with_precinct"])
    expect(allocate(without, RULES), case["expected"]["provisional_without_precinct"])
    effect = affects_seats(without, Voters.of(counted.set_aside), RULES).value
    assert case["expected"]["outcome"] == "repeat_voting_in_precinct"
    assert Change.THRESHOLD in effect.changes


# ------------------------------------------------------------------------------------- President


def president_count(inputs: Mapping[str, Any]) -> PresidentCount:
    votes = inputs.get("candidates") or inputs["votes"]
    return PresidentCount(
        participated=inputs["voters_participated"],
        against_all=inputs.get("against_all", 0),
        invalid=inputs.get("invalid"),
        candidates=tuple(Candidate(name, number) for name, number in votes.items()),
        ballot=Ballot.REPEAT if inputs.get("round") == "repeat_voting" else Ballot.FIRST,
        crossed_out=tuple(inputs.get("crossed_out", ())),
    )


def decided(name: str, rules: PresidentRules = PRESIDENT) -> Outcome[Decision]:
    return decide(president_count(CASE[name]["inputs"]), rules)


@pytest.mark.norm("L55.4")
@pytest.mark.parametrize("name", ["B01", "B04", "B11"])
def test_more_than_half_of_those_who_took_part_elects(name: str) -> None:
    decision = decided(name).value
    assert decision.result.value == CASE[name]["expected"]["outcome"]
    assert decision.elected == CASE[name]["expected"]["winner"]


@pytest.mark.norm("L55.4", "L56.1")
def test_b02_exactly_half_leads_to_repeat_voting() -> None:
    decision = decided("B02").value
    assert decision.result.value == CASE["B02"]["expected"]["outcome"]
    assert list(decision.candidates) == CASE["B02"]["expected"]["candidates"]


@pytest.mark.norm("L56.1", "L56.3.a", "L56.3.b")
def test_b06_the_next_candidate_takes_the_place_of_one_who_quits() -> None:
    case = CASE["B06"]
    candidates = president_count(case["inputs"]).candidates
    order = case["inputs"]["withdrawals_in_order"]
    sequence = [
        list(repeat_voting_pair(candidates, order[:number], PRESIDENT).value.candidates)
        for number in range(len(order) + 1)
    ]
    assert sequence == case["expected"]["sequence"]


@pytest.mark.norm("L56.3.a", "L30.10.a1")
def test_b06_after_the_ballots_went_out_the_cec_decides() -> None:
    candidates = president_count(CASE["B06"]["inputs"]).candidates
    late = repeat_voting_pair(candidates, ("B",), PRESIDENT, papers=BallotPapers.ISSUED)
    assert late.unsettled is not None
    assert late.unsettled.question == "ballots_already_issued"


@pytest.mark.norm("L37.3.1", "L57.a", "L57.c")
@pytest.mark.parametrize("name", ["B07", "B09"])
def test_fewer_votes_than_against_all_is_failed_and_a_repeat_election_follows(name: str) -> None:
    expected = CASE[name]["expected"]
    decision = decided(name).value
    assert decision.result is PresidentResult.FAILED
    assert expected["outcome"] == "repeat_election"
    follows = decision.repeat_election
    assert follows is not None
    assert follows.called_by.value == expected["called_by"].lower().replace(" ", "_")
    assert f"{follows.call_within_months} month" == expected["call_within"]
    assert follows.publish_within_days == expected["publish_within_days"]


@pytest.mark.norm("L38.5.a1", "L38.5.a4")
def test_b09_by_the_letter_of_38_5_the_cec_calls_it() -> None:
    alternative = CASE["B09"]["alternatives"][0]
    rules = PresidentRules.of(EDITION.with_readings(repeat_election_president_caller="cec"))
    follows = decided("B09", rules).value.repeat_election
    assert follows is not None
    assert follows.called_by.value == alternative["called_by"].lower()
    assert follows.publish_within_days == alternative["publish_within_days"]


@pytest.mark.norm("L37.6.1")
@pytest.mark.parametrize(("number", "is_null"), [(0, False), (1, True)])
def test_b12_one_third_in_invalid_precincts_stands_and_one_voter_more_is_null(number: int, is_null: bool) -> None:
    case = CASE["B12"]
    total = case["inputs"]["voters_participated"]
    invalidated = case["inputs"]["invalid_precincts_participants"][number]
    count = PresidentCount(
        total - invalidated,
        0,
        0,
        (Candidate("A", 600_000), Candidate("B", 300_000)),
        invalidated_participants=invalidated,
    )
    result = decide(count, PRESIDENT).value.result
    assert (result is PresidentResult.NULL_AND_VOID) is is_null
    assert (case["expected"]["outcomes"][number] == "null_and_void") is is_null


@pytest.mark.norm("L56.1")
def test_b14_a_tie_for_second_place_waits_for_a_decision() -> None:
    case = CASE["B14"]
    outcome = decided("B14")
    assert case["expected"]["outcome"] == "undetermined"
    assert outcome.value.result is PresidentResult.UNSETTLED
    assert list(outcome.value.candidates) == case["expected"]["certain"]
    assert outcome.unsettled is not None
    assert list(outcome.unsettled.options) == case["expected"]["contenders"]


@pytest.mark.norm("L55.4", "L57.a")
def test_b16_a_single_candidate_below_half() -> None:
    case = CASE["B16"]
    outcome = decided("B16")
    assert outcome.value.result.value == case["expected"]["outcome"]
    assert (outcome.unsettled is not None) is case["expected"]["manual_decision"]
    more = replace(president_count(case["inputs"]), candidates=(Candidate("A", 750_001),))
    assert decide(more, PRESIDENT).value.result is PresidentResult.ELECTED


@pytest.mark.norm("L46.4.a", "L57.a")
def test_b17_a_fact_before_the_mandate_makes_the_election_null() -> None:
    case = CASE["B17"]
    inputs = case["inputs"]
    assert inputs["awarded_at"] is None
    fact = BeforeMandate(
        "A",
        Impediment.OTHER_CITIZENSHIP,
        determined_at=date.fromisoformat(inputs["determined_at"]),
        confirmed_at=date.fromisoformat(inputs["confirmed_at"]),
    )
    after = before_mandate(fact, PRESIDENT).value
    assert after.decision.result.value == case["expected"]["outcome"]
    assert after.decision.repeat_election is not None
    assert after.call_by == date.fromisoformat(case["expected"]["call_by"])


@pytest.mark.norm("L30.10.a1", "L56.1", "L57.a")
def test_b19_a_crossed_out_candidate_is_not_on_the_ballot() -> None:
    case = CASE["B19"]
    assert decided("B19").value.result.value == case["expected"]["outcome"]
    printed = decided("B19", replace(PRESIDENT, on_ballot=OnBallot.PRINTED)).value
    alternative = case["alternatives"][0]
    assert printed.result.value == alternative["outcome"]
    assert list(printed.candidates) == alternative["candidates"]


# ------------------------------------------------------------------------------------- deposits


@pytest.mark.norm("L53.4.b", "L41.16.b")
def test_d14_deposit_at_five_per_cent() -> None:
    case = CASE["D14"]
    inputs = case["inputs"]
    depositors = [
        Depositor(f"C{number}", Decimal(1_000_000), inputs["report_filed"], (votes,))
        for number, votes in enumerate(inputs["votes"])
    ]
    refunds = refund_deposits(
        ElectionKind.PRESIDENTIAL, depositors, (inputs["voters_participated"],), DepositRules.of(EDITION)
    ).value
    assert list(refunds.values()) == case["expected"]["refund"]


def test_every_case_is_told() -> None:
    told = TOLD | {"B01", "B02", "B04", "B06", "B07", "B09", "B11", "B12", "B14", "B16", "B17", "B19", "D14"}
    assert set(CASE) == told
