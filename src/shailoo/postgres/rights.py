"""The rights of the application's role in a database: it reads and writes, owns nothing, and can change no evidence.

The owner's role makes and migrates the tables; pages and background work are served by the application's. Where a
trigger refuses UPDATE or DELETE of any row, the application has no right to it either: getting past the trigger would
not help. The ledger is written by its functions alone, which run with their owner's rights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import psycopg
from psycopg import sql

Connection: TypeAlias = psycopg.Connection[Any]
LEDGER = ("ledger_act", "ledger_chain", "ledger_leaf", "ledger_subtree", "ledger_logged", "ledger_head")
READ_ONLY = frozenset({*LEDGER, "django_migrations"})
_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE proname = ANY(%s) AND pronamespace = 'public'::regnamespace"
)
WAYS_IN = ["ledger_append", "ledger_extend", "ledger_seal"]
"""The functions by which the ledger is written."""

# The triggers that refuse something whatever the row: no condition, and a body that raises. 8: DELETE, 16: UPDATE.
_TABLES = """
SELECT c.relname, coalesce(bit_or(t.tgtype) & 8 <> 0, false), coalesce(bit_or(t.tgtype) & 16 <> 0, false)
FROM pg_class c
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgqual IS NULL AND NOT t.tgisinternal
     AND t.tgfoid IN (SELECT p.oid FROM pg_proc p WHERE p.prosrc LIKE '%%RAISE EXCEPTION ''pgtrigger: Cannot%%')
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
GROUP BY c.relname ORDER BY c.relname
"""
_EXCESS = """
SELECT 'it is a superuser' FROM pg_roles WHERE rolname = current_user AND rolsuper
UNION ALL
SELECT 'it owns ' || relname FROM pg_class
WHERE oid = to_regclass('public.ledger_act') AND pg_has_role(current_user, relowner, 'USAGE')
UNION ALL
SELECT 'it may ' || lower(p.right) || ' ' || t.name
FROM unnest(%s::text[], %s::text[]) AS t(name, refused),
     LATERAL unnest(string_to_array(t.refused, ' ')) AS p("right")
WHERE has_table_privilege(current_user, format('public.%%I', t.name), p.right)
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the application, and which of the rights to write it the application must not have."""

    name: str
    refused: frozenset[str]

    @property
    def granted(self) -> str:
        """What the application gets."""
        return ", ".join(["SELECT", *(right for right in ("INSERT", "UPDATE", "DELETE") if right not in self.refused)])


def tables(connection: Connection) -> list[Table]:
    """Every table of the schema `public`, and what is refused on it."""
    return [_table(*row) for row in connection.execute(_TABLES, []).fetchall()]


def _table(name: str, never_deleted: bool, never_changed: bool) -> Table:  # noqa: FBT001 - columns of a row
    refused = {"TRUNCATE", "TRIGGER"}
    if name in READ_ONLY:
        refused |= {"INSERT", "UPDATE", "DELETE"}
    return Table(
        name, frozenset(refused | ({"DELETE"} if never_deleted else set()) | ({"UPDATE"} if never_changed else set()))
    )


def grant(connection: Connection, role: str) -> None:
    """Give `role` what the application needs in this database, and nothing else; safe to repeat after each migration.

    Call it as the owner. Tables made for a moment (the staging of an import) go to a schema of the role's own name.
    """
    name, here = sql.Identifier(role), sql.Identifier(connection.info.dbname)
    with connection.transaction():
        for statement in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
            "GRANT CONNECT, TEMPORARY ON DATABASE {here} TO {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "CREATE SCHEMA IF NOT EXISTS {role}",
            "GRANT USAGE, CREATE ON SCHEMA {role} TO {role}",
        ):
            connection.execute(sql.SQL(statement).format(role=name, here=here))
        for table in tables(connection):
            to = sql.SQL("GRANT {rights} ON public.{table} TO {role}")
            rights = sql.SQL(table.granted)
            connection.execute(to.format(rights=rights, table=sql.Identifier(table.name), role=name))
        for (function,) in connection.execute(_FUNCTIONS, [WAYS_IN]).fetchall():
            for statement in ("REVOKE ALL ON FUNCTION {f} FROM PUBLIC", "GRANT EXECUTE ON FUNCTION {f} TO {role}"):
                connection.execute(sql.SQL(statement).format(f=sql.SQL(function), role=name))


def excess(connection: Connection) -> list[str]:
    """What the role of this connection could do to the evidence; empty where it is as an application's should be."""
    found = tables(connection)
    names, refused = [table.name for table in found], [" ".join(sorted(table.refused)) for table in found]
    return [str(row[0]) for row in connection.execute(_EXCESS, [names, refused]).fetchall()]


def exists(connection: Connection, role: str) -> bool:
    """Whether the server has such a role."""
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
