"""Voters' applications: 20,000 of them open, and every desk's page of what waits, overdue first; receiving one.

Aims: each page of a desk under 50 ms; an application received, its copy sealed, under 50 ms. The bare minimum of a
page is the one statement that finds its rows, without counting, without a page around it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from tests.counting.browser import signed_in
from tests.voters.applications.scene import AT, Scene, make, received, shows

from benchmarks.browsing import Browser
from benchmarks.measuring import Aim, take
from shailoo.accounts.models import Office
from shailoo.voters.applications.states import State

OPEN = 20_000
DESK = "/ky/desk/voters/applications/"
PAGE = Aim(0.05)
FILL = """
    INSERT INTO voter_applications_application (voting_id, region_id, tec_id, precinct_id, target_id, kind, channel,
        number, language, dossier_id, person_mark, code_mark, token, written, copies_attached, standard_form, document,
        lives_abroad, received_at, state, version, moved_at, due_at)
    SELECT voting_id, region_id, tec_id, (%(places)s::bigint[])[1 + n %% 3],
        (%(places)s::bigint[])[1 + n %% 3], 'mistake', channel, n + 10, language,
        dossier_id, md5(n::text) || md5('p' || n), code_mark, 'token-' || n, true, true, true, '', false,
        received_at + make_interval(secs => n), 'received', 1, moved_at, received_at + make_interval(hours => n %% 200)
    FROM voter_applications_application a, generate_series(1, %(open)s) n WHERE a.id = %(model)s
"""
STEPS = """
    INSERT INTO voter_applications_step (application_id, number, act, source, target, at, ground, reason, late)
    SELECT a.id, s.number, s.act, s.source, s.target, a.received_at, '', '', false
    FROM voter_applications_application a
    CROSS JOIN (VALUES (1, 'receive', '', 'received'), (2, 'forward', 'received', 'with_administrator'),
                       (3, 'pass_on', 'with_administrator', 'with_service')) s (number, act, source, target)
    WHERE a.token LIKE 'token-%' AND s.number <= 1 + a.number % 3
"""
MOVED = """
    UPDATE voter_applications_application SET state = 'with_administrator', version = 2
    WHERE token LIKE 'token-%' AND number % 3 > 0;
    UPDATE voter_applications_application SET state = 'with_service', version = 3
    WHERE token LIKE 'token-%' AND number % 3 = 2;
    ANALYZE voter_applications_application, voter_applications_step
"""
BARE = """
    SELECT a.id, a.number, a.kind, a.state, a.received_at, a.due_at, p.number FROM voter_applications_application a
    JOIN territory_precinct p ON p.id = a.precinct_id
    WHERE a.voting_id = %s AND a.state IN ('with_service', 'referred') ORDER BY a.due_at NULLS LAST, a.id LIMIT 25
"""


@pytest.fixture(scope="module")
def desks(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """The scene with 20,000 applications under way, a third of them at each desk."""
    request.getfixturevalue("django_db_setup")
    folder = tmp_path_factory.mktemp("applications")
    with django_db_blocker.unblock(), override_settings(DATA=Path(folder)), transaction.atomic():
        scene = make(folder)
        shows(scene, AT + timedelta(days=4))
        model = received(scene).application
        places = [place.precinct_id for place in scene.places]
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"places": places, "open": OPEN, "model": model.pk})
            cursor.execute(STEPS)
            cursor.execute(MOVED)
        yield scene
        transaction.set_rollback(True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def kept_keys(desks: Scene, db: None) -> None:
    """Every measurement begins with the scene as it was made."""


def shown(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status == 200
    return answer.content.decode()


def test_bare_minimum_rows_of_a_page(benchmark: BenchmarkFixture, desks: Scene) -> None:
    voting = desks.register.voting.pk

    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [voting])
            return len(cursor.fetchall())

    assert take(benchmark, "a desk of 20,000 open applications", rows, rounds=20) == 25


@pytest.mark.parametrize("who", ["commission", "administrator", "service"])
def test_page_of_a_desk(benchmark: BenchmarkFixture, desks: Scene, who: str) -> None:
    offices: dict[str, Office] = {
        "commission": desks.secretary,
        "administrator": desks.administrator,
        "service": desks.service,
    }
    browser = Browser(signed_in(offices[who]))
    page = take(
        benchmark,
        "a desk of 20,000 open applications",
        lambda: shown(browser, DESK),
        before=lambda: browser.get(DESK),
        rounds=20,
        aim=PAGE,
    )
    assert page.count("<tr") > 25


def test_overview_of_the_country(benchmark: BenchmarkFixture, desks: Scene) -> None:
    browser = Browser(signed_in(desks.register.member))
    page = take(
        benchmark,
        "a desk of 20,000 open applications",
        lambda: shown(browser, f"{DESK}overview/"),
        rounds=20,
        aim=PAGE,
    )
    assert "20" in page


def test_one_application_is_received(benchmark: BenchmarkFixture, desks: Scene) -> None:
    found = take(
        benchmark, "an application received, its copy sealed", lambda: received(desks), rounds=20, aim=Aim(0.05)
    )
    assert found.application.state == State.RECEIVED
