"""The demo's own database: made, reused while its input is the same, never anybody else's.

Its name begins with `shailoo_demo`. What it holds is written into the database's comment when it is whole; a demo that
was interrupted has none and is made anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

PREFIX = "shailoo_demo"
PACKAGE = Path(__file__).resolve().parents[2]
ROOMS = (
    *("ledger", "accounts", "territory", "commissions", "elections", "counting", "results", "documents", "law"),
    *("cooperation", "observation"),
)
FACES = frozenset({"views", "forms", "urls", "templates", "locale", "__pycache__"})


class DemoDatabaseError(RuntimeError):
    """The demo cannot have a database of its own; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class DemoDatabase:
    """A database named `name` on the server of `server` (a libpq URL)."""

    server: str
    name: str

    def __post_init__(self) -> None:
        if not self.name.startswith(PREFIX) or not self.name.replace("_", "").isalnum():
            raise DemoDatabaseError(f"the demo's database must have a name of letters that begins with {PREFIX}")

    @property
    def url(self) -> str:
        return make_conninfo(self.server, dbname=self.name)

    def holds(self) -> str:
        """The fingerprint of what it holds; empty where it is not there or not whole."""
        with self._maintenance() as connection:
            found = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self.name]
            ).fetchone()
        return str(found[0] or "") if found else ""

    def make_anew(self) -> None:
        """An empty database; what stood there is gone. Sessions of an earlier demo are ended."""
        name = sql.Identifier(self.name)
        with self._maintenance() as connection:
            try:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
            except psycopg.errors.InsufficientPrivilege as refused:
                raise DemoDatabaseError(
                    f"the account of SHAILOO_DATABASE_URL may not create the database {self.name}: {refused}"
                ) from refused

    def is_whole(self, fingerprint: str) -> None:
        """Write down what it holds, as the last step of loading."""
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(self.name), sql.Literal(fingerprint))
        with self._maintenance() as connection:
            connection.execute(comment)

    def _maintenance(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to the server's own database; where that is closed to us, to the one that the address names."""
        known = conninfo_to_dict(self.server)
        for database in dict.fromkeys(("postgres", str(known.get("dbname", "postgres")))):
            try:
                return psycopg.connect(make_conninfo(self.server, dbname=database), autocommit=True)
            except psycopg.OperationalError as broken:
                last = broken
        raise DemoDatabaseError(f"the database server does not answer: {last}")


def fingerprint(*inputs: str | bytes) -> str:
    """The hash of everything that the loaded data depend on: `inputs`, and the code that makes data of them."""
    digest = hashlib.sha256()
    for given in inputs:
        part = given.encode() if isinstance(given, str) else given
        digest.update(len(part).to_bytes(8, "big") + part)
    for path in _sources():
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    """The code and data of the rooms that write, and of the demo; not what only shows."""
    found = [path for room in (*ROOMS, "cli/demo") for path in (PACKAGE / room).rglob("*")]
    wanted = (path for path in found if path.suffix in (".py", ".toml", ".yaml") and path.is_file())
    return sorted(path for path in wanted if FACES.isdisjoint((*path.relative_to(PACKAGE).parts, path.stem)))
