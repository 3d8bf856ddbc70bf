"""One database server for the run, a copy of one template for each worker, and no way out to the network."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from psycopg import sql
from pytest_django import DjangoDbBlocker, Settings

from shailoo.postgres import Server
from shailoo.settings import database
from tests import databases

ENOUGH_MEMORY = 2 * 1024**3  # bytes


@pytest.hookimpl(wrapper=True, tryfirst=True)  # around pytest-django, which orders too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests in a real browser come last: what drives it keeps an event loop in the thread until the process ends."""
    yield
    parts: dict[bool, list[pytest.Item]] = {False: [], True: []}
    for item in items:
        parts["playwright" in getattr(item, "fixturenames", ())].append(item)
    items[:] = [*_long_ones_early(parts[False]), *_long_ones_early(parts[True])]


def _long_ones_early(items: list[pytest.Item]) -> list[pytest.Item]:
    """Long tests spread over the first half: no process gets several, none is left alone with one at the end."""
    rest = [item for item in items if item.get_closest_marker("long") is None]
    long = [item for item in items if item.get_closest_marker("long") is not None]
    for place, item in enumerate(long):
        rest.insert(place * len(rest) // (2 * len(long)), item)
    return rest


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look through it ever again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The server of the tests: the one that SHAILOO_DATABASE_URL names, else the embedded one for all workers."""
    if url := os.environ.get("SHAILOO_DATABASE_URL"):
        return url
    return Server(Path(os.environ.get("SHAILOO_TEST_DATA") or _quickest_folder())).ensure_running()


def _quickest_folder() -> Path:
    """Memory where there is enough of it, since tests wait for the disk more than for anything else; else the disk."""
    memory = Path("/dev/shm")  # noqa: S108  (one folder per user, made by the supervisor with its own checks)
    enough = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH_MEMORY
    return (memory if enough else Path(tempfile.gettempdir())) / f"shailoo-tests-{os.getuid()}"


@pytest.fixture(scope="session")
def django_db_setup(
    server_url: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the migrated template for this process, in place of the migrations that pytest-django would run."""
    wanted = database(server_url)
    settings = connections.databases["default"]
    for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS"):
        settings[key] = wanted[key]
    _drop_left_over(server_url)
    name = f"test_shailoo_{os.getpid()}"
    with django_db_blocker.unblock():
        databases.copied(server_url, name, migrated)
        _turn_to(name)
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
    with psycopg.connect(server_url, autocommit=True) as connection:  # a browser's thread may not have let go of it
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def tables(
    server_url: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Every table as SQL, for a server of a test's own: `databases.filled` is ten times as fast as to migrate."""
    with django_db_blocker.unblock():
        return databases.dumped(server_url, tmp_path_factory.mktemp("tables") / "tables.sql", migrated)


def migrated(name: str) -> None:
    """Carry out every migration in the empty database of that name, and let go of it."""
    _turn_to(name)
    call_command("migrate", verbosity=0)
    connections["default"].close()


def _turn_to(name: str) -> None:
    connections["default"].close()
    connections.databases["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _drop_left_over(url: str) -> None:
    """Remove databases of runs that were killed: those whose process is gone. Two runs at once keep their own."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_shailoo_[0-9]+'").fetchall()
        for (name,) in rows:
            if not Path(f"/proc/{name.split('_')[2]}").exists():
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                connection.execute(drop)


def _triggers(switch: str) -> str:
    """Switch the triggers of every table; their owner may do that, as the role of the tests is no superuser."""
    tables = "SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    change = f"EXECUTE format('ALTER TABLE %s {switch} TRIGGER USER', t.name)"
    return f"DO $$ DECLARE t record; BEGIN FOR t IN {tables} LOOP {change}; END LOOP; END $$;"


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_guards() -> Iterator[None]:
    """Let the end of a transactional test empty tables that TRUNCATE guards protect; the application never can."""
    patch = pytest.MonkeyPatch()
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        plain(self, [_triggers("DISABLE"), *sql_list, _triggers("ENABLE")])

    patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hash passwords once instead of a million times: tests are not attackers."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    """Files and keys of a test lie in a folder of its own, never in the installation's."""
    settings.DATA = tmp_path


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test may speak to this machine only."""
    plain = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test reached for the network: {address[0]}")
        plain(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
