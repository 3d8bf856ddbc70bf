"""An acceptance during which the server is killed at every statement in turn; run by itself, it tells what it found.

python -m tests.voters.crash_run FOLDER TABLES
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from shailoo.postgres import Server
from tests.databases import filled

MOST_KILLS = 60


class Killer:
    """Lets so many statements pass, then kills the server and the session's own process with signal 9."""

    def __init__(self, server: Server, passing: int) -> None:
        self.server, self.left, self.killed = server, passing, False

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:  # Any: Django's own
        if self.left == 0 and not self.killed:
            from django.db import connection

            self.killed = True
            found = (self.server.status().pid, connection.connection.info.backend_pid)
            for pid in filter(None, found):
                os.kill(pid, signal.SIGKILL)
        self.left -= 1
        return execute(*args)


def main(data: Path, tables: Path) -> dict[str, object]:
    """Kill at the first statement, then at the second, and so on until the acceptance gets through."""
    server = Server(data)
    os.environ["SHAILOO_DATABASE_URL"] = url = server.ensure_running()
    filled(url, tables)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shailoo.settings"
    import django

    django.setup()
    from django.db import OperationalError, connection

    from shailoo.ledger.queries import breaks
    from shailoo.voters.actions import accept_delivery
    from shailoo.voters.models import Change, Delivery
    from shailoo.voters.states import State
    from tests.voters.scene import AT, accepted, build, delivered, package, row

    scene = build(data.parent)
    first = [row(pin=f"101011990{number:05d}") for number in range(300)]
    second = [each | {"precinct": "1002"} for each in first[:200]] + [row(pin="10101199099999")]
    accepted(scene, package(scene, first))
    old, kills, between = _listed(), 0, 0
    at = AT
    while kills < MOST_KILLS:
        at += timedelta(days=1)
        waiting = delivered(scene, package(scene, second, number=2), at=at)
        killer = Killer(server, kills)
        try:
            with connection.execute_wrapper(killer):
                accept_delivery(waiting, by=scene.secretary, at=at + timedelta(hours=1))
        except OperationalError:
            connection.close()
            server.ensure_running()
        if not killer.killed:
            break
        kills += 1
        whole = _listed() == old and not Change.objects.filter(number=2).exists()
        between += not whole
        if not whole:
            break
    found: dict[str, object] = {
        "kills": kills,
        "between": between,
        "accepted": Delivery.objects.filter(state=State.ACCEPTED).count(),
        "lost": Delivery.objects.filter(state=State.LOST).count(),
        "listed": len(_listed()),
        "breaks": len(breaks()),
    }
    server.stop()
    return found


def _listed() -> set[tuple[int, str]]:
    from shailoo.voters.models import Entry

    return set(Entry.objects.filter(until=None).values_list("pin", "precinct__number"))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n")
