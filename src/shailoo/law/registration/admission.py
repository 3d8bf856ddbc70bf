"""Whether the CEC registers a candidate or a list, refuses, or still waits (L53.1 to L53.7, L61.1 to L61.8).

Papers that are missing may come until registration ends (`late_documents`); papers that are not in order are corrected
within the 48 hours of the notice. A ground that concerns one candidate of a list takes only that candidate off it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.registration import LateDocuments
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies
from shailoo.law.registration.application import Application, PartyList, PresidentialCandidate
from shailoo.law.registration.election import Contest
from shailoo.law.registration.exclusions import excluded_from
from shailoo.law.registration.grounds import (
    ARTICLES,
    BARS,
    BEYOND_CURE,
    DOCUMENTS_DUE,
    NOMINATION,
    REGISTRATION_END,
    Article,
)
from shailoo.law.registration.papers import Paper, State, Windows


class Verdict(StrEnum):
    """What the CEC does with the file."""

    REGISTER = "register"
    REFUSE = "refuse"
    WAIT = "wait"  # for papers, corrections or checks
    TERM_OVER = "term_over"  # complete, but registration has ended
    PUT_TO_COMMISSION = "put_to_commission"  # the law leaves it open


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from a file.

    `grounds` are those of a refusal; `order` holds the candidates of a list who are registered, ranks closed up, and
    `excluded` the others with their grounds; `party` is named in the decision. `decide_by` is the first instant after
    the term of the check, `registration_ends` the first at which nobody is registered any more.
    """

    verdict: Verdict
    decide_by: datetime
    registration_ends: datetime
    grounds: tuple[NormId, ...] = ()
    party: str | None = None
    order: tuple[str, ...] = ()
    excluded: Mapping[str, tuple[NormId, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Record:
    """What the tests of one file have brought so far; a ground refuses, a reason to wait does not."""

    steps: list[Step]
    findings: list[Finding]
    grounds: dict[NormId, None]
    waits: bool = False

    def refuse(self, ground: NormId, finding: Finding) -> None:
        self.grounds[ground] = None
        self.findings.append(finding)

    def wait(self, finding: Finding) -> None:
        self.waits = True
        self.findings.append(finding)


@applies("L53.2.b", "L53.3", "L53.5", "L61.3.b", "L61.5")
def decide(facts: Application, edition: Edition) -> Outcome[Decision]:
    """Register, refuse or wait: papers, deposit, fund, signatures, the right to be elected, and the terms of each.

    A WARNING names what may still come or be checked, or who is taken off a list; an ERROR is a ground of refusal.
    """
    article = ARTICLES[facts.contest]
    ends = facts.election.until(REGISTRATION_END[facts.contest], edition)
    windows = windows_of(facts, edition)
    record = _Record([], [], {})
    _filing(facts, article, edition, record)
    _notice(facts, article, edition, record)
    _papers(facts, windows, record)
    _deposit(facts, windows, record)
    _fund(facts, article, record)
    if facts.candidate is not None:
        _candidate(facts.candidate, edition, record)
    if facts.party_list is not None:
        _nomination(facts.party_list, windows, record)
    decide_by = _decide_by(facts, ends, edition)
    if facts.at >= decide_by:
        overdue: dict[str, Fact] = {"until": decide_by, "registration_ends": ends}
        record.findings.append(Finding(article.checked, "registration_decision_overdue", Severity.WARNING, overdue))
    decision = Decision(Verdict.REGISTER, decide_by, ends)
    if facts.party_list is not None:
        return _list_decision(facts, facts.party_list, decision, windows, record, edition)
    return _candidate_decision(facts, decision, record)


@applies("L53.2.d", "L53.7.b", "L61.3.d", "L61.7.b")
def windows_of(facts: Application, edition: Edition) -> Windows:
    """Until when papers are added and corrected; neither goes on once registration has ended."""
    ends = facts.election.until(REGISTRATION_END[facts.contest], edition)
    corrections = ends
    if facts.notice_received_at is not None:
        notice = facts.notice_received_at
        corrections = min(
            ends, facts.election.until("corrections_submitted", edition, inconsistency_notice_receipt=notice)
        )
    additions = ends
    if edition.late_documents is LateDocuments.WITHIN_THE_CURE:
        additions = max(facts.election.until(DOCUMENTS_DUE[facts.contest], edition), corrections)
    return Windows(facts.at, additions, corrections)


@applies("L53.2.a", "L61.3.a")
def _decide_by(facts: Application, ends: datetime, edition: Edition) -> datetime:
    """Ten days after the papers came, and never after registration has ended."""
    return min(ends, facts.election.until("registration_decision", edition, document_receipt=facts.submitted_at))


# ------------------------------------------------------------------------------------- what the file must hold


@applies("L53.1", "L61.1", "L61.1.b")
def _filing(facts: Application, article: Article, edition: Edition, record: _Record) -> None:
    """Something must have been filed in time; a list's file is confirmed in writing at once."""
    due = facts.election.until(DOCUMENTS_DUE[facts.contest], edition)
    filed: dict[str, Fact] = {"submitted_at": facts.submitted_at, "until": due}
    if facts.submitted_at < due:
        record.steps.append(Step(article.filed, "registration_filed_in_time", filed))
    else:
        late = Finding(article.filed, "registration_filed_late", Severity.ERROR, filed, ("submitted_at",))
        record.refuse(article.not_provided, late)
    if facts.contest is Contest.LISTS:
        receipt = facts.election.term("documents_receipt_confirmed", edition, document_receipt=facts.submitted_at)
        given = facts.receipt_given_at
        if given is None or not receipt.in_time(given):
            missing = Finding(
                "L61.1.b", "registration_receipt_not_given_at_once", Severity.WARNING, fields=("receipt_given_at",)
            )
            record.findings.append(missing)


@applies("L53.2.c", "L61.3.c")
def _notice(facts: Application, article: Article, edition: Edition, record: _Record) -> None:
    """What is not in order and was told to nobody in 24 hours: the CEC's omission, whatever becomes of the file."""
    until = facts.election.until("inconsistency_notice", edition, document_receipt=facts.submitted_at)
    if facts.notice_received_at is not None or facts.at < until:
        return
    papers = [*facts.papers.values()]
    if facts.party_list is not None:
        papers += [paper for each in facts.party_list.candidates for paper in each.papers.values()]
    if any(each.defective and each.corrected_at is None for each in papers):
        told: dict[str, Fact] = {"until": until}
        overdue = Finding(article.notice, "cure_notice_overdue", Severity.WARNING, told, ("notice_received_at",))
        record.findings.append(overdue)


@applies(
    "L53.1.1",
    "L53.1.3",
    "L53.1.4",
    "L53.1.5",
    "L53.1.6",
    "L53.1.7",
    "L53.7.1",
    "L51.3",
    "L61.1.1",
    "L61.1.3",
    "L61.7.1",
)
def _papers(facts: Application, windows: Windows, record: _Record) -> None:
    """Every paper of the file; with a deposit that is not as it should be, its payment is not proven either."""
    article = ARTICLES[facts.contest]
    states = {paper: windows.state(facts.papers.get(paper)) for paper in facts.wanted}
    for paper, norm in facts.wanted.items():
        _paper(paper, norm, states[paper], article, windows, record)
    if all(state is State.IN_ORDER for state in states.values()):
        record.steps.append(Step(article.filed, "registration_papers_complete", {"papers": len(states)}))
    added = sum(facts.submitted_at < each.at <= facts.at for each in facts.papers.values())
    if added:
        late: dict[str, Fact] = {"papers": added, "until": windows.additions_until}
        record.steps.append(Step(article.added, "registration_papers_added", late))


def _paper(paper: Paper, norm: NormId, state: State, article: Article, windows: Windows, record: _Record) -> None:
    """What one paper of the file means for it."""
    facts: dict[str, Fact] = {"registration_paper": paper.value, "until": windows.additions_until}
    fields = (f"papers.{paper.value}",)
    if state is State.MISSING:
        record.wait(Finding(norm, "registration_paper_missing", Severity.WARNING, facts, fields))
    elif state is State.DEFECTIVE:
        facts["until"] = windows.corrections_until
        record.wait(Finding(norm, "registration_paper_defective", Severity.WARNING, facts, fields))
    elif state is State.NOT_PROVIDED:
        facts = {"registration_paper": paper.value, "behind": norm}
        lacking = Finding(article.not_provided, "registration_paper_not_provided", Severity.ERROR, facts, fields)
        record.refuse(article.not_provided, lacking)


@applies("L53.1.6", "L61.1.3")
def _deposit(facts: Application, windows: Windows, record: _Record) -> None:
    """A proof of payment proves nothing where the deposit is short or not from the fund; that can still be mended."""
    if windows.state(facts.papers.get(Paper.DEPOSIT_PAYMENT)) is not State.IN_ORDER:
        return  # the missing proof stands among the papers
    article = ARTICLES[facts.contest]
    fields = ("deposit_paid",)
    if facts.deposit_paid is None:
        record.wait(Finding(article.deposit, "registration_deposit_not_known", Severity.WARNING, fields=fields))
    elif facts.deposit_paid:
        record.steps.append(Step(article.deposit, "registration_deposit_paid"))
    elif windows.at < windows.additions_until:
        until: dict[str, Fact] = {"until": windows.additions_until}
        record.wait(Finding(article.deposit, "registration_deposit_due", Severity.WARNING, until, fields))
    else:
        unpaid = Finding(article.not_provided, "registration_deposit_not_paid", Severity.ERROR, fields=fields)
        record.refuse(article.not_provided, unpaid)


@applies("L53.7.4", "L61.7.5")
def _fund(facts: Application, article: Article, record: _Record) -> None:
    """Without a campaign fund there is no registration."""
    if facts.fund_created is None:
        record.wait(Finding(article.no_fund, "registration_fund_not_known", Severity.WARNING, fields=("fund_created",)))
    elif facts.fund_created:
        record.steps.append(Step(article.no_fund, "registration_fund_created"))
    else:
        missing = Finding(article.no_fund, "registration_without_fund", Severity.ERROR, fields=("fund_created",))
        record.refuse(article.no_fund, missing)


@applies("L53.7.3", "L53.7.5")
def _candidate(candidate: PresidentialCandidate, edition: Edition, record: _Record) -> None:
    """What only a presidential candidate must meet: signatures, the right to be elected, no use of office."""
    _signatures(candidate.valid_signatures, edition.signatures_needed, record)
    if candidate.bars is None:
        record.wait(Finding("L53.7.3", "registration_right_not_checked", Severity.WARNING, fields=("candidate.bars",)))
    elif not candidate.bars:
        record.steps.append(Step("L53.7.3", "registration_right_to_be_elected"))
    for bar in sorted(candidate.bars or ()):
        ground = BARS[Contest.PRESIDENT][bar]
        facts: dict[str, Fact] = {"candidate": candidate.id, "election_bar": bar.value, "behind": ground.behind}
        barred = Finding(ground.norm, "registration_no_right_to_be_elected", Severity.ERROR, facts, ("candidate.bars",))
        record.refuse(ground.norm, barred)
    if candidate.used_office:
        used = Finding(
            "L53.7.5",
            "registration_advantages_of_office",
            Severity.ERROR,
            {"behind": "L21.3"},
            ("candidate.used_office",),
        )
        record.refuse("L53.7.5", used)


@applies("L53.7.2")
def _signatures(valid: int | None, needed: int, record: _Record) -> None:
    """Authentic signatures of voters, of which exactly the number needed is enough (L52.1)."""
    fields = ("candidate.valid_signatures",)
    if valid is None:
        record.wait(Finding("L53.7.2", "registration_signatures_not_checked", Severity.WARNING, fields=fields))
        return
    facts: dict[str, Fact] = {"valid": valid, "needed": needed}
    if valid >= needed:
        record.steps.append(Step("L53.7.2", "registration_signatures_enough", facts))
    else:
        few = Finding("L53.7.2", "registration_too_few_signatures", Severity.ERROR, facts, fields)
        record.refuse("L53.7.2", few)


@applies("L61.7.2", "L61.3.d")
def _nomination(party_list: PartyList, windows: Windows, record: _Record) -> None:
    """The rules on nomination; the make-up of a list can be corrected as papers can, its congress cannot."""
    if party_list.breaches is None:
        fields = ("party_list.breaches",)
        record.wait(Finding("L61.7.2", "registration_nomination_not_checked", Severity.WARNING, fields=fields))
        return
    if not party_list.breaches:
        record.steps.append(Step("L61.7.2", "registration_nomination_kept"))
    for breach in sorted(party_list.breaches):
        ground = NOMINATION[breach]
        facts: dict[str, Fact] = {
            "nomination_breach": breach.value,
            "behind": ground.behind,
            "until": windows.corrections_until,
        }
        if breach not in BEYOND_CURE and windows.at < windows.corrections_until:
            curable = Finding(
                ground.behind, "registration_nomination_to_correct", Severity.WARNING, facts, ("party_list.breaches",)
            )
            record.wait(curable)
        else:
            breached = Finding(
                ground.norm, "registration_nomination_breached", Severity.ERROR, facts, ("party_list.breaches",)
            )
            record.refuse(ground.norm, breached)


# ------------------------------------------------------------------------------------- what follows


@applies("L53.3")
def _candidate_decision(facts: Application, decision: Decision, record: _Record) -> Outcome[Decision]:
    """A presidential candidate's; that of a party's candidate names the party."""
    party = facts.candidate.party if facts.candidate is not None else None
    verdict = _verdict(facts, decision, record)
    if verdict is Verdict.REGISTER and party is not None:
        record.steps.append(Step("L53.3", "registration_names_the_party", {"party": party}))
    found = replace(decision, verdict=verdict, grounds=tuple(record.grounds), party=party)
    return Outcome(found, tuple(record.steps), tuple(record.findings))


@applies("L61.8")
def _list_decision(
    facts: Application,
    party_list: PartyList,
    decision: Decision,
    windows: Windows,
    record: _Record,
    edition: Edition,
) -> Outcome[Decision]:
    """A list's, without the candidates whom a ground takes off it.

    Quotas were tested on the list as it was handed in and corrected; a list that exclusions leave shorter than the law
    allows is put to the commission.
    """
    out = excluded_from(party_list, windows)
    record.steps.extend(out.steps)
    record.findings.extend(out.findings)
    record.waits = record.waits or out.value.waits
    order, excluded = out.value.order, out.value.excluded
    if not order:
        record.findings.append(Finding("L61.8", "registration_no_candidate_left", Severity.ERROR))
        record.grounds |= dict.fromkeys(ground for grounds in excluded.values() for ground in grounds)
    verdict = _verdict(facts, decision, record)
    unsettled = None
    if verdict is Verdict.REGISTER and excluded and len(order) < edition.list_smallest:
        verdict = Verdict.PUT_TO_COMMISSION
        options = ("register_remaining_candidates", "refuse_the_list")
        unsettled = Unsettled("list_too_short_after_exclusions", ("L61.8", "L60.3.a"), options)
    found = replace(
        decision,
        verdict=verdict,
        grounds=tuple(record.grounds),
        party=party_list.party,
        order=order,
        excluded=excluded,
    )
    return Outcome(found, tuple(record.steps), tuple(record.findings), unsettled)


@applies("L53.2.b", "L53.5", "L61.3.b", "L61.5")
def _verdict(facts: Application, decision: Decision, record: _Record) -> Verdict:
    """A ground refuses; what may still come waits; and nobody is registered once registration has ended."""
    article = ARTICLES[facts.contest]
    if record.grounds:
        record.steps.append(Step(article.decided, "registration_refused", {"grounds": len(record.grounds)}))
        return Verdict.REFUSE
    if record.waits:
        record.steps.append(
            Step(article.decided, "registration_waits", {"registration_ends": decision.registration_ends})
        )
        return Verdict.WAIT
    if facts.at >= decision.registration_ends:
        over: dict[str, Fact] = {"registration_ends": decision.registration_ends}
        record.findings.append(Finding(article.ends, "registration_ended", Severity.ERROR, over, ("at",)))
        return Verdict.TERM_OVER
    record.steps.append(Step(article.decided, "registration_granted"))
    return Verdict.REGISTER
