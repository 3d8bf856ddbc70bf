"""Reading the record of acts, and checking that its chain is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, QuerySet

from shailoo.ledger.models import Act


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold."""

    chain: str
    sequence: int
    why: str


def acts_on(subject: str) -> QuerySet[Act]:
    """All acts on one record, oldest first."""
    return Act.objects.filter(subject=subject).select_related("office__person", "office__body").order_by("at", "id")


def latest_act() -> datetime | None:
    """The instant of the latest act of all chains; None while nothing is recorded."""
    latest: datetime | None = Act.objects.aggregate(latest=Max("at"))["latest"]
    return latest


def last_number() -> int:
    """The number of the latest act recorded, of all chains; 0 while nothing is recorded."""
    return Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Applied:
    """The acts that name some norms as their ground: how many, and the latest, newest first."""

    number: int
    latest: tuple[Act, ...]


def applied(citations: Sequence[str], *, most: int) -> Applied:
    """The acts among whose grounds one of these citations stands, as it is written; at most `most` of the latest."""
    found = Act.objects.filter(grounds__overlap=list(citations))
    latest = found.select_related("office__body").order_by("-at", "-pk")[:most]
    return Applied(found.count(), tuple(latest))


def last_act_number() -> int:
    """A number that grows with every act of every chain; 0 while nothing is recorded."""
    found: int | None = Act.objects.aggregate(last=Max("pk"))["last"]
    return found or 0


def breaks() -> list[Break]:
    """Every act whose hash, place or link does not hold, and every head that is not its chain's end."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH linked AS (
                SELECT a.*, lag(a.hash, 1, '') OVER w AS before, row_number() OVER w AS place
                FROM ledger_act a WINDOW w AS (PARTITION BY a.chain_id ORDER BY a.sequence)
            )
            SELECT chain_id, sequence,
                   CASE WHEN hash <> ledger_hash(
                            chain_id, sequence, name, subject, office_id, at, grounds, payload, previous)
                        THEN 'hash' WHEN previous <> before THEN 'link' ELSE 'place' END
            FROM linked
            WHERE hash <> ledger_hash(chain_id, sequence, name, subject, office_id, at, grounds, payload, previous)
               OR previous <> before OR place <> sequence
            UNION ALL
            SELECT c.name, c.sequence, 'head' FROM ledger_chain c
            LEFT JOIN LATERAL (
                SELECT a.sequence, a.hash FROM ledger_act a WHERE a.chain_id = c.name ORDER BY a.sequence DESC LIMIT 1
            ) a ON true
            WHERE (coalesce(a.sequence, 0), coalesce(a.hash, '')) IS DISTINCT FROM (c.sequence, c.head)
            ORDER BY 1, 2
            """
        )
        return [Break(*row) for row in cursor.fetchall()]
