"""Where a deadline stands: coming, due, done, late or not applicable; of a term of many commissions, at how many.

Pure of queries: `agenda` reads the rows, this module says what they mean at an instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shailoo.elections.fulfilment import ACTS, RECORD
from shailoo.elections.models import Deadline, Election, Voting
from shailoo.law.calendar import Entry, Event, Kind, event
from shailoo.law.outcome import NormId

DUE_WITHIN = timedelta(days=10)  # a term that ends later is still coming; our choice, for desks that plan by the week


CALLED_WITH = frozenset(
    {
        "calling_deadline_jk",
        "calling_deadline_presidential",
        "calling_early_presidential",
        "calling_early_jk",
        "repeat_election_called_presidential",
        "repeat_election_called_jk",
    }
)
"""The terms of calling: an election that has a calendar was called."""


class State(StrEnum):
    """Where a deadline stands."""

    COMING = "coming"
    DUE = "due"
    DONE = "done"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"


class Level(StrEnum):
    """Whose deadline it is: each precinct commission's, each territorial one's, or one body's alone."""

    PEC = "pec"
    TEC = "tec"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Count:
    """Of the bodies that a deadline binds: how many there are, have done it, and did it late."""

    expected: int = 1
    done: int = 0
    late: int = 0

    @property
    def missing(self) -> int:
        return max(self.expected - self.done, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline at an instant. `done_at` is the first or only fulfilment, `act` its hash in the ledger."""

    deadline: Deadline
    event: Event
    state: State
    count: Count
    done_at: datetime | None = None
    act: str = ""

    @property
    def norms(self) -> tuple[NormId, ...]:
        return self.event.norms

    @property
    def fulfilled_by(self) -> str:
        """The act of the ledger that fulfils it; "" where nobody has to act."""
        if not self.asks_something:
            return ""
        return "election.called" if self.event.id in CALLED_WITH else ACTS.get(self.event.id, RECORD)

    @property
    def level(self) -> Level:
        return level_of(self.event)

    @property
    def asks_something(self) -> bool:
        """Whether a body has to act: else it begins or ends by law, or others use their right until then."""
        return not self.event.of_itself


def level_of(found: Event) -> Level:
    """Whose deadline an event is."""
    if "pec" in found.actors:
        return Level.PEC
    return Level.TEC if "tec" in found.actors and "cec" not in found.actors else Level.ONE


_CALLING_TERMS = frozenset(
    {
        "calling_deadline_jk",
        "calling_deadline_presidential",
        "calling_early_presidential",
        "calling_early_jk",
        "decree_published_jk",
    }
)
_DEEMED_TERMS = frozenset({"deemed_called_presidential", "deemed_called_jk", "deemed_calling_published"})
_REPEAT = (Kind.REPEAT_PRESIDENTIAL, Kind.REPEAT_JK)


KEPT = frozenset(
    {
        "pec_protocol_delivered",
        "tec_tabulation",
        "tec_protocol_delivered",
        "determination_of_results",
        "results_published_full",
        "presidential_result_published",
        "pec_protocols_online",
        "tec_protocols_online",
        *_CALLING_TERMS,
    }
)
"""What the system sees itself also where its data come from the public record."""


def not_applicable(entry: Entry, voting: Voting) -> str:
    """Why nobody has to keep an event of this voting; "" where somebody has to."""
    if voting.election.origin == Election.Origin.PUBLIC_RECORD and not entry.event.of_itself and entry.id not in KEPT:
        return "kept_elsewhere"
    deemed = voting.election.ground == Election.Ground.DEEMED
    if entry.id in _CALLING_TERMS and deemed:
        return "deemed_called"
    if entry.id in _DEEMED_TERMS and not deemed:
        return "called_by_an_act"
    if entry.id == "postponement_no_lists":
        return "only_where_lists_are_missing"
    if entry.id == "repeat_election_published_general":
        return "shorter_term_holds"
    return ""


def standing(deadline: Deadline, now: datetime, count: Count, done_at: datetime | None, act: str) -> Standing:
    """Where a deadline stands at the instant `now`."""
    found = event(deadline.event)
    return Standing(deadline, found, _state(deadline, found, now, count), count, done_at, act)


def _state(deadline: Deadline, found: Event, now: datetime, count: Count) -> State:
    if deadline.not_applicable:
        return State.NOT_APPLICABLE
    if found.of_itself:
        return _of_itself(deadline, now)
    if count.expected and not count.missing:
        return State.DONE
    if deadline.closes is not None and deadline.closes <= now:
        return State.LATE
    if deadline.opens is not None and now < deadline.opens:
        return State.COMING
    if deadline.closes is not None and deadline.closes - now <= DUE_WITHIN:
        return State.DUE
    return State.COMING


def _of_itself(deadline: Deadline, now: datetime) -> State:
    """What begins or ends by law is done when its moment has passed."""
    if deadline.closes is not None and deadline.closes <= now:
        return State.DONE
    if deadline.closes is None and deadline.opens is not None and deadline.opens <= now:
        return State.DONE
    if deadline.closes is not None and deadline.closes - now <= DUE_WITHIN:
        return State.DUE
    return State.COMING


def urgency(found: Standing) -> tuple[int, float]:
    """What is late first, then what ends first; a key to sort by."""
    order = {State.LATE: 0, State.DUE: 1, State.COMING: 2, State.DONE: 3, State.NOT_APPLICABLE: 4}
    moment = found.deadline.closes or found.deadline.opens
    return order[found.state], moment.timestamp() if moment else float("inf")


def counted(done: Mapping[int, datetime], expected: int, closes: datetime | None) -> Count:
    """How many of the expected bodies have done something, and how many after the term closed."""
    late = sum(closes is not None and at >= closes for at in done.values())
    return Count(expected, len(done), late)
