"""Commissions at the same moment: a number is given once and none is left out; nobody votes twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from shailoo.commissions import actions
from shailoo.commissions.actions import Plan, Question, Text
from shailoo.commissions.models import Decision, Matter, Motion, Sitting, Vote
from shailoo.law.outcome import Refused
from shailoo.ledger.queries import breaks
from tests.commissions.scene import AT, Scene, build, opened
from tests.commissions.sittings import done


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


def voted(scene: Scene) -> Motion:
    """A motion in a sitting of its own that everybody voted for."""
    sitting = opened(scene)
    item = done(actions.propose_item(sitting, Question(Matter.OTHER, title_ky="М"), by=scene.chair, at=AT))
    done(actions.include_item(item, by=scene.chair, at=AT))
    motion = done(actions.put_motion(item, Text(text_ky="Ч"), by=scene.chair, at=AT))
    everybody = dict.fromkeys((scene.chair, scene.secretary, *scene.members), Vote.Choice.FOR)
    done(actions.record_votes(motion, everybody, by=scene.secretary, at=AT))
    return motion


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_and_nobody_votes_twice() -> None:
    scene = build()
    motions = [voted(scene) for _ in range(3)]
    twice = [*motions, motions[0]]  # two windows of one chair conclude the same
    answers = at_once(*(lambda each=each: actions.conclude_motion(each, by=scene.chair, at=AT) for each in twice))
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.codes for answer in refused] == [("vote_concluded_already",)]
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2, 3]
    plan = Plan("Б", AT.replace(hour=20))
    at_once(*[lambda: actions.call_sitting(scene.cec, plan, by=scene.chair, at=AT)] * 3)
    numbers = Sitting.objects.filter(year=2020).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 7))
    sitting = opened(scene)
    item = done(actions.propose_item(sitting, Question(Matter.OTHER, title_ky="М"), by=scene.chair, at=AT))
    done(actions.include_item(item, by=scene.chair, at=AT))
    motion = done(actions.put_motion(item, Text(text_ky="Ч"), by=scene.chair, at=AT))
    member = scene.members[0]
    answers = at_once(
        lambda: actions.cast_vote(motion, Vote.Choice.FOR, by=member, at=AT),
        lambda: actions.cast_vote(motion, Vote.Choice.AGAINST, by=member, at=AT),
        lambda: actions.record_votes(motion, {member: Vote.Choice.FOR}, by=scene.secretary, at=AT),
        lambda: actions.conclude_motion(motion, by=scene.chair, at=AT),
    )
    codes = {answer.codes for answer in answers if isinstance(answer, Refused)}
    assert codes <= {("voted_already",), ("vote_concluded_already",)}
    assert Vote.objects.filter(motion=motion).count() == motion.conclusion.votes_for + motion.conclusion.votes_against
    assert Vote.objects.filter(motion=motion).count() <= 1
    assert not list(breaks())
