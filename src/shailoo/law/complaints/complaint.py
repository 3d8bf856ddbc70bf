"""One complaint about a commission or a court: who may file it, where, until when, and what comes after (L44, L45)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from shailoo.law.calendar import Kind, end_of, local_day
from shailoo.law.complaints.election import Election
from shailoo.law.complaints.joining import joined
from shailoo.law.complaints.parties import (
    ACTS_GO_TO,
    APPEALS,
    COURTS,
    MAY_COMPLAIN,
    MAY_COMPLAIN_ON_RESULTS,
    ON_RESULTS,
    REFUSALS,
    RESULTS_GO_TO,
    Body,
    Complainant,
    Subject,
)
from shailoo.law.complaints.terms import DecisionTerm, FilingTerm, Receipt, decision_term, filing_term
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.complaints import CitizenObserverComplaints, WrongAddressee
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies


class Standing(StrEnum):
    """Whether somebody may file this complaint."""

    OWN_NAME = "own_name"
    THROUGH_NGO = "through_ngo"
    NONE = "none"


class Treatment(StrEnum):
    """What becomes of a complaint on its filing."""

    ACCEPT = "accept"
    FORWARD = "forward"  # to the competent body, the same day
    RETURN = "return"  # to the complainant, who may file it with the competent body
    NOT_ACCEPT = "not_accept"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint on the day of its filing. Instants are of Bishkek unless they name a zone.

    `since` is the instant that the term runs from: for an act, when the complainant learned of it; for results, when
    the commission whose results they are determined them (its protocol was signed); for a decision on a complaint or a
    refusal to register, when it was issued. `in_name_of` is whose complaint it is where somebody files for another.
    `received_at`: when the competent body had it, where that was later. `superior` is the commission that the CEC named
    for a precinct abroad. `grounds` and `evidence` (pieces attached) are None where nobody has looked yet.
    """

    election: Election
    complainant: Complainant
    respondent: Body
    subject: Subject
    since: datetime
    filed_at: datetime
    filed_with: Body
    in_name_of: Complainant | None = None
    received_at: datetime | None = None
    additional_verification: bool = False
    superior: Body | None = None
    grounds: bool | None = None
    evidence: int | None = None

    def __post_init__(self) -> None:
        if self.filed_at < self.since:
            raise ValueError("a complaint is filed after what it is about became known or was decided")
        if self.received_at is not None and self.received_at < self.filed_at:
            raise ValueError("a complaint is received after it was filed")
        if self.respondent in (Body.PROSECUTOR, Body.LAW_ENFORCEMENT):
            raise ValueError("Articles 44 and 45 are about commissions and courts")
        require_subject(self.subject, self.respondent, self.election)
        if self.superior not in (None, Body.TEC, Body.CEC):
            raise ValueError("the superior of a precinct abroad is a TEC or the CEC")

    @property
    def receipt(self) -> Receipt:
        return Receipt(self.received_at or self.filed_at, self.additional_verification)


