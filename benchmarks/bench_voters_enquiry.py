"""The voters' public side: own entries by PIN, precincts by words, and a country counted; at a tenth and in full.

Aims: a check of an own entry under 5 ms at the database and 1,000 a second over all; a search of places under 100 ms.
"Over all" is the application as the server has it (`shailoo.wsgi`), two processes of it on two cores, without a socket
in between: form, token, limits, the check, and the page in Kyrgyz. The bare minimum of a check is one look at the index
of PINs, that of a search one look for exact words, that of a count the one statement that counts.
"""

from __future__ import annotations

import io
import multiprocessing
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from django.db import connection, connections
from django.middleware.csrf import _get_new_csrf_string
from django.utils import timezone
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from tests.commissions.sittings import done
from tests.voters.scene import AT, Scene, accepted, build, opened

from benchmarks.browsing import answered
from benchmarks.measuring import Aim, take
from benchmarks.servers import own_server
from shailoo.voters.enquiry import actions
from shailoo.voters.enquiry.counting import _COUNT, bounds
from shailoo.voters.enquiry.models import PlaceLine, UnitStatistics
from shailoo.voters.enquiry.queries import own_entry, stations
from shailoo.voters.generator.writing import write_full
from shailoo.voters.lists.actions import compile_edition
from shailoo.voters.lists.models import Edition, Stage

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

TENTH, COUNTRY, PRECINCTS = 370_000, 3_700_000, 2_475
CHECKS, REQUESTS, SEARCHES = 1_000, 10_000, 40
PROCESSES = 2
HOURS = [AT + timedelta(hours=number) for number in range(2, 5)]
BARE_CHECK = "SELECT id FROM voters_entry WHERE register_id = %s AND pin = %s AND born = %s AND until IS NULL"


@dataclass(frozen=True)
class Country:
    """A country whose lists are made and whose places are known."""

    scene: Scene
    edition: Edition
    people: tuple[tuple[int, date], ...]


@pytest.fixture(scope="module", params=[TENTH, COUNTRY], ids=["tenth", "country"])
def size(request: pytest.FixtureRequest) -> int:
    """How many voters the country has."""
    return int(request.param)


@pytest.fixture(scope="module")
def country(size: int, django_db_blocker: DjangoDbBlocker) -> Iterator[Country]:
    """A country on a server of its own that is thrown away."""
    with own_server(django_db_blocker) as files:
        yield made(files, size)


