"""What a superuser of the database can do: switch off every guard, rewrite rows, and compute all hashes anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction

from shailoo.keys import signing_key
from shailoo.ledger import minisign
from shailoo.ledger.actions import publish_head
from shailoo.ledger.models import Head
from shailoo.ledger.outsider import Fault, read_head
from shailoo.ledger.outsider import Head as SignedHead
from shailoo.ledger.verification import verify

AT = datetime(2020, 10, 5, 3, 0, 0, 120000, tzinfo=UTC)
ACTS = """
SELECT ledger_append(
    (ARRAY['cec', 'TEC-1', 'TEC-2'])[1 + n %% 3], CASE WHEN n %% 5 = 0 THEN 'office.given' ELSE 'result.published' END,
    'voting:' || n %% 7, NULL, %s, ARRAY['L36.1.a1', 'L64.8'], format('{"n":%%s,"note":"сан \\"%%s\\""}', n, n))
FROM generate_series(%s::int, %s::int) n
"""
REHASH = """
UPDATE ledger_act SET id = -id;
WITH places AS (
    SELECT chain_id, -id AS id, row_number() OVER (PARTITION BY chain_id ORDER BY -id) AS n FROM ledger_act
), acts AS (
    SELECT chain_id, id AS old, row_number() OVER (PARTITION BY chain_id ORDER BY sequence) AS n FROM ledger_act
) UPDATE ledger_act a SET id = p.id FROM acts x JOIN places p USING (chain_id, n) WHERE a.id = x.old;
DO $$
DECLARE
    a record; chain text := ''; place bigint; before text; digest text;
BEGIN
    FOR a IN SELECT * FROM ledger_act ORDER BY chain_id, sequence LOOP
        IF a.chain_id <> chain THEN chain := a.chain_id; place := 0; before := ''; END IF;
        place := place + 1;
        digest := ledger_hash_2(chain, place, a.name, a.subject, a.office_id, a.at, a.grounds, a.payload, before);
        UPDATE ledger_act SET sequence = place, form = 2, previous = before, hash = digest WHERE id = a.id;
        UPDATE ledger_chain SET sequence = place, head = digest WHERE name = chain;
        before := digest;
    END LOOP;
END $$;
DELETE FROM ledger_subtree; DELETE FROM ledger_leaf; DELETE FROM ledger_logged; DELETE FROM ledger_head;
"""
UNGUARDED = """
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
             WHERE contype IN ('f', 'c') AND conrelid::regclass::text LIKE 'ledger\\_%' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);
    END LOOP;
    FOR c IN SELECT oid::regclass AS t FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ledger\\_%' LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', c.t);
    END LOOP;
END $$
"""


def append(first: int, last: int) -> None:
    """Acts by three bodies in turn; a fifth of them tell of people."""
    with connection.cursor() as cursor:
        cursor.execute(ACTS, [AT, first, last])


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def past_the_guards() -> Iterator[None]:
    """Whatever is done within is undone at the end."""
    place = transaction.savepoint()
    try:
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(UNGUARDED)
        yield
    finally:
        transaction.savepoint_rollback(place)


def faults(published: list[SignedHead] | None = None) -> list[Fault]:
    """What a verification finds, by the installation's key."""
    key = minisign.public_key(signing_key(settings.DATA))
    return list(verify(connection.connection, key, published or []).faults)


def published() -> list[SignedHead]:
    """The heads of the database as somebody outside has them."""
    return [as_published(head) for head in Head.objects.order_by("number")]


def as_published(head: Head) -> SignedHead:
    chains = head.chains
    return read_head(f"{head.number:06}.json", head.note, head.signature, lambda: chains)


def sign_anew(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    """Compute every hash anew, build the log anew and sign it with the stolen key, under the same name."""
    run(REHASH)
    with monkeypatch.context() as patch:
        patch.setattr("shailoo.ledger.heads.secrets.token_hex", lambda _: origin.removeprefix("shailoo-"))
        publish_head(at=AT)
