"""Work that is done once for its inputs: a stamp holds their hash, and equal hashes mean there is nothing to do.

Standard library only: set-up runs before anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Step:
    """One piece of set-up: done anew when an input changed, when `facts` changed, or when something made is gone."""

    name: str  # as the person reads it: "Python packages"
    stamp: Path
    work: Callable[[], None]
    inputs: tuple[Path, ...]
    made: tuple[Path, ...]
    facts: tuple[str, ...] = field(default=())

    def run(self) -> None:
        """Do the work unless its stamp is good. Prints one line with the seconds taken, or nothing."""
        digest = _digest(self.inputs, self.facts)
        if self._is_done(digest):
            return
        self.stamp.unlink(missing_ok=True)
        print(f"  {self.name} ...", end="", flush=True)
        begun = time.monotonic()
        self.work()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(digest)
        print(f" {time.monotonic() - begun:.1f} s", flush=True)

    def _is_done(self, digest: str) -> bool:
        if not all(path.exists() for path in self.made):
            return False
        return self.stamp.is_file() and self.stamp.read_text() == digest


def files_under(folder: Path, pattern: str = "*") -> tuple[Path, ...]:
    """Every file under `folder` in a stable order."""
    return tuple(sorted(path for path in folder.rglob(pattern) if path.is_file()))


def _digest(inputs: Iterable[Path], facts: Iterable[str]) -> str:
    """The hash of the inputs' names and contents and of the facts; a missing input counts as absent, not as empty."""
    total = hashlib.sha256("\0".join(facts).encode())
    for path in inputs:
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return total.hexdigest()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold `lock`, so that two set-ups started at once do not write over each other."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another set-up is at work here; waiting for it ...", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
