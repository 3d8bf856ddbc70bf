"""What a command that needs the database does first: find or start the server, then set Django up."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from shailoo.postgres import Server, ServerError, default_data_dir

DONE, FAILED, REFUSED = 0, 1, 2  # exit codes


def address() -> str:
    """The libpq URL of the database in use; the embedded server is started if need be. Raises ServerError."""
    return os.environ.get("SHAILOO_DATABASE_URL") or Server(default_data_dir()).ensure_running()


def start_django(url: str | None = None) -> None:
    """Set Django up on the database `url`, or on the one in use. Ends the program where there is none."""
    try:
        os.environ["SHAILOO_DATABASE_URL"] = url or address()
    except ServerError as broken:
        leave(str(broken), FAILED)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    import django

    django.setup()


def require_tables() -> None:
    """End the program where the database does not answer or its tables are not in this release's form."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as broken:
        leave(f"the database does not answer: {broken}", FAILED)
    if pending:
        leave(f"{len(pending)} changes of the tables are due: run `shailoo db migrate` first.", REFUSED)


def require_access_rules() -> None:
    """End the program where a page, an operation of the API or a job does not say who may open or run it."""
    from django.core.checks import Tags, run_checks

    faults = [each.msg for each in run_checks(tags=[Tags.security]) if each.is_serious()]
    if faults:
        leave("; ".join(faults), FAILED)


def leave(why: str, exit_code: int) -> NoReturn:
    """Say on the error output why the command ends, and end it."""
    print(f"shailoo: {why}", file=sys.stderr)
    raise SystemExit(exit_code)
