"""A report of a breach of the electoral law: to whom it goes, and until when it is answered (L43.2 to L43.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import local_day
from shailoo.law.complaints.complaint import check_form
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.joining import joined
from shailoo.law.complaints.parties import MAY_COMPLAIN, Body, Complainant, Subject
from shailoo.law.complaints.terms import DecisionTerm, Receipt, answer_term, decision_term
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.complaints import CitizenObserverComplaints, WrongAddressee
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Accused(StrEnum):
    """Whose breach is reported. The first four are reserved to prosecutors."""

    EXECUTIVE_BODY = "executive_body"  # a state body of the executive
    EXECUTIVE_OFFICIAL = "executive_official"
    LOCAL_GOVERNMENT = "local_government"
    LOCAL_OFFICIAL = "local_official"  # a head of local administration too
    COMMISSION = "commission"  # its members and officials too
    CANDIDATE = "candidate"
    PARTY = "party"
    REPRESENTATIVE = "representative"
    OBSERVER = "observer"
    MEDIA = "media"
    VOTER = "voter"
    OTHER = "other"


class Liability(StrEnum):
    """Which liability the act carries, as far as it is known."""

    ADMINISTRATIVE = "administrative"
    CRIMINAL = "criminal"
    NONE = "none"


class Reviewer(StrEnum):
    """Who deals with reports of breaches."""

    PROSECUTOR = "prosecutor"
    LAW_ENFORCEMENT = "law_enforcement"
    COMMISSION = "commission"  # the competent one
    COURT = "court"


RESERVED_TO_PROSECUTORS = frozenset(
    {Accused.EXECUTIVE_BODY, Accused.EXECUTIVE_OFFICIAL, Accused.LOCAL_GOVERNMENT, Accused.LOCAL_OFFICIAL}
)
OFFICES = frozenset({Reviewer.PROSECUTOR, Reviewer.LAW_ENFORCEMENT})
ROUTES: Mapping[Liability, tuple[tuple[Reviewer, NormId], ...]] = MappingProxyType(
    {
        # the liability of an accused who is not reserved to prosecutors -> the first is shown first
        Liability.CRIMINAL: ((Reviewer.LAW_ENFORCEMENT, "L43.4.b"),),
        Liability.ADMINISTRATIVE: ((Reviewer.COMMISSION, "L43.4.d"), (Reviewer.LAW_ENFORCEMENT, "L43.4.b")),
        Liability.NONE: tuple((each, "L43.4.a") for each in Reviewer),
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the prosecutor or law enforcement body answered. Instants are of Bishkek unless they name a zone.

    `refused`: it declined to consider the report; then `reasons` and `refusal_handed_at` tell whether and when the
    reporter got the reasons. `copy_sent_at`: the copy for the competent commission. None: not known to have been done.
    """

    issued_at: datetime
    refused: bool = False
    reasons: bool | None = None
    refusal_handed_at: datetime | None = None
    copy_sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BreachReport:
    """A report of a breach, as it came in.

    `liability` is None where nobody has classed the act yet. `public_order`: it reports a breach of public order, which
    anybody may do. `received_at` is the instant of receipt, of Bishkek unless it names a zone. `grounds` and `evidence`
    (pieces attached) are None where nobody has looked yet.
    """

    election: Election
    reporter: Complainant
    accused: Accused
    liability: Liability | None
    received_by: Reviewer
    received_at: datetime
    public_order: bool = False
    additional_verification: bool = False
    grounds: bool | None = None
    evidence: int | None = None
    answer: Answer | None = None

    def __post_init__(self) -> None:
        if self.answer is not None and self.answer.issued_at < self.received_at:
            raise ValueError("a report is answered after it was received")


@dataclass(frozen=True, slots=True)
class Route:
    """Which bodies deal with a report; where there are several, the reporter chooses. Until when it is answered."""

    reviewers: tuple[Reviewer, ...]
    answer: DecisionTerm


