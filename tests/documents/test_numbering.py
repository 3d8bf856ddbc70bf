"""Numbers by register: from one, each once, none left out, whatever fails or happens at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import DatabaseError, connection, transaction

from shailoo.accounts.models import Body
from shailoo.accounts.roles import Kind
from shailoo.documents.models import Register
from shailoo.documents.numbering import NoTransactionError, next_number, registered


def body(code: str = "CEC") -> Body:
    return Body.objects.create(code=code, kind=Kind.CEC, name_ky=code, name_ru=code, name_en=code)


@pytest.mark.django_db
def test_every_body_kind_and_year_counts_from_one() -> None:
    cec, tec = body(), body("TEC-1")
    assert [next_number("note", cec, 2026) for _ in range(3)] == [1, 2, 3]
    assert (next_number("note", cec, 2027), next_number("act", cec, 2026), next_number("note", tec, 2026)) == (1, 1, 1)
    assert registered("note", cec, 2026) == "note/CEC/2026/4"


@pytest.mark.django_db
def test_the_database_lets_a_register_only_go_on() -> None:
    next_number("note", body(), 2026)
    for change in (
        "UPDATE documents_register SET last = 3",
        "UPDATE documents_register SET last = 0",
        "UPDATE documents_register SET last = 2, year = 2025",
        "INSERT INTO documents_register (kind, body_id, year, last) SELECT 'act', id, 2026, 7 FROM accounts_body",
        "INSERT INTO documents_register (kind, body_id, year, last) SELECT 'note', id, 2026, 1 FROM accounts_body",
        "DELETE FROM documents_register",
        "TRUNCATE documents_register",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert Register.objects.get().last == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_whose_act_fails_goes_to_whoever_waits_for_it() -> None:
    cec, taken, waiting = body(), Event(), Event()
    with pytest.raises(NoTransactionError):
        next_number("note", cec, 2026)

    def fails() -> int:
        try:
            with transaction.atomic():
                number = next_number("note", cec, 2026)
                taken.set()
                waiting.wait(timeout=30)
                transaction.set_rollback(True)
            return number
        finally:
            connection.close()

    def holds() -> int:
        try:
            taken.wait(timeout=30)
            with transaction.atomic():
                waiting.set()
                return next_number("note", cec, 2026)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(fails), pool.submit(holds)
        assert (first.result(), second.result()) == (1, 1)
    assert Register.objects.get().last == 1
