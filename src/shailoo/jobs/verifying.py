"""Verifying the ledger as a work that an auditor asks for: what `shailoo ledger verify` does, with its progress."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import ServerCursor
from psycopg.conninfo import make_conninfo

from shailoo.jobs.kinds import Interrupted, Kind, Result
from shailoo.jobs.progress import Progress
from shailoo.keys import signing_key
from shailoo.ledger.minisign import public_key
from shailoo.ledger.models import Act
from shailoo.ledger.outsider import Head, head_files, read_head_file
from shailoo.ledger.verification import AT_ONCE, opened, verify

MOST_TOLD = 20  # faults that the result names; the command prints them all


def verify_ledger(progress: Progress) -> Result:
    """Compute every act, chain, leaf and head anew, and hold them against the heads kept as files beside the data.

    Returns counts, the verdict "holds" or "broken", and the first faults: a code and the place, which names no person.
    Raises StoppedError where it was cancelled; UnreadableError where a file of a head is not what it was.
    """
    published = kept_heads()
    total = Act.objects.count()
    progress.step(0, total, "verifying")
    with opened(address()) as reading:
        reading.server_cursor_factory = counting(progress, total)
        found = verify(reading, public_key(signing_key(settings.DATA)), published)
    told = [{"code": fault.code, "where": fault.where} for fault in found.faults[:MOST_TOLD]]
    return {
        "verdict": "broken" if found.faults else "holds",
        "acts": found.acts,
        "beyond": found.beyond,
        "chains": found.chains,
        "heads": found.heads,
        "published": len(published),
        "faults": len(found.faults),
        "told": told,
    }


def kept_heads() -> list[Head]:
    """The heads that were published and lie as files beside the data, where the database cannot reach them."""
    folder = settings.DATA / "heads"
    origins = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [read_head_file(path) for origin in origins for path in head_files(origin)]


def address() -> str:
    """The database in use, as libpq writes it."""
    found = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{name: str(found[key]) for name, key in named.items() if found[key]}, **found["OPTIONS"])


def counting(progress: Progress, total: int) -> type[ServerCursor[Any]]:
    """A cursor on the server that tells how many rows it has given out: each act is one. Acts can come meanwhile."""
    seen = [0]

    class Counting(ServerCursor[Any]):
        def __next__(self) -> Any:
            row = super().__next__()
            seen[0] += 1
            if seen[0] % AT_ONCE == 0:
                progress.step(min(seen[0], total), total, "verifying")
            return row

    return Counting


KIND = Kind(
    "ledger_verification",
    verify_ledger,
    right="ledger.read",
    interrupted=Interrupted.AGAIN,
    offered=True,
    subject="ledger",
)
