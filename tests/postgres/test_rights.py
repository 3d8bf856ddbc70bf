"""The application's role: it does its work, and can change no evidence, whatever it tries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from shailoo.cli.environment import grant_rights
from shailoo.postgres import Server, ServerError, rights
from shailoo.postgres.folders import APPLICATION

REFUSED = (
    "UPDATE ledger_act SET payload = '{}'",
    "DELETE FROM ledger_act",
    "TRUNCATE ledger_act CASCADE",
    "INSERT INTO ledger_chain VALUES ('x', 0, '')",
    "UPDATE ledger_chain SET sequence = 0",
    "INSERT INTO ledger_leaf VALUES (0, 1, '')",
    "INSERT INTO ledger_logged VALUES ('x', 1, '')",
    "DELETE FROM ledger_head",
    "ALTER TABLE ledger_act DISABLE TRIGGER ALL",
    "DROP TRIGGER pgtrigger_acts_are_never_changed_dd3be ON ledger_act",
    "CREATE TRIGGER x BEFORE INSERT ON ledger_act EXECUTE FUNCTION ledger_extend()",
    "CREATE OR REPLACE FUNCTION public.ledger_extend() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "ALTER FUNCTION ledger_append(text, text, text, bigint, timestamptz, text[], text) SECURITY INVOKER",
    "DROP TABLE ledger_head",
    "CREATE TABLE public.ledger (n int)",
    "SET session_replication_role = replica",
    "SET ROLE shailoo",
    "UPDATE django_migrations SET name = name",
    "SELECT FROM ledger_act FOR NO KEY UPDATE",  # what may not be changed may not be locked either: `ledger.holding`
)


def test_what_a_trigger_refuses_always_the_application_has_no_right_to(db: None) -> None:
    """The tables of the whole application, as their triggers stand."""
    raw = connection.connection
    found = {table.name: table for table in rights.tables(raw)}
    assert found["counting_figures"].granted == "SELECT, INSERT"
    assert found["accounts_office"].granted == "SELECT, INSERT, UPDATE"  # an office is ended
    assert found["results_publication"].granted == "SELECT, INSERT"
    assert found["ledger_act"].granted == found["ledger_head"].granted == found["django_migrations"].granted == "SELECT"
    assert found["django_session"].granted == "SELECT, INSERT, UPDATE, DELETE"
    assert any("it owns ledger_act" in each for each in rights.excess(raw))
    assert any("it may update ledger_act" in each for each in rights.excess(raw))


@pytest.fixture
def migrated(server: Server, data: Path) -> Server:
    """A fresh server with the ledger's tables and what they stand on, as `shailoo db migrate` leaves them."""
    own = {"SHAILOO_DATABASE_URL": server.ensure_running(), "DJANGO_SETTINGS_MODULE": "shailoo.settings"}
    environment = os.environ | own | {"SHAILOO_DATA": str(data), "SHAILOO_SECRET_KEY": "of a test"}
    command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "ledger", "-v0"]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    grant_rights(server.url, server.application_url)
    return server


def test_the_application_works_and_changes_no_evidence(migrated: Server) -> None:
    with psycopg.connect(migrated.ensure_application(), autocommit=True) as application:
        assert rights.excess(application) == []
        append = "SELECT ledger_append('cec', 'x.done', 'x:1', NULL, now(), '{}', '{}')"
        application.execute(append)
        assert application.execute("SELECT ledger_extend()").fetchone() == (1,)
        application.execute("CREATE UNLOGGED TABLE staged (n int)")
        assert application.execute("SELECT current_schema").fetchone() == (APPLICATION,)
        application.execute("DROP TABLE staged; CREATE TEMPORARY TABLE wanted (n int)")
        application.execute("GRANT UPDATE ON ledger_act TO shailoo_application")  # only warns, and gives nothing
        assert rights.excess(application) == []
        for statement in REFUSED:
            with pytest.raises(psycopg.Error):
                application.execute(statement)
        application.execute("CREATE TEMPORARY TABLE ledger_chain (name text, sequence bigint, head text)")
        application.execute("CREATE TABLE ledger_act AS TABLE public.ledger_act")  # hides ours from this role alone
        application.execute(append)
        assert application.execute("SELECT count(*) FROM public.ledger_act").fetchone() == (2,)
    with psycopg.connect(migrated.url, autocommit=True) as owner:
        owner.execute("SELECT ledger_append('cec', 'x.done', 'x:1', NULL, now(), '{}', '{}')")
        owner.execute("GRANT UPDATE ON ledger_head TO shailoo_application")
    with psycopg.connect(migrated.application_url) as application:
        assert rights.excess(application) == ["it may update ledger_head"]
    kept = migrated.backup(migrated.status().data.parent.parent.parent / "kept.dump")
    migrated.restore(kept.path)
    with psycopg.connect(migrated.application_url) as application:
        assert rights.excess(application) == []
        assert application.execute("SELECT count(*) FROM ledger_act").fetchone() == (3,)


def test_a_cluster_of_an_earlier_release_gets_the_role_at_its_next_start(server: Server, data: Path) -> None:
    with psycopg.connect(server.ensure_running(), autocommit=True) as owner:
        assert owner.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone() == (1,)
    (data / "postgresql/application-password").unlink()
    with pytest.raises(ServerError, match="run `shailoo db stop` once"):
        server.ensure_application()
    server.stop()
    with psycopg.connect(server.ensure_application()) as application:
        assert application.info.user == APPLICATION
        told = application.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
    assert told == (False, False)
