"""Mandates of the Jogorku Kenesh: from the votes for lists to the seats of lists and their deputies.

Carries out L37.3.2, L37.3.3 and L37.6.1 (failed, null and void), L63.1 and L64.7 (no list left), L64.2 (thresholds, in
`thresholds`), L64.3 (quotient, whole parts, remainders, in `division`), L64.4 with L65.5 (candidates in turn) and L64.5
(cap). `sensitivity` says what a base that is not known exactly does to the mandates. Counts are votes or voters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from shailoo.law.determination import ElectionKind, RepeatElection, failed, null_by_share
from shailoo.law.division import Round, Tie, divide, in_turn, quotas_of
from shailoo.law.editions import CapSurplusRule, ThresholdBase
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled, applies
from shailoo.law.thresholds import (
    Admission,
    Count,
    Exclusion,
    ListVotes,
    Reason,
    Region,
    SeatRules,
    admit,
)

__all__ = [
    "Allocation",
    "Count",
    "Deputies",
    "Exclusion",
    "ListVotes",
    "Range",
    "Reach",
    "Reason",
    "Region",
    "Result",
    "Round",
    "SeatRules",
    "Sensitivity",
    "allocate",
    "seat_candidates",
    "sensitivity",
]


class Result(StrEnum):
    ALLOCATED = "allocated"
    FAILED_AGAINST_ALL = "failed_against_all"  # L37.3.3
    FAILED_ALL_EXCLUDED = "failed_all_lists_excluded"  # L37.3.2, L63.1, L64.7
    NULL_AND_VOID = "null_and_void"  # L37.6.1
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Allocation:
    """The mandates of each admitted list.

    Where a question is left open, `seats` are the certain ones and `open_seats` those that a body must give. `vacant`
    are mandates that no list can take.
    """

    result: Result
    admitted: tuple[str, ...] = ()
    excluded: Mapping[str, Exclusion] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    seats: Mapping[str, int] = field(default_factory=dict)
    open_seats: int = 0
    vacant: int = 0
    repeat_election: RepeatElection | None = None

    @property
    def quotient(self) -> Fraction | None:
        """The first electoral quotient of L64.3, in votes a mandate; None where no mandate is divided."""
        return self.rounds[0].quotient if self.rounds else None


@applies("L37.3.2", "L37.3.3", "L37.6.1", "L63.1", "L64.2.c", "L64.7.a")
def allocate(count: Count, rules: SeatRules) -> Outcome[Allocation]:
    """Distribute the mandates (L64.2 to L64.5), or say why none can be: null, failed, no list left, a figure missing.

    The tests run in the order of the reading `order_of_tests`. `unsettled` is set where the law gives no answer: lists
    that nothing tells apart, mandates above the cap without another list, a base that is not known.
    """
    steps: list[Step] = []
    if rules.null_share is not None:
        null = null_by_share(count.invalidated_participants, count.all_participants, rules.null_share)
        steps += null.steps
        if null.unsettled is not None:
            return Outcome(Allocation(Result.UNSETTLED), tuple(steps), unsettled=null.unsettled)
        if null.value:
            return _no_mandates(Result.NULL_AND_VOID, rules, steps, {})
    against = failed(ElectionKind.JOGORKU_KENESH, (entry.votes for entry in count.lists), count.against_all)
    steps += against.steps
    if against.value:
        return _no_mandates(Result.FAILED_AGAINST_ALL, rules, steps, {})
    admission = admit(count, rules)
    steps += admission.steps
    if admission.undecided:
        return _base_unknown(admission, steps)
    if not admission.admitted:
        steps.append(Step("L37.3.2", "no_list_admitted", {"lists": len(count.lists)}))
        steps.append(Step("L64.7.a", "all_mandates_undistributed", {"mandates": rules.seats}))
        return _no_mandates(Result.FAILED_ALL_EXCLUDED, rules, steps, admission.excluded)
    return _distribute(admission, rules, steps)


def _no_mandates(
    result: Result, rules: SeatRules, steps: list[Step], excluded: Mapping[str, Exclusion]
) -> Outcome[Allocation]:
    if rules.repeat_election is not None:
        steps.append(rules.repeat_election.step())
    return Outcome(Allocation(result, excluded=excluded, repeat_election=rules.repeat_election), tuple(steps))


def _base_unknown(admission: Admission, steps: list[Step]) -> Outcome[Allocation]:
    """L64.2 cannot be tested for every list: the missing figures are named, and what a body could do about it."""
    value = Allocation(
        Result.UNSETTLED, admitted=tuple(entry.id for entry in admission.admitted), excluded=admission.excluded
    )
    finding = Finding(
        "L37.3.b",
        "base_unknown",
        Severity.ERROR,
        {"missing": ", ".join(admission.missing), "lists": ", ".join(admission.undecided)},
        admission.missing,
    )
    options = tuple(f"establish:{figure}" for figure in admission.missing)
    question = Unsettled("threshold_base_unknown", ("L64.2.a", "L64.2.b", "L37.3.b"), options)
    return Outcome(value, tuple(steps), (finding,), question)


# ------------------------------------------------------------------------------------- cap


def _distribute(admission: Admission, rules: SeatRules, steps: list[Step]) -> Outcome[Allocation]:
    """L64.3 under the cap of L64.5, by the reading `cap_surplus_rule`."""
    if not any(entry.votes for entry in admission.admitted):
        question = Unsettled("no_votes_for_any_list", ("L64.3.b",), ("repeat_election",))
        admitted = tuple(entry.id for entry in admission.admitted)
        value = Allocation(Result.UNSETTLED, admitted, admission.excluded, open_seats=rules.seats)
        return Outcome(value, tuple(steps), unsettled=question)
    shared = _SHARED[rules.cap_surplus_rule](admission.admitted, rules, steps)
    settled = shared.tie is None
    value = Allocation(
        Result.ALLOCATED if settled else Result.UNSETTLED,
        admitted=tuple(entry.id for entry in admission.admitted),
        excluded=admission.excluded,
        rounds=tuple(shared.rounds),
        seats={entry.id: shared.seats[entry.id] for entry in admission.admitted},
        open_seats=0 if shared.tie is None else shared.tie.open_seats,
        vacant=shared.vacant,
    )
    return Outcome(value, tuple(steps), unsettled=_question(shared, rules))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a reading of L64.5 made of the mandates."""

    rounds: Sequence[Round]
    seats: Mapping[str, int]
    vacant: int = 0
    tie: Tie | None = None


