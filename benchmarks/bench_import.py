"""A file of protocols: read, every correlation checked, taken over, tabulated; at the nation's size and at 100,000.

Aims: 2,413 protocols under 5 s, 100,000 under 60 s; their tabulation under 50 ms and 1 s, as the import leaves the
tables, with no statistics gathered by hand.
"""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from psycopg import sql
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.measuring import Aim, take
from benchmarks.nations import MANY, RECORD, Nations, Scene
from shailoo.counting.actions import plan_import
from shailoo.results import queries
from shailoo.results.queries.tabulating import _tabulate

IDS = [str(RECORD), str(MANY)]
SIZES = pytest.mark.parametrize(("size", "rounds", "aim"), [(RECORD, 3, 5.0), (MANY, 1, 60.0)], ids=IDS)
SUMS = pytest.mark.parametrize(("size", "aim"), [(RECORD, 0.05), (MANY, 1.0)], ids=IDS)


def bare_copy(scene: Scene) -> int:
    """Read the file and COPY its rows as they are into one plain table: nothing checked, nothing derived."""
    rows = csv.reader(io.StringIO(scene.papers.source.content.decode(), newline=""))
    header = next(rows)
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in header)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(sql.SQL("CREATE UNLOGGED TABLE bare ({})").format(columns).as_string(None))
        copied = 0
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for copied, row in enumerate(rows, 1):  # noqa: B007 - the number of the last one is the answer
                copy.write_row(row)
    return copied


@SIZES
def test_bare_minimum_rows_copied_unchecked(
    benchmark: BenchmarkFixture, nations: Nations, size: int, rounds: int, aim: float
) -> None:
    del aim
    with nations.called(size) as scene:
        assert take(benchmark, f"import of {size:,}", lambda: bare_copy(scene), rounds=rounds) == size


@SIZES
def test_import_and_check(benchmark: BenchmarkFixture, nations: Nations, size: int, rounds: int, aim: float) -> None:
    with nations.called(size) as scene:
        taken = take(
            benchmark,
            f"import of {size:,}",
            scene.take_file,
            rounds=rounds,
            before=lambda: nations.again(size),
            aim=Aim(aim),
        )
        assert sum(taken.states.values()) == size
        nations.keep_as_counted(size)


def test_dry_run_of_the_nation(benchmark: BenchmarkFixture, nations: Nations) -> None:
    """What a CEC sees before it takes a file over: every finding, nothing written."""
    with nations.called(RECORD) as scene:
        voting, source = scene.voting, scene.papers.source
        plan = take(benchmark, f"import of {RECORD:,}", lambda: plan_import(voting, source), rounds=3)
        assert plan.rows == RECORD
        assert not plan.faults


@SUMS
def test_bare_minimum_one_sum_over_the_figures(
    benchmark: BenchmarkFixture, nations: Nations, size: int, aim: float
) -> None:
    del aim

    def bare() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(valid) FROM counting_figures")
            return int(cursor.fetchone()[0])

    with nations.counted(size):
        assert take(benchmark, f"tabulation of {size:,}", bare, rounds=10) > size


@SUMS
def test_tabulation_by_tec_region_and_nation(
    benchmark: BenchmarkFixture, nations: Nations, size: int, aim: float
) -> None:
    """Made anew each time, as after every accepted protocol."""
    with nations.counted(size) as scene:
        voting = scene.voting
        found = take(benchmark, f"tabulation of {size:,}", lambda: _tabulate(voting), rounds=10, aim=Aim(aim))
        assert found.national.summed == size


@SUMS
def test_tabulation_that_is_kept(benchmark: BenchmarkFixture, nations: Nations, size: int, aim: float) -> None:
    """Nothing has changed: one small query asks for the revision."""
    with nations.counted(size) as scene:
        voting = scene.voting
        queries.tabulate(voting)
        take(benchmark, f"tabulation of {size:,}", lambda: queries.tabulate(voting), rounds=20, aim=Aim(aim))
