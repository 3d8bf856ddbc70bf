"""Recording an act, in the same transaction as the change it records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from shailoo.ledger.canonical import canonical

if TYPE_CHECKING:
    from shailoo.accounts.models import Office


def record(
    name: str,
    *,
    subject: str,
    by: Office | None,
    at: datetime,
    grounds: Iterable[str] = (),
    payload: Mapping[str, object] | None = None,
) -> str:
    """Append one act to the chain of the body that acted; returns its hash.

    `subject` names the record concerned ("protocol:17"). The database function takes the chain's head, hashes
    and appends, in one statement; it holds the chain's row until the transaction ends.
    """
    chain = by.body.code if by is not None else "system"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_append(%s, %s, %s, %s, %s, %s, %s)",
            [chain, name, subject, by.pk if by else None, at, list(grounds), canonical(payload or {})],
        )
        (digest,) = cursor.fetchone()
    return str(digest)
