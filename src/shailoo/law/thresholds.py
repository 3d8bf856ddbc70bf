"""Which lists take part in the distribution of mandates: the barriers nationwide and in every region.

Carries out L64.2 and L64.3.a. Votes are measured against the base that the reading `threshold_base` names; a base that
is not known exactly admits or excludes a list only where every possible base would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from shailoo.law.determination import ElectionKind, RepeatElection, repeat_election
from shailoo.law.editions import CapSurplusRule, Edition, RegionalRule, ThresholdBase, TieSameRegistration
from shailoo.law.outcome import Fact, NormId, Step, applies
from shailoo.law.shares import Base, Verdict, needed, share


@dataclass(frozen=True, slots=True)
class ListVotes:
    """A registered list: the votes for it, and its place in the order of registration (1 = registered first).

    `registered` may be any number that grows with the time of registration; None where it is not known. Lists with the
    same `registered` are told apart by `decision_number`, the number of the decision that registered them.
    """

    id: str
    votes: int
    registered: int | None = None
    decision_number: int | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """An oblast, Bishkek or Osh: voters who took part there, votes for each list, votes against all.

    A list that is not named has no votes there; None is a figure that is not known.
    """

    id: str
    participated: int | None
    votes: Mapping[str, int]
    against_all: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The national result of the precincts that count, from which seats are computed.

    Votes abroad are in the national figures only; no regions means that the regional test cannot be made. Participants
    of invalid precincts are kept apart for L37.6: `total_participants` are those of all precincts, by default
    `participated` and `invalidated_participants` together. Raises ValueError on counts that no protocol can hold.
    """

    participated: int | None
    against_all: int
    invalid: int | None
    lists: tuple[ListVotes, ...]
    regions: tuple[Region, ...] = ()
    invalidated_participants: int = 0
    total_participants: int | None = None

    def __post_init__(self) -> None:
        if not self.lists:
            raise ValueError("a count needs at least one list")
        _refuse_doubles("list", [entry.id for entry in self.lists])
        _refuse_doubles("region", [region.id for region in self.regions])
        listed = {entry.id for entry in self.lists}
        for region in self.regions:
            if not region.votes.keys() <= listed:
                raise ValueError(f"region {region.id} has votes for unknown lists")
        if min(self._numbers()) < 0:
            raise ValueError("a count has no negative numbers")

    def _numbers(self) -> list[int]:
        optional = (self.participated, self.invalid, self.total_participants)
        numbers = [self.against_all, self.invalidated_participants, *(entry.votes for entry in self.lists)]
        numbers += [number for number in optional if number is not None]
        for region in self.regions:
            numbers += [*region.votes.values(), region.participated or 0, region.against_all or 0]
        return numbers

    @property
    def list_votes(self) -> int:
        """Votes for all lists together."""
        return sum(entry.votes for entry in self.lists)

    @property
    def found(self) -> int:
        """Ballots known to have been found: the least number of voters who can have taken part."""
        return self.list_votes + self.against_all + (self.invalid or 0)

    @property
    def all_participants(self) -> Base:
        """Voters who took part at all precincts, the invalid ones included, as far as it is known."""
        if self.total_participants is not None:
            return Base.exactly(self.total_participants)
        if self.participated is not None:
            return Base.exactly(self.participated + self.invalidated_participants)
        return Base(self.found + self.invalidated_participants, None)


def _refuse_doubles(what: str, ids: Sequence[str]) -> None:
    doubles = [name for name, times in Counter(ids).items() if times > 1]
    if doubles:
        raise ValueError(f"{what} named twice: {', '.join(doubles)}")


@dataclass(frozen=True, slots=True)
class SeatRules:
    """What an edition says about seats, and the readings taken. A threshold of 0 and a cap of None are no barrier."""

    seats: int  # L64.3.b
    threshold: Fraction = Fraction(0)  # L64.2.a
    regional_threshold: Fraction = Fraction(0)  # L64.2.b
    cap: int | None = None  # L64.5
    base: ThresholdBase = ThresholdBase.PARTICIPATED
    regional_rule: RegionalRule = RegionalRule.EVERY_REGION
    cap_surplus_rule: CapSurplusRule = CapSurplusRule.RERUN
    tie_same_registration: TieSameRegistration = TieSameRegistration.DECISION_NUMBER
    null_share: Fraction | None = None  # L37.6.1; None: the test is not made
    repeat_election: RepeatElection | None = None  # L38.5, L63

    def __post_init__(self) -> None:
        if self.seats < 1 or (self.cap is not None and self.cap < 1):
            raise ValueError("seats and cap are at least 1")
        if not (0 <= self.threshold <= 1 and 0 <= self.regional_threshold <= 1):
            raise ValueError("a threshold is a share from 0 to 1")

    @classmethod
    def of(cls, edition: Edition) -> SeatRules:
        """The rules of an edition with the readings that it takes."""
        return cls(
            seats=edition.seats,
            threshold=edition.threshold,
            regional_threshold=edition.regional_threshold,
            cap=edition.cap,
            base=edition.threshold_base,
            regional_rule=edition.regional_rule,
            cap_surplus_rule=edition.cap_surplus_rule,
            tie_same_registration=edition.tie_same_registration,
            null_share=edition.null_share,
            repeat_election=repeat_election(ElectionKind.JOGORKU_KENESH, edition),
        )


