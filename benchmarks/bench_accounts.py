"""What signing in costs a request: counting a sending in the table of limits, and a signed-in page's own statements.

Aims: a count under 3 ms and in one statement; looking after session and second factor in no statement of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_benchmark.fixture import BenchmarkFixture
from tests.signing_in import sign_in

from shailoo.accounts.limits import wait_for
from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role

SENDERS = 10_000
SPAN = timedelta(hours=1)


@pytest.mark.django_db
def test_a_sending_is_counted_among_ten_thousand_senders(benchmark: BenchmarkFixture) -> None:
    for sender in range(SENDERS):
        wait_for("bench", str(sender), most=1, within=SPAN)
    numbers = count()
    with CaptureQueriesContext(connection) as ran:
        wait_for("bench", "0", most=1, within=SPAN)
    assert len(ran) == 1
    benchmark(lambda: wait_for("bench", str(next(numbers) % SENDERS), most=10**6, within=SPAN))
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < 0.003


@pytest.mark.django_db
def test_a_signed_in_request_that_shows_nothing(benchmark: BenchmarkFixture) -> None:
    tec = Body.objects.create(code="TEC-1", kind="tec", name_ky="АШК", name_ru="ТИК", name_en="TEC")
    person = Person.objects.create(username="bermet", name="Бермет Касымова", password="!")  # noqa: S106  (opens nothing)
    Office.objects.create(person=person, body=tec, role=Role.TEC_CHAIR, since=datetime(2020, 1, 1, tzinfo=UTC))
    client = Client()
    sign_in(client, person)
    with CaptureQueriesContext(connection) as ran:
        client.post("/en/account/sessions/")
    assert len(ran) == 2, "the session and the person"
    benchmark(lambda: client.post("/en/account/sessions/"))
