"""Intake of observers: 10,000 people with photographs on one application, imported and checked; a page of the list.

The aim for the next room: list, photographs and checks of 10,000 people under 60 s together on two cores.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from PIL import Image, ImageDraw, ImageFilter
from pytest_benchmark.fixture import BenchmarkFixture
from tests.observation.intake.drafts import begun, done
from tests.observation.intake.files import abroad, table
from tests.observation.scene import AT, Scene, build

from benchmarks.measuring import Aim, take
from shailoo.documents.sealed.actions import Content, seal_all
from shailoo.observation.actions.attaching import Contains, take_archive
from shailoo.observation.actions.drafting import take_list
from shailoo.observation.checking import findings_of
from shailoo.observation.models import Applicant, Application
from shailoo.observation.queries.applications import people, shown, tally

PEOPLE = 10_000
GROUP, PAGE = "intake of 10,000 observers", "a page of a list of 10,000"
PAGE_SIZE = 50
AT_ONCE = 200
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with override_settings(DATA=tmp_path_factory.mktemp("data")):
        yield build()


@cache
def pictures() -> tuple[bytes, ...]:
    """Portraits of 450 by 600, some 25 KB each as such photographs are; sixteen different ones."""
    return tuple(_picture(number) for number in range(16))


def _picture(number: int) -> bytes:
    image = Image.effect_noise((450, 600), 30).filter(ImageFilter.GaussianBlur(1)).convert("RGB")
    pencil = ImageDraw.Draw(image)
    pencil.ellipse((100, 100 + number, 350, 420), fill=(190, 150, 120 + number))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The photographs of everybody in one archive."""
    place = tmp_path / "photos.zip"
    with zipfile.ZipFile(place, "w") as held:
        for row in range(1, PEOPLE + 1):
            held.writestr(f"{row}.jpg", pictures()[row % 16])
    return place


def imported(application: Application, archive: Path) -> int:
    """List and photographs as the background work takes them, each with its look of the law at everybody."""
    by = application.office
    done(take_list(application, table(application.kind, map(abroad, range(PEOPLE))), "people.csv", by=by, at=AT))
    with archive.open("rb") as source:
        return done(take_archive(application, source, Contains.PHOTOS, by=by, at=AT)).kept


@pytest.mark.usefixtures("scene")
def test_bare_minimum_pictures_unpacked_and_packed_and_everything_sealed(benchmark: BenchmarkFixture) -> None:
    """What no program is spared: each picture unpacked and packed again, and two sealed files a person."""

    def packed(content: bytes) -> bytes:
        out = io.BytesIO()
        Image.open(io.BytesIO(content)).convert("RGB").save(out, "JPEG", quality=88)
        return out.getvalue()

    def part(rows: range) -> int:
        with ThreadPoolExecutor(2) as pool:
            made = list(pool.map(packed, (pictures()[row % 16] for row in rows)))
        seal_all((Content("photo", "bench", each, "image/jpeg") for each in made), by=None, at=AT)
        told = (Content("dossier", "bench", json.dumps(abroad(row)).encode()) for row in rows)
        return len(seal_all(told, by=None, at=AT))

    def work() -> int:
        return sum(part(range(first, first + AT_ONCE)) for first in range(0, PEOPLE, AT_ONCE))

    assert take(benchmark, GROUP, work) == PEOPLE


def test_ten_thousand_people_with_photographs(benchmark: BenchmarkFixture, scene: Scene, archive: Path) -> None:
    application = begun(scene, scene.mission, Application.Kind.INTERNATIONAL)
    kept = take(benchmark, GROUP, lambda: imported(application, archive), aim=Aim(60))
    assert kept == PEOPLE
    assert Applicant.objects.filter(photo__isnull=False).count() == PEOPLE
    benchmark.extra_info["archive MB"] = archive.stat().st_size // 1_000_000


def test_a_look_of_the_law_at_everybody_and_a_page(benchmark: BenchmarkFixture, scene: Scene) -> None:
    application = begun(scene, scene.mission, Application.Kind.INTERNATIONAL)
    done(
        take_list(
            application, table(application.kind, map(abroad, range(PEOPLE))), "x.csv", by=application.office, at=AT
        )
    )
    found = take(benchmark, GROUP, lambda: findings_of(application, AT))
    assert len(found) == PEOPLE + 1


@pytest.fixture
def listed(scene: Scene) -> Application:
    application = begun(scene, scene.mission, Application.Kind.INTERNATIONAL)
    content = table(application.kind, map(abroad, range(PEOPLE)))
    done(take_list(application, content, "x.csv", by=application.office, at=AT))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return application


def test_bare_minimum_fifty_rows_by_their_key(benchmark: BenchmarkFixture, listed: Application) -> None:
    def work() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM observation_applicant WHERE application_id = %s AND row > 5000 ORDER BY row LIMIT 50",
                [listed.pk],
            )
            return len(cursor.fetchall())

    assert take(benchmark, PAGE, work, rounds=20) == PAGE_SIZE


@pytest.mark.parametrize("only", ["", "found"])
def test_a_page_in_the_middle_with_its_counts(benchmark: BenchmarkFixture, listed: Application, only: str) -> None:
    """Aim: 50 ms at the database."""

    def work() -> int:
        keys = people(listed, only=only)
        assert keys.count() == tally(listed).people == PEOPLE
        return len(shown(keys[5000:5050]))

    assert take(benchmark, PAGE, work, rounds=20, aim=Aim(0.05)) == PAGE_SIZE
