"""Mandates of a national result: the whole rule with its steps, beside the bare arithmetic that gives the seats."""

from __future__ import annotations

from dataclasses import replace

from pytest_benchmark.fixture import BenchmarkFixture

from shailoo.law.editions import edition
from shailoo.law.mandates import Count, ListVotes, Region, SeatRules, allocate, sensitivity

RULES = SeatRules.of(edition("2020-06-30"))
VOTES = (469_098, 452_971, 166_859, 139_736, 132_807, 111_302, 78_165, 64_715, 58_386, 44_769, 41_720, 41_023)
SMALL = (31_788, 12_021, 4_185, 3_288)
AGAINST_ALL = 34_512


def nation() -> Count:
    """16 lists and 9 regions: the size of a real election."""
    votes = (*VOTES, *SMALL)
    lists = tuple(ListVotes(f"p{order:02}", number, order) for order, number in enumerate(votes, 1))
    regions = tuple(
        Region(f"KG{place:02}", sum(votes) // 9 + AGAINST_ALL // 9, {entry.id: entry.votes // 9 for entry in lists})
        for place in range(1, 10)
    )
    return Count(sum(votes) + AGAINST_ALL, AGAINST_ALL, 0, lists, regions)


def bare(votes: tuple[int, ...], against_all: int, seats: int) -> list[int]:
    """The least that gives the seats: no regions, no cap, no ties, no steps."""
    base = sum(votes) + against_all
    admitted = [number for number in votes if number * 100 >= 7 * base]
    total = sum(admitted)
    whole = [number * seats // total for number in admitted]
    order = sorted(range(len(admitted)), key=lambda at: admitted[at] * seats % total, reverse=True)
    for at in order[: seats - sum(whole)]:
        whole[at] += 1
    return whole


def test_bare_arithmetic(benchmark: BenchmarkFixture) -> None:
    assert sum(benchmark(bare, (*VOTES, *SMALL), AGAINST_ALL, 120)) == 120


def test_allocate_with_every_step(benchmark: BenchmarkFixture) -> None:
    outcome = benchmark(allocate, nation(), RULES)
    assert list(outcome.value.seats.values()) == bare((*VOTES, *SMALL), AGAINST_ALL, 120)


def test_sensitivity_of_every_possible_base(benchmark: BenchmarkFixture) -> None:
    answer = benchmark(sensitivity, replace(nation(), participated=None), RULES)
    assert answer.ranges[-1].allocation.seats == {}
