"""What a command that needs the database does first: find or start the server, then set Django up."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import psycopg
from psycopg.conninfo import conninfo_to_dict

from shailoo.postgres import Server, ServerError, default_data_dir, rights

DONE, FAILED, REFUSED = 0, 1, 2  # exit codes


APPLICATIONS, OWNERS = "SHAILOO_DATABASE_URL", "SHAILOO_OWNER_DATABASE_URL"


def address() -> str:
    """The application's libpq URL of the database; the embedded server is started if need be. Raises ServerError."""
    return os.environ.get(APPLICATIONS) or Server(default_data_dir()).ensure_application()


def owners_address() -> str:
    """The URL of the role that owns the tables: who migrates. On a server of one's own it may be the application's."""
    given = os.environ.get(OWNERS) or os.environ.get(APPLICATIONS)
    own = Server(default_data_dir())
    return own.ensure_running() if given is None or given == own.application_url else given


def application_beside(owner: str) -> str:
    """The application's URL while the owner's is known; the owner's own where the server has no role beside it."""
    given, own = os.environ.get(APPLICATIONS), Server(default_data_dir())
    return given or (own.application_url if own.knows_application else owner)


def grant_rights(owner: str, application: str) -> None:
    """Give the role of the URL `application` its rights in the database `owner` (a URL of its owner)."""
    role = str(conninfo_to_dict(application).get("user") or "")
    with psycopg.connect(owner) as connection:
        if role not in ("", connection.info.user) and rights.exists(connection, role):
            rights.grant(connection, role)


def start_django(url: str | None = None) -> None:
    """Set Django up on the database `url`, or on the one in use. Ends the program where there is none."""
    try:
        os.environ[APPLICATIONS] = url or address()
    except ServerError as broken:
        leave(str(broken), FAILED)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    import django

    django.setup()


def require_tables() -> None:
    """End the program where the database does not answer or its tables are not in this release's form."""
    from django.db import OperationalError, ProgrammingError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as broken:
        leave(f"the database does not answer: {broken}", FAILED)
    except ProgrammingError:  # tables of an earlier release, which granted this role nothing
        leave("the application may not read the tables: run `shailoo db migrate` first.", REFUSED)
    if pending:
        leave(f"{len(pending)} changes of the tables are due: run `shailoo db migrate` first.", REFUSED)


def require_access_rules() -> None:
    """End the program where a page, an operation of the API or a job does not say who may open or run it."""
    from django.core.checks import Tags, run_checks

    faults = [each.msg for each in run_checks(tags=[Tags.security]) if each.is_serious()]
    if faults:
        leave("; ".join(faults), FAILED)


def warn_of_excess() -> None:
    """Say on the error output what the role that serves could do to the evidence."""
    with psycopg.connect(os.environ[APPLICATIONS]) as connection:
        found = rights.excess(connection)
    if found:
        more = f" and {len(found) - 3} things more" if len(found) > 3 else ""
        print(
            f"shailoo: WARNING: the database role that serves these pages could change evidence: "
            f"{', '.join(found[:3])}{more}.\nGive it a role of its own: docs/ledger.md tells how.",
            file=sys.stderr,
        )


def leave(why: str, exit_code: int) -> NoReturn:
    """Say on the error output why the command ends, and end it."""
    print(f"shailoo: {why}", file=sys.stderr)
    raise SystemExit(exit_code)
