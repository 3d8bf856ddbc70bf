"""Answers of a commission: by decision, to many at once, to nobody twice, and never what the law bars."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shailoo.accounts.roles import Role
from shailoo.commissions.models import Matter
from shailoo.documents.certificates.code import Reach
from shailoo.elections.clock import BISHKEK
from shailoo.ledger.models import Act
from shailoo.observation.actions.answering import Answered, answer, note
from shailoo.observation.actions.listing import Proposed, Sheet, draw_up, give_up
from shailoo.observation.models import (
    Accreditation,
    Answer,
    Answering,
    AnswerList,
    Applicant,
    Application,
    Message,
    Withdrawal,
)
from tests.commissions.sittings import decided, done, refused
from tests.observation import scene as at_work
from tests.observation.scene import AT, DECIDED, Scene, accredited, carried_out, draft, filed, listed, person, sheet

pytestmark = pytest.mark.django_db
KIND = Application.Kind


@pytest.fixture
def scene() -> Scene:
    return at_work.build()


def mission(scene: Scene, people: int = 3, *, kyrgyz: int = 0) -> Application:
    """An application of the mission with so many people, the last `kyrgyz` of whom are citizens of Kyrgyzstan."""
    application = draft(scene, scene.mission, KIND.INTERNATIONAL, people=people)
    for each in list(application.applicants.all())[people - kyrgyz :]:
        each.citizenships = ["KG"]
        each.save()
    return filed(application)


def bar(applicant: Applicant) -> Proposed:
    return Proposed(applicant.pk, accredited=False, ground="citizenship", reason="a passport of Kyrgyzstan was shown")


@contextmanager
def broken(constraint: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


# ------------------------------------------------------------------------------------- one decision for many


@pytest.mark.norm("R3.4.a1", "R3.5", "L10.1.a1", "E10.1.a1", "E10.1.b")
def test_one_decision_accredits_many_and_refuses_one_with_its_ground(scene: Scene) -> None:
    application = mission(scene, 3, kyrgyz=1)
    last = application.applicants.get(row=3)
    found = accredited(application, scene.operator, bar(last))
    assert [each.applicant.row for each in found] == [1, 2]
    assert {each.certificate.number for each in found} == {"IO-2020-00001", "IO-2020-00002"}
    no = Answer.objects.get(accredited=False)
    assert (no.applicant, no.ground, no.norm) == (last, "citizenship", "L10.1.b")
    application.refresh_from_db()
    assert application.state == "answered"
    told = Message.objects.get(code="application_answered")
    assert (told.facts["accredited"], told.facts["refused"]) == (2, 1)
    assert last.surname not in str(told.facts)


def test_what_the_ledger_says_of_it_holds_no_name_and_no_document(scene: Scene) -> None:
    application = mission(scene)
    accredited(application, scene.operator)
    payloads = " ".join(Act.objects.values_list("payload", flat=True))
    for each in application.applicants.all():
        assert each.given_names not in payloads
    act = Act.objects.get(name="answer_list.carried_out")
    assert '"accredited":3' in act.payload
    assert "R3.4.a1" in act.grounds


@pytest.mark.norm("B4", "R3.4.a2")
def test_the_decision_is_posted_with_the_answers_and_the_delay_is_kept(scene: Scene) -> None:
    application = mission(scene)
    carried_out(listed(application, scene.operator), scene.operator)
    found = Answering.objects.get()
    assert found.at - found.carries_out.taken_at == timedelta(minutes=30)


@pytest.mark.norm("L10.2.a1", "R3.8.a1", "R3.6", "E10.3")
def test_a_certificate_is_good_everywhere_from_the_decision_to_the_last_day_of_publication(scene: Scene) -> None:
    (first, *_others) = accredited(mission(scene), scene.operator)
    own = first.certificate
    assert own.reach == Reach.EVERYWHERE
    assert own.valid_from == DECIDED.replace(second=0)
    assert own.valid_until == datetime(2020, 11, 8, tzinfo=BISHKEK), "two weeks after the last day of determination"
    assert first.since == date(2020, 9, 20)
    assert own.body == scene.mission.body
    assert "rehearsal" in own.names_of("election")["en"].lower()


# ------------------------------------------------------------------------------------- what is refused


@pytest.mark.norm("L10.1.b", "E10.1.b")
def test_a_citizen_is_not_accredited_whatever_the_list_says(scene: Scene) -> None:
    application = mission(scene, 2, kyrgyz=1)
    answer_to = draw_up(sheet(application, scene.operator), by=scene.operator, at=DECIDED)
    assert refused(answer_to) == ("accreditation_of_citizen",)
    assert not AnswerList.objects.exists()


@pytest.mark.norm("R3.10", "R3.5")
@pytest.mark.parametrize(
    ("ground", "reason", "code"),
    [
        ("late", "too late", "refusal_on_no_ground_of_the_law"),
        ("because", "just so", "refusal_on_no_ground_of_the_law"),
        ("contrary_aims", "  ", "refusal_without_reason"),
    ],
)
def test_a_refusal_needs_a_ground_of_the_law_and_a_reason(scene: Scene, ground: str, reason: str, code: str) -> None:
    application = mission(scene, 1)
    row = Proposed(application.applicants.get().pk, accredited=False, ground=ground, reason=reason)
    assert refused(draw_up(sheet(application, scene.operator, row), by=scene.operator, at=DECIDED)) == (code,)


@pytest.mark.norm("R3.10")
def test_the_grounds_of_the_regulation_are_for_the_commission_to_judge(scene: Scene) -> None:
    application = mission(scene, 1)
    row = Proposed(application.applicants.get().pk, accredited=False, ground="contrary_aims", reason="a paid campaign")
    assert accredited(application, scene.operator, row) == []
    assert Answer.objects.get().norm == "R3.10.c"


@pytest.mark.norm("R3.7.a2")
def test_a_decree_after_accreditation_has_closed_accredits_nobody(scene: Scene) -> None:
    late = datetime(2020, 10, 2, 10, tzinfo=BISHKEK)
    found = listed(mission(scene), scene.operator, at=DECIDED)
    decision = decided(scene.cec, Matter.ACCREDITATION, found.subject, at=late, election=scene.election.slug)
    assert refused(answer(found, decision, by=scene.operator, at=late)) == ("accreditation_decided_too_late",)
    assert not Accreditation.objects.exists()


def test_nothing_is_answered_without_the_decision_on_this_very_list(scene: Scene) -> None:
    found, other = listed(mission(scene), scene.operator), listed(mission(scene), scene.operator)
    assert refused(answer(found, None, by=scene.operator, at=DECIDED)) == ("decision_missing",)
    wrong = decided(scene.cec, Matter.ACCREDITATION, other.subject, at=DECIDED, election=scene.election.slug)
    assert refused(answer(found, wrong, by=scene.operator, at=DECIDED)) == ("ground_on_another_subject",)
    assert not Answer.objects.exists()


def test_a_list_is_carried_out_once_and_nobody_is_answered_twice(scene: Scene) -> None:
    application = mission(scene)
    found = listed(application, scene.operator)
    carried_out(found, scene.operator)
    decision = Answering.objects.get().carries_out
    again = DECIDED + timedelta(days=1)
    assert refused(answer(found, decision, by=scene.operator, at=again)) == ("answer_list_is_closed",)
    codes = refused(draw_up(sheet(application, scene.operator), by=scene.operator, at=again))
    assert set(codes) == {"answered_already"}


def test_people_on_an_open_list_stand_on_no_other_until_it_is_given_up(scene: Scene) -> None:
    application = mission(scene)
    found = listed(application, scene.operator)
    again = draw_up(sheet(application, scene.operator), by=scene.operator, at=DECIDED)
    assert set(refused(again)) == {"answer_on_another_list"}
    assert refused(give_up(found, " ", by=scene.operator, at=DECIDED)) == ("answer_list_given_up_without_reason",)
    done(give_up(found, "the commission wants them one by one", by=scene.operator, at=DECIDED))
    assert listed(application, scene.operator).number == 2


def test_whoever_was_withdrawn_since_is_left_out(scene: Scene) -> None:
    application = mission(scene)
    found = listed(application, scene.operator)
    Withdrawal.objects.create(applicant=application.applicants.get(row=2), office=scene.mission, at=DECIDED)
    assert carried_out(found, scene.operator) == Answered(2, 0, 1)
    application.refresh_from_db()
    assert application.state == "answered"


@pytest.mark.parametrize("who", ["tec_chair", "pec_chair", "mission", "ministry"])
def test_only_the_commission_concerned_answers(scene: Scene, who: str) -> None:
    application = mission(scene)
    codes = refused(draw_up(sheet(application, scene.operator), by=getattr(scene, who), at=DECIDED))
    assert codes[0] in ("other_territory", "office_may_not")


# ------------------------------------------------------------------------------------- NGOs, media


@pytest.mark.norm("L10-1.3.a1", "L10-1.3.a3", "L10-1.5.a1")
def test_an_ngo_has_one_observer_at_a_commission_and_that_commission_accredits(scene: Scene) -> None:
    application = filed(draft(scene, scene.ngo, KIND.CITIZEN, commission=scene.pec))
    found = accredited(application, scene.pec_chair)
    assert (found[0].certificate.number, found[0].certificate.place) == ("CO-2020-00001", "1001")
    second = filed(draft(scene, scene.ngo, KIND.CITIZEN, commission=scene.pec))
    codes = refused(draw_up(sheet(second, scene.pec_chair), by=scene.pec_chair, at=DECIDED))
    assert codes == ("citizen_observers_of_ngo_full",)
    elsewhere = filed(draft(scene, scene.ngo, KIND.CITIZEN, commission=scene.tec))
    assert accredited(elsewhere, scene.tec_chair)[0].certificate.place == scene.tec.code


@pytest.mark.norm("L11.1")
def test_media_are_accredited_by_the_cec_for_the_whole_country(scene: Scene) -> None:
    found = accredited(filed(draft(scene, scene.medium, KIND.MEDIA, people=2)), scene.operator)
    assert [each.certificate.number for each in found] == ["MM-2020-00001", "MM-2020-00002"]
    assert found[0].certificate.reach == Reach.EVERYWHERE


# ------------------------------------------------------------------------------------- notices of parties


@pytest.mark.norm("L9.1.b1", "L9.2.a1", "L9.2.a4")
def test_a_notice_of_a_party_needs_no_decision_and_counts_from_its_filing(scene: Scene) -> None:
    application = filed(draft(scene, scene.party, KIND.OBSERVER, people=2, commission=scene.pec))
    found = accredited(application, scene.pec_chair)
    assert [each.since for each in found] == [AT.date()] * 2
    assert all(each.answer.decision is None for each in found)
    third = filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec))
    assert refused(note(sheet(third, scene.pec_chair), by=scene.pec_chair, at=DECIDED)) == ("observers_of_sender_full",)
    other = filed(draft(scene, scene.other_party, KIND.OBSERVER, people=2, commission=scene.pec))
    assert len(accredited(other, scene.pec_chair)) == 2


@pytest.mark.norm("L9.1.b1")
def test_three_on_one_list_are_one_too_many_at_a_precinct_and_not_at_a_territorial_commission(scene: Scene) -> None:
    application = filed(draft(scene, scene.party, KIND.OBSERVER, people=3, commission=scene.pec))
    codes = refused(note(sheet(application, scene.pec_chair), by=scene.pec_chair, at=DECIDED))
    assert codes == ("observers_of_sender_full",)
    at_tec = filed(draft(scene, scene.other_party, KIND.OBSERVER, people=3, commission=scene.tec))
    assert len(accredited(at_tec, scene.tec_chair)) == 3


@pytest.mark.norm("L17.1.a1", "L17.2", "L17.7")
def test_a_party_has_one_representative_in_a_commission(scene: Scene) -> None:
    application = filed(draft(scene, scene.party, KIND.REPRESENTATIVE, commission=scene.tec))
    (found,) = accredited(application, scene.tec_chair)
    assert found.certificate.number == "RC-2020-00001"
    assert found.since == DECIDED.date()
    second = filed(draft(scene, scene.party, KIND.REPRESENTATIVE, commission=scene.tec))
    codes = refused(note(sheet(second, scene.tec_chair), by=scene.tec_chair, at=DECIDED))
    assert codes == ("representative_already_there",)


def test_decisions_and_notices_are_not_mixed_up(scene: Scene) -> None:
    application = mission(scene)
    assert refused(note(sheet(application, scene.operator), by=scene.operator, at=AT)) == ("answer_needs_a_decision",)
    of_party = filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec))
    codes = refused(draw_up(sheet(of_party, scene.pec_chair), by=scene.pec_chair, at=AT))
    assert codes == ("answer_needs_no_decision",)


def test_somebody_elses_people_are_no_rows_of_a_list(scene: Scene) -> None:
    application = mission(scene)
    rows = tuple(Proposed(each.pk) for each in application.applicants.all())
    foreign = Sheet(scene.cec, scene.election, KIND.MEDIA, rows)
    assert set(refused(draw_up(foreign, by=scene.operator, at=AT))) == {"answer_to_somebody_else"}
    empty = Sheet(scene.cec, scene.election, KIND.MEDIA, ())
    assert refused(draw_up(empty, by=scene.operator, at=AT)) == ("answer_list_is_empty",)
    draft_only = draft(scene, scene.medium, KIND.MEDIA)
    assert refused(draw_up(sheet(draft_only, scene.operator), by=scene.operator, at=AT)) == ("answer_before_filing",)


# ------------------------------------------------------------------------------------- what the database holds


def test_the_database_keeps_an_answer_to_what_was_decided(scene: Scene) -> None:
    application = mission(scene, 2)
    first, second = application.applicants.all()
    found = listed(application, scene.operator)
    plain = {"applicant": first, "accredited": True, "office": scene.operator, "at": DECIDED}
    with broken("an_answer_is_what_the_commission_decided"):
        Answer.objects.create(**plain)
    decision = decided(scene.cec, Matter.ACCREDITATION, found.subject, at=DECIDED, election=scene.election.slug)
    with broken("an_answer_is_what_the_commission_decided"):
        Answer.objects.create(**plain | {"at": DECIDED - timedelta(days=1)}, decision=decision)
    refusal = {"accredited": False, "ground": "documents", "reason": "none", "applicant": second}
    with broken("an_answer_is_what_the_commission_decided"):
        Answer.objects.create(**plain | refusal, decision=decision)
    other = decided(scene.cec, Matter.OTHER, found.subject, at=DECIDED, election=scene.election.slug)
    with broken("an_answer_is_what_the_commission_decided"):
        Answer.objects.create(**plain, decision=other)
    Answer.objects.create(**plain, decision=decision)


def test_an_accreditation_says_what_its_answer_says(scene: Scene) -> None:
    (first, *_others) = accredited(mission(scene), scene.operator)
    application = filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec))
    someone = application.applicants.get()
    given = Answer.objects.create(applicant=someone, accredited=True, office=scene.pec_chair, at=AT)
    row = {"answer": given, "applicant": someone, "election": scene.election, "kind": KIND.OBSERVER, "since": AT.date()}
    row |= {"sender": application.sender, "certificate": first.certificate, "at": AT}
    with broken("an_accreditation_says_what_its_answer_says"):
        Accreditation.objects.create(**row, commission=scene.cec)


def test_a_person_is_answered_once_whatever_the_code_does(scene: Scene) -> None:
    application = filed(draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec))
    someone = application.applicants.get()
    Answer.objects.create(applicant=someone, accredited=True, office=scene.pec_chair, at=AT)
    with broken("applicant"):
        Answer.objects.create(applicant=someone, accredited=True, office=scene.pec_chair, at=AT)


@pytest.mark.norm("L10-1.4.7", "L9.3.a2.6")
def test_whoever_observes_for_a_party_is_no_citizen_observer(scene: Scene) -> None:
    of_party = draft(scene, scene.party, KIND.OBSERVER, commission=scene.pec)
    first = of_party.applicants.get()
    accredited(filed(of_party), scene.pec_chair)
    of_ngo = draft(scene, scene.ngo, KIND.CITIZEN, commission=scene.pecs[1])
    same = of_ngo.applicants.get()
    same.identity_mark, same.person_mark = first.identity_mark, first.person_mark
    same.save()
    by = at_work.office("pec-2", scene.pecs[1], Role.PEC_CHAIR)
    codes = refused(draw_up(sheet(filed(of_ngo), by), by=by, at=DECIDED))
    assert "mandates_exclude_each_other" in codes


def test_people_of_one_list_are_told_by_their_rows(scene: Scene) -> None:
    application = draft(scene, scene.mission, KIND.INTERNATIONAL, people=1)
    person(application, 2, scene.cec)
    assert [each.row for each in filed(application).applicants.all()] == [1, 2]
