"""One database server for the run, one seeded template per worker, and no way out to the network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from shailoo.postgres import Server
from shailoo.settings import database


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database server of the tests: the one named by SHAILOO_DATABASE_URL, else the embedded one, shared by all workers."""
    if url := os.environ.get("SHAILOO_DATABASE_URL"):
        return url
    return Server(Path(os.environ.get("SHAILOO_TEST_DATA", "/tmp/shailoo-tests"))).ensure_running()  # noqa: S108


@pytest.fixture(scope="session")
def django_db_modify_db_settings(server_url: str, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Point Django at that server before it makes its test database."""
    wanted = database(server_url)
    settings = connections.databases["default"]
    for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS"):
        settings[key] = wanted[key]


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_guards() -> Iterator[None]:
    """Let the end of a transactional test empty tables that TRUNCATE guards protect; the application never can."""
    patch = pytest.MonkeyPatch()
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        plain(self, ["SET session_replication_role = replica;", *sql_list, "SET session_replication_role = origin;"])

    patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test may speak to this machine only."""
    plain = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test reached for the network: {address[0]}")
        plain(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


