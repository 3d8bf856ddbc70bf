"""Whether a precinct's lists went their way in time: the law's own rule `posting`, asked once for each kind of case.

Handing over on paper is not asked here: whoever prints and delivers knows of it, and asks the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from shailoo.elections.models import Voting as VotingDay
from shailoo.elections.occasions import kind_of
from shailoo.law.editions import Edition as Law
from shailoo.law.outcome import Finding, Outcome, Step
from shailoo.law.voters.posting import PostingFacts, posting
from shailoo.law.voters.voting import Voting
from shailoo.voters.lists.models import Stage

ASKED = frozenset(
    {
        "preliminary_received",
        "preliminary_signed",
        "preliminary_posted",
        "preliminary_online",
        "control_received",
        "control_complete",
        "control_posted",
        "final_posted",
    }
)
"""The facts of the rule that are known here."""
OF_STAGE = {
    Stage.PRELIMINARY: frozenset({"preliminary_posted"}),
    Stage.CONTROL: frozenset({"control_posted"}),
    Stage.FINAL: frozenset({"final_posted"}),
}
"""What a precinct commission has to do with the list of each stage."""


@dataclass(frozen=True, slots=True)
class Days:
    """What is the same for every precinct: local days on which lists came, and on which they went on the site."""

    asked_on: date
    preliminary_received: date | None = None
    preliminary_online: date | None = None
    control_received: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the law says of one precinct: what was found late or is missing, and what was in time."""

    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]

    @property
    def late(self) -> bool:
        return bool(self.findings)

    def of(self, stage: Stage) -> tuple[Finding, ...]:
        """What it says of the posting of one stage."""
        return tuple(found for found in self.findings if OF_STAGE[stage] & set(found.fields))


class Judge:
    """Asks the law of the voting's lists; precincts that did the same on the same days are one case."""

    def __init__(self, voting: VotingDay, days: Days) -> None:
        election = voting.election
        self._law: Law = election.edition
        kind = kind_of(election.kind, election.occasion)
        self._facts = PostingFacts(
            Voting(kind, voting.day, election.called_on),
            asked_on=days.asked_on,
            preliminary_received=days.preliminary_received,
            preliminary_signed=days.preliminary_received is not None or None,
            preliminary_online=days.preliminary_online,
            control_received=days.control_received,
            control_complete=days.control_received is not None or None,
        )
        self._known: dict[tuple[date | None, ...], Verdict] = {}

    def verdict(self, preliminary: date | None, control: date | None, final: date | None) -> Verdict:
        """The law's answer for a precinct that posted its lists on these local days."""
        case = (preliminary, control, final)
        if case not in self._known:
            facts = replace(self._facts, preliminary_posted=preliminary, control_posted=control, final_posted=final)
            self._known[case] = _own(posting(facts, self._law))
        return self._known[case]


def _own(outcome: Outcome[tuple[str, ...]]) -> Verdict:
    """The part of the answer that rests on what is known here."""
    findings = tuple(found for found in outcome.findings if ASKED & set(found.fields))
    return Verdict(findings, outcome.steps)
