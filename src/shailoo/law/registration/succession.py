"""Who follows on a list when a place becomes free, before the mandate is awarded or after it (L46.4, L65)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.registration import MandateOfInvalidElection, VacancyBeforeAward
from shailoo.law.nomination.list_composition import Gender
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Standing(StrEnum):
    """Where a candidate of a registered list stands."""

    ELECTED = "elected"  # elected, or a deputy already
    AVAILABLE = "available"  # not elected, still on the list
    OUT = "out"  # left or was taken off the list, or the mandate has ended


class Cause(StrEnum):
    """Why a place has become free."""

    RESIGNATION = "resignation"
    LEFT_FACTION = "left_faction"
    INCAPABLE = "incapable"
    DEATH = "death"
    DECLARED_DEAD_OR_MISSING = "declared_dead_or_missing"
    CONVICTION = "conviction"
    INCOMPATIBLE_POSITION = "incompatible_position"
    LEFT_COUNTRY = "left_country"
    CITIZENSHIP = "citizenship"  # forfeited, lost, or another one acquired
    ABSENCE = "absence"
    INVALID_ELECTION = "invalid_election"
    DUTIES_KEPT = "duties_kept"  # incompatible duties not given up in time; before the award
    ELECTION_CANCELLED = "election_cancelled"  # the decision on this candidate's election; before the award


CAUSES: Mapping[Cause, NormId] = MappingProxyType(
    {
        Cause.RESIGNATION: "L65.4.1",
        Cause.LEFT_FACTION: "L65.4.1",
        Cause.INCAPABLE: "L65.4.2",
        Cause.DEATH: "L65.4.3",
        Cause.DECLARED_DEAD_OR_MISSING: "L65.4.4",
        Cause.CONVICTION: "L65.4.5",
        Cause.INCOMPATIBLE_POSITION: "L65.4.6",
        Cause.LEFT_COUNTRY: "L65.4.7",
        Cause.CITIZENSHIP: "L65.4.8",
        Cause.ABSENCE: "L65.4.9",
        Cause.INVALID_ELECTION: "L65.4.10",
        Cause.DUTIES_KEPT: "L65.1.c",
        Cause.ELECTION_CANCELLED: "L46.4.b",
    }
)

BEFORE_AWARD: Mapping[Cause, NormId] = MappingProxyType(
    {Cause.DUTIES_KEPT: "L65.1.c", Cause.ELECTION_CANCELLED: "L46.4.c"}
)
"""Causes without a deputy, and the norm that names who follows there."""

_SAME_GENDER: Mapping[Gender, NormId] = MappingProxyType({Gender.WOMAN: "L65.4-1.1", Gender.MAN: "L65.4-1.2"})


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate's place on a registered list; ranks count from 1."""

    rank: int
    candidate: str
    gender: Gender
    standing: Standing


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place that has become free: the whole list, who stood in that place (`former`), and why it is free."""

    places: tuple[Place, ...]
    former: str
    cause: Cause

    def __post_init__(self) -> None:
        require_list(self.places)
        if self.place.standing is Standing.AVAILABLE:
            raise ValueError(f"{self.former} was not elected")

    @property
    def place(self) -> Place:
        """The place of `former`. Raises ValueError where the list has nobody of that name."""
        for each in self.places:
            if each.candidate == self.former:
                return each
        raise ValueError(f"the list has no candidate {self.former}")

    @property
    def remaining(self) -> list[Place]:
        """Candidates who may follow, in the order of the list; one passed over for gender is still among them."""
        available = (each for each in self.places if each.standing is Standing.AVAILABLE)
        return sorted(available, key=lambda each: each.rank)


class Next(StrEnum):
    """What becomes of the mandate."""

    PASSES = "passes"
    VACANT = "vacant"  # until the next election of the Jogorku Kenesh
    REPEAT_ELECTION = "repeat_election"


@dataclass(frozen=True, slots=True)
class Succession:
    """What becomes of the mandate; who gets it, with which rank; who stands before and is passed over for gender."""

    next_step: Next
    successor: str | None = None
    rank: int | None = None
    passed_over: tuple[str, ...] = ()


@applies("L65.3", "L65.4-1.1", "L65.4-1.2", "L65.4-1.b", "L65.1.c", "L46.4.c", "L65.5", "L65.4.10")
def succession(facts: Vacancy, edition: Edition) -> Outcome[Succession]:
    """Who gets a mandate that has become free: the next of the same gender on the list, else the next, else nobody.

    Before the award the order of the list alone decides (`vacancy_before_award`); where the gender differs then, a
    WARNING names whom the other reading would take.
    """
    free = Step(CAUSES[facts.cause], "mandate_free", {"candidate": facts.former, "vacancy_cause": facts.cause.value})
    no_succession = edition.mandate_of_invalid_election is MandateOfInvalidElection.NO_SUCCESSION
    if facts.cause is Cause.INVALID_ELECTION and no_succession:
        step = Step("L65.4.10", "mandate_of_invalid_election")
        return Outcome(Succession(Next.REPEAT_ELECTION), (free, step))
    remaining = facts.remaining
    if not remaining:
        return Outcome(Succession(Next.VACANT), (free, Step("L65.5", "mandate_stays_vacant")))
    if facts.cause in BEFORE_AWARD and edition.vacancy_before_award is VacancyBeforeAward.LIST_ORDER:
        return _in_list_order(facts, remaining, free)
    return _by_gender(facts, remaining, free)


def _in_list_order(facts: Vacancy, remaining: Sequence[Place], free: Step) -> Outcome[Succession]:
    first = remaining[0]
    norm = BEFORE_AWARD[facts.cause]
    step = Step(norm, "successor_in_list_order", {"candidate": first.candidate, "rank": first.rank})
    value = Succession(Next.PASSES, first.candidate, first.rank)
    if first.gender is facts.place.gender:
        return Outcome(value, (free, step))
    other = _first_of(facts.place.gender, remaining)
    named: dict[str, Fact] = {"candidate": first.candidate}
    if other is not None:
        named["other"] = other.candidate
    return Outcome(value, (free, step), (Finding(norm, "successor_of_other_gender", Severity.WARNING, named),))


def _by_gender(facts: Vacancy, remaining: Sequence[Place], free: Step) -> Outcome[Succession]:
    gender = facts.place.gender
    found = _first_of(gender, remaining)
    if found is None:
        first = remaining[0]
        told: dict[str, Fact] = {"candidate": first.candidate, "rank": first.rank, "successor_gender": gender.value}
        steps = (free, Step("L65.4-1.b", "successor_of_any_gender", told), *_passes(facts, first))
        return Outcome(Succession(Next.PASSES, first.candidate, first.rank), steps)
    passed_over = tuple(each.candidate for each in remaining if each.rank < found.rank)
    told = {
        "candidate": found.candidate,
        "rank": found.rank,
        "successor_gender": gender.value,
        "passed_over": len(passed_over),
    }
    steps = (free, Step(_SAME_GENDER[gender], "successor_of_same_gender", told), *_passes(facts, found))
    return Outcome(Succession(Next.PASSES, found.candidate, found.rank, passed_over), steps)


def _first_of(gender: Gender, remaining: Sequence[Place]) -> Place | None:
    return next((each for each in remaining if each.gender is gender), None)


@applies("L65.3")
def _passes(facts: Vacancy, successor: Place) -> tuple[Step, ...]:
    """A deputy's mandate is passed on by a decision of the CEC."""
    if facts.cause in BEFORE_AWARD:
        return ()
    return (Step("L65.3", "mandate_passes", {"from": facts.former, "to": successor.candidate}),)


def require_list(places: Sequence[Place]) -> None:
    """Raise ValueError where two candidates share a rank or a name, or a rank is none."""
    ranks = Counter(each.rank for each in places)
    names = Counter(each.candidate for each in places)
    twice = [str(each) for counted in (ranks, names) for each, times in counted.items() if times > 1]
    if twice:
        raise ValueError(f"stands twice on the list: {twice[0]}")
    if min(ranks, default=1) < 1:
        raise ValueError("ranks count from 1")
