"""The ledger: acts a second on a real disk beside bare inserts, and verifying, proving and signing a million acts.

Aims: 300 acts a second with fsync, 1,000,000 acts verified in under 60 s. The wheel has no pgbench; its bare inserts
are a loop of the same number of connections, each INSERT a transaction of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as django_settings
from django.db import connections
from django.test import override_settings
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker

from benchmarks.measuring import TAKEN, Aim, take
from shailoo.keys import signing_key
from shailoo.ledger import log, minisign
from shailoo.ledger.actions import publish_head
from shailoo.ledger.models import Act
from shailoo.ledger.verification import Verified, opened, verify
from shailoo.postgres import Server
from shailoo.settings import database

AT = datetime(2020, 10, 4, 14, 0, tzinfo=UTC)
CONNECTIONS, COMMISSIONS, EACH = 8, 2_467, 250  # EACH: acts of a connection in a round
MILLION, NEW = 1_000_000, 100_000
APPEND = "SELECT ledger_append(%s, 'protocol.accepted', %s, NULL, %s, '{L36.2.a1}', %s)"
PAYLOAD = '{"findings":[],"lines":{"p01":1887,"p02":1543,"p17":12},"round":1,"state":"accepted"}'
MANY = """
SELECT ledger_append('PEC-' || n %% 2467, 'protocol.accepted', 'protocol:' || n, NULL, %s, '{L36.2.a1}', %s)
FROM generate_series(%s::int, %s::int) n
"""


@pytest.fixture(scope="module")
def url(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A server of its own on a disk (never in memory), with the ledger's tables."""
    folder = Path(f"/var/tmp/shailoo-bench-ledger-{os.getpid()}")  # noqa: S108 - the server's user must reach it
    server = Server(folder)
    settings = connections.databases["default"]
    former = dict(settings)
    try:
        address = server.ensure_running()
        environment = os.environ | {"SHAILOO_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "shailoo.settings"}
        migrate = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "ledger", "-v0"]
        subprocess.run(migrate, check=True, env=environment | {"SHAILOO_DATA": str(folder)})
        settings.update(
            {key: database(address)[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
        )
        with django_db_blocker.unblock(), override_settings(DATA=folder):
            connections["default"].close()
            yield address
            connections["default"].close()
    finally:
        settings.update(former)
        server.discard()
        shutil.rmtree(folder, ignore_errors=True)


def at_once(url: str, statement: str, numbers: Iterator[int]) -> None:
    """Every connection sends EACH statements, each a transaction that is on disk before the next one."""

    def one(worker: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            for _ in range(EACH):
                number = next(numbers)
                chain = f"PEC-{number * CONNECTIONS % COMMISSIONS + worker}"
                connection.execute(statement.encode(), [chain, f"protocol:{number}", AT, PAYLOAD])

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(one, range(CONNECTIONS)))


@pytest.mark.parametrize("what", ["bare_minimum_rows_inserted", "acts"])
def test_on_disk_with_fsync(benchmark: BenchmarkFixture, url: str, what: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        shown = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in ("fsync", "synchronous_commit")]
        assert shown == [("on",), ("on",)]
        connection.execute("CREATE TABLE IF NOT EXISTS bare (chain text, subject text, at timestamptz, payload text)")
    statement = APPEND if what == "acts" else "INSERT INTO bare VALUES (%s, %s, %s, %s)"
    units = CONNECTIONS * EACH
    aim = Aim(units / 300, units) if what == "acts" else Aim(units=units)
    take(benchmark, "acts on a disk", partial(at_once, url, statement, count()), rounds=5, aim=aim)


@pytest.fixture(scope="module")
def million(url: str) -> str:
    """A million acts of 2,467 commissions, of which the last 100,000 are in no head yet."""
    with psycopg.connect(url) as connection:
        already = Act.objects.count()
        connection.execute(MANY, [AT, PAYLOAD, already + 1, MILLION - NEW])
    publish_head(at=AT)
    with psycopg.connect(url) as connection:
        connection.execute(MANY, [AT, PAYLOAD, MILLION - NEW + 1, MILLION])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return url


@pytest.mark.usefixtures("million")
def test_a_head_over_100_000_new_acts(benchmark: BenchmarkFixture) -> None:
    head = take(benchmark, "a million acts", lambda: publish_head(at=AT))
    assert head.size == MILLION


@pytest.mark.usefixtures("million")
def test_proof_of_one_act_in_a_million(benchmark: BenchmarkFixture) -> None:
    act = Act.objects.get(subject="protocol:654321")
    proof = take(benchmark, "a million acts", lambda: log.proof_of(act), rounds=20)
    assert proof is not None
    assert proof.holds


def checked(url: str, key: Ed25519PrivateKey) -> Verified:
    with opened(url) as connection:
        return verify(connection, minisign.public_key(key))


@pytest.mark.parametrize("what", ["bare_minimum_read", "verified"])
def test_a_million_acts(benchmark: BenchmarkFixture, million: str, what: str) -> None:
    if what == "bare_minimum_read":
        with opened(million) as connection:
            query = b"SELECT sha256(convert_to(payload, 'UTF8')), hash FROM ledger_act"
            rows = take(benchmark, "a million acts", lambda: sum(1 for _ in connection.execute(query)))
        assert rows == MILLION
        return
    found = take(
        benchmark, "a million acts", partial(checked, million, signing_key(django_settings.DATA)), aim=Aim(60.0)
    )
    assert (found.acts, found.faults) == (MILLION, ())
    TAKEN[-1].notes.append(f"{MILLION / TAKEN[-1].seconds:,.0f} acts a second, one process")
