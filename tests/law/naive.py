"""Seats and presidents once more, the slow and plain way: whole numbers, lists, and nothing taken from the rules.

Written from the articles alone to be compared with `shailoo.law`. Shares are compared by cross multiplication,
remainders as whole numbers over the common divisor, and where the law stops, every way of breaking the tie is tried: a
tie that shows in no result is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

Share: TypeAlias = tuple[int, int]  # numerator and denominator


@dataclass
class Party:
    name: str
    votes: int
    registered: int | None


@dataclass
class Place:
    """A region: participants, votes against all, votes by party."""

    participated: int
    against_all: int
    votes: dict[str, int]


@dataclass
class Poll:
    participated: int
    against_all: int
    parties: list[Party]
    places: list[Place]
    invalidated: int = 0


@dataclass
class Law:
    seats: int
    threshold: Share
    regional: Share
    cap: int
    base: str
    regional_rule: str
    surplus: str
    null: Share


@dataclass
class Answer:
    """What came out, and every way in which the seats may fall: one where the law gives one answer."""

    word: str
    admitted: list[str]
    possible: list[dict[str, int]]
    vacant: int = 0

    @property
    def certain(self) -> dict[str, int]:
        """The seats that each party has in every way."""
        return {name: min(way[name] for way in self.possible) for name in self.admitted if self.possible}

    @property
    def contenders(self) -> set[str]:
        """The parties that have more in some ways than in others."""
        return {name for name, least in self.certain.items() if any(way[name] > least for way in self.possible)}


def seats(poll: Poll, law: Law) -> Answer:
    """The whole of Art. 64 with the tests before it."""
    if poll.invalidated * law.null[1] > law.null[0] * (poll.participated + poll.invalidated):
        return Answer("null_and_void", [], [])
    most = sorted(party.votes for party in poll.parties)[-1]
    if most < poll.against_all:
        return Answer("failed_against_all", [], [])
    admitted = [party for party in poll.parties if _nationwide(party, poll, law) and _in_places(party, poll, law)]
    names = [party.name for party in admitted]
    if not admitted:
        return Answer("failed_all_lists_excluded", [], [])
    if sum(party.votes for party in admitted) == 0:
        return Answer("unsettled", names, [])
    results = _results(admitted, law.seats, law)
    ways = [dict(result) for result in results]
    word = "unsettled" if len(ways) > 1 else "allocated"
    return Answer(word, names, ways, law.seats - sum(ways[0].values()))


def _nationwide(party: Party, poll: Poll, law: Law) -> bool:
    all_parties = 0
    for other in poll.parties:
        all_parties += other.votes
    base = {
        "participated": poll.participated,
        "valid_with_against_all": all_parties + poll.against_all,
        "list_votes": all_parties,
    }[law.base]
    return party.votes * law.threshold[1] >= base * law.threshold[0]


def _in_places(party: Party, poll: Poll, law: Law) -> bool:
    good = 0
    for place in poll.places:
        valid = 0
        for name in place.votes:
            valid += place.votes[name]
        base = {
            "participated": place.participated,
            "valid_with_against_all": valid + place.against_all,
            "list_votes": valid,
        }[law.base]
        if place.votes.get(party.name, 0) * law.regional[1] >= base * law.regional[0]:
            good += 1
    if not poll.places:
        return True
    return good == len(poll.places) if law.regional_rule == "every_region" else good > 0


Seats: TypeAlias = tuple[tuple[str, int], ...]


def _results(parties: list[Party], number: int, law: Law) -> list[Seats]:
    """Every result that the law leaves possible, each once."""
    found: list[Seats] = []
    for result in _SURPLUS[law.surplus](parties, number, law):
        ordered = tuple(sorted(result.items()))
        if ordered not in found:
            found.append(ordered)
    return found


def _whole(parties: list[Party], number: int) -> tuple[dict[str, int], dict[str, int]]:
    """Whole seats, and what is left of votes * number over the sum of votes."""
    total = sum(party.votes for party in parties)
    whole = {party.name: (party.votes * number) // total for party in parties}
    rest = {party.name: (party.votes * number) % total for party in parties}
    return whole, rest


def _orders(parties: list[Party], rest: dict[str, int], left: int) -> list[set[str]]:
    """Every set of `left` parties that may get one seat more: nobody outside it has a better claim than one inside."""
    ways = []
    for inside in combinations(parties, left):
        outside = [party for party in parties if party not in inside]
        if not any(_before(out, one, rest) for out in outside for one in inside):
            ways.append({party.name for party in inside})
    return ways


def _before(one: Party, other: Party, rest: dict[str, int]) -> bool:
    if rest[one.name] != rest[other.name]:
        return rest[one.name] > rest[other.name]
    if one.votes != other.votes:
        return one.votes > other.votes
    if one.registered is None or other.registered is None:
        return False
    return one.registered < other.registered


def _again(parties: list[Party], number: int, law: Law) -> list[dict[str, int]]:
    """Rerun among the others, for every way in which the ties of every round might be broken."""
    if sum(party.votes for party in parties) == 0:
        return [{party.name: 0 for party in parties}]
    whole, rest = _whole(parties, number)
    answers = []
    for served in _orders(parties, rest, number - sum(whole.values())):
        now = {name: whole[name] + (1 if name in served else 0) for name in whole}
        over = [party for party in parties if now[party.name] > law.cap]
        if not over:
            answers.append(now)
            continue
        others = [party for party in parties if party not in over]
        held = {party.name: law.cap for party in over}
        answers += [held | tail for tail in _again(others, number - law.cap * len(over), law)]
    return answers


def _hand_on(parties: list[Party], number: int, law: Law) -> list[dict[str, int]]:
    """One more seat to each in turn, nobody over the cap, until all are gone."""
    whole, rest = _whole(parties, number)
    start = {name: min(count, law.cap) for name, count in whole.items()}
    return _pass(parties, start, rest, number, law)


def _pass(
    parties: list[Party], now: dict[str, int], rest: dict[str, int], number: int, law: Law
) -> list[dict[str, int]]:
    left = number - sum(now.values())
    able = [party for party in parties if now[party.name] < law.cap]
    if left == 0 or not able:
        return [now]
    answers = []
    for served in _orders(able, rest, min(left, len(able))):
        after = {name: count + (1 if name in served else 0) for name, count in now.items()}
        answers += _pass(parties, after, rest, number, law)
    return answers


def _cut(parties: list[Party], number: int, law: Law) -> list[dict[str, int]]:
    """What is above the cap is gone."""
    whole, rest = _whole(parties, number)
    return [
        {name: min(law.cap, count + (1 if name in served else 0)) for name, count in whole.items()}
        for served in _orders(parties, rest, number - sum(whole.values()))
    ]


_SURPLUS = {"rerun": _again, "next_remainder": _hand_on, "vacant": _cut}


def president(votes: dict[str, int], against_all: int, participated: int, invalidated: int, round_: int) -> str:
    """The outcome in one word; thirds and halves in whole numbers, ties by counting heads."""
    everyone = participated + invalidated
    if invalidated + invalidated + invalidated > everyone:
        return "null_and_void"
    ranked = sorted(votes.values(), reverse=True)
    if ranked[0] < against_all:
        return "failed"
    if round_ == 2:
        return "elected" if ranked.count(ranked[0]) == 1 else "repeat_election"
    if ranked[0] + ranked[0] > participated:
        return "elected"
    if len(ranked) < 3:
        return "repeat_election"
    return "unsettled" if ranked[1] == ranked[2] else "repeat_voting"
