"""A sitting from its notice to its published minutes, as the commission lives it; refused acts leave nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shailoo.accounts.roles import Role
from shailoo.commissions import actions, queries
from shailoo.commissions.actions import Plan, Question, Text, Visitor
from shailoo.commissions.models import (
    AgendaItem,
    Attendance,
    Decision,
    Matter,
    Minutes,
    Motion,
    Sitting,
    Vote,
)
from shailoo.commissions.models.minutes import Stage
from shailoo.commissions.states import ItemState, State
from shailoo.law.observation.commissions import Attendee
from shailoo.ledger.models import Act
from tests.commissions.scene import AT, Scene, build, office, opened
from tests.commissions.sittings import decided, done, refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FOR, AGAINST, ABSTAINED = Vote.Choice.FOR, Vote.Choice.AGAINST, Vote.Choice.ABSTAINED


@pytest.fixture
def scene() -> Scene:
    return build()


def included(sitting: Sitting, scene: Scene, matter: Matter = Matter.OTHER) -> AgendaItem:
    item = done(actions.propose_item(sitting, Question(matter, title_ky="Маселе"), by=scene.chair, at=AT))
    return done(actions.include_item(item, by=scene.chair, at=AT))


def put(sitting: Sitting, scene: Scene) -> Motion:
    return done(actions.put_motion(included(sitting, scene), Text(text_ky="Чечсин."), by=scene.chair, at=AT))


@pytest.mark.norm("L8.2")
def test_a_sitting_is_known_beforehand_and_opens_with_a_quorum_at_its_hour(scene: Scene) -> None:
    plan = Plan("Бишкек, Эркиндик", AT + HOUR)
    late = actions.call_sitting(scene.cec, Plan("Бишкек", AT), by=scene.chair, at=AT)
    assert refused(late) == ("sitting_called_too_late",)
    assert refused(actions.call_sitting(scene.tec, plan, by=scene.chair, at=AT)) == ("other_territory",)
    assert refused(actions.call_sitting(scene.cec, plan, by=scene.members[0], at=AT)) == ("office_may_not",)
    assert not Sitting.objects.exists()
    sitting = done(actions.call_sitting(scene.cec, plan, by=scene.secretary, at=AT))
    assert (str(sitting), sitting.state) == ("№ 1/2020", State.CALLED)
    three = (scene.chair, scene.secretary, scene.members[0])
    assert done(actions.attend_as_member(sitting, three, by=scene.secretary, at=AT + HOUR)) == 3
    assert refused(actions.open_sitting(sitting, by=scene.chair, at=AT + HOUR)) == ("sitting_without_quorum",)
    fourth = scene.members[1]
    assert done(actions.attend_as_member(sitting, [fourth], by=fourth, at=AT + HOUR)) == 1
    early = actions.open_sitting(sitting, by=scene.chair, at=AT + HOUR / 2)
    assert refused(early) == ("sitting_before_its_hour",)
    sitting = done(actions.open_sitting(sitting, by=scene.chair, at=AT + HOUR))
    assert (sitting.seats, sitting.quorum, sitting.chair, sitting.secretary) == (6, 4, scene.chair, scene.secretary)
    names = ["sitting.called", "sitting.members_came", "sitting.members_came", "sitting.opened"]
    assert list(Act.objects.order_by("sequence").values_list("name", flat=True)) == names


def test_another_member_presides_where_the_chair_is_away_and_may_do_what_a_chair_does(scene: Scene) -> None:
    sitting = done(actions.call_sitting(scene.cec, Plan("Бишкек", AT), by=scene.chair, at=AT - HOUR))
    done(actions.attend_as_member(sitting, (scene.secretary, *scene.members), by=scene.secretary, at=AT))
    assert refused(actions.open_sitting(sitting, by=scene.secretary, at=AT)) == ("sitting_without_chair",)
    deputy = scene.members[0]
    same = actions.open_sitting(sitting, by=scene.secretary, at=AT, chair=deputy, secretary=deputy)
    assert refused(same) == ("sitting_without_secretary",)
    sitting = done(actions.open_sitting(sitting, by=scene.secretary, at=AT, chair=deputy))
    item = done(actions.propose_item(sitting, Question(Matter.OTHER, title_ky="М"), by=deputy, at=AT))
    assert refused(actions.include_item(item, by=scene.members[1], at=AT)) == ("office_may_not",)
    motion = done(
        actions.put_motion(done(actions.include_item(item, by=deputy, at=AT)), Text(text_ky="Ч"), by=deputy, at=AT)
    )
    done(actions.record_votes(motion, dict.fromkeys(scene.members, FOR), by=deputy, at=AT))
    assert isinstance(done(actions.conclude_motion(motion, by=deputy, at=AT)), Decision)


def test_members_vote_for_themselves_or_by_a_show_of_hands_once_and_only_when_present(scene: Scene) -> None:
    sitting = opened(scene)
    motion = put(sitting, scene)
    first, second, third, gone = scene.members
    outsider = office(scene.cec, Role.CEC_MEMBER)
    left = Attendance.objects.get(sitting=sitting, office=gone)
    done(actions.leave(left, by=gone, at=AT + timedelta(minutes=1)))
    later = AT + timedelta(minutes=2)
    assert refused(actions.cast_vote(motion, FOR, by=gone, at=later)) == ("absent_from_the_vote",)
    assert refused(actions.cast_vote(motion, FOR, by=outsider, at=later)) == ("absent_from_the_vote",)
    done(actions.cast_vote(motion, AGAINST, by=first, at=later))
    assert refused(actions.cast_vote(motion, FOR, by=first, at=later)) == ("voted_already",)
    hands = {scene.chair: FOR, scene.secretary: FOR, second: FOR, first: FOR}
    assert refused(actions.record_votes(motion, hands, by=scene.secretary, at=later)) == ("voted_already",)
    assert motion.votes.count() == 1
    del hands[first]
    assert refused(actions.record_votes(motion, hands, by=second, at=later)) == ("office_may_not",)
    done(actions.record_votes(motion, {**hands, third: ABSTAINED}, by=scene.secretary, at=later))
    assert [cast for _office, cast in queries.votes_by_member(motion, later) if cast is None] == []
    rejected = done(actions.conclude_motion(motion, by=scene.chair, at=later))
    assert isinstance(rejected, actions.Rejected)
    counted = rejected.conclusion
    assert (counted.votes_for, counted.votes_against, counted.votes_abstained) == (3, 1, 1)
    assert (counted.needed, counted.members_present, counted.seats) == (4, 5, 6)
    assert queries.why_concluded(counted).steps[-1].code == "majority_not_reached"
    assert not Decision.objects.exists()
    again = actions.conclude_motion(motion, by=scene.chair, at=later)
    assert refused(again) == ("vote_concluded_already",)


def test_a_changed_text_is_a_new_version_and_earlier_votes_lapse(scene: Scene) -> None:
    sitting = opened(scene)
    motion = put(sitting, scene)
    done(actions.cast_vote(motion, AGAINST, by=scene.chair, at=AT))
    newer = done(actions.put_motion(motion.item, Text(text_ky="Башкача."), by=scene.secretary, at=AT))
    assert newer.version == 2
    assert refused(actions.cast_vote(motion, FOR, by=scene.secretary, at=AT)) == ("a_newer_text_is_put",)
    assert queries.current_motion(sitting) == newer
    assert refused(actions.close_sitting(sitting, by=scene.chair, at=AT)) == ("motion_not_concluded",)
    everybody = dict.fromkeys((scene.chair, scene.secretary, *scene.members), FOR)
    done(actions.record_votes(newer, everybody, by=scene.secretary, at=AT))
    decision = done(actions.conclude_motion(newer, by=scene.chair, at=AT))
    assert isinstance(decision, Decision)
    assert (decision.label, decision.text_ky, decision.title_ky) == ("№ 1/2020", "Башкача.", "Маселе")
    assert refused(actions.put_motion(motion.item, Text(text_ky="Ч"), by=scene.chair, at=AT)) == (
        "item_decided_already",
    )


def test_nothing_is_decided_once_the_quorum_has_gone(scene: Scene) -> None:
    sitting = opened(scene)
    motion = put(sitting, scene)
    later = AT + HOUR
    for gone in scene.members[:3]:
        done(actions.leave(Attendance.objects.get(sitting=sitting, office=gone), by=scene.secretary, at=later))
    assert refused(actions.conclude_motion(motion, by=scene.chair, at=later)) == ("sitting_without_quorum",)
    assert not queries.quorum_now(sitting, later).value.quorate


@pytest.mark.norm("L35.16.a3", "L36.2.c3")
def test_who_took_part_and_did_not_agree_attaches_an_opinion_once(scene: Scene) -> None:
    sitting = opened(scene)
    motion = put(sitting, scene)
    against, abstained, silent, agreed = scene.members
    votes = {scene.chair: FOR, scene.secretary: FOR, agreed: FOR, against: AGAINST, abstained: ABSTAINED}
    done(actions.record_votes(motion, votes, by=scene.secretary, at=AT))
    rejected = done(actions.conclude_motion(motion, by=scene.chair, at=AT))
    assert isinstance(rejected, actions.Rejected)
    motion = done(actions.put_motion(motion.item, Text(text_ky="Кайра."), by=scene.chair, at=AT))
    done(actions.record_votes(motion, {**votes, abstained: FOR}, by=scene.secretary, at=AT))
    decision = done(actions.conclude_motion(motion, by=scene.chair, at=AT))
    assert isinstance(decision, Decision)
    outsider = office(scene.cec, Role.CEC_MEMBER)
    for nobody in (agreed, abstained, outsider):
        answer = actions.dissent(decision, text="Макул эмесмин.", by=nobody, at=AT)
        assert refused(answer) == ("no_dissent_from_ones_own_vote",)
    for member in (against, silent):
        done(actions.dissent(decision, text="Макул эмесмин.", by=member, at=AT))
    assert refused(actions.dissent(decision, text="Дагы.", by=against, at=AT)) == ("dissented_already",)


@pytest.mark.norm("L18.1.2")
def test_a_representative_proposes_and_the_members_vote_on_it_if_that_is_demanded(scene: Scene) -> None:
    representative = office(scene.cec, Role.COMMISSION_REPRESENTATIVE)
    foreign = office(scene.tec, Role.COMMISSION_REPRESENTATIVE)
    sitting = opened(scene)
    question = Question(Matter.OTHER, title_ru="Вопрос представителя")
    assert refused(actions.propose_item(sitting, question, by=foreign, at=AT)) == ("other_territory",)
    item = done(actions.propose_item(sitting, question, by=representative, at=AT))
    assert refused(actions.demand_vote(item, by=scene.chair, at=AT)) == ("vote_demanded_by_another",)
    item = done(actions.decline_item(item, reason="Ыйгарым укукка кирбейт.", by=scene.chair, at=AT))
    item = done(actions.demand_vote(item, by=representative, at=AT))
    assert refused(actions.close_sitting(sitting, by=scene.chair, at=AT)) == ("demanded_vote_not_taken",)
    motion = done(actions.put_to_agenda_vote(item, by=scene.chair, at=AT))
    assert motion.purpose == Motion.Purpose.AGENDA
    everybody = dict.fromkeys((scene.chair, scene.secretary, *scene.members), FOR)
    done(actions.record_votes(motion, everybody, by=scene.secretary, at=AT))
    settled = done(actions.conclude_motion(motion, by=scene.chair, at=AT))
    assert isinstance(settled, AgendaItem)
    assert settled.state == ItemState.INCLUDED
    assert not Decision.objects.exists()
    done(actions.close_sitting(sitting, by=scene.chair, at=AT))
    other = opened(scene)
    item = done(actions.propose_item(other, question, by=representative, at=AT))
    done(actions.demand_vote(item, by=representative, at=AT))
    refusing = actions.decline_item(item, reason="Жок.", by=scene.chair, at=AT)
    assert refused(refusing) == ("proposal_declined_without_vote",)
    motion = done(actions.put_to_agenda_vote(item, by=scene.chair, at=AT))
    done(actions.record_votes(motion, dict.fromkeys(everybody, AGAINST), by=scene.secretary, at=AT))
    settled = done(actions.conclude_motion(motion, by=scene.chair, at=AT))
    assert isinstance(settled, AgendaItem)
    assert (settled.state, settled.reason) == (ItemState.DECLINED, "0 : 6")


@pytest.mark.norm("L36.2.c1")
def test_a_final_meeting_deals_with_complaints_alone(scene: Scene) -> None:
    sitting = opened(scene, kind=Sitting.Kind.FINAL)
    other = actions.propose_item(sitting, Question(Matter.READING, title_ky="М"), by=scene.chair, at=AT)
    assert refused(other) == ("final_meeting_is_on_complaints",)
    done(actions.propose_item(sitting, Question(Matter.COMPLAINT, title_ky="Арыз"), by=scene.chair, at=AT))


@pytest.mark.norm("L8.2", "L11.2.1", "L18.1.3", "L19.7.6", "L20.5.3")
def test_the_law_says_who_may_attend(scene: Scene) -> None:
    sitting = opened(scene)
    superior, lower = scene.chair, office(scene.tec, Role.TEC_CHAIR)
    cases = [
        (Visitor(Attendee.MEDIA_REPRESENTATIVE, "Кабарчы", mandate_in_force=True), ()),
        (Visitor(Attendee.PROXY, "Өкүл", mandate_in_force=True), ()),
        (Visitor(Attendee.AUTHORIZED_REPRESENTATIVE, "Өкүл", None, True, matter_of_principal=True), ()),
        (Visitor(Attendee.OBSERVER, "Байкоочу"), ("attendance_mandate_not_in_force",)),
        (Visitor(Attendee.ANYBODY_ELSE, "Адам"), ("attendance_not_by_right",)),
        (Visitor(Attendee.SUPERIOR_MEMBER, "АШК", lower), ("attendance_commission_not_superior",)),
        (Visitor(Attendee.MEMBER, "АШК", lower), ("not_a_member_here",)),
        (Visitor(Attendee.OBSERVER, " ", mandate_in_force=True), ("name_needed",)),
        (Visitor(Attendee.COMMISSION_REPRESENTATIVE, "Ө", office(scene.cec, Role.COMMISSION_REPRESENTATIVE)), ()),
    ]
    for visitor, codes in cases:
        answer = actions.attend(sitting, visitor, by=scene.secretary, at=AT)
        assert (refused(answer) if codes else ()) == codes, answer
    assert sitting.attendances.exclude(attendee="member").count() == 4
    plan = Plan("Бишкек", AT + HOUR)
    tec_chair = lower
    theirs = done(actions.call_sitting(scene.tec, plan, by=tec_chair, at=AT))
    visitor = Visitor(Attendee.SUPERIOR_MEMBER, "БШК", superior)
    done(actions.attend(theirs, visitor, by=tec_chair, at=AT + HOUR))
    assert refused(actions.attend(theirs, visitor, by=tec_chair, at=AT + HOUR)) == ("present_already",)


@pytest.mark.norm("L35.16.a2", "L36.2.c2")
def test_minutes_are_drafted_signed_and_published_and_a_change_starts_a_new_draft(scene: Scene) -> None:
    decision = decided(scene.cec.body, Matter.COMPLAINT, "complaint:1", at=AT)
    sitting, keeper = decision.sitting, scene.secretary
    text = actions.MinutesText(text_ky="Угулду.")
    minutes = done(actions.draft_minutes(sitting, text, by=keeper, at=AT))
    assert refused(actions.sign_minutes(minutes, by=scene.chair, at=AT)) == ("sitting_in_another_state",)
    done(actions.close_sitting(sitting, by=scene.chair, at=AT + HOUR))
    later = AT + HOUR
    assert refused(actions.draft_minutes(sitting, text, by=scene.members[0], at=later)) == ("office_may_not",)
    minutes = done(actions.draft_minutes(sitting, text, by=keeper, at=later))
    assert refused(actions.draft_minutes(sitting, text, by=keeper, at=later)) == ("minutes_unchanged",)
    assert minutes.content["items"][0]["motions"][0]["decision"]["number"] == decision.label
    assert minutes.content["sitting"]["closed_at"] == sitting_closed(sitting)
    done(actions.sign_minutes(minutes, by=scene.chair, at=later))
    assert stage(minutes) is Stage.DRAFT
    assert refused(actions.publish_minutes(minutes, by=keeper, at=later)) == ("minutes_unsigned",)
    newer = done(
        actions.draft_minutes(sitting, actions.MinutesText(text_ky="Угулду да, чечилди."), by=keeper, at=later)
    )
    assert refused(actions.sign_minutes(minutes, by=keeper, at=later)) == ("a_newer_version_of_minutes",)
    for signer in (scene.chair, keeper, scene.members[0]):
        done(actions.sign_minutes(newer, by=signer, at=later))
    assert refused(actions.sign_minutes(newer, by=keeper, at=later)) == ("signed_already",)
    absent = office(scene.cec, Role.CEC_MEMBER)
    assert refused(actions.sign_minutes(newer, by=absent, at=later)) == ("signed_by_who_was_there",)
    done(actions.publish_minutes(newer, by=keeper, at=later))
    assert (stage(minutes), stage(newer)) == (Stage.DRAFT, Stage.PUBLISHED)
    assert refused(actions.publish_minutes(newer, by=keeper, at=later)) == ("minutes_published_already",)
    assert done(actions.publish_decision(decision, by=keeper, at=later)).decision == decision
    assert refused(actions.publish_decision(decision, by=keeper, at=later)) == ("decision_published_already",)


def sitting_closed(sitting: Sitting) -> str:
    closed = Sitting.objects.get(pk=sitting.pk).closed_at
    assert closed is not None
    return closed.isoformat()


def stage(minutes: Minutes) -> Stage:
    return Minutes.objects.get(pk=minutes.pk).stage


def test_a_cancelled_sitting_keeps_its_number_and_its_reason(scene: Scene) -> None:
    plan = Plan("Бишкек", AT + HOUR)
    first = done(actions.call_sitting(scene.cec, plan, by=scene.chair, at=AT))
    assert refused(actions.cancel_sitting(first, reason=" ", by=scene.chair, at=AT)) == ("reason_needed",)
    first = done(actions.cancel_sitting(first, reason="Кворум болбойт.", by=scene.chair, at=AT))
    assert first.state == State.CANCELLED
    assert refused(actions.cancel_sitting(first, reason="Дагы.", by=scene.chair, at=AT)) == (
        "sitting_in_another_state",
    )
    second = done(actions.call_sitting(scene.cec, plan, by=scene.chair, at=AT))
    assert str(second) == "№ 2/2020"
    assert str(done(actions.call_sitting(scene.cec, Plan("Б", AT + 90 * 24 * HOUR), by=scene.chair, at=AT))) == (
        "№ 1/2021"
    )


def test_a_decision_is_replaced_or_repealed_once_by_its_own_body_or_one_above(scene: Scene) -> None:
    first = decided(scene.cec.body, Matter.READING, "election:x", at=AT)
    second = decided(scene.cec.body, Matter.READING, "election:x", at=AT, replaces=first)
    assert not Decision.objects.get(pk=first.pk).standing
    assert Decision.objects.get(pk=first.pk).ended_by == second
    sitting = opened(scene)
    again = actions.put_motion(included(sitting, scene), Text(text_ky="Ч", repeals=first), by=scene.chair, at=AT)
    assert refused(again) == ("ground_not_in_force",)
    both = Text(text_ky="Ч", replaces=second, repeals=second)
    assert "replaces_or_repeals" in refused(actions.put_motion(included(sitting, scene), both, by=scene.chair, at=AT))
    faulty = Text(norms=("L999.9",))
    codes = refused(actions.put_motion(included(sitting, scene), faulty, by=scene.chair, at=AT))
    assert codes == ("text_needed", "norm_unknown")
    theirs = decided(scene.tec.body, Matter.PRECINCTS, "body:TEC-1", at=AT)
    repealing = decided(scene.cec.body, Matter.PRECINCTS, "body:TEC-1", at=AT, repeals=theirs)
    assert Decision.objects.get(pk=theirs.pk).ended_by == repealing
    own = decided(scene.tec.body, Matter.PRECINCTS, "body:TEC-1", at=AT)
    assert own.label == "№ 2/2020"
