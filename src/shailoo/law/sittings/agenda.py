"""What may stand on the agenda of a sitting, and what becomes of a proposal.

Carries out L18.1.2 (a representative proposes and demands a vote) and L35.16.a1, L36.2.c1 (the final meeting decides on
complaints).
"""

from __future__ import annotations

from dataclasses import dataclass

from shailoo.law.editions import Edition
from shailoo.law.observation.observers import Level
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question proposed for a sitting, and what the commission wants to do with it.

    `final_meeting`: the sitting is the one on complaints before a protocol. `vote_demanded`: the representative who
    proposed it demanded a vote. `voted`: the members have voted on dealing with it. `declined`: it is not dealt with.
    """

    level: Level
    final_meeting: bool
    on_complaint: bool
    vote_demanded: bool = False
    voted: bool = False
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Whether the question may be treated so."""

    lawful: bool


@applies("L18.1.2", "L35.16.a1", "L36.2.c1")
def proposal(facts: Proposal, _edition: Edition) -> Outcome[Placed]:
    """Whether a question may be put on the agenda of this sitting, or be declined without a vote."""
    findings = []
    norm = "L35.16.a1" if facts.level is Level.PEC else "L36.2.c1"
    if facts.final_meeting and not facts.on_complaint and not facts.declined:
        findings.append(Finding(norm, "final_meeting_is_on_complaints", Severity.ERROR, fields=("matter",)))
    if facts.declined and facts.vote_demanded and not facts.voted:
        findings.append(Finding("L18.1.2", "proposal_declined_without_vote", Severity.ERROR, fields=("vote_demanded",)))
    norm = "L18.1.2" if facts.vote_demanded else norm if facts.final_meeting else "L12.4"
    steps = () if findings else (Step(norm, "proposal_treated"),)
    return Outcome(Placed(not findings), steps, tuple(findings))
