"""Limits of public forms: they hold across connections, keep no address, end with their span, and let reading be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

from shailoo.accounts.limits import limited, wait_for
from shailoo.accounts.origin import NOWHERE, address_of

SPAN = timedelta(minutes=10)


@limited("tests.form", per="ip", most=2, within=SPAN)
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("kept")


def send(address: str, method: str = "POST") -> HttpResponse:
    answer = form(RequestFactory().generic(method, "/en/", REMOTE_ADDR=address))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.django_db
def test_the_third_sending_of_two_waits_and_neither_reading_nor_another_sender_does() -> None:
    assert [send("10.0.0.1").status_code for _ in range(3)] == [200, 200, 429]
    with translation.override("en"):
        refused = send("10.0.0.1")
    assert 0 < int(refused.headers["Retry-After"]) <= SPAN.total_seconds()
    assert "too often" in refused.content.decode()
    assert send("10.0.0.1", "GET").status_code == 200
    assert send("10.0.0.2").status_code == 200


@pytest.mark.django_db
def test_a_span_ends_and_what_is_past_is_swept() -> None:
    for sender in ("a", "b", "b", "b"):
        wait_for("tests.form", sender, most=2, within=SPAN)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_tally SET ends_at = now() - interval '1 second'")
        assert wait_for("tests.form", "b", most=2, within=SPAN) == 0
        cursor.execute("SELECT tries, key FROM accounts_tally")
        ((tries, key),) = cursor.fetchall()
    assert (tries, len(key)) == (1, 64)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "constraint"),
    [("repeat('a', 64), 0", "a_tally_counts_from_one"), ("'10.0.0.1', 1", "a_tally_keeps_a_hash_alone")],
)
def test_the_database_refuses_a_count_of_nothing_and_an_address_in_clear(values: str, constraint: str) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        cursor.execute(f"INSERT INTO accounts_tally (key, tries, ends_at) VALUES ({values}, now())")  # noqa: S608  (from the list above)


@pytest.mark.django_db(transaction=True)
def test_many_connections_at_once_let_exactly_the_limit_through() -> None:
    def tries(count: int) -> list[int]:
        try:
            return [wait_for("tests.form", "one sender", most=30, within=SPAN) for _ in range(count)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        waits = [wait for part in pool.map(tries, [20] * 4) for wait in part]
    assert waits.count(0) == 30
    assert len(waits) == 80


@pytest.mark.parametrize(
    ("proxies", "passed", "expected"),
    [
        (0, "9.9.9.9", "10.1.1.1"),  # nobody stands in front: the header is the sender's own word
        (1, "9.9.9.9, 8.8.8.8", "8.8.8.8"),  # what the sender wrote stands further left
        (1, "", "10.1.1.1"),
        (2, "9.9.9.9, 8.8.8.8, 10.0.0.1", "8.8.8.8"),
        (1, "not an address", NOWHERE),
    ],
)
def test_only_our_own_servers_are_believed_about_the_address(
    settings: Settings, proxies: int, passed: str, expected: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR=passed)
    assert address_of(request) == expected
