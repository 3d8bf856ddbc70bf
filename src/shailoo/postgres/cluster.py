"""Making a cluster, and the settings that it runs with.

The superuser `postgres` has no password and can therefore not sign in at all. The owner's role may create databases and
trusted extensions, but not switch off triggers for a session, read files or change the server. The application's role
may do what `rights` grants it in a database.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from shailoo.postgres.account import Account
from shailoo.postgres.binaries import Binaries
from shailoo.postgres.errors import ServerError, with_cause
from shailoo.postgres.folders import APPLICATION, DATABASE, PORT, ROLE, Folders, write_password

SPACE_TO_BEGIN = 256 * 1024**2  # bytes: a new cluster with its first log takes about 60 MB, work needs the rest
OUR_SETTINGS = "shailoo.conf"
MEBIBYTE = 1024**2


def make(folders: Folders, binaries: Binaries) -> None:
    """Make the cluster with its role and database, or nothing: what an interrupted attempt left is swept away first."""
    _require_space(folders.server)
    for remains in folders.server.glob("new-*"):
        shutil.rmtree(remains)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=folders.server))
    folders.account.owns(draft)
    _initialise(draft, folders.account, binaries)
    _admit_by_password_only(draft)
    _create_role_and_database(draft, folders, binaries)
    draft.rename(folders.cluster)
    _flush(folders.server)


def write_settings(folders: Folders) -> None:
    """Write the settings of this release and this machine; an operator's own, in `local.conf`, win."""
    lines = [f"{name} = '{value}'" for name, value in _settings(folders.socket).items()]
    path = folders.cluster / OUR_SETTINGS
    draft = path.with_suffix(".new")
    draft.write_text("# Written at each start. Put settings of your own into local.conf.\n" + "\n".join(lines) + "\n")
    folders.account.owns(draft)
    draft.rename(path)


def _settings(socket: Path) -> dict[str, str]:
    """What differs from PostgreSQL's defaults. An acknowledged act is evidence: it is on disk before we say so."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEBIBYTE
    return {
        "cluster_name": "shailoo",  # seen in `ps`
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "shared_buffers": f"{min(max(memory // 8, 128), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 512)}MB",
        "work_mem": "16MB",
        "max_wal_size": "4GB",
        "checkpoint_completion_target": "0.9",
        "random_page_cost": "1.1",
        "jit": "off",  # pages are many small queries, for which compiling costs more than it saves
        # Parallel queries share memory through /dev/shm, which containers often keep at 64 MB.
        "max_parallel_workers_per_gather": "2" if _shared_memory() >= 1024 * MEBIBYTE else "0",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_duration_statement": "2s",
        "log_line_prefix": "%m [%p] %a ",
        "log_error_verbosity": "terse",  # the detail of a broken constraint holds a whole row, personal data too
    }


def _shared_memory() -> int:
    """Bytes free in /dev/shm; 0 where there is none."""
    try:
        return shutil.disk_usage("/dev/shm").free  # noqa: S108 - only looked at
    except OSError:
        return 0


def _require_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < SPACE_TO_BEGIN:
        needed = SPACE_TO_BEGIN // MEBIBYTE
        raise ServerError(
            f"the disk is full: {free // MEBIBYTE} MB are free at {folder}, a new database needs {needed} MB.\n"
            "Free some space, or name a folder on another disk in SHAILOO_DATA."
        )


def _initialise(draft: Path, account: Account, binaries: Binaries) -> None:
    options = "--username=postgres --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C"
    admission = "--auth=trust"  # replaced by `_admit_by_password_only` before anything listens
    made = account.run([binaries["initdb"], "-D", draft, *options.split(), admission, "--no-instructions"])
    if made.returncode:
        raise ServerError(f"the database cluster could not be made: {with_cause(_last_lines(made.stdout))}")
    with (draft / "postgresql.conf").open("a") as settings:
        settings.write(f"\ninclude_if_exists = '{OUR_SETTINGS}'\ninclude_if_exists = 'local.conf'\n")


def _admit_by_password_only(draft: Path) -> None:
    rule = "# Through the Unix socket, by password. Nothing else.\nlocal all all scram-sha-256\n"
    (draft / "pg_hba.conf").write_text(rule)


def _create_role_and_database(draft: Path, folders: Folders, binaries: Binaries) -> None:
    password = folders.password.read_text().strip().rpartition(":")[2]
    statements = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
    )
    if failed := _alone(draft, statements, folders, binaries):
        raise ServerError(f"the database could not be created: {with_cause(failed.replace(password, '...'))}")


def make_application_role(folders: Folders, binaries: Binaries) -> None:
    """Make the application's role, with a fresh password, in a cluster whose server is stopped."""
    password = secrets.token_urlsafe(32)
    made = (
        f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') THEN CREATE ROLE {APPLICATION}; END IF;"
    )
    statements = (
        f"DO $$ BEGIN {made} END $$",
        f"ALTER ROLE {APPLICATION} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '{password}'",
    )
    if failed := _alone(folders.cluster, statements, folders, binaries):
        text = failed.replace(password, "...")
        raise ServerError(f"the application's role could not be made: {with_cause(text)}")
    write_password(folders.application_password, APPLICATION, password)


def _alone(cluster: Path, statements: Sequence[str], folders: Folders, binaries: Binaries) -> str:
    """Run statements in single-user mode, where no one else can connect and no password stands in an argument list.

    Returns what PostgreSQL said where that failed, else nothing.
    """
    options = ("--single", "-D", cluster, "-j", "-c", "exit_on_error=true", "postgres")
    given = "".join(f"{statement};\n\n" for statement in statements)
    done = folders.account.run([binaries["postgres"], *options], given=given)
    failed = done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout
    return (_last_lines(done.stdout) or "it gave no reason") if failed else ""


def require_same_major(folders: Folders, binaries: Binaries) -> None:
    """Raise ServerError where the cluster was made by another major version, which PostgreSQL cannot open."""
    made_by = (folders.cluster / "PG_VERSION").read_text().strip()
    ours = program_version(folders.account, binaries).partition(".")[0]
    if made_by != ours:
        raise ServerError(
            f"the data in {folders.cluster} were made by PostgreSQL {made_by}, this is {ours}.\n"
            "Back up with the release of Shailoo that made them (`shailoo db backup`), then restore with this one."
        )


def program_version(account: Account, binaries: Binaries) -> str:
    """ "18.6"."""
    return account.run([binaries["postgres"], "--version"]).stdout.split()[-1]


def _flush(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-12:])
