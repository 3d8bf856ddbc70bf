"""The lists at the desk: who sees which list, what is recorded, and that nobody else sees a voter."""

from __future__ import annotations

import logging
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shailoo.accounts.models import Office, PersonalReading
from shailoo.elections.models import Clock
from shailoo.jobs.kinds import KINDS
from shailoo.jobs.models import Work
from shailoo.jobs.progress import Unwatched
from shailoo.ledger.models import Act
from shailoo.voters.lists.models import Edition, Posting, Publication, Stage
from tests.counting.browser import signed_in
from tests.voters.lists.scene import A_DAY, COMPILED, SECOND, Country, people
from tests.voters.lists.test_way import picture

TOP = "/ky/desk/voters/lists/"
PERSONAL = tuple(dict.fromkeys(each for person in people() for each in (person["surname"], person["pin"])))
RESIDENCE = "Кербен, Арча, Манас, 1"


def set_clock(land: Country, at: datetime) -> None:
    Clock.objects.update_or_create(election=land.scene.election, defaults={"set_at": timezone.now(), "shows": at})


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def carried_out(client: Client, address: str, given: dict[str, str] | None = None) -> None:
    """Ask for a work by a form, and do it as a worker does."""
    asked = client.post(address, given or {})
    assert asked.status_code == 302, asked.content.decode()
    work = Work.objects.latest("pk")
    assert asked["Location"] == f"/ky/desk/work/{work.pk}/"
    assert 18 in KINDS[work.kind].body(Unwatched(), **work.arguments).values()


def main_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])


def test_the_central_commission_compiles_publishes_and_oversees(land: Country) -> None:
    set_clock(land, COMPILED)
    client = signed_in(land.scene.secretary)
    assert "Басылма түзүү" in text(client, TOP)
    assert client.post(f"{TOP}compile/", {"stage": "control"}).status_code == 422
    assert client.post(f"{TOP}compile/", {"stage": "other"}).status_code == 404
    assert not Edition.objects.exists()
    carried_out(client, f"{TOP}compile/", {"stage": "preliminary"})
    edition = Edition.objects.get()
    for language in ("ky", "ru"):
        top = f"/{language}/desk/voters/lists/"
        for address in (top, f"{top}editions/{edition.pk}/", f"{top}postings/", f"{top}editions/{edition.pk}/publish/"):
            page = text(client, address)
            assert not [word for word in PERSONAL if word in page], address
            if language == "ky":
                words = main_of(page).replace("Region", "").replace("Election", "").replace("Abroad", "")
                assert re.findall(r"\b(?!SHA|CSV|JSON|XLSX|CEC|JPEG)[A-Za-z]{4,}\b", words) == [], address
    carried_out(client, f"{TOP}editions/{edition.pk}/publish/")
    assert Publication.objects.get().names == 18
    assert client.post(f"{TOP}editions/{edition.pk}/take-down/").status_code == 422
    csv = client.get(f"{TOP}postings.csv").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("precinct,region,list,voters,preliminary_posted")
    assert csv[1].startswith("1001,KG02,P1-1001,10,")
    assert client.get(f"{TOP}postings.exe").status_code == 404
    refused = client.post(f"{TOP}compile/", {"stage": "preliminary"})
    assert refused.status_code == 422
    assert "реестр өзгөргөн жок" in refused.content.decode()


def test_a_list_is_read_by_its_own_commission_and_those_above_it_alone(land: Country) -> None:
    set_clock(land, COMPILED)
    edition = land.compiled().edition
    found = land.found(edition)
    lines = f"{TOP}{found.pk}/lines/"
    readers = (land.secretary(), land.tec_secretary, land.scene.secretary, land.scene.head)
    for office in readers:
        page = text(signed_in(office), lines)
        assert "Өмүрова" in page
        assert RESIDENCE in page
        assert not [person["pin"] for person in people() if person["pin"] in page]
    assert PersonalReading.objects.filter(subject=f"voter_list:{found.pk}").count() == len(readers)
    strangers: tuple[Office, ...] = (
        land.secretary(SECOND),
        land.other_tec,
        land.scene.service,
        land.scene.operator,
        land.scene.member,
    )
    for office in strangers:
        client = signed_in(office)
        for address in (lines, f"{TOP}{found.pk}/photographs/1/"):
            page = client.get(address).content.decode()
            assert not [word for word in PERSONAL if word in page], office
        assert client.get(lines).status_code == 403
    assert Client().get(lines).status_code == 302
    assert PersonalReading.objects.count() == len(readers)


