"""Whether a party's list is made up as the law asks: its size, genders, young, ethnicities, health (L60.3).

The list is taken in its order: the first candidate has rank 1. Shares are exact, and exactly the share is enough. What
a candidate has not declared (ethnicity, health) is never guessed: it leaves a test open where it could decide it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.nomination import OtherEthnicityRule
from shailoo.law.nomination.ages import completed_years, day_of_age
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.shares import Verdict, needed, share

CANDIDATES = ("candidates",)
KYRGYZ = "kyrgyz"  # the code of the form; other ethnicities have codes of their own


class Gender(StrEnum):
    MAN = "man"
    WOMAN = "woman"


@dataclass(frozen=True, slots=True)
class ListCandidate:
    """One candidate of a list, as the special data form gives it.

    `ethnicity` (a code, "kyrgyz" among them) and `limited_health` are what the candidate declared, None where nothing
    was declared. `party_member` is asked only of those who take the place of another (L60.5.c).
    """

    person: str
    gender: Gender
    born: date
    ethnicity: str | None = None
    limited_health: bool | None = None
    party_member: bool | None = None


@dataclass(frozen=True, slots=True)
class PartyList:
    """A list of candidates in its order. Days are local; `submitted_on` is the day of submission to the CEC."""

    candidates: tuple[ListCandidate, ...]
    election_day: date
    submitted_on: date

    def __post_init__(self) -> None:
        persons = [each.person for each in self.candidates]
        if len(set(persons)) != len(persons):
            raise ValueError("a person stands on a list once")


@dataclass(frozen=True, slots=True)
class Composition:
    """How a list is made up, in candidates. `valid` is None where what is not declared could decide.

    `other_ethnic` and `limited_health` are those known for certain.
    """

    valid: bool | None
    size: int
    men: int
    women: int
    longest_run: int
    young: int
    young_in_front: int
    other_ethnic: int
    other_ethnic_in_front: int
    limited_health: int
    limited_health_in_front: int


@dataclass(frozen=True, slots=True)
class _Number:
    """Candidates of a kind: at least `low`, at most `high`."""

    low: int
    high: int

    def at_least(self, wanted: int) -> Verdict:
        if self.low >= wanted:
            return Verdict.MET
        return Verdict.MISSED if self.high < wanted else Verdict.OPEN


@dataclass(frozen=True, slots=True)
class _Run:
    """Candidates of one gender in a row, from rank `first` to rank `last`."""

    gender: Gender
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the tests count: the list with its runs and the young, the others in ethnicity, limited health."""

    size: int
    men: int
    runs: tuple[_Run, ...]
    young: int
    young_in_front: int
    other_ethnic: _Number
    other_ethnic_in_front: _Number
    limited_health: _Number
    limited_health_in_front: _Number


NOT_DECLARED = frozenset(
    {
        "list_ethnicity_not_declared",
        "list_ethnicity_in_front_not_declared",
        "list_health_not_declared",
        "list_health_in_front_not_declared",
    }
)
"""Findings that another declaration may still settle."""


@applies("L60.3.a", "L60.3.b", "L60.3.c", "L60.3.d", "L60.3.e", "L60.3.f", "L60.3.g", "L60.3.h", "L60.3.i")
def compose(facts: PartyList, edition: Edition) -> Outcome[Composition]:
    """Whether a party's list keeps the size and the shares of gender, youth, ethnicity and health (L60.3)."""
    seen = _look(facts, edition)
    told = tuple(_told(seen, edition))
    steps = tuple(each for each in told if isinstance(each, Step))
    findings = tuple(each for each in told if isinstance(each, Finding))
    return Outcome(_composition(seen, findings), steps, findings)


def _told(seen: _Looked, edition: Edition) -> Iterator[Step | Finding]:
    """The nine tests in the order of the law; an empty list has only a size."""
    yield _size(seen, edition)
    if seen.size:
        yield _one_gender(seen, edition)
        yield from _gender_order(seen, edition)
        yield _young(seen, edition)
        yield _young_in_front(seen, edition)
        yield _other_ethnic(seen, edition)
        yield _other_ethnic_in_front(seen, edition)
        yield _limited_health(seen, edition)
        yield _limited_health_in_front(seen, edition)


def _composition(seen: _Looked, findings: Sequence[Finding]) -> Composition:
    missed = any(found.code not in NOT_DECLARED for found in findings)
    return Composition(
        valid=None if findings and not missed else not findings,
        size=seen.size,
        men=seen.men,
        women=seen.size - seen.men,
        longest_run=max((run.length for run in seen.runs), default=0),
        young=seen.young,
        young_in_front=seen.young_in_front,
        other_ethnic=seen.other_ethnic.low,
        other_ethnic_in_front=seen.other_ethnic_in_front.low,
        limited_health=seen.limited_health.low,
        limited_health_in_front=seen.limited_health_in_front.low,
    )


# ------------------------------------------------------------------------------------- size and gender


