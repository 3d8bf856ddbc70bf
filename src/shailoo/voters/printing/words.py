"""The words of the pages of lists on paper, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from shailoo.voters.printing.states import State
from shailoo.voters.words import finding, refusal, value

WAITING = "waiting"  # what has no copy yet
COLOURS: Mapping[str, str] = {
    WAITING: "grey",
    State.PRINTED: "yellow",
    State.BOUND: "blue",
    State.HANDED: "turquoise",
    State.RECEIVED: "green",
    State.REPLACED: "red",
}

__all__ = ["COLOURS", "WAITING", "colour", "copy", "finding", "refusal", "stage", "state"]


def stage(code: str) -> str:
    """The lists of a stage, beginning with a capital letter."""
    return _capital(value("printed_stage", code))


def copy(code: str) -> str:
    """A kind of copy."""
    return value("copy", code)


def state(found: State | None) -> str:
    """Where a copy stands; that none is printed."""
    return value("printed_state", found.value if found else WAITING)


def colour(found: State | None) -> str:
    """The colour of a state's tag."""
    return COLOURS[found or WAITING]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
