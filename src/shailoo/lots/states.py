"""The life of a public lot as one table: state, act, next state, who, by which norm.

The table is the only place where a state changes: the desk offers what `acts_open_to` returns, the database trigger is
generated from `ARCS`, and the tests walk every state x act. A lot of several rounds goes back to PUBLISHED after each
round but the last. Nothing leads away from SEEDED but drawing: whoever knows the digits knows the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shailoo.accounts.roles import MAY, Role
from shailoo.law.outcome import NormId


class State(StrEnum):
    FROZEN = "frozen"  # the list is fixed and hashed
    PUBLISHED = "published"  # anyone can see the list and its hash; the dice may be thrown
    SEEDED = "seeded"  # two people have entered the same digits
    DRAWN = "drawn"
    VOIDED = "voided"


class Act(StrEnum):
    FREEZE = "freeze"
    PUBLISH = "publish"
    ENTER_SEED = "enter_seed"  # the state moves with the second of two equal entries
    DRAW = "draw"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Arc:
    source: State | None  # None: no lot yet
    act: Act
    target: State
    may: str  # the permission in accounts.roles.MAY
    norm: NormId


S, A = State, Act

ARCS: tuple[Arc, ...] = (
    Arc(None, A.FREEZE, S.FROZEN, "lots.freeze", "L8.1"),
    Arc(S.FROZEN, A.PUBLISH, S.PUBLISHED, "lots.freeze", "L8.1"),
    Arc(S.FROZEN, A.VOID, S.VOIDED, "lots.freeze", "L8.1"),
    Arc(S.PUBLISHED, A.ENTER_SEED, S.SEEDED, "lots.enter_seed", "L8.1"),
    Arc(S.PUBLISHED, A.VOID, S.VOIDED, "lots.draw", "L8.1"),  # not after a round was drawn, nor with an entry standing
    Arc(S.SEEDED, A.DRAW, S.PUBLISHED, "lots.draw", "L8.1"),  # more rounds follow
    Arc(S.SEEDED, A.DRAW, S.DRAWN, "lots.draw", "L8.1"),
)

MOVES = tuple(dict.fromkeys((arc.source, arc.target) for arc in ARCS if arc.source is not None))


def arcs(state: State, act: Act) -> tuple[Arc, ...]:
    """The arcs that `act` may follow from `state`; none where the act is not open, which is answered as a refusal."""
    return tuple(found for found in ARCS if (found.source, found.act) == (state, act))


def acts_open_to(role: Role, state: State) -> tuple[Act, ...]:
    """What the desk may offer to `role` while a lot stands in `state`."""
    return tuple(dict.fromkeys(found.act for found in ARCS if found.source is state and role in MAY[found.may]))


def mermaid() -> str:
    """The table as a state diagram for the documentation."""
    lines = (f"  {found.source or '[*]'} --> {found.target}: {found.act} ({found.may})" for found in ARCS)
    return "\n".join(("stateDiagram-v2", *lines))
