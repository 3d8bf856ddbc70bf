"""A register of 10,000 records: every list of it under 50 ms, filtered or not, for everyone and at the desk.

Requests go through the whole of Django: middleware, queries, page.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from pytest_benchmark.fixture import BenchmarkFixture
from tests.cooperation.scene import AT, SOURCE, Scene, scene
from tests.counting.browser import signed_in

from benchmarks.browsing import Browser
from benchmarks.measuring import Aim, take
from shailoo.cooperation.models import Agreement, Letter, Mission, Organization
from shailoo.cooperation.places import CAPITALS

LISTS = "a register of 10,000 records: a page of a list"
WHOLE = "a register of 10,000 records: overview, timeline, file"
EACH = 2_500  # of organizations, agreements, missions, letters


@pytest.fixture
def register(db: None) -> Scene:  # noqa: ARG001  the database is needed, its fixture has no value
    """Ten thousand records, written past the acts: how a record is entered is not measured here."""
    where, codes = scene(), sorted(CAPITALS)
    common = {"source": SOURCE, "entered_at": AT, "changed_at": AT, "published_at": AT}
    bodies = [
        Organization(
            code=f"ORG-B-{each}",
            kind="central_election_body",
            name=f"Commission {each}",
            names=[f"commission {each}"],
            country=codes[each % len(codes)],
            source=SOURCE,
        )
        for each in range(EACH)
    ]
    made = Organization.objects.bulk_create(bodies)
    Agreement.objects.bulk_create(
        Agreement(
            commission=where.commission,
            code=f"AGR-B-{each}",
            counterpart=made[each],
            kind="protocol",
            signed_on=date(2000, 1, 1) + timedelta(days=each),
            **common,
        )
        for each in range(EACH)
    )
    Mission.objects.bulk_create(
        Mission(
            commission=where.commission,
            code=f"OBS-B-{each}",
            direction="outgoing",
            countries=[codes[each % len(codes)], codes[(each + 7) % len(codes)]],
            observed_on=date(2001, 1, 1) + timedelta(days=each),
            observed_precision="day",
            **common,
        )
        for each in range(EACH)
    )
    Letter.objects.bulk_create(
        Letter(
            commission=where.commission,
            direction="incoming",
            year=2026,
            number=each + 1,
            correspondent=made[each],
            dated_on=AT.date(),
            subject=f"Letter {each}",
            answer_due_on=AT.date() + timedelta(days=each % 30) if each % 5 == 0 else None,
            office=where.head,
            registered_at=AT + timedelta(seconds=each),
        )
        for each in range(EACH)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return where


@pytest.mark.parametrize(
    "address",
    [
        "cooperation/ORG-CEC/agreements/",
        "cooperation/ORG-CEC/agreements/?q=Commission+2471",
        "cooperation/ORG-CEC/agreements/?country=TR&year=2004",
        "cooperation/ORG-CEC/observations/?country=KZ",
        "cooperation/organizations/?page=40",
        "desk/cooperation/register/agreements/?page=30",
        "desk/cooperation/letters/?state=waiting",
    ],
    ids=["agreements", "words", "country and year", "missions of a country", "organizations", "desk", "letters"],
)
def test_a_page_of_a_list(benchmark: BenchmarkFixture, register: Scene, address: str) -> None:
    browser = Browser(signed_in(register.member) if address.startswith("desk/") else None)

    def asked() -> int:
        return browser.get(f"/ky/{address}").status

    assert asked() == 200
    assert take(benchmark, LISTS, asked, rounds=15, aim=Aim(0.050)) == 200


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("page", ["", "timeline/", "agreements.csv", "feed.atom"])
def test_the_whole_register(benchmark: BenchmarkFixture, page: str) -> None:
    browser = Browser()

    def asked() -> int:
        return browser.get(f"/ky/cooperation/ORG-CEC/{page}").status

    assert asked() == 200
    assert take(benchmark, WHOLE, asked, rounds=3) == 200


def test_a_page_of_a_list_bare_minimum(benchmark: BenchmarkFixture, register: Scene) -> None:
    def read() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT a.*, o.name FROM cooperation_agreement a"
                " JOIN cooperation_organization o ON o.id = a.counterpart_id"
                " WHERE a.commission_id = %s ORDER BY a.signed_on DESC LIMIT 50",
                [register.commission.pk],
            )
            return len(cursor.fetchall())

    assert take(benchmark, LISTS, read, rounds=15) == 50
