"""The voters' register: a delivery read, checked by row, shown as a difference, and accepted; at a tenth and in full.

Aims: a full delivery of 3.7 million rows under 120 s and under five times the bare COPY, with less than 300 MiB in
this process; an incremental one of 50,000 rows under 10 s. There are two bare minimums, with nothing checked, no
version, and nobody's entry compared: the bytes of the file copied into texts without a key, and, since that finds
nobody, copied into columns of their types and given the three keys that a register is asked by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from tests.commissions.sittings import done
from tests.voters.scene import AT, Scene, build

from benchmarks.measuring import Aim, take
from benchmarks.servers import own_server
from shailoo.voters.actions import Accepted, Package, accept_delivery, receive_delivery
from shailoo.voters.exchange.manifest import PERSON
from shailoo.voters.generator.writing import Base, Written, every_fault, write_changes, write_full
from shailoo.voters.models import Entry

TENTH, COUNTRY, CHANGES = 370_000, 3_700_000, 50_000
PRECINCTS = 2_475
AN_HOUR = timedelta(hours=1)
TYPES = {"pin": "bigint", "born": "date", "biometric_on": "date", "incapable_from": "date", "incapable_until": "date"}


@dataclass
class Country:
    """Precincts and people of the CEC, and the files that come; each size is written once."""

    scene: Scene
    folder: Path

    def full(self, size: int, number: int = 1) -> Written:
        """A full delivery; the second of a size has other people in some of its rows."""
        folder = self.folder / f"{size}-{number}"
        folder.mkdir(exist_ok=True)
        made_at = AT - AN_HOUR + timedelta(days=number - 1)
        faults = every_fault(100) if number == 1 else {}
        return write_full(
            self.scene.plan(rows=size, faults=faults, number=number, made_at=made_at), folder, self.scene.key
        )

    def changes(self, base: Written, size: int) -> Written:
        """An incremental delivery on top of the full one."""
        planted = frozenset(row for row, _code in base.planted)
        made_at = AT + timedelta(days=1)
        plan = self.scene.plan(rows=CHANGES, number=2, made_at=made_at)
        return write_changes(plan, Base(base.file, planted, size), base.file.parent, self.scene.key)

    def take(self, files: Written, *, days: int = 0) -> Accepted:
        """Receive, check and accept a delivery."""
        at = AT + timedelta(days=days)
        with files.file.open("rb") as source:
            package = Package(files.manifest.read_bytes(), files.signature.read_text(), source)
            delivery = done(receive_delivery(package, by=self.scene.service, at=at))
        return done(accept_delivery(delivery, by=self.scene.secretary, at=at + AN_HOUR))


@pytest.fixture(scope="module", params=[TENTH, COUNTRY], ids=["tenth", "country"])
def size(request: pytest.FixtureRequest) -> int:
    """How many voters the country has."""
    return int(request.param)


@pytest.fixture(scope="module")
def country(size: int, django_db_blocker: DjangoDbBlocker) -> Iterator[Country]:
    """A country on a server of its own that is thrown away."""
    del size  # each size has a server of its own
    with own_server(django_db_blocker) as files:
        yield Country(build(files, precincts=PRECINCTS), files)


@pytest.fixture(scope="module")
def first(country: Country, size: int) -> Written:
    """The first delivery of the country."""
    return country.full(size)


def copied_plainly(files: Written, *, unlogged: str = "") -> int:
    """Copy the good rows' bytes into one table of the same columns: nothing looked at, no key, no index."""
    columns = ", ".join(f"{name} text" for name in PERSON)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(f"CREATE {unlogged} TABLE bare ({columns})")
        with files.file.open("rb") as source, cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER true)") as copy:
            while piece := source.read(1024 * 1024):
                copy.write(piece)
        rows = int(cursor.rowcount)
        cursor.execute("DROP TABLE bare")
        return rows


def copied_and_keyed(files: Written) -> int:
    """Copy a file without faults into columns of their types, then make the keys, as quick as can be."""
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in PERSON)
    days = ", ".join(name for name in PERSON if TYPES.get(name) == "date")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '192MB'")
        cursor.execute(f"CREATE TABLE keyed (id bigint GENERATED ALWAYS AS IDENTITY, {columns})")
        names = ", ".join(PERSON)
        asked = f"COPY keyed ({names}) FROM STDIN (FORMAT csv, HEADER true, FORCE_NULL ({days}))"
        with files.file.open("rb") as source, cursor.copy(asked) as copy:
            while piece := source.read(1024 * 1024):
                copy.write(piece)
        rows = int(cursor.rowcount)
        cursor.execute("ALTER TABLE keyed ADD PRIMARY KEY (id), ADD UNIQUE (pin)")
        cursor.execute("CREATE INDEX ON keyed (precinct)")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE keyed")
    return rows


def test_bare_minimum_copy_into_a_table(
    benchmark: BenchmarkFixture, country: Country, first: Written, size: int
) -> None:
    del country
    assert take(benchmark, f"full delivery of {size:,} voters", lambda: copied_plainly(first)) == size


def test_bare_minimum_copy_into_types_with_keys(benchmark: BenchmarkFixture, country: Country, size: int) -> None:
    faultless = country.full(size, number=2)
    assert take(benchmark, f"full delivery of {size:,} voters", lambda: copied_and_keyed(faultless)) == size


def test_full_delivery_read_checked_accepted(
    benchmark: BenchmarkFixture, country: Country, first: Written, size: int
) -> None:
    taken = take(
        benchmark,
        f"full delivery of {size:,} voters",
        lambda: country.take(first),
        aim=Aim(120 * size / COUNTRY if size < COUNTRY else 120),
    )
    assert taken.opened == Entry.objects.filter(until=None).count()
    assert size - 3_000 < taken.opened < size


def test_incremental_delivery_read_checked_accepted(
    benchmark: BenchmarkFixture, country: Country, first: Written, size: int
) -> None:
    files = country.changes(first, size)
    taken = take(
        benchmark, f"incremental delivery on {size:,} voters", lambda: country.take(files, days=2), aim=Aim(10)
    )
    assert taken.opened > CHANGES // 2
