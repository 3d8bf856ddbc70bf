"""The pages of a presidential election: elected, a repeat voting, failed, and a tie that waits for a decision."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from shailoo.elections.models import Election, Voting
from shailoo.results import actions
from shailoo.results.models import Determination, Publication
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db
PAGES = ("", "areas/", "areas/KG02/", "commissions/", "commissions/tec-kg02/", "precincts/1001/", "why/", "downloads/")
OF_VERSIONS = ("versions/", "versions/1/", "downloads/nation.csv", "downloads/results.err.json", "documents/")
LANGUAGES = ("ky", "ru", "en")


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    """Keys and kept files of a test lie in a folder of its own."""
    settings.DATA = tmp_path


def counted(votes: list[int], *, against_all: int = 0, voting: Voting.Kind = Voting.Kind.GENERAL) -> Scene:
    """Every precinct has the same votes, and every territorial commission has signed."""
    scene = scenes.build(kind=Election.Kind.PRESIDENTIAL, lists=len(votes), voting=voting)
    for number in scene.precincts:
        scenes.protocol(scene, number, votes, against_all=against_all)
    scenes.sign_all(scene)
    return scene


def determined(scene: Scene) -> Scene:
    made = scenes.determine(scene)
    assert isinstance(made, Determination), made
    return scene


def publish(scene: Scene, kind: Publication.Kind) -> None:
    made = actions.publish(scene.voting, kind=kind, by=scene.cec_chair, at=scene.now())
    assert isinstance(made, Publication), made


def words(client: Client, address: str) -> str:
    """The main part of a page as it is read, with plain single spaces."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(f"<main{main}").split())


@pytest.mark.norm("L55.4")
def test_who_is_elected_is_named_with_the_article(client: Client) -> None:
    determined(counted([301, 200, 100]))
    assert "The President is elected: Тизме 1" in words(client, "/en/")
    why = words(client, "/en/why/")
    assert "Тизме 1: 2 408 votes, 50.08% of 4 808 who took part. More than 50% was needed." in why
    assert "Art. 55, para. 4" in why


@pytest.mark.norm("L56.1")
def test_who_stands_again_is_named(client: Client) -> None:
    determined(counted([300, 200, 100]))
    assert "Repeat voting is called: Тизме 1, Тизме 2" in words(client, "/en/")
    assert "In the repeat voting: Тизме 2. Place: 2, votes: 1 600." in words(client, "/en/why/")


@pytest.mark.norm("L56.4")
def test_the_repeat_voting_elects_by_the_larger_number(client: Client) -> None:
    determined(counted([200, 201], voting=Voting.Kind.REPEAT))
    assert "The President is elected: Тизме 2" in words(client, "/en/")


@pytest.mark.norm("L37.3.1", "L57")
def test_an_election_fails_where_more_vote_against_all(client: Client) -> None:
    determined(counted([150, 120, 100], against_all=151))
    assert "The election failed" in words(client, "/en/")
    assert "Against all: 1 208." in words(client, "/en/why/")


@pytest.mark.norm("L56.1")
def test_a_tie_is_shown_as_the_commissions_question_before_it_decides(client: Client) -> None:
    counted([300, 200, 200])
    home, why = words(client, "/en/"), words(client, "/en/why/")
    assert "Not settled by the law: Which of the candidates with equal votes goes into the repeat voting?" in home
    assert "the options are: Тизме 2; Тизме 3." in why
    assert "nobody has been elected" not in home


def test_nothing_speaks_of_seats_and_lists(client: Client) -> None:
    determined(counted([301, 200, 100]))
    for language, seats in (("ky", "мандат"), ("ru", "мандат"), ("en", "mandate")):
        for address in ("", "why/", "areas/", "precincts/1001/"):
            assert seats not in words(client, f"/{language}/{address}").lower(), (language, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_from_the_count_to_the_publication(client: Client, language: str) -> None:
    scene = counted([300, 250, 200])
    publish(scene, Publication.Kind.PRELIMINARY)
    for address in (*PAGES, *OF_VERSIONS):
        assert client.get(f"/{language}/{address}").status_code == 200, address
    determined(scene)
    publish(scene, Publication.Kind.OFFICIAL)
    for address in (*PAGES, *OF_VERSIONS, "versions/2/"):
        assert client.get(f"/{language}/{address}").status_code == 200, address


def test_the_difference_of_two_versions_names_the_candidates(client: Client) -> None:
    scene = counted([300, 250, 200])
    publish(scene, Publication.Kind.PRELIMINARY)
    determined(scene)
    publish(scene, Publication.Kind.OFFICIAL)
    page = words(client, "/en/versions/2/")
    assert "Determination – candidate in the repeat voting – 2— → Тизме 2" in page
    assert "Determination – outcome— → Repeat voting is called" in page
