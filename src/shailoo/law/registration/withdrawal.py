"""A candidate withdraws, or a party recalls candidates or its list: in time or not, and what follows (L53.9, L61.10).

A candidate goes until three days before election day, a party takes candidates back until five and its list until ten;
the days themselves, shortened or not, are the calendar's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.registration import OwnWithdrawal
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Contest, Election


class Departure(StrEnum):
    """Who leaves the race, and by whose application."""

    CANDIDATE_WITHDRAWS = "candidate_withdraws"  # a presidential candidate
    LISTED_CANDIDATE_WITHDRAWS = "listed_candidate_withdraws"
    PARTY_RECALLS_CANDIDATES = "party_recalls_candidates"
    PARTY_RECALLS_LIST = "party_recalls_list"


@dataclass(frozen=True, slots=True)
class Rule:
    """The norms of a departure: its term with the calendar's event, the CEC's decision, the ground in Article 46."""

    contest: Contest
    term: NormId
    event: str
    decision: NormId
    ground: NormId
    article_46: NormId
    own: bool


RULES: Mapping[Departure, Rule] = MappingProxyType(
    {
        Departure.CANDIDATE_WITHDRAWS: Rule(
            Contest.PRESIDENT, "L53.9.a", "withdrawal_presidential_candidate", "L53.9.b", "L46.2.1", "L46.2", own=True
        ),
        Departure.LISTED_CANDIDATE_WITHDRAWS: Rule(
            Contest.LISTS, "L61.10.a", "withdrawal_list_candidate", "L61.10.b", "L46.2.1", "L46.2", own=True
        ),
        Departure.PARTY_RECALLS_CANDIDATES: Rule(
            Contest.LISTS, "L61.10.c", "candidate_recall_by_party", "L61.10.d", "L46.2.2", "L46.2", own=False
        ),
        Departure.PARTY_RECALLS_LIST: Rule(
            Contest.LISTS, "L61.10.e", "list_recall_by_party", "L61.10.f", "L46.3.1", "L46.3", own=False
        ),
    }
)

ON_THE_BALLOT = frozenset({Departure.CANDIDATE_WITHDRAWS, Departure.PARTY_RECALLS_LIST})
"""With these a line of the ballot goes; the candidates of a list are no lines of it."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An application to leave the race, filed at `filed_at`.

    `written` says whether it is in writing, `ballots_made` whether the ballots have been made (None: not known);
    `decided_at` is the CEC's decision on it (None: not yet).
    """

    election: Election
    departure: Departure
    filed_at: datetime
    written: bool | None
    ballots_made: bool | None = None
    decided_at: datetime | None = None

    def __post_init__(self) -> None:
        self.election.require(RULES[self.departure].contest)
        if self.decided_at is not None and self.decided_at < self.filed_at:
            raise ValueError("an application was decided before it was filed")


class Ballots(StrEnum):
    """What a departure means for the ballots (L30.10)."""

    UNCHANGED = "unchanged"  # a candidate of a list is no line of the ballot, or nobody leaves
    LEFT_OUT = "left_out"  # the ballots are made without the line
    CROSSED_OUT = "crossed_out"  # precinct commissions strike the line out
    NOT_KNOWN = "not_known"  # whether they are made


@dataclass(frozen=True, slots=True)
class Departs:
    """Whether the application is taken, the first instants after its term and that of the decision, and the ballots.

    `decide_until` is None where the terms of Article 46 do not bind the decision.
    """

    accepted: bool
    until: datetime
    decide_until: datetime | None
    ballots: Ballots


@applies(
    "L53.9.a",
    "L53.9.b",
    "L61.10.a",
    "L61.10.b",
    "L61.10.c",
    "L61.10.d",
    "L61.10.e",
    "L61.10.f",
    "L46.2.1",
    "L46.2.2",
    "L46.3.1",
)
def withdrawal(facts: Withdrawal, edition: Edition) -> Outcome[Departs]:
    """Whether a withdrawal or recall is in time, what the CEC has to decide, and what follows for the ballots.

    By `own_withdrawal` a candidate's own term goes before the five days of L46.2, or ends with them.
    """
    rule = RULES[facts.departure]
    until = term_of(facts.election, facts.departure, edition)
    findings = _form(facts, rule)
    filed: dict[str, Fact] = {"departure": facts.departure.value, "filed_at": facts.filed_at, "until": until}
    if facts.filed_at >= until:
        findings.append(Finding(rule.term, "withdrawal_late", Severity.ERROR, filed, ("filed_at",)))
    steps: list[Step] = []
    if any(found.severity is Severity.ERROR for found in findings):
        if facts.departure is Departure.LISTED_CANDIDATE_WITHDRAWS and facts.filed_at >= until:
            steps.append(Step("L65.1.d", "withdrawal_again_after_voting"))
        return Outcome(
            Departs(accepted=False, until=until, decide_until=None, ballots=Ballots.UNCHANGED),
            tuple(steps),
            tuple(findings),
        )
    steps += [Step(rule.term, "withdrawal_in_time", filed), Step(rule.ground, "withdrawal_is_a_ground")]
    decide_until = _decision(facts, rule, edition, steps, findings)
    ballots = Ballots.UNCHANGED
    if facts.departure in ON_THE_BALLOT:
        ballots = ballots_after(made=facts.ballots_made)
        steps.append(Step("L30.10.a1", "ballots_after_departure", {"ballots_follow": ballots.value}))
    return Outcome(
        Departs(accepted=True, until=until, decide_until=decide_until, ballots=ballots), tuple(steps), tuple(findings)
    )


@applies("L53.9.a", "L61.10.a", "L61.10.c", "L61.10.e")
def term_of(election: Election, departure: Departure, edition: Edition) -> datetime:
    """The first instant at which the application is no longer taken (`own_withdrawal`)."""
    rule = RULES[departure]
    if rule.own and edition.own_withdrawal is OwnWithdrawal.CANCELLATION_TERM:
        return election.until("registration_cancellation_end", edition)
    return election.until(rule.event, edition)


@applies("L53.9.a", "L61.10.a", "L61.10.c", "L61.10.e")
def _form(facts: Withdrawal, rule: Rule) -> list[Finding]:
    """Every departure takes a written application."""
    if facts.written is None:
        return [Finding(rule.term, "withdrawal_form_not_known", Severity.WARNING, fields=("written",))]
    if not facts.written:
        return [Finding(rule.term, "withdrawal_not_written", Severity.ERROR, fields=("written",))]
    return []


@applies("L46.2", "L46.3", "L53.9.b", "L61.10.b", "L61.10.d", "L61.10.f")
def _decision(
    facts: Withdrawal, rule: Rule, edition: Edition, steps: list[Step], findings: list[Finding]
) -> datetime | None:
    """The CEC's decision; the five days of Article 46 bind it unless the special term of own withdrawal goes before."""
    limit = facts.election.until("registration_cancellation_end", edition)
    bound = not rule.own or edition.own_withdrawal is OwnWithdrawal.CANCELLATION_TERM
    if facts.decided_at is None:
        steps.append(Step(rule.decision, "withdrawal_to_be_decided"))
    else:
        steps.append(Step(rule.decision, "withdrawal_decided", {"decided_at": facts.decided_at}))
    if not bound:
        if facts.filed_at >= limit:
            steps.append(Step(rule.article_46, "withdrawal_special_term", {"until": limit}))
        return None
    steps.append(Step(rule.article_46, "withdrawal_decide_until", {"until": limit}))
    if facts.decided_at is not None and facts.decided_at >= limit:
        late: dict[str, Fact] = {"until": limit, "decided_at": facts.decided_at}
        findings.append(Finding(rule.article_46, "withdrawal_decided_late", Severity.ERROR, late, ("decided_at",)))
    return limit


@applies("L30.10.a1")
def ballots_after(*, made: bool | None) -> Ballots:
    """What becomes of the line of somebody who leaves: struck out on ballots that are made, else left out."""
    if made is None:
        return Ballots.NOT_KNOWN
    return Ballots.CROSSED_OUT if made else Ballots.LEFT_OUT
