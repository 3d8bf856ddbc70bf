"""Where an application stands and which act leads where: the one table from which triggers, pages and tests follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a voter asks for (law.voters.applications.Subject)."""

    NOT_LISTED = "not_listed"  # L15.3
    MISTAKE = "mistake"  # L15.3
    VOTING_ADDRESS = "voting_address"  # L15.4


class State(StrEnum):
    RECEIVED = "received"  # by the precinct commission: this moment decides the term
    RETURNED = "returned"  # something that must be attached is missing
    WITH_ADMINISTRATOR = "with_administrator"  # of the system, in the TEC (L15.3.a3)
    WITH_SERVICE = "with_service"
    REFERRED = "referred"  # to be registered biometrically first (L15.3.c)
    INCLUDED = "included"
    CORRECTED = "corrected"
    REFUSED = "refused"
    SUPERSEDED = "superseded"  # a later application of the voter counts (L15.4.a1)


class Act(StrEnum):
    RECEIVE = "receive"
    RECEIVE_INCOMPLETE = "receive_incomplete"
    COMPLETE = "complete"
    SEND_BACK = "send_back"
    FORWARD = "forward"
    PASS_ON = "pass_on"  # noqa: S105  # the name of an act
    INCLUDE = "include"
    CORRECT = "correct"
    REFER = "refer"
    REFUSE = "refuse"
    SUPERSEDE = "supersede"


RECEIVE, PASS_ON, ANSWER = (f"voters.applications.{act}" for act in ("receive", "pass_on", "answer"))
BY_ADMINISTRATOR = frozenset({Kind.NOT_LISTED, Kind.MISTAKE})
STRAIGHT = frozenset({Kind.VOTING_ADDRESS})  # L15.4.b1: this one passes no administrator
EVERY_KIND = frozenset(Kind)
TO_BE_LISTED = frozenset({Kind.NOT_LISTED, Kind.VOTING_ADDRESS})
TO_BE_CORRECTED = frozenset({Kind.MISTAKE})


@dataclass(frozen=True, slots=True)
class Arc:
    """From where by which act to where, which permission the act needs, and for which kinds of application."""

    source: State | None
    act: Act
    target: State
    may: str
    kinds: frozenset[Kind] = EVERY_KIND


ARCS: tuple[Arc, ...] = (
    Arc(None, Act.RECEIVE, State.RECEIVED, RECEIVE),
    Arc(None, Act.RECEIVE_INCOMPLETE, State.RETURNED, RECEIVE),
    Arc(State.RETURNED, Act.COMPLETE, State.RECEIVED, RECEIVE),
    Arc(State.RECEIVED, Act.SEND_BACK, State.RETURNED, RECEIVE),
    Arc(State.WITH_ADMINISTRATOR, Act.SEND_BACK, State.RETURNED, PASS_ON),
    Arc(State.WITH_SERVICE, Act.SEND_BACK, State.RETURNED, ANSWER),
    Arc(State.RECEIVED, Act.FORWARD, State.WITH_ADMINISTRATOR, RECEIVE, BY_ADMINISTRATOR),
    Arc(State.RECEIVED, Act.FORWARD, State.WITH_SERVICE, RECEIVE, STRAIGHT),
    Arc(State.WITH_ADMINISTRATOR, Act.PASS_ON, State.WITH_SERVICE, PASS_ON, BY_ADMINISTRATOR),
    Arc(State.WITH_SERVICE, Act.INCLUDE, State.INCLUDED, ANSWER, TO_BE_LISTED),
    Arc(State.WITH_SERVICE, Act.CORRECT, State.CORRECTED, ANSWER, TO_BE_CORRECTED),
    Arc(State.WITH_SERVICE, Act.REFER, State.REFERRED, ANSWER),
    Arc(State.WITH_SERVICE, Act.REFUSE, State.REFUSED, ANSWER),
    Arc(State.REFERRED, Act.INCLUDE, State.INCLUDED, ANSWER, TO_BE_LISTED),
    Arc(State.REFERRED, Act.CORRECT, State.CORRECTED, ANSWER, TO_BE_CORRECTED),
    Arc(State.REFERRED, Act.REFUSE, State.REFUSED, ANSWER),
    *(
        Arc(source, Act.SUPERSEDE, State.SUPERSEDED, RECEIVE)  # with the forwarding of the later one
        for source in (
            State.RECEIVED,
            State.RETURNED,
            State.WITH_ADMINISTRATOR,
            State.WITH_SERVICE,
            State.REFERRED,
        )
    ),
)
MOVES: tuple[tuple[State, State, Kind], ...] = tuple(
    sorted({(each.source, each.target, kind) for each in ARCS if each.source is not None for kind in each.kinds})
)
OPEN = frozenset({each.source for each in ARCS if each.source is not None})
"""Where an application still waits for somebody."""
ANSWERED = frozenset({State.INCLUDED, State.CORRECTED, State.REFUSED, State.REFERRED})
"""Where there is an answer that the voter is told."""
FORWARDED = frozenset(
    {State.WITH_ADMINISTRATOR, State.WITH_SERVICE, State.REFERRED, State.INCLUDED, State.CORRECTED, State.REFUSED}
)
CHANGED = frozenset({Act.INCLUDE, Act.CORRECT})
"""The answers that say that the list has changed."""


def arc(state: State, act: Act, kind: Kind) -> Arc | None:
    """The way that `act` leads an application of this kind from `state`; None where it leads nowhere."""
    return next((each for each in ARCS if each.source is state and each.act is act and kind in each.kinds), None)


def acts(state: State, kind: Kind) -> tuple[Arc, ...]:
    """Every way on from a state that somebody chooses."""
    return tuple(each for each in ARCS if each.source is state and kind in each.kinds and each.act is not Act.SUPERSEDE)