def require_subject(subject: Subject, respondent: Body, election: Election) -> None:
    """Raise ValueError where that body, or that election, knows no such subject."""
    if subject in REFUSALS:
        if respondent is not Body.CEC:
            raise ValueError("registration is refused by the CEC")
        if (subject is Subject.CANDIDATE_REFUSAL) is not election.presidential:
            raise ValueError("candidates are registered for the President's election, lists for the Jogorku Kenesh")
        if election.kind is Kind.REPEAT_VOTING:
            raise ValueError("nobody is registered for a repeat voting")
    if respondent in COURTS and subject not in APPEALS:
        raise ValueError("a complaint about a court is one about its decision on a complaint")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for a complaint. Days are local; `appeal_by` is reckoned from a decision on the last day for it.

    `competent` and what follows it are None where nobody may decide any more; `next_instance` and `appeal_by` where the
    decision will be final.
    """

    treatment: Treatment
    standing: Standing
    competent: Body | None
    file_by: date
    decision: DecisionTerm | None
    next_instance: Body | None
    appeal_by: date | None


@applies("L44.2", "L44.7", "L44.8.a", "L44.8.b", "L44.8.c", "L44.9", "L44.12.b", "L61.9", "L53.8.b")
@applies("L45.1", "L45.3", "L45.4.a", "L45.4.b", "L45.5", "L45.8", "L45.10.b")
def review(complaint: Complaint, edition: Edition) -> Outcome[Verdict]:
    """Whether a complaint is accepted, which body decides it and until when, and where its decision may be appealed."""
    standing, form, filing = _standing(complaint, edition), check_form(complaint), _filing(complaint, edition)
    route = goes_to(complaint.subject, complaint.respondent, complaint.superior)
    if route is None:
        verdict = Verdict(Treatment.NOT_ACCEPT, standing.value, None, filing.value.last, None, None, None)
        return joined(verdict, standing, form, filing, _final(complaint))
    competent, norm = route
    address = _address(complaint, competent, norm, edition)
    decision = _decision(complaint, competent, edition)
    after = _after(complaint, competent, decision.value, edition)
    barred = standing.errors or filing.errors
    next_instance, appeal_by = after.value
    verdict = Verdict(
        Treatment.NOT_ACCEPT if barred else address.value,
        standing.value,
        competent,
        filing.value.last,
        decision.value,
        next_instance,
        appeal_by,
    )
    return joined(verdict, standing, form, filing, _may_be_appealed(complaint), address, decision, after)


@applies("L44.1.a", "L44.1.b")
def _may_be_appealed(complaint: Complaint) -> Outcome[None]:
    """The general rule for what a commission decided, did or left undone; Article 45 has its own for results."""
    if complaint.subject in ON_RESULTS or complaint.respondent in COURTS:
        return Outcome(None)
    if complaint.respondent is Body.CEC:
        return Outcome(None, (Step("L44.1.b", "complaint_about_the_cec_goes_to_court"),))
    return Outcome(None, (Step("L44.1.a", "complaint_goes_to_superior_commission"),))


@applies("L44.4", "L44.5", "L44.6.a", "L44.6.b", "L45.2.a", "L45.2.b", "L45.2.c", "L45.2.d")
def goes_to(subject: Subject, respondent: Body, superior: Body | None = None) -> tuple[Body, NormId] | None:
    """The body that decides a complaint about `respondent`, with its norm; None after the Supreme Court.

    For a precinct abroad no TEC is named in the law: the commission that the CEC named, else the CEC itself.
    """
    routes = RESULTS_GO_TO if subject in ON_RESULTS else ACTS_GO_TO
    if respondent is Body.PEC_ABROAD:
        return superior or Body.CEC, routes[Body.PEC][1] if subject in ON_RESULTS else "L44.1.a"
    if subject in REFUSALS:
        return Body.COURT, REFUSALS[subject]
    return routes.get(respondent)


@applies("L44.2", "L45.1")
def standing_of(complainant: Complainant, subject: Subject, edition: Edition) -> Standing:
    """Whether somebody in this role may complain about this, in the own name or through an NGO."""
    if subject in ON_RESULTS:
        return Standing.OWN_NAME if complainant in MAY_COMPLAIN_ON_RESULTS else Standing.NONE
    if complainant is Complainant.CITIZEN_OBSERVER:
        own = edition.citizen_observer_complaints is CitizenObserverComplaints.OWN_NAME
        return Standing.OWN_NAME if own else Standing.THROUGH_NGO
    return Standing.OWN_NAME if complainant in MAY_COMPLAIN else Standing.NONE


def _standing(complaint: Complaint, edition: Edition) -> Outcome[Standing]:
    who = complaint.in_name_of or complaint.complainant
    standing = standing_of(who, complaint.subject, edition)
    norm = "L45.1" if complaint.subject in ON_RESULTS else "L44.2"
    facts: dict[str, Fact] = {"complainant": who.value}
    if standing is Standing.OWN_NAME:
        return Outcome(standing, (Step(norm, "complaint_by_one_who_may", facts),))
    if standing is Standing.THROUGH_NGO:
        found = Finding(norm, "complaint_needs_the_ngo", Severity.ERROR, {}, ("in_name_of",))
        return Outcome(standing, findings=(found,))
    found = Finding(norm, "complaint_by_one_who_may_not", Severity.ERROR, facts, ("complainant",))
    return Outcome(standing, findings=(found,))


class Written(Protocol):
    """A complaint as a paper: whether it gives reasons, how many pieces of evidence are attached (None: unknown)."""

    @property
    def grounds(self) -> bool | None: ...
    @property
    def evidence(self) -> int | None: ...


@applies("L43.4.f")
def check_form(paper: Written) -> Outcome[None]:
    """Whether a complaint gives reasons and evidence; what is missing is warned of, as the law turns nobody away."""
    findings = [
        Finding("L43.4.f", "complaint_form_unknown", Severity.WARNING, {"complaint_part": name}, (name,))
        for name in ("grounds", "evidence")
        if getattr(paper, name) is None
    ]
    if paper.grounds is False:
        findings.append(Finding("L43.4.f", "complaint_without_grounds", Severity.WARNING, {}, ("grounds",)))
    if paper.evidence == 0:
        findings.append(Finding("L43.4.f", "complaint_without_evidence", Severity.WARNING, {}, ("evidence",)))
    if findings or paper.evidence is None:
        return Outcome(None, findings=tuple(findings))
    return Outcome(None, (Step("L43.4.f", "complaint_is_complete", {"evidence": paper.evidence}),))


@applies("L44.12.a", "L44.12.b", "L45.10.a", "L45.10.b")
def _filing(complaint: Complaint, edition: Edition) -> Outcome[FilingTerm]:
    """In time, in a longer term that may apply, or too late for good."""
    term = filing_term(complaint.subject, complaint.respondent, complaint.since, complaint.election, edition)
    facts: dict[str, Fact] = {"filed": complaint.filed_at, "last": term.last}
    if complaint.filed_at < term.closes:
        return Outcome(term, (Step(term.norm, "complaint_filed_in_time", facts),))
    if term.warned_until is not None and complaint.filed_at < term.warned_until:
        found = Finding("L61.9", "complaint_in_the_longer_term", Severity.WARNING, facts, ("filed_at",))
        return Outcome(term, findings=(found,))
    on_results = complaint.subject in ON_RESULTS
    not_restored = Step("L45.10.a" if on_results else "L44.12.a", "complaint_term_not_restored", {"last": term.last})
    norm = "L45.10.b" if on_results else "L44.12.b"
    found = Finding(norm, "complaint_too_late", Severity.ERROR, facts, ("filed_at",))
    return Outcome(term, (not_restored,), (found,))


@applies("L44.6.c", "L45.9.e")
def _final(complaint: Complaint) -> Outcome[None]:
    norm = "L45.9.e" if complaint.subject in ON_RESULTS else "L44.6.c"
    return Outcome(
        None, findings=(Finding(norm, "complaint_about_a_final_decision", Severity.ERROR, {}, ("respondent",)),)
    )


@applies("L45.9.c", "L45.9.d")
def _address(complaint: Complaint, competent: Body, norm: NormId, edition: Edition) -> Outcome[Treatment]:
    """Whether it was filed with the body that decides; else `wrong_addressee` says what becomes of it."""
    facts: dict[str, Fact] = {"complaint_body": competent.value}
    goes = Step(norm, "complaint_goes_to", facts)
    if competent is Body.SUPREME_COURT and complaint.filed_with in COURTS:
        through = complaint.filed_with is Body.COURT
        if complaint.subject not in ON_RESULTS:  # Article 44 says nothing on the way there
            return Outcome(Treatment.ACCEPT, (goes, Step(norm, "complaint_reaches_supreme_court_by_any_way", facts)))
        channel = Step("L45.9.c" if through else "L45.9.d", "complaint_reaches_supreme_court", facts)
        return Outcome(Treatment.ACCEPT, (goes, channel))
    if complaint.filed_with is competent:
        return Outcome(Treatment.ACCEPT, (goes,))
    facts = {"filed_with": complaint.filed_with.value, "complaint_body": competent.value}
    if edition.wrong_addressee is WrongAddressee.RETURNED:
        found = Finding(norm, "complaint_returned", Severity.ERROR, facts, ("filed_with",))
        return Outcome(Treatment.RETURN, (goes,), (found,))
    findings = [Finding(norm, "complaint_at_another_body", Severity.WARNING, facts, ("filed_with",))]
    if local_day(complaint.receipt.at) != local_day(complaint.filed_at):
        late: dict[str, Fact] = {"filed": complaint.filed_at, "received": complaint.receipt.at}
        findings.append(Finding(norm, "complaint_forwarded_late", Severity.WARNING, late, ("received_at",)))
    question = Unsettled("complaint_at_another_body", (norm,), ("complaint_forwarded", "complaint_sent_back_to_file"))
    return Outcome(Treatment.FORWARD, (goes,), tuple(findings), question)


def _decision(complaint: Complaint, competent: Body, edition: Edition) -> Outcome[DecisionTerm]:
    """Until when it is decided. The law gives L44.8's terms for preparation; later they hold for want of others."""
    term = decision_term(complaint.subject, competent, complaint.receipt, complaint.election, edition)
    facts: dict[str, Fact] = {"complaint_body": competent.value, "decide_by": term.by}
    if term.at_once:
        step = Step(term.norm, "complaint_decided_at_once", facts)
    elif complaint.subject not in ON_RESULTS and local_day(complaint.receipt.at) > complaint.election.election_day:
        step = Step(term.norm, "complaint_decided_by_after_voting", facts)
    else:
        step = Step(term.norm, "complaint_decided_by", facts)
    return Outcome(term, (step,))


def _after(
    complaint: Complaint, competent: Body, decided: DecisionTerm, edition: Edition
) -> Outcome[tuple[Body | None, date | None]]:
    """The next instance and the last day for it, reckoned from a decision on the last day for that."""
    on_results = complaint.subject in ON_RESULTS
    again = Subject.RESULTS_COMPLAINT_DECISION if on_results else Subject.COMPLAINT_DECISION
    route = goes_to(again, competent)
    if route is None:
        return Outcome((None, None), (Step("L45.9.e" if on_results else "L44.6.c", "complaint_ends_here"),))
    term = filing_term(again, competent, issued_on(decided.by), complaint.election, edition)
    facts: dict[str, Fact] = {"complaint_body": route[0].value, "appeal_by": term.last}
    return Outcome((route[0], term.last), (Step(term.norm, "complaint_next_instance", facts),))


def issued_on(day: date) -> datetime:
    """The latest instant at which a decision of that local day can be issued."""
    return end_of(day) - timedelta(seconds=1)
