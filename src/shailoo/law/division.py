"""One division of mandates by largest remainders: quotient, whole parts, then one mandate each by fractional part.

Carries out L64.3. Votes and mandates are counts, quotient and parts exact fractions; nothing is rounded, because the
law rounds nothing. `mandates` divides once, or again where the cap of L64.5 bites.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from shailoo.law.editions import TieSameRegistration
from shailoo.law.outcome import Fact, Step, Unsettled, applies
from shailoo.law.thresholds import ListVotes, SeatRules


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
class Tie:
    """Mandates that fall between lists which the law cannot tell apart."""

    open_seats: int
    contenders: tuple[str, ...]

    def question(self) -> Unsettled:
        return Unsettled("equal_remainder_votes_and_registration", ("L64.3.e", "L64.3.f"), self.contenders)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who gets a mandate when each list can get one for its fractional part."""

    served: tuple[str, ...]
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Quotas:
    """The quotient of L64.3, and votes divided by it: integral and fractional part by list."""

    mandates: int
    votes: int
    quotient: Fraction
    whole: Mapping[str, int]
    remainders: Mapping[str, Fraction]

    def round(self, number: int, by_remainder: tuple[str, ...], seats: Mapping[str, int]) -> Round:
        return Round(number, self.mandates, self.votes, self.quotient, self.whole, self.remainders, by_remainder, seats)


@applies("L64.3.b", "L64.3.c")
def quotas_of(lists: Sequence[ListVotes], mandates: int, number: int, steps: list[Step]) -> Quotas:
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
    return Quotas(mandates, votes, quotient, whole, remainders)


@applies("L64.3.d")
def divide(
    lists: Sequence[ListVotes], mandates: int, number: int, rules: SeatRules, steps: list[Step]
) -> tuple[Round, Tie | None]:
    """L64.3: the quotient, whole parts, then one mandate each by the largest fractional part."""
    quotas = quotas_of(lists, mandates, number, steps)
    turn = in_turn(lists, quotas.remainders, mandates - sum(quotas.whole.values()), rules, steps)
    seats = dict(quotas.whole)
    for list_id in turn.served:
        seats[list_id] += 1
    return quotas.round(number, turn.served, seats), turn.tie


@applies("L64.3.d", "L64.3.e", "L64.3.f")
def in_turn(
    lists: Sequence[ListVotes], remainders: Mapping[str, Fraction], left: int, rules: SeatRules, steps: list[Step]
) -> Turn:
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
            facts: dict[str, Fact] = {"lists": ", ".join(entry.id for entry in group), "remainder": remainder}
            steps.append(Step("L64.3.f", code, facts | {"votes": votes, "mandates": room}))
        for list_id in certain:
            served.append(list_id)
            steps.append(
                Step("L64.3.d", "by_remainder", {"place": len(served), "list": list_id, "remainder": remainder})
            )
        if room < len(group):
            return Turn(tuple(served), tie)
    return Turn(tuple(served))


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


def _by_registration(group: Sequence[ListVotes], room: int, rules: SeatRules) -> tuple[list[str], Tie | None]:
    """L64.3.f among lists equal in all else: who is certain to be among the first `room`, and who may or may not be."""
    earlier = {entry.id: [other.id for other in group if _registered_earlier(other, entry, rules)] for entry in group}
    later = {entry.id: sum(entry.id in ahead for ahead in earlier.values()) for entry in group}
    certain = [entry for entry in group if len(group) - 1 - later[entry.id] < room]
    certain.sort(key=lambda entry: len(earlier[entry.id]))
    ids = [entry.id for entry in certain]
    contenders = tuple(entry.id for entry in group if len(earlier[entry.id]) < room and entry.id not in ids)
    return ids, Tie(room - len(ids), contenders) if len(ids) < room else None


def _registered_earlier(one: ListVotes, other: ListVotes, rules: SeatRules) -> bool:
    """Whether the law or the reading `tie_same_registration` puts `one` before `other`."""
    if one.registered is None or other.registered is None:
        return False
    if one.registered != other.registered or rules.tie_same_registration is TieSameRegistration.STOP:
        return one.registered < other.registered
    if one.decision_number is None or other.decision_number is None:
        return False
    return one.decision_number < other.decision_number
