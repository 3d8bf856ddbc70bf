"""Where a printed copy can stand, and which act leads where: the one table from which guards, pages and tests follow.

A state is not written down anywhere: it follows from the acts on record. The copy in which voters sign is numbered,
bound and sealed before it goes (L15.5.b1); the others go as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    PRINTED = "printed"
    BOUND = "bound"
    HANDED = "handed"
    RECEIVED = "received"
    REPLACED = "replaced"  # printed again under the next number


class Act(StrEnum):
    PRINT = "print"
    BIND = "bind"
    HAND_OVER = "hand_over"
    RECEIVE = "receive"
    PRINT_AGAIN = "print_again"


@dataclass(frozen=True, slots=True)
class Arc:
    """From where by which act to where, and which permission the act needs. `signed`: of the copy that voters sign."""

    source: State | None
    act: Act
    target: State
    may: str
    signed: tuple[bool, ...] = (False, True)


S, A = State, Act
ARCS = (
    Arc(None, A.PRINT, S.PRINTED, "voters.print"),
    Arc(S.PRINTED, A.BIND, S.BOUND, "voters.bind", (True,)),
    Arc(S.PRINTED, A.HAND_OVER, S.HANDED, "voters.hand_over", (False,)),
    Arc(S.BOUND, A.HAND_OVER, S.HANDED, "voters.hand_over", (True,)),
    Arc(S.HANDED, A.RECEIVE, S.RECEIVED, "voters.receive_lists"),
    Arc(S.PRINTED, A.PRINT_AGAIN, S.REPLACED, "voters.print"),
    Arc(S.BOUND, A.PRINT_AGAIN, S.REPLACED, "voters.print", (True,)),
    Arc(S.HANDED, A.PRINT_AGAIN, S.REPLACED, "voters.print"),
    Arc(S.RECEIVED, A.PRINT_AGAIN, S.REPLACED, "voters.print"),
)


def leads(source: State, act: Act, *, signed: bool) -> State | None:
    """Where an act leads from a state; None where it leads nowhere."""
    found = (arc.target for arc in ARCS if arc.source is source and arc.act is act and signed in arc.signed)
    return next(found, None)


def sources(act: Act, *, signed: bool) -> tuple[State, ...]:
    """The states in which an act is possible."""
    return tuple(arc.source for arc in ARCS if arc.source is not None and arc.act is act and signed in arc.signed)


WORK = "voter_lists_printing"
"""The kind of work that prints a batch."""
