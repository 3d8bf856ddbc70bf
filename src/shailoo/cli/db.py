"""`shailoo db`: the embedded database server, for the person who looks after the machine."""

from __future__ import annotations

import code
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

from cyclopts import App, Parameter
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from shailoo.cli.environment import application_beside, grant_rights, owners_address
from shailoo.postgres import Server, ServerError, client_tool, default_data_dir

FAILED, REFUSED, NOT_RUNNING = 1, 2, 3  # exit codes; 0 is success
P = ParamSpec("P")

app = App(
    name="db",
    help="""The database server that Shailoo brings along (PostgreSQL 18).

    It starts by itself whenever a command needs it and goes on running until `shailoo db stop`. Its data lie in the
    folder SHAILOO_DATA, or in your data folder. Where SHAILOO_DATABASE_URL names a server of your own, that server is
    used, and it is yours to start, stop and back up.

    Exit codes: 0 done, 1 failed, 2 refused or wrongly called, 3 not running (status).
    """,
)


class NotApplicableError(Exception):
    """The command does not apply here; the text says why."""


def told_in_words(command: Callable[P, int]) -> Callable[P, int]:
    """A command whose failures are a sentence on the error output and an exit code, never a traceback."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except NotApplicableError as refusal:
            return _say_failure(refusal, REFUSED)
        except ServerError as broken:
            return _say_failure(broken, FAILED)

    return wrapped


def _say_failure(failure: Exception, exit_code: int) -> int:
    print(f"shailoo db: {failure}", file=sys.stderr)
    return exit_code


def _own_server() -> Server:
    """The embedded server. Raises NotApplicableError where the environment names another one."""
    server = Server(default_data_dir())
    # A process that one of ours started carries the embedded server's own address.
    if os.environ.get("SHAILOO_DATABASE_URL", server.url) not in (server.url, server.application_url):
        raise NotApplicableError(
            "SHAILOO_DATABASE_URL names a server of your own; start, stop, back up and restore it by its own tools.\n"
            "Unset SHAILOO_DATABASE_URL to look after the embedded server."
        )
    return server


@app.command
@told_in_words
def start() -> int:
    """Start the server, or find it running.

    It is made on first use, and recovers by itself after a crash.
    """
    server = _own_server()
    url = server.ensure_running()
    print(f"running as process {server.status().pid}\n{url}")
    return 0


@app.command
@told_in_words
def stop() -> int:
    """Stop the server in order.

    Sessions are ended; everything acknowledged is on disk.
    """
    _own_server().stop()
    print("stopped")
    return 0


@app.command
@told_in_words
def status(*, json: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Tell whether the server runs, and where it keeps what.

    Starts nothing. Exit code 3 where it does not run.

    Parameters
    ----------
    json
        Print one JSON object instead of a table.
    """
    server = _own_server()
    found = server.status()
    rows = asdict(found) | {"log": server.log}
    if json:
        Console(soft_wrap=True).print_json(data={name: _plain(value) for name, value in rows.items()})
    else:
        Console(soft_wrap=True).print(_table(rows | {"size": decimal(found.size)}))
    return 0 if found.running else NOT_RUNNING


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _table(rows: dict[str, object]) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in rows.items():
        shown = {True: "yes", False: "no", None: "-"}[value] if isinstance(value, bool | None) else str(value)
        table.add_row(name, shown, style=None)
    return table


@app.command
@told_in_words
def shell(*arguments: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> int:
    """Open psql on the database (also on a server of your own).

    What you type is not checked by any rule of the law and stands in no ledger: look, and change nothing by hand.

    Parameters
    ----------
    arguments
        Handed to psql as they are, for instance: `-c "TABLE django_migrations"`.
    """
    url = owners_address()
    if psql := _psql():
        os.execv(psql, [psql, *arguments, "--dbname", url])  # noqa: S606 - the person's own psql, on purpose
    print("psql is neither in the wheel nor on the PATH; this is Python instead.", file=sys.stderr)
    return _python_shell(url)


def _psql() -> str | None:
    """The wheel's psql, which is of the server's version, else the system's."""
    try:
        return str(client_tool("psql"))
    except ServerError:
        return shutil.which("psql")


def _python_shell(url: str) -> int:
    """An interactive Python with an open, committing connection in it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        banner = 'Ask by: connection.execute("SELECT 1").fetchall(). Leave by Ctrl-D.'
        code.interact(banner=banner, local={"connection": connection}, exitmsg="")
    return 0


@app.command
@told_in_words
def backup(target: Path | None = None, /) -> int:
    """Write the whole database to one file.

    The file is read back and its SHA-256 put beside it before it gets its name. Work goes on meanwhile.

    Parameters
    ----------
    target
        The new file; without it shailoo-DATE-TIME.dump here. An existing file is never replaced.
    """
    server = _own_server()
    file = target or Path(f"shailoo-{datetime.now().astimezone():%Y%m%d-%H%M%S}.dump")
    with Console(stderr=True).status(f"writing {file} ..."):
        made = server.backup(file.absolute())
    print(f"{made.path}\n{made.tables} tables, {decimal(made.size)}, read back whole\nsha256 {made.sha256}")
    return 0


@app.command
@told_in_words
def restore(source: Path, /, *, yes: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Put a backup in the database's place.

    The present database is kept under another name. Sessions are ended.

    Parameters
    ----------
    source
        A file written by `shailoo db backup`. Where FILE.sha256 lies beside it, it must agree.
    yes
        Do not ask.
    """
    server = _own_server()
    if not yes and not _confirmed(f"Put {source} in the place of the present database?"):
        raise NotApplicableError("nothing was changed; answer yes, or give --yes where no one can be asked")
    with Console(stderr=True).status(f"restoring {source} ..."):
        restored = server.restore(source.absolute())
    print(f"{restored.tables} tables restored")
    if restored.former:
        print(f"the former database is kept as {restored.former}")
    return 0


def _confirmed(question: str) -> bool:
    return sys.stdin.isatty() and input(f"{question} [yes/no] ").strip().lower() in ("y", "yes")


@app.command
@told_in_words
def migrate() -> int:
    """Bring the tables to this release's form (also on a server of your own).

    On a server of your own, SHAILOO_OWNER_DATABASE_URL names the role that owns the tables, and SHAILOO_DATABASE_URL
    the one that serves pages, which is then granted what it needs and nothing that could change evidence. Safe to
    repeat.
    """
    owner = owners_address()
    application = application_beside(owner)
    os.environ["SHAILOO_DATABASE_URL"] = owner
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    import django
    from django.core.management import call_command
    from django.db import OperationalError

    django.setup()
    try:
        call_command("migrate", interactive=False)
    except OperationalError as unreachable:
        raise ServerError(f"the database does not answer: {unreachable}") from unreachable
    grant_rights(owner, application)
    return 0
