"""Works that only tests ask for."""

from __future__ import annotations

import threading
from pathlib import Path

from shailoo.jobs.kinds import Interrupted, Kind, Result, register
from shailoo.jobs.progress import Progress, WorkFailedError

EVENTS: list[str] = []
"""What bodies in this process did."""


def hang_once(progress: Progress, *, marker: str) -> Result:
    """The first attempt says that it has begun and never ends; a later one ends at once."""
    progress.step(1, 2)
    if not Path(marker).exists():
        Path(marker).touch()
        print("begun", flush=True)  # noqa: T201  # the test that started this process reads it
        threading.Event().wait()
    progress.step(2, 2)
    return {"marker": marker}


def faulty(progress: Progress, *, fault: str) -> Result:
    """Breaks, cannot be done, or goes on until it is cancelled."""
    progress.step(0, 3, "verifying")
    EVENTS.append(fault)
    if fault == "breaks":
        raise ZeroDivisionError("a secret")
    if fault == "cannot":
        raise WorkFailedError("nothing_signed")
    while fault == "endless" and not progress.cancelled():
        progress.step(1, 3)
    return {"fault": fault}


WORDS = {"marker": str}
AGAIN = register(Kind("test_again", hang_once, right="jobs.watch", interrupted=Interrupted.AGAIN, arguments=WORDS))
FAILS = register(Kind("test_fails", hang_once, right="jobs.watch", arguments=WORDS))
FAULTY = register(
    Kind(
        "test_faulty",
        faulty,
        right="ledger.read",
        interrupted=Interrupted.AGAIN,
        attempts=2,
        alone=False,
        arguments={"fault": str},
    )
)
