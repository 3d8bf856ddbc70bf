"""Servers of the tests' own, each in a folder of its own, so that processes of a test run never meet."""

from __future__ import annotations

import subprocess
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
def fresh(data: Path) -> Iterator[Server]:
    """A server that has never been started, and that is gone after the test."""
    server = Server(data)
    yield server
    server.discard()


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """The data folder of a stopped server. Copying it is ten times as fast as making another."""
    with tempfile.TemporaryDirectory(prefix="shailoo-test-") as folder:
        Path(folder).chmod(0o711)
        server = Server(Path(folder))
        server.ensure_running()
        server.stop()
        yield Path(folder)


@pytest.fixture
def server(fresh: Server, data: Path, made: Path) -> Server:
    """A stopped server with an empty database."""
    subprocess.run(["cp", "-a", made / "postgresql", data], check=True)
    return fresh


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A running server for the tests of one module that leave it running."""
    with tempfile.TemporaryDirectory(prefix="shailoo-test-") as folder:
        server = Server(Path(folder))
        server.ensure_running()
        yield server
        server.discard()
