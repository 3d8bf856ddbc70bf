"""Servers of a measurement's own, thrown away at the end, and which database Django looks at."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from shailoo.postgres import Server
from shailoo.settings import database

ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def own_server(blocker: DjangoDbBlocker) -> Iterator[Path]:
    """An empty, migrated database on a server of its own; gives an empty folder for files. Both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="shailoo-bench-"))
    folder.chmod(0o755)  # the server's user must reach it
    server, files = Server(folder / "data"), folder / "files"
    files.mkdir()
    try:
        with blocker.unblock(), override_settings(DATA=folder):
            before = look_at(server.ensure_running())
            try:
                call_command("migrate", interactive=False, verbosity=0)
                yield files
            finally:
                turn_to(before)
    finally:
        server.discard()
        shutil.rmtree(folder, ignore_errors=True)


def look_at(url: str) -> dict[str, object]:
    """Point Django at a database; returns where it looked before."""
    wanted = database(url)
    return turn_to({key: wanted[key] for key in ADDRESS})


def turn_to(address: Mapping[str, object]) -> dict[str, object]:
    """Point Django at the address that `look_at` returned."""
    connection.close()
    settings = connections.databases["default"]
    before = {key: settings[key] for key in ADDRESS}
    settings.update(address)
    return before
