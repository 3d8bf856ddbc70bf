"""What the body of a work tells while it runs, and how it hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

Fact: TypeAlias = int | str


class StoppedError(Exception):
    """Somebody cancelled the work; its body ends here. What it has not committed is undone."""


class WorkFailedError(Exception):
    """The work cannot be done, and another attempt would not help; `code` has words in `wording` (work_error)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Progress(Protocol):
    """How far a work is. Telling costs nothing worth counting: it is written at most twice a second."""

    def step(self, done: int, total: int | None = None, message: str = "", **facts: Fact) -> None:
        """`done` of `total` units are done; None where nobody knows how many there are.

        `message` is a code with words in `wording` (work_message). Raises StoppedError where the work was cancelled.
        """

    def cancelled(self) -> bool:
        """Whether somebody cancelled the work."""


class Unwatched:
    """Progress that nobody follows: for a command or a test that calls a body directly."""

    def step(self, done: int, total: int | None = None, message: str = "", **facts: Fact) -> None:
        """Tell nobody."""

    def cancelled(self) -> bool:
        """Nobody can."""
        return False


class Told:
    """Progress told to a function, for a command that prints it."""

    def __init__(self, tell: Callable[[int, int | None, str], None]) -> None:
        self._tell = tell

    def step(self, done: int, total: int | None = None, message: str = "", **facts: Fact) -> None:
        """Tell how far it is."""
        del facts
        self._tell(done, total, message)

    def cancelled(self) -> bool:
        """A person at a terminal ends the program instead."""
        return False