# ------------------------------------------------------------------------------------- bases


_BASE_NORM: Mapping[ThresholdBase, NormId] = {
    ThresholdBase.PARTICIPATED: "L37.3.b",
    ThresholdBase.VALID_WITH_AGAINST_ALL: "L64.2.a",
    ThresholdBase.LIST_VOTES: "L64.2.a",
}


@applies("L37.3.b")
def national_base(count: Count, rule: ThresholdBase) -> Base:
    """What the national share is a share of; without the voters who took part, at least the ballots found."""
    if rule is ThresholdBase.LIST_VOTES:
        return Base.exactly(count.list_votes)
    if rule is ThresholdBase.VALID_WITH_AGAINST_ALL:
        return Base.exactly(count.list_votes + count.against_all)
    return Base(count.found, None) if count.participated is None else Base.exactly(count.participated)


@applies("L37.3.b")
def regional_base(region: Region, count: Count, rule: ThresholdBase) -> Base:
    """What a share in a region is a share of.

    Where the region's own figure is missing it lies between what was counted there and that plus all that could come
    on top: every vote against all, and every voter who took part in the nation without a valid vote.
    """
    votes = sum(region.votes.values())
    if rule is ThresholdBase.LIST_VOTES:
        return Base.exactly(votes)
    low = votes + (region.against_all or 0)
    valid_high = votes + (count.against_all if region.against_all is None else region.against_all)
    if rule is ThresholdBase.VALID_WITH_AGAINST_ALL:
        high = valid_high if region.participated is None else min(valid_high, region.participated)
        return Base(low, max(low, high))
    if region.participated is not None:
        return Base.exactly(region.participated)
    if count.participated is None:
        return Base(low, None)
    without_valid_vote = count.participated - count.list_votes - count.against_all
    return Base(low, max(low, valid_high + without_valid_vote))


# ------------------------------------------------------------------------------------- admission


