"""Voter lists: every precinct's list compiled, published, read by the page and searched; at a tenth and in full.

Aims: 2,475 lists of 3.7 million voters compiled under 60 s with less than 300 MiB in this process; one page of a list
at the desk under 50 ms; a name found in all published lists under 100 ms. The bare minimum of compiling is one
statement that sorts the same voters by the order of the database into an array for each precinct and writes it down:
no alphabet, no hash, no check. That of a page is its fifty rows by key; that of a search, the found names by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from tests.commissions.sittings import done
from tests.counting.browser import signed_in
from tests.voters.scene import AT, build

from benchmarks.bench_voters import AN_HOUR, COUNTRY, PRECINCTS, TENTH, Country
from benchmarks.browsing import Browser
from benchmarks.measuring import Aim, take
from benchmarks.servers import own_server
from shailoo.elections.models import Clock
from shailoo.voters.actions import close_lists
from shailoo.voters.lists import queries
from shailoo.voters.lists.actions import compile_edition, publish_edition
from shailoo.voters.lists.models import Edition, Publication, Stage, VoterList
from shailoo.voters.models import Entry

LATER = AT + timedelta(days=3)
PAGE = 50
ROUNDS = 15


@dataclass
class Lists:
    """A country whose register stands, and the lists that are made of it."""

    country: Country
    size: int

    def compiled(self, stage: Stage, days: int) -> Edition:
        at = LATER + timedelta(days=days)
        scene = self.country.scene
        made = done(compile_edition(scene.register, stage, by=scene.secretary, at=at))
        return made.edition

    def published(self, edition: Edition) -> Publication:
        return done(publish_edition(edition, by=self.country.scene.secretary, at=edition.at + AN_HOUR))


@pytest.fixture(scope="module", params=[TENTH, COUNTRY], ids=["tenth", "country"])
def lists(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[Lists]:
    """A country on a server of its own that is thrown away, its register filled by one full delivery."""
    size = int(request.param)
    with own_server(django_db_blocker) as files:
        country = Country(build(files, precincts=PRECINCTS), files)
        country.take(country.full(size))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE voters_entry")
        yield Lists(country, size)


def sorted_plainly() -> int:
    """The voters of each precinct in an array in the database's own order, written down and dropped."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(
            """
            CREATE TABLE bare AS SELECT precinct_id, array_agg(id ORDER BY surname, name, patronymic, pin) AS entries
            FROM voters_entry WHERE until IS NULL GROUP BY precinct_id
            """
        )
        rows = int(cursor.rowcount)
        cursor.execute("DROP TABLE bare")
        return rows


def test_bare_minimum_sorting_the_voters_of_each_precinct(benchmark: BenchmarkFixture, lists: Lists) -> None:
    assert take(benchmark, f"lists of {lists.size:,} voters compiled", sorted_plainly) <= PRECINCTS


def test_all_lists_compiled(benchmark: BenchmarkFixture, lists: Lists) -> None:
    edition = take(
        benchmark,
        f"lists of {lists.size:,} voters compiled",
        lambda: lists.compiled(Stage.PRELIMINARY, 0),
        aim=Aim(60),
    )
    assert edition.voters == Entry.objects.filter(until=None).count()
    assert VoterList.objects.filter(edition=edition).count() == PRECINCTS


def test_all_names_published(benchmark: BenchmarkFixture, lists: Lists) -> None:
    edition = Edition.objects.get()
    published = take(benchmark, f"{lists.size:,} names published", lambda: lists.published(edition))
    assert published.names == edition.voters


def test_next_edition_compiled_with_its_difference(benchmark: BenchmarkFixture, lists: Lists) -> None:
    """The control lists after a delivery of 50,000 changes."""
    base = lists.country.full(lists.size)
    lists.country.take(lists.country.changes(base, lists.size), days=4)
    edition = take(
        benchmark,
        f"lists of {lists.size:,} voters compiled",
        lambda: lists.compiled(Stage.CONTROL, 2),
        aim=Aim(90),
    )
    changed = queries.changed_in_all(edition)
    assert changed is not None
    assert changed["moved_in"] == changed["moved_out"] > 0


