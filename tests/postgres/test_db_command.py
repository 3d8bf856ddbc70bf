"""`shailoo db` as a person at the machine meets it: what it prints, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from shailoo.cli import db
from shailoo.postgres import Server
from tests.databases import filled


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setenv("SHAILOO_DATA", str(data))
    monkeypatch.delenv("SHAILOO_DATABASE_URL", raising=False)


def call(*arguments: str) -> object:
    """The exit code of the command."""
    return db.app(arguments, result_action="return_value")


TABLES_OF_THE_API = "SELECT tablename FROM pg_tables WHERE starts_with(tablename, 'api_') ORDER BY tablename"


def spawned(arguments: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, for what ends in another program."""
    command = [sys.executable, "-c", "from shailoo.cli.db import app; app()", *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False)


def test_the_life_of_a_server(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("status") == 3
    assert call("start") == 0
    assert server.url in capsys.readouterr().out
    assert call("status") == 0
    assert call("stop") == 0
    assert call("status") == 3


def test_status_as_json(server: Server, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.ensure_running()
    assert call("status", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["running"] is True
    assert told["data"] == str(data / "postgresql/server/cluster")


def test_backup_and_restore_bring_the_rows_back(server: Server, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE votes AS SELECT 7 AS n")
    assert call("backup", str(data / "night.dump")) == 0
    with psycopg.connect(server.url) as connection:
        connection.execute("DROP TABLE votes")
    assert call("restore", str(data / "night.dump"), "--yes") == 0
    assert "the former database is kept as shailoo_until_" in capsys.readouterr().out
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT n FROM votes").fetchall() == [(7,)]


def test_a_restore_that_nobody_confirmed_does_nothing(
    server: Server, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert call("restore", str(data / "night.dump")) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert not server.status().running


def test_a_failure_is_a_sentence_and_exit_code_1(
    server: Server, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.ensure_running()
    assert call("restore", str(data / "nothing"), "--yes") == 1
    assert "there is no file" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["start", "stop", "status", "backup"])
def test_a_server_of_ones_own_is_not_looked_after(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHAILOO_DATABASE_URL", "postgresql://db.example/shailoo")
    assert call(command) == 2
    assert "SHAILOO_DATABASE_URL names a server of your own" in capsys.readouterr().err


def test_the_embedded_servers_own_address_in_the_environment_is_no_other_server(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAILOO_DATABASE_URL", server.ensure_running())
    assert call("status") == 0


def test_shell_hands_its_arguments_to_psql(server: Server) -> None:
    shown = spawned(["shell", "-A", "-t", "-c", "SELECT current_user || ' of ' || current_database()"])
    assert (shown.stdout, shown.returncode) == ("shailoo of shailoo\n", 0)
    assert server.status().running


def test_without_psql_python_takes_its_place_and_says_so(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(db, "_psql", lambda: None)
    lines = iter(["print(connection.execute('SELECT 40 + 2').fetchone())"])

    def typed(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typed)
    assert call("shell") == 0
    told = capsys.readouterr()
    assert "this is Python instead" in told.err
    assert "(42,)" in told.out


def test_migrate_makes_what_is_missing_and_may_be_repeated(server: Server, tables: Path) -> None:
    """All of it is made where the template of the tests and the demo are; here one room's tables are missing."""
    url = server.ensure_running()
    filled(url, tables)
    with psycopg.connect(url) as connection:
        missing = [name for (name,) in connection.execute(TABLES_OF_THE_API)]
        assert missing
        for name in missing:
            connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
        connection.execute("DELETE FROM django_migrations WHERE app = 'api'")
    for _ in range(2):
        done = spawned(["migrate"], SHAILOO_SECRET_KEY="of a test")
        assert done.returncode == 0, done.stderr
    with psycopg.connect(url) as connection:
        assert [name for (name,) in connection.execute(TABLES_OF_THE_API)] == missing


def test_migrate_says_when_the_server_does_not_answer() -> None:
    done = spawned(
        ["migrate"], SHAILOO_DATABASE_URL="postgresql:///none?host=/nonexistent", SHAILOO_SECRET_KEY="of a test"
    )
    assert done.returncode == 1
    assert "the database does not answer" in done.stderr
    assert "Traceback" not in done.stderr
