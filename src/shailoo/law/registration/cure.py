"""Inconsistencies in the documents: the CEC says so within 24 hours, and within 48 hours they are corrected.

L53.2 and L61.3. Corrections end with registration at the latest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Election
from shailoo.law.registration.grounds import ARTICLES, REGISTRATION_END, Article


class CureState(StrEnum):
    """How far the correction of documents has come."""

    NOTICE_DUE = "notice_due"  # the CEC has to tell what blocks registration
    OPEN = "open"  # corrections are taken
    CORRECTED = "corrected"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Inconsistencies:
    """Documents that block registration, at the instant `at`.

    `received_at` is when the CEC received them, `found_at` when it found the inconsistency if that was later than the
    first day (None: at once). The notice was sent at `notice_sent_at` and reached the other side at
    `notice_received_at`; `resubmitted_at` is when corrected documents came. None: not yet.
    """

    election: Election
    at: datetime
    received_at: datetime
    found_at: datetime | None = None
    notice_sent_at: datetime | None = None
    notice_received_at: datetime | None = None
    resubmitted_at: datetime | None = None

    def __post_init__(self) -> None:
        self.election.require_registration()
        told = [each for each in (self.received_at, self.notice_sent_at, self.notice_received_at) if each is not None]
        if told != sorted(told) or (self.notice_received_at is not None and self.notice_sent_at is None):
            raise ValueError("documents come in, then a notice is sent, then it arrives")
        if self.resubmitted_at is not None and self.resubmitted_at < self.received_at:
            raise ValueError("documents were corrected before they came in")


@dataclass(frozen=True, slots=True)
class Cure:
    """First instants after the term of the notice and after that of corrections (None: no notice has arrived)."""

    state: CureState
    notice_until: datetime
    corrections_until: datetime | None


@applies("L53.2.c", "L53.2.d", "L61.3.c", "L61.3.d")
def cure(facts: Inconsistencies, edition: Edition) -> Outcome[Cure]:
    """Whether the notice of inconsistencies and the corrections came in time, and until when they may come.

    What is found later than in the first 24 hours is told at once (a WARNING says that it was not told in that term);
    the 48 hours run all the same.
    """
    article = ARTICLES[facts.election.contest]
    steps: list[Step] = []
    findings: list[Finding] = []
    notice_until = _notice(facts, article, edition, steps, findings)
    corrections_until = _corrections_until(facts, edition)
    state = _state(facts, corrections_until)
    if corrections_until is not None:
        if corrections_until == facts.election.until(REGISTRATION_END[facts.election.contest], edition):
            steps.append(Step(article.ends, "cure_ends_with_registration", {"until": corrections_until}))
        else:
            steps.append(Step(article.corrected, "cure_until", {"until": corrections_until}))
        if state is CureState.CORRECTED and facts.resubmitted_at is not None:
            steps.append(Step(article.corrected, "cure_in_time", {"resubmitted_at": facts.resubmitted_at}))
        elif state is CureState.EXPIRED:
            late: dict[str, Fact] = {"until": corrections_until}
            findings.append(Finding(article.corrected, "cure_too_late", Severity.ERROR, late, ("resubmitted_at",)))
    return Outcome(Cure(state, notice_until, corrections_until), tuple(steps), tuple(findings))


@applies("L53.2.c", "L61.3.c")
def _notice(
    facts: Inconsistencies, article: Article, edition: Edition, steps: list[Step], findings: list[Finding]
) -> datetime:
    """The end of the 24 hours from the receipt of the documents."""
    until = facts.election.until("inconsistency_notice", edition, document_receipt=facts.received_at)
    if facts.notice_sent_at is None:
        if facts.at >= until:
            overdue: dict[str, Fact] = {"until": until}
            findings.append(
                Finding(article.notice, "cure_notice_overdue", Severity.WARNING, overdue, ("notice_sent_at",))
            )
        else:
            steps.append(Step(article.notice, "cure_notice_due", {"until": until}))
        return until
    sent: dict[str, Fact] = {"sent_at": facts.notice_sent_at, "until": until}
    if facts.notice_sent_at < until:
        steps.append(Step(article.notice, "cure_notice_in_time", sent))
    elif facts.found_at is not None and facts.found_at >= until:
        findings.append(Finding(article.notice, "cure_found_later", Severity.WARNING, sent, ("found_at",)))
    else:
        findings.append(Finding(article.notice, "cure_notice_late", Severity.WARNING, sent, ("notice_sent_at",)))
    return until


@applies("L53.2.d", "L61.3.d")
def _corrections_until(facts: Inconsistencies, edition: Edition) -> datetime | None:
    """48 hours from the receipt of the notice, and no longer than registration lasts."""
    if facts.notice_received_at is None:
        return None
    notice = facts.notice_received_at
    hours = facts.election.until("corrections_submitted", edition, inconsistency_notice_receipt=notice)
    return min(hours, facts.election.until(REGISTRATION_END[facts.election.contest], edition))


def _state(facts: Inconsistencies, until: datetime | None) -> CureState:
    corrected = facts.resubmitted_at if facts.resubmitted_at is not None and facts.resubmitted_at <= facts.at else None
    if until is None:
        return CureState.NOTICE_DUE if corrected is None else CureState.CORRECTED
    if corrected is not None and corrected < until:
        return CureState.CORRECTED
    return CureState.OPEN if corrected is None and facts.at < until else CureState.EXPIRED
