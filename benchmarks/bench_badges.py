"""Badges: a thousand with photographs on sheets of four, opened from under their seals, and the desk's lists."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from tests.commissions.sittings import done
from tests.counting.browser import signed_in
from tests.observation import scene as at_work
from tests.observation.scene import DECIDED, accredited, draft, filed

from shailoo.documents.certificates.cards import checker, qr
from shailoo.observation.badges import print_badges
from shailoo.observation.models import Accreditation, Application
from shailoo.observation.queries.deciding import Wanted, queue
from shailoo.observation.queries.deciding import accredited as whom

PEOPLE = 1000
BATCH = 250
A_PAGE = 100


def many(people: int = PEOPLE) -> tuple[at_work.Scene, list[Accreditation]]:
    """A mission of so many people, all accredited by one decision."""
    scene = at_work.build()
    application = filed(draft(scene, scene.mission, Application.Kind.INTERNATIONAL, people=people))
    accredited(application, scene.operator)
    found = whom(scene.cec, Wanted()).defer(None).order_by("applicant_id")
    return scene, list(found)


@pytest.mark.django_db
def test_bare_minimum_the_codes_of_a_hundred_badges(benchmark: BenchmarkFixture) -> None:
    """Without type-setting: the QR alone of each."""
    _scene, rows = many(A_PAGE)
    codes = [row.certificate.signed for row in rows]
    benchmark.pedantic(lambda: [qr(each, "ky").svg_inline() for each in codes], rounds=3)  # type: ignore[no-untyped-call]  # the library's own
    assert checker("ky").endswith("/ky/check/")


@pytest.mark.django_db
def test_a_thousand_badges_with_photographs(benchmark: BenchmarkFixture) -> None:
    """Aim: below 60 s. Four PDFs of 250 badges, as the desk prints them."""
    scene, rows = many()

    def printed() -> int:
        size = 0
        for begin in range(0, PEOPLE, BATCH):
            size += len(done(print_badges(rows[begin : begin + BATCH], language="ru", by=scene.operator, at=DECIDED)))
        return size

    benchmark.extra_info["bytes"] = benchmark.pedantic(printed, rounds=1)  # type: ignore[no-untyped-call]  # the library's own


@pytest.mark.django_db
def test_the_list_of_accredited_through_the_site(benchmark: BenchmarkFixture) -> None:
    """A page of fifty of a hundred."""
    scene, _rows = many(A_PAGE)
    client = signed_in(scene.operator)
    page = benchmark(lambda: client.get("/ky/desk/observation/accredited/"))
    assert page.status_code == 200


@pytest.mark.django_db
def test_a_page_of_the_list_of_accredited_at_the_database(benchmark: BenchmarkFixture) -> None:
    """Aim: below 50 ms."""
    scene, _rows = many(A_PAGE)
    assert len(benchmark(lambda: list(whom(scene.cec, Wanted(state="active"))[:50]))) == 50


@pytest.mark.django_db
def test_the_queue_at_the_database(benchmark: BenchmarkFixture) -> None:
    """Aim: below 50 ms, two hundred applications with people counted."""
    scene = at_work.build()
    for _ in range(200):
        filed(draft(scene, scene.mission, Application.Kind.INTERNATIONAL, people=3, papers=False))
    assert len(benchmark(lambda: list(queue(scene.cec, Wanted(state="waiting"))[:50]))) == 50
