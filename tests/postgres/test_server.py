"""The supervisor on a machine where everything works: one server, closed to strangers, durable."""

from __future__ import annotations

import stat
from pathlib import Path

import psycopg
import pytest

from shailoo.postgres import Server, default_data_dir
from tests.postgres.processes import caller, pid_of, pid_told_by, release


def value(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_first_call_makes_a_database_of_postgresql_18_in_unicode(running: Server) -> None:
    url = running.ensure_running()
    assert str(value(url, "SELECT current_setting('server_version')")).startswith("18.")
    assert value(url, "SELECT upper('өңү')") == "ӨҢҮ"
    assert value(url, "SELECT current_database()") == "shailoo"


def test_second_call_finds_the_same_server(running: Server) -> None:
    before = pid_of(running)
    assert running.ensure_running() == running.url
    assert pid_of(running) == before


def test_processes_that_call_at_once_all_get_the_one_server(fresh: Server, data: Path) -> None:
    callers = [caller(data) for _ in range(4)]
    told = {pid_told_by(process) for process in callers}
    for process in callers:
        release(process)
    assert told == {pid_of(fresh)}


def test_only_the_password_opens_it_and_no_address_holds_it(running: Server) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(running.url)
    passfile = Path(str(parts["passfile"]))
    password = passfile.read_text().strip().rpartition(":")[2]
    assert stat.S_IMODE(passfile.stat().st_mode) == 0o600
    assert len(password) > 40
    assert password not in running.url
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(running.url, passfile="/nonexistent")


def test_the_superuser_cannot_sign_in_at_all(running: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(running.url, user="postgres", password="guess")


def test_nothing_listens_on_a_network(running: Server) -> None:
    assert value(running.url, "SHOW listen_addresses") == ""


def test_the_application_can_create_databases_and_trusted_extensions_but_is_no_superuser(running: Server) -> None:
    assert value(running.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    with psycopg.connect(running.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE of_a_test TEMPLATE template1")
        connection.execute("DROP DATABASE of_a_test")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET session_replication_role = replica")


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
def test_what_makes_an_acknowledged_act_durable_is_on(running: Server, setting: str) -> None:
    assert value(running.url, f"SHOW {setting}") == "on"


def test_an_operators_own_settings_win(server: Server) -> None:
    server.ensure_running()
    (server.status().data / "local.conf").write_text("work_mem = '7MB'\n")
    server.stop()
    assert value(server.ensure_running(), "SHOW work_mem") == "7MB"


def test_rows_are_there_after_a_full_stop(server: Server) -> None:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    server.stop()
    assert not server.status().running
    assert value(server.ensure_running(), "SELECT n FROM kept") == 7


def test_stopping_what_does_not_run_is_no_fault(server: Server) -> None:
    server.stop()
    server.ensure_running()
    server.stop()
    server.stop()
    assert server.status().pid is None


def test_status_tells_pid_version_place_and_size(running: Server) -> None:
    status = running.status()
    assert status.running
    assert status.version.startswith("18.")
    assert (status.data / "PG_VERSION").is_file()
    assert (status.socket / ".s.PGSQL.5432").is_socket()
    assert status.size > 20 * 1024**2


def test_status_of_nothing_makes_nothing(data: Path) -> None:
    status = Server(data).status()
    assert (status.running, status.pid, status.size) == (False, None, 0)
    assert list(data.iterdir()) == []


def test_discard_leaves_nothing_but_the_lock(server: Server, data: Path) -> None:
    server.ensure_running()
    server.discard()
    assert [path.name for path in data.iterdir()] == ["postgresql.lock"]


def test_data_folder_is_the_named_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHAILOO_DATA", "/srv/shailoo")
    assert default_data_dir() == Path("/srv/shailoo")


def test_root_keeps_its_data_where_the_servers_account_can_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHAILOO_DATA", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert default_data_dir() == Path("/var/lib/shailoo")


OWN_IN_VAR_TMP = Path("/var/tmp/shailoo-54321")  # noqa: S108 - the name that is tested


class TestDataFolderOfAnOrdinaryUser:
    @pytest.fixture(autouse=True)
    def user(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("os.geteuid", lambda: 54_321)  # has no entry, hence no home but the one in HOME
        for name in ("SHAILOO_DATA", "XDG_DATA_HOME", "HOME"):
            monkeypatch.delenv(name, raising=False)

    def test_is_under_xdg_data_home(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert default_data_dir() == tmp_path / "shailoo"

    def test_is_under_home(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert default_data_dir() == tmp_path / ".local/share/shailoo"

    @pytest.mark.parametrize("home", ["", "relative", "/nonexistent/home"])
    def test_is_in_var_tmp_without_a_usable_home(self, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
        monkeypatch.setenv("HOME", home)
        assert default_data_dir() == OWN_IN_VAR_TMP

    def test_is_never_inside_the_checkout(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(Path(__file__).parents[2]))
        assert default_data_dir() == OWN_IN_VAR_TMP
