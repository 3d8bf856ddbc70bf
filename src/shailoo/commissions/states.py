"""The life of a sitting and of an item of its agenda, each as one table: state, act, next state, who, by which norm.

The tables are the only place where a state changes: the desk offers what `acts_open_to` and `item_acts_open_to`
return, the triggers are generated from `MOVES` and `ITEM_MOVES`, the diagrams in the documentation are `mermaid()`.
The order of work of commissions is that of another law (L12.4); where this law speaks, its own norm stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shailoo.accounts.roles import MAY, Role
from shailoo.law.outcome import NormId


class State(StrEnum):
    """Of a sitting."""

    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Act(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"


class ItemState(StrEnum):
    """Of an item of the agenda."""

    PROPOSED = "proposed"
    INCLUDED = "included"
    DECLINED = "declined"


class ItemAct(StrEnum):
    INCLUDE = "include"
    DECLINE = "decline"
    VOTE = "vote"  # the members vote on whether the item is dealt with (L18.1.2)


@dataclass(frozen=True, slots=True)
class Arc:
    source: State
    act: Act
    target: State
    may: str  # the permission in accounts.roles.MAY
    norm: NormId


@dataclass(frozen=True, slots=True)
class ItemArc:
    source: ItemState
    act: ItemAct
    target: ItemState
    may: str
    norm: NormId


ARCS: tuple[Arc, ...] = (
    Arc(State.CALLED, Act.OPEN, State.OPEN, "commissions.keep_sitting", "L12.4"),
    Arc(State.CALLED, Act.CANCEL, State.CANCELLED, "commissions.call_sitting", "L12.4"),
    Arc(State.OPEN, Act.CLOSE, State.CLOSED, "commissions.keep_sitting", "L12.4"),
)
ITEM_ARCS: tuple[ItemArc, ...] = (
    ItemArc(ItemState.PROPOSED, ItemAct.INCLUDE, ItemState.INCLUDED, "commissions.keep_sitting", "L12.4"),
    ItemArc(ItemState.PROPOSED, ItemAct.DECLINE, ItemState.DECLINED, "commissions.keep_sitting", "L12.4"),
    ItemArc(ItemState.PROPOSED, ItemAct.VOTE, ItemState.INCLUDED, "commissions.keep_sitting", "L18.1.2"),
    ItemArc(ItemState.PROPOSED, ItemAct.VOTE, ItemState.DECLINED, "commissions.keep_sitting", "L18.1.2"),
    ItemArc(ItemState.DECLINED, ItemAct.VOTE, ItemState.INCLUDED, "commissions.keep_sitting", "L18.1.2"),
    ItemArc(ItemState.DECLINED, ItemAct.VOTE, ItemState.DECLINED, "commissions.keep_sitting", "L18.1.2"),
)
MOVES = tuple((arc.source, arc.target) for arc in ARCS)
ITEM_MOVES = tuple(dict.fromkeys((arc.source, arc.target) for arc in ITEM_ARCS if arc.source is not arc.target))


def arc(state: State, act: Act) -> Arc | None:
    """The arc that `act` follows from `state`; None where the act is not open, which is answered as a refusal."""
    return next((found for found in ARCS if (found.source, found.act) == (state, act)), None)


def item_arcs(state: ItemState, act: ItemAct) -> tuple[ItemArc, ...]:
    """The arcs that `act` may follow from `state`; none where the act is not open."""
    return tuple(found for found in ITEM_ARCS if (found.source, found.act) == (state, act))


def acts_open_to(role: Role, state: State) -> tuple[Act, ...]:
    """What the desk may offer to `role` while a sitting stands in `state`."""
    return tuple(found.act for found in ARCS if found.source is state and role in MAY[found.may])


def item_acts_open_to(role: Role, state: ItemState) -> tuple[ItemAct, ...]:
    """What the desk may offer to `role` while an item of the agenda stands in `state`."""
    return tuple(dict.fromkeys(a.act for a in ITEM_ARCS if a.source is state and role in MAY[a.may]))


def mermaid(table: Sequence[Arc] | Sequence[ItemArc]) -> str:
    """One of the tables as a state diagram for the documentation."""
    lines = (f"  {found.source} --> {found.target}: {found.act} ({found.may}, {found.norm})" for found in table)
    return "\n".join(("stateDiagram-v2", *lines))
