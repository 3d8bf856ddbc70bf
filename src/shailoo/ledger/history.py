"""What happened to a record, and a search over all acts: who, in which office, when, on what ground, what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shailoo.ledger.models import Act
from shailoo.ledger.openness import Sight, shows_content, shows_person


@dataclass(frozen=True, slots=True)
class Change:
    """One member of an act's content against the latest act on the same record that had it. None: it was not there."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One act as a reader may see it.

    `role` and `body` are empty for acts of the system itself. `person` is None where the reader may not know the name,
    `payload` is None where the content is withheld; `changes` is empty then.
    """

    act: int
    chain: str
    sequence: int
    name: str
    subject: str
    at: datetime
    role: str
    body: str
    body_names: dict[str, str]  # language -> name
    person: str | None
    grounds: tuple[str, ...]
    payload: dict[str, Any] | None
    changes: tuple[Change, ...]
    hash: str

    @property
    def withheld(self) -> bool:
        """Whether the act has content that this reader does not see."""
        return self.payload is None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search is for; an empty member asks for nothing. `since` is included, `until` is not."""

    chain: str = ""
    name: str = ""
    subject: str = ""
    norm: str = ""
    since: datetime | None = None
    until: datetime | None = None


def history(subject: str, sight: Sight = Sight.PUBLIC) -> list[Row]:
    """All acts on one record, oldest first, each with what it changed against the acts before it."""
    rows: list[Row] = []
    known: dict[str, Any] = {}
    for act in _with_office(Act.objects.filter(subject=subject)).order_by("at", "pk"):
        row = _row(act, sight, known)
        known.update(row.payload or {})
        rows.append(row)
    return rows


def search(sought: Sought) -> QuerySet[Act]:
    """The acts that fit, newest first, for a paginator; `shown` makes rows of a page. Any name or ground is exact."""
    filters: dict[str, object] = {
        "chain": sought.chain,
        "name": sought.name,
        "subject": sought.subject,
        "grounds__contains": [sought.norm] if sought.norm else None,
        "at__gte": sought.since,
        "at__lt": sought.until,
    }
    wanted = {name: value for name, value in filters.items() if value}
    return _with_office(Act.objects.filter(**wanted)).order_by("-at", "-pk")


def shown(acts: Iterable[Act], sight: Sight = Sight.PUBLIC) -> Iterator[Row]:
    """Rows of acts that need not be on one record; without changes."""
    return (_row(act, sight, None) for act in acts)


def names_in_use() -> list[str]:
    """The names of acts that were ever recorded, in alphabetical order, for a filter."""
    return list(Act.objects.order_by("name").values_list("name", flat=True).distinct())


def _with_office(acts: QuerySet[Act]) -> QuerySet[Act]:
    return acts.select_related("office__person", "office__body")


def _row(act: Act, sight: Sight, known: dict[str, Any] | None) -> Row:
    """`known` is what earlier acts said of the same record; None where no comparison is wanted."""
    office = act.office
    payload = json.loads(act.payload) if shows_content(act.name, sight) else None
    body = office.body if office else None
    return Row(
        act=act.pk,
        chain=act.chain_id,
        sequence=act.sequence,
        name=act.name,
        subject=act.subject,
        at=act.at,
        role=office.role if office else "",
        body=body.code if body else "",
        body_names={"ky": body.name_ky, "ru": body.name_ru, "en": body.name_en} if body else {},
        person=office.person.name if office and shows_person(office.role, sight) else None,
        grounds=tuple(act.grounds),
        payload=payload,
        changes=tuple(_changes(known, payload or {})) if known is not None else (),
        hash=act.hash,
    )


def _changes(known: dict[str, Any], payload: dict[str, Any]) -> Iterator[Change]:
    for key, after in payload.items():
        before = known.get(key)
        if key not in known or before != after:
            yield Change(key, before, after)
