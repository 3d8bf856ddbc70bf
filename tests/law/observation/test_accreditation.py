"""Art. 10 and the Regulation: an invited organization applies; its papers, the term, the grounds of a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import BackwardCounting
from shailoo.law.observation.accreditation import (
    Answer,
    Application,
    ApplicationPaper,
    Delegate,
    Form,
    InvitingBody,
    Organization,
    RefusalGround,
    Specialization,
    accreditation,
)
from shailoo.law.observation.people import Citizenship
from tests.law.observation.cases import APPLICATION, INVITATION, LAW, errors, steps, warnings


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=BISHKEK)


def of(*delegates: Delegate) -> Application:
    return replace(APPLICATION, delegates=delegates)


@pytest.mark.norm("R2.1.a2", "R3.1", "R3.4.a1", "R3.5", "R1.1")
def test_an_application_in_order_leads_to_a_decree() -> None:
    found = accreditation(APPLICATION, LAW)
    assert errors(found) == warnings(found) == []
    assert found.value.answer is Answer.CERTIFICATE
    assert found.value.persons == ("A. Berg", "C. Dahl")
    assert found.value.grounds == ()
    assert {("R3.1", "accreditation_documents_complete"), ("R3.4.a1", "accreditation_by_decree")} <= steps(found)


# ------------------------------------------------------------------------------------- invitation


@pytest.mark.norm("L10.1.a1", "R2.2.a1")
@pytest.mark.parametrize(
    ("body", "item"),
    [
        (InvitingBody.PRESIDENT, "L10.1.a1"),
        (InvitingBody.JOGORKU_KENESH, "L10.1.a1"),
        (InvitingBody.GOVERNMENT, "L10.1.a1"),
        (InvitingBody.CEC, "L10.1.a1"),
        (InvitingBody.CABINET_OF_MINISTERS, "R2.2.a1"),
    ],
)
def test_the_bodies_that_may_invite(body: InvitingBody, item: str) -> None:
    found = accreditation(replace(APPLICATION, invitation=replace(INVITATION, body=body)), LAW)
    assert errors(found) == []
    assert (item, "accreditation_invited") in steps(found)


@pytest.mark.norm("L10.1.a1", "R2.2.a1", "R2.5")
@pytest.mark.parametrize("body", [InvitingBody.MINISTRY_OF_FOREIGN_AFFAIRS, InvitingBody.ANOTHER_BODY])
def test_no_other_body_invites_also_not_the_ministry_that_dispatches(body: InvitingBody) -> None:
    found = accreditation(replace(APPLICATION, invitation=replace(INVITATION, body=body)), LAW)
    assert errors(found) == [("R2.2.a1", "accreditation_invited_by_another_body")]
    assert found.value.answer is Answer.REASONED_REFUSAL
    assert found.value.grounds == (RefusalGround.NO_INVITATION,)


@pytest.mark.norm("R2.1.a2")
def test_without_an_invitation_there_is_no_accreditation() -> None:
    found = accreditation(replace(APPLICATION, invitation=None), LAW)
    assert errors(found) == [("R2.1.a2", "accreditation_without_invitation")]
    assert found.value.persons == ()


@pytest.mark.norm("L10.1.a2")
@pytest.mark.parametrize(("sent", "in_time"), [(at(7, 3, 12), True), (at(7, 3, 11, 59), False), (at(7, 2), False)])
def test_invitations_go_out_after_official_publication_from_that_minute(sent: datetime, in_time: bool) -> None:
    found = accreditation(replace(APPLICATION, invitation=replace(INVITATION, sent_at=sent)), LAW)
    expected = [] if in_time else [("L10.1.a2", "accreditation_invited_before_publication")]
    assert errors(found) == expected


@pytest.mark.norm("R2.2.a2")
def test_an_invitation_without_its_hour_is_not_taken_as_in_time() -> None:
    for invitation in (replace(INVITATION, sent_at=None), replace(INVITATION, calling_published=None)):
        found = accreditation(replace(APPLICATION, invitation=invitation), LAW)
        assert errors(found) == [("R2.2.a2", "accreditation_invitation_day_unknown")]


@pytest.mark.norm("L10.1.a3", "R2.3")
@pytest.mark.parametrize(
    ("specialization", "warned"),
    [(Specialization.ELECTIONS, False), (Specialization.HUMAN_RIGHTS, False), (Specialization.OTHER, True)],
)
def test_specialized_ngos_propose_whom_to_invite(specialization: Specialization, warned: bool) -> None:
    found = accreditation(replace(APPLICATION, invitation=replace(INVITATION, proposed_by=specialization)), LAW)
    assert warnings(found) == ([("L10.1.a3", "accreditation_proposed_by_unspecialized_ngo")] if warned else [])
    proposed = {norm for norm, code in steps(found) if code == "accreditation_proposed_by_ngo"}
    assert proposed == (set() if warned else {"L10.1.a3", "R2.3"})


@pytest.mark.norm("R2.4")
@pytest.mark.parametrize(
    ("organization", "warned"),
    [
        (Organization.FOREIGN_ELECTORAL_BODY, False),
        (Organization.INTERNATIONAL_ELECTION_ORGANIZATION, False),
        (Organization.ELECTION_OFFICIALS_ASSOCIATION, False),
        (Organization.OTHER_INTERNATIONAL, True),
        (Organization.OTHER_FOREIGN, True),
    ],
)
def test_whom_the_commission_itself_invites(organization: Organization, warned: bool) -> None:
    found = accreditation(replace(APPLICATION, organization=organization), LAW)
    assert warnings(found) == ([("R2.4", "accreditation_cec_invited_another_kind")] if warned else [])
    by_president = replace(INVITATION, body=InvitingBody.PRESIDENT)
    freely = accreditation(replace(APPLICATION, organization=organization, invitation=by_president), LAW)
    assert warnings(freely) == []


@pytest.mark.norm("R2.5")
def test_an_invitation_may_have_gone_through_the_ministry_or_directly() -> None:
    assert ("R2.5", "accreditation_invited_directly") not in steps(accreditation(APPLICATION, LAW))
    direct = replace(APPLICATION, invitation=replace(INVITATION, through_ministry=False))
    assert ("R2.5", "accreditation_invited_directly") in steps(accreditation(direct, LAW))


@pytest.mark.norm("R3.2")
@pytest.mark.parametrize(("checked", "warned"), [(True, False), (False, True), (None, True)])
def test_papers_that_came_through_the_ministry_were_checked_there(checked: bool | None, warned: bool) -> None:
    found = accreditation(replace(APPLICATION, sent_to_ministry=True, ministry_checked=checked), LAW)
    assert warnings(found) == ([("R3.2", "accreditation_not_checked_by_ministry")] if warned else [])
    assert errors(found) == []


# ------------------------------------------------------------------------------------- papers and persons


@pytest.mark.norm("R3.1", "R3.10")
@pytest.mark.parametrize(
    ("paper", "item"),
    [
        (ApplicationPaper.APPLICATION, "R3.1.a"),
        (ApplicationPaper.LIST, "R3.1.b"),
        (ApplicationPaper.IDENTITY_COPIES, "R3.1.c"),
    ],
)
def test_each_document_is_needed(paper: ApplicationPaper, item: str) -> None:
    found = accreditation(replace(APPLICATION, papers=frozenset(ApplicationPaper) - {paper}), LAW)
    assert errors(found) == [(item, "accreditation_document_missing")]
    assert found.value.answer is Answer.REASONED_REFUSAL
    assert found.value.grounds == (RefusalGround.DOCUMENTS,)


@pytest.mark.norm("R3.1", "R3.5")
def test_a_list_without_persons_leads_to_a_refusal() -> None:
    found = accreditation(of(), LAW)
    assert errors(found) == [("R3.1.b", "accreditation_list_empty")]
    assert found.value.answer is Answer.REASONED_REFUSAL
    assert ("R3.5", "accreditation_reasoned_refusal") in steps(found)


@pytest.mark.norm("R1.1")
@pytest.mark.parametrize(("form", "warned"), [(Form.INDIVIDUAL, True), (Form.GROUP, False), (Form.MISSION, False)])
def test_a_group_or_a_mission_has_several_persons(form: Form, warned: bool) -> None:
    found = accreditation(replace(APPLICATION, form=form), LAW)
    assert warnings(found) == ([("R1.1", "accreditation_several_persons_singly")] if warned else [])
    assert warnings(accreditation(replace(of(APPLICATION.delegates[0]), form=form), LAW)) == []


@pytest.mark.norm("L10.1.b", "R1.4", "R3.10")
@pytest.mark.parametrize(
    ("delegate", "item", "code", "ground"),
    [
        (Delegate("E", Citizenship.KYRGYZ), "L10.1.b", "accreditation_of_citizen", RefusalGround.CITIZENSHIP),
        (Delegate("E", None), "R1.4", "accreditation_citizenship_not_shown", RefusalGround.DOCUMENTS),
        (
            Delegate("E", Citizenship.FOREIGN, identity_copy=False),
            "R3.10.b",
            "accreditation_identity_not_shown",
            RefusalGround.DOCUMENTS,
        ),
        (
            Delegate("E", Citizenship.FOREIGN, name_agrees=None),
            "R3.10.b",
            "accreditation_identity_not_shown",
            RefusalGround.DOCUMENTS,
        ),
    ],
)
def test_one_person_falls_out_and_the_others_are_accredited(
    delegate: Delegate, item: str, code: str, ground: RefusalGround
) -> None:
    found = accreditation(of(*APPLICATION.delegates, delegate), LAW)
    assert errors(found) == [(item, code)]
    assert found.value.answer is Answer.CERTIFICATE
    assert found.value.persons == ("A. Berg", "C. Dahl")
    assert found.value.grounds == (ground,)
    alone = accreditation(of(delegate), LAW)
    assert alone.value.answer is Answer.REASONED_REFUSAL


def test_two_persons_of_one_name_are_told_apart() -> None:
    found = accreditation(of(Delegate("E", Citizenship.FOREIGN), Delegate("E", Citizenship.KYRGYZ)), LAW)
    assert found.value.persons == ("E",)


@pytest.mark.norm("R1.4")
def test_a_national_organization_sends_no_international_observers() -> None:
    by_president = replace(INVITATION, body=InvitingBody.PRESIDENT)
    found = accreditation(replace(APPLICATION, organization=Organization.NATIONAL, invitation=by_president), LAW)
    assert errors(found) == [("R1.4", "accreditation_of_national_organization")]
    assert found.value.grounds == (RefusalGround.NOT_FOREIGN,)


# ------------------------------------------------------------------------------------- grounds that leave a choice


@pytest.mark.norm("R3.10", "R3.5")
@pytest.mark.parametrize(
    ("facts", "item", "ground"),
    [
        (replace(APPLICATION, has_legal_capacity=False), "R3.10.a", RefusalGround.NO_LEGAL_CAPACITY),
        (replace(APPLICATION, has_legal_capacity=None), "R3.10.a", RefusalGround.NO_LEGAL_CAPACITY),
        (replace(APPLICATION, aims_are_lawful=False), "R3.10.c", RefusalGround.CONTRARY_AIMS),
        (replace(APPLICATION, aims_are_lawful=None), "R3.10.c", RefusalGround.CONTRARY_AIMS),
        (
            of(Delegate("E", Citizenship.FOREIGN, deprived_grossly=True)),
            "R3.10.d",
            RefusalGround.EARLIER_DEPRIVED,
        ),
        (
            of(Delegate("E", Citizenship.FOREIGN, deprived_grossly=None)),
            "R3.10.d",
            RefusalGround.EARLIER_DEPRIVED,
        ),
    ],
)
def test_the_commission_may_refuse_and_need_not(facts: Application, item: str, ground: RefusalGround) -> None:
    found = accreditation(facts, LAW)
    assert errors(found) == []
    assert [each for each, _code in warnings(found)] == [item]
    assert found.value.answer is Answer.OPEN
    assert found.value.grounds == (ground,)
    assert found.unsettled is not None
    assert found.unsettled.question == "accreditation_may_be_refused"
    assert found.unsettled.norms == (item,)


# ------------------------------------------------------------------------------------- term


@pytest.mark.norm("R3.7.a2")
@pytest.mark.parametrize(
    ("filed", "decree", "expected"),
    [
        (at(9, 30, 23, 59), None, []),
        (at(10, 1, 0), None, ["accreditation_applied_too_late"]),
        (at(9, 1), at(9, 30, 23, 59), []),
        (at(9, 1), at(10, 1, 0), ["accreditation_decided_too_late"]),
    ],
)
def test_three_full_days_lie_between_accreditation_and_election_day(
    filed: datetime, decree: datetime | None, expected: list[str]
) -> None:
    found = accreditation(replace(APPLICATION, filed_at=filed, decree_at=decree), LAW)
    assert errors(found) == [("R3.7.a2", code) for code in expected]
    assert found.value.grounds == ((RefusalGround.LATE,) if expected else ())


@pytest.mark.norm("R3.7.a2")
def test_inclusive_counting_gives_one_day_more() -> None:
    inclusive = LAW.with_readings(backward_counting=BackwardCounting.INCLUSIVE)
    assert errors(accreditation(replace(APPLICATION, decree_at=at(10, 1, 23, 59)), inclusive)) == []
    assert len(errors(accreditation(replace(APPLICATION, decree_at=at(10, 2, 0)), inclusive))) == 1


@pytest.mark.norm("R3.7.a2")
def test_the_term_may_be_read_as_that_of_the_application_alone() -> None:
    filing = LAW.with_readings(accreditation_term="filing")
    assert errors(accreditation(replace(APPLICATION, decree_at=at(10, 2)), filing)) == []
    assert len(errors(accreditation(replace(APPLICATION, decree_at=at(10, 2)), LAW))) == 1
    late = replace(APPLICATION, filed_at=at(10, 1), decree_at=None)
    assert errors(accreditation(late, filing)) == [("R3.7.a2", "accreditation_applied_too_late")]


@pytest.mark.norm("R3.7.a1")
@pytest.mark.parametrize(
    ("reading", "filed", "expected"),
    [
        ("official_publication", at(7, 6, 0), []),
        ("official_publication", at(7, 5, 23, 59), [("R3.7.a1", "accreditation_applied_too_early")]),
        ("calling", at(7, 3, 0), []),
        ("calling", at(7, 2, 23, 59), [("R3.7.a1", "accreditation_applied_too_early")]),
    ],
)
def test_accreditation_opens_on_publication_or_by_the_other_reading_on_calling(
    reading: str, filed: datetime, expected: list[tuple[str, str]]
) -> None:
    invitation = replace(INVITATION, calling_published=at(7, 6, 9))  # called on 3 July, published on 6 July
    facts = replace(APPLICATION, filed_at=filed, invitation=invitation)
    assert errors(accreditation(facts, LAW.with_readings(accreditation_opens=reading))) == expected


@pytest.mark.norm("R3.8.b1")
def test_a_repeat_voting_needs_no_new_accreditation_and_for_new_observers_the_commission_decides() -> None:
    again = tuple(replace(each, accredited=True) for each in APPLICATION.delegates)
    carried = accreditation(replace(APPLICATION, kind=Kind.REPEAT_VOTING, delegates=again), LAW)
    assert ("R3.8.b1", "accreditation_not_needed_again") in steps(carried)
    assert carried.unsettled is None
    new = accreditation(replace(APPLICATION, kind=Kind.REPEAT_VOTING), LAW)
    assert new.unsettled is not None
    assert new.unsettled.question == "accreditation_for_repeat_voting_alone"


def test_a_decree_cannot_come_before_the_application() -> None:
    with pytest.raises(ValueError, match="cannot come before"):
        replace(APPLICATION, decree_at=at(8, 1))