@applies("L43.4.a", "L43.4.b", "L43.4.c", "L43.4.d", "L43.4.e", "L43.5.a", "L43.5.b", "L43.5.c", "L43.5.d", "L43.6")
def review(report: BreachReport, edition: Edition) -> Outcome[Route]:
    """Which body deals with a report of a breach - prosecutor, police, commission, court - and until when."""
    who = Outcome(None) if report.public_order else _reporter(report, edition)
    route = reviewers_of(report)
    reviewers = tuple(each for each, _norm in route.value)
    address = _address(report, route.value, edition)
    term = _term(report, edition)
    answer = _answer(report, term.value, edition)
    return joined(Route(reviewers, term.value), who, check_form(report), route, address, term, answer)


@applies("L43.4.e")
def _reporter(report: BreachReport, edition: Edition) -> Outcome[None]:
    facts: dict[str, Fact] = {"complainant": report.reporter.value}
    own_name = edition.citizen_observer_complaints is CitizenObserverComplaints.OWN_NAME
    if report.reporter in MAY_COMPLAIN or (report.reporter is Complainant.CITIZEN_OBSERVER and own_name):
        return Outcome(None, (Step("L43.4.e", "complaint_by_one_who_may", facts),))
    if report.reporter is Complainant.CITIZEN_OBSERVER:
        found = Finding("L43.4.e", "complaint_needs_the_ngo", Severity.ERROR, {}, ("reporter",))
    else:
        found = Finding("L43.4.e", "complaint_by_one_who_may_not", Severity.ERROR, facts, ("reporter",))
    return Outcome(None, findings=(found,))


@applies("L43.4.a", "L43.4.b", "L43.4.c", "L43.4.d")
def reviewers_of(report: BreachReport) -> Outcome[tuple[tuple[Reviewer, NormId], ...]]:
    """The bodies that deal with it and their norms: who is accused comes first, then public order, then liability."""
    facts: dict[str, Fact] = {"accused": report.accused.value}
    if report.accused in RESERVED_TO_PROSECUTORS:
        return Outcome(((Reviewer.PROSECUTOR, "L43.4.c"),), (Step("L43.4.c", "breach_goes_to_prosecutor", facts),))
    if report.public_order:
        return Outcome(((Reviewer.LAW_ENFORCEMENT, "L43.4.b"),), (Step("L43.4.b", "breach_of_public_order"),))
    if report.liability is None:
        found = Finding("L43.4.a", "breach_liability_unknown", Severity.WARNING, facts, ("liability",))
        return Outcome(ROUTES[Liability.ADMINISTRATIVE], findings=(found,))
    routes = ROUTES[report.liability]
    steps = tuple(Step(norm, "breach_goes_to", {"reviewer": each.value}) for each, norm in routes)
    return Outcome(routes, steps)


def _address(report: BreachReport, routes: tuple[tuple[Reviewer, NormId], ...], edition: Edition) -> Outcome[None]:
    """A report that reached another body is passed on or returned (`wrong_addressee`)."""
    if report.received_by in [each for each, _norm in routes]:
        return Outcome(None)
    facts: dict[str, Fact] = {"reviewer": report.received_by.value}
    returned = edition.wrong_addressee is WrongAddressee.RETURNED
    severity = Severity.ERROR if returned else Severity.WARNING
    return Outcome(None, findings=(Finding(routes[0][1], "breach_at_another_body", severity, facts, ("received_by",)),))


def _term(report: BreachReport, edition: Edition) -> Outcome[DecisionTerm]:
    """The term of the body that has it: L43.5 for prosecutors and police, L44.8 for commissions and courts."""
    receipt = Receipt(report.received_at, report.additional_verification)
    if report.received_by in OFFICES:
        term = answer_term(receipt, report.election, edition)
    else:
        term = decision_term(Subject.ACT, Body.CEC, receipt, report.election, edition)  # every other body has the same
    facts: dict[str, Fact] = {"decide_by": term.by}
    code = "breach_answered_at_once" if term.at_once else "breach_answered_by"
    return Outcome(term, (Step(term.norm, code, facts),))


