"""What the database itself holds of sittings, votes, decisions and minutes, whoever writes to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import Error, connection, transaction
from django.db.models import Model
from psycopg import sql

from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.commissions import actions
from shailoo.commissions.actions import Plan
from shailoo.commissions.models import (
    AgendaItem,
    Attendance,
    Commission,
    Conclusion,
    Contact,
    Decision,
    DecisionPublication,
    Dissent,
    Division,
    Matter,
    Minutes,
    MinutesPublication,
    MinutesSignature,
    Motion,
    Sitting,
    Vote,
    WorkingGroup,
    WorkingGroupMember,
)
from shailoo.commissions.states import (
    ARCS,
    ITEM_ARCS,
    ITEM_MOVES,
    MOVES,
    Act,
    ItemState,
    State,
    acts_open_to,
    arc,
    item_acts_open_to,
    mermaid,
)
from tests.commissions.scene import AT, Scene, build, office, opened
from tests.commissions.sittings import decided, done

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
TITLES = {"title_ky": "Т", "text_ky": "Т"}


def broken(attempt: Callable[..., object], *given: object, **more: object) -> str:
    """What the database says against it."""
    with pytest.raises(Error) as refusal, transaction.atomic():
        attempt(*given, **more)
    diagnosis = getattr(refusal.value.__cause__, "diag", None)
    return (getattr(diagnosis, "constraint_name", None) or "") + " " + str(refusal.value)


def test_every_state_of_a_sitting_is_reached_and_left_as_the_table_says() -> None:
    assert {found.target for found in ARCS} | {State.CALLED} == set(State)
    assert {found.target for found in ITEM_ARCS} | {ItemState.PROPOSED} == set(ItemState)
    assert arc(State.CLOSED, Act.OPEN) is None
    assert acts_open_to(Role.CEC_SECRETARY, State.CALLED) == (Act.OPEN, Act.CANCEL)
    assert acts_open_to(Role.CEC_MEMBER, State.CALLED) == ()
    assert item_acts_open_to(Role.TEC_CHAIR, ItemState.DECLINED) == ("vote",)
    assert "called --> open: open" in mermaid(ARCS)


def test_the_database_moves_sittings_and_items_along_the_same_table() -> None:
    scene = build()
    for source in State:
        for target in State:
            if source is target or (source, target) in MOVES:
                continue
            sitting = _sitting_in(scene, source)
            named = broken(Sitting.objects.filter(pk=sitting.pk).update, state=target)
            assert "a_sitting_moves_along_the_table" in named, (source, target)
    sitting = opened(scene)
    for place, origin in enumerate(ItemState, 1):
        settled = None if origin is ItemState.PROPOSED else AT
        item = _item(sitting, scene, position=place, state=origin, settled_at=settled, reason="р")
        for goal in ItemState:
            if origin is goal or (origin, goal) in ITEM_MOVES:
                continue
            named = broken(AgendaItem.objects.filter(pk=item.pk).update, state=goal)
            assert "an_item_moves_along_the_table" in named, (origin, goal)


def _sitting_in(scene: Scene, state: State) -> Sitting:
    sitting = (
        opened(scene)
        if state in (State.OPEN, State.CLOSED)
        else done(actions.call_sitting(scene.cec, Plan("Б", LATER), by=scene.chair, at=AT))
    )
    if state is State.CLOSED:
        return done(actions.close_sitting(sitting, by=scene.chair, at=AT))
    if state is State.CANCELLED:
        return done(actions.cancel_sitting(sitting, reason="Себеп", by=scene.chair, at=AT))
    return sitting


def _item(sitting: Sitting, scene: Scene, **more: object) -> AgendaItem:
    wanted = {"position": 1, "matter": "other", "title_ky": "М", "proposed_by": scene.chair, "proposed_at": AT, **more}
    return AgendaItem.objects.create(sitting=sitting, **wanted)


def test_what_is_recorded_never_changes_and_never_goes() -> None:
    scene = build()
    decision = decided(scene.cec.body, Matter.OTHER, "", at=AT)
    sitting = done(actions.close_sitting(decision.sitting, by=scene.chair, at=AT))
    minutes = done(actions.draft_minutes(sitting, actions.MinutesText(), by=scene.secretary, at=AT))
    for signer in (scene.chair, scene.secretary):
        done(actions.sign_minutes(minutes, by=signer, at=AT))
    done(actions.publish_minutes(minutes, by=scene.secretary, at=AT))
    done(actions.publish_decision(decision, by=scene.secretary, at=AT))
    contact = done(actions.set_contact(scene.cec, actions.Place(phone="1"), by=scene.chair, at=AT))
    division = Division.objects.create(commission=scene.cec, kind="division", name_en="D", since=AT)
    group = WorkingGroup.objects.create(commission=scene.cec, number=1, since=AT)
    member = WorkingGroupMember.objects.create(group=group, name="Э", post="head", since=AT)
    changes: list[tuple[type[Model], dict[str, object]]] = [
        (Motion, {"version": 9}), (Vote, {"choice": "against"}), (Conclusion, {"seats": 99}),
        (Decision, {"number": 7}), (DecisionPublication, {"at": LATER}), (Minutes, {"text_ky": "х"}),
        (MinutesSignature, {"at": LATER}), (MinutesPublication, {"at": LATER}),
        (Sitting, {"place_ky": "башка"}), (Sitting, {"place_en": "another"}),
        (AgendaItem, {"title_ky": "башка"}), (Attendance, {"name": "башка"}),
        (Contact, {"phone": "2"}), (Division, {"since": LATER}), (WorkingGroup, {"number": 2}),
        (WorkingGroupMember, {"name": "башка"}),
    ]  # fmt: skip
    for model, change in changes:
        rows = model._default_manager.all()
        assert rows.exists(), model
        assert broken(rows.update, **change), model
        table = model._meta.db_table
        assert broken(_run, sql.SQL("DELETE FROM {}").format(sql.Identifier(table))), table
        emptied = broken(_run, sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
        assert "never emptied" in emptied or "trigger" in emptied, emptied
    assert [each.pk for each in (contact, division, member)] == [
        Contact.objects.get().pk,
        Division.objects.get().pk,
        WorkingGroupMember.objects.get().pk,
    ]


def _run(statement: sql.Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_only_members_present_in_an_open_sitting_vote_once_before_the_end() -> None:
    scene = build()
    sitting = opened(scene)
    stranger = office(scene.tec, Role.TEC_MEMBER)
    absent = office(scene.cec, Role.CEC_MEMBER)
    item = _item(sitting, scene, state="included", settled_at=AT)
    motion = Motion.objects.create(item=item, version=1, put_by=scene.chair, put_at=AT, **TITLES)

    def vote(by: Office = scene.chair, person: int | None = None, choice: str = "for", at: datetime = AT) -> Vote:
        chosen = person or by.person_id
        return Vote.objects.create(motion=motion, office=by, person_id=chosen, choice=choice, recorded_by=by, at=at)

    vote()
    assert "a_person_votes_once_on_a_motion" in broken(vote)
    second = scene.secretary
    assert "members_of_the_commission_vote" in broken(lambda: vote(stranger))
    assert "who_is_not_present_does_not_vote" in broken(lambda: vote(absent))
    assert "who_is_not_present_does_not_vote" in broken(lambda: vote(second, at=AT - timedelta(hours=1)))
    assert "a_vote_is_of_the_person_of_its_office" in broken(lambda: vote(second, absent.person_id))
    assert "a_vote_is_for_against_or_abstained" in broken(lambda: vote(second, choice="maybe"))

    counts = {"votes_for": 1, "votes_against": 0, "votes_abstained": 0, "members_present": 6, "seats": 6, "needed": 4}

    def conclude(**more: object) -> Conclusion:
        return Conclusion.objects.create(motion=motion, adopted=False, office=scene.chair, at=AT, **{**counts, **more})

    assert "a_conclusion_counts_the_votes" in broken(lambda: conclude(votes_for=2))
    assert "no_more_votes_than_members_present" in broken(lambda: conclude(members_present=0))
    assert "a_motion_is_adopted_by_the_votes_needed" in broken(lambda: conclude(needed=1))
    conclude()
    assert "members_vote_on_the_last_text_until_the_end" in broken(lambda: vote(second))
    newer = Motion.objects.create(item=item, version=2, put_by=scene.chair, put_at=AT, **TITLES)
    Sitting.objects.filter(pk=sitting.pk).update(state="closed", closed_at=AT)
    motion = newer
    assert "members_vote_in_an_open_sitting" in broken(lambda: vote(second))


def test_a_decision_is_what_was_adopted_with_the_next_number() -> None:
    scene = build()
    first = decided(scene.cec.body, Matter.OTHER, "case:1", at=AT)
    second = decided(scene.cec.body, Matter.OTHER, "case:1", at=AT, replaces=first)
    copied = {f.name: getattr(second, f.name) for f in Decision._meta.concrete_fields if f.name != "id"}

    def forged(**more: object) -> Decision:
        return Decision.objects.create(**{**copied, **more})

    assert "a_decision_has_the_next_number" in broken(lambda: forged(number=9))
    assert "a_decision_has_the_next_number" in broken(lambda: forged(number=3, year=2021))
    assert "a_decision_ends_once" in broken(lambda: forged(number=3))
    for change in ({"text_ky": "Башка"}, {"votes_for": 9}, {"matter": "lot"}, {"body": scene.tec.body}):
        assert "a_decision_is_what_was_adopted" in broken(forged, number=3, **change)
    dissenting = {"decision": second, "text": "Жок", "at": AT}
    absent = office(scene.cec, Role.CEC_MEMBER)
    for nobody in (scene.chair, absent):
        said = broken(Dissent.objects.create, office=nobody, **dissenting)
        assert "who_took_part_and_did_not_agree_dissents" in said


def _motion(decision: Decision, **more: object) -> Motion:
    made = {"item": decision.motion.item, "version": 7, "put_by": decision.office, "put_at": AT, **TITLES, **more}
    return Motion.objects.create(**made)


def test_minutes_are_signed_in_their_last_text_and_published_when_signed() -> None:
    scene = build()
    sitting = opened(scene)
    made = {"sitting": sitting, "content": {}, "made_by": scene.secretary, "at": AT}
    first = Minutes.objects.create(version=1, sha256="0" * 64, **made)
    assert "minutes_are_known_by_their_hash" in broken(lambda: Minutes.objects.create(version=2, sha256="0", **made))
    assert "a_version_of_minutes_stands_once" in broken(
        lambda: Minutes.objects.create(version=1, sha256="1" * 64, **made)
    )
    second = Minutes.objects.create(version=2, sha256="1" * 64, **made)

    def sign(minutes: Minutes, by: Office) -> MinutesSignature:
        return MinutesSignature.objects.create(minutes=minutes, office=by, at=AT)

    def publish() -> MinutesPublication:
        return MinutesPublication.objects.create(minutes=second, office=scene.chair, at=AT)

    assert "the_last_text_of_minutes_is_signed" in broken(lambda: sign(first, scene.chair))
    sign(second, scene.chair)
    assert "an_office_signs_minutes_once" in broken(lambda: sign(second, scene.chair))
    sign(second, scene.members[0])
    assert "signed_minutes_are_published" in broken(publish)
    sign(second, scene.secretary)
    assert publish().pk


def test_constraints_read_as_sentences_and_hold() -> None:
    scene = build()
    decision = decided(scene.cec.body, Matter.OTHER, "", at=AT)
    sitting, cec = decision.sitting, scene.cec
    item, motion = decision.motion.item, {"put_by": scene.chair, "put_at": AT}
    base = {"commission": cec, "year": 2020, "called_by": scene.chair, "called_at": AT, "planned_at": LATER}
    group = WorkingGroup.objects.create(commission=cec, number=1, since=AT)
    WorkingGroupMember.objects.create(group=group, name="Э", post="head", office=scene.chair, since=AT)
    Division.objects.create(commission=cec, kind="division", name_en="D", since=AT)
    Contact.objects.create(commission=cec, since=AT)
    here = {"sitting": sitting, "arrived_at": AT, "attendee": "media_representative", "name": "К"}
    joins = {"group": group, "name": "Э", "since": AT}
    cases: list[tuple[str, Callable[[], object]]] = [
        ("a_commission_has_at_least_one_seat", lambda: Commission.objects.filter(pk=cec.pk).update(seats=0)),
        ("a_sitting_has_its_own_number", lambda: Sitting.objects.create(number=1, place_ky="Б", **base)),
        ("a_sitting_is_called_with_its_place", lambda: Sitting.objects.create(number=2, place_ky="", **base)),
        (
            "a_sitting_has_what_its_state_needs",
            lambda: Sitting.objects.create(number=2, place_ky="Б", state="open", **base),
        ),
        ("what_a_sitting_is_does_not_change", lambda: Sitting.objects.filter(pk=sitting.pk).update(place_ky="В")),
        ("a_sitting_changes_with_its_state", lambda: Sitting.objects.filter(pk=sitting.pk).update(seats=9)),
        (
            "how_a_sitting_was_opened_does_not_change",
            lambda: Sitting.objects.filter(pk=sitting.pk).update(state="closed", closed_at=AT, seats=9),
        ),
        ("an_item_has_its_own_place_on_the_agenda", lambda: _item(sitting, scene)),
        ("an_item_is_on_a_known_matter", lambda: _item(sitting, scene, position=2, matter="x")),
        ("an_item_has_a_title_in_one_language", lambda: _item(sitting, scene, position=2, title_ky="")),
        (
            "an_item_is_declined_with_a_reason",
            lambda: _item(sitting, scene, position=2, state="declined", settled_at=AT),
        ),
        ("what_was_proposed_does_not_change", lambda: AgendaItem.objects.filter(pk=item.pk).update(subject="x:1")),
        ("an_attendee_is_of_a_known_kind", lambda: Attendance.objects.create(**{**here, "attendee": "x"})),
        ("a_member_attends_in_an_office", lambda: Attendance.objects.create(**{**here, "attendee": "member"})),
        ("who_attends_leaves_after_coming", lambda: Attendance.objects.create(left_at=AT - (LATER - AT), **here)),
        ("who_is_present_is_present_once", lambda: Attendance.objects.create(office=scene.chair, **here)),
        ("a_version_of_a_motion_stands_once", lambda: Motion.objects.create(item=item, version=1, **motion, **TITLES)),
        (
            "a_motion_has_a_title_in_one_language",
            lambda: Motion.objects.create(item=item, version=2, text_ky="Т", **motion),
        ),
        ("a_motion_to_decide_has_a_text", lambda: Motion.objects.create(item=item, version=2, title_ky="Т", **motion)),
        ("a_motion_replaces_or_repeals", lambda: _motion(decision, replaces=decision, repeals=decision)),
        ("a_commission_has_one_contact_at_a_time", lambda: Contact.objects.create(commission=cec, since=AT)),
        ("a_contact_ends_after_it_begins", lambda: Contact.objects.create(commission=cec, since=LATER, until=AT)),
        ("a_division_has_a_known_kind", lambda: Division.objects.create(commission=cec, kind="x", since=AT)),
        (
            "a_division_ends_after_it_begins",
            lambda: Division.objects.create(commission=cec, kind="division", since=LATER, ended_at=AT),
        ),
        (
            "a_division_stands_once_in_a_commission",
            lambda: Division.objects.create(commission=cec, kind="division", name_en="D", since=AT),
        ),
        (
            "a_number_belongs_to_one_working_group",
            lambda: WorkingGroup.objects.create(commission=cec, number=1, since=AT),
        ),
        (
            "a_working_group_is_ended_by_a_decision",
            lambda: WorkingGroup.objects.filter(pk=group.pk).update(until=LATER),
        ),
        ("a_post_in_a_group_is_known", lambda: WorkingGroupMember.objects.create(post="x", **joins)),
        (
            "a_member_of_a_group_has_a_name",
            lambda: WorkingGroupMember.objects.create(**{**joins, "name": ""}, post="member"),
        ),
        ("a_group_has_one_head_and_one_secretary", lambda: WorkingGroupMember.objects.create(post="head", **joins)),
        (
            "an_office_is_in_a_group_once",
            lambda: WorkingGroupMember.objects.create(post="member", office=scene.chair, **joins),
        ),
    ]
    for name, attempt in cases:
        assert name in broken(attempt), name
