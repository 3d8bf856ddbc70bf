"""Lists on the site: names and numbers only, found by name, replaced, and gone when the results are official."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shailoo.accounts.limits import wait_for
from shailoo.elections.models import Clock, Moment
from shailoo.voters.lists import folding, queries
from shailoo.voters.lists.actions import Told, post_list, publish_edition, take_down
from shailoo.voters.lists.models import Publication, PublishedName, Stage, TakingDown
from shailoo.voters.lists.views.public import SEARCHES, WITHIN
from tests.commissions.sittings import done, refused
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, SECOND, Country, people
from tests.voters.lists.test_way import picture

FIELDS = {"id", "publication", "list", "number", "surname", "name", "patronymic", "folded"}


def published(land: Country, stage: Stage = Stage.PRELIMINARY, days: int = 0) -> Publication:
    edition = land.compiled(stage, at=COMPILED + days * A_DAY).edition
    at = COMPILED + days * A_DAY + timedelta(hours=1)
    Clock.objects.update_or_create(election=land.scene.election, defaults={"set_at": timezone.now(), "shows": at})
    return done(publish_edition(edition, by=land.scene.secretary, at=at))


@pytest.mark.norm("L14.8.a2")
def test_the_site_holds_names_and_numbers_and_nothing_else(land: Country) -> None:
    publication = published(land)
    assert {field.name for field in PublishedName._meta.get_fields()} == FIELDS
    rows = queries.names(publication, land.found(publication.edition))
    assert [(each.number, each.surname) for each in rows[:3]] == [(1, "Нурова"), (2, "Ңурова"), (3, "Осмонова")]
    assert PublishedName.objects.count() == publication.names == 18
    assert refused(publish_edition(publication.edition, by=land.scene.secretary, at=COMPILED + A_DAY)) == (
        "voter_lists_published_before",
    )
    assert refused(publish_edition(publication.edition, by=land.scene.operator, at=COMPILED + A_DAY)) == (
        "office_may_not",
    )


def test_a_name_is_found_however_its_letters_are_written(land: Country) -> None:
    publication = published(land)
    for text in ("Өмүрова Айнура", "омурова айнура", "ӨМҮРОВА  АЙНУРА", "омурова а"):
        found = queries.search(publication, text)
        assert {hit.surname for hit in found} == {"Өмүрова"}, text
        assert len(found) == (3 if text == "омурова а" else 2)
    assert {hit.surname for hit in queries.search(publication, "нурова а")} == {"Нурова", "Ңурова"}
    assert [(hit.precinct, hit.number) for hit in queries.search(publication, "Усенова Ел")] == [(FIRST, 7), (FIRST, 8)]
    for less in ("", "Ө", "Өмүрова", "у а", "%", "_ _", "Өмүров А"):
        assert queries.search(publication, less) == [], less
    assert folding.folded("  ЁЛКА ң ") == "елка н"


def test_control_lists_stay_off_the_site_and_a_later_edition_replaces_the_earlier(land: Country) -> None:
    first = published(land)
    control = land.compiled(Stage.CONTROL, at=COMPILED + 2 * A_DAY).edition
    assert refused(publish_edition(control, by=land.scene.secretary, at=COMPILED + 3 * A_DAY)) == (
        "voter_lists_not_for_the_site",
    )
    assert queries.on_site(land.register, COMPILED + 3 * A_DAY) == first
    land.closed(at=COMPILED + 4 * A_DAY)
    final = published(land, Stage.FINAL, days=5)
    assert TakingDown.objects.get().publication == first
    assert set(PublishedName.objects.values_list("publication", flat=True)) == {final.pk}
    assert queries.on_site(land.register, COMPILED + 6 * A_DAY) == final


def test_names_and_photographs_go_when_the_results_are_official(land: Country) -> None:
    publication = published(land)
    at = COMPILED + A_DAY
    told = Told(at, "Мектеп", picture())
    posting = done(post_list(land.found(publication.edition), told, by=land.secretary(), at=at))
    assert refused(take_down(publication, by=land.scene.secretary, at=at)) == ("voter_lists_shown_until_results",)
    Moment.objects.create(
        voting=land.scene.voting, anchor="publication_of_results", day=at.date(), at=at, act="-", office=None
    )
    assert queries.on_site(land.register, at) is None
    assert PublishedName.objects.exists()
    done(take_down(publication, by=land.scene.secretary, at=at))
    assert not PublishedName.objects.exists()
    assert posting.photograph is not None
    posting.photograph.refresh_from_db()
    assert posting.photograph.is_erased
    assert refused(take_down(publication, by=land.scene.secretary, at=at)) == ("voter_lists_not_published",)


def test_the_pages_for_everyone_show_sums_and_names_in_every_language(land: Country) -> None:
    client = Client()
    for language, empty in (("ky", "сайтта"), ("ru", "сайте"), ("en", "site")):
        page = client.get(f"/{language}/voters/lists/")
        assert page.status_code == 200
        assert empty in page.content.decode()
    assert client.get("/ky/voters/lists/areas/KG02/").status_code == 404
    published(land)
    secret = [person[key] for person in people() for key in ("pin", "born", "locality", "street")]
    for language in ("ky", "ru", "en"):
        top = f"/{language}/voters/lists/"
        for address in (top, f"{top}areas/KG02/", f"{top}precincts/{FIRST}/", f"{top}precincts/{FIRST}/list.csv"):
            page = client.get(address)
            assert page.status_code == 200, address
            assert "noindex" in page["X-Robots-Tag"]
            shown = page.content.decode()
            assert not [word for word in secret if word in shown], address
        names = client.get(f"{top}precincts/{FIRST}/").content.decode()
        assert names.index("Нурова") < names.index("Ңурова") < names.index("Яковлева")
        found = client.post(f"{top}search/", {"q": "омурова а"})
        assert found.status_code == 200
        assert found["Cache-Control"] == "no-store"
        assert found.content.decode().count("Өмүрова") == 3
        assert client.post(f"{top}search/", {"q": "Өмүрова"}).status_code == 422
    assert client.get("/ky/voters/lists/precincts/0900/").status_code == 404
    assert client.get("/ky/voters/lists/areas/KG/").status_code == 404
    assert client.get(f"/ky/voters/lists/precincts/{SECOND}/list.exe").status_code == 404
    csv = client.get(f"/ky/voters/lists/precincts/{FIRST}/list.csv").content.decode("utf-8-sig").splitlines()
    assert csv[:2] == ["number,surname,name,patronymic,precinct", "1,Нурова,Айгүл,Бакыт кызы,1001"]


def test_the_search_is_limited_for_one_sender(land: Country) -> None:
    published(land)
    client = Client()
    for _ in range(SEARCHES - 1):
        assert wait_for("voter_lists.search", "ip 127.0.0.1", most=SEARCHES, within=WITHIN) == 0
    assert client.post("/en/voters/lists/search/", {"q": "x"}).status_code == 422
    assert client.post("/en/voters/lists/search/", {"q": "x"}).status_code == 429
