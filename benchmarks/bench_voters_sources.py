"""Precinct addresses: a plan of a whole country checked, and every address of the register placed in it.

Aims: 3.7 million voters placed in 15 s, which a clerk waits for. The bare minimum of placing is to read the
register once and count the voters of each address: nothing compared with any border.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoDbBlocker
from tests.commissions.sittings import decided, done
from tests.voters.scene import AT, build

from benchmarks.bench_voters import AN_HOUR, COUNTRY, PRECINCTS, TENTH, Country
from benchmarks.measuring import Aim, take
from benchmarks.servers import own_server
from shailoo.commissions.models import Commission, Matter
from shailoo.voters.generator.names import STREETS
from shailoo.voters.sources.actions import approve_addresses, place_addresses, submit_addresses
from shailoo.voters.sources.addressing import COLUMNS
from shailoo.voters.sources.models import AddressPlan, Placement

SPLIT = 5  # streets of each locality of which the far houses belong to the next precinct
LATER = AT + timedelta(days=3)


@pytest.fixture(scope="module", params=[TENTH, COUNTRY], ids=["tenth", "country"])
def size(request: pytest.FixtureRequest) -> int:
    """How many voters the country has."""
    return int(request.param)


@pytest.fixture(scope="module")
def country(size: int, django_db_blocker: DjangoDbBlocker) -> Iterator[Country]:
    """A country whose register was delivered and accepted, on a server of its own that is thrown away."""
    with own_server(django_db_blocker) as files:
        found = Country(build(files, precincts=PRECINCTS), files)
        found.take(found.full(size))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) voters_entry")
        yield found


def plan_of(country: Country) -> bytes:
    """Every locality whole, and of some of its streets the houses from 81 on in the next precinct."""
    places = [place for place in country.scene.places if not place.abroad]
    lines = [",".join(COLUMNS)]
    for number, place in enumerate(places):
        following = places[(number + 1) % len(places)].number
        lines.append(f"{place.number},{place.district},{place.locality},,,,")
        for street in STREETS[:SPLIT]:
            lines.append(f"{place.number},{place.district},{place.locality},{street},1,80,")
            lines.append(f"{following},{place.district},{place.locality},{street},81,,")
    return ("\n".join(lines) + "\n").encode()


def test_plan_of_a_country_checked(benchmark: BenchmarkFixture, country: Country) -> None:
    scene = country.scene
    tec = Commission.objects.get(level=Commission.Level.TEC)
    content = plan_of(country)
    plan = take(
        benchmark,
        "addresses of all precincts",
        lambda: done(submit_addresses(scene.voting, tec, content, by=scene.clerk, at=AT)),
        aim=Aim(15),
    )
    assert plan.rows == (PRECINCTS - 1) * (1 + 2 * SPLIT)
    decision = decided(scene.chair.body, Matter.PRECINCTS, plan.subject, at=AT)
    done(approve_addresses(plan, decision, by=scene.secretary, at=AT + AN_HOUR))


def test_bare_minimum_voters_counted_by_address(benchmark: BenchmarkFixture, country: Country, size: int) -> None:
    def counted() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM (SELECT 1 FROM voters_entry WHERE until IS NULL"
                " GROUP BY precinct_id, district, locality, street, house) h"
            )
            return int(cursor.fetchone()[0])

    del country
    assert take(benchmark, f"{size:,} voters placed by address", counted) > 0


def test_register_placed(benchmark: BenchmarkFixture, country: Country, size: int) -> None:
    assert AddressPlan.objects.filter(approval__isnull=False).exists()
    register = country.scene.register
    moments = iter(LATER + timedelta(hours=hour) for hour in range(9))
    placed = take(
        benchmark,
        f"{size:,} voters placed by address",
        lambda: done(place_addresses(register, by=country.scene.operator, at=next(moments))),
        aim=Aim(15),
    )
    assert isinstance(placed, Placement)
    assert placed.nowhere == 0
    assert 0 < placed.elsewhere < placed.placed
