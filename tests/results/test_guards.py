"""What the database itself guarantees for results: every constraint and trigger, broken on purpose past the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InternalError, connection, transaction

from shailoo.commissions.grounds import Asked
from shailoo.commissions.models import Decision, Sitting
from shailoo.results import actions, matters
from shailoo.results.models import (
    Determination,
    Invalidation,
    Publication,
    QuestionDecided,
    ReadingTaken,
    Revision,
    TecProtocol,
)
from tests.commissions.sittings import in_session
from tests.results import scene as scenes
from tests.results.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    built = scenes.build()
    scenes.all_protocols(built)
    return built


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """The values, those given as functions made now: a decision is taken only where the row needs one."""
    return {name: value() if callable(value) else value for name, value in values.items()}


def by_tec(scene: Scene, asked: Asked) -> Decision:
    return scenes.decision(scene, asked, scene.tec_chair())


def tec_protocol(scene: Scene, **other: Any) -> TecProtocol:
    values: dict[str, Any] = {
        "voting": scene.voting,
        "tec": scene.tecs["KG02"],
        "version": 1,
        "pec_count": 2,
        "protocols_used": 2,
        "sums": {},
        "votes": [],
        "table": [],
        "office": scene.tec_chair(),
        "at": scene.clock,
    }
    sitting = other.pop("final_sitting", None) or scenes.final_sitting(scene, at=scene.clock)
    held = {"final_sitting": sitting, "final_meeting_at": sitting.opened_at}
    return TecProtocol.objects.create(**{**values, **held, **other})


def invalidation(scene: Scene, **other: Any) -> Invalidation:
    values: dict[str, Any] = {
        "voting": scene.voting,
        "precinct": scene.precincts["1001"],
        "ground": 5,
        "decision": "1",
        "carries_out": lambda: by_tec(scene, matters.invalidation(scene.voting, scene.precincts["1001"])),
        "text": "чечим",
        "office": scene.tec_chair(),
        "at": lambda: scene.clock,
    }
    return Invalidation.objects.create(**filled({**values, **other}))


def determination(scene: Scene, **other: Any) -> Determination:
    values: dict[str, Any] = {
        "voting": scene.voting,
        "version": 1,
        "decision": "1",
        "carries_out": lambda: scenes.decision(scene, matters.determination(scene.voting)),
        "outcome": "allocated",
        "edition_id": "2020-06-30",
        "readings": {},
        "figures": {},
        "value": {},
        "steps": [],
        "grounds": [],
        "office": scene.cec_chair,
        "at": lambda: scene.clock,
    }
    return Determination.objects.create(**filled({**values, **other}))


def question(scene: Scene, **other: Any) -> QuestionDecided:
    values: dict[str, Any] = {
        "voting": scene.voting,
        "question": "q",
        "option": "o",
        "basis": "b",
        "version": 1,
        "decision": "1",
        "carries_out": lambda: scenes.decision(scene, matters.question(scene.voting, "q")),
        "text": "чечим",
        "office": scene.cec_chair,
        "at": lambda: scene.clock,
    }
    return QuestionDecided.objects.create(**filled({**values, **other}))


def reading(scene: Scene, **other: Any) -> ReadingTaken:
    values: dict[str, Any] = {
        "election": scene.voting.election,
        "parameter": "threshold_base",
        "option": "list_votes",
        "decision": "1",
        "carries_out": lambda: scenes.decision(scene, matters.reading(scene.voting.election, "threshold_base")),
        "text": "чечим",
        "office": scene.cec_chair,
        "at": lambda: scene.clock,
    }
    return ReadingTaken.objects.create(**filled({**values, **other}))


@pytest.mark.parametrize(
    ("make", "other", "name"),
    [
        (tec_protocol, {"protocols_used": 3}, "no_more_used_than_pecs"),
        (tec_protocol, {"version": 2}, "a_new_tec_protocol_has_a_reason"),
        (tec_protocol, {"complaints_received": 1}, "a_tec_decides_every_complaint_before_it_signs"),
        (invalidation, {"ground": 3}, "grounds_3_and_4_name_the_decision_they_rest_on"),
        (invalidation, {"ground": 1}, "grounds_1_and_2_name_the_violations_found"),
        (invalidation, {"decision": ""}, "an_invalidation_has_a_decision"),
        (determination, {"decision": ""}, "a_determination_has_a_decision"),
        (determination, {"version": 2}, "a_new_determination_has_a_reason"),
        (determination, {"complaints_received": 2}, "the_cec_decides_every_complaint_before_it_determines"),
        (question, {"text": ""}, "a_question_is_settled_by_decision"),
        (reading, {"decision": ""}, "a_reading_is_taken_by_decision"),
        (invalidation, {"carries_out": None}, "an_invalidation_carries_out_a_decision"),
        (determination, {"carries_out": None}, "a_determination_carries_out_a_decision"),
        (question, {"carries_out": None}, "an_answer_carries_out_a_decision"),
        (reading, {"carries_out": None}, "a_reading_carries_out_a_decision"),
    ],
)
def test_a_row_that_says_too_little_is_refused(scene: Scene, make: Any, other: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        make(scene, **other)


@pytest.mark.norm("L36.2.c1")
def test_a_tec_protocol_follows_the_final_sitting_of_that_tec_in_that_election(scene: Scene) -> None:
    body, election = scene.tecs["KG02"].body, scene.voting.election.slug
    regular, _members = in_session(body, at=scene.clock, election=election)
    on_no_election, _members = in_session(body, at=scene.clock, kind=Sitting.Kind.FINAL)
    later = scenes.final_sitting(scene, at=scene.clock + timedelta(days=1))
    wrong = (regular, on_no_election, later, scenes.final_sitting(scene, "KG03", at=scene.clock))
    for sitting in wrong:
        with pytest.raises(IntegrityError, match="final sitting"), transaction.atomic():
            tec_protocol(scene, final_sitting=sitting)
    with pytest.raises(IntegrityError, match="final sitting"), transaction.atomic():
        tec_protocol(scene, final_meeting_at=scene.clock - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (tec_protocol, "a_tec_signs_a_version_once"),
        (determination, "a_result_is_determined_once_per_version"),
        (question, "a_question_is_decided_once_a_version"),
    ],
)
def test_a_version_stands_once(scene: Scene, make: Any, name: str) -> None:
    make(scene)
    with pytest.raises(IntegrityError, match=name):
        make(scene)


def test_a_precinct_is_invalid_once_and_lifted_where_it_was_declared(scene: Scene) -> None:
    first = invalidation(scene)
    with pytest.raises(IntegrityError, match="invalid already"), transaction.atomic():
        invalidation(scene, version=2)
    with pytest.raises(IntegrityError, match="its own precinct"), transaction.atomic():
        invalidation(scene, precinct=scene.precincts["1002"], lifts=first)
    lifting = invalidation(scene, version=2, lifts=first)
    with pytest.raises(IntegrityError, match="its own precinct"), transaction.atomic():
        invalidation(scene, version=3, lifts=lifting)
    with pytest.raises(IntegrityError), transaction.atomic():
        invalidation(scene, version=3, lifts=first)
    assert invalidation(scene, version=3).version == 3


def test_an_official_publication_without_determination_is_refused(scene: Scene) -> None:
    made = actions.publish(scene.voting, kind=Publication.Kind.PRELIMINARY, by=scene.cec_chair, at=scene.now())
    assert isinstance(made, Publication)
    made.pk, made.version, made.kind = None, 2, Publication.Kind.OFFICIAL
    with pytest.raises(IntegrityError, match="official_publication_follows_determination"):
        made.save(force_insert=True)


@pytest.mark.parametrize("make", [tec_protocol, invalidation, determination, question, reading])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"])
def test_evidence_is_never_changed_deleted_or_emptied(scene: Scene, make: Any, statement: str) -> None:
    made = make(scene)
    sql = statement.format(table=made._meta.db_table)
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert type(made).objects.filter(pk=made.pk).exists()


def test_a_revision_never_counts_down_to_nothing(scene: Scene) -> None:
    with pytest.raises(IntegrityError, match="a_revision_counts_upward"):
        Revision.objects.filter(voting=scene.voting).update(value=0)
