"""A worker is killed while it prints: what is printed stays under its number, the rest is printed, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from shailoo.jobs.progress import Unwatched
from shailoo.jobs.verifying import address
from shailoo.ledger.models import Act
from shailoo.ledger.queries import breaks
from shailoo.voters.lists.columns import Copy
from shailoo.voters.printing import vault
from shailoo.voters.printing.actions import order_batch
from shailoo.voters.printing.jobs import print_batch
from shailoo.voters.printing.models import PrintedList
from tests.commissions.sittings import done
from tests.voters.lists.scene import COMPILED, country
from tests.voters.scene import AN_HOUR

FILES = 3


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_whole_lists_and_the_next_one_prints_the_others(tmp_path: Path) -> None:
    land = country(tmp_path)
    edition = land.compiled().edition
    order = order_batch(edition, Copy.POSTED, by=land.scene.operator, at=COMPILED + AN_HOUR)
    batch = done(order).batch
    environment = os.environ | {
        "SHAILOO_DATABASE_URL": address(),
        "SHAILOO_DATA": str(tmp_path),
        "SHAILOO_SECRET_KEY": "of a test",
        "DJANGO_SETTINGS_MODULE": "shailoo.settings",
    }
    connection.close()
    command = [sys.executable, "-W", "ignore", "-m", "tests.voters.printing.killed", str(batch.pk), str(FILES)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr[-2000:]
    before = set(PrintedList.objects.values_list("list", "number", "sha256"))
    assert len(before) == FILES - 1
    assert len(files(tmp_path)) == FILES, "a file without a row is of nobody"

    assert print_batch(Unwatched(), batch.pk)["lists"] == 5
    after = set(PrintedList.objects.values_list("list", "number", "sha256"))
    assert before < after
    assert (len(after), {number for _list, number, _hash in after}) == (5, {1})
    assert files(tmp_path) == {vault.place(digest) for _list, _number, digest in after}
    assert Act.objects.filter(name="voters.list_printed").count() == 5
    assert all(vault.opened(each.sha256, each.key)[:4] == b"%PDF" for each in PrintedList.objects.all())
    assert breaks() == []


def files(folder: Path) -> set[Path]:
    """The sealed files."""
    return {path for path in (folder / "lists").rglob("*") if path.is_file()}
