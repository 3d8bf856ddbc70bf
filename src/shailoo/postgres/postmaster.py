"""Whether a server lives, told from what it leaves behind: its pid file, its process and its socket."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from psycopg import pq

from shailoo.postgres.folders import SOCKET_NAME, Folders


class Life(StrEnum):
    READY = "ready"
    BUSY = "busy"  # starting, recovering or stopping: it answers, or its process lives, but it takes no one in yet
    CUT_OFF = "cut_off"  # its process lives, but its socket is gone: no one can ever reach it
    CRASHED = "crashed"  # a pid file of a process that is no more
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PidFile:
    """What postmaster.pid says: the first line of it is the process."""

    pid: int
    socket: Path


def read_pid_file(cluster: Path) -> PidFile | None:
    """The pid file of the cluster; None where there is none or it is not yet written whole."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return PidFile(int(lines[0]), Path(lines[4]))
    except (FileNotFoundError, IndexError, ValueError):
        return None


def life(folders: Folders) -> Life:
    """The state of the cluster's server now."""
    answer = pq.PGconn.ping(f"{folders.url('postgres')}&connect_timeout=5".encode())
    if answer == pq.Ping.OK:
        return Life.READY
    if answer == pq.Ping.REJECT:
        return Life.BUSY
    if not (folders.cluster / "postmaster.pid").exists():
        return Life.STOPPED
    found = read_pid_file(folders.cluster)
    if found is None:
        return Life.BUSY if _just_begun(folders.cluster) else Life.CRASHED
    if not runs_in(found.pid, folders.cluster):
        return Life.CRASHED
    return Life.BUSY if (folders.socket / SOCKET_NAME).exists() or _just_begun(folders.cluster) else Life.CUT_OFF


def _just_begun(cluster: Path) -> bool:
    """Whether the pid file is younger than ten seconds, the time within which a starting server opens its socket."""
    try:
        return time.time() - (cluster / "postmaster.pid").stat().st_mtime < 10
    except FileNotFoundError:
        return False


def runs_in(pid: int, cluster: Path) -> bool:
    """Whether process `pid` is the server of this cluster, and not a stranger who was given the number of a dead one.

    A server stands in its cluster's folder. A dead process that no one has collected has no folder, and counts as dead.
    """
    try:
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cwd").samefile(cluster)
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def clear_misleading_files(folders: Folders) -> None:
    """Remove the pid file and socket locks of a dead server where its number now belongs to another process.

    PostgreSQL itself clears them when the number is free; when it is taken it would refuse to start for ever. It still
    checks by the shared memory whether orphans of the dead server are at work.
    """
    found = read_pid_file(folders.cluster)
    if found is not None and not runs_in(found.pid, folders.cluster):
        (folders.cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
        (folders.socket / name).unlink(missing_ok=True)
