"""The steps of an outcome as the tables of the "why?" page: barriers, quotient, remainders, cap.

Reads the steps alone, so that a result determined long ago is explained by what was recorded then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from shailoo.law.editions import Edition, ThresholdBase
from shailoo.law.outcome import Fact, Step
from shailoo.law.shares import Base, Verdict
from shailoo.law.thresholds import Count, regional_base


class Barrier(StrEnum):
    """How a list came out of the national test (L64.2.a)."""

    MET = "met"
    BELOW = "below"
    OPEN = "open"


_BARRIERS = {
    "national_threshold_met": Barrier.MET,
    "below_national_threshold": Barrier.BELOW,
    "national_threshold_open": Barrier.OPEN,
}


@dataclass(frozen=True, slots=True)
class NationalTest:
    """One list against the national barrier: votes, their base, the exact share and the votes needed.

    Where the base is only bounded, `base` and `needed` are what it is at least, and there is no share.
    """

    list_id: str
    votes: int
    base: int
    share: Fraction | None
    needed: int
    barrier: Barrier

    @property
    def margin(self) -> int:
        """Votes above (or, negative, below) what was needed."""
        return self.votes - self.needed


def national_tests(steps: Iterable[Step]) -> tuple[NationalTest, ...]:
    """Every list's national test, most votes first; none where no barrier was tested."""
    found = [_national(step.facts, _BARRIERS[step.code]) for step in steps if step.code in _BARRIERS]
    return tuple(sorted(found, key=lambda test: -test.votes))


def _national(facts: Mapping[str, Fact], barrier: Barrier) -> NationalTest:
    exact = "base" in facts
    share = facts.get("share")
    return NationalTest(
        str(facts["list"]),
        whole(facts["votes"]),
        whole(facts["base" if exact else "base_at_least"]),
        None if share is None else fraction(share),
        whole(facts["needed" if exact else "needed_at_least"]),
        barrier,
    )


@dataclass(frozen=True, slots=True)
class RegionalTest:
    """One list in one region: votes, their base as far as it is known, and whether the barrier is reached."""

    region: str
    votes: int
    base: Base
    verdict: Verdict

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.votes, self.base.known) if self.base.known else None


def regional_tests(count: Count, lists: Iterable[str], edition: Edition) -> dict[str, tuple[RegionalTest, ...]]:
    """The regional test (L64.2.b) of `lists`, region by region; empty where it cannot be made."""
    base = ThresholdBase(edition.threshold_base)
    bases = [(region, regional_base(region, count, base)) for region in count.regions]
    return {
        list_id: tuple(
            RegionalTest(
                region.id,
                region.votes.get(list_id, 0),
                own,
                own.at_least(region.votes.get(list_id, 0), edition.regional_threshold),
            )
            for region, own in bases
        )
        for list_id in lists
    }


@dataclass(frozen=True, slots=True)
class Portion:
    """One list in a division: votes by quotient as whole and fractional part, its place in turn, its mandates."""

    list_id: str
    votes: int
    whole: int
    remainder: Fraction
    place: int | None  # 1 = the largest fractional part served; None: no mandate by remainder
    cap: int | None  # the limit of L64.5 where the list is held at it

    @property
    def seats(self) -> int:
        """What the list keeps of this division."""
        given = self.whole + (1 if self.place else 0)
        return given if self.cap is None else min(given, self.cap)


@dataclass(frozen=True, slots=True)
class Division:
    """One division by L64.3: the votes of the lists in it, the mandates, the quotient, each list's portion."""

    number: int
    votes: int
    mandates: int
    quotient: Fraction
    portions: tuple[Portion, ...]

    @property
    def by_whole(self) -> int:
        return sum(portion.whole for portion in self.portions)

    @property
    def given(self) -> int:
        """Mandates that the lists keep of this division."""
        return sum(portion.seats for portion in self.portions)

    @property
    def by_remainder(self) -> int:
        return sum(1 for portion in self.portions if portion.place)


def divisions(steps: Sequence[Step]) -> tuple[Division, ...]:
    """Every division in turn; the cap of L64.5 can make a second one necessary."""
    return tuple(_division(own) for own in _by_quotient(steps))


def _by_quotient(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """The steps cut into divisions: each begins with its quotient."""
    own: list[Step] = []
    for step in steps:
        if step.code == "quotient":
            if own:
                yield own
            own = [step]
        elif own:
            own.append(step)
    if own:
        yield own


def _division(steps: Sequence[Step]) -> Division:
    first = steps[0].facts
    places = {str(s.facts["list"]): whole(s.facts["place"]) for s in steps if s.code == "by_remainder"}
    caps = {str(s.facts["list"]): whole(s.facts["cap"]) for s in steps if s.code == "held_at_cap"}
    portions = [_portion(step.facts, places, caps) for step in steps if step.code == "whole_part"]
    portions.sort(key=lambda portion: (-portion.remainder, -portion.votes))
    return Division(
        whole(first["round"]),
        whole(first["votes"]),
        whole(first["mandates"]),
        fraction(first["quotient"]),
        tuple(portions),
    )


def _portion(facts: Mapping[str, Fact], places: Mapping[str, int], caps: Mapping[str, int]) -> Portion:
    list_id = str(facts["list"])
    return Portion(
        list_id,
        whole(facts["votes"]),
        whole(facts["whole"]),
        fraction(facts["remainder"]),
        places.get(list_id),
        caps.get(list_id),
    )


def whole(fact: Fact) -> int:
    """A fact that is a count. Raises TypeError where it is none: a step would be misread otherwise."""
    if not isinstance(fact, int):
        raise TypeError(f"a count is needed here, not {fact!r}")
    return fact


def fraction(fact: Fact) -> Fraction:
    """A fact that is an exact number; a whole one that was stored comes back as an int."""
    if not isinstance(fact, (int, Fraction)):
        raise TypeError(f"an exact number is needed here, not {fact!r}")
    return Fraction(fact)
