"""Two offices at the same moment: one wins, the other is told; the register changes once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.ledger.queries import breaks
from shailoo.voters.actions import accept_delivery, receive_delivery, refuse_delivery
from shailoo.voters.models import Change, Delivery, Entry
from shailoo.voters.states import State
from tests.voters.scene import AT, Scene, build, delivered, package, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db: None, tmp_path: Path) -> Scene:
    return build(tmp_path)


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


def refused(answers: list[object]) -> list[tuple[str, ...]]:
    return [answer.codes for answer in answers if isinstance(answer, Refused)]


def test_of_two_who_accept_one_does(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, [row()]))
    people = (scene.secretary, scene.chair, scene.head)
    answers = at_once(*(lambda by=by: accept_delivery(delivery, by=by, at=AT) for by in people))
    assert refused(answers) == [("voters_delivery_decided",)] * 2
    assert (Entry.objects.count(), Change.objects.count()) == (1, 1)
    assert Act.objects.filter(name="voters.delivery_accepted").count() == 1
    assert breaks() == []


def test_a_delivery_is_accepted_or_refused_and_not_both(scene: Scene) -> None:
    delivery = delivered(scene, package(scene, [row()]))
    answers = at_once(
        lambda: accept_delivery(delivery, by=scene.secretary, at=AT),
        lambda: refuse_delivery(delivery, "no", by=scene.chair, at=AT),
    )
    assert refused(answers) == [("voters_delivery_decided",)]
    taken = Delivery.objects.get().state == State.ACCEPTED
    assert Entry.objects.count() == Change.objects.count() == int(taken)


def test_of_two_deliveries_of_one_number_one_waits(scene: Scene) -> None:
    first = delivered(scene, package(scene, [row()]))
    accept_delivery(first, by=scene.secretary, at=AT)
    sent = [package(scene, [row(precinct="1002")], number=2) for _each in range(2)]
    answers = at_once(*(lambda each=each: receive_delivery(each, by=scene.service, at=AT) for each in sent))
    assert len(refused(answers)) == 1
    assert Delivery.objects.filter(state=State.CHECKED).count() == 1
