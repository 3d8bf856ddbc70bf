"""Reading the record of acts, and checking that its chain is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from shailoo.keys import signing_key
from shailoo.ledger import minisign
from shailoo.ledger.models import Act
from shailoo.ledger.outsider import Fault
from shailoo.ledger.verification import verify


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


@transaction.atomic
def breaks() -> list[Fault]:
    """Everything in the ledger that does not hold, by this installation's own key (`verification`)."""
    connection.ensure_connection()
    key = minisign.public_key(signing_key(settings.DATA))
    return list(verify(connection.connection, key).faults)
