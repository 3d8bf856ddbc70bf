"""The longest way of a complaint: from an act through every instance to a decision that is final (L44, L45)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shailoo.law.calendar import local_day, start_of
from shailoo.law.complaints.complaint import goes_to, issued_on, require_subject
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.parties import ON_RESULTS, Body, Subject
from shailoo.law.complaints.terms import DecisionTerm, Receipt, decision_term, filing_term
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class ChainStart:
    """Where a chain of complaints begins: whose act, about what, and the instant that the first term runs from.

    The instant is that of `Complaint.since`; it is of Bishkek unless it names a zone. `superior` is the commission that
    the CEC named for a precinct abroad.
    """

    election: Election
    respondent: Body
    subject: Subject
    since: datetime
    superior: Body | None = None

    def __post_init__(self) -> None:
        if self.respondent in (Body.PROSECUTOR, Body.LAW_ENFORCEMENT, Body.SUPREME_COURT):
            raise ValueError("a chain begins at a commission or at a court of first instance")
        if self.superior not in (None, Body.TEC, Body.CEC):
            raise ValueError("the superior of a precinct abroad is a TEC or the CEC")
        require_subject(self.subject, self.respondent, self.election)


@dataclass(frozen=True, slots=True)
class Link:
    """One instance: the body, the day of filing that makes the chain longest, the last day for filing and deciding."""

    body: Body
    filed_on: date
    file_by: date
    decide_by: date
    filing: NormId
    decision: NormId


@dataclass(frozen=True, slots=True)
class Chain:
    """Every instance in its order, and the local day on which the last decision is final at the latest."""

    links: tuple[Link, ...]
    final_on: date


@applies("L45.3", "L45.4.b", "L45.5", "L45.8", "L45.9.a", "L44.7", "L44.8.c", "L44.9", "L55.3")
def longest(start: ChainStart, edition: Edition) -> Outcome[Chain]:
    """The longest chain of complaints from an act to a final decision, with the last day of each instance."""
    links = tuple(_links(start, edition))
    chain = Chain(links, links[-1].decide_by)
    steps = tuple(step for link in links for step in _steps(link))
    beside = _determination(start, chain, edition)
    return Outcome(chain, (*steps, *beside.steps), beside.findings)


def _links(start: ChainStart, edition: Edition) -> Iterator[Link]:
    """Each body takes its longest term, and each complaint comes on the day that makes the decision latest."""
    subject, respondent, since = start.subject, start.respondent, start.since
    again = Subject.RESULTS_COMPLAINT_DECISION if subject in ON_RESULTS else Subject.COMPLAINT_DECISION
    while (route := goes_to(subject, respondent, start.superior)) is not None:
        body = route[0]
        term = filing_term(subject, respondent, since, start.election, edition)
        filed, decided = _latest(subject, body, _days(local_day(since), term.last), start.election, edition)
        yield Link(body, filed, term.last, decided.by, term.norm, decided.norm)
        subject, respondent, since = again, body, issued_on(decided.by)


def _latest(
    subject: Subject, body: Body, days: Sequence[date], election: Election, edition: Edition
) -> tuple[date, DecisionTerm]:
    """The day of filing whose decision comes latest. On the eve it comes at once, so that a day before can be later."""
    choices: list[tuple[date, DecisionTerm]] = []
    for day in reversed(days):
        decided = decision_term(subject, body, Receipt(start_of(day), verification=True), election, edition)
        choices.append((day, decided))
        if not decided.at_once:
            break  # filed on an earlier day, it is decided earlier
    return max(choices, key=lambda choice: choice[1].by)


def _days(first: date, last: date) -> Sequence[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _steps(link: Link) -> Iterator[Step]:
    facts: dict[str, Fact] = {"complaint_body": link.body.value, "filed_on": link.filed_on, "last": link.file_by}
    yield Step(link.filing, "chain_filed", facts)
    yield Step(link.decision, "chain_decided", {"complaint_body": link.body.value, "decide_by": link.decide_by})


def _determination(start: ChainStart, chain: Chain, edition: Edition) -> Outcome[None]:
    """Beside the term for the election's result: the President's waits for the court, the Jogorku Kenesh's does not."""
    last = start.election.term("determination_of_results", edition).last
    if start.subject not in ON_RESULTS or last is None or chain.final_on <= last:
        return Outcome(None)
    facts: dict[str, Fact] = {"final_on": chain.final_on, "last": last}
    if start.election.presidential:
        return Outcome(None, (Step("L55.3", "chain_suspends_determination", facts),))
    return Outcome(None, findings=(Finding("L37.1.a", "chain_passes_determination", Severity.WARNING, facts),))
