"""Whether invalid precincts can affect the result (L37.4): then repeat voting is held there.

The law has no measure of "affect". The test here is an upper bound: can any way in which the listed voters of those
precincts might vote, or stay away, change what follows? It never says no where the answer is yes. Each step names what
could change and the numbers it was found with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import permutations

from shailoo.law.determination import PrecinctResult
from shailoo.law.editions import CapSurplusRule, Edition, RegionalRule
from shailoo.law.mandates import Allocation, Count, Result, Round, SeatRules, allocate
from shailoo.law.outcome import Fact, Outcome, Step, applies
from shailoo.law.presidential import Ballot, Decision, PresidentCount, PresidentRules, decide
from shailoo.law.presidential import Result as PresidentResult
from shailoo.law.shares import Base, Verdict, needed
from shailoo.law.thresholds import ListVotes, Region, national_base, regional_base


class Change(StrEnum):
    """What the voters of the invalid precincts could change."""

    FAILURE = "failure"  # L37.3
    THRESHOLD = "threshold"  # L64.2
    SEATS = "seats"  # L64.3, L64.5
    MAJORITY = "majority"  # L55.4
    PLACE = "place_in_repeat_voting"  # L56.1
    WINNER = "winner"  # L56.4
    OPEN_QUESTION = "open_question"  # what follows is not even settled without them


@dataclass(frozen=True, slots=True)
class Effect:
    """What could change; nothing means that the result stands without repeat voting at those precincts."""

    changes: tuple[Change, ...]

    @property
    def possible(self) -> bool:
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class Voters:
    """Voters listed at the invalid precincts: all of them, and by region (those abroad are in none)."""

    listed: int
    by_region: Mapping[str, int]

    @classmethod
    def of(cls, set_aside: Iterable[PrecinctResult]) -> Voters:
        """The voters of the precincts that were set aside."""
        by_region: dict[str, int] = {}
        listed = 0
        for row in set_aside:
            listed += row.listed
            if row.region is not None:
                by_region[row.region] = by_region.get(row.region, 0) + row.listed
        return cls(listed, by_region)


@applies("L37.4.b2")
def repeat_voting_by(decided_on: date, edition: Edition) -> date:
    """The last local day for repeat voting at precincts, from the day of the decision that appoints it."""
    return decided_on + timedelta(days=edition.precinct_repeat_voting_days)


def _effect(steps: list[Step]) -> Outcome[Effect]:
    """Every step of this module is a possible change, named by its code."""
    changes = tuple(dict.fromkeys(Change(step.code.removeprefix("could_change_")) for step in steps))
    if not changes:
        steps.append(Step("L37.4.b2", "no_effect_possible"))
    return Outcome(Effect(changes), tuple(steps))


def _could_change(change: Change, voters: int, facts: Mapping[str, Fact]) -> Step:
    return Step("L37.4.b2", f"could_change_{change.value}", {"voters": voters, **facts})


def _failure(largest: int, against_all: int, voters: int) -> Iterator[Step]:
    """Not failed: all voters against all could make it so. Failed: all for the largest could lift it."""
    failed_now = largest < against_all
    if (failed_now and largest + voters >= against_all) or (not failed_now and largest < against_all + voters):
        yield _could_change(Change.FAILURE, voters, {"largest": largest, "against_all": against_all})


# ------------------------------------------------------------------------------------- Jogorku Kenesh


@applies("L37.4.b2")
def affects_seats(count: Count, voters: Voters, rules: SeatRules) -> Outcome[Effect]:
    """What the voters of invalid precincts could change; `count` is that of the remaining precincts."""
    if not voters.listed:
        return _effect([])
    outcome = allocate(count, rules)
    steps = list(_failure(max(entry.votes for entry in count.lists), count.against_all, voters.listed))
    if outcome.unsettled is not None:
        steps.append(_could_change(Change.OPEN_QUESTION, voters.listed, {"question": outcome.unsettled.question}))
        return _effect(steps)
    if outcome.value.result in (Result.ALLOCATED, Result.FAILED_ALL_EXCLUDED):
        steps += _thresholds(count, outcome.value, voters, rules)
        steps += _seats(count, outcome.value, voters, rules)
    return _effect(steps)


def _thresholds(count: Count, allocation: Allocation, voters: Voters, rules: SeatRules) -> Iterator[Step]:
    for entry in count.lists:
        admitted = entry.id in allocation.admitted
        changes = _can_fall(entry, count, voters, rules) if admitted else _can_rise(entry, count, voters, rules)
        if changes:
            facts: dict[str, Fact] = {"list": entry.id, "votes": entry.votes}
            yield _could_change(Change.THRESHOLD, voters.listed, facts | {"admitted": "yes" if admitted else "no"})


def _can_fall(entry: ListVotes, count: Count, voters: Voters, rules: SeatRules) -> bool:
    """Whether the list falls below a barrier where all voters take part and none votes for it."""
    if entry.votes < needed(rules.threshold, national_base(count, rules.base).low + voters.listed):
        return True
    below = [_below_in(entry, region, count, voters, rules) for region in count.regions]
    if rules.regional_rule is RegionalRule.EVERY_REGION:
        return any(below)
    return bool(below) and all(below)


def _below_in(entry: ListVotes, region: Region, count: Count, voters: Voters, rules: SeatRules) -> bool:
    base = regional_base(region, count, rules.base)
    more = voters.by_region.get(region.id, 0)
    # A region's base that is only bounded grows with the nation's: any of the voters may be in its upper bound.
    high = base.low if base.high is None else base.high
    high += more if base.known is not None else voters.listed
    return region.votes.get(entry.id, 0) < needed(rules.regional_threshold, high)


def _can_rise(entry: ListVotes, count: Count, voters: Voters, rules: SeatRules) -> bool:
    """Whether the list passes every barrier where all voters take part and all vote for it."""
    base = national_base(count, rules.base).low + voters.listed
    if entry.votes + voters.listed < needed(rules.threshold, base):
        return False
    reached = [_reached_in(entry, region, count, voters, rules) for region in count.regions]
    if rules.regional_rule is RegionalRule.EVERY_REGION:
        return all(reached)
    return not reached or any(reached)


def _reached_in(entry: ListVotes, region: Region, count: Count, voters: Voters, rules: SeatRules) -> bool:
    more = voters.by_region.get(region.id, 0)
    low = regional_base(region, count, rules.base).low + more
    return region.votes.get(entry.id, 0) + more >= needed(rules.regional_threshold, low)


def _seats(count: Count, allocation: Allocation, voters: Voters, rules: SeatRules) -> Iterator[Step]:
    """Whether a mandate could move while the same lists take part.

    A division that gives the same mandates whatever those voters do leaves everything after it the same. Only mandates
    that go on to the next fractional parts depend on more than that, so there a list at the cap is reason enough.
    """
    if rules.cap_surplus_rule is CapSurplusRule.NEXT_REMAINDER and rules.cap in allocation.seats.values():
        facts: dict[str, Fact] = {"cap": rules.cap or 0, "cap_surplus_rule": rules.cap_surplus_rule.value}
        yield _could_change(Change.SEATS, voters.listed, facts)
        return
    votes = {entry.id: entry.votes for entry in count.lists}
    for division in allocation.rounds:
        pair = _moving_mandate(division, votes, voters.listed)
        if pair is not None:
            facts = {"round": division.number, "from": pair[0], "to": pair[1]}
            yield _could_change(Change.SEATS, voters.listed, facts)
            return


def _moving_mandate(division: Round, votes: Mapping[str, int], voters: int) -> tuple[str, str] | None:
    """Two lists between which the voters could move a mandate, giver first; None where there are none.

    By largest remainders, mandates are given right where no list's share q exceeds its mandates s by 1 or more beyond
    what another's does: (q_i - s_i) - (q_j - s_j) < 1 for all i, j. With d = votes_i - votes_j the left side is largest
    where all voters vote for i: mandates * (d + voters) / (votes of the division + voters) - s_i + s_j.
    """
    for giver, taker in permutations(division.seats, 2):
        lead = votes[taker] - votes[giver] + voters
        reach = Fraction(division.mandates * lead, division.votes + voters)
        if reach - division.seats[taker] + division.seats[giver] >= 1:
            return giver, taker
    return None


# ------------------------------------------------------------------------------------- President


@applies("L37.4.b2")
def affects_president(count: PresidentCount, voters: Voters, rules: PresidentRules) -> Outcome[Effect]:
    """What the voters of invalid precincts could change; `count` is that of the remaining precincts."""
    outcome = decide(count, rules)
    if not voters.listed or outcome.value.result is PresidentResult.NULL_AND_VOID:
        return _effect([])
    steps = list(_failure(max(entry.votes for entry in count.candidates), count.against_all, voters.listed))
    if outcome.value.result is PresidentResult.UNSETTLED:
        question = outcome.unsettled.question if outcome.unsettled else ""
        steps.append(_could_change(Change.OPEN_QUESTION, voters.listed, {"question": question}))
    elif outcome.value.result is not PresidentResult.FAILED:
        first = count.ballot is Ballot.FIRST
        steps += _first_round(count, outcome.value, voters.listed, rules) if first else _second(count, voters.listed)
    return _effect(steps)


def _first_round(count: PresidentCount, decision: Decision, voters: int, rules: PresidentRules) -> Iterator[Step]:
    """Whether a majority of L55.4 could be lost or won, or a place in the repeat voting change hands."""
    ordered = sorted(count.candidates, key=lambda entry: -entry.votes)
    elected = decision.result is PresidentResult.ELECTED
    with_voters = Base(count.base.low + voters, None if count.base.high is None else count.base.high + voters)
    leader = ordered[0]
    best = leader.votes if elected else leader.votes + voters
    verdict = with_voters.more_than(best, rules.majority)
    if verdict is not (Verdict.MET if elected else Verdict.MISSED):
        yield _could_change(Change.MAJORITY, voters, {"candidate": leader.id, "votes": leader.votes})
    places = rules.repeat_voting_candidates
    if decision.result is PresidentResult.REPEAT_VOTING and len(ordered) > places:
        last, next_one = ordered[places - 1], ordered[places]
        if next_one.votes + voters >= last.votes:
            facts: dict[str, Fact] = {"candidate": last.id, "votes": last.votes}
            yield _could_change(Change.PLACE, voters, facts | {"next": next_one.id, "next_votes": next_one.votes})


def _second(count: PresidentCount, voters: int) -> Iterator[Step]:
    """Whether the other candidate of the repeat voting could draw level; a tie is open to every voter."""
    ordered = sorted(count.candidates, key=lambda entry: -entry.votes)
    if len(ordered) > 1 and ordered[1].votes + voters >= ordered[0].votes:
        facts: dict[str, Fact] = {"candidate": ordered[0].id, "votes": ordered[0].votes}
        yield _could_change(Change.WINNER, voters, facts | {"next": ordered[1].id, "next_votes": ordered[1].votes})
