"""The events of the calendar as data: read from `events.toml`, checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from shailoo.law.editions import value_types
from shailoo.law.outcome import NormId

DATA = Path(__file__).parent / "events.toml"


class Kind(StrEnum):
    """The kinds of election that the law gives terms of their own."""

    PRESIDENTIAL = "presidential"
    PRESIDENTIAL_EARLY = "presidential_early"
    JK = "jk"
    JK_EARLY = "jk_early"
    REPEAT_VOTING = "repeat_voting"
    REPEAT_PRESIDENTIAL = "repeat_presidential"
    REPEAT_JK = "repeat_jk"


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"  # calendar days: the law counts working days only in L65.4.9
    MONTH = "month"  # the same day of another month, or the last day of a shorter one


class Bound(StrEnum):
    EXACTLY = "exactly"
    NO_LATER_THAN = "no_later_than"
    NOT_EARLIER_THAN = "not_earlier_than"
    WITHIN = "within"


class Counting(StrEnum):
    """How a term is counted from its anchor."""

    FULL_DAYS = "full_days"  # it ends N days before the anchor's day (`backward_counting`)
    NAMED_DAY = "named_day"  # the very day that lies N days from the anchor's
    FORWARD = "forward"  # N days after the anchor's day (`forward_counting`)
    CLOCK = "clock"  # from the minute


class NotReduced(StrEnum):
    """Why a term keeps its length at early and repeat elections."""

    SPECIAL_TERM = "special_term"  # set for this kind of election, or running before the calling
    SHORT = "short"  # two days or less, or hours
    PROHIBITION = "prohibition"  # a ban or a silence, no activity
    VOTING = "voting"  # tied to the voting itself
    AFTER_VOTING = "after_voting"
    COMPLAINT = "complaint"


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One event: its norms, who acts, and its term as a formula over an anchor."""

    id: str = ""
    norms: tuple[NormId, ...]
    actors: tuple[str, ...]
    anchor: str
    offset: int | None = None
    value: str | None = None
    to_offset: int | None = None
    unit: Unit
    bound: Bound
    counting: Counting
    time: str | None = None
    kinds: tuple[Kind, ...]
    of_itself: bool = False
    reducible: bool = False
    not_reduced: NotReduced | None = None


@cache
def events() -> Mapping[str, Event]:
    """Every event by its id, in the order of an election. Raises ValueError where the data contradict themselves."""
    read = msgspec.toml.decode(DATA.read_bytes(), type=dict[str, Event])
    found = {name: msgspec.structs.replace(each, id=name) for name, each in read.items()}
    for each in found.values():
        if (each.offset is None) == (each.value is None) or each.reducible == (each.not_reduced is not None):
            raise ValueError(f"{DATA.name}: {each.id} needs one of offset and value, and one of reducible, not_reduced")
        if each.value is not None and value_types().get(each.value) is not int:
            raise ValueError(f"{DATA.name}: {each.id} names {each.value!r}, which is no number of an edition")
    return MappingProxyType(found)


def event(name: str) -> Event:
    """The event whose id is `name`. Raises KeyError that says so."""
    if name not in events():
        raise KeyError(f"the calendar has no event {name!r}")
    return events()[name]


@cache
def anchors() -> frozenset[str]:
    """Every anchor that terms are counted from."""
    return frozenset(each.anchor for each in events().values())
