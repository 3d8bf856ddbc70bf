"""How long tabulation takes at the size of the nation and at 100,000 precincts, beside a bare `SELECT sum`.

Aims: 2,413 precincts under 50 ms, 100,000 under 1 s; the revision under 1 ms; 2,500 precinct rows under 0.3 s.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from tests.results import scene as scenes

from shailoo.elections.models import Voting
from shailoo.results import queries
from shailoo.results.queries.revision import revision
from shailoo.results.queries.tabulating import _tabulate

pytestmark = pytest.mark.django_db

NATION, MANY = 2_413, 100_000
LISTS, TECS = 16, 60

FILL = (
    """INSERT INTO accounts_body (code, superior_id, name_ky, name_ru, name_en)
       SELECT 'bench-' || n, b.id, 'АШК', 'ТИК', 'TEC' FROM generate_series(1, %(tecs)s) n, accounts_body b
       WHERE b.code = 'cec'""",
    """INSERT INTO commissions_commission (body_id, level, area_id)
       SELECT b.id, 'tec', a.id FROM accounts_body b, territory_area a
       WHERE b.code LIKE 'bench-%%' AND a.code = 'KG02'""",
    """INSERT INTO territory_precinct (number, area_id, region_id, kind, numbering, place_ky, place_ru, place_en)
       SELECT n::text, a.id, a.id, 'ordinary', 'generated', '', '', '' FROM generate_series(100001, 100000 + %(size)s) n
       JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS place FROM territory_area WHERE kind <> 'country') a
         ON a.place = n %% 4""",
    """INSERT INTO elections_votingprecinct (voting_id, precinct_id, tec_id, region_id, voters_listed)
       SELECT %(voting)s, p.id, b.id, p.region_id, 2500 FROM territory_precinct p
       JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_body WHERE code LIKE 'bench-%%') b
         ON b.place = p.number::int %% %(tecs)s
       WHERE p.numbering = 'generated'""",
    """INSERT INTO counting_protocol (voting_id, precinct_id, tec_id, version, occasion, source, state, round, reason,
                                      decision, received_at)
       SELECT voting_id, precinct_id, tec_id, 1, 'original', 'import', 'accepted', 1, '', '', now()
       FROM elections_votingprecinct WHERE voting_id = %(voting)s""",
    """INSERT INTO counting_figures (protocol_id, round, voting_id, precinct_id, tec_id, region_id, voters_listed,
                                     participated, cheques_total, found_total, invalid, valid, against_all, votes,
                                     lines, made_at)
       SELECT c.id, 1, c.voting_id, c.precinct_id, c.tec_id, v.region_id, 2500, 900, 900, 900, 15, 885, 5,
              array_fill(55, ARRAY[%(lists)s]), '{}', now()
       FROM counting_protocol c JOIN elections_votingprecinct v USING (voting_id, precinct_id)
       WHERE c.voting_id = %(voting)s""",
)
GUARDS = """SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE counting_protocol {0} TRIGGER USER; ALTER TABLE counting_figures {0} TRIGGER USER"""
ANALYZE = "ANALYZE accounts_body, counting_protocol, counting_figures, elections_votingprecinct, territory_precinct"


@pytest.fixture(scope="module", params=[NATION, MANY], ids=["2413", "100000"])
def voting(
    request: pytest.FixtureRequest,
    django_db_setup: None,  # noqa: ARG001  (the database has to be there)
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Voting]:
    """A nation of `size` accepted protocols, gone again afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = scenes.build(precincts=0, lists=LISTS)
        values = {"voting": scene.voting.pk, "size": request.param, "tecs": TECS, "lists": LISTS}
        with connection.cursor() as cursor:
            cursor.execute(GUARDS.format("DISABLE"))  # row by row they are what takes the time, and are not measured
            for statement in FILL:
                cursor.execute(statement, values)
                cursor.execute(ANALYZE)  # in one transaction no autovacuum does it, and plans go astray
            cursor.execute(GUARDS.format("ENABLE"))
            cursor.execute("SELECT results_figures_change(%(voting)s)", values)
        yield scene.voting
        transaction.set_rollback(True)


def bare_sum(voting: Voting) -> int:
    """One sum over one column: what no tabulation can be quicker than."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(valid) FROM counting_figures WHERE voting_id = %s", [voting.pk])
        return int(cursor.fetchone()[0])


def test_bare_minimum_one_sum(benchmark: BenchmarkFixture, voting: Voting) -> None:
    assert benchmark(bare_sum, voting) % 885 == 0


def test_tabulation_not_kept(benchmark: BenchmarkFixture, voting: Voting) -> None:
    found = benchmark(_tabulate, voting)
    assert found.national.valid == bare_sum(voting)
    assert len(found.tecs) == TECS


def test_tabulation_kept(benchmark: BenchmarkFixture, voting: Voting) -> None:
    assert benchmark(queries.tabulate, voting).national.invalid


def test_revision(benchmark: BenchmarkFixture, voting: Voting) -> None:
    assert benchmark(revision, voting)


def test_precinct_rows_of_the_nation(benchmark: BenchmarkFixture, voting: Voting) -> None:
    rows = benchmark(queries.precinct_results, voting)
    assert len(rows) in (NATION, MANY)
