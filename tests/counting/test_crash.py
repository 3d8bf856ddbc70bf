"""Twenty clerks at once, and the database killed three times in the middle."""

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

PROTOCOLS, KILLS = 20, 3
ENOUGH_MEMORY = 1024**3  # bytes
ROOT = Path(__file__).parents[2]


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="shailoo-crash-", dir=_open_folder()))  # the server's user must reach it
    folder.chmod(0o755)
    yield folder / "data"
    Server(folder / "data").stop()
    shutil.rmtree(folder, ignore_errors=True)


def _open_folder() -> str:
    """Memory where there is enough of it, else the disk: a process that is killed loses no page of either."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder in it is made anew, with a name of its own
    enough = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH_MEMORY
    return str(memory) if enough else tempfile.gettempdir()


def test_no_acknowledged_entry_is_lost_and_none_is_doubled(data: Path, tables: Path) -> None:
    command = [sys.executable, "-m", "tests.counting.crash_run", str(data), str(tables), str(PROTOCOLS), str(KILLS)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["accepted"] == found["figures"] == PROTOCOLS, found
    assert (found["lost"], found["doubled"], found["breaks"]) == (0, 0, 0)
    assert found["entries"] == found["acts_of_finishing"] == 2 * PROTOCOLS
    assert found["acknowledged"] > PROTOCOLS
