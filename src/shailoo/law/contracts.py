"""The JSON contracts of `shailoo law seats` and `shailoo law president`: read and check the input, print the outcome.

docs/contracts.md describes both. Nothing is computed from a document with a fault, and all faults are reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from shailoo.law.editions import Edition, ThresholdBase
from shailoo.law.json_reader import Faulty, Problem, Reader, at
from shailoo.law.mandates import Allocation, Count, ListVotes, Region, SeatRules
from shailoo.law.outcome import Fact, Outcome, Step, Unsettled
from shailoo.law.presidential import Ballot, Candidate, Decision, PresidentCount, PresidentRules

__all__ = [
    "Faulty",
    "PresidentRequest",
    "Printed",
    "Problem",
    "SeatsRequest",
    "print_president",
    "print_problems",
    "print_seats",
    "read_president",
    "read_seats",
]

Printed: TypeAlias = "int | str | list[Printed] | dict[str, Printed] | None"


# ------------------------------------------------------------------------------------- seats: input


@dataclass(frozen=True, slots=True)
class SeatsRequest:
    """What `shailoo law seats` computes from."""

    count: Count
    rules: SeatRules


_SEATS_KEYS = (
    "seats",
    "threshold",
    "regional_threshold",
    "cap",
    "base",
    "participated",
    "against_all",
    "invalid",
    "lists",
    "regions",
)
_LIST_KEYS = ("id", "votes", "registered")
_REGION_KEYS = ("participated", "against_all", "votes")


def read_seats(text: str, edition: Edition | None = None) -> SeatsRequest | Faulty:
    """Read the input of `law seats`. What it leaves out comes from `edition`; without one it is no barrier."""
    reader = Reader()
    document = reader.document(text)
    if reader.faulty is not None:
        return reader.faulty
    members = reader.members(document, "$", _SEATS_KEYS)
    rules = _seat_rules(reader, members, edition)
    national = _National.of(reader, members)
    lists = _entries(reader, members, "lists", _LIST_KEYS)
    regions = _regions(reader, members)
    _check_regions(reader, regions, lists, national)
    national.check(reader, _total(lists))
    if reader.faulty is not None or rules is None:
        return reader.faulty or Faulty(())
    entries = tuple(ListVotes(entry.id or "", entry.votes or 0, entry.registered) for entry in lists)
    count = Count(national.participated, national.against_all, national.invalid, entries, tuple(regions))
    return SeatsRequest(count, rules)


def _seat_rules(reader: Reader, members: Mapping[str, object], edition: Edition | None) -> SeatRules | None:
    """The rules that the document names, over those of the edition, over none; None where seats are missing."""
    if edition is not None and "seats" not in members:
        seats: int | None = edition.seats
    else:
        seats = reader.required(reader.positive, members, "$", "seats")
    threshold = reader.optional(reader.share, members, "$", "threshold")
    regional = reader.optional(reader.share, members, "$", "regional_threshold")
    cap = reader.optional(reader.positive, members, "$", "cap")
    base = reader.optional(partial(reader.one_of, options=tuple(ThresholdBase)), members, "$", "base")
    if seats is None:
        return None
    rules = SeatRules(seats) if edition is None else replace(SeatRules.of(edition), seats=seats)
    return replace(
        rules,
        threshold=rules.threshold if threshold is None else threshold,
        regional_threshold=rules.regional_threshold if regional is None else regional,
        cap=rules.cap if cap is None else cap,
        base=rules.base if base is None else ThresholdBase(base),
    )


@dataclass(frozen=True, slots=True)
class _National:
    """The national figures besides the votes; None where a figure is left out or faulty."""

    participated: int | None
    against_all: int
    invalid: int | None

    @classmethod
    def of(cls, reader: Reader, members: Mapping[str, object]) -> _National:
        return cls(
            reader.optional(reader.count, members, "$", "participated"),
            reader.optional(reader.count, members, "$", "against_all") or 0,
            reader.optional(reader.count, members, "$", "invalid"),
        )

    def check(self, reader: Reader, votes: int, set_aside: int = 0) -> None:
        """A fault where more ballots were found than voters took part at the precincts that count.

        A faulty number stands as 0, so that the sum is never more than what was meant.
        """
        found = votes + self.against_all + (self.invalid or 0)
        if self.participated is not None and found > self.participated - set_aside:
            beside = f" less {set_aside} at invalid precincts" if set_aside else ""
            reader.fault("$.participated", f"{self.participated}{beside} is less than the {found} ballots found")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A list or candidate as it was read; None where a figure is left out or faulty."""

    id: str | None
    votes: int | None
    registered: int | None = None


