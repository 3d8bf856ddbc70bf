"""What the measurements share: the tests' own database for those that need only tables, nations for the others.

The nations lie on a server of their own that is thrown away at the end, with its keys and files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from tests.conftest import django_db_setup, flush_past_the_guards, server_url

from benchmarks.measuring import TAKEN, page
from benchmarks.nations import Nations
from shailoo.postgres import Server

__all__ = ["django_db_setup", "flush_past_the_guards", "server_url"]


@pytest.fixture(scope="session")
def nations(django_db_blocker: DjangoDbBlocker) -> Iterator[Nations]:
    """Nations of any size, made when they are first asked for."""
    folder = Path(f"/tmp/shailoo-bench-{os.getpid()}")  # noqa: S108 - the server's user must be able to reach it
    server = Server(folder)
    try:
        with django_db_blocker.unblock(), override_settings(DATA=folder):
            yield Nations(server.ensure_running(), folder)
    finally:
        server.discard()
        shutil.rmtree(folder, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures once more on one page: aim, bare minimum, memory."""
    if TAKEN:
        terminalreporter.section("figures: median, times the bare minimum of its group, aim, peak memory")
        for line in page():
            terminalreporter.write_line(line)
