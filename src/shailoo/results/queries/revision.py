"""The revision of a voting's public figures, and answers kept as long as it stands.

The database moves a counter with every change (migration 0003). All changes that a reader can see are in the sum of the
counters, and a change is seen together with its counter or not at all: equal revisions mean equal figures, whatever
the order in which clerks' transactions end.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Generic, Protocol, TypeVar

from django.db import connection

from shailoo.elections.models import Voting

CURRENT = "(SELECT coalesce(sum(r.value), 0)::text FROM results_revision r WHERE r.voting_id = %(voting)s)"
"""The revision as an SQL expression, for statements that read figures and their revision in one snapshot."""


class Revised(Protocol):
    """An answer that knows the revision of the figures that it was made from."""

    @property
    def revision(self) -> str: ...


Answer = TypeVar("Answer", bound=Revised)


def revision(voting: Voting) -> str:
    """The state of the voting's public figures as a short text: it changes with every committed change of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CURRENT}", {"voting": voting.pk})
        (value,) = cursor.fetchone()
    return f"{voting.pk}-{value}"


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Answer]):
    answer: Answer
    begun: int  # its place among all questions and makings: what began after a question answers it


class KeptByRevision(Generic[Answer]):
    """The newest answer for each of a few keys, made once however many ask at the same time.

    An answer is kept under the revision of the snapshot that it was made from, never under the one that was asked for:
    figures that changed in between are then simply newer, and old figures never stand under a new revision.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._clock = count()
        self._kept: OrderedDict[tuple[int, ...], _Kept[Answer]] = OrderedDict()
        self._making: dict[tuple[int, ...], Lock] = {}
        self._lock = Lock()

    def get(self, key: tuple[int, ...], current: str, make: Callable[[], Answer]) -> Answer:
        """The answer for `key` at the revision `current`, which the caller has just read, or at a later one.

        One thread at a time makes an answer; those who waited take it where its making began after their question.
        """
        asked = next(self._clock)
        if (found := self._found(key, current, asked)) is not None:
            return found
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            if (found := self._found(key, current, asked)) is not None:
                return found
            kept = _Kept(begun=next(self._clock), answer=make())
            self._keep(key, kept)
            return kept.answer

    def _found(self, key: tuple[int, ...], current: str, asked: int) -> Answer | None:
        kept = self._kept.get(key)
        if kept is not None and (kept.answer.revision == current or kept.begun > asked):
            return kept.answer
        return None

    def _keep(self, key: tuple[int, ...], kept: _Kept[Answer]) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                gone, _ = self._kept.popitem(last=False)
                self._making.pop(gone, None)