class Reason(StrEnum):
    """Why a list is excluded from the distribution."""

    BELOW_NATIONAL = "below_national_threshold"  # L64.2.a
    BELOW_REGIONAL = "below_regional_threshold"  # L64.2.b


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a list is out, and for the regional barrier in which regions it stayed below."""

    reason: Reason
    regions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.reason.value}:{','.join(self.regions)}" if self.regions else self.reason.value


@dataclass(frozen=True, slots=True)
class Admission:
    """Which lists take part, which do not and why, and which cannot be told while figures are `missing`."""

    admitted: tuple[ListVotes, ...]
    excluded: Mapping[str, Exclusion]
    undecided: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]


@applies("L64.2.a", "L64.2.b", "L64.2.c", "L64.3.a")
def admit(count: Count, rules: SeatRules) -> Admission:
    """Test every list nationwide, then those that are not out in every region (L64.2, L64.3.a)."""
    nation = national_base(count, rules.base)
    steps = _base_steps(nation, count, rules)
    excluded: dict[str, Exclusion] = {}
    undecided: list[str] = []
    missing: dict[str, None] = {}  # a dict keeps the order in which the figures were asked for
    for entry in count.lists:
        national = _test_nation(entry, nation, rules, steps)
        if national is Verdict.MISSED:
            excluded[entry.id] = Exclusion(Reason.BELOW_NATIONAL)
            continue
        regional = _test_regions(entry, count, rules, steps)
        if regional.verdict is Verdict.MISSED:
            excluded[entry.id] = Exclusion(Reason.BELOW_REGIONAL, regional.below)
        elif Verdict.OPEN in (national, regional.verdict):
            undecided.append(entry.id)
            missing |= dict.fromkeys(("participated",) if national is Verdict.OPEN else ())
            missing |= dict.fromkeys(regional.missing)
    admitted = tuple(entry for entry in count.lists if entry.id not in excluded and entry.id not in undecided)
    if admitted and not undecided:
        votes = sum(entry.votes for entry in admitted)
        steps.append(Step("L64.3.a", "admitted", {"lists": len(admitted), "votes": votes}))
    return Admission(admitted, excluded, tuple(undecided), tuple(missing), tuple(steps))


def _base_steps(nation: Base, count: Count, rules: SeatRules) -> list[Step]:
    """What the shares are shares of, and which of the two barriers cannot or need not be tested."""
    steps: list[Step] = []
    if rules.threshold:
        facts: dict[str, Fact] = {"threshold_base": rules.base.value}
        facts |= {"base_at_least": nation.low} if nation.known is None else {"base": nation.known}
        steps.append(Step(_BASE_NORM[rules.base], "national_base", facts))
    else:
        steps.append(Step("L64.2.a", "national_test_not_made", {"why": "no_threshold"}))
    if not rules.regional_threshold:
        steps.append(Step("L64.2.b", "regional_test_not_made", {"why": "no_threshold"}))
    elif not count.regions:
        steps.append(Step("L64.2.b", "regional_test_not_made", {"why": "no_regional_figures"}))
    return steps


_NATIONAL_STEP: Mapping[Verdict, tuple[NormId, str]] = {
    Verdict.MET: ("L64.2.c", "national_threshold_met"),
    Verdict.MISSED: ("L64.2.a", "below_national_threshold"),
    Verdict.OPEN: ("L64.2.a", "national_threshold_open"),
}


def _test_nation(entry: ListVotes, nation: Base, rules: SeatRules, steps: list[Step]) -> Verdict:
    if not rules.threshold:
        return Verdict.MET
    verdict = nation.at_least(entry.votes, rules.threshold)
    norm, code = _NATIONAL_STEP[verdict]
    facts: dict[str, Fact] = {"list": entry.id, "votes": entry.votes, "threshold": rules.threshold}
    steps.append(Step(norm, code, facts | _against(entry.votes, nation, rules.threshold)))
    return verdict


def _against(votes: int, base: Base, threshold: Fraction) -> dict[str, Fact]:
    """The base, the exact share of it and the votes needed; of a base not known, its bound and what that needs."""
    if base.known is None:
        return {"base_at_least": base.low, "needed_at_least": needed(threshold, base.low)}
    return {"base": base.known, "share": share(votes, base.known), "needed": needed(threshold, base.known)}


@dataclass(frozen=True, slots=True)
class _RegionalTest:
    verdict: Verdict
    below: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def _test_regions(entry: ListVotes, count: Count, rules: SeatRules, steps: list[Step]) -> _RegionalTest:
    """The regional barrier by the reading `regional_rule`; votes abroad belong to no region."""
    if not count.regions or not rules.regional_threshold:
        return _RegionalTest(Verdict.MET)
    tests = [(region, _test_region(entry, region, count, rules, steps)) for region in count.regions]
    below = tuple(region.id for region, verdict in tests if verdict is Verdict.MISSED)
    missing = tuple(_missing_figure(region, rules) for region, verdict in tests if verdict is Verdict.OPEN)
    verdict = _REGIONAL_VERDICT[rules.regional_rule]([verdict for _, verdict in tests])
    if verdict is Verdict.MET:
        facts: dict[str, Fact] = {"list": entry.id, "regions": len(tests), "regional_rule": rules.regional_rule.value}
        steps.append(Step("L64.2.b", "regional_threshold_met", facts))
    return _RegionalTest(verdict, below if verdict is Verdict.MISSED else (), missing)


def _every_region(verdicts: Sequence[Verdict]) -> Verdict:
    """Below in one region is out."""
    if Verdict.MISSED in verdicts:
        return Verdict.MISSED
    return Verdict.OPEN if Verdict.OPEN in verdicts else Verdict.MET


def _any_region(verdicts: Sequence[Verdict]) -> Verdict:
    """Only below in all regions is out."""
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.OPEN if Verdict.OPEN in verdicts else Verdict.MISSED


_REGIONAL_VERDICT = {
    RegionalRule.EVERY_REGION: _every_region,
    RegionalRule.EXCLUDED_ONLY_IF_BELOW_IN_ALL: _any_region,
}


def _test_region(entry: ListVotes, region: Region, count: Count, rules: SeatRules, steps: list[Step]) -> Verdict:
    """One list in one region; a step stands only for what is not plainly met, or lists times regions would bury it."""
    base = regional_base(region, count, rules.base)
    votes = region.votes.get(entry.id, 0)
    verdict = base.at_least(votes, rules.regional_threshold)
    if verdict is not Verdict.MET:
        code = "below_regional_threshold" if verdict is Verdict.MISSED else "regional_threshold_open"
        facts: dict[str, Fact] = {"list": entry.id, "region": region.id, "votes": votes}
        facts |= {"threshold": rules.regional_threshold}
        steps.append(Step("L64.2.b", code, facts | _against(votes, base, rules.regional_threshold)))
    return verdict


def _missing_figure(region: Region, rules: SeatRules) -> str:
    figure = "participated" if rules.base is ThresholdBase.PARTICIPATED else "against_all"
    return f"regions.{region.id}.{figure}"
