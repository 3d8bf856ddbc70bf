"""How long a complaint may be filed and when it is decided, by the calendar (L43.5, L44.7 to L44.9, L45.3 to L45.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from shailoo.law.calendar import Entry, local_day
from shailoo.law.calendar.terms import later, statutory
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.parties import ON_RESULTS, Body, Subject
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.complaints import FilingDayCount, ListRefusalTerm
from shailoo.law.outcome import NormId, applies


@dataclass(frozen=True, slots=True)
class FilingTerm:
    """Until when a complaint may be filed: the norm, the last local day, the first instant that is too late.

    `warned_until` is the end of a longer term that another norm gives; a filing in it stands with a warning.
    """

    norm: NormId
    last: date
    closes: datetime
    warned_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A complaint as received: at which instant, and whether its facts need additional verification."""

    at: datetime
    verification: bool = False


@dataclass(frozen=True, slots=True)
class DecisionTerm:
    """Until when a complaint is decided: the norm, the last local day, whether it is to be decided at once."""

    norm: NormId
    by: date
    at_once: bool = False


_FILING: Mapping[Subject, tuple[str, str, NormId]] = MappingProxyType(
    {
        # subject -> event of the calendar, its anchor, the norm
        Subject.ACT: ("complaint_filed", "awareness_of_violation", "L44.7"),
        Subject.RESULTS: ("results_complaint_filed", "determination_of_results", "L45.3"),
        Subject.COMPLAINT_DECISION: ("appeal_filed", "decision_issue", "L44.9"),
        Subject.RESULTS_COMPLAINT_DECISION: ("appeal_filed", "decision_issue", "L45.5"),
        Subject.CANDIDATE_REFUSAL: ("refusal_appeal_presidential", "decision_issue", "L53.8.b"),
        Subject.LIST_REFUSAL: ("complaint_filed", "awareness_of_violation", "L44.7"),
    }
)
_OF_COURT_ON_RESULTS = "L45.8"


@applies("L44.7", "L44.9", "L45.3", "L45.5", "L45.8", "L44.12.a", "L45.10.a")
def filing_term(
    subject: Subject, respondent: Body, since: datetime, election: Election, edition: Edition
) -> FilingTerm:
    """The term for filing, from the instant `since`: awareness, determination of the results, issue of the decision.

    A last day that is a day off is not moved, and nothing restores a term. `filing_day_count` says whether days are
    calendar days or run from the minute.
    """
    event, anchor, norm = _FILING[subject]
    if subject is Subject.LIST_REFUSAL:
        return _list_refusal(since, election, edition)
    if subject is Subject.RESULTS_COMPLAINT_DECISION and respondent is Body.COURT:
        norm = _OF_COURT_ON_RESULTS
    return _filing(election.term(event, edition, **{anchor: since}), norm, since, edition)


def _list_refusal(since: datetime, election: Election, edition: Edition) -> FilingTerm:
    """L61.9 names no term: two days (L44.7), three (L44.9), or the shorter with a warning until the longer."""
    shorter = _filing(election.term("complaint_filed", edition, awareness_of_violation=since), "L44.7", since, edition)
    longer = _filing(election.term("appeal_filed", edition, decision_issue=since), "L44.9", since, edition)
    match edition.list_refusal_term:
        case ListRefusalTerm.TWO_DAYS:
            return shorter
        case ListRefusalTerm.THREE_DAYS:
            return longer
        case ListRefusalTerm.TWO_DAYS_THREE_WITH_WARNING:
            return FilingTerm(shorter.norm, shorter.last, shorter.closes, warned_until=longer.closes)


def _filing(term: Entry, norm: NormId, since: datetime, edition: Edition) -> FilingTerm:
    closes = term.closes
    if edition.filing_day_count is FilingDayCount.HOURS:
        closes = later(since, statutory(term.event, edition))
    if closes is None:
        raise ValueError(f"{term.id} has no end")  # every term of _FILING has one: its anchor is given
    return FilingTerm(norm, local_day(closes - timedelta(seconds=1)), closes)


@applies("L44.8.a", "L44.8.b", "L44.8.c", "L45.4.a", "L45.4.b", "L45.9.a")
def decision_term(subject: Subject, body: Body, receipt: Receipt, election: Election, edition: Edition) -> DecisionTerm:
    """Until when a commission or a court decides a complaint that it received.

    Verification lengthens nothing on the election day and its eve, nor before the Supreme Court on results, which has a
    term of its own.
    """
    if subject in ON_RESULTS:
        if body is Body.SUPREME_COURT:
            return DecisionTerm("L45.9.a", election.last_day("supreme_court_review", edition, appeal_filing=receipt.at))
        event = "results_complaint_decided_investigation" if receipt.verification else "results_complaint_decided"
        norm = "L45.4.b" if receipt.verification else "L45.4.a"
        return DecisionTerm(norm, election.last_day(event, edition, complaint_receipt=receipt.at))
    if election.on_the_eve(local_day(receipt.at), edition):
        return _at_once("L44.8.b", receipt, election, edition)
    event = "complaint_decided_verification" if receipt.verification else "complaint_decided"
    norm = "L44.8.c" if receipt.verification else "L44.8.a"
    return DecisionTerm(norm, election.last_day(event, edition, complaint_receipt=receipt.at))


@applies("L43.5.a", "L43.5.b", "L43.5.c")
def answer_term(receipt: Receipt, election: Election, edition: Edition) -> DecisionTerm:
    """Until when a prosecutor or a law enforcement body answers a complaint that it received."""
    if election.on_the_eve(local_day(receipt.at), edition):
        return _at_once("L43.5.b", receipt, election, edition)
    event = "complaint_decided_prosecutor_investigation" if receipt.verification else "complaint_decided_prosecutor"
    norm = "L43.5.c" if receipt.verification else "L43.5.a"
    return DecisionTerm(norm, election.last_day(event, edition, complaint_receipt=receipt.at))


def _at_once(norm: NormId, receipt: Receipt, election: Election, edition: Edition) -> DecisionTerm:
    day = election.last_day("complaint_decided_e_minus_1_and_e", edition, complaint_receipt=receipt.at)
    return DecisionTerm(norm, day, at_once=True)
