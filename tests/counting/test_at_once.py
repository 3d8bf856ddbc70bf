"""Two clerks at the same moment: one wins, the other is told, nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from shailoo.counting import actions
from shailoo.counting.models import Entry, Figures, Protocol, Settlement
from shailoo.counting.states import State
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.ledger.queries import breaks
from tests.counting.files import row, written
from tests.counting.scene import AT, Scene, build, done, entered, paper, taken_over, typed, write
from tests.counting.test_life import to_conflict

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return build()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act answers when all begin at the same moment, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def told_apart(answers: list[object]) -> tuple[list[object], list[Refused]]:
    """Those that were done, and those that were refused."""
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    return [answer for answer in answers if not isinstance(answer, Refused)], refused


def test_of_three_who_claim_one_has_the_entry(scene: Scene) -> None:
    protocol = taken_over(scene)
    people = (scene.clerk, scene.other, scene.third)
    answers = at_once(*(lambda by=by: actions.claim(protocol, by=by, at=AT) for by in people))
    won, lost = told_apart(answers)
    assert (len(won), {refused.codes for refused in lost}) == (1, {("held_by_another",)})
    assert Entry.objects.count() == 1


def test_of_two_who_take_over_one_does(scene: Scene) -> None:
    expected = scene.expected[0]
    answers = at_once(*(lambda by=by: actions.take_over(expected, by=by, at=AT) for by in (scene.clerk, scene.chair)))
    won, lost = told_apart(answers)
    assert (len(won), len(lost), Protocol.objects.count()) == (1, 1, 1)
    assert Act.objects.filter(name="protocol.taken_over").count() == 1


def test_two_windows_of_one_clerk_finish_once(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    entry = done(actions.claim(protocol, by=scene.other, at=AT), Entry)
    write(entry, scene.other, paper())
    won, lost = told_apart(at_once(*[lambda: actions.finish(entry, by=scene.other, at=AT)] * 4))
    assert (len(won), len(lost)) == (1, 3)
    assert (Figures.objects.count(), Protocol.objects.get().state) == (1, State.ACCEPTED)


def test_a_page_is_saved_before_the_release_or_refused_after_it(scene: Scene) -> None:
    entry = done(actions.claim(taken_over(scene), by=scene.clerk, at=AT), Entry)
    saved, released = at_once(
        lambda: actions.save_page(entry, "voters", typed(paper()), by=scene.clerk, at=AT),
        lambda: actions.release(entry, by=scene.chair, at=AT),
    )
    assert isinstance(released, Protocol)
    kept = Entry.objects.get()
    assert ("participated" in kept.lines) is isinstance(saved, actions.Saved)


def test_of_two_who_decide_one_does(scene: Scene) -> None:
    protocol = to_conflict(scene)
    answers = at_once(
        lambda: actions.settle(protocol, {"against_all": 1}, "paper", by=scene.chair, at=AT),
        lambda: actions.settle(protocol, {"against_all": 2}, "paper", by=scene.secretary, at=AT),
        lambda: actions.enter_again(protocol, "neither", by=scene.secretary, at=AT),
    )
    won, _lost = told_apart(answers)
    assert len(won) == 1
    assert Settlement.objects.count() == Figures.objects.count() <= 1


def test_a_file_imported_twice_at_once_is_taken_over_once(scene: Scene) -> None:
    source = actions.Source("a.csv", written([row("1001", paper()), row("1002", paper())]))
    people = (scene.cec_chair, scene.cec_operator)
    at_once(*(lambda by=by: actions.import_protocols(scene.voting, source, by=by, at=AT) for by in people))
    assert (Protocol.objects.count(), Figures.objects.count()) == (2, 2)
    assert Act.objects.filter(name="protocols.imported").count() == 1
    assert breaks() == []
