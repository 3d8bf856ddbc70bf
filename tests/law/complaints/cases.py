"""What the tests of this chapter share: the edition, the election of 4 October 2020, facts to change, short views."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.complaints.breach import Accused, BreachReport, Liability, Reviewer
from shailoo.law.complaints.complaint import Complaint
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.parties import Body, Complainant, Subject
from shailoo.law.editions import edition
from shailoo.law.outcome import Outcome

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


def codes(found: Outcome[Any]) -> set[tuple[str, str]]:  # Any: of whatever value
    """Norm and code of every finding."""
    return {(each.norm, each.code) for each in found.findings}


def errors(found: Outcome[Any]) -> set[tuple[str, str]]:
    return {(each.norm, each.code) for each in found.errors}


def passed(found: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of every step."""
    return {(each.norm, each.code) for each in found.steps}
