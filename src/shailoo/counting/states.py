"""The life of a precinct protocol at the TEC, as one table: state, act, next state, who, by which norm.

The table is the only place where a state changes. The desk offers what `acts_open_to` returns, the database trigger
is generated from `ARCS`, the diagram in the documentation is `mermaid()`, and the tests walk every state x act x role.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shailoo.accounts.roles import MAY, Role
from shailoo.law.outcome import NormId


class State(StrEnum):
    EXPECTED = "expected"  # no paper yet; no row stands for it
    RECEIVED = "received"
    FIRST_ENTRY = "first_entry"
    FIRST_ENTERED = "first_entered"
    SECOND_ENTRY = "second_entry"
    DIFFERENT = "different"  # the differing fields are emptied for re-entry; neither value is shown
    FIRST_REENTRY = "first_reentry"
    FIRST_REENTERED = "first_reentered"
    SECOND_REENTRY = "second_reentry"
    CONFLICTING = "conflicting"  # a third person decides between the two
    TO_EXPLAIN = "to_explain"
    PARKED = "parked"
    RETURNED = "returned"  # to the PEC, to be drawn up correctly
    ACCEPTED = "accepted"
    REPLACED = "replaced"


class Act(StrEnum):
    TAKE_OVER = "take_over"
    IMPORT = "import"
    CLAIM = "claim"
    RELEASE = "release"
    FINISH = "finish"
    SETTLE = "settle"
    ENTER_AGAIN = "enter_again"
    EXPLAIN = "explain"
    ACCEPT_WITH_ACT = "accept_with_act"
    RETURN_TO_PEC = "return_to_pec"
    REPLACE = "replace"


class Eyes(StrEnum):
    """What four eyes ask of the person of an arc, beyond the role."""

    ANYONE = "anyone"
    HOLDER = "holder"  # who claimed the entry
    OTHER = "other"  # not the person of the first entry of this round
    THIRD = "third"  # nobody who entered


@dataclass(frozen=True, slots=True)
class Arc:
    source: State
    act: Act
    target: State
    may: str  # the permission in accounts.roles.MAY
    norm: NormId
    eyes: Eyes = Eyes.ANYONE


S, A = State, Act

ARCS: tuple[Arc, ...] = (
    Arc(S.EXPECTED, A.TAKE_OVER, S.RECEIVED, "counting.take_over", "L36.1.a1"),
    Arc(S.EXPECTED, A.IMPORT, S.ACCEPTED, "counting.import", "L36.2.b1"),
    Arc(S.EXPECTED, A.IMPORT, S.TO_EXPLAIN, "counting.import", "L36.2.b1"),
    Arc(S.EXPECTED, A.IMPORT, S.PARKED, "counting.import", "L36.2.b1"),
    Arc(S.RECEIVED, A.CLAIM, S.FIRST_ENTRY, "counting.enter", "L36.2.a1"),
    Arc(S.RECEIVED, A.RETURN_TO_PEC, S.RETURNED, "counting.decide_parked", "L36.2.b1"),
    Arc(S.FIRST_ENTRY, A.RELEASE, S.RECEIVED, "counting.enter", "L36.2.a1", Eyes.HOLDER),
    Arc(S.FIRST_ENTRY, A.FINISH, S.FIRST_ENTERED, "counting.enter", "L36.2.a1", Eyes.HOLDER),
    Arc(S.FIRST_ENTERED, A.CLAIM, S.SECOND_ENTRY, "counting.enter", "L36.2.a1", Eyes.OTHER),
    Arc(S.SECOND_ENTRY, A.RELEASE, S.FIRST_ENTERED, "counting.enter", "L36.2.a1", Eyes.HOLDER),
    Arc(S.SECOND_ENTRY, A.FINISH, S.ACCEPTED, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.SECOND_ENTRY, A.FINISH, S.TO_EXPLAIN, "counting.enter", "L35.15", Eyes.HOLDER),
    Arc(S.SECOND_ENTRY, A.FINISH, S.PARKED, "counting.enter", "L35.15", Eyes.HOLDER),
    Arc(S.SECOND_ENTRY, A.FINISH, S.DIFFERENT, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.DIFFERENT, A.CLAIM, S.FIRST_REENTRY, "counting.enter", "L36.2.b1"),
    Arc(S.FIRST_REENTRY, A.RELEASE, S.DIFFERENT, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.FIRST_REENTRY, A.FINISH, S.FIRST_REENTERED, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.FIRST_REENTERED, A.CLAIM, S.SECOND_REENTRY, "counting.enter", "L36.2.b1", Eyes.OTHER),
    Arc(S.SECOND_REENTRY, A.RELEASE, S.FIRST_REENTERED, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.SECOND_REENTRY, A.FINISH, S.ACCEPTED, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.SECOND_REENTRY, A.FINISH, S.TO_EXPLAIN, "counting.enter", "L35.15", Eyes.HOLDER),
    Arc(S.SECOND_REENTRY, A.FINISH, S.PARKED, "counting.enter", "L35.15", Eyes.HOLDER),
    Arc(S.SECOND_REENTRY, A.FINISH, S.CONFLICTING, "counting.enter", "L36.2.b1", Eyes.HOLDER),
    Arc(S.CONFLICTING, A.SETTLE, S.ACCEPTED, "counting.settle", "L36.2.b1", Eyes.THIRD),
    Arc(S.CONFLICTING, A.SETTLE, S.TO_EXPLAIN, "counting.settle", "L35.15", Eyes.THIRD),
    Arc(S.CONFLICTING, A.SETTLE, S.PARKED, "counting.settle", "L35.15", Eyes.THIRD),
    Arc(S.CONFLICTING, A.ENTER_AGAIN, S.RECEIVED, "counting.settle", "L36.2.b1", Eyes.THIRD),
    Arc(S.TO_EXPLAIN, A.EXPLAIN, S.ACCEPTED, "counting.explain", "L35.15"),
    Arc(S.TO_EXPLAIN, A.ENTER_AGAIN, S.RECEIVED, "counting.decide_parked", "L35.15"),
    Arc(S.PARKED, A.ACCEPT_WITH_ACT, S.ACCEPTED, "counting.decide_parked", "L36.7.a1"),
    Arc(S.PARKED, A.ENTER_AGAIN, S.RECEIVED, "counting.decide_parked", "L36.2.b1"),
    Arc(S.PARKED, A.RETURN_TO_PEC, S.RETURNED, "counting.decide_parked", "L36.2.b1"),
    Arc(S.RETURNED, A.REPLACE, S.REPLACED, "counting.replace", "L36.7.a4"),
    Arc(S.ACCEPTED, A.REPLACE, S.REPLACED, "counting.replace", "L36.7.a4"),
)

BEING_ENTERED = (S.FIRST_ENTRY, S.SECOND_ENTRY, S.FIRST_REENTRY, S.SECOND_REENTRY)
QUARANTINED = (S.TO_EXPLAIN, S.PARKED, S.RETURNED)
"""States whose figures are known but stand beside the totals, never inside."""
CLOSED = (S.ACCEPTED, S.RETURNED, S.REPLACED)
"""States in which a precinct's paper is not being worked on: a new version may be taken over."""
STARTS = tuple(dict.fromkeys(arc.target for arc in ARCS if arc.source is S.EXPECTED))
MOVES = tuple(dict.fromkeys((arc.source, arc.target) for arc in ARCS if arc.source is not S.EXPECTED))


def arcs(state: State, act: Act) -> tuple[Arc, ...]:
    """The arcs that `act` may follow from `state`; none where the act is not open, which is answered as a refusal."""
    return tuple(found for found in ARCS if (found.source, found.act) == (state, act))


def acts_open_to(role: Role, state: State) -> tuple[Act, ...]:
    """What the desk may offer to `role` while a protocol stands in `state`."""
    return tuple(dict.fromkeys(found.act for found in ARCS if found.source is state and role in MAY[found.may]))


def mermaid() -> str:
    """The table as a state diagram for the documentation."""
    lines = (f"  {found.source} --> {found.target}: {found.act} ({found.may}, {found.norm})" for found in ARCS)
    return "\n".join(("stateDiagram-v2", *lines))
