"""What the kernel knows of memory: the peak of this process, of its children and of the database's process.

Linux keeps a high-water mark of resident memory for every process (VmHWM), which can be set back by writing to
`clear_refs`. So nothing is sampled but the children, whose mark is read ten times a second as long as they live.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from django.db import connection

SET_BACK_PEAK = "5"  # proc(5), clear_refs
INTERVAL = 0.1  # seconds between two looks at the children
MIB = 1024 * 1024


@dataclass
class Peaks:
    """Peak resident memory in bytes. `own` is what came on top of what this process held before."""

    own: int = 0
    children: int = 0  # the largest child
    database: int = 0  # the session's own server process, with the shared pages that it touched

    def in_mib(self) -> dict[str, int]:
        """As the report prints it."""
        named = {"own": self.own, "children": self.children, "database": self.database}
        return {name: round(size / MIB) for name, size in named.items() if size}


@contextmanager
def watched() -> Iterator[Peaks]:
    """The peaks of what is done within; complete once the block is left."""
    peaks, ended = Peaks(), Event()
    before = resident("self")
    forget_peak("self")
    _forget_peak_of_session()
    watcher = Thread(target=_watch_children, args=(peaks, ended), daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()
        peaks.own = max(0, peak("self") - before)
        if connection.connection is not None:
            peaks.database = peak(connection.connection.info.backend_pid)


def peak(process: int | str) -> int:
    """The high-water mark of a process in bytes; 0 once it is gone."""
    return _status(process, "VmHWM:")


def resident(process: int | str) -> int:
    """What a process holds now, in bytes; 0 once it is gone."""
    return _status(process, "VmRSS:")


def forget_peak(process: int | str) -> None:
    """Let the high-water mark begin anew. A process of another user keeps its own."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text(SET_BACK_PEAK, encoding="ascii")
    except OSError:
        return


def family(process: int) -> list[int]:
    """A process and everything that it started."""
    return [process, *(below for child in _children(process) for below in family(child))]


def _forget_peak_of_session() -> None:
    if connection.connection is not None:
        forget_peak(connection.connection.info.backend_pid)


def _watch_children(peaks: Peaks, ended: Event) -> None:
    before = set(_children(os.getpid()))
    while not ended.wait(INTERVAL):
        marks = [peak(child) for child in _children(os.getpid()) if child not in before]
        peaks.children = max([peaks.children, *marks])


def _children(process: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    except OSError:
        return found
    return found


def _status(process: int | str, field: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(field)), 0)