def _entries(reader: Reader, members: Mapping[str, object], key: str, known: Sequence[str]) -> list[_Entry]:
    """The lists or candidates of the document."""
    path = at("$", key)
    entries: list[_Entry] = []
    for index, element in enumerate(reader.required(reader.elements, members, "$", key) or []):
        here = f"{path}[{index}]"
        entry = reader.members(element, here, known)
        entries.append(
            _Entry(
                reader.required(reader.name, entry, here, "id"),
                reader.required(reader.count, entry, here, "votes"),
                reader.optional(reader.count, entry, here, "registered"),
            )
        )
    reader.distinct((entry.id for entry in entries), path)
    return entries


def _total(entries: Sequence[_Entry]) -> int:
    """All votes that could be read."""
    return sum(entry.votes or 0 for entry in entries)


def _regions(reader: Reader, members: Mapping[str, object]) -> list[Region]:
    """The regions of the document by id."""
    if "regions" not in members:
        return []
    regions: list[Region] = []
    for name, value in reader.members(members["regions"], "$.regions").items():
        path = at("$.regions", name)
        figures = reader.members(value, path, _REGION_KEYS)
        votes = reader.required(reader.members, figures, path, "votes") or {}
        regions.append(
            Region(
                name,
                reader.optional(reader.count, figures, path, "participated"),
                {list_id: reader.count(number, at(f"{path}.votes", list_id)) or 0 for list_id, number in votes.items()},
                reader.optional(reader.count, figures, path, "against_all"),
            )
        )
    return regions


def _check_regions(reader: Reader, regions: Sequence[Region], lists: Sequence[_Entry], national: _National) -> None:
    """Faults where a region has votes for unknown lists, or regions hold more than the nation."""
    ids = {entry.id for entry in lists}
    for region in regions:
        path = at("$.regions", region.id)
        for list_id in sorted(region.votes.keys() - ids):
            reader.fault(at(f"{path}.votes", list_id), "is not the id of a list")
        found = sum(region.votes.values()) + (region.against_all or 0)
        if region.participated is not None and found > region.participated:
            reader.fault(f"{path}.participated", f"{region.participated} is less than the {found} ballots found there")
    for index, entry in enumerate(lists):
        there = sum(region.votes.get(entry.id, 0) for region in regions if entry.id is not None)
        if entry.votes is not None and there > entry.votes:
            reader.fault(f"$.lists[{index}].votes", f"{entry.votes} is less than the {there} votes in the regions")
    participated = sum(region.participated or 0 for region in regions)
    if national.participated is not None and participated > national.participated:
        reader.fault("$.participated", f"{national.participated} is less than the {participated} of the regions")


# ------------------------------------------------------------------------------------- president: input


@dataclass(frozen=True, slots=True)
class PresidentRequest:
    """What `shailoo law president` computes from."""

    count: PresidentCount
    rules: PresidentRules


_PRESIDENT_KEYS = ("participated", "against_all", "invalid", "round", "candidates", "invalidated_participants")
_CANDIDATE_KEYS = ("id", "votes")


