"""Publishing as an act: numbered versions, official ones only of what was determined, and what changed between two."""

from __future__ import annotations

import pytest

from shailoo.counting.models import Protocol
from shailoo.documents import queries as documents
from shailoo.law.outcome import Refused
from shailoo.ledger import queries as ledger
from shailoo.results import actions, queries
from shailoo.results.models import Publication
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db

PRELIMINARY, OFFICIAL = Publication.Kind.PRELIMINARY, Publication.Kind.OFFICIAL


@pytest.fixture
def scene() -> Scene:
    built = scenes.build()
    scenes.all_protocols(built)
    scenes.sign_all(built)
    return built


def publish(scene: Scene, kind: Publication.Kind) -> Publication | Refused:
    return actions.publish(scene.voting, kind=kind, by=scene.cec_chair, at=scene.now())


def published(scene: Scene, kind: Publication.Kind) -> Publication:
    made = publish(scene, kind)
    assert isinstance(made, Publication), made
    return made


def determine(scene: Scene, reason: str = "") -> None:
    made = scenes.determine(scene, reason=reason)
    assert not isinstance(made, Refused), made


def recount(scene: Scene, votes: list[int]) -> None:
    before = Protocol.objects.get(precinct__number="1001", state="accepted")
    Protocol.objects.filter(pk=before.pk).update(state="replaced")
    scenes.protocol(scene, "1001", votes, version=before.version + 1, replaces=before)


@pytest.mark.norm("L39.1.b1")
def test_publications_are_numbered_and_their_bundles_kept(scene: Scene) -> None:
    first, second = published(scene, PRELIMINARY), published(scene, PRELIMINARY)
    assert (first.version, second.version) == (1, 2)
    assert documents.content(first.bundle)
    assert [each.version for each in queries.publications(scene.voting)] == [2, 1]
    assert queries.earlier(second) == first
    assert queries.publication(scene.voting, 1) == first
    assert queries.latest_publication(scene.voting) == second
    assert [act.name for act in ledger.acts_on(f"voting:{scene.voting.pk}")] == ["result.published"] * 2


@pytest.mark.norm("L64.8", "L39.3")
def test_official_publication_follows_the_determination_and_is_of_its_figures(scene: Scene) -> None:
    answer = publish(scene, OFFICIAL)
    assert isinstance(answer, Refused)
    assert answer.codes == ("not_determined",)
    determine(scene)
    assert published(scene, OFFICIAL).determination is not None
    recount(scene, [0, 600, 0])
    answer = publish(scene, OFFICIAL)
    assert isinstance(answer, Refused)
    assert answer.codes == ("determined_on_other_figures",)
    scenes.sign(scene, "KG02", reason="кайра санап чыгуу")
    determine(scene, reason="кайра санап чыгуу")
    assert published(scene, OFFICIAL).version == 2


def test_two_versions_differ_in_exactly_the_figures_that_changed(scene: Scene) -> None:
    first = published(scene, PRELIMINARY)
    recount(scene, [299, 201, 100])
    second = published(scene, PRELIMINARY)
    changes = queries.difference(second, first)
    assert changes
    assert any((each.before, each.after) == (2400, 2399) for each in changes)
    assert any((each.before, each.after) == (1600, 1601) for each in changes)
    assert not any((each.before, each.after) == (800, 800) for each in changes)
    assert queries.difference(second, second) == ()


def test_a_publication_that_an_office_may_not_make_leaves_nothing(scene: Scene) -> None:
    answer = actions.publish(scene.voting, kind=PRELIMINARY, by=scene.offices["cec_member"], at=scene.now())
    assert isinstance(answer, Refused)
    assert not Publication.objects.exists()
