"""Whom each body invites: the practice of B1 to B3, beside what Article 10 and the Regulation lay down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.cooperation import Channel, Invitee, Inviting, Purpose, Way, inviting
from shailoo.law.editions import in_force
from shailoo.law.observation.accreditation import InvitingBody, Specialization
from shailoo.law.outcome import Outcome

EDITION = in_force(date(2020, 7, 1))
PUBLISHED = datetime(2020, 7, 3, 6, tzinfo=UTC)
BY_CEC = Inviting(
    kind=Kind.JK,
    election_day=date(2020, 10, 4),
    calling=date(2020, 7, 2),
    calling_published=PUBLISHED,
    body=InvitingBody.CEC,
    channel=Channel.MFA,
    purpose=Purpose.OBSERVATION,
    invitee=Invitee.FOREIGN_ELECTORAL_BODY,
    sent_at=datetime(2020, 7, 10, 6, tzinfo=UTC),
)


def found(facts: Inviting) -> set[tuple[str, str]]:
    """Norm and code of every finding."""
    return {(each.norm, each.code) for each in inviting(facts, EDITION).findings}


def steps(outcome: Outcome[Way]) -> set[str]:
    return {each.code for each in outcome.steps}


def test_an_invitation_as_the_law_and_the_practice_have_it_raises_nothing() -> None:
    outcome = inviting(BY_CEC, EDITION)
    assert outcome.findings == ()
    assert outcome.value is Way.OBSERVERS


@pytest.mark.norm("B1")
@pytest.mark.parametrize("invitee", Invitee)
def test_the_parliament_invites_parliaments_and_another_kind_is_a_warning(invitee: Invitee) -> None:
    facts = replace(BY_CEC, body=InvitingBody.JOGORKU_KENESH, invitee=invitee)
    warned = ("B1", "cooperation_parliament_invites_another_kind") in found(facts)
    assert warned is (invitee is not Invitee.INTER_PARLIAMENTARY)
    assert ("cooperation_parliament_invites_parliaments" in steps(inviting(facts, EDITION))) is not warned


@pytest.mark.norm("B2")
def test_the_ministry_passes_on_and_does_not_invite() -> None:
    missions = replace(BY_CEC, body=InvitingBody.PRESIDENT, invitee=Invitee.DIPLOMATIC)
    assert found(missions) == set()
    assert "cooperation_ministry_passes_on" in steps(inviting(missions, EDITION))
    direct = replace(missions, channel=Channel.DIRECT)
    assert found(direct) == {("B2", "cooperation_missions_without_the_ministry")}
    nobody = replace(missions, body=None)
    assert ("B2", "cooperation_nobody_invites") in found(nobody)
    ministry = replace(missions, body=InvitingBody.MINISTRY_OF_FOREIGN_AFFAIRS)
    assert ("R2.2.a1", "accreditation_invited_by_another_body") in found(ministry)


@pytest.mark.norm("B3")
def test_media_are_invited_to_report_and_are_accredited_as_media() -> None:
    media = replace(BY_CEC, purpose=Purpose.MEDIA_COVERAGE, invitee=Invitee.MEDIA)
    outcome = inviting(media, EDITION)
    assert (outcome.value, outcome.findings) == (Way.MEDIA, ())
    assert "cooperation_media_are_accredited_as_media" in steps(outcome)
    for wrong in (replace(media, purpose=Purpose.OBSERVATION), replace(BY_CEC, purpose=Purpose.MEDIA_COVERAGE)):
        assert ("B3", "cooperation_media_for_another_purpose") in found(wrong)


def test_what_accreditation_says_of_an_invitation_is_said_here_and_nothing_else_of_it() -> None:
    early = replace(BY_CEC, sent_at=datetime(2020, 7, 2, 6, tzinfo=UTC))
    assert found(early) == {("L10.1.a2", "accreditation_invited_before_publication")}
    unknown = replace(BY_CEC, calling_published=None)
    assert found(unknown) == {("R2.2.a2", "accreditation_invitation_day_unknown")}
    unspecialized = replace(BY_CEC, proposed_by=Specialization.OTHER)
    assert found(unspecialized) == {("L10.1.a3", "accreditation_proposed_by_unspecialized_ngo")}
    another = replace(BY_CEC, invitee=Invitee.OTHER_INTERNATIONAL)
    assert found(another) == {("R2.4", "accreditation_cec_invited_another_kind")}
    national = replace(BY_CEC, invitee=Invitee.NATIONAL)
    assert ("R1.4", "accreditation_of_national_organization") in found(national)
