"""Verifying the whole ledger in the database: everything is computed anew from the content of the rows.

No function, trigger or hash of the database is believed, only rows are read: acts in the order of the log, by a cursor
on the server, so that memory does not grow with them. What nobody who owns the database can make up is held against
heads that were published and kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import psycopg
from psycopg.types.string import TextLoader

from shailoo.ledger import merkle, minisign
from shailoo.ledger.canonical import sha256
from shailoo.ledger.outsider import (
    Audit,
    Entry,
    Fault,
    Head,
    UnreadableError,
    leaf_of,
    read_head,
    succession,
)

Connection: TypeAlias = psycopg.Connection[Any]
AT_ONCE = 5000  # rows fetched in one round trip
_LOG = """
SELECT f.index, f.hash,
    chain_id, sequence, name, subject, office_id, at, grounds, payload, form, previous, a.hash
FROM public.ledger_leaf f LEFT JOIN public.ledger_act a ON a.id = f.act_id ORDER BY f.index
"""
_BEYOND = """
SELECT chain_id, sequence, name, subject, office_id, at, grounds, payload, form, previous, a.hash
FROM public.ledger_act a
WHERE NOT EXISTS (SELECT FROM public.ledger_leaf f WHERE f.act_id = a.id) ORDER BY chain_id, sequence
"""
_HEADS = """
SELECT number, origin, size, root, at, chains_sha256, previous, note, signature FROM public.ledger_head ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to: counts, and everything that does not hold."""

    acts: int  # in the log
    beyond: int  # acts that are in no head yet
    chains: int
    heads: int
    faults: tuple[Fault, ...]


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A connection that sees one moment of the database, changes nothing, and reads in the order of indexes."""
    with psycopg.connect(url, options="-c timezone=UTC -c datestyle=ISO") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            for plan in ("sort", "hashjoin", "mergejoin"):  # they would need memory or disk for every act at once
                connection.execute(f"SET LOCAL enable_{plan} = off")
            yield connection


def verify(connection: Connection, key: minisign.PublicKey, published: Sequence[Head] = ()) -> Verified:
    """Verify all acts, chains, the log and its heads; `published` are heads that were kept outside the database.

    The connection must be in a transaction whose time zone is UTC (`opened`).
    """
    stored, faults = _stored_heads(connection)
    audit = Audit(stored, published, partial(_signed, key), faults=faults)
    audit.faults.extend(succession(stored))
    _hold_published(audit, stored, published)
    subtrees = _Subtrees(audit, connection)
    for row in _rows(connection, "ledger_log", _LOG):
        _enter(audit, subtrees, row)
    subtrees.close()
    _hold_table(audit, connection, "SELECT chain_id, sequence, hash FROM public.ledger_logged", "end_of_chain_in_log")
    logged = audit.tree.size
    beyond = 0
    for row in _rows(connection, "ledger_beyond", _BEYOND):
        audit.follow(_entry(row))
        beyond += 1
    _hold_table(audit, connection, "SELECT name, sequence, head FROM public.ledger_chain", "end_of_chain")
    return Verified(logged, beyond, len(audit.chains), len(stored), tuple(audit.close()))


def _signed(key: minisign.PublicKey, head: Head) -> bool:
    try:
        return minisign.holds(head.text.encode(), minisign.read_signature(head.signature), key)
    except minisign.MinisignError:
        return False


