"""What a commission or a court decided on a complaint: in time, in due form, and what follows (L44.3 to L45.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import local_day
from shailoo.law.complaints.complaint import goes_to
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.joining import joined
from shailoo.law.complaints.parties import APPEALS, COURTS, ON_RESULTS, Body, Subject
from shailoo.law.complaints.terms import Receipt, decision_term, filing_term
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Ruling(StrEnum):
    """How a body decided."""

    SATISFIED = "satisfied"  # the act is unlawful and cancelled; a decision below is cancelled and the case decided
    DISMISSED = "dismissed"  # the act is lawful; a decision below is upheld
    REMITTED = "remitted"  # cancelled and sent back for another decision: the law knows no such ruling


class Fate(StrEnum):
    """What becomes of what was complained about."""

    STANDS = "stands"
    CANCELLED = "cancelled"
    RESULTS_CANCELLED = "results_cancelled"  # the CEC's determination; the election is invalid (L37.6.2)


class Execution(StrEnum):
    """Whether the CEC carries out the decision."""

    DUE = "due"
    SUSPENDED = "suspended"  # until the Supreme Court has decided


@dataclass(frozen=True, slots=True)
class Party:
    """A concerned party or its representative: when told of date, time and place of the hearing, None if never."""

    name: str
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on a complaint. Instants are of Bishkek unless they name a zone; None: not known to have been done.

    `respondent` is whose act it was, `body` who decided. `handed_at`: when the claimant had the written decision.
    `cec_told_at` is asked of courts, `cec_invited_at` of the Supreme Court. `supervisory_at`: when somebody complained
    to the Supreme Court about this decision.
    """

    election: Election
    subject: Subject
    respondent: Body
    body: Body
    received_at: datetime
    issued_at: datetime
    ruling: Ruling
    additional_verification: bool = False
    parties: tuple[Party, ...] = ()
    heard_at: datetime | None = None
    signed: bool | None = None
    sealed: bool | None = None
    handed_at: datetime | None = None
    cec_told_at: datetime | None = None
    cec_invited_at: datetime | None = None
    supervisory_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.issued_at < self.received_at:
            raise ValueError("a complaint is decided after it was received")
        if self.supervisory_at is not None and self.supervisory_at < self.issued_at:
            raise ValueError("a decision is complained about after it was issued")
        if self.body in (Body.PROSECUTOR, Body.LAW_ENFORCEMENT):
            raise ValueError("Articles 44 and 45 are about commissions and courts")

    @property
    def on_results(self) -> bool:
        return self.subject in ON_RESULTS


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from a decision. `in_effect_from` is a local day, None where the law names none (commissions)."""

    fate: Fate
    in_effect_from: date | None
    final: bool
    execution: Execution


@applies("L44.3.a", "L44.8.d", "L44.10", "L44.11.a", "L44.11.b")
@applies("L45.4.c", "L45.6", "L45.7.a", "L45.7.c", "L45.7.d", "L45.9.b", "L45.9.e")
def weigh(decided: Decided, edition: Edition) -> Outcome[Effect]:
    """Whether a decision on a complaint was taken in time and form, what it does, and whether it is final."""
    fate = _fate(decided)
    force = _force(decided)
    execution = _execution(decided, edition)
    effect = Effect(fate.value, force.value, decided.body is Body.SUPREME_COURT, execution.value)
    return joined(
        effect,
        _competence(decided),
        _hearing(decided),
        _term(decided, edition),
        _paper(decided, edition),
        _told(decided, edition),
        fate,
        force,
        execution,
    )


def _competence(decided: Decided) -> Outcome[None]:
    """Only the next instance above decides."""
    route = _route(decided)
    if route is None:
        norm = "L45.9.e" if decided.on_results else "L44.6.c"
        final = Finding(norm, "complaint_about_a_final_decision", Severity.ERROR, {}, ("respondent",))
        return Outcome(None, findings=(final,))
    if route[0] is not decided.body:
        facts: dict[str, Fact] = {"complaint_body": route[0].value}
        return Outcome(
            None, findings=(Finding(route[1], "decision_of_another_body", Severity.ERROR, facts, ("body",)),)
        )
    return Outcome(None)


def _route(decided: Decided) -> tuple[Body, NormId] | None:
    """The body that had to decide and its norm; for a precinct abroad the CEC may have named a TEC."""
    return goes_to(decided.subject, decided.respondent, Body.TEC if decided.body is Body.TEC else None)


@applies("L44.3.a")
def _hearing(decided: Decided) -> Outcome[None]:
    """Every concerned party was told of the hearing before it was held."""
    if decided.heard_at is None or not decided.parties:
        found = Finding("L44.3.a", "hearing_not_known", Severity.WARNING, {}, ("heard_at", "parties"))
        return Outcome(None, findings=(found,))
    late = [each for each in decided.parties if each.told_at is None or each.told_at >= decided.heard_at]
    findings = tuple(
        Finding("L44.3.a", "party_not_told_of_hearing", Severity.WARNING, {"party": each.name}, ("parties",))
        for each in late
    )
    steps = () if late else (Step("L44.3.a", "parties_told_of_hearing", {"parties": len(decided.parties)}),)
    return Outcome(None, steps, findings)


def _term(decided: Decided, edition: Edition) -> Outcome[None]:
    receipt = Receipt(decided.received_at, decided.additional_verification)
    term = decision_term(decided.subject, decided.body, receipt, decided.election, edition)
    facts: dict[str, Fact] = {"issued": decided.issued_at, "decide_by": term.by}
    if local_day(decided.issued_at) > term.by:
        found = Finding(term.norm, "complaint_decided_late", Severity.WARNING, facts, ("issued_at",))
        return Outcome(None, findings=(found,))
    return Outcome(None, (Step(term.norm, "complaint_decided_in_time", facts),))


@applies("L44.8.d", "L45.4.c")
def _paper(decided: Decided, edition: Edition) -> Outcome[None]:
    """Written, signed, sealed, and in the claimant's hands at once."""
    norm = "L45.4.c" if decided.on_results else "L44.8.d"
    handing = decided.election.term("complaint_decision_handed_out", edition, decision_issue=decided.issued_at)
    findings = [
        Finding(norm, "decision_form_not_shown", Severity.WARNING, {"decision_part": name}, (name,))
        for name in ("signed", "sealed")
        if not getattr(decided, name)
    ]
    if decided.handed_at is None or not handing.in_time(decided.handed_at):
        facts: dict[str, Fact] = {"issued": decided.issued_at}
        findings.append(Finding(norm, "decision_not_handed_at_once", Severity.WARNING, facts, ("handed_at",)))
    if findings:
        return Outcome(None, findings=tuple(findings))
    return Outcome(None, (Step(norm, "decision_handed_at_once", {"issued": decided.issued_at}),))


