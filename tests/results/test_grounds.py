"""An act on results carries out a decision of the commission: its own, on this matter and subject, standing, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shailoo.commissions.models import Decision, Matter
from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.results import actions, matters
from shailoo.results.models import Determination, ReadingTaken
from tests.commissions.sittings import decided
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    built = scenes.build()
    scenes.all_protocols(built)
    scenes.sign_all(built)
    return built


def determine(scene: Scene, decision: Decision | None) -> Determination | Refused:
    return actions.determine(scene.voting, decision=decision, by=scene.cec_chair, at=scene.now())


def code(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return ",".join(answer.codes)


def test_only_the_decision_on_this_result_by_this_commission_is_its_ground(scene: Scene) -> None:
    asked = matters.determination(scene.voting)
    other = replace(asked, subject="voting:0")
    wrong = {
        "decision_missing": None,
        "ground_of_another_body": scenes.decision(scene, asked, scene.tec_chair()),
        "ground_on_another_matter": decided(scene.cec_chair.body, Matter.OTHER, asked.subject, at=scene.now()),
        "ground_on_another_subject": scenes.decision(scene, other),
    }
    before = Act.objects.count()
    for expected, decision in wrong.items():
        assert code(determine(scene, decision)) == expected
    assert not Determination.objects.exists()
    assert Act.objects.count() == before
    made = determine(scene, scenes.decision(scene, asked))
    assert isinstance(made, Determination)
    assert made.carries_out is not None
    assert made.decision == made.carries_out.label


def test_a_decision_is_carried_out_once(scene: Scene) -> None:
    taken = scenes.decision(scene, matters.reading(scene.voting.election, "threshold_base"))

    def take(option: str) -> ReadingTaken | Refused:
        return actions.take_reading(
            scene.voting.election,
            parameter="threshold_base",
            option=option,
            decision=taken,
            by=scene.cec_chair,
            at=scene.now(),
        )

    assert isinstance(take("list_votes"), ReadingTaken)
    assert code(take("participated")) == "decision_carried_out"
    assert ReadingTaken.objects.count() == 1


def test_a_decision_that_was_replaced_or_comes_later_is_no_ground(scene: Scene) -> None:
    asked = matters.determination(scene.voting)
    first = scenes.decision(scene, asked)
    second = decided(scene.cec_chair.body, asked.matter, asked.subject, at=scene.now(), replaces=first)
    assert list(asked.decisions(scene.cec_chair.body)) == [second]
    assert code(determine(scene, first)) == "ground_not_in_force"
    early = actions.determine(scene.voting, decision=second, by=scene.cec_chair, at=first.taken_at)
    assert code(early) == "ground_taken_later"
    assert isinstance(determine(scene, second), Determination)


def test_the_act_names_the_decision_that_it_carries_out(scene: Scene) -> None:
    made = scenes.determine(scene)
    assert isinstance(made, Determination)
    assert made.carries_out is not None
    assert made.carries_out.ledger_name in Act.objects.get(name="result.determined").grounds