def _size(seen: _Looked, edition: Edition) -> Step | Finding:
    limits: dict[str, Fact] = {"size": seen.size, "at_least": edition.list_smallest, "at_most": edition.list_largest}
    if seen.size < edition.list_smallest:
        return Finding("L60.3.a", "list_too_short", Severity.ERROR, limits, CANDIDATES)
    if seen.size > edition.list_largest:
        return Finding("L60.3.a", "list_too_long", Severity.ERROR, limits, CANDIDATES)
    return Step("L60.3.a", "list_size_kept", limits)


def _one_gender(seen: _Looked, edition: Edition) -> Step | Finding:
    women = seen.size - seen.men
    gender, number = (Gender.MAN, seen.men) if seen.men >= women else (Gender.WOMAN, women)
    most = edition.list_one_gender
    share_of = share(number, seen.size)
    facts: dict[str, Fact] = {
        "gender": gender.value,
        "number": number,
        "size": seen.size,
        "share": share_of,
        "threshold": most,
        "at_most": int(most * seen.size),
    }
    if share_of > most:
        return Finding("L60.3.b", "list_one_gender_exceeds_share", Severity.ERROR, facts, CANDIDATES)
    return Step("L60.3.b", "list_gender_share_kept", facts)


def _gender_order(seen: _Looked, edition: Edition) -> Iterator[Step | Finding]:
    """Each run that is too long by itself, so that a party sees every place to mend."""
    limit, reading = edition.longest_gender_run, edition.gender_order_rule.value
    too_long = [run for run in seen.runs if run.length > limit]
    for run in too_long:
        facts: dict[str, Fact] = {
            "gender": run.gender.value,
            "from_rank": run.first,
            "to_rank": run.last,
            "number": run.length,
            "at_most": limit,
            "gender_order_rule": reading,
        }
        yield Finding("L60.3.c", "list_run_of_one_gender", Severity.ERROR, facts, CANDIDATES)
    if not too_long:
        longest = max(run.length for run in seen.runs)
        kept: dict[str, Fact] = {"number": longest, "at_most": limit, "gender_order_rule": reading}
        yield Step("L60.3.c", "list_gender_order_kept", kept)


# ------------------------------------------------------------------------------------- young candidates


def _young(seen: _Looked, edition: Edition) -> Step | Finding:
    wanted = needed(edition.list_young, seen.size)
    facts: dict[str, Fact] = {
        "number": seen.young,
        "years": edition.list_young_below,
        "age_day": edition.age_day.value,
        "size": seen.size,
        "share": share(seen.young, seen.size),
        "threshold": edition.list_young,
        "at_least": wanted,
    }
    if seen.young < wanted:
        return Finding("L60.3.d", "list_too_few_young", Severity.ERROR, facts, CANDIDATES)
    return Step("L60.3.d", "list_young_share_kept", facts)


def _young_in_front(seen: _Looked, edition: Edition) -> Step | Finding:
    facts: dict[str, Fact] = {
        "number": seen.young_in_front,
        "years": edition.list_young_below,
        "front": edition.list_young_front,
        "at_least": edition.list_young_in_front,
    }
    if seen.young_in_front < edition.list_young_in_front:
        return Finding("L60.3.e", "list_too_few_young_in_front", Severity.ERROR, facts, CANDIDATES)
    return Step("L60.3.e", "list_young_in_front_kept", facts)


# ------------------------------------------------------------------------------------- ethnicity


def _other_ethnic(seen: _Looked, edition: Edition) -> Step | Finding:
    number, wanted = seen.other_ethnic, needed(edition.list_other_ethnic, seen.size)
    facts: dict[str, Fact] = {
        "number": number.low,
        "size": seen.size,
        "share": share(number.low, seen.size),
        "threshold": edition.list_other_ethnic,
        "other_ethnicity_rule": edition.other_ethnicity_rule.value,
        "at_least": wanted,
        "possible": number.high,
    }
    match number.at_least(wanted):
        case Verdict.MET:
            return Step("L60.3.f", "list_other_ethnic_share_kept", facts)
        case Verdict.MISSED:
            return Finding("L60.3.f", "list_too_few_other_ethnic", Severity.ERROR, facts, CANDIDATES)
        case Verdict.OPEN:
            return Finding("L60.3.f", "list_ethnicity_not_declared", Severity.ERROR, facts, CANDIDATES)


def _other_ethnic_in_front(seen: _Looked, edition: Edition) -> Step | Finding:
    number, wanted = seen.other_ethnic_in_front, edition.list_other_ethnic_in_front
    facts: dict[str, Fact] = {
        "number": number.low,
        "front": edition.list_other_ethnic_front,
        "at_least": wanted,
        "possible": number.high,
    }
    match number.at_least(wanted):
        case Verdict.MET:
            return Step("L60.3.g", "list_other_ethnic_in_front_kept", facts)
        case Verdict.MISSED:
            return Finding("L60.3.g", "list_too_few_other_ethnic_in_front", Severity.ERROR, facts, CANDIDATES)
        case Verdict.OPEN:
            return Finding("L60.3.g", "list_ethnicity_in_front_not_declared", Severity.ERROR, facts, CANDIDATES)


