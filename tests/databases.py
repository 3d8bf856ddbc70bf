"""The tests' databases: one migrated template for a checkout, and copies of it in a second instead of half a minute.

The template stays on the tests' server from run to run. Its name tells the checkout and what its tables were made of;
a checkout has one, and that of a checkout that is gone is dropped.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from shailoo.postgres import client_tool

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "template_shailoo"
OURS = f"{PREFIX}_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
MAKES_TABLES = ("migrations/*.py", "guards.py", "guards/*.py", "states.py")  # migrations import the latter
TURN = 7_305_118  # the advisory lock of the server under which one process at a time makes or copies the template


def fingerprint() -> str:
    """What the tables are made of: every migration with what it imports, and the libraries that carry it out."""
    digest = hashlib.sha256("".join(version(each) for each in ("Django", "django-pgtrigger")).encode())
    source = ROOT / "src/shailoo"
    for path in sorted({found for pattern in MAKES_TABLES for found in source.rglob(pattern)}):
        digest.update(path.relative_to(source).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def copied(url: str, name: str, migrate: Callable[[str], None]) -> None:
    """Make the database `name` on the server of `url`, a copy of the template; `migrate` fills an empty one by name."""
    with _turn(url) as connection:
        template = _template(connection, migrate)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))


def dumped(url: str, target: Path, migrate: Callable[[str], None]) -> Path:
    """Write the template as SQL, for a server of a test's own."""
    with _turn(url) as connection:
        source = make_conninfo(url, dbname=_template(connection, migrate))
        command: list[str | Path] = [
            client_tool("pg_dump"),
            "--no-owner",
            "--no-privileges",
            f"--file={target}",
            source,
        ]
        subprocess.run(command, check=True, capture_output=True)
    return target


def filled(url: str, dump: Path) -> None:
    """Fill the empty database at `url` with what was dumped."""
    quietly = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    subprocess.run([client_tool("psql"), *quietly, f"--file={dump}", url], check=True, capture_output=True)


@contextmanager
def _turn(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection that ends when the turn does."""
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TURN])
        yield connection


def _template(connection: psycopg.Connection[tuple[object, ...]], migrate: Callable[[str], None]) -> str:
    """Its name; made where it is not there, in place of what is out of date."""
    wanted = f"{OURS}_{fingerprint()}"
    rows = connection.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, %s)",
        [PREFIX],
    ).fetchall()
    found = {str(name): str(folder or "") for name, folder in rows}
    if found.get(wanted):
        return wanted
    for name, folder in found.items():
        if name.startswith(OURS) or not Path(folder).is_dir():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    own = sql.Identifier(wanted)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(own))
    migrate(wanted)
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(own, sql.Literal(str(ROOT))))  # whole by now
    return wanted
