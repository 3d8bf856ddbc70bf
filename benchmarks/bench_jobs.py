"""Work in the background: asking for it, carrying it out, telling of progress, verifying the ledger.

Aims: asking under 20 ms; a step that is not written under 5 µs, so that a body may tell of every row.
"""

from __future__ import annotations

import os

import pytest
from django.db import connection
from django.utils import timezone
from pytest_benchmark.fixture import BenchmarkFixture
from tests.jobs.kinds import FAULTY
from tests.jobs.scene import asked, cec_chair
from tests.ledger.forging import append

from benchmarks.measuring import Aim, take
from shailoo.accounts.models import Office
from shailoo.jobs.lease import leased
from shailoo.jobs.running import run
from shailoo.ledger.actions import publish_head

ASKING, TELLING, VERIFYING = "asking for work", "progress", "verifying as a work"
STEPS = 10_000
ACTS = int(os.environ.get("SHAILOO_BENCH_ACTS", "5000"))


pytestmark = pytest.mark.django_db(transaction=True)


def written() -> None:
    """A ledger of so many acts, under a head; its tables known to the planner."""
    append(1, ACTS)
    publish_head(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def chair() -> Office:
    return cec_chair()


def test_asking(benchmark: BenchmarkFixture, chair: Office) -> None:
    work = take(benchmark, ASKING, lambda: asked(FAULTY.code, chair, fault="none"), rounds=20, aim=Aim(seconds=0.02))
    assert work.state == "waiting"


def test_a_work_that_does_nothing_from_take_up_to_end(benchmark: BenchmarkFixture, chair: Office) -> None:
    waiting = [asked(FAULTY.code, chair, fault="none") for _ in range(20)]
    take(benchmark, ASKING, lambda: run(waiting.pop().pk), rounds=20, aim=Aim(seconds=0.1))
    assert waiting == []


def test_telling_of_every_row(benchmark: BenchmarkFixture, chair: Office) -> None:
    with leased(asked(FAULTY.code, chair, fault="none").pk) as lease:
        assert lease is not None
        assert lease.take_up(timezone.now()) is not None

        def work() -> None:
            for done in range(STEPS):
                lease.step(done, STEPS, "verifying")

        take(benchmark, TELLING, work, rounds=5, aim=Aim(seconds=0.05, units=STEPS))


def test_verifying_as_a_work(benchmark: BenchmarkFixture, chair: Office) -> None:
    written()
    work = asked("ledger_verification", chair)
    take(benchmark, VERIFYING, lambda: run(work.pk), aim=Aim(units=ACTS))
    work.refresh_from_db()
    assert (work.state, work.done) == ("done", ACTS)
