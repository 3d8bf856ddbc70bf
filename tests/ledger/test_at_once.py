"""Heads while acts go on, and acts that are cut off: all of an act is there, or nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from shailoo.counting import actions
from shailoo.counting.models import Entry, Figures
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import publish_head, record
from shailoo.ledger.models import Act, Head, Leaf
from tests.counting.scene import AT, build, entered, paper, taken_over, write
from tests.ledger.forging import append, faults, published

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH, HEADS = 3, 30, 5
DONE, REFUSED = 7, 8  # exit codes of a child that finished


def test_heads_are_made_while_acts_go_on() -> None:
    """Acts that are not yet committed enter with a later head, in the order of their chains."""

    def write_acts(number: int) -> None:
        for turn in range(EACH):
            with transaction.atomic():
                append(number + turn, number + turn)
                record("x.done", subject="x", by=None, at=AT)
        connection.close()

    def make_heads() -> None:
        for _ in range(HEADS):
            publish_head(at=AT)
        connection.close()

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        for work in [*(pool.submit(write_acts, n) for n in range(WRITERS)), *(pool.submit(make_heads) for _ in "ab")]:
            work.result()
    publish_head(at=AT)
    assert Act.objects.count() == Head.objects.order_by("-number")[0].size == WRITERS * EACH * 2
    assert [head.number for head in Head.objects.order_by("number")] == list(range(1, 2 * HEADS + 2))
    with transaction.atomic():
        assert faults(published()) == []


def rows() -> dict[str, int]:
    """How many rows every table has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names))  # noqa: S608  (from the catalogue)
        return dict(cursor.fetchall())


def killed_after(statement: int, act: Callable[[], object]) -> int:
    """Do the act in a child that kills itself after so many statements; returns its exit code, or minus a signal."""
    others = sessions()
    connection.close()
    child = os.fork()
    if child == 0:  # pragma: no cover - no measuring survives kill -9
        left = [statement]

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            answer = execute(*arguments)
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        with connection.execute_wrapper(count):
            answer = act()
        if isinstance(answer, Refused):
            os.write(2, f"{answer}\n".encode())
            os._exit(REFUSED)
        os._exit(DONE)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    while sessions() - others:  # the server has not let go of the child's locks yet
        connection.cursor().execute("SELECT pg_sleep(0.01)")
    return ended


def sessions() -> set[int]:
    """The server's processes for this database, but our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def drill(act: Callable[[], object]) -> tuple[int, int]:
    """Kill after the first statement, after the second, and so on, until the act is committed.

    Returns how many statements it had until then, and how the last child ended: a kill can come after the commit too.
    """
    before, statement = rows(), 0
    while True:
        statement += 1
        ended = killed_after(statement, act)
        assert ended in (DONE, -signal.SIGKILL)
        if rows() != before:
            return statement - 1, ended
        assert ended != DONE


def test_kill_between_any_two_statements_leaves_all_or_nothing() -> None:
    scene = build(precincts=1)
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper())
    entry = actions.claim(protocol, by=scene.other, at=AT)
    assert isinstance(entry, Entry)
    write(entry, scene.other, paper())
    statements, ended = drill(lambda: actions.finish(entry, by=scene.other, at=AT))
    assert statements > 8
    assert ended == DONE
    assert Figures.objects.count() == 1
    statements, ended = drill(lambda: publish_head(at=AT))
    assert statements >= 5
    assert ended == -signal.SIGKILL  # at the first statement after the commit, which looks for heads without a file
    assert Head.objects.get().size == Leaf.objects.count() == Act.objects.count()
    with transaction.atomic():
        assert faults(published()) == []
