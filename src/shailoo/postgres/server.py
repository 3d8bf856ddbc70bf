"""The supervisor: one server for one data folder, started by whoever needs it first, stopped on purpose only."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from shailoo.postgres import archive, cluster, rights
from shailoo.postgres.account import server_account
from shailoo.postgres.binaries import Binaries, server_binaries
from shailoo.postgres.errors import ServerError, with_cause
from shailoo.postgres.folders import APPLICATION, Folders
from shailoo.postgres.postmaster import Life, clear_misleading_files, life, read_pid_file

START_LIMIT = 300  # seconds for one start: replaying the log after a crash in a bulk load takes long
RETRY_AFTER_CRASH = 30.0  # seconds: orphans of a killed server hold its memory for a moment
LOG_LIMIT = 16 * 1024**2  # bytes; then the log begins anew and the old one is kept once
SETTLE_BEFORE_STOP = 10.0  # seconds
PAUSE = 0.05  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Status:
    """What `shailoo db status` shows. `pid` is None while the server is stopped; `size` is bytes on disk."""

    running: bool
    pid: int | None
    version: str
    data: Path
    socket: Path
    size: int


class Server:
    """The embedded PostgreSQL of the data folder `data`. Making one touches nothing."""

    def __init__(self, data: Path) -> None:
        self._folders = Folders(data.absolute(), server_account())

    @property
    def _binaries(self) -> Binaries:
        return server_binaries(self._folders.account)

    @property
    def url(self) -> str:
        """The owner's libpq URL of the database, whether the server runs or not. It names the file of the password."""
        return self._folders.url()

    @property
    def application_url(self) -> str:
        """The same for the role that serves pages, which owns nothing."""
        return self._folders.application_url()

    @property
    def knows_application(self) -> bool:
        """Whether the cluster has the application's role; one of an older release gets it at its next start."""
        return self._folders.application_password.exists()

    def ensure_application(self) -> str:
        """Have the server running and return the application's URL.

        Raises ServerError as `ensure_running`, and where the server was started by a release that knew no such role.
        """
        self.ensure_running()
        if not self.knows_application:
            raise ServerError(
                "this server was started by an earlier release, which had no role for the application: run "
                "`shailoo db stop` once, then `shailoo db migrate`"
            )
        return self.application_url

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self._folders.log

    def ensure_running(self) -> str:
        """Make, start or recover the server as needed and return its libpq URL.

        Processes that call at once all get the one server. Costs a ping where it already runs. Raises ServerError with
        what to do where the disk is full, the folder is not ours or the server does not come up.
        """
        if self._is_ready():
            return self.url
        with self._folders.locked():
            self._folders.prepare()
            if not self._folders.cluster.is_dir():
                cluster.make(self._folders, self._binaries)
            self._bring_up()
        return self.url

    def stop(self) -> None:
        """End the server in order; nothing to do where it does not run. Sessions are cut, acknowledged work is kept."""
        if not self._folders.cluster.is_dir():
            return
        with self._folders.locked():
            # A shutdown asked for in the middle of a recovery was seen to hang; so the recovery may end first.
            if self._life_after(SETTLE_BEFORE_STOP) not in (Life.STOPPED, Life.CRASHED):
                self._end()

    def status(self) -> Status:
        """Look, without starting anything. `running` means: it takes connections."""
        running = self._is_ready()
        found = read_pid_file(self._folders.cluster) if running else None
        return Status(
            running=running,
            pid=found.pid if found else None,
            version=cluster.program_version(self._folders.account, self._binaries),
            data=self._folders.cluster,
            socket=self._folders.socket,
            size=self._folders.size(),
        )

    def backup(self, target: Path) -> archive.Backup:
        """Write a verified backup of the whole database to the new file `target`, starting the server if need be."""
        return archive.backup(self.ensure_running(), target)

    def restore(self, source: Path) -> archive.Restored:
        """Put the backup `source` in the database's place; what stood there is kept under another name."""
        self.ensure_running()
        done = archive.restore(self._folders.url, source)
        with psycopg.connect(self.url) as connection:
            if rights.exists(connection, APPLICATION):
                rights.grant(connection, APPLICATION)
        return done

    def discard(self) -> None:
        """Stop the server and delete its cluster, for tests and rehearsals. There is no way back."""
        self.stop()
        self._folders.remove()

    def _is_ready(self) -> bool:
        return self._folders.cluster.is_dir() and self._life() is Life.READY

    def _life(self) -> Life:
        return life(self._folders)

    def _bring_up(self) -> None:
        """From any state to READY."""
        state = self._life_after(START_LIMIT)
        if state is Life.READY:
            return
        if state is Life.BUSY:
            raise ServerError(f"the server has been busy for {START_LIMIT} seconds; its log is {self.log}")
        if state is Life.CUT_OFF:
            self._end()
        cluster.require_same_major(self._folders, self._binaries)
        cluster.write_settings(self._folders)
        if state is Life.STOPPED and not self.knows_application:
            cluster.make_application_role(self._folders, self._binaries)
        self._start_patiently(after_crash=state is Life.CRASHED)

    def _life_after(self, limit: float) -> Life:
        """The state once a server that starts, recovers or stops has made up its mind; BUSY after `limit` seconds."""
        deadline = time.monotonic() + limit
        while (state := self._life()) is Life.BUSY and time.monotonic() < deadline:
            time.sleep(PAUSE)
        return state

    def _start_patiently(self, *, after_crash: bool) -> None:
        """Start; after a crash try again for half a minute, until the orphans of the dead server are gone."""
        deadline = time.monotonic() + (RETRY_AFTER_CRASH if after_crash else 0)
        while (failure := self._start_once()) is not None:
            if self._life_after(START_LIMIT) is Life.READY:
                return
            if time.monotonic() > deadline:
                raise ServerError(f"the database server did not start: {with_cause(failure)}\nIts log is {self.log}")
            time.sleep(PAUSE)

    def _start_once(self) -> str | None:
        """Start and wait until connections are taken; the reason where that fails."""
        clear_misleading_files(self._folders)
        self._turn_log()
        begun = self.log.stat().st_size if self.log.exists() else 0
        started = self._pg_ctl("start", "-w", "-t", str(START_LIMIT), "-l", self.log.name)
        if started.returncode == 0:
            return None
        said = self.log.read_bytes()[begun:].decode(errors="replace") if self.log.exists() else ""
        return "\n".join((said or started.stdout).strip().splitlines()[-8:])

    def _end(self) -> None:
        """Fast shutdown; after half a minute without success the server is cut off, and recovers at its next start."""
        if self._pg_ctl("stop", "-w", "-t", "30", "-m", "fast").returncode:
            cut = self._pg_ctl("stop", "-w", "-t", "30", "-m", "immediate")
            if cut.returncode and self._life() not in (Life.STOPPED, Life.CRASHED):
                raise ServerError(f"the database server does not stop: {cut.stdout.strip()}\nIts log is {self.log}")

    def _pg_ctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pg_ctl beside the cluster, with relative paths: it hands them to a shell, which may not meet a quote."""
        command: list[str | Path] = [self._binaries["pg_ctl"], "-s", "-D", self._folders.cluster.name, *arguments]
        return self._folders.account.run(command, at=self._folders.server)

    def _turn_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.rename(self.log.with_name("log.old"))