# ------------------------------------------------------------------------------------- reading


def a_list() -> VoterList:
    """A list of middling length in the edition that is on the site."""
    return VoterList.objects.filter(edition=Edition.objects.get(stage=Stage.PRELIMINARY)).order_by("-voters")[0]


def by_keys(keys: list[int], table: str) -> int:
    """Rows by their keys, whole."""
    with connection.cursor() as cursor:
        asked = sql.SQL("SELECT * FROM {} WHERE id = ANY(%s)").format(sql.Identifier(table))
        cursor.execute(asked, [keys])
        return len(cursor.fetchall())


def test_bare_minimum_fifty_rows_by_key(benchmark: BenchmarkFixture, lists: Lists) -> None:
    del lists
    found = a_list()
    middle = len(found.entries) // 2
    keys = found.entries[middle : middle + PAGE]
    assert take(benchmark, "a page of a list", lambda: by_keys(keys, "voters_entry"), rounds=ROUNDS) == len(keys)


def test_page_of_a_list_in_the_database(benchmark: BenchmarkFixture, lists: Lists) -> None:
    del lists
    found = a_list()
    middle = found.voters // 2 + 1
    rows = take(benchmark, "a page of a list", lambda: queries.lines(found, middle, PAGE), rounds=ROUNDS)
    assert rows[0].number == middle


def test_page_of_a_list_at_the_desk(benchmark: BenchmarkFixture, lists: Lists) -> None:
    """The whole page in this process: session, rights, the record of the reading, fifty voters, the template."""
    scene = lists.country.scene
    Clock.objects.update_or_create(
        election=scene.election, defaults={"set_at": timezone.now(), "shows": LATER + timedelta(days=5)}
    )
    browser, found = Browser(signed_in(scene.secretary)), a_list()
    address = f"/ky/desk/voters/lists/{found.pk}/lines/?page=2"
    ask = _asking(browser, address)
    ask()
    take(benchmark, "a page of a list", ask, rounds=ROUNDS, aim=Aim(0.05))


def _asking(browser: Browser, address: str) -> Callable[[], None]:
    def ask() -> None:
        assert browser.get(address).status == 200

    return ask


def test_bare_minimum_names_by_key(benchmark: BenchmarkFixture, lists: Lists) -> None:
    del lists
    publication = Publication.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM voter_lists_publishedname WHERE publication_id = %s ORDER BY folded OFFSET 5000 LIMIT %s",
            [publication.pk, queries.MOST],
        )
        keys = [row[0] for row in cursor.fetchall()]
    take(benchmark, "a name in all lists", lambda: by_keys(keys, "voter_lists_publishedname"), rounds=ROUNDS)


def test_name_found_in_all_lists(benchmark: BenchmarkFixture, lists: Lists) -> None:
    """The most frequent surname with the first letter of a name, which finds more than is shown."""
    del lists
    publication = Publication.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT surname, left(name, 1) FROM voters_entry GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1")
        words = " ".join(cursor.fetchone())
    hits = take(
        benchmark, "a name in all lists", lambda: queries.search(publication, words), rounds=ROUNDS, aim=Aim(0.1)
    )
    assert hits


def test_overview_of_all_precincts(benchmark: BenchmarkFixture, lists: Lists) -> None:
    """What every precinct has posted, and the law's word on each."""
    register = lists.country.scene.register
    rows = take(
        benchmark, "the overview of postings", lambda: queries.ways(register, LATER + timedelta(days=30)), rounds=3
    )
    assert len(rows) == PRECINCTS


def test_final_lists_compiled_after_the_closing(benchmark: BenchmarkFixture, lists: Lists) -> None:
    scene = lists.country.scene
    done(close_lists(scene.register, by=scene.secretary, at=LATER + timedelta(days=6)))
    edition = take(
        benchmark,
        f"lists of {lists.size:,} voters compiled",
        lambda: lists.compiled(Stage.FINAL, 7),
        aim=Aim(90),
    )
    assert edition.precincts == PRECINCTS