# ------------------------------------------------------------------------------------- limited health


def _limited_health(seen: _Looked, edition: Edition) -> Step | Finding:
    number, wanted = seen.limited_health, edition.list_limited_health
    facts: dict[str, Fact] = {"number": number.low, "at_least": wanted, "possible": number.high}
    match number.at_least(wanted):
        case Verdict.MET:
            return Step("L60.3.h", "list_limited_health_kept", facts)
        case Verdict.MISSED:
            return Finding("L60.3.h", "list_too_few_limited_health", Severity.ERROR, facts, CANDIDATES)
        case Verdict.OPEN:
            return Finding("L60.3.h", "list_health_not_declared", Severity.ERROR, facts, CANDIDATES)


def _limited_health_in_front(seen: _Looked, edition: Edition) -> Step | Finding:
    number, wanted = seen.limited_health_in_front, edition.list_limited_health_in_front
    facts: dict[str, Fact] = {
        "number": number.low,
        "front": edition.list_limited_health_front,
        "at_least": wanted,
        "possible": number.high,
    }
    match number.at_least(wanted):
        case Verdict.MET:
            return Step("L60.3.i", "list_limited_health_in_front_kept", facts)
        case Verdict.MISSED:
            return Finding("L60.3.i", "list_too_few_limited_health_in_front", Severity.ERROR, facts, CANDIDATES)
        case Verdict.OPEN:
            return Finding("L60.3.i", "list_health_in_front_not_declared", Severity.ERROR, facts, CANDIDATES)


# ------------------------------------------------------------------------------------- counting


def _look(facts: PartyList, edition: Edition) -> _Looked:
    everyone = facts.candidates
    day = day_of_age(facts.election_day, facts.submitted_on, edition)
    young = [completed_years(each.born, day) < edition.list_young_below for each in everyone]
    ethnicities = [each.ethnicity for each in everyone]
    differ = not_kyrgyz if edition.other_ethnicity_rule is OtherEthnicityRule.NOT_KYRGYZ else others
    return _Looked(
        size=len(everyone),
        men=sum(each.gender is Gender.MAN for each in everyone),
        runs=tuple(_runs(everyone)),
        young=sum(young),
        young_in_front=sum(young[: edition.list_young_front]),
        other_ethnic=differ(ethnicities, len(everyone)),
        other_ethnic_in_front=differ(ethnicities, edition.list_other_ethnic_front),
        limited_health=_with_limited_health(everyone),
        limited_health_in_front=_with_limited_health(everyone[: edition.list_limited_health_front]),
    )


def _runs(candidates: Sequence[ListCandidate]) -> Iterator[_Run]:
    rank = 1
    for gender, group in groupby(candidates, key=lambda each: each.gender):
        length = sum(1 for _ in group)
        yield _Run(gender, rank, rank + length - 1)
        rank += length


def _with_limited_health(candidates: Sequence[ListCandidate]) -> _Number:
    known = sum(each.limited_health is True for each in candidates)
    return _Number(known, known + sum(each.limited_health is None for each in candidates))


def not_kyrgyz(ethnicities: Sequence[str | None], front: int) -> _Number:
    """How many of the first `front` are not Kyrgyz; those who declared nothing may be of any ethnicity."""
    in_front = ethnicities[:front]
    known = sum(each is not None and each != KYRGYZ for each in in_front)
    return _Number(known, known + sum(each is None for each in in_front))


_ANOTHER = "\0"  # an ethnicity that nobody on the list declared


def others(ethnicities: Sequence[str | None], front: int) -> _Number:
    """How many of the first `front` are of another ethnicity than the one most frequent on the whole list.

    Those who declared none (None) may be of any: the numbers are the least and the most that come about.
    """
    counted = Counter(each for each in ethnicities if each is not None)
    undeclared = len(ethnicities) - counted.total()
    if not undeclared:
        exactly = _declared_others(ethnicities, front)
        return _Number(exactly, exactly)
    most = max(counted.values(), default=1)
    reference = [each for each in (*counted, _ANOTHER) if counted[each] + undeclared >= most]
    least = min(_declared_others([given or each for given in ethnicities], front) for each in reference)
    in_front = Counter(ethnicities[:front])
    behind = undeclared - in_front[None]
    return _Number(
        least,
        max(
            min(front, len(ethnicities)) - in_front[each] - max(0, most - counted[each] - behind) for each in reference
        ),
    )


def _declared_others(ethnicities: Sequence[str | None], front: int) -> int:
    """Where several are equally frequent, each is another to the other: the one that leaves more others is taken."""
    counted = Counter(ethnicities)
    most = max(counted.values(), default=0)
    in_front = Counter(ethnicities[:front])
    return max(
        (min(front, len(ethnicities)) - in_front[each] for each, number in counted.items() if number == most), default=0
    )
