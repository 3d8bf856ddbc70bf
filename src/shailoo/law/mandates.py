"""Mandates of the Jogorku Kenesh: from the votes for lists to the seats of lists and their deputies.

Carries out L37.3.2, L37.3.3 and L37.6.1 (failed, null and void), L63.1 and L64.7 (no list left), L64.2 (thresholds, in
`thresholds`), L64.3 (quotient, whole parts, remainders), L64.4 with L65.5 (candidates in turn) and L64.5 (cap). Counts
are votes or voters, shares are exact fractions; nothing is rounded, because the law rounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from shailoo.law.determination import ElectionKind, RepeatElection, failed, null_by_share
from shailoo.law.editions import CapSurplusRule, TieSameRegistration
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
    "Reason",
    "Region",
    "Result",
    "Round",
    "SeatRules",
    "allocate",
    "seat_candidates",
]


class Result(StrEnum):
    ALLOCATED = "allocated"
    FAILED_AGAINST_ALL = "failed_against_all"  # L37.3.3
    FAILED_ALL_EXCLUDED = "failed_all_lists_excluded"  # L37.3.2, L63.1, L64.7
    NULL_AND_VOID = "null_and_void"  # L37.6.1
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Round:
    """One division of mandates by L64.3 among some lists; the cap of L64.5 can make a second one necessary.

    `whole` and `remainders` are the integral and fractional part of votes / `quotient`, `by_remainder` the lists that
    got a mandate for their fractional part, in turn, and `seats` what the division gave each list: before the cap, or
    by the reading `next_remainder` under it.
    """

    number: int
    mandates: int
    votes: int
    quotient: Fraction
    whole: Mapping[str, int]
    remainders: Mapping[str, Fraction]
    by_remainder: tuple[str, ...]
    seats: Mapping[str, int]


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


# ------------------------------------------------------------------------------------- quotient and remainders


@dataclass(frozen=True, slots=True)
class _Tie:
    """Mandates that fall between lists which the law cannot tell apart."""

    open_seats: int
    contenders: tuple[str, ...]

    def question(self) -> Unsettled:
        return Unsettled("equal_remainder_votes_and_registration", ("L64.3.e", "L64.3.f"), self.contenders)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Who gets a mandate when each list can get one for its fractional part."""

    served: tuple[str, ...]
    tie: _Tie | None = None


@dataclass(frozen=True, slots=True)
class _Quotas:
    """The quotient of L64.3, and votes divided by it: integral and fractional part by list."""

    mandates: int
    votes: int
    quotient: Fraction
    whole: Mapping[str, int]
    remainders: Mapping[str, Fraction]

    def round(self, number: int, by_remainder: tuple[str, ...], seats: Mapping[str, int]) -> Round:
        return Round(number, self.mandates, self.votes, self.quotient, self.whole, self.remainders, by_remainder, seats)


@applies("L64.3.b", "L64.3.c")
def _quotas(lists: Sequence[ListVotes], mandates: int, number: int, steps: list[Step]) -> _Quotas:
    votes = sum(entry.votes for entry in lists)
    quotient = Fraction(votes, mandates)
    facts: dict[str, Fact] = {"round": number, "votes": votes, "mandates": mandates, "quotient": quotient}
    steps.append(Step("L64.3.b", "quotient", facts))
    whole: dict[str, int] = {}
    remainders: dict[str, Fraction] = {}
    for entry in lists:
        parts = entry.votes / quotient
        whole[entry.id] = int(parts)
        remainders[entry.id] = parts - whole[entry.id]
        facts = {"round": number, "list": entry.id, "votes": entry.votes, "parts": parts}
        facts |= {"whole": whole[entry.id], "remainder": remainders[entry.id]}
        steps.append(Step("L64.3.c", "whole_part", facts))
    return _Quotas(mandates, votes, quotient, whole, remainders)


@applies("L64.3.d")
def _divide(
    lists: Sequence[ListVotes], mandates: int, number: int, rules: SeatRules, steps: list[Step]
) -> tuple[Round, _Tie | None]:
    """L64.3: the quotient, whole parts, then one mandate each by the largest fractional part."""
    quotas = _quotas(lists, mandates, number, steps)
    turn = _in_turn(lists, quotas.remainders, mandates - sum(quotas.whole.values()), rules, steps)
    seats = dict(quotas.whole)
    for list_id in turn.served:
        seats[list_id] += 1
    return quotas.round(number, turn.served, seats), turn.tie


@applies("L64.3.d", "L64.3.e", "L64.3.f")
def _in_turn(
    lists: Sequence[ListVotes], remainders: Mapping[str, Fraction], left: int, rules: SeatRules, steps: list[Step]
) -> _Turn:
    """Give `left` mandates, one to a list: largest fractional part first, then more votes, then registered earlier.

    `left` is at most the number of lists. Where the last mandates fall between lists that nothing tells apart, those
    lists are the tie, and only what is certain is given.
    """
    served: list[str] = []
    for (remainder, votes), group in _by_claim(lists, remainders):
        room = left - len(served)
        if room <= 0:
            _note_boundary(served, remainder, votes, lists, remainders, steps)
            break
        if room >= len(group):
            certain, tie = [entry.id for entry in group], None
        else:
            certain, tie = _by_registration(group, room, rules)
            code = "registered_earlier_first" if tie is None else "nothing_tells_apart"
            steps.append(Step("L64.3.f", code, {"remainder": remainder, "votes": votes, "mandates": room}))
        for list_id in certain:
            served.append(list_id)
            steps.append(
                Step("L64.3.d", "by_remainder", {"place": len(served), "list": list_id, "remainder": remainder})
            )
        if room < len(group):
            return _Turn(tuple(served), tie)
    return _Turn(tuple(served))


