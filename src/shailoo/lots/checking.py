"""Checking the published file of a lot without the commission: pure, without Django and without a database.

The file (format "shailoo-lot/1") holds the purpose, the list, its hash and for every round the seed and the order. Each
claim is computed anew; what differs is a fault with its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from shailoo.lots.drawing import MOST_ITEMS, Taking, draw, is_seed, list_hash, pool

FORMAT = "shailoo-lot/1"
Json: TypeAlias = Any  # Any: whatever a file from outside holds, looked at before it is used


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: a stable code, and the round it stands in (0: the list itself)."""

    code: str
    round: int = 0
    found: str = ""
    due: str = ""

    def __str__(self) -> str:
        where = f"round {self.round}: " if self.round else ""
        return f"{where}{self.code}" + (f": {self.found} instead of {self.due}" if self.due else "")


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found. `orders` are the orders as they come out, by round."""

    purpose: str
    items: int
    orders: Mapping[int, Sequence[int]]
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def check(text: str) -> Report:
    """Compute a lot anew from its file. A file that is none gives a report with the one fault "not_a_lot"."""
    try:
        lot = json.loads(text)
        labels, purpose = _labels(lot), str(lot["purpose"])
        rounds = [_round(each) for each in lot["rounds"]]
        taking = Taking(lot["taking"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return Report("", 0, {}, (Fault("not_a_lot"),))
    hashed = list_hash(labels)
    faults = [] if lot.get("list_hash") == hashed else [Fault("another_list", 0, str(lot.get("list_hash")), hashed)]
    if len(set(labels)) < len(labels):
        faults.append(Fault("entry_twice"))
    orders: dict[int, Sequence[int]] = {}
    before: list[list[int]] = []
    seeds: set[str] = set()
    for number, each in enumerate(rounds, 1):
        own = _faults_of_round(each, number, seeds)
        left = pool(len(labels), before, taking)
        if not own and (each.drawn or 1) <= len(left):
            order = draw(purpose, hashed, number, each.seed, left, each.drawn)
            orders[number] = [row.item for row in order]
            before.append([row.item for row in order if row.taken])
            own = _compared(each, number, [(row.item, row.ticket, row.taken) for row in order])
        faults += own or ([] if number in orders else [Fault("more_drawn_than_listed", number)])
        seeds.add(each.seed)
    return Report(purpose, len(labels), orders, tuple(faults))


@dataclass(frozen=True, slots=True)
class _Round:
    number: int
    seed: str
    drawn: int | None
    order: tuple[tuple[int, str, bool], ...]  # number of the entry, ticket, whether it is drawn


def _labels(lot: Json) -> list[str]:
    labels = lot["items"]
    if lot["format"] != FORMAT or not isinstance(labels, list) or not 1 < len(labels) <= MOST_ITEMS:
        raise ValueError("not a lot of this format")
    if not all(isinstance(each, str) and each for each in labels):
        raise ValueError("an entry is a text")
    return labels


def _round(given: Json) -> _Round:
    drawn = given["drawn"]
    if not (drawn is None or (type(drawn) is int and drawn > 0)) or type(given["round"]) is not int:
        raise ValueError("a round draws a number of entries")
    order = tuple((row["item"], row["ticket"], row["drawn"]) for row in given["order"])
    return _Round(given["round"], str(given["seed"]), drawn, order)


def _faults_of_round(each: _Round, number: int, seeds: set[str]) -> list[Fault]:
    found = [] if each.number == number else [Fault("rounds_not_in_turn", number)]
    if not is_seed(each.seed):
        found.append(Fault("not_a_seed", number))
    if each.seed in seeds:
        found.append(Fault("seed_used_before", number))
    return found


def _compared(each: _Round, number: int, order: list[tuple[int, str, bool]]) -> list[Fault]:
    """The first row that differs says enough."""
    if len(each.order) != len(order):
        return [Fault("another_number_of_places", number, str(len(each.order)), str(len(order)))]
    for place, (said, due) in enumerate(zip(each.order, order, strict=True), 1):
        if said != due:
            return [Fault(f"another_order_at_place_{place}", number, f"{said[0]} {said[1]}", f"{due[0]} {due[1]}")]
    return []
