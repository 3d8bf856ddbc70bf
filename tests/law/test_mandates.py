"""Art. 64 in the words of the law. Votes are invented unless a source is named."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from shailoo.law.editions import CapSurplusRule, RegionalRule, ThresholdBase, TieSameRegistration, edition
from shailoo.law.mandates import Count, ListVotes, Region, Result, SeatRules, allocate, seat_candidates, sensitivity
from shailoo.law.shares import Base, Verdict

RULES = SeatRules.of(edition("2017-06-05"))


def nation(
    votes: dict[str, int], *, participated: int | None, against_all: int = 0, regions: tuple[Region, ...] = ()
) -> Count:
    lists = tuple(ListVotes(name, number, order) for order, (name, number) in enumerate(votes.items(), 1))
    return Count(participated, against_all, None, lists, regions)


# ------------------------------------------------------------------------------------- null, failed


@pytest.mark.norm("L37.6.1")
@pytest.mark.parametrize(("invalidated", "result"), [(500_000, Result.ALLOCATED), (500_001, Result.NULL_AND_VOID)])
def test_more_than_a_third_of_participants_at_invalid_precincts_is_null(invalidated: int, result: Result) -> None:
    count = nation({"A": 600_000, "B": 300_000}, participated=1_500_000 - invalidated)
    outcome = allocate(replace(count, invalidated_participants=invalidated), RULES)
    assert outcome.value.result is result


@pytest.mark.norm("L37.6.1", "L37.3.b")
def test_the_third_is_of_the_total_that_is_given() -> None:
    count = nation({"A": 600_000}, participated=700_000)
    held = allocate(replace(count, invalidated_participants=400_000, total_participants=1_200_000), RULES)
    null = allocate(replace(count, invalidated_participants=400_000, total_participants=1_199_999), RULES)
    assert (held.value.result, null.value.result) == (Result.ALLOCATED, Result.NULL_AND_VOID)


@pytest.mark.norm("L37.6.1", "L37.3.b")
def test_a_total_that_is_not_known_leaves_the_third_open() -> None:
    count = replace(nation({"A": 600_000}, participated=None), invalidated_participants=300_001)
    outcome = allocate(count, RULES)
    assert outcome.unsettled is not None
    assert outcome.unsettled.question == "null_share_base_unknown"


@pytest.mark.norm("L37.3.3", "L38.5.a1", "L63.2.b")
@pytest.mark.parametrize(("against_all", "result"), [(300_000, Result.ALLOCATED), (300_001, Result.FAILED_AGAINST_ALL)])
def test_fewer_votes_than_against_all_is_failed_and_as_many_is_not(against_all: int, result: Result) -> None:
    outcome = allocate(nation({"A": 300_000, "B": 1}, participated=1_000_000, against_all=against_all), RULES)
    assert outcome.value.result is result
    assert (outcome.value.repeat_election is not None) is (result is Result.FAILED_AGAINST_ALL)


@pytest.mark.norm("L37.3.2", "L63.1", "L64.7.a", "L64.7.b")
def test_no_list_left_is_failed_with_a_repeat_election() -> None:
    outcome = allocate(nation({"A": 89_999, "B": 80_000}, participated=1_000_000), RULES)
    assert outcome.value.result is Result.FAILED_ALL_EXCLUDED
    assert set(outcome.value.excluded) == {"A", "B"}
    assert outcome.value.repeat_election is not None
    assert outcome.value.repeat_election.terms_shortened_by == Fraction(1, 3)
    assert {"L37.3.2", "L64.7.a", "L38.5.a1"} <= set(outcome.grounds)


# ------------------------------------------------------------------------------------- thresholds


@pytest.mark.norm("L64.2.a", "L64.2.c")
@pytest.mark.parametrize(("votes", "admitted"), [(90_000, True), (89_999, False)])
def test_nine_per_cent_of_those_who_took_part_is_enough_and_one_vote_less_is_not(votes: int, admitted: bool) -> None:
    outcome = allocate(nation({"A": 600_000, "B": votes}, participated=1_000_000), RULES)
    assert ("B" in outcome.value.admitted) is admitted
    step = next(step for step in outcome.steps if step.facts.get("list") == "B")
    assert step.facts["needed"] == 90_000
    assert step.facts["share"] == Fraction(votes, 1_000_000)


@pytest.mark.norm("L64.2.a")
def test_the_edition_of_30_june_2020_asks_for_seven_per_cent() -> None:
    count = nation({"A": 600_000, "B": 70_000, "C": 69_999}, participated=1_000_000)
    assert allocate(count, SeatRules.of(edition("2020-06-30"))).value.admitted == ("A", "B")


@pytest.mark.norm("L64.2.a")
@pytest.mark.parametrize(
    ("base", "admitted"),
    [
        (ThresholdBase.PARTICIPATED, ("A",)),  # 9 % of 1,000,000 = 90,000
        (ThresholdBase.VALID_WITH_AGAINST_ALL, ("A", "B")),  # of 950,000 = 85,500
        (ThresholdBase.LIST_VOTES, ("A", "B", "C")),  # of 900,000 = 81,000
    ],
)
def test_what_the_share_is_a_share_of(base: ThresholdBase, admitted: tuple[str, ...]) -> None:
    votes = {"A": 733_500, "B": 85_500, "C": 81_000}
    outcome = allocate(nation(votes, participated=1_000_000, against_all=50_000), replace(RULES, base=base))
    assert outcome.value.admitted == admitted


@pytest.mark.norm("L64.2.b", "L64.3.a")
@pytest.mark.parametrize(("votes", "admitted"), [(700, True), (699, False)])
def test_a_list_below_the_barrier_in_one_region_is_out_whatever_it_has_nationwide(votes: int, admitted: bool) -> None:
    osh = Region("Osh", 100_000, {"A": 50_000, "B": votes})
    talas = Region("Talas", 100_000, {"A": 50_000, "B": 40_000})
    count = nation({"A": 500_000, "B": 300_000}, participated=1_000_000, regions=(osh, talas))
    outcome = allocate(count, RULES)
    assert ("B" in outcome.value.admitted) is admitted
    assert [exclusion.regions for exclusion in outcome.value.excluded.values()] == ([] if admitted else [("Osh",)])


@pytest.mark.norm("L64.2.b")
@pytest.mark.parametrize(("elsewhere", "admitted"), [(700, True), (699, False)])
def test_by_the_letter_only_below_in_all_regions_is_out(elsewhere: int, admitted: bool) -> None:
    regions = (
        Region("Osh", 100_000, {"A": 50_000, "B": 1}),
        Region("Talas", 100_000, {"A": 50_000, "B": elsewhere}),
    )
    count = nation({"A": 500_000, "B": 300_000}, participated=1_000_000, regions=regions)
    rules = replace(RULES, regional_rule=RegionalRule.EXCLUDED_ONLY_IF_BELOW_IN_ALL)
    assert ("B" in allocate(count, rules).value.admitted) is admitted


@pytest.mark.norm("L64.2.b")
def test_the_regional_base_follows_the_same_reading_as_the_national_one() -> None:
    osh = Region("Osh", 100_000, {"A": 60_000, "B": 500}, against_all=10_000)
    count = nation({"A": 500_000, "B": 300_000}, participated=1_000_000, against_all=20_000, regions=(osh,))

    def admitted(base: ThresholdBase) -> bool:
        return "B" in allocate(count, replace(RULES, base=base)).value.admitted

    assert not admitted(ThresholdBase.PARTICIPATED)  # 500 of 100,000
    assert admitted(ThresholdBase.VALID_WITH_AGAINST_ALL)  # 500 of 70,500 is more than 493.5
    assert admitted(ThresholdBase.LIST_VOTES)  # 500 of 60,500


@pytest.mark.norm("L64.2.b")
def test_without_regions_the_regional_test_is_reported_as_not_made() -> None:
    outcome = allocate(nation({"A": 500_000}, participated=1_000_000), RULES)
    assert any(step.code == "regional_test_not_made" for step in outcome.steps)


# ------------------------------------------------------------------------------------- a base not known


@pytest.mark.norm("L37.3.b", "L64.2.a")
def test_without_the_voters_who_took_part_the_missing_figure_is_named() -> None:
    outcome = allocate(nation({"A": 500_000, "B": 60_000}, participated=None, against_all=140_000), RULES)
    assert outcome.value.result is Result.UNSETTLED
    assert outcome.unsettled is not None
    assert outcome.unsettled.options == ("establish:participated",)
    assert [found.facts["missing"] for found in outcome.errors] == ["participated"]
    # 60,000 of at least 700,000 is below 9 %, whatever else was cast.
    assert set(outcome.value.excluded) == {"B"}


@pytest.mark.norm("L37.3.b", "L64.2.b")
def test_a_region_without_its_own_figure_counts_where_every_possible_base_agrees() -> None:
    regions = (Region("Osh", None, {"A": 50_000, "B": 1_000}, against_all=0),)
    count = nation({"A": 500_000, "B": 300_000}, participated=800_000, regions=regions)
    assert allocate(count, RULES).value.admitted == ("A", "B")
    # With 150,000 more voters, all of them perhaps in Osh, 0.7 % could be as much as 1,407.
    more = allocate(replace(count, participated=950_000), RULES)
    assert more.unsettled is not None
    assert more.unsettled.options == ("establish:regions.Osh.participated",)


@pytest.mark.norm("L37.3.b")
@pytest.mark.parametrize(("votes", "verdict"), [(89, Verdict.MISSED), (90, Verdict.OPEN), (108, Verdict.MET)])
def test_a_bounded_base_answers_only_where_both_bounds_agree(votes: int, verdict: Verdict) -> None:
    assert Base(1_000, 1_200).at_least(votes, Fraction(9, 100)) is verdict


@pytest.mark.norm("L37.3.b")
@pytest.mark.parametrize(("votes", "verdict"), [(500, Verdict.MISSED), (600, Verdict.OPEN), (601, Verdict.MET)])
def test_a_bounded_base_is_exceeded_only_where_both_bounds_are(votes: int, verdict: Verdict) -> None:
    assert Base(1_000, 1_200).more_than(votes, Fraction(1, 2)) is verdict


@pytest.mark.norm("L37.3.b", "L64.2.b")
def test_sensitivity_knows_from_where_a_region_can_no_longer_be_told() -> None:
    # 1,000 votes are 0.7 % of up to 142,857: 61,000 valid votes of Osh and 81,857 voters without one in all the nation.
    regions = (Region("Osh", None, {"A": 50_000, "B": 1_000}, against_all=10_000),)
    count = nation({"A": 500_000, "B": 300_000}, participated=None, against_all=10_000, regions=regions)
    answer = sensitivity(count, RULES, up_to=900_000)
    assert [part.to_participated for part in answer.ranges] == [891_857, 900_000]
    assert answer.ranges[1].outcome.unsettled is not None


@pytest.mark.norm("L37.3.b", "L64.2.a")
def test_readings_that_need_no_participants_do_without() -> None:
    count = nation({"A": 500_000, "B": 60_000}, participated=None, against_all=140_000)
    outcome = allocate(count, replace(RULES, base=ThresholdBase.VALID_WITH_AGAINST_ALL))
    assert outcome.value.admitted == ("A",)


# ------------------------------------------------------------------------------------- quotient, remainders, ties


@pytest.mark.norm("L64.3.b", "L64.3.c", "L64.3.d")
def test_steps_carry_all_that_explains_the_seats() -> None:
    votes = {"A": 512_345, "B": 298_760, "C": 231_455, "D": 187_990, "E": 155_450, "F": 98_000}
    outcome = allocate(nation(votes, participated=1_620_000, against_all=60_000), RULES)
    quotient = next(step for step in outcome.steps if step.code == "quotient")
    assert quotient.facts == {"round": 1, "votes": 1_386_000, "mandates": 120, "quotient": Fraction(11_550)}
    parts = {str(step.facts["list"]): step.facts for step in outcome.steps if step.code == "whole_part"}
    assert parts["A"]["whole"] == 44
    assert parts["A"]["remainder"] == Fraction(512_345, 11_550) - 44
    assert [step.facts["list"] for step in outcome.steps if step.code == "by_remainder"] == ["B", "E"]
    assert outcome.value.rounds[0].by_remainder == ("B", "E")
    assert outcome.grounds[-4:] == ("L64.3.a", "L64.3.b", "L64.3.c", "L64.3.d")


@pytest.mark.norm("L64.3.e")
def test_equal_remainders_go_to_the_list_with_more_votes_and_a_step_says_so() -> None:
    outcome = allocate(nation({"A": 345_000, "B": 455_000, "C": 400_000}, participated=1_300_000), RULES)
    assert outcome.value.seats == {"A": 34, "B": 46, "C": 40}
    assert "L64.3.e" in outcome.grounds


@pytest.mark.norm("L64.3.f")
def test_equal_remainders_and_votes_go_to_the_list_registered_earlier() -> None:
    outcome = allocate(nation({"A": 395_000, "B": 395_000, "C": 410_000}, participated=1_300_000), RULES)
    assert outcome.value.seats == {"A": 40, "B": 39, "C": 41}
    assert "L64.3.f" in outcome.grounds


def tied(*registered: tuple[int | None, int | None], others: int = 410_000) -> Count:
    """Two or more lists with 39.5 mandates each by votes, as they were registered, and one with whole mandates."""
    lists = [ListVotes(name, 395_000, *order) for name, order in zip("ABD", registered, strict=False)]
    return Count(1_700_000, 0, None, (*lists, ListVotes("C", others, 9)))


@pytest.mark.norm("L64.3.f")
def test_the_reading_stop_does_not_look_at_the_number_of_the_decision() -> None:
    count = tied((3, 101), (3, 102))
    assert allocate(count, RULES).value.seats == {"A": 40, "B": 39, "C": 41}
    stop = allocate(count, replace(RULES, tie_same_registration=TieSameRegistration.STOP))
    assert stop.value.open_seats == 1
    assert stop.value.seats == {"A": 39, "B": 39, "C": 41}


@pytest.mark.norm("L64.3.f")
def test_a_list_surely_registered_later_is_no_contender() -> None:
    # A before B; when D was registered nobody knows. One mandate is left: A's or D's, never B's.
    outcome = allocate(tied((1, None), (2, None), (None, None), others=1_400), replace(RULES, seats=4, cap=4))
    assert outcome.unsettled is not None
    assert outcome.unsettled.options == ("A", "D")


# ------------------------------------------------------------------------------------- cap


@pytest.mark.norm("L64.5")
def test_exactly_the_cap_is_not_over_it() -> None:
    outcome = allocate(nation({"A": 650_000, "B": 550_000}, participated=1_200_000), RULES)
    assert outcome.value.seats == {"A": 65, "B": 55}
    assert "L64.5" not in outcome.grounds


@pytest.mark.norm("L64.5")
def test_the_rerun_is_run_again_where_it_lifts_another_list_over_the_cap() -> None:
    rules = SeatRules(seats=20, cap=6)
    outcome = allocate(nation({"A": 600, "B": 270, "C": 70, "D": 60}, participated=1_000), rules)
    # 12, 5.4, 1.4, 1.2; then 14 among B 9.45, C 2.45, D 2.1; then 8 among C 4.3 and D 3.7
    assert outcome.value.seats == {"A": 6, "B": 6, "C": 4, "D": 4}
    assert [division.mandates for division in outcome.value.rounds] == [20, 14, 8]


@pytest.mark.norm("L64.5", "L64.3.f")
def test_a_tie_in_a_division_that_is_run_again_is_none() -> None:
    # First division of 12: A 7.2, B and C 2.4 each and one mandate left between them; A is over the cap anyway.
    lists = (ListVotes("A", 600), ListVotes("B", 200), ListVotes("C", 200))
    outcome = allocate(Count(1_000, 0, None, lists), SeatRules(seats=12, cap=6))
    assert outcome.unsettled is None
    assert outcome.value.seats == {"A": 6, "B": 3, "C": 3}


@pytest.mark.norm("L64.5", "L65.5")
@pytest.mark.parametrize(
    ("rule", "settled"),
    [(CapSurplusRule.RERUN, False), (CapSurplusRule.NEXT_REMAINDER, False), (CapSurplusRule.VACANT, True)],
)
def test_one_list_alone_leaves_mandates_that_only_a_decision_can_settle(rule: CapSurplusRule, settled: bool) -> None:
    outcome = allocate(
        nation({"A": 800_000, "B": 10_000}, participated=1_000_000), replace(RULES, cap_surplus_rule=rule)
    )
    assert outcome.value.seats == {"A": 65}
    assert outcome.value.vacant == 55
    assert (outcome.unsettled is None) is settled


@pytest.mark.norm("L64.3.b")
def test_without_any_vote_there_is_no_quotient() -> None:
    outcome = allocate(nation({"A": 0, "B": 0}, participated=0), SeatRules(seats=5))
    assert outcome.value.result is Result.UNSETTLED
    assert outcome.unsettled is not None
    assert outcome.unsettled.question == "no_votes_for_any_list"


# ------------------------------------------------------------------------------------- candidates


@pytest.mark.norm("L64.4")
def test_mandates_go_to_candidates_in_the_order_of_registration() -> None:
    deputies = seat_candidates({"A": 2, "B": 0}, {"A": ("Айгүл", "Бакыт", "Чынара"), "B": ("Данияр",)}).value
    assert deputies.elected == {"A": ("Айгүл", "Бакыт"), "B": ()}
    assert deputies.vacant == {}


@pytest.mark.norm("L65.5")
def test_a_list_without_candidates_leaves_its_mandates_vacant() -> None:
    assert seat_candidates({"A": 2}, {}).value.vacant == {"A": 2}


# ------------------------------------------------------------------------------------- counts that cannot be


@pytest.mark.parametrize(
    "change",
    [
        {"lists": ()},
        {"lists": (ListVotes("A", 1), ListVotes("A", 2))},
        {"lists": (ListVotes("A", -1),)},
        {"against_all": -1},
        {"participated": -1},
        {"regions": (Region("Osh", 1, {"Z": 1}),)},
        {"regions": (Region("Osh", 1, {}), Region("Osh", 1, {}))},
    ],
)
def test_a_count_that_no_protocol_can_hold_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(nation({"A": 1}, participated=1), **change)


@pytest.mark.parametrize("change", [{"seats": 0}, {"cap": 0}, {"threshold": Fraction(2)}])
def test_rules_that_no_law_can_hold_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(RULES, **change)


# ------------------------------------------------------------------------------------- 4 October 2020

LISTS = tuple(f"p{number:02}" for number in range(1, 17))

# Votes of public record for the 16 lists and against all, by region; the file holds no invalid ballots.
OCTOBER_2020: dict[str, tuple[int, ...]] = {
    "Bishkek": (
        44603,
        14726,
        13095,
        44794,
        17692,
        15095,
        6036,
        16308,
        19051,
        2811,
        1147,
        909,
        6227,
        28323,
        10308,
        13267,
        12251,
    ),
    "Osh city": (62805, 5695, 2466, 19363, 675, 4835, 1305, 5858, 158, 103, 56, 29, 2417, 2271, 7844, 334, 1091),
    "Batken": (32299, 10384, 4099, 30457, 460, 4429, 1211, 30432, 422, 313, 124, 242, 6063, 4580, 9138, 305, 806),
    "Jalal-Abad": (
        90706,
        43989,
        9305,
        105565,
        1273,
        7455,
        5809,
        30114,
        697,
        763,
        399,
        234,
        13815,
        8217,
        39504,
        1454,
        2592,
    ),
    "Naryn": (22688, 5362, 6142, 13861, 796, 5365, 7231, 2080, 3349, 692, 170, 227, 2145, 5902, 10842, 3792, 2399),
    "Osh oblast": (
        116331,
        19659,
        6932,
        115748,
        907,
        8316,
        10777,
        33857,
        284,
        213,
        276,
        198,
        18963,
        8127,
        27024,
        691,
        1916,
    ),
    "Talas": (16473, 4562, 4549, 18513, 852, 4992, 882, 1125, 391, 1436, 58, 332, 1364, 16450, 10744, 1570, 1265),
    "Chui": (
        61455,
        11263,
        10673,
        72401,
        6063,
        16555,
        5031,
        13540,
        12092,
        1575,
        871,
        1594,
        5090,
        23684,
        41735,
        11033,
        8084,
    ),
    "Issyk-Kul": (
        21316,
        16007,
        6794,
        32101,
        2510,
        10528,
        3327,
        2297,
        4390,
        4024,
        173,
        412,
        2059,
        13506,
        9644,
        11987,
        3944,
    ),
    "ABROAD": (422, 1160, 660, 168, 560, 595, 111, 4125, 189, 91, 14, 8, 243, 242, 76, 336, 164),
}


def october_2020() -> Count:
    regions = tuple(
        Region(name, None, dict(zip(LISTS, votes, strict=False)), votes[-1])
        for name, votes in OCTOBER_2020.items()
        if name != "ABROAD"
    )
    totals = [sum(votes) for votes in zip(*OCTOBER_2020.values(), strict=True)]
    lists = tuple(ListVotes(name, votes) for name, votes in zip(LISTS, totals, strict=False))
    return Count(None, totals[-1], None, lists, regions)


@pytest.mark.norm("L64.2.a", "L64.3.d")
def test_october_2020_by_nine_per_cent_of_the_ballots_found() -> None:
    count = october_2020()
    assert count.found == 1_887_345
    seats = allocate(replace(count, participated=count.found), RULES).value.seats
    assert sorted(seats.values(), reverse=True) == [61, 59]


@pytest.mark.norm("L64.2.a", "L64.3.d")
def test_october_2020_by_seven_per_cent_of_valid_votes() -> None:
    rules = replace(SeatRules.of(edition("2020-06-30")), base=ThresholdBase.VALID_WITH_AGAINST_ALL)
    seats = allocate(october_2020(), rules).value.seats
    assert sorted(seats.values(), reverse=True) == [41, 40, 15, 12, 12]


@pytest.mark.norm("L37.3.b", "L64.2.a")
def test_october_2020_says_how_many_invalid_ballots_would_put_a_list_out() -> None:
    answer = sensitivity(october_2020(), SeatRules.of(edition("2020-06-30")), up_to=2_100_000)
    reach = {entry.list: entry for entry in answer.reaches}
    # 132,807 votes are 7 % of 1,897,242.86: 9,897 further voters without a valid vote still leave the list in.
    assert (reach["p02"].passes_until, reach["p02"].margin) == (1_897_242, 9_897)
    assert [len(part.allocation.seats) for part in answer.ranges][:2] == [5, 4]
    assert answer.ranges[0].to_participated == 1_897_242


@pytest.mark.norm("L37.3.b")
def test_sensitivity_ends_where_no_list_passes_any_more() -> None:
    answer = sensitivity(nation({"A": 90, "B": 45}, participated=None), RULES)
    assert [(part.from_participated, part.to_participated) for part in answer.ranges] == [
        (135, 500),
        (501, 1_000),
        (1_001, 1_001),
    ]
    assert answer.ranges[-1].allocation.result is Result.FAILED_ALL_EXCLUDED


def test_sensitivity_refuses_fewer_participants_than_ballots() -> None:
    with pytest.raises(ValueError, match="fewer than the 135"):
        sensitivity(nation({"A": 90, "B": 45}, participated=None), RULES, up_to=134)
