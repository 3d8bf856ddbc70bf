"""The steps and findings of a rule while it is being carried out.

Requirements of one kind ("is there a seal?") are data: a table of names, norms and severities, each met, not met or not
known. Their words stand in the catalogue of values as "polling_requirement.NAME".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from shailoo.law.calendar import Entry, start_of
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled

T = TypeVar("T")


NOT_KNOWN = frozenset({"polling_fact_not_known", "polling_requirement_not_known"})
"""Findings that say what is to be established, and hold nothing against anybody."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that must have been done or be so, the norm that asks for it, and how grave it is where it is not."""

    norm: NormId
    severity: Severity = Severity.ERROR


class Answer:
    """Collects steps of what was tested, findings of what was not as it must be, and a question left to a body."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.findings: list[Finding] = []
        self.unsettled: Unsettled | None = None

    def outcome(self, value: T) -> Outcome[T]:
        return Outcome(value, tuple(self.steps), tuple(self.findings), self.unsettled)

    def take(self, part: Outcome[T]) -> T:
        """The value of another rule's outcome, with its steps and findings taken over."""
        self.steps += part.steps
        self.findings += part.findings
        return part.value

    @property
    def stopped(self) -> bool:
        """Whether an error was found."""
        return any(found.severity is Severity.ERROR for found in self.findings)

    @property
    def barred(self) -> bool:
        """Whether an error was found that is more than a fact that is not known."""
        return any(found.severity is Severity.ERROR and found.code not in NOT_KNOWN for found in self.findings)

    @property
    def verdict(self) -> bool | None:
        """False where a breach was found that stops the act, None where something needed is not known, else True."""
        if self.barred:
            return False
        return None if any(found.code in NOT_KNOWN for found in self.findings) else True

    def test(self, met: bool, step: Step, breach: Finding) -> bool:  # noqa: FBT001  # the verdict itself
        """Enter the step where the test is met, else the breach; returns the verdict."""
        if met:
            self.steps.append(step)
        else:
            self.findings.append(breach)
        return met

    def unknown(self, norm: NormId, name: str, within: str | None = None) -> None:
        """The fact `name` (in the field `within`, if given) is needed and not known: nothing may rest on the answer."""
        facts: dict[str, Fact] = {"polling_fact": name}
        self.findings.append(Finding(norm, "polling_fact_not_known", Severity.ERROR, facts, (within or name,)))

    def require(self, asked: Mapping[str, Requirement], facts: object) -> None:
        """Test every requirement of a table against the field of `facts` that bears its name."""
        for name, requirement in asked.items():
            self.required(name, requirement, getattr(facts, name))

    def required(self, name: str, asked: Requirement, met: bool | None) -> None:  # noqa: FBT001  # the fact itself
        """Test one requirement; one of which nothing is known must be explained."""
        facts: dict[str, Fact] = {"polling_requirement": name}
        if met:
            self.steps.append(Step(asked.norm, "polling_requirement_met", facts))
        elif met is None:
            unknown = Finding(asked.norm, "polling_requirement_not_known", Severity.WARNING, facts, (name,))
            self.findings.append(unknown)
        else:
            self.findings.append(Finding(asked.norm, "polling_requirement_not_met", asked.severity, facts, (name,)))

    def kept(
        self, norm: NormId, done: date | datetime | None, term: Entry, name: str, asked_on: date | None = None
    ) -> None:
        """Test a term of the calendar; a duty done late stands and must be explained, so must one not done.

        `asked_on` is the local day of the question: what is not done and not over by then is left out.
        """
        last = term.last
        if last is None or (done is None and asked_on is not None and asked_on <= last):
            return  # its anchor has not happened, or there is time left
        facts: dict[str, Fact] = {"polling_term": term.id, "last_day": last}
        if done is None:
            self.findings.append(Finding(norm, "polling_term_not_reported", Severity.WARNING, facts, (name,)))
            return
        facts = {"polling_term": term.id, "last_day": last, "done": done}
        late = Finding(norm, "polling_term_missed", Severity.WARNING, facts, (name,))
        self.test(term.in_time(_instant(done)), Step(norm, "polling_term_kept", facts), late)


def _instant(done: date | datetime) -> datetime:
    return done if isinstance(done, datetime) else start_of(done)
