"""Second versions of the arithmetic, written the long way round, to hold the rules against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import floor

from shailoo.law.nomination.list_composition import Gender, ListCandidate, PartyList
from shailoo.law.nomination.residence import Stay
from shailoo.law.nomination.signature_sheet import Sheet


def misses(facts: PartyList, *, run: int = 3, on: date | None = None) -> set[str]:
    """The norms of L60.3 that a list with everything declared misses."""
    day = on or facts.election_day
    everyone = facts.candidates
    size = Fraction(len(everyone))
    young = [each for each in everyone if _birthday(each.born, 35) > day]
    others = _others(everyone)
    return {
        norm
        for norm, kept in {
            "L60.3.a": 75 <= size <= 200,
            "L60.3.b": all(_of(everyone, gender) / size <= Fraction(7, 10) for gender in Gender),
            "L60.3.c": not any(_same(everyone[start : start + run + 1], run + 1) for start in range(len(everyone))),
            "L60.3.d": len(young) / size >= Fraction(15, 100),
            "L60.3.e": sum(each in young for each in everyone[:65]) >= 5,
            "L60.3.f": len(others) / size >= Fraction(15, 100),
            "L60.3.g": sum(each in others for each in everyone[:65]) >= 5,
            "L60.3.h": sum(bool(each.limited_health) for each in everyone) >= 2,
            "L60.3.i": any(each.limited_health for each in everyone[:50]),
        }.items()
        if not kept
    }


def _birthday(born: date, years: int) -> date:
    year = born.year + years
    try:
        return born.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


def _of(everyone: Sequence[ListCandidate], gender: Gender) -> int:
    return len([each for each in everyone if each.gender is gender])


def _same(some: Sequence[ListCandidate], length: int) -> bool:
    return len(some) == length and len({each.gender for each in some}) == 1


def _others(everyone: Sequence[ListCandidate]) -> list[ListCandidate]:
    """Those of another ethnicity than the first of the most frequent ones; the tests leave no two equally frequent."""
    names = [each.ethnicity for each in everyone]
    most = max(names, key=names.count)
    return [each for each in everyone if each.ethnicity != most]


def possible_others(ethnicities: Sequence[str | None], front: int) -> tuple[int, int]:
    """The least and the most others in front, by every way in which the undeclared could have declared."""
    fresh = [f"new{number}" for number in range(len(ethnicities))]
    choices = [[each] if each is not None else ["a", "b", "c", *fresh] for each in ethnicities]
    numbers = list(_numbers(choices, front))
    return min(numbers), max(numbers)


def _numbers(choices: Sequence[Sequence[str]], front: int) -> Iterator[int]:
    for declared in product(*choices):
        most = max(declared.count(each) for each in declared)
        references = {each for each in declared if declared.count(each) == most}
        yield max(sum(each != reference for each in declared[:front]) for reference in references)


def counted_signatures(facts: Sheet) -> set[str]:
    """The voters of a sheet without faults of its own who have a signature that counts and none from before."""
    good = {
        each.voter
        for each in facts.entries
        if each.may_vote and not each.faults and each.signed_on >= facts.nominated_on
    }
    return good - facts.counted[facts.candidate]


def valid_signatures(number: int, checked: int, invalid: int, reading: str) -> tuple[int, int]:
    """The least and the most valid signatures, by thinking of each one that was not checked."""
    unchecked = number - checked
    if checked and reading == "found_invalid_only":
        return number - invalid, number - invalid
    if checked and reading == "extrapolated":
        valid = Fraction(checked - invalid, checked) * number
        return floor(valid), floor(valid)
    return checked - invalid, checked - invalid + unchecked


def days_lived(stays: Iterable[Stay], on: date) -> int:
    """The days of residence before `on`, each day once."""
    lived: set[int] = set()
    for each in stays:
        lived |= set(range(each.since.toordinal(), min(each.until or on, on).toordinal()))
    return len(lived)


def allowed_change(before: str, after: str, withdrawn: frozenset[str]) -> bool:
    """Whether `after` is `before` with each withdrawn one left out or replaced, by trying every way."""
    slots = [[each] if each not in withdrawn else ["", "?"] for each in before]
    told = "".join(each if each in before else "?" for each in after)
    return any("".join(chosen) == told for chosen in product(*slots))