@applies("L43.5.a", "L43.5.b", "L43.5.c", "L43.5.d", "L43.6")
def _answer(report: BreachReport, term: DecisionTerm, edition: Edition) -> Outcome[None]:
    """Whether the answer was given in its term, with a copy for the commission and reasons for a refusal."""
    answer = report.answer
    if answer is None:
        return Outcome(None)
    findings = []
    if local_day(answer.issued_at) > term.by:
        facts: dict[str, Fact] = {"answered": answer.issued_at, "decide_by": term.by}
        findings.append(Finding(term.norm, "breach_answered_late", Severity.WARNING, facts, ("answer",)))
    if report.received_by in OFFICES:
        findings += _papers(report, answer, edition)
    if findings:
        return Outcome(None, findings=tuple(findings))
    return Outcome(None, (Step(term.norm, "breach_answered_in_time", {"answered": answer.issued_at}),))


def _papers(report: BreachReport, answer: Answer, edition: Edition) -> list[Finding]:
    """What goes out at once with the answer of a prosecutor or a law enforcement body."""
    issued = answer.issued_at
    copy = report.election.term("decision_copy_to_commission", edition, decision_issue=issued)
    findings = []
    if answer.copy_sent_at is None or not copy.in_time(answer.copy_sent_at):
        facts: dict[str, Fact] = {"answered": issued}
        findings.append(Finding("L43.5.d", "breach_copy_not_sent_at_once", Severity.WARNING, facts, ("copy_sent_at",)))
    if not answer.refused:
        return findings
    handed = report.election.term("refusal_to_consider_handed_out", edition, decision_issue=issued)
    if answer.reasons is None:
        findings.append(Finding("L43.6", "breach_refusal_reasons_unknown", Severity.WARNING, {}, ("reasons",)))
    elif not answer.reasons:
        findings.append(Finding("L43.6", "breach_refusal_without_reasons", Severity.ERROR, {}, ("reasons",)))
    if answer.refusal_handed_at is None or not handed.in_time(answer.refusal_handed_at):
        facts = {"answered": issued}
        late = Finding("L43.6", "breach_refusal_not_handed_at_once", Severity.WARNING, facts, ("refusal_handed_at",))
        findings.append(late)
    return findings


class Worker(StrEnum):
    """Whose working days the election fixes."""

    COURT = "court"
    PROSECUTOR = "prosecutor"
    INTERNAL_AFFAIRS = "internal_affairs"
    BANK = "bank"  # or another institution that keeps special accounts of funds


_WORKING_DAYS: Mapping[Worker, tuple[str, NormId]] = MappingProxyType(
    {
        Worker.COURT: ("working_days_courts_police", "L43.2.a"),
        Worker.PROSECUTOR: ("working_days_courts_police", "L43.2.a"),
        Worker.INTERNAL_AFFAIRS: ("working_days_courts_police", "L43.2.a"),
        Worker.BANK: ("working_day_banks", "L43.2.b"),
    }
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """A day in question: whose, at which election, which local day."""

    election: Election
    worker: Worker
    day: date


@applies("L43.2.a", "L43.2.b")
def works(attendance: Attendance, edition: Edition) -> Outcome[bool]:
    """Whether courts, prosecutors, police or banks must work on a day of the election whatever the weekday."""
    event, norm = _WORKING_DAYS[attendance.worker]
    days = attendance.election.term(event, edition)
    bound = days.first is not None and days.last is not None and days.first <= attendance.day <= days.last
    code = "working_day_of_the_election" if bound else "no_working_day_of_the_election"
    return Outcome(bound, (Step(norm, code, {"election_worker": attendance.worker.value, "day": attendance.day}),))