def _question(shared: _Shared, rules: SeatRules) -> Unsettled | None:
    """The tie, or mandates above the cap that no list is left to take; a commission that read `vacant` has decided."""
    if shared.tie is not None:
        return shared.tie.question()
    if shared.vacant and rules.cap_surplus_rule is not CapSurplusRule.VACANT:
        return Unsettled(
            "seats_above_cap_without_another_list", ("L64.5", "L65.5", "L59.3.d"), ("leave_vacant", "repeat_election")
        )
    return None


def _cap_of(rules: SeatRules) -> int:
    return rules.seats if rules.cap is None else rules.cap


def _held(number: int, list_id: str, computed: int, cap: int) -> Step:
    return Step("L64.5", "held_at_cap", {"round": number, "list": list_id, "computed": computed, "cap": cap})


def _moot(tie: Tie | None, seats: Mapping[str, int], cap: int) -> bool:
    """Whether the tied mandates would all be above the cap: the contenders stand at it, so nobody may have them.

    Contenders have equal votes and so equal whole parts: all of them stand at the cap or none does.
    """
    return tie is not None and seats[tie.contenders[0]] >= cap


@applies("L64.5")
def _rerun(admitted: Sequence[ListVotes], rules: SeatRules, steps: list[Step]) -> _Shared:
    """A list over the cap keeps the cap; the others share what is left by L64.3 anew, as often as that lifts one over.

    A tie counts only in the last division: an earlier one is divided anew in any case.
    """
    cap, left, lists = _cap_of(rules), rules.seats, list(admitted)
    rounds: list[Round] = []
    seats = {entry.id: 0 for entry in admitted}
    while any(entry.votes for entry in lists):
        this, tie = divide(lists, left, len(rounds) + 1, rules, steps)
        rounds.append(this)
        over = _over_the_cap(this, tie, cap)
        if not over:
            return _Shared(rounds, seats | dict(this.seats), tie=tie)
        for list_id in over:
            steps.append(_held(this.number, list_id, this.seats[list_id], cap))
            seats[list_id] = cap
            left -= cap
        lists = [entry for entry in lists if entry.id not in over]
    steps.append(Step("L64.5", "no_list_left_below_cap", {"mandates": left}))
    return _Shared(rounds, seats, vacant=left)