def read_president(text: str, edition: Edition) -> PresidentRequest | Faulty:
    """Read the input of `law president`; shares and readings come from `edition`.

    `participated` of the document are the voters who took part at all precincts, so the base of L55.4 is that less
    `invalidated_participants` (L37.4: the remaining precincts count).
    """
    reader = Reader()
    document = reader.document(text)
    if reader.faulty is not None:
        return reader.faulty
    members = reader.members(document, "$", _PRESIDENT_KEYS)
    rules = PresidentRules.of(edition)
    national = _National.of(reader, members)
    ballot = _ballot(reader, members)
    candidates = _entries(reader, members, "candidates", _CANDIDATE_KEYS)
    if ballot is Ballot.REPEAT and len(candidates) > rules.repeat_voting_candidates:
        reader.fault("$.candidates", f"must be at most {rules.repeat_voting_candidates} in round 2")
    set_aside = reader.optional(reader.count, members, "$", "invalidated_participants") or 0
    _check_participants(reader, national, _total(candidates), set_aside, rules)
    if reader.faulty is not None:
        return reader.faulty
    remaining = None if national.participated is None else national.participated - set_aside
    count = PresidentCount(
        participated=remaining,
        against_all=national.against_all,
        invalid=national.invalid,
        candidates=tuple(Candidate(entry.id or "", entry.votes or 0) for entry in candidates),
        ballot=ballot,
        invalidated_participants=set_aside,
        total_participants=national.participated,
    )
    return PresidentRequest(count, rules)


def _ballot(reader: Reader, members: Mapping[str, object]) -> Ballot:
    number = reader.optional(reader.count, members, "$", "round")
    if number is None or number in tuple(Ballot):
        return Ballot(Ballot.FIRST if number is None else number)
    reader.fault("$.round", f"must be 1 or 2, not {number}")
    return Ballot.FIRST


def _check_participants(reader: Reader, national: _National, votes: int, set_aside: int, rules: PresidentRules) -> None:
    """Faults where more took part at invalid precincts, or were found in boxes, than took part.

    Where the invalid precincts make the results null, votes are not counted at all: whether the document gives those of
    all precincts or of the remaining ones does not matter then.
    """
    participated = national.participated
    if participated is None:
        return
    if set_aside > participated:
        message = f"{set_aside} is more than the {participated} who took part"
        reader.fault("$.invalidated_participants", message)
        return
    null = set_aside > rules.null_share * participated
    national.check(reader, votes, 0 if null else set_aside)


# ------------------------------------------------------------------------------------- output


def print_seats(outcome: Outcome[Allocation]) -> dict[str, Printed]:
    """The output of `law seats`, ready for JSON."""
    allocation = outcome.value
    return {
        "outcome": allocation.result.value,
        "admitted": list(allocation.admitted),
        "excluded": {list_id: str(exclusion) for list_id, exclusion in allocation.excluded.items()},
        "quotient": None if allocation.quotient is None else str(allocation.quotient),
        "seats": dict(allocation.seats),
        "vacant": allocation.vacant,
        "unsettled": _unsettled(outcome.unsettled),
        "steps": [_step(step) for step in outcome.steps],
    }


def print_president(outcome: Outcome[Decision]) -> dict[str, Printed]:
    """The output of `law president`, ready for JSON."""
    decision = outcome.value
    follows = decision.repeat_election
    return {
        "outcome": decision.result.value,
        "elected": decision.elected,
        "candidates": list(decision.candidates),
        "repeat_election": None if follows is None else _facts(follows.step().facts),
        "unsettled": _unsettled(outcome.unsettled),
        "steps": [_step(step) for step in outcome.steps],
    }


def print_problems(faulty: Faulty) -> dict[str, Printed]:
    """The output of both commands for a document with faults."""
    return {"errors": [{"path": problem.path, "message": problem.message} for problem in faulty.problems]}


def _unsettled(question: Unsettled | None) -> dict[str, Printed] | None:
    if question is None:
        return None
    return {"question": question.question, "norms": list(question.norms), "options": list(question.options)}


def _step(step: Step) -> dict[str, Printed]:
    return {"norm": step.norm, "code": step.code, "facts": _facts(step.facts)}


def _facts(facts: Mapping[str, Fact]) -> dict[str, Printed]:
    return {name: _fact(fact) for name, fact in facts.items()}


def _fact(fact: Fact) -> int | str:
    """Counts as numbers, shares as "p/q", local dates as ISO 8601."""
    if isinstance(fact, Fraction | Decimal):
        return str(fact)
    return fact.isoformat() if isinstance(fact, date) else fact
