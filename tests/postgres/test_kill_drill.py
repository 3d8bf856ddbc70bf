"""The drill: rows are written while the server is killed three times. No acknowledged row is lost, none is doubled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shailoo.postgres import Server
from tests.postgres.processes import kill

# Writes one row a transaction, each number once, and prints a number only after its commit was acknowledged. After a
# lost connection it does what a careful client does: it brings the server back, asks whether the row is there, and
# writes it if not.
WRITER = """
import sys
from pathlib import Path
import psycopg
from shailoo.postgres import Server

server = Server(Path(sys.argv[1]))

def write(connection, number):
    connection.execute("INSERT INTO entry (n) VALUES (%s) ON CONFLICT (n) DO NOTHING", [number])

number, connection = 0, None
while True:
    try:
        connection = connection or psycopg.connect(server.ensure_running(), autocommit=True)
        write(connection, number)
    except psycopg.Error:
        connection = None
        continue
    print(number, flush=True)
    number += 1
"""
ROWS_BETWEEN_KILLS = 200
KILLS = 3


@pytest.fixture
def writer(server: Server, data: Path) -> Iterator[subprocess.Popen[str]]:
    with psycopg.connect(server.ensure_running()) as connection:
        connection.execute("CREATE TABLE entry (n int PRIMARY KEY, written timestamptz NOT NULL DEFAULT now())")
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(data)], stdout=subprocess.PIPE, encoding="utf-8")
    yield process
    process.kill()
    process.wait()


def acknowledged(writer: subprocess.Popen[str], rows: int) -> list[int]:
    """The next acknowledged numbers; fails where the writer has ended."""
    assert writer.stdout is not None
    return [int(writer.stdout.readline()) for _ in range(rows)]


def test_no_acknowledged_row_is_lost_and_none_is_doubled(server: Server, writer: subprocess.Popen[str]) -> None:
    told: list[int] = []
    for _ in range(KILLS):
        told += acknowledged(writer, ROWS_BETWEEN_KILLS)
        kill(server)
        server.ensure_running()
    told += acknowledged(writer, ROWS_BETWEEN_KILLS)
    writer.kill()
    rest = writer.communicate()[0].split()
    told += [int(number) for number in rest]
    with psycopg.connect(server.ensure_running()) as connection:
        stored = [number for (number,) in connection.execute("SELECT n FROM entry ORDER BY n")]
    assert set(told) <= set(stored)
    assert stored == list(range(len(stored)))
    assert len(stored) - len(told) <= 1  # the one row whose acknowledgement was under way
