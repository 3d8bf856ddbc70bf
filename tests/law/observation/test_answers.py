"""Answers to those who are to be accredited: grounds of refusal, the last day, places, how long it can last at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest

from shailoo.law.calendar import BISHKEK, Kind, Occasion
from shailoo.law.editions.chapters.observation import AccreditationTerm
from shailoo.law.observation.accreditation import InvitingBody, RefusalGround, accreditation
from shailoo.law.observation.answers import (
    JUDGED,
    REFUSED_BY,
    Refusing,
    decided_in_time,
    latest_end,
    places,
    refusing,
)
from shailoo.law.observation.commissions import Attendee, attendance
from shailoo.law.observation.conduct import ObserverConduct, observer_conduct
from shailoo.law.observation.excerpts import (
    BARRED,
    Campaigner,
    Inspection,
    Reader,
    Standing,
    campaigner,
    inspection,
)
from shailoo.law.observation.observers import Level, ObserverKind
from shailoo.law.observation.people import Citizenship, Mandate
from shailoo.law.observation.powers import Act, Condition, Deeds, Right
from shailoo.law.observation.revocation import revocation
from shailoo.law.outcome import Finding
from tests.law.observation.cases import APPLICATION, LAW
from tests.law.observation.test_media_and_commissions import COMES
from tests.law.observation.test_revocation import INTERNATIONAL as REVOKING

JK = Occasion(Kind.JK, date(2020, 10, 4), date(2020, 7, 3))
REFUSED = Refusing(Mandate.INTERNATIONAL_OBSERVER, "documents", "the copy cannot be read", {})


def codes(findings: Iterable[Finding]) -> list[str]:
    return [each.code for each in findings]


# ------------------------------------------------------------------------------------- grounds


@pytest.mark.norm("R3.5", "R3.10")
@pytest.mark.parametrize("ground", sorted(RefusalGround))
def test_what_the_regulation_leaves_to_judgement_needs_no_finding_and_everything_else_does(
    ground: RefusalGround,
) -> None:
    plain = refusing(replace(REFUSED, ground=ground.value), LAW)
    assert plain.value == (REFUSED_BY[ground] if ground in JUDGED else None)
    found = refusing(replace(REFUSED, ground=ground.value, found=frozenset({ground})), LAW)
    assert found.value == REFUSED_BY[ground]


@pytest.mark.norm("R3.5", "R3.10")
def test_a_refusal_has_a_reason_and_a_ground_that_the_law_knows() -> None:
    assert codes(refusing(replace(REFUSED, reason="  "), LAW).errors) == ["refusal_without_reason"]
    assert codes(refusing(replace(REFUSED, ground="rain"), LAW).errors) == ["refusal_on_no_ground_of_the_law"]


@pytest.mark.norm("L11.1", "L10-1.3.a1", "L9.2.a1", "L17.2")
@pytest.mark.parametrize(
    "mandate",
    [Mandate.MEDIA_REPRESENTATIVE, Mandate.CITIZEN_OBSERVER, Mandate.OBSERVER, Mandate.COMMISSION_REPRESENTATIVE],
)
def test_others_are_refused_on_what_bars_them_alone(mandate: Mandate) -> None:
    asked = Refusing(mandate, "contrary_aims", "we do not like them", {"mandate_barred_by_office": "L9.3.a2.1"})
    assert refusing(asked, LAW).value is None
    assert refusing(replace(asked, ground="mandate_barred_by_office"), LAW).value == "L9.3.a2.1"


# ------------------------------------------------------------------------------------- the last day


@pytest.mark.norm("R3.7.a2")
@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (datetime(2020, 9, 30, 23, 59, tzinfo=BISHKEK), True),
        (datetime(2020, 10, 1, 0, 0, tzinfo=BISHKEK), False),
    ],
)
def test_the_decree_comes_three_full_days_before_election_day(moment: datetime, in_time: bool) -> None:
    outcome = decided_in_time(JK, moment, LAW)
    assert outcome.value is in_time
    assert codes(outcome.errors) == ([] if in_time else ["accreditation_decided_too_late"])


@pytest.mark.norm("R3.7.a2")
def test_by_another_reading_filing_in_time_is_enough_and_a_repeat_voting_has_no_term() -> None:
    late = datetime(2020, 10, 3, tzinfo=BISHKEK)
    reading = LAW.with_readings(accreditation_term=AccreditationTerm.FILING.value)
    assert decided_in_time(JK, late, reading).value
    assert decided_in_time(Occasion(Kind.REPEAT_VOTING, date(2020, 10, 4)), late, LAW).value


# ------------------------------------------------------------------------------------- places


@pytest.mark.norm("L9.1.b1", "L10-1.3.a3", "L17.1.a1")
@pytest.mark.parametrize(
    ("mandate", "level", "taken", "left"),
    [
        (Mandate.OBSERVER, Level.PEC, 0, 2),
        (Mandate.OBSERVER, Level.PEC, 1, 1),
        (Mandate.OBSERVER, Level.PEC, 2, 0),
        (Mandate.OBSERVER, Level.TEC, 40, None),
        (Mandate.CITIZEN_OBSERVER, Level.PEC, 0, 1),
        (Mandate.CITIZEN_OBSERVER, Level.TEC, 1, 0),
        (Mandate.COMMISSION_REPRESENTATIVE, Level.CEC, 1, 0),
        (Mandate.INTERNATIONAL_OBSERVER, Level.CEC, 1000, None),
        (Mandate.MEDIA_REPRESENTATIVE, Level.CEC, 1000, None),
    ],
)
def test_how_many_more_a_sender_may_have(mandate: Mandate, level: Level, taken: int, left: int | None) -> None:
    outcome = places(mandate, level, taken, LAW)
    assert outcome.value == left
    assert bool(outcome.errors) is (left == 0)


# ------------------------------------------------------------------------------------- how long


@pytest.mark.norm("R3.6", "R3.8.a2", "R3.8.b2", "L10.2.a2", "L10-1.5.a2")
@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (Kind.JK, date(2020, 11, 7)),  # twenty days to determine, two weeks to publish
        (Kind.PRESIDENTIAL, date(2020, 10, 27)),  # twenty days, then three
        (Kind.REPEAT_VOTING, date(2020, 10, 27)),
    ],
)
def test_a_term_lasts_until_the_last_day_of_official_publication_at_most(kind: Kind, last: date) -> None:
    assert latest_end(Occasion(kind, date(2020, 10, 4), date(2020, 7, 3)), LAW) == last


@pytest.mark.norm("R3.8.a2", "L10.2.a2")
def test_what_has_happened_moves_the_bound() -> None:
    early = JK.knowing(determination_of_results=date(2020, 10, 10))
    assert latest_end(early, LAW) == date(2020, 10, 24)
    published = JK.knowing(publication_of_results=date(2020, 10, 12))
    assert latest_end(published, LAW) == date(2020, 10, 12)


# ------------------------------------------------------------------------------------- the excerpts of 2021


@pytest.mark.norm("E10.1.a1", "E10.1.a3")
def test_the_cabinet_of_ministers_invites_in_the_governments_place() -> None:
    assert APPLICATION.invitation is not None
    for body, fit in ((InvitingBody.CABINET_OF_MINISTERS, True), (InvitingBody.ANOTHER_BODY, False)):
        invited = replace(APPLICATION, invitation=replace(APPLICATION.invitation, body=body))
        assert bool(accreditation(invited, LAW).value.persons) is fit


@pytest.mark.norm("E10.1.b")
def test_no_citizen_is_accredited_by_the_text_of_2021_either() -> None:
    citizen = replace(APPLICATION.delegates[0], citizenship=Citizenship.KYRGYZ)
    assert accreditation(replace(APPLICATION, delegates=(citizen,)), LAW).value.persons == ()


@pytest.mark.norm("E10.3", "E10.4", "E10.5")
def test_rights_and_the_one_prohibition_are_those_of_2017() -> None:
    rights = frozenset({Right.MOVE_FREELY, Right.STATE_OPINION, Right.WEAR_BADGE, Right.RECORD})
    asked = ObserverConduct(ObserverKind.INTERNATIONAL, Deeds(rights, met=frozenset(Condition)))
    assert not observer_conduct(asked, LAW).errors
    abused = ObserverConduct(ObserverKind.INTERNATIONAL, Deeds(acts=frozenset({Act.UNRELATED_ACTIVITY})))
    assert observer_conduct(abused, LAW).findings


@pytest.mark.norm("E10.6")
def test_an_accreditation_is_taken_back_by_the_cec_alone() -> None:
    assert revocation(REVOKING, LAW).value.stands
    assert not revocation(replace(REVOKING, level=Level.TEC), LAW).value.stands


@pytest.mark.norm("E8.2")
@pytest.mark.parametrize(
    "attendee", [Attendee.INTERNATIONAL_OBSERVER, Attendee.OBSERVER, Attendee.MEDIA_REPRESENTATIVE]
)
def test_observers_and_media_attend_sittings(attendee: Attendee) -> None:
    assert not attendance(replace(COMES, attendee=attendee), LAW).errors


@pytest.mark.norm("E22.15")
@pytest.mark.parametrize("standing", sorted(Standing))
def test_who_may_not_campaign_by_the_text_of_2021(standing: Standing) -> None:
    outcome = campaigner(Campaigner(frozenset({standing})), LAW)
    assert outcome.value is (standing not in BARRED)
    assert [each.norm for each in outcome.findings] == ([BARRED[standing]] if standing in BARRED else [])


@pytest.mark.norm("E22.15")
def test_deputies_are_outside_the_ban_and_stay_in_it_where_they_observe() -> None:
    deputy = {Standing.STATE_POLITICAL_OFFICE, Standing.JOGORKU_KENESH_DEPUTY}
    assert campaigner(Campaigner(frozenset(deputy)), LAW).value
    assert not campaigner(Campaigner(frozenset({*deputy, Standing.OBSERVER})), LAW).value
    assert not campaigner(Campaigner(frozenset({Standing.STATE_POLITICAL_OFFICE, Standing.LOCAL_DEPUTY})), LAW).value


@pytest.mark.norm("E39.1")
@pytest.mark.parametrize("reader", sorted(Reader))
@pytest.mark.parametrize(("given", "whole"), [(38, True), (37, False)])
def test_seven_groups_are_shown_every_figure_of_a_protocol(reader: Reader, given: int, whole: bool) -> None:
    outcome = inspection(Inspection(reader, 38, given), LAW)
    assert outcome.value is (whole or reader is Reader.ANYBODY_ELSE)
