"""What the tests of this chapter share: the edition, the election of 4 October 2020, facts to change, short views."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.complaints.breach import Accused, BreachReport, Liability, Reviewer
from shailoo.law.complaints.complaint import Complaint
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.parties import Body, Complainant, Subject
from shailoo.law.editions import edition
from shailoo.law.outcome import Finding, Outcome, Severity, Step

LAW = edition("2020-06-30")
JK = Election(Kind.JK, date(2020, 10, 4))
PRESIDENT = Election(Kind.PRESIDENTIAL, date(2020, 10, 4))


def at(text: str) -> datetime:
    """An instant of Bishkek, "2020-09-10T14:00"; of a day alone its noon."""
    found = datetime.fromisoformat(text if "T" in text else f"{text}T12:00")
    return found.replace(tzinfo=BISHKEK)


AWARE = at("2020-09-10T14:00")
COMPLAINT = Complaint(
    election=JK,
    complainant=Complainant.VOTER,
    respondent=Body.PEC,
    subject=Subject.ACT,
    since=AWARE,
    filed_at=AWARE + timedelta(hours=1),
    filed_with=Body.TEC,
    grounds=True,
    evidence=2,
)
REPORT = BreachReport(
    election=JK,
    reporter=Complainant.VOTER,
    accused=Accused.CANDIDATE,
    liability=Liability.CRIMINAL,
    received_by=Reviewer.LAW_ENFORCEMENT,
    received_at=at("2020-09-20T10:00"),
    grounds=True,
    evidence=1,
)


def complaint(**changes: Any) -> Complaint:  # Any: fields of a complaint
    return replace(COMPLAINT, **changes)


def on_results(**changes: Any) -> Complaint:  # Any: fields of a complaint
    """A candidate's complaint about a precinct's results, signed on 5 October at 02:10."""
    signed = at("2020-10-05T02:10")
    facts: dict[str, Any] = {
        "complainant": Complainant.CANDIDATE,
        "subject": Subject.RESULTS,
        "since": signed,
        "filed_at": signed + timedelta(hours=6),
    }
    return replace(COMPLAINT, **(facts | changes))


def breach_report(**changes: Any) -> BreachReport:  # Any: fields of a report
    return replace(REPORT, **changes)


EXPLAINED = frozenset(
    {
        # findings that must be explained and stop nothing; every other one stops the act
        "breach_answered_late",
        "breach_copy_not_sent_at_once",
        "breach_liability_unknown",
        "breach_refusal_not_handed_at_once",
        "breach_refusal_reasons_unknown",
        "campaigning_in_silence",
        "cec_not_invited",
        "cec_not_told_at_once",
        "chain_passes_determination",
        "complaint_at_another_body",
        "complaint_decided_late",
        "complaint_form_unknown",
        "complaint_forwarded_late",
        "complaint_in_the_longer_term",
        "complaint_without_evidence",
        "complaint_without_grounds",
        "decision_form_not_shown",
        "decision_not_handed_at_once",
        "duty_done_late",
        "duty_not_done",
        "hearing_not_known",
        "leave_refused",
        "liability_of_others",
        "oath_late",
        "oath_overdue",
        "oath_without_deputies",
        "party_not_told_of_hearing",
        "payer_participants_unknown",
        "preliminary_label_not_known",
        "preliminary_not_at_once",
        "publication_contents_not_known",
        "published_late",
        "refusal_without_ground",
        "results_not_for_this_requester",
        "transfer_delayed",
    }
)
BY_THE_FACTS = frozenset(
    {
        # a warning where it is not known, or by the reading taken; their tests show both
        "breach_at_another_body",
    }
)


CITED: dict[str, frozenset[str]] = {
    code: frozenset(norms.split())
    for norms, codes in yaml.safe_load((Path(__file__).parent / "cited.yaml").read_text(encoding="utf-8")).items()
    for code in codes
}


def cites_and_severities_hold(outcome: Outcome[Any]) -> None:  # Any: of whatever value
    """The norm of every finding and step that a test looks at; what stops an act and what only warns."""
    everything: tuple[Finding | Step, ...] = (*outcome.findings, *outcome.steps)
    for said in everything:
        assert said.norm in CITED.get(said.code, {said.norm}), said
    for each in outcome.findings:
        if each.code not in BY_THE_FACTS:
            assert (each.severity is Severity.WARNING) is (each.code in EXPLAINED), each


def codes(found: Outcome[Any]) -> set[tuple[str, str]]:  # Any: of whatever value
    """Norm and code of every finding."""
    cites_and_severities_hold(found)
    return {(each.norm, each.code) for each in found.findings}


def errors(found: Outcome[Any]) -> set[tuple[str, str]]:
    cites_and_severities_hold(found)
    return {(each.norm, each.code) for each in found.errors}


def passed(found: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of every step."""
    cites_and_severities_hold(found)
    return {(each.norm, each.code) for each in found.steps}
