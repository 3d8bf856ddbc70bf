"""Art. 44.3, 44.8, 44.10, 44.11, 45.4, 45.6, 45.7, 45.9: a decision on a complaint, its form and what it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shailoo.law.complaints.decision import Decided, Effect, Execution, Fate, Party, Ruling, weigh
from shailoo.law.complaints.parties import Body, Subject
from shailoo.law.outcome import Outcome
from tests.law.complaints.cases import JK, LAW, at, codes, errors, passed

ISSUED = at("2020-09-13T16:00")
DECIDED = Decided(
    election=JK,
    subject=Subject.ACT,
    respondent=Body.PEC,
    body=Body.TEC,
    received_at=at("2020-09-10T15:00"),
    issued_at=ISSUED,
    ruling=Ruling.SATISFIED,
    parties=(Party("Асанов", at("2020-09-12T10:00")), Party("Комиссия", at("2020-09-12T10:00"))),
    heard_at=at("2020-09-13T10:00"),
    signed=True,
    sealed=True,
    handed_at=at("2020-09-13T18:00"),
)
RESULTS = replace(
    DECIDED,
    subject=Subject.RESULTS,
    respondent=Body.CEC,
    body=Body.COURT,
    received_at=at("2020-10-21T15:00"),
    parties=(Party("Асанов", at("2020-10-22T10:00")),),
    heard_at=at("2020-10-23T10:00"),
    issued_at=at("2020-10-24T16:00"),
    handed_at=at("2020-10-24T18:00"),
    cec_told_at=at("2020-10-24T18:00"),
)
SUPREME = replace(
    RESULTS,
    subject=Subject.RESULTS_COMPLAINT_DECISION,
    respondent=Body.COURT,
    body=Body.SUPREME_COURT,
    ruling=Ruling.DISMISSED,
    cec_invited_at=at("2020-10-22T10:00"),
)


def weighed(given: Decided, **changes: Any) -> Outcome[Effect]:
    return weigh(replace(given, **changes), LAW)


@pytest.mark.parametrize("given", [DECIDED, RESULTS, SUPREME], ids=["tec", "court", "supreme_court"])
def test_a_decision_in_time_and_form_has_no_findings(given: Decided) -> None:
    assert weigh(given, LAW).findings == ()


def test_only_the_next_instance_decides() -> None:
    assert errors(weighed(DECIDED, body=Body.CEC)) == {("L44.4", "decision_of_another_body")}
    assert weighed(DECIDED, respondent=Body.PEC_ABROAD).findings == ()
    assert weighed(DECIDED, respondent=Body.PEC_ABROAD, body=Body.CEC).findings == ()


@pytest.mark.norm("L44.6.c", "L45.9.e")
@pytest.mark.parametrize(
    ("subject", "norm"),
    [(Subject.COMPLAINT_DECISION, "L44.6.c"), (Subject.RESULTS_COMPLAINT_DECISION, "L45.9.e")],
)
def test_nobody_decides_on_what_the_supreme_court_decided(subject: Subject, norm: str) -> None:
    found = weighed(SUPREME, subject=subject, respondent=Body.SUPREME_COURT)
    assert errors(found) == {(norm, "complaint_about_a_final_decision")}


def test_a_courts_decision_on_an_act_is_told_to_nobody_but_the_parties() -> None:
    of_act = weighed(DECIDED, respondent=Body.CEC, body=Body.COURT)
    assert of_act.findings == ()
    assert of_act.value.in_effect_from is None
    by_commission = weighed(RESULTS, respondent=Body.PEC, body=Body.TEC, cec_told_at=None)
    assert by_commission.value.in_effect_from is None


@pytest.mark.norm("L44.3.a")
def test_every_party_is_told_before_the_hearing() -> None:
    told = ("L44.3.a", "parties_told_of_hearing")
    assert told in passed(weigh(DECIDED, LAW))
    for instant in (None, at("2020-09-13T10:00")):
        late = weighed(DECIDED, parties=(DECIDED.parties[0], Party("Комиссия", instant)))
        assert codes(late) == {("L44.3.a", "party_not_told_of_hearing")}
        assert told not in passed(late)
    assert weighed(DECIDED, parties=(Party("Асанов", at("2020-09-13T09:59")),)).findings == ()
    assert codes(weighed(DECIDED, heard_at=None)) == {("L44.3.a", "hearing_not_known")}
    assert codes(weighed(DECIDED, parties=())) == {("L44.3.a", "hearing_not_known")}


@pytest.mark.norm("L44.8.a", "L44.8.c")
def test_a_decision_after_its_term_is_late() -> None:
    midnight = at("2020-09-14T00:00")
    assert codes(weighed(DECIDED, issued_at=midnight, handed_at=midnight)) == {("L44.8.a", "complaint_decided_late")}
    verified = weighed(DECIDED, issued_at=midnight, handed_at=midnight, additional_verification=True)
    assert ("L44.8.c", "complaint_decided_in_time") in passed(verified)


@pytest.mark.norm("L44.8.d", "L45.4.c")
@pytest.mark.parametrize(("given", "norm"), [(DECIDED, "L44.8.d"), (RESULTS, "L45.4.c")], ids=["act", "results"])
def test_it_is_signed_sealed_and_handed_out_at_once(given: Decided, norm: str) -> None:
    assert (norm, "decision_handed_at_once") in passed(weigh(given, LAW))
    for part in ("signed", "sealed"):
        for known in (False, None):
            assert codes(weighed(given, **{part: known})) == {(norm, "decision_form_not_shown")}
    day = given.issued_at.date()
    assert weighed(given, handed_at=at(f"{day}T23:59")).findings == ()
    for handed in (None, at(f"{day.replace(day=day.day + 1)}T00:00")):
        assert codes(weighed(given, handed_at=handed)) == {(norm, "decision_not_handed_at_once")}


@pytest.mark.norm("L45.7.c")
def test_the_cec_learns_of_a_courts_decision_at_once() -> None:
    assert ("L45.7.c", "cec_told_at_once") in passed(weigh(RESULTS, LAW))
    for told in (None, at("2020-10-25T00:00")):
        assert codes(weighed(RESULTS, cec_told_at=told)) == {("L45.7.c", "cec_not_told_at_once")}


@pytest.mark.norm("L45.9.b")
def test_the_supreme_court_invites_the_cec() -> None:
    for invited in (None, SUPREME.heard_at):
        assert codes(weighed(SUPREME, cec_invited_at=invited)) == {("L45.9.b", "cec_not_invited")}
    assert codes(weighed(SUPREME, heard_at=None, cec_invited_at=SUPREME.issued_at)) == {
        ("L44.3.a", "hearing_not_known"),
        ("L45.9.b", "cec_not_invited"),
    }
    assert weighed(RESULTS, cec_invited_at=None).findings == ()


# ------------------------------------------------------------------------------------- what it does


@pytest.mark.norm("L44.10")
def test_the_superior_body_never_sends_a_case_back() -> None:
    appeal = replace(DECIDED, subject=Subject.COMPLAINT_DECISION, respondent=Body.TEC, body=Body.CEC)
    assert errors(weighed(appeal, ruling=Ruling.REMITTED)) == {("L44.10", "complaint_sent_back")}
    for ruling, fate in ((Ruling.SATISFIED, Fate.CANCELLED), (Ruling.DISMISSED, Fate.STANDS)):
        found = weighed(appeal, ruling=ruling)
        assert found.value.fate is fate
        assert ("L44.10", "complaint_ruling_on_appeal") in passed(found)


@pytest.mark.norm("L44.11.a", "L44.11.b")
@pytest.mark.parametrize(
    ("ruling", "fate", "norm"),
    [(Ruling.SATISFIED, Fate.CANCELLED, "L44.11.a"), (Ruling.DISMISSED, Fate.STANDS, "L44.11.b")],
)
def test_a_court_cancels_the_cecs_decision_or_lets_it_stand(ruling: Ruling, fate: Fate, norm: str) -> None:
    found = weighed(DECIDED, respondent=Body.CEC, body=Body.COURT, ruling=ruling)
    assert found.value.fate is fate
    assert (norm, "complaint_ruling") in passed(found)
    below = weighed(DECIDED, ruling=ruling)
    assert below.value.fate is fate
    assert ("L44.4", "complaint_ruling") in passed(below)


@pytest.mark.norm("L45.6")
def test_a_court_cancels_the_determination() -> None:
    assert weigh(RESULTS, LAW).value.fate is Fate.RESULTS_CANCELLED
    assert ("L45.6", "results_cancelled_by_court") in passed(weigh(RESULTS, LAW))
    dismissed = weighed(RESULTS, ruling=Ruling.DISMISSED)
    assert dismissed.value.fate is Fate.STANDS
    assert ("L45.2.c", "complaint_ruling") in passed(dismissed)
    commission = replace(RESULTS, respondent=Body.PEC, body=Body.TEC, cec_told_at=None)
    assert weigh(commission, LAW).value.fate is Fate.CANCELLED
    assert ("L45.2.a", "complaint_ruling") in passed(weigh(commission, LAW))


@pytest.mark.norm("L45.7.a", "L45.9.e", "L44.6.c")
def test_from_when_it_is_in_effect_and_whether_it_is_final() -> None:
    day = date(2020, 10, 24)
    court, supreme = weigh(RESULTS, LAW), weigh(SUPREME, LAW)
    assert (court.value.in_effect_from, court.value.final) == (day, False)
    assert ("L45.7.a", "decision_in_effect") in passed(court)
    assert (supreme.value.in_effect_from, supreme.value.final) == (day, True)
    assert ("L45.9.e", "decision_is_final") in passed(supreme)
    of_act = weighed(SUPREME, subject=Subject.COMPLAINT_DECISION)
    assert of_act.value.final
    assert of_act.value.in_effect_from is None
    assert ("L44.6.c", "decision_is_final") in passed(of_act)
    assert weigh(DECIDED, LAW).value.in_effect_from is None


@pytest.mark.norm("L45.7.d")
def test_a_complaint_to_the_supreme_court_in_time_suspends_execution() -> None:
    in_time = weighed(RESULTS, supervisory_at=at("2020-10-27T23:59"))
    assert in_time.value.execution is Execution.SUSPENDED
    assert ("L45.7.d", "execution_suspended") in passed(in_time)
    late = weighed(RESULTS, supervisory_at=at("2020-10-28T00:00"))
    assert late.value.execution is Execution.DUE
    assert errors(late) == {("L45.10.b", "complaint_too_late")}
    assert weigh(RESULTS, LAW).value.execution is Execution.DUE
    for other in (SUPREME, replace(DECIDED, respondent=Body.CEC, body=Body.COURT)):
        assert weighed(other, supervisory_at=other.issued_at).value.execution is Execution.DUE


@pytest.mark.parametrize(
    "changes",
    [
        {"issued_at": at("2020-09-10T14:59")},
        {"supervisory_at": at("2020-09-13T15:59")},
        {"body": Body.PROSECUTOR},
    ],
)
def test_what_cannot_be_is_no_decision(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"decided after|complained about after|commissions and courts"):
        replace(DECIDED, **changes)
