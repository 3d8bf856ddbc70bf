"""What a commission consists of, changed by decisions; and decisions as grounds of acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shailoo.accounts.roles import Role
from shailoo.commissions import actions, queries
from shailoo.commissions.actions import Group, GroupMember, Place, Unit
from shailoo.commissions.grounds import decisions_for, ground_refusal
from shailoo.commissions.models import Commission, Contact, Decision, Division, Matter, WorkingGroupMember
from shailoo.commissions.working_groups import working_groups
from shailoo.ledger.models import Act
from tests.commissions.scene import AT, Scene, build, office
from tests.commissions.sittings import decided, done, refused

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
HEAD, SECRETARY, MEMBER = (
    WorkingGroupMember.Post.HEAD,
    WorkingGroupMember.Post.SECRETARY,
    WorkingGroupMember.Post.MEMBER,
)


@pytest.fixture
def scene() -> Scene:
    return build()


def ground(scene: Scene, matter: Matter, body: str = "CEC") -> Decision:
    return decided(scene.cec.body, matter, f"body:{body}", at=AT)


def test_a_decision_is_a_ground_for_its_body_matter_and_subject_while_it_stands(scene: Scene) -> None:
    decision = decided(scene.cec.body, Matter.DETERMINATION, "voting:1", at=AT)

    def asked(body: Commission = scene.cec, matter: Matter = Matter.DETERMINATION, subject: str = "voting:1") -> object:
        return ground_refusal(decision, body=body.body, matter=matter, subject=subject, at=AT)

    assert asked() is None
    assert refused(asked(scene.tec)) == ("ground_of_another_body",)
    assert refused(asked(matter=Matter.READING)) == ("ground_on_another_matter",)
    assert refused(asked(subject="voting:2")) == ("ground_on_another_subject",)
    early = ground_refusal(
        decision, body=scene.cec.body, matter=Matter.DETERMINATION, subject="voting:1", at=AT - timedelta(seconds=1)
    )
    assert refused(early) == ("ground_taken_later",)
    newer = decided(scene.cec.body, Matter.DETERMINATION, "voting:1", at=AT, replaces=decision)
    assert refused(asked()) == ("ground_not_in_force",)
    assert list(decisions_for(scene.cec.body, Matter.DETERMINATION, "voting:1")) == [newer]
    repealing = decided(scene.cec.body, Matter.OTHER, "voting:1", at=AT, repeals=newer)
    assert not decisions_for(scene.cec.body, Matter.DETERMINATION, "voting:1").exists()
    assert repealing.standing


def test_seats_are_set_by_a_decision_and_the_quorum_is_counted_from_them(scene: Scene) -> None:
    ours = ground(scene, Matter.ESTABLISHMENT)
    wrong = ground(scene, Matter.WORKING_GROUP)
    assert queries.seats_of(scene.cec, AT) == 6
    assert refused(actions.set_seats(scene.cec, 12, ground=wrong, by=scene.chair, at=AT)) == (
        "ground_on_another_matter",
    )
    few = actions.set_seats(scene.cec, 5, ground=ours, by=scene.chair, at=AT)
    assert refused(few) == ("fewer_seats_than_members",)
    done(actions.set_seats(scene.cec, 12, ground=ours, by=scene.chair, at=AT))
    cec = Commission.objects.get(pk=scene.cec.pk)
    assert (queries.seats_of(cec, AT), cec.seats_by) == (12, ours)
    theirs = ground(scene, Matter.ESTABLISHMENT, "TEC-1")  # the commission above decides too
    done(actions.set_seats(scene.tec, 7, ground=theirs, by=scene.chair, at=AT))
    keeper = office(scene.tec, Role.TEC_MEMBER)
    assert refused(actions.set_seats(scene.tec, 9, ground=theirs, by=keeper, at=AT)) == ("office_may_not",)


def test_the_ten_working_groups_are_formed_changed_and_ended_by_decisions(scene: Scene) -> None:
    formed_by = ground(scene, Matter.WORKING_GROUP)
    head = GroupMember(HEAD, scene.members[0], phones=("0312 00 00 00",))
    secretary = GroupMember(SECRETARY, name="Эксперт")
    for each in working_groups():
        wanted = replace(each, members=(head, secretary))
        done(actions.form_working_group(scene.cec, wanted, ground=formed_by, by=scene.chair, at=AT))
    assert list(scene.cec.working_groups.order_by("number").values_list("number", flat=True)) == list(range(1, 11))
    first = scene.cec.working_groups.get(number=1)
    outsider = office(scene.tec, Role.TEC_MEMBER)
    wrong = Group(1, " ", "т", "t", (GroupMember(HEAD, outsider), GroupMember(MEMBER)))
    codes = refused(actions.form_working_group(scene.cec, wrong, ground=formed_by, by=scene.chair, at=AT))
    assert set(codes) == {
        "working_group_stands_already",
        "subject_in_three_languages",
        "working_group_needs_head_and_secretary",
        "working_group_led_by_a_member",
        "name_needed",
    }
    new = (GroupMember(HEAD, scene.members[1]), secretary, GroupMember(MEMBER, outsider))
    done(actions.change_working_group(first, new, ground=formed_by, by=scene.chair, at=LATER))
    assert first.members.count() == 5
    assert first.members.filter(until__isnull=True, post=HEAD).get().office == scene.members[1]
    done(actions.end_working_group(first, ground=formed_by, by=scene.chair, at=LATER))
    again = actions.end_working_group(first, ground=formed_by, by=scene.chair, at=LATER)
    assert refused(again) == ("working_group_ended_already",)
    assert not first.members.filter(until__isnull=True).exists()
    done(actions.form_working_group(scene.cec, replace(wanted, number=1), ground=formed_by, by=scene.chair, at=LATER))


def test_the_register_of_divisions_and_contacts_keeps_what_it_said(scene: Scene) -> None:
    place = Place("Бишкек", "Бишкек", "Bishkek", "0312 00", "cec@example.org", "09:00-18:00")
    done(actions.set_contact(scene.cec, place, by=scene.secretary, at=AT))
    done(actions.set_contact(scene.cec, replace(place, phone="0312 11"), by=scene.secretary, at=LATER))
    assert refused(actions.set_contact(scene.cec, Place(), by=scene.secretary, at=LATER)) == ("contact_is_empty",)
    now = queries.contact_of(scene.cec)
    assert now is not None
    assert (now.phone, Contact.objects.count()) == ("0312 11", 2)
    unit = Unit(Division.Kind.DEPARTMENT, "Башкармалык", "Управление", "Department")
    department = done(actions.form_division(scene.cec, unit, by=scene.chair, at=AT))
    assert refused(actions.form_division(scene.cec, unit, by=scene.chair, at=AT)) == ("division_stands_already",)
    within = Unit(Division.Kind.DIVISION, "Бөлүм", "Отдел", "Division", department)
    division = done(actions.form_division(scene.cec, within, by=scene.chair, at=AT))
    astray = replace(within, name_en="Other", parent=division)
    assert refused(actions.form_division(scene.cec, astray, by=scene.chair, at=AT)) == ("division_in_another_place",)
    foreign = replace(within, name_en="Other", head=office(scene.tec, Role.TEC_OPERATOR))
    assert refused(actions.form_division(scene.cec, foreign, by=scene.chair, at=AT)) == ("head_of_another_body",)
    done(actions.change_division(division, replace(within, room="212"), by=scene.chair, at=AT))
    told = Act.objects.get(name="division.changed").payload
    assert '"room":""' in told
    assert '"room":"212"' in told
    assert refused(actions.end_division(department, by=scene.chair, at=AT)) == ("division_holds_others",)
    done(actions.end_division(division, by=scene.chair, at=AT))
    assert refused(actions.change_division(division, within, by=scene.chair, at=AT)) == ("division_ended_already",)
    done(actions.end_division(department, by=scene.chair, at=AT))
