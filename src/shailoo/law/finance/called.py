"""The election whose money is asked about: its kind, the day of calling and the calculated index of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shailoo.law.calendar import Kind, Occasion
from shailoo.law.outcome import Step, applies

PRESIDENTIAL = frozenset({Kind.PRESIDENTIAL, Kind.PRESIDENTIAL_EARLY, Kind.REPEAT_PRESIDENTIAL})


@dataclass(frozen=True, slots=True)
class Index:
    """The calculated index: `som` from the local day `since` on."""

    since: date
    som: Decimal


@dataclass(frozen=True, slots=True)
class Called:
    """An election that was called: its kind, the local day of the calling, every calculated index that is known."""

    kind: Kind
    on: date
    indices: tuple[Index, ...]

    def __post_init__(self) -> None:
        require_election(self.kind)
        if len({each.since for each in self.indices}) < len(self.indices):
            raise ValueError("two calculated indices begin on one day")
        if not any(each.since <= self.on for each in self.indices):
            raise ValueError(f"no calculated index is known for the day of calling, {self.on}")

    @property
    def presidential(self) -> bool:
        return self.kind in PRESIDENTIAL

    @property
    def index(self) -> Decimal:
        """The index on the day of calling, in som (L41.4.a); what it becomes later changes no limit."""
        return max((each for each in self.indices if each.since <= self.on), key=lambda each: each.since).som


@applies("L41.4.a")
def index_step(called: Called) -> Step:
    """The index that every limit of this election is a multiple of."""
    return Step("L41.4.a", "fund_index_of_calling_day", {"calling": called.on, "index": called.index})


@dataclass(frozen=True, slots=True)
class RepeatVoting:
    """A repeat voting for the President: the local days of its appointment and of the voting, who takes part in it."""

    appointed_on: date
    day: date
    takes_part: bool

    def __post_init__(self) -> None:
        if self.appointed_on >= self.day:
            raise ValueError("the repeat voting is appointed before its day")

    @property
    def occasion(self) -> Occasion:
        return Occasion(Kind.REPEAT_VOTING, self.day).knowing(repeat_voting_decision=self.appointed_on)


def require_election(kind: Kind) -> None:
    """Raises ValueError for a repeat voting, which is a part of an election."""
    if kind is Kind.REPEAT_VOTING:
        raise ValueError("a repeat voting is a part of an election; name the kind of that election")


def require_repeat_voting(kind: Kind, repeat_voting: RepeatVoting | None) -> None:
    """Raises ValueError where an election that knows no repeat voting (Art. 56) is said to have one."""
    require_election(kind)
    if repeat_voting is not None and kind not in PRESIDENTIAL:
        raise ValueError("only an election of the President knows a repeat voting")
