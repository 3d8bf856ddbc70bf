"""One register for every kind of document that has no number of its own: per body and year, without a gap."""

from __future__ import annotations

from django.db import connection

from shailoo.accounts.models import Body

_NEXT = """
    INSERT INTO documents_register AS known (kind, body_id, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (kind, body_id, year) DO UPDATE SET last = known.last + 1
    RETURNING last
"""


class NoTransactionError(RuntimeError):
    """A number was asked for outside a transaction: what it numbers could fail, and the number would be lost."""


def next_number(kind: str, body: Body, year: int) -> int:
    """The next number of `body` for documents of this kind in this year, from 1.

    The register's row is held until the transaction ends: who asks next waits, and gets the same number where this
    transaction fails. Raises NoTransactionError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise NoTransactionError(kind)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [kind, body.pk, year])
        (number,) = cursor.fetchone()
    return int(number)


def registered(kind: str, body: Body, year: int) -> str:
    """The next number written out as it stands on a document: kind, body, year, number ("note/CEC/2026/17")."""
    return f"{kind}/{body.code}/{year}/{next_number(kind, body, year)}"