@pytest.mark.norm("L15.3.e2")
def test_a_control_list_shows_names_alone_to_everybody(land: Country) -> None:
    land.compiled()
    edition = land.compiled(Stage.CONTROL, at=COMPILED + A_DAY).edition
    set_clock(land, COMPILED + 2 * A_DAY)
    page = text(signed_in(land.secretary()), f"{TOP}{land.found(edition).pk}/lines/")
    assert "Өмүрова" in page
    assert RESIDENCE not in page
    assert "1990" not in page


def test_a_name_is_looked_for_without_standing_in_an_address_or_a_log(
    land: Country, caplog: pytest.LogCaptureFixture
) -> None:
    set_clock(land, COMPILED)
    found = land.found(land.compiled().edition)
    client, lines = signed_in(land.secretary()), f"{TOP}{found.pk}/lines/"
    with caplog.at_level(logging.DEBUG, logger="django"):
        page = client.post(lines, {"q": "омурова айн"})
    shown = page.content.decode()
    assert shown.count("Өмүрова") == 2
    assert "Нурова" not in shown
    assert client.post(lines, {"q": "о"}).status_code == 422
    assert "омурова" not in caplog.text
    assert not PersonalReading.objects.filter(page__contains="омурова").exists()
    assert not any("мүрова" in str(act.payload) for act in Act.objects.all())


def test_a_precinct_secretary_posts_her_list_with_a_photograph(land: Country) -> None:
    set_clock(land, COMPILED + A_DAY)
    client = signed_in(land.secretary())
    assert "тизме али жок" in text(client, TOP)
    found = land.found(land.compiled().edition)
    assert client.get(TOP)["Location"] == f"{TOP}{found.pk}/"
    assert "жазыла элек" in text(client, f"{TOP}{found.pk}/")
    address = f"{TOP}{found.pk}/post/"
    empty = client.post(address, {"day": "", "hour": "", "place": ""})
    assert empty.status_code == 422
    assert "govuk-error-summary" in empty.content.decode()
    given = {"day": "2020-07-21", "hour": "14:00", "place": "Мектептин кире бериши"}
    no_picture = SimpleUploadedFile("list.jpg", b"MZ nothing")
    assert client.post(address, {**given, "file": no_picture}).status_code == 422
    assert not Posting.objects.exists()
    photograph = SimpleUploadedFile("list.jpg", picture())
    assert client.post(address, {**given, "file": photograph}).status_code == 302
    page = text(client, f"{TOP}{found.pk}/")
    assert "Мектептин кире бериши" in page
    image = client.get(f"{TOP}{found.pk}/photographs/1/")
    assert image["Content-Disposition"] == 'attachment; filename="P1-1001-1.jpeg"'
    assert PersonalReading.objects.filter(what="photograph of a posted list").count() == 1
    again = client.post(address, {**given, "hour": "14:30", "reason": "Саат ката жазылган"})
    assert again.status_code == 302
    assert "Саат ката жазылган" in text(client, f"{TOP}{found.pk}/")
    assert signed_in(land.secretary(SECOND)).get(address).status_code == 403
    assert signed_in(land.tec_secretary).post(address, given).status_code == 403
    assert Posting.objects.count() == 2


def test_a_territorial_commission_sees_its_own_precincts(land: Country) -> None:
    set_clock(land, COMPILED + 40 * A_DAY)
    land.compiled()
    page = text(signed_in(land.tec_secretary), f"{TOP}postings/?late=late")
    assert page.count("<tr") == 6
    assert page.count("60 күн калганда") == 5
    assert "<tbody" not in text(signed_in(land.other_tec), f"{TOP}postings/")
    only = text(signed_in(land.scene.secretary), f"{TOP}postings/?region=KG03")
    assert ">1002<" in only
    assert ">1001<" not in only


def test_a_page_of_a_list_asks_a_fixed_number_of_queries(
    land: Country, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_clock(land, COMPILED)
    edition = land.compiled().edition
    client = signed_in(land.secretary())
    address = f"{TOP}{land.found(edition).pk}/lines/"
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