def _rows(connection: Connection, name: str, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, by a cursor on the server. Instants come as the text that the server prints."""
    with connection.cursor(name) as cursor:
        cursor.adapters.register_loader("timestamptz", TextLoader)
        cursor.itersize = AT_ONCE
        cursor.execute(query)
        yield from cursor


def _entry(row: Sequence[Any]) -> Entry:
    chain, sequence, name, subject, office, at, grounds, payload, form, previous, digest = row
    grounds = tuple(map(str, grounds))
    return Entry(chain, sequence, name, subject, office, _instant(at), grounds, payload, "", form, previous, digest)


def _instant(printed: str) -> str:
    """ "2020-10-05 03:00:00.1234+00" as hashes have it: six places, "T" and "Z"."""
    second, _, fraction = printed.removesuffix("+00").partition(".")
    return f"{second[:10]}T{second[11:]}.{fraction:0<6}Z"


def _enter(audit: Audit, subtrees: _Subtrees, row: tuple[Any, ...]) -> None:
    """One leaf of the log and the act that it stands for."""
    index, digest, chain = row[:3]
    place = audit.tree.size
    if index != place:
        audit.blame("leaf_out_of_place", f"leaf {index} of the log", index, place)
    if chain is None:
        audit.blame("act_of_a_leaf_is_gone", f"leaf {index} of the log")
        audit.tree.add(bytes(digest))
        subtrees.add(bytes(digest))
        return
    act = _entry(row[2:])
    audit.enter(act)
    try:
        due = leaf_of(act.hash)
    except ValueError:
        due = b""
    if bytes(digest) != due:
        where = f"leaf {index} of the log, act {act.sequence} of {act.chain}"
        audit.blame("leaf_differs_from_its_act", where, bytes(digest).hex(), due.hex())
    subtrees.add(due)


class _Subtrees:
    """Holds the kept subtrees against the leaves, as they come."""

    def __init__(self, audit: Audit, connection: Connection) -> None:
        rows = connection.execute("SELECT level, index, hash FROM public.ledger_subtree").fetchall()
        self._audit = audit
        self._kept = {(level, index): bytes(digest) for level, index, digest in rows}
        self._open: dict[int, list[bytes]] = {}
        self._done: dict[int, int] = {}

    def add(self, digest: bytes, level: int = 0) -> None:
        """The next hash of a level."""
        waiting = self._open.setdefault(level, [])
        waiting.append(digest)
        if len(waiting) == 256:
            due = merkle.root(256, merkle.of_list(waiting))
            waiting.clear()
            index = self._done.get(level, 0)
            self._done[level] = index + 1
            found = self._kept.pop((level + 8, index), b"")
            if found != due:
                where = f"subtree {index} over leaves {index << level + 8} to {((index + 1) << level + 8) - 1}"
                self._audit.blame("subtree_differs_from_its_leaves", where, found.hex(), due.hex())
            self.add(due, level + 8)

    def close(self) -> None:
        """What is kept although no leaves stand below it."""
        for level, index in sorted(self._kept):
            self._audit.blame("subtree_without_leaves", f"subtree {index} of level {level}")


def _stored_heads(connection: Connection) -> tuple[list[Head], list[Fault]]:
    """The heads in the database, and what of their rows is not as their notes have it."""
    heads: list[Head] = []
    faults: list[Fault] = []
    with connection.cursor() as cursor:
        cursor.adapters.register_loader("timestamptz", TextLoader)
        rows = cursor.execute(_HEADS).fetchall()
    for number, origin, size, root, at, chains_sha256, previous, note, signature in rows:
        source = f"row {number}"
        try:
            head = read_head(source, note, signature, partial(_table, connection, number))
        except UnreadableError as error:
            faults.append(Fault("head_note_changed", f"head {number} ({source})", str(error)))
            continue
        plain = replace(
            head,
            number=number,
            origin=origin,
            size=size,
            root=root,
            at=_instant(at),
            chains_sha256=chains_sha256,
            previous=previous,
        )
        if plain != head:
            faults.append(Fault("row_of_head_differs_from_its_note", f"head {number} ({source})"))
        heads.append(head)
    return heads, faults


def _table(connection: Connection, number: int) -> str | None:
    row = connection.execute("SELECT chains FROM public.ledger_head WHERE number = %s", [number]).fetchone()
    return None if row is None else str(row[0])


def _hold_published(audit: Audit, stored: Sequence[Head], published: Sequence[Head]) -> None:
    """A head that was published stands in the database, as it was published."""
    notes = {head.number: head.text for head in stored}
    for head in published:
        if notes.get(head.number) != head.text:
            found = sha256(notes[head.number]) if head.number in notes else ""
            where = f"head {head.number} ({head.source})"
            audit.blame("published_head_is_not_the_stored_one", where, found, sha256(head.text))


def _hold_table(audit: Audit, connection: Connection, query: str, what: str) -> None:
    """A table of the ends of chains against the ends that were walked to."""
    rows = connection.execute(query).fetchall()
    found = {chain: (sequence, digest) for chain, sequence, digest in rows}
    for chain in sorted({*found, *audit.chains}):
        due = audit.chains.get(chain, (0, ""))
        if found.get(chain, (0, "")) != due:
            sequence, digest = found.get(chain, (0, ""))
            audit.blame(f"{what}_changed", f"chain {chain}", f"{sequence} {digest}", f"{due[0]} {due[1]}")
