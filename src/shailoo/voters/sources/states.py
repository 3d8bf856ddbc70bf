"""Where the data of a mission can stand, and which act leads where: trigger and pages follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    SENT = "sent"  # by the mission, to the Ministry of Foreign Affairs
    PASSED = "passed"  # by the Ministry, to the State Registry Service
    RECEIVED = "received"
    RETURNED = "returned"  # to the mission, with a reason; it sends its data again


class Act(StrEnum):
    SEND = "send"
    PASS_ON = "pass_on"  # noqa: S105  # an act, no password
    RECEIVE = "receive"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Arc:
    """From where by which act to where, and which permission the act needs."""

    source: State | None
    act: Act
    target: State
    may: str


ARCS = (
    Arc(None, Act.SEND, State.SENT, "voters.sources.send"),
    Arc(State.SENT, Act.PASS_ON, State.PASSED, "voters.sources.pass_on"),
    Arc(State.SENT, Act.RETURN, State.RETURNED, "voters.sources.pass_on"),
    Arc(State.PASSED, Act.RECEIVE, State.RECEIVED, "voters.sources.receive"),
    Arc(State.PASSED, Act.RETURN, State.RETURNED, "voters.sources.receive"),
)
MOVES = tuple((arc.source, arc.target) for arc in ARCS if arc.source is not None)


def arc(source: str, act: Act) -> Arc | None:
    """The arc of an act from a state; None where it leads nowhere from there."""
    return next((each for each in ARCS if each.source == source and each.act is act), None)
