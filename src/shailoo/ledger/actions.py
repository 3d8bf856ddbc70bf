"""Recording an act, in the same transaction as the change it records; and signing the log of all acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from shailoo.keys import signing_key
from shailoo.ledger import heads, log, merkle
from shailoo.ledger.canonical import canonical
from shailoo.ledger.models import Head

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


SEALED = ("number", "origin", "size", "root", "at", "chains", "previous", "note", "signature")


@transaction.atomic
def publish_head(*, at: datetime) -> Head:
    """Give every committed act its place in the log, sign the log's size and root, and keep the head as files too.

    One at a time; acts go on meanwhile and enter with the next head. Acts of the caller's own transaction enter with
    this one, or not at all. The files are written once the transaction is committed (`heads`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_extend()")
        (size,) = cursor.fetchone()
        root = merkle.root(size, log.Nodes())
        head = heads.written(log.latest_head(), size=size, root=root, chains=log.chains_logged(), at=at)
        head.signature = heads.signed(head, signing_key(settings.DATA))
        cursor.execute(
            "SELECT ledger_seal(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [getattr(head, field) for field in SEALED],
        )
    folder = settings.DATA / "heads"
    transaction.on_commit(lambda: heads.keep_files(folder), robust=True)  # a full disk undoes nothing
    return head
