"""Where an application goes: one table of arcs, from which the trigger, the pages and the tests follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an application stands. Each person on it has an answer of their own (`models.Answer`)."""

    DRAFT = "draft"  # its sender writes it; nobody else sees it
    AT_MINISTRY = "at_ministry"  # R3.2: handed to the Ministry of Foreign Affairs
    FILED = "filed"  # received by the commission
    ANSWERED = "answered"  # every person on it has been accredited or refused
    WITHDRAWN = "withdrawn"  # by its sender, before any answer


class Act(StrEnum):
    """What moves an application."""

    SEND_TO_MINISTRY = "send_to_ministry"
    FORWARD = "forward"  # by the Ministry, checked (R3.2)
    FILE = "file"  # straight to the commission
    ANSWER = "answer"  # the last person's
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Arc:
    source: State
    act: Act
    target: State
    may: str


ARCS: tuple[Arc, ...] = (
    Arc(State.DRAFT, Act.SEND_TO_MINISTRY, State.AT_MINISTRY, "observation.apply"),
    Arc(State.AT_MINISTRY, Act.FORWARD, State.FILED, "observation.review"),
    Arc(State.DRAFT, Act.FILE, State.FILED, "observation.apply"),
    Arc(State.FILED, Act.ANSWER, State.ANSWERED, "observation.answer"),
    Arc(State.DRAFT, Act.WITHDRAW, State.WITHDRAWN, "observation.apply"),
    Arc(State.AT_MINISTRY, Act.WITHDRAW, State.WITHDRAWN, "observation.apply"),
    Arc(State.FILED, Act.WITHDRAW, State.WITHDRAWN, "observation.apply"),
)

MOVES: tuple[tuple[State, State], ...] = tuple(sorted({(arc.source, arc.target) for arc in ARCS}))


def arc(state: State, act: Act) -> Arc | None:
    """The way that `act` leads from `state`; None where it leads nowhere."""
    return next((each for each in ARCS if each.source is state and each.act is act), None)