@applies("L45.7.c", "L45.9.b")
def _told(decided: Decided, edition: Edition) -> Outcome[None]:
    """On results the CEC learns of a court's decision at once, and is invited to the Supreme Court."""
    if not decided.on_results or decided.body not in COURTS:
        return Outcome(None)
    findings = []
    telling = decided.election.term("complaint_decision_handed_out", edition, decision_issue=decided.issued_at)
    if decided.cec_told_at is None or not telling.in_time(decided.cec_told_at):
        facts: dict[str, Fact] = {"issued": decided.issued_at}
        findings.append(Finding("L45.7.c", "cec_not_told_at_once", Severity.WARNING, facts, ("cec_told_at",)))
    if decided.body is Body.SUPREME_COURT and (
        decided.cec_invited_at is None or decided.cec_invited_at >= (decided.heard_at or decided.issued_at)
    ):
        findings.append(Finding("L45.9.b", "cec_not_invited", Severity.WARNING, {}, ("cec_invited_at",)))
    if findings:
        return Outcome(None, findings=tuple(findings))
    return Outcome(None, (Step("L45.7.c", "cec_told_at_once", {"issued": decided.issued_at}),))


_OF_COURT: Mapping[Ruling, NormId] = MappingProxyType({Ruling.SATISFIED: "L44.11.a", Ruling.DISMISSED: "L44.11.b"})


@applies("L44.10", "L44.11.a", "L44.11.b", "L45.6")
def _fate(decided: Decided) -> Outcome[Fate]:
    """What becomes of the act; the superior body decides itself and never sends a case back."""
    if decided.ruling is Ruling.REMITTED:
        found = Finding("L44.10", "complaint_sent_back", Severity.ERROR, {}, ("ruling",))
        return Outcome(Fate.STANDS, findings=(found,))
    satisfied = decided.ruling is Ruling.SATISFIED
    if satisfied and decided.subject is Subject.RESULTS and decided.body is Body.COURT:
        return Outcome(Fate.RESULTS_CANCELLED, (Step("L45.6", "results_cancelled_by_court"),))
    fate = Fate.CANCELLED if satisfied else Fate.STANDS
    if decided.respondent is Body.CEC and decided.body is Body.COURT and not decided.on_results:
        return Outcome(fate, (Step(_OF_COURT[decided.ruling], "complaint_ruling", {"fate": fate.value}),))
    if decided.subject in APPEALS:
        return Outcome(fate, (Step("L44.10", "complaint_ruling_on_appeal", {"fate": fate.value}),))
    route = _route(decided)
    norm = route[1] if route else "L44.1.a"
    return Outcome(fate, (Step(norm, "complaint_ruling", {"fate": fate.value}),))


@applies("L45.7.a", "L45.9.e", "L44.6.c")
def _force(decided: Decided) -> Outcome[date | None]:
    """From when it is in effect: a court's decision on results on the day of its issue."""
    if decided.body not in COURTS:
        return Outcome(None)
    day = local_day(decided.issued_at)
    if decided.body is Body.SUPREME_COURT:
        norm = "L45.9.e" if decided.on_results else "L44.6.c"
        return Outcome(day if decided.on_results else None, (Step(norm, "decision_is_final", {"day": day}),))
    if not decided.on_results:
        return Outcome(None)
    return Outcome(day, (Step("L45.7.a", "decision_in_effect", {"day": day}),))


@applies("L45.7.d")
def _execution(decided: Decided, edition: Edition) -> Outcome[Execution]:
    """A complaint to the Supreme Court in due time suspends what the CEC has to carry out."""
    if decided.supervisory_at is None or decided.body is not Body.COURT or not decided.on_results:
        return Outcome(Execution.DUE)
    again = Subject.RESULTS_COMPLAINT_DECISION
    term = filing_term(again, Body.COURT, decided.issued_at, decided.election, edition)
    facts: dict[str, Fact] = {"filed": decided.supervisory_at, "last": term.last}
    if decided.supervisory_at < term.closes:
        return Outcome(Execution.SUSPENDED, (Step("L45.7.d", "execution_suspended", facts),))
    found = Finding("L45.10.b", "complaint_too_late", Severity.ERROR, facts, ("supervisory_at",))
    return Outcome(Execution.DUE, findings=(found,))