def _by_claim(
    lists: Sequence[ListVotes], remainders: Mapping[str, Fraction]
) -> Iterator[tuple[tuple[Fraction, int], list[ListVotes]]]:
    """Lists with equal fractional part and votes together, the strongest claim first."""

    def claim(entry: ListVotes) -> tuple[Fraction, int]:
        return remainders[entry.id], entry.votes

    for key, group in groupby(sorted(lists, key=claim, reverse=True), key=claim):
        yield key, list(group)


def _note_boundary(
    served: Sequence[str],
    remainder: Fraction,
    votes: int,
    lists: Sequence[ListVotes],
    remainders: Mapping[str, Fraction],
    steps: list[Step],
) -> None:
    """Say that votes decided, where the last list served and the first one left out have equal fractional parts."""
    if served and remainders[served[-1]] == remainder:
        last = next(entry for entry in lists if entry.id == served[-1])
        facts: dict[str, Fact] = {"list": last.id, "remainder": remainder, "votes": last.votes, "next_votes": votes}
        steps.append(Step("L64.3.e", "more_votes_first", facts))


def _by_registration(group: Sequence[ListVotes], room: int, rules: SeatRules) -> tuple[list[str], _Tie | None]:
    """L64.3.f among lists equal in all else: who is certain to be among the first `room`, and who may or may not be."""
    earlier = {entry.id: [other.id for other in group if _registered_earlier(other, entry, rules)] for entry in group}
    later = {entry.id: sum(entry.id in ahead for ahead in earlier.values()) for entry in group}
    certain = [entry for entry in group if len(group) - 1 - later[entry.id] < room]
    certain.sort(key=lambda entry: len(earlier[entry.id]))
    ids = [entry.id for entry in certain]
    contenders = tuple(entry.id for entry in group if len(earlier[entry.id]) < room and entry.id not in ids)
    return ids, _Tie(room - len(ids), contenders) if len(ids) < room else None


def _registered_earlier(one: ListVotes, other: ListVotes, rules: SeatRules) -> bool:
    """Whether the law or the reading `tie_same_registration` puts `one` before `other`."""
    if one.registered is None or other.registered is None:
        return False
    if one.registered != other.registered or rules.tie_same_registration is TieSameRegistration.STOP:
        return one.registered < other.registered
    if one.decision_number is None or other.decision_number is None:
        return False
    return one.decision_number < other.decision_number


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
    tie: _Tie | None = None


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


def _moot(tie: _Tie | None, seats: Mapping[str, int], cap: int) -> bool:
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
        this, tie = _divide(lists, left, len(rounds) + 1, rules, steps)
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


def _over_the_cap(this: Round, tie: _Tie | None, cap: int) -> tuple[str, ...]:
    """The lists that the division lifts over the cap.

    Where a tied mandate would lift its winner over it, it does not matter whom: the winner is held at the cap, and the
    other contenders, whose shares only grow when the rest is divided anew, end at the cap as well.
    """
    over = tuple(list_id for list_id, number in this.seats.items() if number > cap)
    if tie is not None and _moot(tie, this.seats, cap):
        return over + tie.contenders[: tie.open_seats]
    return over


@applies("L64.5")
def _next_remainder(admitted: Sequence[ListVotes], rules: SeatRules, steps: list[Step]) -> _Shared:
    """Mandates above the cap go on to the next fractional parts, one by one, in as many turns as it takes."""
    cap = _cap_of(rules)
    quotas = _quotas(admitted, rules.seats, 1, steps)
    seats = {list_id: min(number, cap) for list_id, number in quotas.whole.items()}
    steps += [_held(1, list_id, number, cap) for list_id, number in quotas.whole.items() if number >= cap]
    left = rules.seats - sum(seats.values())
    tie: _Tie | None = None
    by_remainder: tuple[str, ...] = ()
    while left and tie is None and (below := [entry for entry in admitted if seats[entry.id] < cap]):
        turn = _in_turn(below, quotas.remainders, min(left, len(below)), rules, steps)
        for list_id in turn.served:
            seats[list_id] += 1
        left, tie, by_remainder = left - len(turn.served), turn.tie, (*by_remainder, *turn.served)
    rounds = (quotas.round(1, by_remainder, dict(seats)),)
    return _Shared(rounds, seats, vacant=0 if tie is not None else left, tie=tie)


@applies("L64.5")
def _vacant(admitted: Sequence[ListVotes], rules: SeatRules, steps: list[Step]) -> _Shared:
    """Mandates above the cap stay vacant."""
    cap = _cap_of(rules)
    first, tie = _divide(admitted, rules.seats, 1, rules, steps)
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
