"""Acts on one record come one after the other, also where its row never changes."""

from __future__ import annotations

import hashlib

from django.db import connection
from django.db.transaction import TransactionManagementError


def hold(subject: str) -> None:
    """Hold a record by its name in the ledger ("accreditation:12") until the transaction ends; wait while another does.

    For rows that are only ever added: locking such a row takes a right to change it, which the application has not
    (`postgres.rights`). Rows that change are locked themselves. Raises django.db.TransactionManagementError outside of
    a transaction, where nothing would be held.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{subject} can be held within a transaction only")
    number = int.from_bytes(hashlib.sha256(f"hold {subject}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
