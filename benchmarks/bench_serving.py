"""Election night on two cores: how many readers the results page serves, and how soon they see a new protocol.

Aims: over 5,000 requests a second for the cached results page; an accepted protocol in the public totals under 2 s at
100,000 precincts. Server, loader and database share the two cores.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.machine import MIB
from benchmarks.measuring import Aim, take
from benchmarks.nations import MANY, RECORD, Nations, Scene
from benchmarks.served import CHECKOUT, HOST, Served, product, yardstick
from shailoo.cli.demo import times
from shailoo.cli.demo.clerks import Desk
from shailoo.counting.models import Protocol
from shailoo.counting.states import State
from shailoo.elections.generator import Sheet
from shailoo.results import queries
from shailoo.wording.numbers import count

PAGE = "/ky/"
EVERY_WORKER = 10  # readers in a row who must see the new total: a thousand to one that no worker was left out
READERS = 32
CACHED, MADE = 30_000, 300  # requests of one round
AIM = CACHED / 5_000  # seconds
GROUP = "results page, requests of 32 readers"
WAIT = 30.0  # seconds after which a total that does not change is a fault
FRESH = f"accepted protocol to public totals at {MANY:,}"


def load(served: Served, requests: int) -> dict[str, object]:
    """Let the loader's own process ask for the page; every answer must be 200."""
    command = [sys.executable, "-m", "benchmarks.loader", HOST, str(served.port), PAGE, str(requests), str(READERS)]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, timeout=120)
    found: dict[str, object] = json.loads(done.stdout)
    assert found["statuses"] == {"200": requests}
    return found


def measure(benchmark: BenchmarkFixture, served: Served, requests: int, aim: float | None = None) -> None:
    load(served, 100)  # both workers have made the page once
    take(
        benchmark,
        GROUP,
        lambda: load(served, requests),
        rounds=3,
        aim=Aim(aim, units=requests),
        memory=lambda: {"server": served.peak() // MIB},
    )


@pytest.fixture
def page_file(nations: Nations) -> Iterator[Path]:
    """The page's compressed bytes in a file, for the application that does nothing else."""
    with nations.counted(RECORD) as scene, product(scene.url, nations.folder) as served:
        content = served.get(PAGE, encoding="gzip")
    file = nations.folder / "page"
    file.write_bytes(content)
    yield file
    file.unlink()


def test_bare_minimum_a_constant_page(benchmark: BenchmarkFixture, nations: Nations, page_file: Path) -> None:
    with nations.counted(RECORD) as scene, yardstick("constant", scene.url, nations.folder, page_file) as served:
        measure(benchmark, served, CACHED)


def test_results_page_cached(benchmark: BenchmarkFixture, nations: Nations) -> None:
    with nations.counted(RECORD) as scene, product(scene.url, nations.folder) as served:
        measure(benchmark, served, CACHED, AIM)


def test_results_page_made_for_each_reader(benchmark: BenchmarkFixture, nations: Nations) -> None:
    """The same without the micro-cache: what each of its seconds saves."""
    with nations.counted(RECORD) as scene, yardstick("uncached", scene.url, nations.folder) as served:
        measure(benchmark, served, MADE)


# ------------------------------------------------------------------------------------- from a protocol to the totals


@dataclass(frozen=True, slots=True)
class Paper:
    """A protocol that waits for its second entry."""

    desk: Desk
    protocol: Protocol
    sheet: Sheet


@dataclass
class Night:
    """A TEC's clerks and a reader of the public page, one paper after another."""

    scene: Scene
    served: Served
    papers: Iterator[Sheet]
    total: int  # valid ballots that the public page must show next
    paper: Paper | None = None

    def make_ready(self) -> None:
        """The next paper is entered once, and the page has just been made for a reader: the worst moment to change."""
        sheet = next(self.papers)
        expected = self.scene.expected(sheet)
        desk = Desk(self.scene.staff, expected.tec, self.scene.papers.codes, times.NIGHT)
        self.paper = Paper(desk, desk.paper_comes(expected, sheet), sheet)
        desk.enter(self.paper.protocol, sheet, "operator-1")
        self.wait_until_shown()
        self.total += int(sheet.lines["valid"])

    def accept_and_wait(self) -> None:
        """The second entry, which is accepted; then a reader asks again and again until the totals have it."""
        assert self.paper is not None
        assert self.paper.desk.enter(self.paper.protocol, self.paper.sheet, "operator-2") is State.ACCEPTED
        self.wait_until_shown()

    def wait_until_shown(self) -> None:
        """Every worker of the server shows the total: each keeps its own copy of the page for up to a second."""
        deadline, seen = time.monotonic() + WAIT, 0
        while seen < EVERY_WORKER:
            seen = seen + 1 if count(self.total) in self.served.get(PAGE).decode() else 0
            assert time.monotonic() < deadline, "the public totals never changed"


@pytest.fixture
def night(nations: Nations) -> Iterator[Night]:
    """100,000 precincts counted, a few papers on their way, and the product serving its readers."""
    with nations.counted(MANY) as scene, product(scene.url, nations.folder) as served:
        yield Night(scene, served, iter(scene.papers.spare), queries.tabulate(scene.voting).national.valid)


def test_bare_minimum_one_row_changed_and_the_sum_read(benchmark: BenchmarkFixture, nations: Nations) -> None:
    """What the database alone needs: one row more committed, and one sum over all figures."""

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS more (valid integer)")
            cursor.execute("INSERT INTO more VALUES (1)")
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(valid) FROM counting_figures")

    with nations.counted(MANY):
        take(benchmark, FRESH, bare, rounds=5)


def test_second_entry_to_changed_public_totals(benchmark: BenchmarkFixture, night: Night) -> None:
    take(
        benchmark,
        FRESH,
        night.accept_and_wait,
        rounds=5,
        before=night.make_ready,
        aim=Aim(2.0),
        memory=lambda: {"server": night.served.peak() // MIB},
    )