def made(folder: Path, size: int) -> Country:
    """The delivery taken over, the preliminary lists compiled, the search made."""
    scene = build(folder, precincts=PRECINCTS)
    accepted(scene, opened(write_full(scene.plan(rows=size), folder, scene.key)))
    edition = done(compile_edition(scene.register, Stage.PRELIMINARY, by=scene.secretary, at=HOURS[0])).edition
    done(actions.renew_places(scene.register, by=scene.secretary, at=HOURS[1]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT pin, born FROM voters_entry TABLESAMPLE SYSTEM (5) REPEATABLE (1) LIMIT %s", [CHECKS])
        people = tuple(cursor.fetchall())
    return Country(scene, edition, people)


# ------------------------------------------------------------------------------------- at the database


def one_by_one(country: Country, check: Callable[[int, date], object]) -> int:
    """How many of the people were found."""
    return sum(check(pin, born) is not None for pin, born in country.people)


def test_bare_minimum_a_look_at_the_index(benchmark: BenchmarkFixture, country: Country) -> None:
    def look(pin: int, born: date) -> object:
        with connection.cursor() as cursor:
            cursor.execute(BARE_CHECK, [country.edition.register_id, pin, born])
            return cursor.fetchone()

    asked = len(country.people)
    group = "own entry at the database"
    assert take(benchmark, group, lambda: one_by_one(country, look), rounds=3, aim=Aim(units=asked)) == asked


def test_own_entry_checked(benchmark: BenchmarkFixture, country: Country) -> None:
    opened_now = own_entry.open_edition()
    assert opened_now is not None

    def check(pin: int, born: date) -> object:
        return own_entry.find(opened_now, str(pin), born, real=timezone.now())

    asked = len(country.people)
    aim = Aim(0.005 * asked, units=asked)
    group = "own entry at the database"
    assert take(benchmark, group, lambda: one_by_one(country, check), rounds=3, aim=aim) == asked


# ------------------------------------------------------------------------------------- over all


def posted(pin: int, born: date, number: int) -> WSGIEnvironment:
    """A sending of the form as a server hands it on; each comes from another address."""
    token = _get_new_csrf_string()
    body = urlencode({"pin": pin, "born": f"{born:%d.%m.%Y}", "csrfmiddlewaretoken": token}).encode()
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/ky/voters/am-i-listed/",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"csrftoken={token}",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def asking(people: Sequence[tuple[int, date]], requests: int, first: int) -> None:
    """One process: its own connection, its own application."""
    connections.close_all()
    from shailoo.wsgi import application

    for number in range(first, first + requests):
        pin, born = people[number % len(people)]
        answer = answered(application, posted(pin, born, number))
        assert answer.status == HTTPStatus.OK
        assert "Сиз тизмеде барсыз" in answer.content.decode()


def looking(people: Sequence[tuple[int, date]], requests: int, first: int, register: int) -> None:
    """The same number of looks at the index, and nothing else."""
    connections.close_all()
    with connection.cursor() as cursor:
        for number in range(first, first + requests):
            pin, born = people[number % len(people)]
            cursor.execute(BARE_CHECK, [register, pin, born])
            assert cursor.fetchone() is not None


def side_by_side(work: Callable[..., None], *given: object) -> None:
    """The work in as many processes as there are cores, each with its share of the requests."""
    context = multiprocessing.get_context("fork")
    share = REQUESTS // PROCESSES
    people, *rest = given
    workers = [context.Process(target=work, args=(people, share, place * share, *rest)) for place in range(PROCESSES)]
    connections.close_all()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES


def test_bare_minimum_looks_from_two_processes(benchmark: BenchmarkFixture, country: Country) -> None:
    register = country.edition.register_id
    work = partial(side_by_side, looking, country.people, register)
    take(benchmark, "own entries over all, two processes", work, rounds=3, aim=Aim(units=REQUESTS))


def test_own_entries_answered(benchmark: BenchmarkFixture, country: Country) -> None:
    """Both processes begin with an application that has answered once, as after the start of a server."""
    asking(country.people, 1, REQUESTS)
    work = partial(side_by_side, asking, country.people)
    aim = Aim(REQUESTS / 1_000, units=REQUESTS)
    take(benchmark, "own entries over all, two processes", work, rounds=3, aim=aim)


# ------------------------------------------------------------------------------------- places and numbers


def questions(country: Country) -> list[str]:
    """Streets as people type them: whole, cut, misspelt."""
    labels = PlaceLine.objects.filter(voting=country.scene.voting, kind="street").order_by("pk")
    chosen = random.Random(1).sample(list(labels.values_list("label", flat=True)[:5_000]), SEARCHES)
    return [(label, label[:-2], label.replace("а", "о", 1))[place % 3] for place, label in enumerate(chosen)]


def test_bare_minimum_exact_words(benchmark: BenchmarkFixture, country: Country) -> None:
    lines = PlaceLine.objects.filter(voting=country.scene.voting, kind="street").order_by("pk")
    words = [line.words[:2] for line in lines[:SEARCHES]]

    def look() -> int:
        with connection.cursor() as cursor:
            for each in words:
                cursor.execute("SELECT precinct_id FROM voter_enquiry_placeline WHERE words @> %s LIMIT 30", [each])
                assert cursor.fetchall()
        return len(words)

    assert take(benchmark, "search of places", look, rounds=3, aim=Aim(units=SEARCHES)) == SEARCHES


def test_precincts_searched(benchmark: BenchmarkFixture, country: Country) -> None:
    asked = questions(country)

    def search() -> int:
        found = [stations.search(country.scene.voting, country.edition, text) for text in asked]
        return sum(bool(each.stations) for each in found)

    aim = Aim(0.1 * SEARCHES, units=SEARCHES)
    assert take(benchmark, "search of places", search, rounds=3, aim=aim) == SEARCHES


def test_bare_minimum_one_statement_counts(benchmark: BenchmarkFixture, country: Country) -> None:
    facts: dict[str, list[date] | int] = {
        "bounds": bounds(country.edition.register.voting.day),
        "edition": country.edition.pk,
    }

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, facts)
            return sum(row[3] for row in cursor.fetchall())

    assert take(benchmark, "an edition counted", count) == country.edition.voters


def test_an_edition_counted_and_protected(benchmark: BenchmarkFixture, country: Country) -> None:
    by, at = country.scene.head, HOURS[2]
    taken = take(
        benchmark, "an edition counted", lambda: done(actions.count_edition(country.edition, by=by, at=at)), aim=Aim(60)
    )
    assert UnitStatistics.objects.filter(statistics=taken).count() > PRECINCTS
