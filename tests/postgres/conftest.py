"""Servers of the tests' own, each in a folder of its own, so that processes of a test run never meet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shailoo.postgres import Server


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty data folder that others may pass through; pytest's own is private, which has a test of its own."""
    with tempfile.TemporaryDirectory(prefix="shailoo-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    """A server that has not been started, and that is gone after the test."""
    server = Server(data)
    yield server
    server.discard()


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A running server for the tests of one module that leave it running."""
    with tempfile.TemporaryDirectory(prefix="shailoo-test-") as folder:
        server = Server(Path(folder))
        server.ensure_running()
        yield server
        server.discard()
