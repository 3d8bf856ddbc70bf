"""The server is killed at every statement of an acceptance: the old register stays whole until the new one stands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shailoo.postgres import Server

ENOUGH_MEMORY = 1024**3  # bytes
ROOT = Path(__file__).parents[2]


@pytest.fixture
def data() -> Iterator[Path]:
    memory = Path("/dev/shm")  # noqa: S108  # the folder in it is made anew, with a name of its own
    enough = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH_MEMORY
    where = str(memory) if enough else tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="shailoo-voters-crash-", dir=where))  # the server's user must reach it
    folder.chmod(0o755)
    yield folder / "data"
    Server(folder / "data").stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_kill_at_any_statement_leaves_the_old_register_or_the_new_one(data: Path, tables: Path) -> None:
    command = [sys.executable, "-m", "tests.voters.crash_run", str(data), str(tables)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=580, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["kills"] > 10, found
    assert (found["between"], found["accepted"], found["breaks"]) == (0, 2, 0), found
    assert found["lost"] == found["kills"], found  # rows that wait are gone with the server, and are sent again
    assert found["listed"] == 201, found
