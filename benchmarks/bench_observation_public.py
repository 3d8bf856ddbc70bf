"""Observers before the public and at the door: the list with 10,000 accredited, the sync of a day, the offline list.

The accredited are written straight to the database: what is measured is reading them. The aim is a page in 50 ms.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from psycopg import sql
from pytest_benchmark.fixture import BenchmarkFixture
from tests.observation.presence.scene import Door, build, moment
from tests.observation.scene import COUNTRIES, GIVEN, SURNAMES

from benchmarks.browsing import Browser
from benchmarks.measuring import Aim, take
from shailoo.elections.models import Election
from shailoo.law.outcome import Refused
from shailoo.observation.actions.presence import Noted, note_passages
from shailoo.observation.checkin.lists import _door_list, _everywhere, door_list
from shailoo.observation.models import Accreditation, Applicant, Application, Passage
from shailoo.observation.queries import public as queries
from shailoo.observation.views.public.lists import PAGE_SIZE

ACCREDITED = 10_000
AT_THE_DOOR = 3_000
PAGES, ROUNDS, A_PAGE = "public pages of 10,000 observers", 20, Aim(0.05)
WAYS = (Passage.Way.IN, Passage.Way.OUT)
pytestmark = pytest.mark.django_db
COPIES = """
    ALTER TABLE {table} DISABLE TRIGGER USER;
    INSERT INTO {table} ({columns}) SELECT {values} FROM {table} s CROSS JOIN generate_series(1, {number}) g
    WHERE s.id = {source};
    ALTER TABLE {table} ENABLE TRIGGER USER;
"""


def copied(table: str, source: int, times: int, /, **changed: str) -> None:
    """Write a row of a table so many times more, some columns by an SQL expression of `g`."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        names = [c.name for c in connection.introspection.get_table_description(cursor, table) if c.name != "id"]
        values = ", ".join(changed.get(name, f"s.{name}") for name in names)
        cursor.execute(COPIES.format(table=table, columns=", ".join(names), values=values, number=times, source=source))


def one_of(words: tuple[str, ...]) -> str:
    """An SQL expression that takes one of the words by the number of the row."""
    return f"(ARRAY[{', '.join(repr(word) for word in words)}])[1 + g % {len(words)}]"


def multiplied(door: Door, number: int) -> None:
    """So many international observers more, like the first one of the scene."""
    first = door.abroad[0]
    last = {
        name: model.objects.order_by("-pk").values_list("pk", flat=True)[0]
        for name, model in (("applicant", Applicant), ("certificate", type(first.certificate)))
    }
    answer = type(first.answer).objects.order_by("-pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        for table in ("observation_applicant", "certificates_certificate", "observation_answer"):
            asked = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}")
            cursor.execute(asked.format(sql.Literal(table), sql.Identifier(table)))
    copied(
        "observation_applicant",
        first.applicant_id,
        number,
        row="1000 + g",
        surname=one_of(SURNAMES),
        given_names=f"{one_of(GIVEN)} || ' ' || g",
        citizenships=f"ARRAY[{one_of(COUNTRIES)}]",
        identity_mark="''",
        person_mark="''",
    )
    copied(
        "certificates_certificate",
        first.certificate_id,
        number,
        sequence="50000 + g",
        number="'IO-2020-' || (50000 + g)",
        holder=f"{one_of(SURNAMES)} || ' ' || {one_of(GIVEN)} || ' ' || g",
    )
    copied("observation_answer", first.answer_id, number, applicant_id=f"{last['applicant']} + g")
    copied(
        "observation_accreditation",
        first.pk,
        number,
        applicant_id=f"{last['applicant']} + g",
        certificate_id=f"{last['certificate']} + g",
        answer_id=f"{answer} + g",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The scene with 10,000 international observers."""
    with override_settings(DATA=tmp_path_factory.mktemp("data")):
        found = build()
        multiplied(found, ACCREDITED)
        assert Accreditation.objects.filter(kind=Application.Kind.INTERNATIONAL).count() > ACCREDITED
        yield found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "page=150",
        "q=Kowalska",
        f"q={quote('Ковальска')}",
        "organization=MISSION-1",
        f"country={COUNTRIES[0]}&q={SURNAMES[0]}",
    ],
    ids=("all", "a later page", "a name", "a name in Cyrillic", "an organization", "a country and a name"),
)
@pytest.mark.usefixtures("door")
def test_a_page_of_ten_thousand_through_django(benchmark: BenchmarkFixture, query: str) -> None:
    browser = Browser()
    answer = take(benchmark, PAGES, lambda: browser.get(f"/ky/observers/list/?{query}"), rounds=ROUNDS, aim=A_PAGE)
    assert (answer.status, answer.rows) == (200, PAGE_SIZE)


def whole(election: Election, asked: queries.Asked) -> list[Accreditation]:
    """The first page of a list, as the page reads it."""
    return queries.whole(list(queries.accredited(election, asked).values_list("pk", flat=True)[:50]))


def test_a_page_of_ten_thousand_at_the_database(benchmark: BenchmarkFixture, door: Door) -> None:
    asked = queries.Asked(text="kowalska")
    rows = take(benchmark, PAGES, lambda: whole(door.scene.election, asked), rounds=ROUNDS, aim=A_PAGE)
    assert len(rows) == 50


@pytest.mark.usefixtures("door")
def test_the_whole_list_as_a_workbook(benchmark: BenchmarkFixture) -> None:
    answer = take(benchmark, "the list as a workbook", lambda: Browser().get("/ky/observers/list.xlsx"), rounds=2)
    benchmark.extra_info["bytes"] = len(answer.content)


@pytest.mark.usefixtures("door")
def test_the_numbers_of_ten_thousand(benchmark: BenchmarkFixture) -> None:
    browser = Browser()
    answer = take(benchmark, PAGES, lambda: browser.get("/ky/observers/numbers/"), rounds=ROUNDS, aim=A_PAGE)
    assert (answer.status, answer.rows > 10) == (200, True)


def test_a_day_of_a_door_is_taken_in_at_once(benchmark: BenchmarkFixture, door: Door) -> None:
    """500 passages of 100 people in one request."""
    numbers = list(
        Accreditation.objects.filter(kind=Application.Kind.INTERNATIONAL).values_list("certificate__number", flat=True)[
            :100
        ]
    )

    day = count()

    def sync() -> int:
        start = moment(next(day) * 10)
        rows = [
            Noted(uuid4(), numbers[place % 100], WAYS[place // 100 % 2], start + timedelta(seconds=place), "valid")
            for place in range(500)
        ]
        told = note_passages(door.scene.election, rows, sent_at=rows[-1].at, by=door.member, at=rows[-1].at)
        assert not isinstance(told, Refused)
        return len(told)

    assert take(benchmark, "500 passages in one request", sync, rounds=5) == 500


def test_the_offline_list_of_three_thousand(benchmark: BenchmarkFixture, door: Door) -> None:
    """Its size is the message: what a telephone loads once."""
    keep = Accreditation.objects.filter(kind=Application.Kind.INTERNATIONAL).order_by("pk")[AT_THE_DOOR].pk

    def made() -> str:
        _door_list.cache_clear()
        _everywhere.cache_clear()
        return _door_list(door.pec.pk, door.scene.election.pk, keep, 10**9).text

    text = take(benchmark, "the offline list of 3,000", made, rounds=5)
    benchmark.extra_info |= {"people": text.count("IO-2020"), "bytes": len(text.encode())}
    benchmark.extra_info["bytes packed"] = len(gzip.compress(text.encode()))
    assert door_list(door.pec, door.scene.election).tag
