"""The life of a work in the background as one table: state, act, next state.

The table is the only place where a state changes: the database trigger is generated from `ARCS`, and the tests walk
every pair of states. A work that ended never changes again; who wants it once more asks for a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"  # for a worker, or for its next attempt
    RUNNING = "running"  # a worker holds it
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Act(StrEnum):
    ASK = "ask"
    TAKE_UP = "take_up"
    FINISH = "finish"
    FAIL = "fail"
    TRY_AGAIN = "try_again"  # after a fault, or because its worker is gone
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Arc:
    source: State | None  # None: no work yet
    act: Act
    target: State


S, A = State, Act

ARCS: tuple[Arc, ...] = (
    Arc(None, A.ASK, S.WAITING),
    Arc(S.WAITING, A.TAKE_UP, S.RUNNING),
    Arc(S.WAITING, A.CANCEL, S.CANCELLED),
    Arc(S.RUNNING, A.FINISH, S.DONE),
    Arc(S.RUNNING, A.FAIL, S.FAILED),
    Arc(S.RUNNING, A.TRY_AGAIN, S.WAITING),
    Arc(S.RUNNING, A.CANCEL, S.CANCELLED),
)

MOVES = tuple((arc.source, arc.target) for arc in ARCS if arc.source is not None)
UNFINISHED = (S.WAITING, S.RUNNING)
ENDED = (S.DONE, S.FAILED, S.CANCELLED)


def mermaid() -> str:
    """The table as a state diagram for the documentation."""
    lines = (f"  {found.source or '[*]'} --> {found.target}: {found.act}" for found in ARCS)
    return "\n".join(("stateDiagram-v2", *lines))