def _over_the_cap(this: Round, tie: Tie | None, cap: int) -> tuple[str, ...]:
    """The lists that the division lifts over the cap.

    Where a tied mandate would lift its winner over it, it does not matter whom: the winner is held at the cap, and the
    other contenders, whose shares only grow when the rest is divided anew, end at the cap as well.
    """
    over = tuple(list_id for list_id, number in this.seats.items() if number > cap)
    if tie is not None and this.seats[tie.contenders[0]] == cap:
        return over + tie.contenders[: tie.open_seats]
    return over


@applies("L64.5")
def _next_remainder(admitted: Sequence[ListVotes], rules: SeatRules, steps: list[Step]) -> _Shared:
    """Mandates above the cap go on to the next fractional parts, one by one, in as many turns as it takes."""
    cap = _cap_of(rules)
    quotas = quotas_of(admitted, rules.seats, 1, steps)
    seats = {list_id: min(number, cap) for list_id, number in quotas.whole.items()}
    steps += [_held(1, list_id, number, cap) for list_id, number in quotas.whole.items() if number >= cap]
    left = rules.seats - sum(seats.values())
    tie: Tie | None = None
    by_remainder: tuple[str, ...] = ()
    while left and tie is None and (below := [entry for entry in admitted if seats[entry.id] < cap]):
        turn = in_turn(below, quotas.remainders, min(left, len(below)), rules, steps)
        for list_id in turn.served:
            seats[list_id] += 1
        left, tie, by_remainder = left - len(turn.served), turn.tie, (*by_remainder, *turn.served)
    rounds = (quotas.round(1, by_remainder, dict(seats)),)
    return _Shared(rounds, seats, vacant=0 if tie is not None else left, tie=tie)


@applies("L64.5")
def _vacant(admitted: Sequence[ListVotes], rules: SeatRules, steps: list[Step]) -> _Shared:
    """Mandates above the cap stay vacant."""
    cap = _cap_of(rules)
    first, tie = divide(admitted, rules.seats, 1, rules, steps)
    seats = {list_id: min(number, cap) for list_id, number in first.seats.items()}
    steps += [_held(1, list_id, first.seats[list_id], cap) for list_id in _over_the_cap(first, tie, cap)]
    if _moot(tie, first.seats, cap):
        tie = None
    vacant = rules.seats - sum(seats.values()) - (0 if tie is None else tie.open_seats)
    if vacant:
        steps.append(Step("L64.5", "left_vacant", {"mandates": vacant}))
    return _Shared((first,), seats, vacant, tie)


_SHARED = {
    CapSurplusRule.RERUN: _rerun,
    CapSurplusRule.NEXT_REMAINDER: _next_remainder,
    CapSurplusRule.VACANT: _vacant,
}


# ------------------------------------------------------------------------------------- candidates


@dataclass(frozen=True, slots=True)
class Deputies:
    """Who is elected from each list, in the order of the list, and the mandates that its candidates do not fill."""

    elected: Mapping[str, tuple[str, ...]]
    vacant: Mapping[str, int]

    @property
    def filled(self) -> Mapping[str, int]:
        return {list_id: len(candidates) for list_id, candidates in self.elected.items()}


@applies("L64.4", "L65.5")
def seat_candidates(seats: Mapping[str, int], standing: Mapping[str, Sequence[str]]) -> Outcome[Deputies]:
    """Give each list's mandates to its candidates in the order fixed at registration (L64.4).

    `standing` holds, by list, the candidates who are still on it, in that order. A mandate without a candidate stays
    vacant until the next election (L65.5, read to hold for the first distribution too).
    """
    steps: list[Step] = []
    elected: dict[str, tuple[str, ...]] = {}
    vacant: dict[str, int] = {}
    for list_id, number in seats.items():
        candidates = standing.get(list_id, ())
        elected[list_id] = tuple(candidates[:number])
        steps.append(Step("L64.4", "elected_in_order", {"list": list_id, "elected": len(elected[list_id])}))
        if len(candidates) < number:
            vacant[list_id] = number - len(candidates)
            facts: dict[str, Fact] = {"list": list_id, "mandates": number, "candidates": len(candidates)}
            steps.append(Step("L65.5", "list_shorter_than_mandates", facts))
    return Outcome(Deputies(elected, vacant), tuple(steps))


