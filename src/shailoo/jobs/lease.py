"""The hold of one worker on one work: an advisory lock of a connection of its own, by which progress is told as well.

The lock ends with its connection, and the connection with its process: whoever gets the lock of a running work knows
that its worker is gone. No time limit guesses at it, and two workers never run one work at once. Since the connection
is in no transaction, progress is seen at once whatever the work's own transaction does.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from shailoo.jobs.progress import Fact, StoppedError

SPACE = 0x576F726B  # of our advisory locks: "Work"
BETWEEN = 0.5  # seconds between two writings of progress


@dataclass(frozen=True, slots=True)
class Taken:
    """A work as it was taken up."""

    pk: int
    kind: str
    arguments: Mapping[str, Any]  # checked by its kind before it is used
    asked_by: int
    attempts: int


@contextmanager
def leased(pk: int) -> Iterator[Lease | None]:
    """The hold on the work `pk` for as long as the block lasts; None where another process has it."""
    connection = connections.create_connection("default")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SPACE, _key(pk)])
            (got,) = cursor.fetchone()
        yield Lease(pk, connection) if got else None
    finally:
        connection.close()


def _key(pk: int) -> int:
    """The work's number in the 32 bits of a lock's second key, signed."""
    return (pk + 2**31) % 2**32 - 2**31


class Lease:
    """A work that this process holds. Every change of its row while it runs goes through here."""

    def __init__(self, pk: int, connection: BaseDatabaseWrapper) -> None:
        self.pk = pk
        self._connection = connection
        self._written = 0.0
        self._told: tuple[int, int | None, str, str] = (0, None, "", "{}")
        self._stop = False

    # ------------------------------------------------------------------------------- its body

    def step(self, done: int, total: int | None = None, message: str = "", **facts: Fact) -> None:
        """Tell how far the work is (`progress.Progress`)."""
        self._told = (done, total, message, json.dumps(facts))
        if time.monotonic() - self._written >= BETWEEN:
            self._write()
        if self._stop:
            raise StoppedError

    def cancelled(self) -> bool:
        """Whether somebody cancelled the work; asks the database at most twice a second."""
        if time.monotonic() - self._written >= BETWEEN:
            self._write()
        return self._stop

    def _write(self) -> None:
        found = self._change(
            "done = %s, total = %s, message = %s, facts = %s, heartbeat_at = %s",
            [*self._told, timezone.now()],
            "running",
            "cancel_asked_at IS NOT NULL",
        )
        self._written = time.monotonic()
        self._stop = found is None or bool(found[0])

    # ------------------------------------------------------------------------------- its states

    def take_up(self, at: datetime) -> Taken | None:
        """Begin an attempt; None where the work does not wait."""
        found = self._change(
            "state = 'running', attempts = attempts + 1, started_at = %s, heartbeat_at = %s, done = 0, total = NULL, "
            "message = '', facts = '{}'",
            [at, at],
            "waiting",
            "kind, arguments::text, asked_by_id, attempts",
        )
        return None if found is None else Taken(self.pk, found[0], json.loads(found[1]), found[2], found[3])

    def finish(self, result: Mapping[str, object], at: datetime) -> None:
        """The work is done; all of it, as far as its last step told how much there is."""
        done, total, _message, _facts = self._told
        self._change(
            "state = 'done', ended_at = %s, result = %s, done = %s, total = %s, message = '', facts = '{}'",
            [at, json.dumps(result), done if total is None else total, total],
            "running",
        )

    def fail(self, error: str, at: datetime) -> None:
        """The work ends without a result."""
        self._change("state = 'failed', ended_at = %s, error = %s", [at, error], "running")

    def cancel(self, at: datetime) -> None:
        """The body stopped because it was asked to."""
        self._change("state = 'cancelled', ended_at = %s", [at], "running")

    def wait_again(self, due: datetime) -> None:
        """The work goes back to those that wait; whoever calls this puts it into the queue."""
        self._change("state = 'waiting', due_at = %s", [due], "running")

    def _change(
        self, what: str, values: list[int | str | datetime | None], source: str, returning: str = "id"
    ) -> tuple[Any, ...] | None:
        """Change the row if it is in the state `source`; returns the columns asked for, None where it is not."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE jobs_work SET {what} WHERE id = %s AND state = %s RETURNING {returning}",  # noqa: S608  # our own words; values are bound
                [*values, self.pk, source],
            )
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row
