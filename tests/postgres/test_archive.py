"""Backup and restore: what comes back is what was there, and nothing that stands is overwritten."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shailoo.postgres import Server, ServerError


@pytest.fixture
def votes(running: Server) -> Iterator[Server]:
    """A database with one table of three precincts."""
    with psycopg.connect(running.ensure_running()) as connection:
        connection.execute("CREATE TABLE votes (precinct int PRIMARY KEY, n int NOT NULL)")
        connection.execute("INSERT INTO votes VALUES (1001, 10), (1002, 20), (1003, 30)")
    yield running
    with psycopg.connect(running.url) as connection:
        connection.execute("DROP TABLE votes")


def total(server: Server, database: str = "shailoo") -> int:
    with psycopg.connect(server.url, dbname=database) as connection:
        row = connection.execute("SELECT sum(n) FROM votes").fetchone()
    assert row is not None
    return int(row[0])


def databases(server: Server) -> set[str]:
    with psycopg.connect(server.url) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def change(server: Server) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("UPDATE votes SET n = 0")


def test_a_backup_brings_the_rows_back_and_the_former_database_stays_readable(votes: Server, data: Path) -> None:
    made = votes.backup(data / "night.dump")
    change(votes)
    restored = votes.restore(made.path)
    assert total(votes) == 60
    assert (made.tables, restored.tables) == (1, 1)
    assert restored.former is not None
    assert total(votes, restored.former) == 0


def test_a_backup_carries_its_hash_in_the_form_that_sha256sum_checks(votes: Server, data: Path) -> None:
    made = votes.backup(data / "night.dump")
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert (data / "night.dump.sha256").read_text() == f"{made.sha256}  night.dump\n"
    assert made.size == made.path.stat().st_size


def test_sessions_on_the_database_do_not_hinder_a_restore(votes: Server, data: Path) -> None:
    made = votes.backup(data / "night.dump")
    with psycopg.connect(votes.url) as clerk:
        clerk.execute("SELECT 1")
        votes.restore(made.path)
        with pytest.raises(psycopg.OperationalError):
            clerk.execute("SELECT 1")
    assert total(votes) == 60


def test_a_backup_never_replaces_another(votes: Server, data: Path) -> None:
    (data / "night.dump").write_bytes(b"yesterday")
    with pytest.raises(ServerError, match="never replaces another"):
        votes.backup(data / "night.dump")
    assert (data / "night.dump").read_bytes() == b"yesterday"


def test_a_backup_that_cannot_be_written_leaves_no_file(votes: Server, data: Path) -> None:
    (data / "file").write_text("in the way")
    with pytest.raises(ServerError, match="could not be written"):
        votes.backup(data / "file" / "night.dump")
    assert [path.name for path in data.iterdir()] == ["file"]


def test_an_altered_backup_is_refused_and_nothing_changes(votes: Server, data: Path) -> None:
    made = votes.backup(data / "night.dump")
    content = bytearray(made.path.read_bytes())
    content[-1] ^= 1
    made.path.write_bytes(content)
    before = databases(votes)
    with pytest.raises(ServerError, match="not what was backed up"):
        votes.restore(made.path)
    assert (total(votes), databases(votes)) == (60, before)


@pytest.mark.parametrize(("content", "said"), [(None, "there is no file"), (b"no dump at all", "pg_restore failed")])
def test_what_is_no_backup_is_refused(votes: Server, data: Path, content: bytes | None, said: str) -> None:
    source = data / "night.dump"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(ServerError, match=re.escape(said)):
        votes.restore(source)


def test_a_restore_that_breaks_half_way_leaves_the_database_as_it_was(votes: Server, data: Path) -> None:
    made = votes.backup(data / "night.dump")
    made.path.with_name("night.dump.sha256").unlink()
    content = made.path.read_bytes()
    made.path.write_bytes(content[: len(content) - 40])  # its list is whole, the rows at its end are cut
    change(votes)
    before = databases(votes)
    with pytest.raises(ServerError):
        votes.restore(made.path)
    assert (total(votes), databases(votes)) == (0, before)
