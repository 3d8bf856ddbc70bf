"""The public pages: who is named, what is counted, what is found, what machines get, and what stays unsaid."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shailoo.observation.models import Accreditation, Applicant, Application
from tests.observation.presence.scene import Door, accredited, build, recalled
from tests.observation.scene import DECIDED, draft, filed
from tests.once import Once, once

pytestmark = pytest.mark.django_db
HOME = "/en/observers/"
PAGES = (
    "",
    "list/",
    "organizations/",
    "organizations/MISSION-1/",
    "numbers/",
    "statements/",
    "badge/",
    *(
        f"{what}/{kind}/"
        for what in ("guide", "rights")
        for kind in ("international", "citizen", "party", "representative", "media")
    ),
)


kept_door = once(build)


@pytest.fixture
def door(kept_door: Once[Door], db: None, settings: Settings) -> Door:
    return kept_door.here(settings)


def text(address: str, language: str = "en") -> str:
    answer = Client().get(f"/{language}/observers/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def named(accreditation: Accreditation) -> str:
    return accreditation.applicant.name


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_everybody(door: Door, address: str, language: str) -> None:
    text(address, language)


@pytest.mark.parametrize("address", ["", "list/", "organizations/", "numbers/", "statements/", "guide/party/"])
def test_before_any_election_the_pages_say_that_there_is_none(db: None, address: str) -> None:
    assert Client().get(HOME + address).status_code == 200


@pytest.mark.norm("R3.4.a2")
def test_international_observers_are_named_and_nobody_else(door: Door) -> None:
    found = text("list/")
    for each in door.abroad:
        assert named(each) in found
    for each in (*door.first, door.second, door.citizen, door.elsewhere, door.medium):
        assert named(each) not in found
    assert "Northern Election Watch" in found


def test_of_the_others_the_organizations_are_counted(door: Door) -> None:
    found = text("organizations/")
    for name in ("Common Vote", "Second", "Ala-Too Daily", "Northern Election Watch"):
        assert name in found
    for each in (*door.first, door.citizen, door.medium):
        assert named(each) not in found
    assert "PEC-1001" not in found


@pytest.mark.parametrize("code", ["P01", "NGO-1", "MEDIA-1"])
def test_the_page_of_a_party_an_ngo_or_a_medium_names_nobody(door: Door, code: str) -> None:
    found = text(f"organizations/{code}/")
    for each in Applicant.objects.filter(application__sender__body__code=code):
        assert each.name not in found


def test_nothing_personal_is_in_any_page_or_file(door: Door) -> None:
    for address in ("list/", "list.csv", "list.json", "list.atom", "organizations.csv", "organizations/MISSION-1/"):
        found = text(address)
        for each in Applicant.objects.all():
            assert each.identity_mark not in found
            assert f"P{each.application_id * 1000 + each.row:07d}" not in found  # the number of the passport


def test_an_application_that_was_not_answered_is_not_seen(door: Door) -> None:
    waiting = filed(draft(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL))
    found = text("list/")
    assert waiting.applicants.get().name not in found


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("q=northern", 3),
        ("q=ВАРГАСОН", 1),
        ("q=vargas", 1),
        ("q=nobody", 0),
        ("organization=MISSION-1", 3),
        ("organization=P01", None),
        ("kind=international_organization", 3),
        ("country=XX", None),
        ("election=jk-2020", 3),
        ("election=none", 3),
        ("page=999", 3),
        ("q=%00%27", None),
    ],
)
def test_the_list_is_filtered_by_what_is_asked(door: Door, query: str, hits: int | None) -> None:
    accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL, names=["Vargason"])
    answer = Client().get(f"{HOME}list/?{query}")
    assert answer.status_code == 200
    if hits is not None:
        assert answer.context["total"] == hits


def test_an_accreditation_that_ended_says_so_and_stays_readable(door: Door) -> None:
    recalled(door.abroad[0], DECIDED, door.scene.mission)
    found = text("list/")
    assert named(door.abroad[0]) in found
    assert "20 September 2020" in found
    rows = json.loads(text("list.json"))
    assert [each["ended_on"] for each in rows if each["name"] == named(door.abroad[0])] == ["2020-09-20"]


def test_the_files_say_what_the_page_says(door: Door) -> None:
    rows = list(csv.DictReader(io.StringIO(text("list.csv").removeprefix("\ufeff"))))
    told = json.loads(text("list.json"))
    assert rows == [{name: str(value) for name, value in each.items()} for each in told]
    assert {each["name"] for each in told} == {named(each) for each in door.abroad}
    assert all(each["decision"].startswith("№ ") and each["decided_on"] == "2020-09-20" for each in told)
    answer = Client().get(f"{HOME}list.xlsx?q=northern")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert named(door.abroad[0]) in strings


def test_what_looks_like_a_formula_stays_text(door: Door) -> None:
    accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL, names=["=HYPERLINK(1)"])
    assert "'=HYPERLINK(1)" in text("list.csv")


def test_the_feed_has_the_newest_first(door: Door) -> None:
    newer = accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL, at=DECIDED)[0]
    root = ET.fromstring(text("list.atom"))  # noqa: S314  our own
    titles = [each.text or "" for each in root.iter("{http://www.w3.org/2005/Atom}title")][1:]
    assert len(titles) == 3
    assert titles[0].startswith(named(newer))


@pytest.mark.parametrize(
    "address",
    ["guide/none/", "rights/none/", "organizations/NONE/", "organizations/CEC/", "statements/999/file/", "list.exe"],
)
def test_what_is_not_there_is_not_found(door: Door, address: str) -> None:
    assert Client().get(HOME + address).status_code == 404


@pytest.mark.parametrize(
    "address", ["", "list/", "organizations/", "organizations/MISSION-1/", "numbers/", "list.json"]
)
def test_a_page_costs_as_many_queries_for_many_as_for_few(door: Door, address: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            text(address)
        return len(found)

    text(address)
    before = cost()
    accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL, people=9)
    text(address)  # what is kept until somebody is added is read anew once
    assert cost() == before
    assert before < 25


def test_numbers_stand_beside_their_picture_and_their_sources(door: Door) -> None:
    found = text("numbers/")
    assert found.count('<rect class="years__column') == 6
    for words in ("773", "24.kg", "736", "277", "OSCE/ODIHR", "Northern Election Watch"):
        assert words in found
    assert "this register" not in found  # a rehearsal is no fact


def test_an_election_of_this_register_stands_in_the_place_of_the_figure_of_a_source(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [(door.scene.election, date(2020, 10, 4), 301)]
    monkeypatch.setattr("shailoo.observation.queries.public.by_election", lambda: own)
    found = text("numbers/")
    assert "this register" in found
    assert "301" in found
    assert "277" not in found


def test_the_guide_tells_the_days_of_the_running_election(door: Door) -> None:
    found = text("guide/international/")
    assert "30 September 2020" in found
    assert "edition of 2021" in found


def test_a_decision_that_is_committed_late_is_in_the_list_at_once(door: Door) -> None:
    """Its rows have earlier keys than somebody's whom another commission accredited meanwhile."""
    late = door.abroad[1]  # the first has an interpreter
    assert Accreditation.objects.filter(pk__gt=late.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE observation_accreditation DISABLE TRIGGER USER")
        cursor.execute("CREATE TEMPORARY TABLE late ON COMMIT DROP AS TABLE observation_accreditation WITH NO DATA")
        cursor.execute("INSERT INTO late SELECT * FROM observation_accreditation WHERE id = %s", [late.pk])
        cursor.execute("DELETE FROM observation_accreditation WHERE id = %s", [late.pk])
        before = text("list/")
        cursor.execute("INSERT INTO observation_accreditation OVERRIDING SYSTEM VALUE SELECT * FROM late")
        cursor.execute("DROP TABLE late")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE observation_accreditation ENABLE TRIGGER USER")
    assert (named(late) in before, named(late) in text("list/")) == (False, True)
