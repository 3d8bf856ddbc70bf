"""Art. 43: to whom a report of a breach goes, until when it is answered, and which days are working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from shailoo.law.complaints.breach import (
    RESERVED_TO_PROSECUTORS,
    Accused,
    Answer,
    Attendance,
    Liability,
    Reviewer,
    Worker,
    review,
    works,
)
from shailoo.law.complaints.parties import Complainant
from tests.law.complaints.cases import JK, LAW, at, breach_report, codes, errors, passed

RESERVED = ["executive_body", "executive_official", "local_government", "local_official"]
MAY_REPORT = ["voter", "candidate", "party", "other_party", "ngo", "representative", "other_representative", "observer"]


@pytest.mark.norm("L43.4.c")
@pytest.mark.parametrize("liability", [*Liability, None])
@pytest.mark.parametrize("accused", RESERVED)
def test_executive_and_local_bodies_belong_to_the_prosecutor(accused: str, liability: Liability | None) -> None:
    found = review(breach_report(accused=Accused(accused), liability=liability, received_by=Reviewer.PROSECUTOR), LAW)
    assert found.value.reviewers == (Reviewer.PROSECUTOR,)
    assert ("L43.4.c", "breach_goes_to_prosecutor") in passed(found)
    assert found.findings == ()
    elsewhere = review(breach_report(accused=Accused(accused), liability=liability, received_by=Reviewer.COURT), LAW)
    assert codes(elsewhere) == {("L43.4.c", "breach_at_another_body")}


@pytest.mark.norm("L43.4.a", "L43.4.b", "L43.4.d")
@pytest.mark.parametrize("accused", [each for each in Accused if each not in RESERVED_TO_PROSECUTORS])
def test_others_go_by_the_liability(accused: Accused) -> None:
    routes = {
        liability: review(breach_report(accused=accused, liability=liability), LAW).value.reviewers
        for liability in Liability
    }
    steps = {
        liability: {
            norm
            for norm, code in passed(review(breach_report(accused=accused, liability=liability), LAW))
            if code == "breach_goes_to"
        }
        for liability in Liability
    }
    assert steps == {
        Liability.CRIMINAL: {"L43.4.b"},
        Liability.ADMINISTRATIVE: {"L43.4.d", "L43.4.b"},
        Liability.NONE: {"L43.4.a"},
    }
    assert routes == {
        Liability.CRIMINAL: (Reviewer.LAW_ENFORCEMENT,),
        Liability.ADMINISTRATIVE: (Reviewer.COMMISSION, Reviewer.LAW_ENFORCEMENT),
        Liability.NONE: tuple(Reviewer),
    }


def test_a_liability_that_nobody_has_classed_is_told() -> None:
    found = review(breach_report(liability=None), LAW)
    assert found.value.reviewers == (Reviewer.COMMISSION, Reviewer.LAW_ENFORCEMENT)
    assert codes(found) == {("L43.4.a", "breach_liability_unknown")}


@pytest.mark.norm("L43.4.b")
def test_anybody_reports_a_breach_of_public_order_to_the_police() -> None:
    report = breach_report(public_order=True, reporter=Complainant.OTHER, accused=Accused.OTHER, liability=None)
    found = review(report, LAW)
    assert found.value.reviewers == (Reviewer.LAW_ENFORCEMENT,)
    assert found.findings == ()
    assert ("L43.4.b", "breach_of_public_order") in passed(found)
    elsewhere = review(replace(report, received_by=Reviewer.COMMISSION), LAW)
    assert codes(elsewhere) == {("L43.4.b", "breach_at_another_body")}


@pytest.mark.norm("L43.4.e")
@pytest.mark.parametrize("who", Complainant)
def test_who_may_report(who: Complainant) -> None:
    found = review(breach_report(reporter=who), LAW)
    if who.value in MAY_REPORT:
        assert found.findings == ()
    else:
        code = "complaint_needs_the_ngo" if who is Complainant.CITIZEN_OBSERVER else "complaint_by_one_who_may_not"
        assert errors(found) == {("L43.4.e", code)}


def test_the_readings_obeyed_by_a_report() -> None:
    own_name = LAW.with_readings(citizen_observer_complaints="own_name")
    assert review(breach_report(reporter=Complainant.CITIZEN_OBSERVER), own_name).findings == ()
    elsewhere = breach_report(received_by=Reviewer.COMMISSION)
    forwarded = review(elsewhere, LAW)
    returned = review(elsewhere, LAW.with_readings(wrong_addressee="returned"))
    assert codes(forwarded) == codes(returned) == {("L43.4.b", "breach_at_another_body")}
    assert (forwarded.errors == (), returned.warnings == ()) == (True, True)


@pytest.mark.norm("L43.4.f")
def test_a_report_without_evidence_is_told() -> None:
    assert codes(review(breach_report(evidence=0), LAW)) == {("L43.4.f", "complaint_without_evidence")}


# ------------------------------------------------------------------------------------- terms


@pytest.mark.norm("L43.5.a", "L43.5.b", "L43.5.c")
@pytest.mark.parametrize(
    ("received", "verification", "by", "at_once", "norm"),
    [
        ("2020-10-02T23:59", False, date(2020, 10, 4), False, "L43.5.a"),
        ("2020-10-02T23:59", True, date(2020, 10, 5), False, "L43.5.c"),
        ("2020-10-03T00:00", True, date(2020, 10, 3), True, "L43.5.b"),
        ("2020-10-04T23:59", False, date(2020, 10, 4), True, "L43.5.b"),
        ("2020-10-05T00:00", False, date(2020, 10, 7), False, "L43.5.a"),
    ],
)
def test_the_term_of_prosecutors_and_police(
    received: str, verification: bool, by: date, at_once: bool, norm: str
) -> None:
    outcome = review(breach_report(received_at=at(received), additional_verification=verification), LAW)
    found = outcome.value.answer
    assert (found.by, found.at_once, found.norm) == (by, at_once, norm)
    assert (norm, "breach_answered_at_once" if at_once else "breach_answered_by") in passed(outcome)


@pytest.mark.norm("L44.8.a")
@pytest.mark.parametrize("body", [Reviewer.COMMISSION, Reviewer.COURT])
def test_a_commission_and_a_court_have_their_own_term(body: Reviewer) -> None:
    found = review(breach_report(liability=Liability.NONE, received_by=body), LAW)
    assert (found.value.answer.by, found.value.answer.norm) == (date(2020, 9, 23), "L44.8.a")


# ------------------------------------------------------------------------------------- the answer

ISSUED = at("2020-09-22T17:00")
ANSWER = Answer(ISSUED, copy_sent_at=at("2020-09-22T18:00"))


def answered(answer: Answer, **changes: Any) -> set[tuple[str, str]]:
    return codes(review(breach_report(answer=answer, **changes), LAW))


@pytest.mark.norm("L43.5.a", "L43.5.d")
def test_an_answer_in_its_term_with_its_copy() -> None:
    found = review(breach_report(answer=ANSWER), LAW)
    assert found.findings == ()
    assert ("L43.5.a", "breach_answered_in_time") in passed(found)
    midnight = at("2020-09-23T00:00")
    assert answered(Answer(midnight, copy_sent_at=midnight)) == {("L43.5.a", "breach_answered_late")}


@pytest.mark.norm("L43.5.d")
@pytest.mark.parametrize(("sent", "late"), [("2020-09-22T23:59", False), ("2020-09-23T00:00", True), (None, True)])
def test_the_copy_for_the_commission_goes_out_at_once(sent: str | None, late: bool) -> None:
    copy: datetime | None = None if sent is None else at(sent)
    found = answered(replace(ANSWER, copy_sent_at=copy))
    assert found == ({("L43.5.d", "breach_copy_not_sent_at_once")} if late else set())


@pytest.mark.norm("L43.6")
def test_a_refusal_gives_its_reasons_at_once() -> None:
    refusal = replace(ANSWER, refused=True, reasons=True, refusal_handed_at=at("2020-09-22T23:59"))
    assert answered(refusal) == set()
    assert answered(replace(refusal, reasons=False)) == {("L43.6", "breach_refusal_without_reasons")}
    assert answered(replace(refusal, reasons=None)) == {("L43.6", "breach_refusal_reasons_unknown")}
    late = {("L43.6", "breach_refusal_not_handed_at_once")}
    assert answered(replace(refusal, refusal_handed_at=None)) == late
    assert answered(replace(refusal, refusal_handed_at=at("2020-09-23T00:00"))) == late


def test_a_commission_sends_itself_no_copy() -> None:
    answer = Answer(ISSUED)
    assert answered(answer, liability=Liability.ADMINISTRATIVE, received_by=Reviewer.COMMISSION) == set()


def test_no_answer_comes_before_the_report() -> None:
    with pytest.raises(ValueError, match="after it was received"):
        breach_report(answer=Answer(at("2020-09-19")))


# ------------------------------------------------------------------------------------- working days


@pytest.mark.norm("L43.2.a", "L43.2.b")
@pytest.mark.parametrize(
    ("day", "courts", "banks"),
    [
        (date(2020, 10, 2), False, False),
        (date(2020, 10, 3), True, True),  # a Saturday
        (date(2020, 10, 4), True, False),  # a Sunday
        (date(2020, 10, 5), False, False),
    ],
)
def test_working_days_of_the_election(day: date, courts: bool, banks: bool) -> None:
    for worker in Worker:
        wanted = banks if worker is Worker.BANK else courts
        found = works(Attendance(JK, worker, day), LAW)
        assert found.value is wanted
        norm = "L43.2.b" if worker is Worker.BANK else "L43.2.a"
        code = "working_day_of_the_election" if wanted else "no_working_day_of_the_election"
        assert passed(found) == {(norm, code)}
