"""L37.4: can invalid precincts affect the result? Compared with every way in which their voters could have voted.

The rule may say yes too often, never no too often; where it claims more than that, it is held to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from shailoo.law.determination import PrecinctResult
from shailoo.law.editions import CapSurplusRule, RegionalRule, ThresholdBase, edition
from shailoo.law.effect import Change, Voters, affects_president, affects_seats, repeat_voting_by
from shailoo.law.mandates import Count, ListVotes, Region, SeatRules, allocate
from shailoo.law.presidential import Ballot, Candidate, PresidentCount, PresidentRules, decide

EDITION = edition("2017-06-05")
RULES = SeatRules.of(EDITION)
PRESIDENT = PresidentRules.of(EDITION)


def nation(votes: dict[str, int], *, participated: int, against_all: int = 0) -> Count:
    lists = tuple(ListVotes(name, number, order) for order, (name, number) in enumerate(votes.items(), 1))
    return Count(participated, against_all, None, lists)


def changes(count: Count, listed: int) -> tuple[Change, ...]:
    return affects_seats(count, Voters(listed, {}), RULES).value.changes


@pytest.mark.norm("L37.4.b2")
def test_the_last_day_of_repeat_voting_is_two_weeks_after_the_decision() -> None:
    assert repeat_voting_by(date(2020, 10, 20), EDITION) == date(2020, 11, 3)


@pytest.mark.norm("L37.4.b2")
def test_voters_are_those_listed_in_all_and_by_region() -> None:
    def row(name: str, region: str | None) -> PrecinctResult:
        return PrecinctResult(name, 900, 500, 0, 0, {"A": 500}, region)

    voters = Voters.of([row("1", "KG02"), row("2", "KG02"), row("3", None)])
    assert voters == Voters(2_700, {"KG02": 1_800})


@pytest.mark.norm("L37.4.b2")
def test_a_far_result_stands_without_repeat_voting() -> None:
    outcome = affects_seats(nation({"A": 600_000, "B": 300_000}, participated=1_000_000), Voters(100, {}), RULES)
    assert not outcome.value.possible
    assert outcome.grounds == ("L37.4.b2",)


@pytest.mark.norm("L37.4.b2", "L37.3.3")
@pytest.mark.parametrize(("listed", "possible"), [(1_000, False), (1_001, True)])
def test_voters_enough_to_put_against_all_in_front(listed: int, possible: bool) -> None:
    count = nation({"A": 300_000}, participated=700_000, against_all=299_000)
    assert (Change.FAILURE in changes(count, listed)) is possible


@pytest.mark.norm("L37.4.b2", "L64.2.a")
@pytest.mark.parametrize(("listed", "possible"), [(11, False), (12, True)])
def test_voters_enough_to_put_a_list_out(listed: int, possible: bool) -> None:
    # 9 % of 1,000,011 is 90,000.99, of 1,000,012 it is 90,001.08: one vote more than the list has.
    count = nation({"A": 600_000, "B": 90_001}, participated=1_000_000)
    assert (Change.THRESHOLD in changes(count, listed)) is possible


@pytest.mark.norm("L37.4.b2", "L64.2.a")
@pytest.mark.parametrize(("listed", "possible"), [(10, False), (11, True)])
def test_voters_enough_to_bring_a_list_in(listed: int, possible: bool) -> None:
    # 10 votes short: 89,990 + n >= 9 % of 1,000,000 + n needs n >= 10.99
    count = nation({"A": 400_000, "B": 89_990, "C": 300_000}, participated=1_000_000)
    assert (Change.THRESHOLD in changes(count, listed)) is possible


@pytest.mark.norm("L37.4.b2", "L64.2.b")
def test_a_regional_barrier_moves_only_with_voters_of_the_region() -> None:
    lists = (ListVotes("A", 500_000, 1), ListVotes("B", 300_000, 2))
    count = Count(1_000_000, 0, None, lists, (Region("Osh", 100_000, {"A": 60_000, "B": 700}),))
    elsewhere = affects_seats(count, Voters(50, {"Talas": 50}), RULES).value.changes
    there = affects_seats(count, Voters(50, {"Osh": 50}), RULES).value.changes
    assert Change.THRESHOLD not in elsewhere
    assert Change.THRESHOLD in there


@pytest.mark.norm("L37.4.b2", "L64.2.b")
def test_a_region_known_only_within_bounds_may_hold_voters_from_anywhere() -> None:
    # Osh is at most 61,000 valid votes and 81,857 voters without one, and 1,000 is 0.7 % of just that.
    lists = (ListVotes("A", 500_000, 1), ListVotes("B", 300_000, 2))
    osh = Region("Osh", None, {"A": 50_000, "B": 1_000}, against_all=10_000)
    count = Count(891_857, 10_000, None, lists, (osh,))
    assert Change.THRESHOLD in affects_seats(count, Voters(1, {"Talas": 1}), RULES).value.changes


@pytest.mark.norm("L37.4.b2", "L64.3.f")
@pytest.mark.parametrize(("votes", "possible"), [(5, True), (6, False)])
def test_voters_who_can_only_make_a_tie_can_still_move_a_mandate_by_registration(votes: int, possible: bool) -> None:
    count = Count(votes + 4, 0, None, (ListVotes("A", votes, 2), ListVotes("B", 4, 1)))
    effect = affects_seats(count, Voters(1, {}), SeatRules(seats=1)).value
    assert (Change.SEATS in effect.changes) is possible


@pytest.mark.norm("L37.4.b2")
def test_an_open_question_is_reason_enough() -> None:
    count = Count(1_300_000, 0, None, (ListVotes("A", 395_000), ListVotes("B", 395_000), ListVotes("C", 410_000)))
    assert Change.OPEN_QUESTION in changes(count, 1)


@pytest.mark.norm("L37.4.b2")
def test_without_listed_voters_nothing_can_change() -> None:
    assert changes(nation({"A": 1, "B": 1}, participated=2), 0) == ()


def splits(options: int, voters: int) -> Iterator[tuple[int, ...]]:
    """Every way in which up to `voters` can fall on `options`."""
    return (split for split in product(range(voters + 1), repeat=options) if sum(split) <= voters)


def seat_worlds(count: Count, voters: Voters) -> Iterator[Count]:
    """The count with every possible vote of the invalid precincts; the last two options are against all and invalid."""
    region = next(iter(voters.by_region), None)
    assert count.participated is not None
    for split in splits(len(count.lists) + 2, voters.listed):
        votes = dict(zip((entry.id for entry in count.lists), split, strict=False))
        regions = tuple(
            replace(
                place,
                participated=(place.participated or 0) + sum(split),
                votes={name: place.votes.get(name, 0) + number for name, number in votes.items()},
                against_all=(place.against_all or 0) + split[-2],
            )
            if place.id == region
            else place
            for place in count.regions
        )
        yield replace(
            count,
            participated=count.participated + sum(split),
            against_all=count.against_all + split[-2],
            lists=tuple(replace(entry, votes=entry.votes + votes[entry.id]) for entry in count.lists),
            regions=regions,
        )


@st.composite
def small_counts(draw: st.DrawFn) -> tuple[Count, Voters, SeatRules]:
    votes = draw(st.lists(st.integers(0, 60), min_size=1, max_size=3))
    lists = tuple(ListVotes(f"P{order}", number, order) for order, number in enumerate(votes))
    against_all = draw(st.integers(0, 70))
    regions = []
    if draw(st.booleans()):
        here = {entry.id: draw(st.integers(0, entry.votes)) for entry in lists}
        regions = [Region("Osh", sum(here.values()) + draw(st.integers(0, 9)), here, 0)]
    count = Count(sum(votes) + against_all + draw(st.integers(0, 9)), against_all, None, lists, tuple(regions))
    listed = draw(st.integers(1, 3))
    voters = Voters(listed, draw(st.sampled_from([{}, {"Osh": listed}])))
    rules = SeatRules(
        seats=draw(st.integers(1, 9)),
        threshold=Fraction(draw(st.integers(0, 30)), 100),
        regional_threshold=Fraction(draw(st.integers(0, 20)), 100),
        cap=draw(st.sampled_from([None, 3])),
        base=draw(st.sampled_from(ThresholdBase)),
        regional_rule=draw(st.sampled_from(RegionalRule)),
        cap_surplus_rule=draw(st.sampled_from(CapSurplusRule)),
    )
    return count, voters, rules


@pytest.mark.norm("L37.4.b2")
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(small_counts())
def test_no_effect_on_seats_means_that_no_vote_could_have_changed_them(case: tuple[Count, Voters, SeatRules]) -> None:
    count, voters, rules = case
    assume(not affects_seats(count, voters, rules).value.possible)
    now = allocate(count, rules)
    for world in seat_worlds(count, voters):
        then = allocate(world, rules)
        assert then.value.result is now.value.result
        assert then.value.admitted == now.value.admitted
        assert dict(then.value.seats) == dict(now.value.seats)


@pytest.mark.norm("L37.4.b2", "L64.3.d")
@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=2, max_size=3), st.integers(1, 9), st.integers(1, 3))
def test_a_mandate_said_to_move_can_be_moved_or_tied(votes: list[int], seats: int, listed: int) -> None:
    lists = tuple(ListVotes(f"P{order}", number) for order, number in enumerate(votes))
    count, rules = Count(sum(votes), 0, None, lists), SeatRules(seats)
    assume(allocate(count, rules).unsettled is None)
    said = Change.SEATS in affects_seats(count, Voters(listed, {}), rules).value.changes
    now = dict(allocate(count, rules).value.seats)
    moved = any(
        dict(then.value.seats) != now or then.unsettled is not None or _level(then.value.rounds[0].remainders)
        for then in (allocate(world, rules) for world in seat_worlds(count, Voters(listed, {})))
    )
    assert moved or not said


def _level(remainders: object) -> bool:
    """Whether two lists have equal fractional parts, so that votes or registration decide between them."""
    assert isinstance(remainders, dict)
    return len(set(remainders.values())) < len(remainders)


# ------------------------------------------------------------------------------------- President


def president(*votes: int, participated: int, against_all: int = 0, ballot: Ballot = Ballot.FIRST) -> PresidentCount:
    candidates = tuple(Candidate(name, number) for name, number in zip("ABCD", votes, strict=False))
    return PresidentCount(participated, against_all, None, candidates, ballot)


def president_changes(count: PresidentCount, listed: int) -> tuple[Change, ...]:
    return affects_president(count, Voters(listed, {}), PRESIDENT).value.changes


@pytest.mark.norm("L37.4.b2", "L55.4")
@pytest.mark.parametrize(("listed", "possible"), [(1, False), (2, True)])
def test_a_majority_can_be_lost(listed: int, possible: bool) -> None:
    # 850,001 of 1,700,000: 2 x 850,001 = 1,700,002
    count = president(850_001, 560_000, participated=1_700_000)
    assert (president_changes(count, listed) == (Change.MAJORITY,)) is possible


@pytest.mark.norm("L37.4.b2", "L55.4")
@pytest.mark.parametrize(("listed", "possible"), [(2, False), (3, True)])
def test_a_majority_can_be_won(listed: int, possible: bool) -> None:
    # 849,999 + n of 1,700,000 + n: 2 x (849,999 + n) > 1,700,000 + n needs n > 2
    count = president(849_999, 560_000, participated=1_700_000)
    assert (president_changes(count, listed) == (Change.MAJORITY,)) is possible


@pytest.mark.norm("L37.4.b2", "L56.1")
@pytest.mark.parametrize(("listed", "possible"), [(99, False), (100, True)])
def test_a_place_in_the_repeat_voting_can_change_hands(listed: int, possible: bool) -> None:
    count = president(700_000, 300_100, 300_000, participated=1_600_000)
    assert (president_changes(count, listed) == (Change.PLACE,)) is possible


@pytest.mark.norm("L37.4.b2", "L56.4")
@pytest.mark.parametrize(("listed", "possible"), [(99, False), (100, True)])
def test_the_winner_of_the_repeat_voting_can_change(listed: int, possible: bool) -> None:
    count = president(700_100, 700_000, participated=1_600_000, ballot=Ballot.REPEAT)
    assert (president_changes(count, listed) == (Change.WINNER,)) is possible


@pytest.mark.norm("L37.4.b2")
def test_null_results_are_not_voted_on_again_precinct_by_precinct() -> None:
    count = replace(president(10, 9, participated=20), court_decision="AK-77/20")
    assert president_changes(count, 100) == ()


@pytest.mark.norm("L37.4.b2", "L56.1")
def test_an_open_tie_is_reason_enough() -> None:
    count = president(700_000, 300_000, 300_000, participated=1_600_000)
    assert president_changes(count, 1) == (Change.OPEN_QUESTION,)


@pytest.mark.norm("L37.4.b2", "L37.3.1", "L55.4", "L56.1", "L56.4")
@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=3),
    st.integers(0, 30),
    st.integers(0, 5),
    st.integers(1, 3),
    st.sampled_from(Ballot),
)
def test_an_effect_on_the_president_is_exactly_a_vote_that_could_change_what_follows(
    votes: list[int], against_all: int, more: int, listed: int, ballot: Ballot
) -> None:
    assume(ballot is Ballot.FIRST or len(votes) <= 2)
    count = president(*votes, participated=sum(votes) + against_all + more, against_all=against_all, ballot=ballot)
    now = decide(count, PRESIDENT)
    assume(now.unsettled is None)
    worlds = [decide(world, PRESIDENT) for world in president_worlds(count, listed)]
    changed = any(
        (then.value.result, then.value.elected, set(then.value.candidates))
        != (now.value.result, now.value.elected, set(now.value.candidates))
        for then in worlds
    )
    assert affects_president(count, Voters(listed, {}), PRESIDENT).value.possible is changed


def president_worlds(count: PresidentCount, listed: int) -> Iterator[PresidentCount]:
    assert count.participated is not None
    for split in splits(len(count.candidates) + 2, listed):
        yield replace(
            count,
            participated=count.participated + sum(split),
            against_all=count.against_all + split[-2],
            candidates=tuple(
                replace(entry, votes=entry.votes + more) for entry, more in zip(count.candidates, split, strict=False)
            ),
        )
