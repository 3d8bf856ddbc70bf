"""No list, or only one, at the end of registration: the election is postponed (L61.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shailoo.law.calendar.calling import postpone
from shailoo.law.editions import Edition
from shailoo.law.outcome import Outcome, Step, applies
from shailoo.law.registration.election import Contest, Election
from shailoo.law.registration.grounds import REGISTRATION_END


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
    """Whether an election of lists is postponed by 25 days for additional nomination, and to which day.

    It is asked at the end of registration; the law has no such rule for the President.
    """
    if facts.election.contest is Contest.PRESIDENT:
        return Outcome(Postponement(None), (Step("L61.6", "postponement_not_for_president"),))
    ends = facts.election.until(REGISTRATION_END[facts.election.contest], edition)
    if facts.at < ends:
        step = Step("L61.6", "postponement_registration_goes_on", {"registration_ends": ends})
        return Outcome(Postponement(None), (step,))
    found = postpone(facts.election.occasion(), facts.registered, edition)
    day = found.value.election_day
    moved = None if day == facts.election.election_day else day
    return Outcome(Postponement(moved), found.steps, found.findings)