# ------------------------------------------------------------------------------------- a base not known


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a list's votes carry it over the national threshold.

    `passes_until` is the largest number of participants at which it still passes (None: at any), `margin` how many
    further voters without a valid vote it can bear, counted from the ballots found (negative: it is out already).
    """

    list: str
    votes: int
    passes_until: int | None
    margin: int | None


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of participants, both included, that all give the same allocation and leave the same question open."""

    from_participated: int
    to_participated: int
    outcome: Outcome[Allocation]

    @property
    def allocation(self) -> Allocation:
        return self.outcome.value


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The ballots found, how far each list carries, and what follows for every number of participants above them."""

    found: int
    reaches: tuple[Reach, ...]
    ranges: tuple[Range, ...]


@applies("L37.3.b", "L64.2.a", "L64.2.b")
def sensitivity(count: Count, rules: SeatRules, *, up_to: int | None = None) -> Sensitivity:
    """The allocation for every number of participants from the ballots found up to `up_to`.

    Where invalid ballots or signatures are missing, the voters who took part (L37.3) are at least the ballots found;
    each further one raises the base of L64.2. Without `up_to` the last range begins where no list passes any more.
    `count.participated` is not looked at; the outcome of a range carries the steps for its first number. Raises
    ValueError where `up_to` is less than the ballots found.
    """
    found = count.found
    if up_to is not None and up_to < found:
        raise ValueError(f"{up_to} participants are fewer than the {found} ballots found")
    lasts = set(_last_numbers(count, rules))
    end = up_to if up_to is not None else max([found, *(last + 1 for last in lasts)])
    starts = sorted({found, *(last + 1 for last in lasts if found <= last < end)})
    ranges: list[Range] = []
    for start, following in zip(starts, [*starts[1:], end + 1], strict=True):
        outcome = allocate(replace(count, participated=start), rules)
        if ranges and (ranges[-1].allocation, ranges[-1].outcome.unsettled) == (outcome.value, outcome.unsettled):
            ranges[-1] = replace(ranges[-1], to_participated=following - 1)
        else:
            ranges.append(Range(start, following - 1, outcome))
    return Sensitivity(found, tuple(_reach(entry, found, rules) for entry in count.lists), tuple(ranges))


def _reach(entry: ListVotes, found: int, rules: SeatRules) -> Reach:
    if rules.base is not ThresholdBase.PARTICIPATED or not rules.threshold:
        return Reach(entry.id, entry.votes, None, None)
    last = _last_base(entry.votes, rules.threshold)
    return Reach(entry.id, entry.votes, last, last - found)


def _last_base(votes: int, threshold: Fraction) -> int:
    """The largest base of which `votes` are the threshold or more."""
    return votes * threshold.denominator // threshold.numerator


def _last_numbers(count: Count, rules: SeatRules) -> Iterator[int]:
    """The last numbers of participants before a test can come out differently; some of them change nothing."""
    if rules.null_share and count.invalidated_participants and count.total_participants is None:
        # L37.6: the more take part in all, the smaller is the share of invalid precincts.
        scaled = count.invalidated_participants * rules.null_share.denominator
        yield (scaled - 1) // rules.null_share.numerator - count.invalidated_participants
    if rules.base is not ThresholdBase.PARTICIPATED:
        return
    if rules.threshold:
        yield from (_last_base(entry.votes, rules.threshold) for entry in count.lists)
    if rules.regional_threshold:
        yield from _last_regional(count, rules)


def _last_regional(count: Count, rules: SeatRules) -> Iterator[int]:
    """Where a region's own base is not known, the nation's bounds it: see `thresholds.regional_base`."""
    for region in count.regions:
        if region.participated is None:
            against_all = count.against_all if region.against_all is None else region.against_all
            outside = count.list_votes + count.against_all - sum(region.votes.values()) - against_all
            for entry in count.lists:
                yield _last_base(region.votes.get(entry.id, 0), rules.regional_threshold) + outside
