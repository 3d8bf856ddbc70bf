"""Whether a commission has taken a decision: votes for against the majority that is needed.

Carries out L12.4 by the readings `decision_majority` and `sitting_tie`. Exactly half is never a majority.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.sittings import DecisionMajority, SittingTie
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies


class Choice(StrEnum):
    """How a member votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Poll:
    """An open vote: members by law or decision, members present, votes; `chair` is the chair's own (None: none)."""

    seats: int
    present: int
    votes_for: int
    votes_against: int
    votes_abstained: int
    chair: Choice | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the motion is adopted, and the votes for it that this needed."""

    needed: int
    adopted: bool


@applies("L12.4")
def majority(facts: Poll, edition: Edition) -> Outcome[Verdict]:
    """Whether a motion is adopted: more than half of the seats, or of the members present, by the reading taken.

    With an equal number of votes on both sides and the reading `chair_decides`, the chair's vote for it counts as the
    one vote that is missing. More votes than members present are refused.
    """
    findings = tuple(_impossible(facts))
    base = facts.seats if edition.decision_majority is DecisionMajority.OF_SEATS else facts.present
    needed = floor(base * edition.sitting_majority_share) + 1
    named = {"votes_for": facts.votes_for, "needed": needed, "base": base}
    if findings:
        return Outcome(Verdict(needed, adopted=False), (), findings)
    if facts.votes_for >= needed:
        return Outcome(Verdict(needed, adopted=True), (_counted(facts), Step("L12.4", "majority_reached", named)))
    if _chair_decides(facts, edition) and facts.votes_for + 1 == needed:
        decided = Step("L12.4", "majority_by_the_chair", {"votes_for": facts.votes_for})
        return Outcome(Verdict(facts.votes_for, adopted=True), (_counted(facts), decided))
    return Outcome(Verdict(needed, adopted=False), (_counted(facts), Step("L12.4", "majority_not_reached", named)))


def _counted(facts: Poll) -> Step:
    votes = {"votes_for": facts.votes_for, "votes_against": facts.votes_against, "abstained": facts.votes_abstained}
    return Step("L12.4", "votes_counted", votes)


def _chair_decides(facts: Poll, edition: Edition) -> bool:
    equal = facts.votes_for == facts.votes_against
    return edition.sitting_tie is SittingTie.CHAIR_DECIDES and equal and facts.chair is Choice.FOR


def _impossible(facts: Poll) -> Iterator[Finding]:
    votes = facts.votes_for + facts.votes_against + facts.votes_abstained
    if votes > facts.present:
        more = {"votes": votes, "present": facts.present}
        fields = ("votes_for", "votes_against", "votes_abstained")
        yield Finding("L12.4", "more_votes_than_members_present", Severity.ERROR, more, fields)
    if facts.present > facts.seats:
        more = {"seats": facts.seats, "present": facts.present}
        yield Finding("L12.4", "more_members_than_seats", Severity.ERROR, more, ("present",))
