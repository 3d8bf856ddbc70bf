"""Public lots of real sizes: a ballot of 30 names, and a sample from the 40,000 signatures of a presidential candidate.

Aims: a ballot drawn, its papers included, under 2 s; the sample of 2,000 frozen, published and drawn under 30 s; its
file checked under 1 s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.test import Client, override_settings
from pytest_benchmark.fixture import BenchmarkFixture
from tests.lots.scene import DICE, PARTIES, Table, ballot, cec, fresh, later, published, seeded

from benchmarks.measuring import Aim, take
from shailoo.law.lots.listing import Purpose
from shailoo.lots.actions import Plan, Turn, draw_round
from shailoo.lots.checking import check
from shailoo.lots.models import Draw, Result
from shailoo.lots.queries import as_file, taken

pytestmark = pytest.mark.django_db
NAMES, SIGNATURES, SAMPLE = 30, 40_000, 2_000
BALLOT = f"the order of a ballot of {NAMES} names"
SIGNED = f"a sample of {SAMPLE:,} from {SIGNATURES:,} signatures"
SIGNED_PLAN = Plan(Purpose.SIGNATURE_SAMPLE, tuple(map(str, range(1, SIGNATURES + 1))), (Turn(drawn=SAMPLE),))


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """The CEC at the table; files lie in a folder of the measurement."""
    with override_settings(DATA=tmp_path):
        yield cec()


def throw(number: int) -> str:
    """Digits that no other round has."""
    return DICE + "".join(str(number // 6**place % 6 + 1) for place in range(4))


def drawn(table: Table, lot: Draw) -> Draw:
    result = draw_round(lot, by=table.chair, at=later(30))
    assert isinstance(result, Result), result
    return fresh(lot)


def test_a_ballot_is_drawn_and_its_papers_are_issued(benchmark: BenchmarkFixture, table: Table) -> None:
    labels = tuple(f"Партия {each} / Партия № {each} / Party {each}" for each in range(1, NAMES + 1))
    numbers, waiting = count(1), list[Draw]()

    def made_ready() -> None:
        waiting[:] = [seeded(table, published(table, ballot(labels=labels)), throw(next(numbers)))]

    found = take(benchmark, BALLOT, lambda: drawn(table, waiting[0]), rounds=5, before=made_ready, aim=Aim(seconds=2))
    assert found.state == "drawn"


def test_the_page_of_a_drawn_lot(benchmark: BenchmarkFixture, table: Table) -> None:
    drawn(table, seeded(table, published(table, ballot(labels=PARTIES)), throw(0)))
    client = Client()
    answer = take(benchmark, BALLOT, lambda: client.get("/ky/lots/CEC/2020/1/"), rounds=10, aim=Aim(seconds=0.2))
    assert answer.status_code == 200


def test_a_sample_is_frozen_published_and_drawn(benchmark: BenchmarkFixture, table: Table) -> None:
    def work() -> Draw:
        return drawn(table, seeded(table, published(table, SIGNED_PLAN), throw(1)))

    assert len(taken(take(benchmark, SIGNED, work, aim=Aim(seconds=30)))) == SAMPLE


def test_the_file_of_a_sample_is_checked(benchmark: BenchmarkFixture, table: Table) -> None:
    text = as_file(drawn(table, seeded(table, published(table, SIGNED_PLAN), throw(2))))
    assert take(benchmark, SIGNED, lambda: check(text), rounds=3, aim=Aim(seconds=1)).holds


def test_bare_minimum_sorting_the_hashes_of_the_numbers(benchmark: BenchmarkFixture) -> None:
    def work() -> list[bytes]:
        return sorted(hashlib.sha256(f"{DICE}|{each}".encode()).digest() for each in range(SIGNATURES))

    assert len(take(benchmark, SIGNED, work, rounds=3)) == SIGNATURES
