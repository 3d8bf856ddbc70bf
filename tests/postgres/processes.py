"""Other processes that use the same server, as a demo, a worker and a command line do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from shailoo.postgres import Server

ENSURE = """
import sys
from pathlib import Path
from shailoo.postgres import Server
server = Server(Path(sys.argv[1]))
server.ensure_running()
print(server.status().pid, flush=True)
sys.stdin.read()
"""


def caller(data: Path) -> subprocess.Popen[str]:
    """A process that ensures the server, prints its pid, and lives until its input is closed."""
    command = [sys.executable, "-c", ENSURE, str(data)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def pid_told_by(process: subprocess.Popen[str]) -> int:
    """The server's pid that a caller printed."""
    assert process.stdout is not None
    return int(process.stdout.readline())


def release(process: subprocess.Popen[str]) -> None:
    """Let a caller end, and collect it."""
    process.communicate()


def pid_of(server: Server) -> int:
    """The server's pid; the server runs."""
    pid = server.status().pid
    assert pid is not None
    return pid


def kill(server: Server) -> None:
    """kill -9 of the server."""
    os.kill(pid_of(server), signal.SIGKILL)
