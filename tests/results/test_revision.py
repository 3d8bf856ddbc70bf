"""The revision changes with every committed change, makes no clerk wait, and never stands over old figures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import close_old_connections, connection, transaction

from shailoo.counting.models import Protocol
from shailoo.elections.models import Option, VotingPrecinct
from shailoo.results import actions, queries
from shailoo.results.models import Revision
from shailoo.results.queries.revision import KeptByRevision, revision
from tests.results import scene as scenes
from tests.results.scene import Scene


@pytest.fixture
def scene(db: None) -> Scene:
    return scenes.build()


def court(scene: Scene) -> None:
    grounds = scenes.court(scene)
    actions.invalidate(scene.voting, scene.precincts["1001"], grounds, by=scene.cec_chair, at=scene.now())


def parked(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [1, 2, 3], state="parked")


def replaced(scene: Scene) -> None:
    Protocol.objects.filter(precinct__number="2001").update(state="replaced")


def withdrawn(scene: Scene) -> None:
    Option.objects.filter(voting=scene.voting, code="p01").update(withdrawn=True)


def fewer(scene: Scene) -> None:
    VotingPrecinct.objects.filter(voting=scene.voting, precinct__number="4002").delete()


def read_otherwise(scene: Scene) -> None:
    scenes.take_reading(scene, "threshold_base", "list_votes")


@pytest.mark.parametrize("change", [court, parked, replaced, withdrawn, fewer, read_otherwise])
def test_the_revision_changes_with_what_the_public_sees(scene: Scene, change: Callable[[Scene], None]) -> None:
    scenes.protocol(scene, "2001", [5, 3, 2])
    before = revision(scene.voting)
    change(scene)
    assert revision(scene.voting) != before


def test_the_revision_stands_while_nothing_public_changes(scene: Scene) -> None:
    scenes.protocol(scene, "2001", [5, 3, 2])
    before = revision(scene.voting)
    entry = Protocol(voting=scene.voting, precinct=scene.precincts["1001"], tec=scene.tecs["KG02"])
    entry.state, entry.received_at = "received", scene.now()
    entry.save()
    assert revision(scene.voting) == before


def test_an_act_that_is_rolled_back_leaves_no_revision_that_another_could_meet(scene: Scene) -> None:
    before = revision(scene.voting)
    seen = set()
    for _ in range(5):
        with transaction.atomic():
            parked(scene)
            seen.add(revision(scene.voting))
            transaction.set_rollback(True)
        assert revision(scene.voting) == before
    assert len(seen) == 5


def test_the_tabulation_bears_the_revision_of_its_own_snapshot(scene: Scene) -> None:
    scenes.protocol(scene, "1001", [5, 3, 2])
    assert queries.tabulate(scene.voting).revision == revision(scene.voting)
    scenes.protocol(scene, "1002", [5, 3, 2])
    found = queries.tabulate(scene.voting)
    assert (found.revision, found.national.summed) == (revision(scene.voting), 2)


# ------------------------------------------------------------------------------------- clerks at once


@pytest.mark.django_db(transaction=True)
def test_clerks_never_wait_for_each_other_and_no_change_goes_uncounted() -> None:
    """Four clerks hold their transactions open at the same time; a global lock would never let all of them in."""
    scene = scenes.build()
    numbers = list(scene.precincts)[:4]
    together = Barrier(4, timeout=20)

    def accept(number: str) -> None:
        try:
            with transaction.atomic():
                scenes.protocol(scene, number, [5, 3, 2])
                together.wait()
        finally:
            connection.close()

    before = revision(scene.voting)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(accept, numbers))
    assert Revision.objects.filter(voting=scene.voting).count() >= 4
    assert revision(scene.voting) != before
    found = queries.tabulate(scene.voting)
    assert (found.national.summed, found.revision) == (4, revision(scene.voting))


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_later_than_a_newer_one_is_seen() -> None:
    """The order of beginning is not the order of committing: a counter of the largest number would miss the first."""
    scene = scenes.build()
    begun, go_on = Event(), Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                scenes.protocol(scene, "1001", [5, 3, 2])
                begun.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slow)
        assert begun.wait(20)
        scenes.protocol(scene, "1002", [5, 3, 2])
        first = queries.tabulate(scene.voting)
        go_on.set()
        waiting.result()
    close_old_connections()
    second = queries.tabulate(scene.voting)
    assert (first.national.summed, second.national.summed) == (1, 2)
    assert first.revision != second.revision


# ------------------------------------------------------------------------------------- kept answers


@dataclass(frozen=True)
class Answer:
    revision: str
    number: int


def test_many_who_ask_at_once_are_answered_by_one_making() -> None:
    kept: KeptByRevision[Answer] = KeptByRevision()
    made: list[int] = []
    all_asked, release = Barrier(6, timeout=20), Event()

    def make() -> Answer:
        made.append(1)
        assert release.wait(20)
        return Answer("r1", len(made))

    def ask() -> Answer:
        all_asked.wait()
        return kept.get((1,), "r1", make)

    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(ask) for _ in range(5)]
        all_asked.wait()
        release.set()
        answers = {each.result() for each in asked}
    assert answers == {Answer("r1", 1)}
    assert len(made) == 1


def test_an_answer_under_another_revision_is_made_again() -> None:
    kept: KeptByRevision[Answer] = KeptByRevision()
    assert kept.get((1,), "r1", lambda: Answer("r1", 1)).number == 1
    assert kept.get((1,), "r1", lambda: Answer("r1", 2)).number == 1
    assert kept.get((1,), "r2", lambda: Answer("r2", 3)).number == 3


def test_figures_newer_than_the_question_are_kept_under_their_own_revision() -> None:
    kept: KeptByRevision[Answer] = KeptByRevision()
    assert kept.get((1,), "r1", lambda: Answer("r2", 1)).number == 1
    assert kept.get((1,), "r2", lambda: Answer("r2", 2)).number == 1


def test_only_so_many_answers_are_kept() -> None:
    kept: KeptByRevision[Answer] = KeptByRevision(most=2)
    for key in (1, 2, 3):
        kept.get((key,), "r", partial(Answer, "r", key))
    assert kept.get((1,), "r", lambda: Answer("r", 99)).number == 99
    assert kept.get((3,), "r", lambda: Answer("r", 99)).number == 3
