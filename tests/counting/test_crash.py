"""Twenty clerks at once, and the database killed three times in the middle."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shailoo.postgres import Server

PROTOCOLS, KILLS = 20, 3
ROOT = Path(__file__).parents[2]


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="shailoo-crash-", dir="/tmp"))  # the server's user must reach it
    folder.chmod(0o755)
    yield folder / "data"
    Server(folder / "data").stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_no_acknowledged_entry_is_lost_and_none_is_doubled(data: Path) -> None:
    command = [sys.executable, "-m", "tests.counting.crash_run", str(data), str(PROTOCOLS), str(KILLS)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["accepted"] == found["figures"] == PROTOCOLS, found
    assert (found["lost"], found["doubled"], found["breaks"]) == (0, 0, 0)
    assert found["entries"] == found["acts_of_finishing"] == 2 * PROTOCOLS
    assert found["acknowledged"] > PROTOCOLS
