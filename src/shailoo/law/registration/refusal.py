"""After a refusal: the decision with its grounds is handed over within a day, and may be appealed (L53.6 to L53.8).

The appeal itself, its court and its term are those of `law.complaints`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from shailoo.law.complaints.election import Election as Complained
from shailoo.law.complaints.parties import Body, Subject
from shailoo.law.complaints.terms import filing_term
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.grounds import ARTICLES


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal to register, at the instant `at`.

    `copy_given_at` is when a copy of the decision was handed over (None: not yet), `grounds_named` whether it names the
    grounds (None: not known).
    """

    election: Election
    at: datetime
    decided_at: datetime
    copy_given_at: datetime | None = None
    grounds_named: bool | None = None

    def __post_init__(self) -> None:
        self.election.require_registration()
        later = [each for each in (self.at, self.copy_given_at) if each is not None]
        if min(later) < self.decided_at:
            raise ValueError("nothing follows a decision before it was taken")


@dataclass(frozen=True, slots=True)
class Refused:
    """The first instants after the terms of the copy and of an appeal to the court, and whether all is handed over."""

    copy_until: datetime
    appeal_until: datetime
    told: bool


_APPEAL: Mapping[Contest, tuple[Subject, NormId]] = MappingProxyType(
    {
        Contest.PRESIDENT: (Subject.CANDIDATE_REFUSAL, "L53.8.b"),
        Contest.LISTS: (Subject.LIST_REFUSAL, "L61.9"),
    }
)


@applies("L53.6", "L53.8.a", "L61.7.a")
def refusal(facts: Refusal, edition: Edition) -> Outcome[Refused]:
    """Whether the copy with the grounds of a refusal was handed over within one day, and until when it is appealed."""
    article = ARTICLES[facts.election.contest]
    steps: list[Step] = []
    findings: list[Finding] = []
    copy_until = facts.election.until("refusal_copy", edition, decision_issue=facts.decided_at)
    until: dict[str, Fact] = {"until": copy_until}
    given = facts.copy_given_at
    if given is None and facts.at < copy_until:
        steps.append(Step(article.copy, "refusal_copy_due", until))
    elif given is None or given >= copy_until:
        findings.append(Finding(article.copy, "refusal_copy_late", Severity.WARNING, until, ("copy_given_at",)))
    else:
        steps.append(Step(article.copy, "refusal_copy_in_time", until | {"given_at": given}))
    if given is not None and facts.election.contest is Contest.PRESIDENT:
        steps.append(Step("L53.8.a", "refusal_told", {"given_at": given}))
    if given is not None and facts.grounds_named is not True:
        fields = ("grounds_named",)
        findings.append(Finding(article.copy, "refusal_grounds_not_shown", Severity.WARNING, fields=fields))
    appeal_until = _appeal(facts, edition, steps)
    told = given is not None and facts.grounds_named is True
    return Outcome(Refused(copy_until, appeal_until, told), tuple(steps), tuple(findings))


def _appeal(facts: Refusal, edition: Edition, steps: list[Step]) -> datetime:
    """The court hears it: no commission is above the CEC."""
    subject, norm = _APPEAL[facts.election.contest]
    complained = Complained(facts.election.kind, facts.election.election_day)
    closes = filing_term(subject, Body.CEC, facts.decided_at, complained, edition).closes
    steps.append(Step(norm, "refusal_appeal_until", {"until": closes}))
    return closes
