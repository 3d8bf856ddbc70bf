"""Twenty clerks count while the database is killed; prints what they were told and what the record says.

Run as a program of its own: `crash_run.py DATA TABLES PROTOCOLS KILLS`. It brings up an embedded server in DATA, fills
it with TABLES (SQL), and kills the server's main process KILLS times while the clerks work. A clerk whose connection
breaks does what a person does: looks where the protocol stands, and goes on.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import queue
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from shailoo.postgres import Server
from tests.databases import filled

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess
    from multiprocessing.queues import Queue

    from shailoo.accounts.models import Office
    from shailoo.counting.models import Entry
    from tests.counting.scene import Scene

CLERKS = 20
FORK = multiprocessing.get_context("fork")


class Run:
    """The clerks' common work; each clerk is a process, and tells what was acknowledged to it."""

    def __init__(self, server: Server, scene: Scene) -> None:
        self.server, self.scene = server, scene
        self.told: Queue[tuple[int, int, int]] = FORK.Queue()  # protocol, slot, person
        self.papers = FORK.Condition()  # notified when a paper may be waiting for the next clerk
        self.acknowledged: list[tuple[int, int, int]] = []
        self.deadline = time.monotonic() + 120

    def work(self, clerk: Office) -> None:
        """Enter whatever waits, until all is accepted."""
        from django.db import DatabaseError, connection

        going = True
        while going and time.monotonic() < self.deadline:
            try:
                going = self.one(clerk)
            except DatabaseError:
                connection.close()
                self.server.ensure_running()
        connection.close()
        self.call_all()

    def call_all(self) -> None:
        """Wake the clerks that wait for a paper."""
        with self.papers:
            self.papers.notify_all()

    def one(self, clerk: Office) -> bool:
        """One entry: an own open one first, else the next that waits. False once every protocol is accepted."""
        from shailoo.counting import actions
        from shailoo.counting.models import Entry, Protocol
        from shailoo.counting.states import State
        from shailoo.law.outcome import Refused
        from tests.counting.scene import AT, LISTS, paper, typed

        related = ("protocol__tec__body", "protocol__voting__election")
        entry: Entry | None = (
            Entry.objects.select_related(*related)
            .filter(person=clerk.person, finished_at=None, released_at=None)
            .first()
        )
        if entry is None:
            waiting = Protocol.objects.filter(state__in=[State.RECEIVED, State.FIRST_ENTERED])
            for protocol in waiting.exclude(entries__person=clerk.person).order_by("?")[:1]:
                claimed = actions.claim(protocol, by=clerk, at=AT)
                entry = None if isinstance(claimed, Refused) else claimed
        if entry is None:
            if not Protocol.objects.exclude(state=State.ACCEPTED).exists():
                return False
            with self.papers:
                self.papers.wait(timeout=0.5)  # whoever holds the paper may have lost the connection meanwhile
            return True
        values = typed(paper())
        for page in actions.fields_to_enter(entry, LISTS):
            if page not in entry.pages_saved and isinstance(
                actions.save_page(entry, page, values, by=clerk, at=AT), Refused
            ):
                return True
        if not isinstance(actions.finish(entry, by=clerk, at=AT), Refused):
            self.told.put((entry.protocol_id, entry.slot, clerk.person_id))
        self.call_all()
        return True

    def listen(self, people: list[ForkProcess], kills: int) -> None:
        """Hear what the clerks were told; kill the server's main process each time a part of the work is done."""
        total = 2 * len(self.scene.expected)
        marks = [total * number // (kills + 1) for number in range(1, kills + 1)]
        while any(person.is_alive() for person in people) or not self.told.empty():
            try:
                self.acknowledged.append(self.told.get(timeout=0.1))
            except queue.Empty:
                continue
            if len(self.acknowledged) in marks and (pid := self.server.status().pid) is not None:
                os.kill(pid, signal.SIGKILL)


def main(data: Path, tables: Path, protocols: int, kills: int) -> dict[str, object]:
    """Run to the end and tell what came of it."""
    server = Server(data)
    os.environ["SHAILOO_DATABASE_URL"] = url = server.ensure_running()
    filled(url, tables)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shailoo.settings"
    import django

    django.setup()
    from django.db import connection

    from shailoo.accounts.roles import Role
    from shailoo.counting import actions
    from tests.counting.scene import AT, build, office

    scene = build(precincts=protocols)
    for expected in scene.expected:
        actions.take_over(expected, by=scene.chair, at=AT)
    clerks = [office(f"clerk-{number}", scene.clerk.body, Role.TEC_OPERATOR) for number in range(CLERKS)]
    connection.close()  # a forked clerk makes its own
    run = Run(server, scene)
    people = [FORK.Process(target=run.work, args=(clerk,)) for clerk in clerks]
    for person in people:
        person.start()
    run.listen(people, kills)
    for person in people:
        person.join(timeout=30)
    server.ensure_running()
    found = _record(run, protocols)
    server.stop()
    return found


def _record(run: Run, protocols: int) -> dict[str, object]:
    from shailoo.counting.models import Entry, Figures, Protocol
    from shailoo.counting.states import State
    from shailoo.ledger.models import Act
    from shailoo.ledger.queries import breaks

    finished = Entry.objects.exclude(finished_at=None).values_list("protocol_id", "slot", "person_id")
    kept = list(finished)
    return {
        "protocols": protocols,
        "accepted": Protocol.objects.filter(state=State.ACCEPTED).count(),
        "entries": len(kept),
        "lost": len(set(run.acknowledged) - set(kept)),
        "doubled": len(kept) - len({(protocol, slot) for protocol, slot, _person in kept}),
        "figures": Figures.objects.count(),
        "acts_of_finishing": Act.objects.filter(name="entry.finished").count(),
        "breaks": len(breaks()),
        "acknowledged": len(run.acknowledged),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))) + "\n")
