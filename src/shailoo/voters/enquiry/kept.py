"""What the answers to all voters have in common, kept for some seconds in a process: nothing of it is of a person.

The edition that is open, the frame of the page, and what the page says of a precinct. An answer puts the number in the
list into it, and is itself kept nowhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
SECONDS = 10
MOST = 10_000  # entries; then all go


class Kept(Generic[T]):
    """Values by key, each for so many seconds. Two threads may make the same one at once: the later stays."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._known: dict[Hashable, tuple[float, T]] = {}

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of the key, made where there is none or it is too old."""
        found, now = self._known.get(key), time.monotonic()
        if found is not None and now - found[0] < self._seconds:
            return found[1]
        if len(self._known) >= MOST:
            self._known.clear()
        made = make()
        self._known[key] = (now, made)
        return made

    def known(self, key: Hashable) -> T | None:
        """The value of the key; None where there is none or it is too old."""
        found = self._known.get(key)
        return found[1] if found is not None and time.monotonic() - found[0] < self._seconds else None

    def forget(self) -> None:
        """Drop everything."""
        self._known.clear()
