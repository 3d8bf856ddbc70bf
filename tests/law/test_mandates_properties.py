"""What must hold of mandates for every count: a naive second implementation, votelib, and the method's own laws.

Largest remainders are not monotone in the number of seats, so that is not among them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import votelib.evaluate.core
import votelib.evaluate.proportional
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shailoo.law.editions import CapSurplusRule, RegionalRule, ThresholdBase
from shailoo.law.mandates import Allocation, Count, ListVotes, Region, Result, SeatRules, allocate, sensitivity
from shailoo.law.outcome import Outcome
from tests.law import naive

NAMES = tuple("ABCDEFGHIJ")


def shares(draw: st.DrawFn, most: int) -> Fraction:
    return Fraction(draw(st.integers(0, most)), 100)


@st.composite
def votes_for_lists(draw: st.DrawFn) -> list[int]:
    """Small numbers tie often, large ones never do; both matter."""
    scale = draw(st.sampled_from([3, 12, 100, 1_000_000]))
    return draw(st.lists(st.integers(0, scale), min_size=1, max_size=7))


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """A count with everything that the rules look at: regions, ties in registration, invalid precincts."""
    votes = draw(votes_for_lists())
    against_all = draw(st.integers(0, max(votes)))
    lists = tuple(
        ListVotes(name, number, registered=draw(st.one_of(st.none(), st.integers(1, 4))))
        for name, number in zip(NAMES, votes, strict=False)
    )
    participated = sum(votes) + against_all + draw(st.integers(0, max(votes)))
    regions = []
    for place in range(draw(st.integers(0, 3))):
        here = {entry.id: draw(st.integers(0, entry.votes)) for entry in lists}
        against = draw(st.integers(0, against_all))
        there = sum(here.values()) + against + draw(st.integers(0, 20))
        regions.append(Region(f"R{place}", there, here, against))
    return Count(
        participated,
        against_all,
        None,
        lists,
        tuple(regions),
        invalidated_participants=draw(st.integers(0, participated)),
    )


@st.composite
def seat_rules(draw: st.DrawFn) -> SeatRules:
    seats = draw(st.sampled_from([1, 2, 5, 12, 120]))
    return SeatRules(
        seats=seats,
        threshold=shares(draw, 20),
        regional_threshold=shares(draw, 10),
        cap=draw(st.integers(1, seats)),
        base=draw(st.sampled_from(ThresholdBase)),
        regional_rule=draw(st.sampled_from(RegionalRule)),
        cap_surplus_rule=draw(st.sampled_from(CapSurplusRule)),
        null_share=Fraction(1, 3),
    )


def naive_answer(count: Count, rules: SeatRules) -> naive.Answer:
    assert count.participated is not None
    assert rules.null_share is not None
    assert rules.cap is not None
    poll = naive.Poll(
        count.participated,
        count.against_all,
        [naive.Party(entry.id, entry.votes, entry.registered) for entry in count.lists],
        [
            naive.Place(region.participated or 0, region.against_all or 0, dict(region.votes))
            for region in count.regions
        ],
        count.invalidated_participants,
    )
    law = naive.Law(
        rules.seats,
        rules.threshold.as_integer_ratio(),
        rules.regional_threshold.as_integer_ratio(),
        rules.cap,
        rules.base.value,
        rules.regional_rule.value,
        rules.cap_surplus_rule.value,
        rules.null_share.as_integer_ratio(),
    )
    return naive.seats(poll, law)


def agree(outcome: Outcome[Allocation], answer: naive.Answer) -> None:
    """The same result, the same lists, the same certain, vacant and open mandates, open between the same lists."""
    assert outcome.value.result.value == answer.word
    assert list(outcome.value.admitted) == answer.admitted
    if not answer.possible:
        assert not outcome.value.seats
        return
    assert dict(outcome.value.seats) == answer.certain
    assert outcome.value.vacant == answer.vacant
    if answer.contenders:
        assert outcome.unsettled is not None
        assert set(outcome.unsettled.options) == answer.contenders


@pytest.mark.norm(
    "L37.3.2", "L37.3.3", "L37.6.1", "L63.1", "L64.2.a", "L64.2.b", "L64.3.a", "L64.3.d", "L64.3.f", "L64.5"
)
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(counts(), seat_rules())
def test_a_second_implementation_gives_the_same_in_every_reading(count: Count, rules: SeatRules) -> None:
    agree(allocate(count, rules), naive_answer(count, rules))


@st.composite
def ties_at_the_cap(draw: st.DrawFn) -> tuple[Count, SeatRules]:
    """Few different numbers of votes, few registrations, a low cap: ties and caps meet here most of the time."""
    votes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=6))
    lists = tuple(
        ListVotes(name, number, registered=draw(st.sampled_from([None, 1, 2])))
        for name, number in zip(NAMES, votes, strict=False)
    )
    seats = draw(st.integers(1, 25))
    rules = SeatRules(
        seats,
        cap=draw(st.integers(1, max(1, seats // 2))),
        cap_surplus_rule=draw(st.sampled_from(CapSurplusRule)),
        null_share=Fraction(1, 3),
    )
    return Count(sum(votes), 0, 0, lists), rules


@pytest.mark.norm("L64.3.f", "L64.5")
@settings(max_examples=600, deadline=None)
@given(ties_at_the_cap())
def test_a_tie_is_open_exactly_where_breaking_it_could_show(case: tuple[Count, SeatRules]) -> None:
    agree(allocate(*case), naive_answer(*case))


def plain(votes: list[int], seats: int) -> Outcome[Allocation]:
    lists = tuple(ListVotes(f"P{order}", number, order) for order, number in enumerate(votes))
    return allocate(Count(sum(votes), 0, 0, lists), SeatRules(seats))


@pytest.mark.norm("L64.3.b", "L64.3.c", "L64.3.d")
@settings(deadline=None)
@given(st.lists(st.integers(1, 1_000_000), min_size=1, max_size=16), st.integers(1, 150))
def test_votelib_gives_the_same_by_hare_quota_and_largest_remainder(votes: list[int], seats: int) -> None:
    reference = votelib.evaluate.proportional.LargestRemainder("hare").evaluate(
        {f"P{order}": number for order, number in enumerate(votes)}, seats
    )
    allocation = plain(votes, seats).value
    remainders = allocation.rounds[0].remainders
    ties = {name for key in reference if isinstance(key, votelib.evaluate.core.Tie) for name in key}
    if ties:
        # votelib stops at equal remainders; the law looks at votes and registration first.
        assert len({remainders[name] for name in ties}) == 1
    for name, number in allocation.seats.items():
        if name not in ties:
            assert reference.get(name, 0) == number


@pytest.mark.norm("L64.3.c", "L64.3.d")
@given(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=16).filter(any), st.integers(1, 150))
def test_every_mandate_is_given_and_no_list_is_a_whole_mandate_from_its_share(votes: list[int], seats: int) -> None:
    allocation = plain(votes, seats).value
    assert sum(allocation.seats.values()) == seats
    for order, number in enumerate(votes):
        assert abs(allocation.seats[f"P{order}"] - Fraction(number * seats, sum(votes))) < 1


@pytest.mark.norm("L64.3.a")
@settings(deadline=None)
@given(counts(), seat_rules())
def test_certain_open_and_vacant_mandates_make_up_all_of_them(count: Count, rules: SeatRules) -> None:
    value = allocate(count, rules).value
    if value.result is Result.ALLOCATED or value.open_seats:
        assert sum(value.seats.values()) + value.open_seats + value.vacant == rules.seats
    assert all(number <= (rules.cap or rules.seats) for number in value.seats.values())


def renamed(count: Count, order: list[int]) -> Count:
    """The same count with other names, and the lists in another order."""
    lists = tuple(replace(count.lists[at], id=count.lists[at].id.lower()) for at in order)
    regions = tuple(
        replace(region, votes={name.lower(): number for name, number in region.votes.items()})
        for region in count.regions
    )
    return replace(count, lists=lists, regions=regions)


@pytest.mark.norm("L64.3.d")
@settings(deadline=None)
@given(counts(), seat_rules(), st.data())
def test_names_and_their_order_change_nothing(count: Count, rules: SeatRules, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(count.lists))))
    one, other = allocate(count, rules), allocate(renamed(count, order), rules)
    assert one.value.result is other.value.result
    assert {name.lower(): number for name, number in one.value.seats.items()} == dict(other.value.seats)
    assert (one.value.vacant, one.value.open_seats) == (other.value.vacant, other.value.open_seats)
    if one.unsettled is not None and other.unsettled is not None:
        assert {option.lower() for option in one.unsettled.options} == set(other.unsettled.options)
    assert (one.unsettled is None) is (other.unsettled is None)


@pytest.mark.norm("L37.3.b", "L64.2.a")
@settings(deadline=None, max_examples=60)
@given(counts(), seat_rules(), st.booleans())
def test_sensitivity_says_for_every_base_what_allocate_says(
    count: Count, rules: SeatRules, regions_known: bool
) -> None:
    if not regions_known:
        unknown = tuple(replace(region, participated=None) for region in count.regions)
        count = replace(count, regions=unknown)
    end = count.found + 40
    answer = sensitivity(count, rules, up_to=end)
    assert [answer.ranges[0].from_participated, answer.ranges[-1].to_participated] == [count.found, end]
    for one, following in zip(answer.ranges, answer.ranges[1:], strict=False):
        assert following.from_participated == one.to_participated + 1
    for part in answer.ranges:
        for participated in range(part.from_participated, part.to_participated + 1):
            outcome = allocate(replace(count, participated=participated), rules)
            assert (outcome.value, outcome.unsettled) == (part.allocation, part.outcome.unsettled)
