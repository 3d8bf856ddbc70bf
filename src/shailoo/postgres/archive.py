"""Backup and restore: one file that any PostgreSQL 18 can read, checked when it is written and before it is used.

`pg_dump` in its custom format rather than a copy of the cluster: the file also restores into a server of one's own and
into later major versions, it holds no password and no role, and reading it back proves that every block of the tables
was readable.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from shailoo.postgres.account import clean_environment
from shailoo.postgres.binaries import client_tool
from shailoo.postgres.errors import ServerError, with_cause
from shailoo.postgres.folders import APPLICATION, DATABASE


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as written: its file, its bytes, its SHA-256 (also beside it in `FILE.sha256`), its count of tables."""

    path: Path
    size: int
    sha256: str
    tables: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore as done: the count of tables, and the name under which the former database was kept."""

    tables: int
    former: str | None


def backup(url: str, target: Path) -> Backup:
    """Dump one consistent moment of the database at `url`, read it back, and only then give it its name.

    Work goes on meanwhile. Raises ServerError, leaving no file, where the target exists or anything fails.
    """
    if target.exists():
        raise ServerError(f"{target} exists; a backup never replaces another. Name a new file.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return _write_verified(url, target)
    except OSError as broken:
        raise ServerError(f"the backup could not be written: {broken}") from broken


def _write_verified(url: str, target: Path) -> Backup:
    draft = target.with_name(f".{target.name}.part")
    try:
        without = f"--exclude-schema={APPLICATION}"  # what an import made for a moment; the owner may not read it
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", without, f"--file={draft}", url)
        tables = _tables_in(draft)
        _run("pg_restore", "--file=/dev/null", str(draft))
        digest, size = _sha256(draft), draft.stat().st_size
        draft.chmod(0o600)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    _digest_file(target).write_text(f"{digest}  {target.name}\n")
    return Backup(target, size, digest, tables)


def restore(url: Callable[[str], str], source: Path) -> Restored:
    """Restore `source` beside the present database, then exchange the two in one transaction.

    `url` gives the address of a database by its name. Nothing is overwritten: the present database stays as it is if
    anything fails, and under the name `shailoo_until_<UTC time>` if nothing does. Sessions on it are ended. Raises
    ServerError.
    """
    _require_intact(source)
    tables = _tables_in(source)
    now = datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f")
    draft, former = f"{DATABASE}_restoring_{now}", f"{DATABASE}_until_{now}"
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        try:
            _fill(url(draft), source)
            kept = _exchange(connection, draft, former)
        except BaseException:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
            raise
    return Restored(tables, former if kept else None)


def _fill(url: str, source: Path) -> None:
    """Bring the rows of `source` into the empty database at `url`, all or none."""
    _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={url}", str(source))
    with psycopg.connect(url, autocommit=True) as restored:
        restored.execute("ANALYZE")


def _exchange(connection: psycopg.Connection[tuple[object, ...]], draft: str, former: str) -> bool:
    """Give `draft` the database's name and the database the name `former`; whether there was one to keep."""
    named = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is not None
    with connection.transaction():
        if named:
            _end_sessions(connection)
            _rename(connection, DATABASE, former)
        _rename(connection, draft, DATABASE)
    return named


def _end_sessions(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """End every session on the database and wait until they are gone, or the rename would be refused."""
    connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [DATABASE])


def _rename(connection: psycopg.Connection[tuple[object, ...]], present: str, future: str) -> None:
    names = (sql.Identifier(present), sql.Identifier(future))
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))


def _require_intact(source: Path) -> None:
    """Raise ServerError where `source` is missing or no longer has the SHA-256 that was written beside it."""
    if not source.is_file():
        raise ServerError(f"there is no file {source}")
    beside = _digest_file(source)
    if beside.is_file() and beside.read_text().split()[:1] != [_sha256(source)]:
        raise ServerError(
            f"{source} is not what was backed up: its SHA-256 differs from {beside.name}; use another copy"
        )


def _tables_in(file: Path) -> int:
    """The count of tables whose rows the file holds. Raises ServerError where it is no backup."""
    return sum(" TABLE DATA " in line for line in _run("pg_restore", "--list", str(file)).splitlines())


def _digest_file(target: Path) -> Path:
    return target.with_name(f"{target.name}.sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> str:
    """A client program's output. Raises ServerError with what it said."""
    command = [str(client_tool(program)), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=clean_environment())
    if done.returncode:
        raise ServerError(f"{program} failed: {with_cause(done.stderr.strip())}")
    return done.stdout
