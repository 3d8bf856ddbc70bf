"""The rules of this chapter as anyone asks them: by name, from JSON; every answer can be said in three languages."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import shailoo.wording
from shailoo.law import facts, rulebook
from shailoo.law.complaints.breach import Accused, Answer, Attendance, BreachReport, Liability, Reviewer, Worker, works
from shailoo.law.complaints.breach import review as review_breach
from shailoo.law.complaints.chain import ChainStart, longest
from shailoo.law.complaints.complaint import Complaint, review
from shailoo.law.complaints.decision import Decided, Ruling, weigh
from shailoo.law.complaints.financing import Participant, Payer, Payment, Purpose, screen
from shailoo.law.complaints.inauguration import Inauguration, enter_office
from shailoo.law.complaints.liability import (
    Actor,
    Breach,
    Campaigning,
    Leave,
    Performance,
    Records,
    Refusal,
    Reported,
    Transfer,
    report,
)
from shailoo.law.complaints.parties import Body, Complainant, Subject
from shailoo.law.complaints.publication import (
    Content,
    Piece,
    Posting,
    Preliminary,
    Published,
    Requester,
    ResultsRequest,
    answer,
    follow,
)
from shailoo.law.json_reader import Faulty
from shailoo.law.outcome import Outcome
from shailoo.wording import LANGUAGES, sentences
from tests.law.complaints.cases import (
    COMPLAINT,
    JK,
    LAW,
    PRESIDENT,
    at,
    breach_report,
    cites_and_severities_hold,
    complaint,
    on_results,
)
from tests.law.complaints.test_breach import ANSWER
from tests.law.complaints.test_decision import DECIDED, RESULTS, SUPREME
from tests.law.complaints.test_inauguration import OATH
from tests.law.complaints.test_liability import DUTIES

UNFILLED = re.compile(r"[{}]|\b[a-z]+_[a-z_]+\b")
RETURNED = LAW.with_readings(wrong_addressee="returned")
NAMES = (
    "publication",
    "results-request",
    "election-payment",
    "working-day",
    "breach-report",
    "complaint",
    "complaint-chain",
    "complaint-decision",
    "liability",
    "inauguration",
)


def answers() -> Iterator[Outcome[Any]]:
    """Answers of every rule; together they hold every wording of this chapter (tested below)."""
    for given in _complaints():
        yield review(given, LAW)
        yield review(given, RETURNED)
        yield review(given, LAW.with_readings(citizen_observer_complaints="own_name"))
    for election in (JK, PRESIDENT):
        yield longest(ChainStart(election, Body.PEC, Subject.RESULTS, at("2020-10-05T02:10")), LAW)
    for filed in _reports():
        yield review_breach(filed, LAW)
    for worker in Worker:
        yield works(Attendance(JK, worker, JK.election_day), LAW)
        yield works(Attendance(JK, worker, date(2020, 10, 1)), LAW)
    for decided in _decisions():
        yield weigh(decided, LAW)
    for published in _publications():
        yield follow(published, LAW)
    for who in Requester:
        yield answer(ResultsRequest(who, 47), LAW)
        yield answer(ResultsRequest(who, 47, 46), LAW)
        yield answer(ResultsRequest(who, 47, 47), LAW)
    yield enter_office(OATH, LAW)
    yield enter_office(Inauguration(PRESIDENT, date(2020, 10, 20), date(2021, 1, 1)), LAW)
    yield enter_office(Inauguration(PRESIDENT, date(2020, 10, 20), date(2021, 1, 1), oath_on=date(2020, 12, 1)), LAW)
    yield report(_records(), LAW)
    yield from _payments()


def _complaints() -> Iterator[Complaint]:
    yield COMPLAINT
    yield from (complaint(complainant=who, filed_with=body) for who in Complainant for body in Body)
    yield complaint(respondent=Body.TEC, filed_with=Body.TEC)
    yield complaint(filed_at=at("2020-09-20"), grounds=False, evidence=0)
    yield complaint(filed_with=Body.CEC, received_at=at("2020-09-11"), grounds=None, evidence=None)
    for instant in ("2020-10-03", "2020-10-06"):
        yield complaint(since=at(instant), filed_at=at(instant))
    court = {"respondent": Body.CEC, "subject": Subject.LIST_REFUSAL, "filed_with": Body.COURT}
    yield complaint(complainant=Complainant.PARTY, filed_at=at("2020-09-13"), **court)
    for respondent in (Body.COURT, Body.SUPREME_COURT):
        supreme = {"subject": Subject.RESULTS_COMPLAINT_DECISION, "filed_with": Body.SUPREME_COURT}
        yield on_results(respondent=respondent, **supreme)
    act = {"subject": Subject.COMPLAINT_DECISION, "filed_with": Body.SUPREME_COURT}
    yield complaint(respondent=Body.COURT, **act)


def _reports() -> Iterator[BreachReport]:
    yield from (breach_report(accused=each, received_by=Reviewer.PROSECUTOR) for each in Accused)
    yield from (breach_report(accused=each, liability=None, received_by=Reviewer.COURT) for each in Accused)
    yield breach_report(liability=Liability.NONE, received_at=at("2020-10-03"), public_order=False)
    yield breach_report(public_order=True, answer=ANSWER)
    yield breach_report(answer=Answer(at("2020-10-01"), refused=True))
    yield breach_report(answer=Answer(at("2020-10-01"), refused=True, reasons=False))


def _decisions() -> Iterator[Decided]:
    yield from (DECIDED, RESULTS, SUPREME)
    yield from (replace(DECIDED, ruling=each) for each in Ruling)
    yield replace(DECIDED, subject=Subject.COMPLAINT_DECISION, respondent=Body.TEC, body=Body.CEC)
    yield replace(DECIDED, body=Body.CEC, heard_at=None, signed=None, sealed=False, handed_at=None)
    yield replace(DECIDED, issued_at=at("2020-09-20"), parties=(replace(DECIDED.parties[0], told_at=None),))
    yield replace(RESULTS, supervisory_at=at("2020-10-25"), cec_told_at=None)
    yield replace(SUPREME, cec_invited_at=None)


def _publications() -> Iterator[Published]:
    received = at("2020-10-04T22:00")
    units = tuple(Posting(each, 54, 53, at("2020-10-08")) for each in Piece if each is not Piece.PRELIMINARY)
    late = tuple(Posting(each, 1, 1, at("2021-01-01")) for each in Piece if each is not Piece.PRELIMINARY)
    done = tuple(Posting(each, 1, 1, at("2020-10-08")) for each in Piece if each is not Piece.PRELIMINARY)
    for election in (JK, PRESIDENT):
        yield Published(election, at("2020-10-05"))
        yield Published(election, at("2021-02-01"), date(2020, 10, 20), units, contents=frozenset())
        yield Published(election, at("2021-02-01"), date(2020, 10, 20), late)
        yield Published(election, at("2021-02-01"), date(2020, 10, 20), contents=frozenset(Content))
        yield Published(election, at("2021-02-01"), date(2020, 10, 20), done)
    yield Published(JK, at("2020-10-05"), preliminary=(Preliminary("1001", received, received, labelled=True),))
    yield Published(JK, at("2020-10-06"), preliminary=(Preliminary("1001", received, at("2020-10-05")),))
    unmarked = Preliminary("1001", received, received, labelled=False)
    yield Published(JK, at("2020-10-06"), preliminary=(unmarked,))


def _records() -> Records:
    return Records(
        election=JK,
        as_of=at("2020-12-01"),
        performances=(
            *(Performance(duty, "Асанов", _instant(since)) for duty, since, _over, _norm in DUTIES),
            *(Performance(duty, "Асанов", _instant(since), at("2020-12-01")) for duty, since, _over, _norm in DUTIES),
        ),
        campaigning=(Campaigning("Партия", at("2020-10-04")),),
        transfers=(Transfer("Министерство", date(2020, 9, 10)),),
        refusals=(Refusal("БШК", "Үсөнов"),),
        leaves=(Leave("Завод", granted=False),),
        reported=tuple(Reported(breach, actor, "Асанов") for breach in Breach for actor in Actor),
    )


def _instant(since: str | None) -> datetime | None:
    return None if since is None else at(since)


def _payments() -> Iterator[Outcome[Any]]:
    for payer in Payer:
        for purpose in Purpose:
            yield screen(Payment(payer, purpose, commission_expense=True, participants=frozenset()), LAW)
            yield screen(Payment(payer, purpose, commission_expense=False), LAW)
    law = LAW.with_readings(legal_entity_participants="any_legal_entity")
    barred = Payment(Payer.LOCAL_LEGAL_ENTITY, Purpose.ELECTIONS, False, frozenset(Participant))
    yield screen(barred, law)


ANSWERS = tuple(answers())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_can_be_said(language: str) -> None:
    said: list[str] = []
    for outcome in ANSWERS:
        cites_and_severities_hold(outcome)
        said += [sentences.step(step, language) for step in outcome.steps]
        said += [sentences.finding(found, language) for found in outcome.findings]
        said += [sentences.question(each, language) for each in _asked(outcome)]
    assert len(said) > 300
    assert [sentence for sentence in said if UNFILLED.search(sentence)] == []


def _asked(outcome: Outcome[Any]) -> tuple[str, ...]:
    return () if outcome.unsettled is None else (outcome.unsettled.question, *outcome.unsettled.options)


def test_the_answers_hold_every_code_of_the_chapter() -> None:
    seen = {step.code for outcome in ANSWERS for step in outcome.steps}
    seen |= {found.code for outcome in ANSWERS for found in outcome.findings}
    folder = Path(shailoo.wording.__file__).parent
    known: set[str] = set()
    for name in ("steps", "findings"):
        words = tomllib.loads((folder / name / "complaints.toml").read_text(encoding="utf-8"))
        known |= {code.partition(".")[0] for code in words}
    assert known - seen == set()


def test_every_fact_that_is_a_code_was_said() -> None:
    folder = Path(shailoo.wording.__file__).parent
    known = set(tomllib.loads((folder / "values" / "complaints.toml").read_text(encoding="utf-8")))
    said = {
        f"{name}.{value}"
        for outcome in ANSWERS
        for given in (*(step.facts for step in outcome.steps), *(found.facts for found in outcome.findings))
        for name, value in given.items()
    }
    assert known - said == set()


def test_every_answer_has_a_form_in_json() -> None:
    for outcome in ANSWERS:
        assert json.dumps(facts.as_json(outcome.value))


# ------------------------------------------------------------------------------------- by name

COMPLAINT_JSON: dict[str, Any] = {
    "election": {"kind": "jk", "election_day": "2020-10-04"},
    "complainant": "voter",
    "respondent": "pec",
    "subject": "act",
    "since": "2020-09-10T14:00",
    "filed_at": "2020-09-12T23:59",
    "filed_with": "tec",
    "grounds": True,
    "evidence": 1,
}


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_has_a_name_a_sentence_and_a_form(name: str) -> None:
    named = rulebook.rule(name)
    assert named.summary.endswith(".")
    schema = named.schema()
    assert schema["type"] == "object"
    assert schema["description"]


def test_a_complaint_is_asked_by_name() -> None:
    found = rulebook.rule("complaint").ask(json.dumps(COMPLAINT_JSON), LAW)
    assert not isinstance(found, Faulty)
    value = rulebook.printed(found, LAW)["value"]
    assert isinstance(value, dict)
    assert value["treatment"] == "accept"
    assert value["competent"] == "tec"
    assert value["decision"] == {"norm": "L44.8.a", "by": "2020-09-15", "at_once": False}
    assert (value["next_instance"], value["appeal_by"]) == ("cec", "2020-09-18")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"respondent": "akim"}, "$.respondent"),
        ({"filed_at": "2020-09-10T13:59"}, "$"),
        ({"election": {"kind": "jk"}}, "$.election.election_day"),
    ],
)
def test_facts_that_cannot_be_are_faults_of_the_document(change: dict[str, Any], path: str) -> None:
    faulty = facts.read(Complaint, json.dumps({**COMPLAINT_JSON, **change}))
    assert isinstance(faulty, Faulty)
    assert path in str(faulty)
