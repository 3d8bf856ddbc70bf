"""The kinds of work that departments have registered: their body, in whose right they run, what happens after a fault.

A department registers its work in its own `jobs.py`, which every process loads as it starts:

    register(Kind("file_check", check_files, right="ledger.read", interrupted=Interrupted.AGAIN))

The body is a plain function `body(progress, **arguments)` that returns the result as JSON; a command and a test call it
as well. It may commit as it goes. What is `Interrupted.AGAIN` must be safe to begin anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from django.http import HttpResponse
from procrastinate.contrib.django import app

from shailoo.accounts.background import in_the_right_of

Value: TypeAlias = int | str | bool
Result: TypeAlias = Mapping[str, object]
Body: TypeAlias = Callable[..., Result]
Deliver: TypeAlias = Callable[[Result], HttpResponse]

FIRST_PAUSE = timedelta(seconds=30)  # before a second attempt; each further pause is four times as long
TASK = "work."


class Interrupted(StrEnum):
    """What becomes of a work whose worker is gone or which met a fault."""

    AGAIN = "again"  # it begins anew, as often as its kind allows
    FAILS = "fails"  # it may have done half of its effect: a person looks, and asks again


class BadArgumentsError(Exception):
    """A work was asked for with arguments that its kind does not have: an error of the caller."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind of work. `arguments` are names with their types; all are required.

    `right` is an act of accounts.roles.MAY. `deliver` answers a download of the result's file. `offered`: the desk's
    page of checks has a button for it.
    """

    code: str
    body: Body
    right: str
    interrupted: Interrupted = Interrupted.FAILS
    attempts: int = 3  # at most, where it begins anew
    alone: bool = True
    offered: bool = False
    subject: str = ""  # what the works of this kind are about where the caller names nothing
    arguments: Mapping[str, type[Value]] = field(default_factory=lambda: MappingProxyType({}))
    deliver: Deliver | None = None

    @property
    def task(self) -> str:
        """The name of its task in the queue."""
        return TASK + self.code

    @property
    def chances(self) -> int:
        """How often it is begun at most."""
        return self.attempts if self.interrupted is Interrupted.AGAIN else 1

    def checked(self, arguments: Mapping[str, object]) -> dict[str, Value]:
        """The arguments, known to be the kind's. Raises BadArgumentsError."""
        if arguments.keys() != self.arguments.keys():
            raise BadArgumentsError(f"{self.code} has the arguments {sorted(self.arguments)}, not {sorted(arguments)}")
        found: dict[str, Value] = {}
        for name, value in arguments.items():
            if type(value) is not self.arguments[name] or not isinstance(value, (int, str)):
                raise BadArgumentsError(f"{self.code}: {name} is no {self.arguments[name].__name__}")
            found[name] = value
        return found


KINDS: dict[str, Kind] = {}
"""Code -> kind; filled by `register` while the program starts."""


def register(kind: Kind) -> Kind:
    """Make a kind of work and its task known. KeyError for an unknown act, ValueError for a kind that is there."""
    if kind.code in KINDS:
        raise ValueError(f"there is a work {kind.code} already")

    @in_the_right_of(kind.right)
    def task(work: int) -> None:
        from shailoo.jobs.running import run  # a worker's module; it knows this one

        run(work)

    app.task(name=kind.task)(task)
    KINDS[kind.code] = kind
    return kind


def pause(attempts: int) -> timedelta:
    """How long a work waits after so many attempts: 30 s, 2 min, 8 min."""
    times: int = 4 ** (attempts - 1)
    return FIRST_PAUSE * times
