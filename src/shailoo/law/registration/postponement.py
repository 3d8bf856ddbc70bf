"""No list, or only one, at the end of registration: the election is postponed (L61.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.law.calendar import Kind
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.grounds import REGISTRATION_END

SUNDAY = 6  # of date.weekday()


@dataclass(frozen=True, slots=True)
class RegisteredLists:
    """How many lists (at a presidential election, candidates) are registered at the instant `at`."""

    election: Election
    at: datetime
    registered: int


@dataclass(frozen=True, slots=True)
class Postponement:
    """The new election day, a local day; None where the election is held on its day or registration goes on."""

    election_day: date | None


@applies("L61.6")
def postponement(facts: RegisteredLists, edition: Edition) -> Outcome[Postponement]:
    """Whether the election of lists is postponed by 25 days for additional nomination, and to which day.

    The law has no such rule for the President. That the new day of a regular election is no Sunday (L59.3)
    is a WARNING: L61.6 is the special rule.
    """
    ends = facts.election.until(REGISTRATION_END[facts.election.contest], edition)
    numbers: dict[str, Fact] = {"registered": facts.registered, "too_few": edition.too_few_lists}
    if facts.election.contest is Contest.PRESIDENT:
        return _held(Step("L61.6", "postponement_not_for_president"))
    if facts.registered > edition.too_few_lists:
        return _held(Step("L61.6", "postponement_not_needed", numbers))
    if facts.at < ends:
        return _held(Step("L61.6", "postponement_registration_goes_on", {"registration_ends": ends}))
    day = facts.election.term("postponement_no_lists", edition).first
    if day is None:
        raise ValueError("a postponement has a day")  # its anchor is the election day, which is known
    steps = (Step("L61.6", "postponement_needed", numbers | {"election_day": day}),)
    if day.weekday() == SUNDAY or facts.election.kind is not Kind.JK:
        return Outcome(Postponement(day), steps)
    finding = Finding("L59.3.b", "postponement_to_no_sunday", Severity.WARNING, {"election_day": day})
    return Outcome(Postponement(day), steps, (finding,))


def _held(step: Step) -> Outcome[Postponement]:
    return Outcome(Postponement(None), (step,))
