"""Who may elect and who may be elected (Art. 1, 3): citizenship, age, and what takes the right away.

A person's origin, sex, ethnicity, education, property, faith or convictions are no facts here (L3.2), nor is the
country a person lives in (L2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Kind
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer
from shailoo.law.voters.voting import Voting


class Right(StrEnum):
    """The two rights of suffrage."""

    ELECT = "elect"  # the active electoral right
    BE_ELECTED = "be_elected"  # the passive one


class Standing(StrEnum):
    """Whether a person has the right asked for on the day of the voting."""

    HOLDS = "holds"
    LACKS = "lacks"
    NOT_KNOWN = "not_known"


class Custody(StrEnum):
    """Where a person is held on the day of the voting."""

    NONE = "none"
    DETENTION = "detention"  # before a judgment: in temporary detention
    CONFINEMENT = "confinement"  # serving a sentence


@dataclass(frozen=True, slots=True)
class IncapacityJudgment:
    """A court's decision on legal incapacity: the local day of its effect, and of its reversal if any."""

    effective: date
    reversed: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.effective <= day and (self.reversed is None or day < self.reversed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person whose suffrage is asked, as registers and courts tell it. None: not known.

    `citizen` is citizenship of the Kyrgyz Republic on the day of the voting; `born` the day of birth; `incapacity`
    every judgment on legal incapacity, None where the courts have not been asked; `convicted` a conviction that has
    not been cancelled, which only the right to be elected asks for.
    """

    citizen: bool | None = None
    born: date
    custody: Custody | None = Custody.NONE
    incapacity: tuple[IncapacityJudgment, ...] | None = ()
    convicted: bool | None = None


@dataclass(frozen=True, slots=True)
class SuffrageFacts:
    """A person, the right asked for, and the voting on whose day it is tested."""

    voting: Voting
    person: Person
    right: Right = Right.ELECT


def age_on(day: date, born: date) -> int:
    """Full years on a local day; somebody born on it has reached the age that day.

    >>> age_on(date(2020, 10, 4), date(2002, 10, 4)), age_on(date(2020, 10, 4), date(2002, 10, 5))
    (18, 17)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@applies("L1.d07", "L3.1.a1", "L3.1.a2", "L3.2", "L3.3.a1", "L3.3.a2", "L3.4")
def suffrage(facts: SuffrageFacts, edition: Edition) -> Outcome[Standing]:
    """Whether a person may elect, or be elected as far as Article 3 says: citizenship, age, court decisions.

    What else is asked of a candidate (Art. 50, 59) is the rule `candidate`'s to say.
    """
    answer = Answer()
    _citizenship(facts, answer)
    if facts.right is Right.ELECT:
        _age_to_elect(facts, edition, answer)
        _incapacity(facts, answer)
        _confinement(facts, answer)
    else:
        _age_to_be_elected(facts, edition, answer)
        _conviction(facts, answer)
    standing = _standing(answer)
    if standing is Standing.HOLDS and facts.right is Right.ELECT:
        answer.steps.append(Step("L1.d07", "suffrage_voter", {"day": facts.voting.day}))
    return answer.outcome(standing)


def _standing(answer: Answer) -> Standing:
    """What is lacking decides, whatever is not known."""
    codes = {found.code for found in answer.findings}
    if codes - {"polling_fact_not_known"}:
        return Standing.LACKS
    return Standing.NOT_KNOWN if codes else Standing.HOLDS


def _citizenship(facts: SuffrageFacts, answer: Answer) -> None:
    norm = "L3.1.a1" if facts.right is Right.ELECT else "L3.1.a2"
    if facts.person.citizen is None:
        answer.unknown(norm, "citizen")
        return
    breach = Finding(norm, "suffrage_not_a_citizen", Severity.ERROR, {}, ("citizen",))
    answer.test(facts.person.citizen, Step(norm, "suffrage_citizen"), breach)


def _age_to_elect(facts: SuffrageFacts, edition: Edition, answer: Answer) -> None:
    age = age_on(facts.voting.day, facts.person.born)
    needed = edition.voting_age
    numbers: dict[str, Fact] = {"age": age, "needed_age": needed, "day": facts.voting.day}
    breach = Finding("L3.1.a1", "suffrage_too_young", Severity.ERROR, numbers, ("born",))
    answer.test(age >= needed, Step("L3.1.a1", "suffrage_old_enough", numbers), breach)


def _incapacity(facts: SuffrageFacts, answer: Answer) -> None:
    judgments = facts.person.incapacity
    if judgments is None:
        answer.unknown("L3.3.a1", "incapacity")
        return
    in_force = [each for each in judgments if each.holds_on(facts.voting.day)]
    effective = {"effective": in_force[0].effective} if in_force else {}
    breach = Finding("L3.3.a1", "suffrage_incapable", Severity.ERROR, effective, ("incapacity",))
    answer.test(not in_force, Step("L3.3.a1", "suffrage_not_incapable"), breach)


DEPRIVING: Mapping[Custody, NormId] = MappingProxyType({Custody.CONFINEMENT: "L3.3.a2"})
"""Where somebody is held who may not vote. Detention before a judgment takes no right away (L14.5, L33.1)."""


def _confinement(facts: SuffrageFacts, answer: Answer) -> None:
    custody = facts.person.custody
    if custody is None:
        answer.unknown("L3.3.a2", "custody")
    elif custody in DEPRIVING:
        answer.findings.append(Finding(DEPRIVING[custody], "suffrage_confined", Severity.ERROR, {}, ("custody",)))
    else:
        answer.steps.append(Step("L3.3.a2", "suffrage_not_confined", {"custody": custody}))


def _bounds(kind: Kind, edition: Edition) -> tuple[int, int | None]:
    """The youngest and the oldest age, in full years, at which the office of this election may be sought."""
    if kind in (Kind.JK, Kind.JK_EARLY, Kind.REPEAT_JK):
        return edition.deputy_age_from, None
    return edition.president_age_from, edition.president_age_until


def _age_to_be_elected(facts: SuffrageFacts, edition: Edition, answer: Answer) -> None:
    age = age_on(facts.voting.day, facts.person.born)
    youngest, oldest = _bounds(facts.voting.kind, edition)
    numbers: dict[str, Fact] = {"age": age, "needed_age": youngest, "day": facts.voting.day}
    if oldest is not None and age > oldest:
        too_old: dict[str, Fact] = {"age": age, "highest_age": oldest, "day": facts.voting.day}
        answer.findings.append(Finding("L3.1.a2", "suffrage_too_old", Severity.ERROR, too_old, ("born",)))
        return
    breach = Finding("L3.1.a2", "suffrage_too_young", Severity.ERROR, numbers, ("born",))
    answer.test(age >= youngest, Step("L3.1.a2", "suffrage_old_enough", numbers), breach)


def _conviction(facts: SuffrageFacts, answer: Answer) -> None:
    if facts.person.convicted is None:
        answer.unknown("L3.4", "convicted")
        return
    breach = Finding("L3.4", "suffrage_convicted", Severity.ERROR, {}, ("convicted",))
    answer.test(not facts.person.convicted, Step("L3.4", "suffrage_not_convicted"), breach)
