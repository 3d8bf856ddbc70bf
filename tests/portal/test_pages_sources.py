"""What the pages say of their own sources and alternatives: other editions, gaps, clocks, versions, addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django import Settings

from shailoo.accounts.models import Body
from shailoo.elections.models import Clock, Election, ListedCandidate
from shailoo.results import actions
from shailoo.results.models import Determination, Publication
from shailoo.territory.models import Precinct
from tests.portal import nation as nations
from tests.results import scene as scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    """Keys and kept files of a test lie in a folder of its own."""
    settings.DATA = tmp_path


def words(client: Client, address: str) -> str:
    """The text of a page as it is read, with plain single spaces."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.mark.norm("L64.2.a")
def test_the_mandates_by_the_other_edition_stand_beside_and_are_not_the_result(client: Client) -> None:
    scene = scenes.build(lists=3)
    scenes.all_protocols(scene, [500, 420, 80])  # 8 %: above the barrier of 7 %, below that of 9 %
    page = words(client, "/en/why/")
    other = page.partition("By another edition of the law")[2].partition("Readings taken")[0]
    assert "edition of 5 June 2017, national barrier 9.0% Art. 64, para. 2" in other
    assert "Тизме 1 65, Тизме 2 55 would change the result" in other
    assert "Тизме 3: 10 mandates" in page


def test_a_source_without_numbers_commissions_and_candidates_is_said_to_have_none(client: Client) -> None:
    nation = nations.build(participants="unknown")
    assert "The source has no precinct numbers" not in words(client, "/en/")
    Election.objects.update(origin=Election.Origin.PUBLIC_RECORD)
    Precinct.objects.update(numbering=Precinct.Numbering.BY_REGION_AND_ROW)
    ListedCandidate.objects.all().delete()
    for address in ("/en/", "/en/why/"):
        page = words(client, address)
        assert "precincts are numbered by region and row of the file" in page
        assert "mandates are shown by list, without names" in page
        assert "those of a region stand as one" not in page, "four commissions in three regions"
    assert nation.tecs.keys() == {"TEC-1", "TEC-2", "TEC-3", "TEC-4"}


def test_a_page_tells_the_time_of_the_elections_own_clock(client: Client) -> None:
    nation = nations.build()
    night = datetime(2020, 10, 4, 20, 0, tzinfo=UTC)
    Clock.objects.create(election=nation.election, shows=night, set_at=timezone.now() + timedelta(seconds=1))
    for address in ("/en/", "/en/why/", "/en/areas/KG02/", "/en/downloads/"):
        assert "As of 5 October 2020, 01:59." in words(client, address), address


def test_the_difference_of_versions_is_told_in_words_and_without_its_own_heading(client: Client) -> None:
    scene = scenes.build(lists=3)
    scenes.all_protocols(scene, [500, 420, 30])
    scenes.sign_all(scene)
    for kind in (Publication.Kind.PRELIMINARY, Publication.Kind.OFFICIAL):
        if kind is Publication.Kind.OFFICIAL:
            made = scenes.determine(scene)
            assert isinstance(made, Determination)
        assert isinstance(actions.publish(scene.voting, kind=kind, by=scene.cec_chair, at=scene.now()), Publication)
    page = words(client, "/en/versions/2/")
    changes = page.partition("What changed since version 1")[2]
    assert "Determination – mandates – Тизме 1 — 65 +65" in changes
    assert "Determination – list not admitted, and why – Тизме 3— → below the national barrier" in changes
    assert "Determination – outcome— → Mandates are allocated" in changes
    assert not re.search(r"[a-z]_[a-z]|preliminary → official|as of", changes)
    russian = words(client, "/ru/versions/2/").partition("Что изменилось с версии 1")[2]
    assert not re.search(r"[a-z]{4,}", russian.partition("Скачать")[0].replace("shailoo", ""))


@pytest.mark.norm("L36.2")
def test_an_obstacle_names_the_commission_and_not_its_code(client: Client) -> None:
    scene = scenes.build(lists=3)
    scenes.all_protocols(scene, [500, 420, 80])
    Body.objects.filter(code="tec-kg02").update(name_en="Commission of Ton")
    page = words(client, "/en/why/")
    assert "The TEC has not signed its protocol: Commission of Ton." in page
    assert "tec-kg02" not in page


def test_the_number_of_voters_has_its_unit_in_the_right_case(client: Client) -> None:
    nations.build()
    assert "2 710 избирателей" in words(client, "/ru/")
    assert "2 710 шайлоочу " in words(client, "/ky/")


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("areas/KG02/?sort=-valid", "/ru/areas/KG02/"),
        ("precincts/1006/?version=1", "/ru/precincts/1006/?version=1"),
        ("?map=turnout", "/ru/"),
        ("law/?page=2&q=", "/ru/law/?page=2"),
    ],
)
def test_a_page_names_its_own_address_without_order_and_filter(client: Client, asked: str, own: str) -> None:
    nations.build()
    html = client.get(f"/ru/{asked}").content.decode()
    assert f'<link rel="canonical" href="{own}">' in html
    assert 'hreflang="x-default" href="/ky/' in html
