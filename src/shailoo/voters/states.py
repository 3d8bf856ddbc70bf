"""Where a delivery can stand, and which act leads where: the one table from which triggers, pages and tests follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    CHECKED = "checked"  # taken in whole, every fault told, to be accepted or refused
    ACCEPTED = "accepted"
    REFUSED = "refused"  # by an office, with its reason
    LOST = "lost"  # a crash of the server took the rows before anybody decided; the Service sends them again


class Act(StrEnum):
    RECEIVE = "receive"
    ACCEPT = "accept"
    REFUSE = "refuse"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Arc:
    """From where by which act to where, and which permission the act needs."""

    source: State | None
    act: Act
    target: State
    may: str


ARCS = (
    Arc(None, Act.RECEIVE, State.CHECKED, "voters.deliver"),
    Arc(State.CHECKED, Act.ACCEPT, State.ACCEPTED, "voters.accept"),
    Arc(State.CHECKED, Act.REFUSE, State.REFUSED, "voters.accept"),
    Arc(State.CHECKED, Act.GIVE_UP, State.LOST, "voters.deliver"),
)
MOVES = tuple((arc.source, arc.target) for arc in ARCS if arc.source is not None)
