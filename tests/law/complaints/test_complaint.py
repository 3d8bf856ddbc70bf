"""Art. 44 and 45: who complains where, until when, until when it is decided, and which instance comes next."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import Kind
from shailoo.law.complaints.complaint import Standing, Treatment, review
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.parties import Body, Complainant, Subject
from shailoo.law.complaints.terms import Receipt, answer_term, decision_term, filing_term
from tests.law.complaints import naive
from tests.law.complaints.cases import (
    AWARE,
    COMPLAINT,
    JK,
    LAW,
    PRESIDENT,
    at,
    codes,
    complaint,
    errors,
    on_results,
    passed,
)

EVE = date(2020, 10, 3)


# ------------------------------------------------------------------------------------- standing

MAY_COMPLAIN = [
    "voter",
    "candidate",
    "party",
    "other_party",
    "ngo",
    "representative",
    "other_representative",
    "observer",
]
MAY_COMPLAIN_ON_RESULTS = ["candidate", "party", "representative", "observer"]


@pytest.mark.norm("L44.2")
@pytest.mark.parametrize("who", Complainant)
def test_who_may_complain_about_a_commission(who: Complainant) -> None:
    found = review(complaint(complainant=who), LAW)
    if who.value in MAY_COMPLAIN:
        assert found.value.treatment is Treatment.ACCEPT
        assert ("L44.2", "complaint_by_one_who_may") in passed(found)
    else:
        code = "complaint_needs_the_ngo" if who is Complainant.CITIZEN_OBSERVER else "complaint_by_one_who_may_not"
        assert errors(found) == {("L44.2", code)}
        assert found.value.treatment is Treatment.NOT_ACCEPT


@pytest.mark.norm("L45.1")
@pytest.mark.parametrize("who", Complainant)
def test_who_may_complain_about_results(who: Complainant) -> None:
    found = review(on_results(complainant=who), LAW)
    may = who.value in MAY_COMPLAIN_ON_RESULTS
    assert (found.value.treatment is Treatment.ACCEPT) is may
    assert errors(found) == (set() if may else {("L45.1", "complaint_by_one_who_may_not")})


@pytest.mark.norm("L44.2")
def test_a_citizen_observer_complains_in_the_name_of_the_ngo() -> None:
    through = review(complaint(complainant=Complainant.CITIZEN_OBSERVER, in_name_of=Complainant.NGO), LAW)
    assert (through.value.standing, through.value.treatment) == (Standing.OWN_NAME, Treatment.ACCEPT)


def test_the_reading_of_citizen_observers_complaints() -> None:
    law = LAW.with_readings(citizen_observer_complaints="own_name")
    alone = complaint(complainant=Complainant.CITIZEN_OBSERVER)
    assert review(alone, LAW).value.standing is Standing.THROUGH_NGO
    assert review(alone, law).value.treatment is Treatment.ACCEPT
    assert review(on_results(complainant=Complainant.CITIZEN_OBSERVER), law).value.standing is Standing.NONE


# ------------------------------------------------------------------------------------- form


@pytest.mark.norm("L43.4.f")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grounds": False}, "complaint_without_grounds"),
        ({"evidence": 0}, "complaint_without_evidence"),
        ({"grounds": None}, "complaint_form_unknown"),
        ({"evidence": None}, "complaint_form_unknown"),
    ],
)
def test_what_a_complaint_lacks_is_told_and_turns_nobody_away(changes: dict[str, Any], code: str) -> None:
    found = review(complaint(**changes), LAW)
    assert codes(found) == {("L43.4.f", code)}
    assert found.value.treatment is Treatment.ACCEPT


def test_a_complaint_with_reasons_and_evidence_is_complete() -> None:
    assert ("L43.4.f", "complaint_is_complete") in passed(review(complaint(), LAW))


# ------------------------------------------------------------------------------------- competent body

ROUTES = [
    ("pec", Subject.ACT, "tec", "L44.4"),
    ("tec", Subject.ACT, "cec", "L44.5"),
    ("cec", Subject.ACT, "court", "L44.6.a"),
    ("court", Subject.COMPLAINT_DECISION, "supreme_court", "L44.6.b"),
    ("pec", Subject.RESULTS, "tec", "L45.2.a"),
    ("tec", Subject.RESULTS, "cec", "L45.2.b"),
    ("cec", Subject.RESULTS, "court", "L45.2.c"),
    ("court", Subject.RESULTS_COMPLAINT_DECISION, "supreme_court", "L45.2.d"),
]


TO_SUPERIOR = ("L44.1.a", "complaint_goes_to_superior_commission")
TO_COURT = ("L44.1.b", "complaint_about_the_cec_goes_to_court")
GENERAL = {TO_SUPERIOR, TO_COURT}
APPEALABLE = {
    ("pec", Subject.ACT): {TO_SUPERIOR},
    ("tec", Subject.ACT): {TO_SUPERIOR},
    ("cec", Subject.ACT): {TO_COURT},
}


@pytest.mark.norm("L44.1.a", "L44.1.b", "L44.4", "L44.5", "L44.6.a", "L44.6.b")
@pytest.mark.norm("L45.2.a", "L45.2.b", "L45.2.c", "L45.2.d")
@pytest.mark.parametrize(("respondent", "subject", "competent", "norm"), ROUTES)
def test_a_complaint_goes_to_the_next_above(respondent: str, subject: Subject, competent: str, norm: str) -> None:
    facts = {"respondent": Body(respondent), "subject": subject, "filed_with": Body(competent)}
    found = review(complaint(complainant=Complainant.CANDIDATE, **facts), LAW)
    assert found.value.competent is Body(competent)
    assert found.value.treatment is Treatment.ACCEPT
    assert (norm, "complaint_goes_to") in passed(found)
    assert passed(found) & GENERAL == APPEALABLE.get((respondent, subject), set())


@pytest.mark.norm("L44.1.a")
@pytest.mark.parametrize(("superior", "competent"), [(None, Body.CEC), (Body.TEC, Body.TEC), (Body.CEC, Body.CEC)])
def test_above_a_precinct_abroad_is_what_the_cec_named_else_the_cec(superior: Body | None, competent: Body) -> None:
    found = review(complaint(respondent=Body.PEC_ABROAD, superior=superior, filed_with=competent), LAW)
    assert found.value.competent is competent
    assert ("L44.1.a", "complaint_goes_to") in passed(found)
    results = on_results(respondent=Body.PEC_ABROAD, superior=superior, filed_with=competent)
    assert ("L45.2.a", "complaint_goes_to") in passed(review(results, LAW))


@pytest.mark.norm("L44.6.c", "L45.9.e")
@pytest.mark.parametrize(
    ("subject", "norm"),
    [(Subject.COMPLAINT_DECISION, "L44.6.c"), (Subject.RESULTS_COMPLAINT_DECISION, "L45.9.e")],
)
def test_nothing_comes_after_the_supreme_court(subject: Subject, norm: str) -> None:
    facts = {"respondent": Body.SUPREME_COURT, "subject": subject, "filed_with": Body.SUPREME_COURT}
    found = review(complaint(complainant=Complainant.CANDIDATE, **facts), LAW)
    assert errors(found) == {(norm, "complaint_about_a_final_decision")}
    assert (found.value.treatment, found.value.competent, found.value.decision) == (Treatment.NOT_ACCEPT, None, None)
    before = review(complaint(complainant=Complainant.CANDIDATE, **(facts | {"respondent": Body.COURT})), LAW)
    assert (norm, "complaint_ends_here") in passed(before)
    assert (before.value.next_instance, before.value.appeal_by) == (None, None)


@pytest.mark.norm("L45.9.c", "L45.9.d")
@pytest.mark.parametrize(("filed_with", "norm"), [(Body.COURT, "L45.9.c"), (Body.SUPREME_COURT, "L45.9.d")])
def test_the_supreme_court_is_reached_through_the_deciding_court_or_directly(filed_with: Body, norm: str) -> None:
    found = review(
        on_results(respondent=Body.COURT, subject=Subject.RESULTS_COMPLAINT_DECISION, filed_with=filed_with), LAW
    )
    assert found.value.treatment is Treatment.ACCEPT
    assert (norm, "complaint_reaches_supreme_court") in passed(found)


@pytest.mark.norm("L44.6.b")
@pytest.mark.parametrize("filed_with", [Body.COURT, Body.SUPREME_COURT])
def test_article_44_names_no_way_to_the_supreme_court(filed_with: Body) -> None:
    found = review(complaint(respondent=Body.COURT, subject=Subject.COMPLAINT_DECISION, filed_with=filed_with), LAW)
    assert found.value.treatment is Treatment.ACCEPT
    assert ("L44.6.b", "complaint_reaches_supreme_court_by_any_way") in passed(found)
    assert not {norm for norm, _code in passed(found)} & {"L45.8", "L45.9.c", "L45.9.d"}
    assert ("L44.9", "complaint_filed_in_time") in passed(found)


def test_a_commission_is_no_way_to_the_supreme_court() -> None:
    again = {"respondent": Body.COURT, "subject": Subject.RESULTS_COMPLAINT_DECISION}
    found = review(on_results(filed_with=Body.CEC, **again), LAW)
    assert found.value.treatment is Treatment.FORWARD
    assert codes(found) == {("L45.2.d", "complaint_at_another_body")}


def test_a_court_decides_no_complaint_about_a_precinct() -> None:
    found = review(complaint(filed_with=Body.COURT), LAW)
    assert (found.value.competent, found.value.treatment) == (Body.TEC, Treatment.FORWARD)


@pytest.mark.norm("L53.8.b")
def test_a_candidate_refused_goes_to_court_within_five_days() -> None:
    def filed(instant: str) -> Any:
        facts = {"respondent": Body.CEC, "subject": Subject.CANDIDATE_REFUSAL, "filed_with": Body.COURT}
        given = complaint(election=PRESIDENT, complainant=Complainant.CANDIDATE, filed_at=at(instant), **facts)
        return review(given, LAW)

    last = filed("2020-09-15T23:59")
    assert last.value.treatment is Treatment.ACCEPT
    assert {("L53.8.b", "complaint_filed_in_time"), ("L53.8.b", "complaint_goes_to")} <= passed(last)
    assert filed("2020-09-16T00:00").value.treatment is Treatment.NOT_ACCEPT


# ------------------------------------------------------------------------------------- wrong addressee


def test_a_complaint_at_another_body_is_forwarded_and_a_person_decides_on_it() -> None:
    found = review(complaint(filed_with=Body.CEC), LAW)
    assert found.value.treatment is Treatment.FORWARD
    assert codes(found) == {("L44.4", "complaint_at_another_body")}
    assert found.errors == ()
    assert found.unsettled is not None
    assert found.unsettled.options == ("complaint_forwarded", "complaint_sent_back_to_file")


def test_what_is_received_in_the_minute_of_its_filing_was_not_forwarded_late() -> None:
    found = review(complaint(filed_with=Body.CEC, received_at=COMPLAINT.filed_at), LAW)
    assert codes(found) == {("L44.4", "complaint_at_another_body")}


def test_a_complaint_keeps_the_time_of_its_filing_when_it_is_forwarded_late() -> None:
    found = review(
        complaint(filed_with=Body.CEC, filed_at=at("2020-09-12T23:00"), received_at=at("2020-09-13T09:00")), LAW
    )
    assert found.value.treatment is Treatment.FORWARD
    assert ("L44.4", "complaint_forwarded_late") in codes(found)
    assert found.value.decision is not None
    assert found.value.decision.by == date(2020, 9, 16)  # three days from the receipt by the TEC


def test_a_late_complaint_is_not_forwarded() -> None:
    found = review(complaint(filed_with=Body.CEC, filed_at=at("2020-09-13T09:00")), LAW)
    assert found.value.treatment is Treatment.NOT_ACCEPT


def test_the_reading_of_the_wrong_addressee() -> None:
    found = review(complaint(filed_with=Body.CEC), LAW.with_readings(wrong_addressee="returned"))
    assert found.value.treatment is Treatment.RETURN
    assert errors(found) == {("L44.4", "complaint_returned")}
    assert (found.value.file_by, found.unsettled) == (date(2020, 9, 12), None)


# ------------------------------------------------------------------------------------- filing in time


@pytest.mark.norm("L44.7", "L44.12.a", "L44.12.b")
@pytest.mark.parametrize(("filed", "accepted"), [("2020-09-13T23:59", True), ("2020-09-14T00:00", False)])
def test_a_last_day_on_a_sunday_is_not_moved(filed: str, accepted: bool) -> None:
    aware = at("2020-09-11T09:00")
    found = review(complaint(since=aware, filed_at=at(filed)), LAW)
    assert found.value.file_by.weekday() == 6
    assert (("L44.7", "complaint_filed_in_time") in passed(found)) is accepted
    assert (found.value.treatment is Treatment.ACCEPT) is accepted
    late = {("L44.12.b", "complaint_too_late")}
    assert errors(found) == (set() if accepted else late)
    assert (("L44.12.a", "complaint_term_not_restored") in passed(found)) is not accepted


@pytest.mark.norm("L45.3", "L45.10.a", "L45.10.b")
@pytest.mark.parametrize(("filed", "accepted"), [("2020-10-08T23:59", True), ("2020-10-09T00:00", False)])
def test_three_days_from_the_results_of_that_commission(filed: str, accepted: bool) -> None:
    found = review(on_results(filed_at=at(filed)), LAW)
    assert (found.value.treatment is Treatment.ACCEPT) is accepted
    assert (("L45.3", "complaint_filed_in_time") in passed(found)) is accepted
    assert errors(found) == (set() if accepted else {("L45.10.b", "complaint_too_late")})
    assert (("L45.10.a", "complaint_term_not_restored") in passed(found)) is not accepted


@pytest.mark.norm("L45.5", "L45.8")
@pytest.mark.parametrize(
    ("respondent", "competent", "norm"), [(Body.TEC, Body.CEC, "L45.5"), (Body.COURT, Body.SUPREME_COURT, "L45.8")]
)
def test_three_days_from_a_decision_about_results(respondent: Body, competent: Body, norm: str) -> None:
    def filed(instant: str) -> Any:
        facts = {"subject": Subject.RESULTS_COMPLAINT_DECISION, "respondent": respondent, "filed_with": competent}
        return review(on_results(since=at("2020-10-13T18:00"), filed_at=at(instant), **facts), LAW)

    assert (norm, "complaint_filed_in_time") in passed(filed("2020-10-16T23:59"))
    assert filed("2020-10-17T00:00").value.treatment is Treatment.NOT_ACCEPT


@pytest.mark.parametrize(
    ("option", "treatments"),
    [
        ("two_days_three_with_warning", ["accept", "accept", "not_accept"]),
        ("two_days", ["accept", "not_accept", "not_accept"]),
        ("three_days", ["accept", "accept", "not_accept"]),
    ],
)
@pytest.mark.norm("L61.9")
def test_the_reading_of_the_term_for_lists(option: str, treatments: list[str]) -> None:
    facts = {"respondent": Body.CEC, "subject": Subject.LIST_REFUSAL, "filed_with": Body.COURT, "since": AWARE}
    law = LAW.with_readings(list_refusal_term=option)
    days = ["2020-09-12T23:59", "2020-09-13T23:59", "2020-09-14T00:00"]
    found = [review(complaint(complainant=Complainant.PARTY, filed_at=at(each), **facts), law) for each in days]
    assert [each.value.treatment for each in found] == [Treatment(each) for each in treatments]
    assert [bool(each.warnings) for each in found] == [False, option == "two_days_three_with_warning", False]
    norm = "L44.9" if option == "three_days" else "L44.7"
    assert (norm, "complaint_filed_in_time") in passed(found[0])
    assert ("L61.9", "complaint_goes_to") in passed(found[0])


# ------------------------------------------------------------------------------------- decision


@pytest.mark.norm("L44.8.b")
@pytest.mark.parametrize(
    ("received", "by", "at_once", "step"),
    [
        ("2020-10-02T23:59", date(2020, 10, 5), False, ("L44.8.a", "complaint_decided_by")),
        ("2020-10-03T00:00", EVE, True, ("L44.8.b", "complaint_decided_at_once")),
        ("2020-10-04T23:59", date(2020, 10, 4), True, ("L44.8.b", "complaint_decided_at_once")),
        ("2020-10-05T00:00", date(2020, 10, 8), False, ("L44.8.a", "complaint_decided_by_after_voting")),
    ],
)
def test_on_the_election_day_and_its_eve_it_is_decided_at_once(
    received: str,
    by: date,
    at_once: bool,
    step: tuple[str, str],
) -> None:
    found = review(complaint(since=at(received), filed_at=at(received)), LAW)
    assert found.value.decision is not None
    assert (found.value.decision.by, found.value.decision.at_once) == (by, at_once)
    assert step in passed(found)


@pytest.mark.norm("L44.8.b")
def test_verification_lengthens_nothing_on_the_eve() -> None:
    eve = at("2020-10-03T10:00")
    found = review(complaint(since=eve, filed_at=eve, additional_verification=True), LAW)
    assert found.value.decision is not None
    assert found.value.decision.by == EVE


@pytest.mark.norm("L45.4.a", "L45.4.b", "L45.9.a")
@pytest.mark.parametrize(
    ("changes", "verification", "by", "norm"),
    [
        ({}, False, date(2020, 10, 8), "L45.4.a"),
        ({}, True, date(2020, 10, 10), "L45.4.b"),
        ({"respondent": Body.COURT}, False, date(2020, 10, 10), "L45.9.a"),
        ({"respondent": Body.COURT}, True, date(2020, 10, 10), "L45.9.a"),
    ],
)
def test_results_are_decided_in_three_or_five_days(
    changes: dict[str, Any],
    verification: bool,
    by: date,
    norm: str,
) -> None:
    if changes:
        changes |= {"subject": Subject.RESULTS_COMPLAINT_DECISION, "filed_with": Body.SUPREME_COURT}
    found = review(on_results(additional_verification=verification, **changes), LAW)
    assert found.value.decision is not None
    assert (found.value.decision.by, found.value.decision.norm) == (by, norm)


@pytest.mark.norm("L45.5")
def test_after_a_decision_about_results_the_next_term_is_that_of_article_45() -> None:
    found = review(on_results(), LAW)
    assert (found.value.next_instance, found.value.appeal_by) == (Body.CEC, date(2020, 10, 11))
    assert ("L45.5", "complaint_next_instance") in passed(found)


def test_results_are_decided_after_the_voting_by_their_own_term() -> None:
    signed = at("2020-10-05T02:10")
    assert ("L45.4.a", "complaint_decided_by") in passed(review(on_results(since=signed, filed_at=signed), LAW))
    on_the_day = at("2020-10-04T22:00")
    found = review(on_results(since=on_the_day, filed_at=on_the_day), LAW)
    assert ("L45.4.a", "complaint_decided_by") in passed(found)


@pytest.mark.norm("L44.9", "L44.6.a")
def test_the_next_instance_and_its_last_day() -> None:
    found = review(complaint(respondent=Body.TEC, filed_with=Body.CEC), LAW)
    assert found.value.next_instance is Body.COURT
    assert found.value.appeal_by == date(2020, 9, 16)  # 10 + 3 = 13, decided; 13 + 3 = 16
    assert ("L44.9", "complaint_next_instance") in passed(found)


# ------------------------------------------------------------------------------------- facts that cannot be


@pytest.mark.parametrize(
    "changes",
    [
        {"filed_at": AWARE - timedelta(minutes=1)},
        {"received_at": AWARE},
        {"respondent": Body.PROSECUTOR},
        {"respondent": Body.COURT},
        {"subject": Subject.LIST_REFUSAL},
        {"subject": Subject.CANDIDATE_REFUSAL, "respondent": Body.CEC},
        {"superior": Body.COURT},
        {
            "subject": Subject.CANDIDATE_REFUSAL,
            "respondent": Body.CEC,
            "election": Election(Kind.REPEAT_VOTING, JK.election_day),
        },
    ],
)
def test_what_cannot_be_is_no_complaint(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"complaint|registered|registration|commissions|superior"):
        complaint(**changes)


@pytest.mark.parametrize("kind", Kind)
def test_whatever_can_be_filed_is_answered(kind: Kind) -> None:
    """Every election, complainant, respondent, subject and addressee that is no contradiction has its answer."""
    election = Election(kind, JK.election_day)
    answered = 0
    for respondent, subject, filed_with in product(Body, Subject, Body):
        try:
            given = complaint(election=election, respondent=respondent, subject=subject, filed_with=filed_with)
        except ValueError:
            continue
        found = review(given, LAW)
        answered += 1
        assert (found.value.treatment is Treatment.NOT_ACCEPT) is bool(found.errors)
        assert (found.value.next_instance is None) is (found.value.appeal_by is None)
    assert answered > 100


# ------------------------------------------------------------------------------------- the terms once more, naively

MOMENTS = st.datetimes(min_value=at("2020-09-25").replace(tzinfo=None), max_value=at("2020-10-08").replace(tzinfo=None))
KINDS = st.sampled_from(list(Kind))


@given(aware=MOMENTS, hours=st.integers(0, 110), kind=KINDS)
@pytest.mark.norm("L44.7", "L45.3", "L44.9")
def test_filing_terms_are_those_counted_day_by_day(aware: Any, hours: int, kind: Kind) -> None:
    election = Election(kind, JK.election_day)
    since = at(aware.isoformat())
    filed = since + timedelta(hours=hours)
    by_hours = LAW.with_readings(filing_day_count="hours")
    for subject, days in ((Subject.ACT, 2), (Subject.RESULTS, 3), (Subject.COMPLAINT_DECISION, 3)):
        term = filing_term(subject, Body.TEC, since, election, LAW)
        assert (filed < term.closes) is naive.accepted(since, filed, days)
        assert (filed.date() <= term.last) is naive.accepted(since, filed, days)
        exact = filing_term(subject, Body.TEC, since, election, by_hours)
        assert (filed < exact.closes) is naive.accepted_by_hours(since, filed, days)


@given(received=MOMENTS, verified=st.booleans(), kind=KINDS)
@pytest.mark.norm("L44.8.a", "L44.8.b", "L44.8.c", "L45.4.a", "L45.4.b", "L45.9.a", "L43.5.a", "L43.5.b", "L43.5.c")
def test_decision_terms_are_those_counted_day_by_day(received: Any, verified: bool, kind: Kind) -> None:
    election = Election(kind, JK.election_day)
    receipt = Receipt(at(received.isoformat()), verified)
    for subject in (Subject.ACT, Subject.RESULTS):
        for body in (Body.TEC, Body.CEC, Body.COURT, Body.SUPREME_COURT):
            wanted = naive.due(
                receipt.at.date(),
                election.election_day,
                results=subject is Subject.RESULTS,
                verified=verified,
                body=body.value,
            )
            assert decision_term(subject, body, receipt, election, LAW).by == wanted
    wanted = naive.answered(receipt.at.date(), election.election_day, verified=verified)
    assert answer_term(receipt, election, LAW).by == wanted
