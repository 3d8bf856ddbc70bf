"""Inviting to an election: limits of the law, warnings of the practice, proposals, delivery, answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shailoo.cooperation import actions, queries
from shailoo.cooperation.kinds import Answer
from shailoo.cooperation.models import Invitation, Organization, Proposal
from shailoo.ledger.models import Act
from tests.cooperation.scene import AT, SLUG, SOURCE, Scene, codes, done, election, inviting, partner, scene

pytestmark = pytest.mark.django_db


def invited(where: Scene, *whom: Organization) -> list[Invitation]:
    return list(done(actions.invite(where.commission, inviting(), whom, by=where.head, at=AT), list))


@pytest.mark.norm("L10.1.a1", "R2.2.a1", "R2.4")
def test_the_commission_invites_election_bodies_all_or_none() -> None:
    where = scene()
    election()
    first, second = partner(where, "Election Commission of Malaysia"), partner(where, "Election Commission", "IN")
    made = invited(where, first, second)
    assert [each.invitee for each in made] == [first, second]
    assert all(each.handed_to_mfa_at == AT and each.stands for each in made)
    third = partner(where, "Election Commission", "TR")
    again = actions.invite(where.commission, inviting(), [third, first], by=where.head, at=AT)
    assert codes(again) == ("cooperation_invited_already",)
    assert not third.invitations.exists(), "all or none"
    assert Act.objects.filter(name="cooperation.invited").count() == 2


@pytest.mark.norm("L10.1.a2", "R2.2.a2")
def test_nobody_is_invited_before_the_calling_was_officially_published() -> None:
    where = scene()
    voting = election(published=False)
    whom = [partner(where, "Election Commission of Malaysia")]
    unknown = actions.invite(where.commission, inviting(), whom, by=where.head, at=AT)
    assert codes(unknown) == ("accreditation_invitation_day_unknown",)
    voting.moments.create(anchor="official_publication_of_calling", day=AT.date(), instant=AT, at=AT, act="0" * 64)
    early = actions.invite(where.commission, inviting(), whom, by=where.head, at=AT - timedelta(minutes=1))
    assert codes(early) == ("accreditation_invited_before_publication",)
    assert not Invitation.objects.exists()
    done(actions.invite(where.commission, inviting(), whom, by=where.head, at=AT), list)


@pytest.mark.norm("B1", "B2", "B3")
def test_against_the_practice_an_invitation_stands_with_its_explanation() -> None:
    where = scene()
    election()
    embassy = partner(where, "Embassy of India", "IN", "diplomatic_mission")
    body = partner(where, "Election Commission of Malaysia")
    for told, whom, code in (
        (inviting("jogorku_kenesh"), body, "cooperation_parliament_invites_another_kind"),
        (inviting("president", "direct"), embassy, "cooperation_missions_without_the_ministry"),
        (inviting("president", purpose="media_coverage"), embassy, "cooperation_media_for_another_purpose"),
        (inviting("", "mfa"), embassy, "cooperation_nobody_invites"),
    ):
        answer = actions.invite(where.commission, told, [whom], by=where.head, at=AT)
        assert code in codes(answer), told
        assert codes(answer)[-1] == "cooperation_explain_why"
        made = actions.invite(where.commission, told, [whom], by=where.head, at=AT, explained="мурда да ушундай болгон")
        assert done(made, list)[0].explained == "мурда да ушундай болгон"


def test_an_organization_of_the_country_is_no_international_observer() -> None:
    where = scene()
    election()
    own = partner(where, "Бишкек уюму", "KG", "ngo")
    answer = actions.invite(where.commission, inviting("president"), [own], by=where.head, at=AT, explained="x")
    assert codes(answer) == ("accreditation_of_national_organization",)


@pytest.mark.norm("L10.1.a3", "R2.3")
def test_a_proposal_is_written_down_and_ends_in_an_invitation_or_a_reasoned_no() -> None:
    where = scene()
    election()
    ngo = partner(where, "Шайлоо уюму", "KG", "ngo", specialization="human_rights")
    whom = partner(where, "Election Commission of Malaysia")
    told = actions.Proposed(SLUG, ngo, "national", "human_rights", whom, SOURCE)

    def proposed() -> Proposal:
        return done(actions.receive_proposal(where.commission, told, by=where.head, at=AT), Proposal)

    first, second = proposed(), proposed()
    made = actions.invite(where.commission, inviting(), [whom], by=where.head, at=AT, proposal=first)
    assert done(made, list)[0].proposal == first
    first.refresh_from_db()
    assert (first.outcome, first.decided_at) == ("invited", AT)
    assert codes(actions.decline_proposal(second, " ", by=where.head, at=AT)) == ("cooperation_without_reason",)
    declined = done(actions.decline_proposal(second, "чакырылган", by=where.head, at=AT), Proposal)
    assert declined.outcome == "not_invited"
    for each in (first, second):
        answer = actions.decline_proposal(each, "x", by=where.head, at=AT)
        assert codes(answer) == ("cooperation_proposal_decided_already",)
    reused = actions.invite(where.commission, inviting("president"), [whom], by=where.head, at=AT, proposal=first)
    assert codes(reused) == ("cooperation_proposal_decided_already",)


def test_an_invitation_is_delivered_answered_and_taken_back() -> None:
    where = scene()
    election()
    (made,) = invited(where, partner(where, "Election Commission of Malaysia"))
    assert done(actions.record_delivery(made, by=where.operator, at=AT), Invitation).delivered_at == AT
    assert codes(actions.record_delivery(made, by=where.operator, at=AT)) == ("cooperation_delivered_already",)
    for answer in (Answer.ACCEPTED, Answer.DECLINED):
        told = done(actions.record_answer(made, answer, by=where.operator, at=AT), Invitation)
        assert (told.answer, told.answered_at) == (answer.value, AT)
    assert codes(actions.record_answer(made, Answer.NONE, by=where.operator, at=AT)) == ("cooperation_not_said",)
    assert codes(actions.withdraw_invitation(made, "", by=where.head, at=AT)) == ("cooperation_without_reason",)
    assert not done(actions.withdraw_invitation(made, "ката", by=where.head, at=AT), Invitation).stands
    for refused in (
        actions.record_delivery(made, by=where.operator, at=AT),
        actions.record_answer(made, Answer.ACCEPTED, by=where.operator, at=AT),
        actions.withdraw_invitation(made, "x", by=where.head, at=AT),
    ):
        assert codes(refused) == ("cooperation_invitation_withdrawn_already",)
    assert len(invited(where, made.invitee)) == 1, "who was taken back can be invited anew"
    assert queries.standing_invitations(where.commission).count() == 1


def test_who_only_reads_invites_nobody() -> None:
    where = scene()
    election()
    whom = partner(where, "Election Commission of Malaysia")
    told = actions.Proposed(SLUG, whom, "national", "human_rights", whom, SOURCE)
    (made,) = invited(where, whom)
    proposal = done(actions.receive_proposal(where.commission, told, by=where.head, at=AT), Proposal)
    by = where.member
    for refused in (
        actions.invite(where.commission, inviting("president"), [whom], by=by, at=AT),
        actions.receive_proposal(where.commission, told, by=by, at=AT),
        actions.decline_proposal(proposal, "x", by=by, at=AT),
        actions.record_delivery(made, by=by, at=AT),
        actions.record_answer(made, Answer.ACCEPTED, by=by, at=AT),
        actions.withdraw_invitation(made, "x", by=by, at=AT),
    ):
        assert codes(refused) == ("office_may_not",)


def test_there_is_an_election_and_somebody_to_invite() -> None:
    where = scene()
    whom = partner(where, "Election Commission of Malaysia")
    assert codes(actions.invite(where.commission, inviting(), [whom], by=where.head, at=AT)) == (
        "cooperation_no_such_election",
    )
    election()
    assert codes(actions.invite(where.commission, inviting(), [], by=where.head, at=AT)) == (
        "cooperation_nobody_invited",
    )


def test_the_database_keeps_an_invitation_what_it_is() -> None:
    where = scene()
    election()
    (made,) = invited(where, partner(where, "Election Commission of Malaysia"))
    row = Invitation.objects.filter(pk=made.pk)
    for values, name in (
        ({"inviting_body": "mfa"}, "an_invitation_is_by_a_body_that_may_invite|keeps_whom"),
        ({"channel": "post"}, "a_channel_is_known"),
        ({"channel": "direct"}, "only_what_goes_through_the_ministry_is_handed_to_it"),
        ({"answered_at": AT}, "only_an_answer_has_its_day"),
        ({"delivered_at": AT - timedelta(days=1)}, "an_invitation_is_delivered_after_it_was_sent"),
        ({"withdrawn_at": AT}, "an_invitation_is_withdrawn_with_a_reason"),
        ({"invitee": where.commission}, "an_invitation_keeps_whom_and_by_whom"),
    ):
        with pytest.raises((IntegrityError, DatabaseError), match=name), transaction.atomic():
            row.update(**values)
    with pytest.raises(IntegrityError, match="a_body_invites_an_organization_once"), transaction.atomic():
        Invitation.objects.create(
            commission=where.commission, election=SLUG, inviting_body="cec", invitee=made.invitee, source="x"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
