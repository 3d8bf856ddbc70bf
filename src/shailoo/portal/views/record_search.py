"""What a search of the record asks for, by the address alone, and its pages by key: an act's number, not an offset."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet, Sum
from django.http import Http404, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from shailoo.documents.lists import plain, taken_away
from shailoo.ledger import history
from shailoo.ledger.canonical import sha256
from shailoo.ledger.heads import instant
from shailoo.ledger.history import Sought
from shailoo.ledger.models import Act, Chain
from shailoo.ledger.openness import PUBLIC, WITHHELD, Sight
from shailoo.portal import saying
from shailoo.portal.listing import chosen, searched
from shailoo.portal.views import record_words as words
from shailoo.portal.views.record_words import Shown

PAGE = 50  # acts
MOST_ROWS = 50_000  # of a file; `shailoo ledger export` writes them all
MOST_IN_A_SHEET = 10_000  # a workbook is made whole before it is sent
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_KEY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
COLUMNS = (
    "chain", "sequence", "at", "act", "subject", "body", "role", "person", "grounds",
    "content", "content_sha256", "previous", "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its form shows it again; days are local and included."""

    name: str = ""
    body: str = ""
    subject: str = ""
    norm: str = ""
    since: date | None = None
    until: date | None = None

    def sought(self) -> Sought:
        """The same for the ledger."""
        return Sought(
            chain=self.body,
            name=self.name,
            subject=self.subject,
            norm=f"L{self.norm}" if self.norm[:1].isdigit() else self.norm,
            since=_begin(self.since) if self.since else None,
            until=_begin(self.until + timedelta(days=1)) if self.until else None,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search, newest first, and the queries of its neighbours ("" where there is none)."""

    rows: tuple[Shown, ...]
    older: str
    newer: str


def asked(query: QueryDict) -> Asked:
    """What the address asks for. Raises Http404 for an act or a day that is none."""
    return Asked(
        name=chosen(query, "act", ["", *PUBLIC, *WITHHELD], ""),
        body=searched(query, "body"),
        subject=searched(query, "subject"),
        norm=searched(query, "norm"),
        since=_day(query, "since"),
        until=_day(query, "until"),
    )


def names() -> list[tuple[str, str]]:
    """Every act that can be recorded with its words, in the order of the words, for a filter."""
    return sorted(((name, saying.act(name)) for name in PUBLIC | WITHHELD), key=lambda pair: pair[1])


def recorded() -> int:
    """How many acts the record holds, from the ends of its chains."""
    total: int | None = Chain.objects.aggregate(total=Sum("sequence"))["total"]
    return total or 0


def acts(wanted: Asked) -> QuerySet[Act]:
    """The acts that fit, the one recorded last first: by number, which an index holds also over a million of them."""
    return history.search(wanted.sought()).order_by("-pk")


def page_of(found: QuerySet[Act], query: QueryDict, sight: Sight) -> Found:
    """The page that begins before the act `before`, or ends after the act `after`; else the newest. One query."""
    before, after = _key(query, "before"), _key(query, "after")
    if after:
        taken = list(found.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        cut, more = taken[:PAGE][::-1], len(taken) > PAGE
        newer, older = more, True
    else:
        taken = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
        cut, older = taken[:PAGE], len(taken) > PAGE
        newer = bool(before)
    rows = tuple(words.shown(row, {}) for row in history.shown(cut, sight))
    return Found(
        rows,
        _query(query, before=cut[-1].pk) if older and cut else "",
        _query(query, after=cut[0].pk) if newer and cut else "",
    )


def without_page(query: QueryDict) -> str:
    """The query without its page, "?…" or ""."""
    return _query(query)


def _query(query: QueryDict, **key: int) -> str:
    kept = [(name, value) for name, value in query.items() if name not in ("before", "after") and value]
    told = urlencode([*kept, *key.items()])
    return f"?{told}" if told else ""


def _key(query: QueryDict, name: str) -> int:
    given = query.get(name, "")
    if given and not _KEY.fullmatch(given):
        raise Http404(name)
    return int(given or 0)


def _day(query: QueryDict, name: str) -> date | None:
    given = query.get(name, "")
    if not given:
        return None
    try:
        found = date.fromisoformat(given) if _DAY.fullmatch(given) else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2999:  # years that a database and a calendar both know
        raise Http404(name)
    return found


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


# ------------------------------------------------------------------------------------- files


def file(found: QuerySet[Act], form: str, sight: Sight) -> HttpResponseBase:
    """The first 50,000 of these acts as CSV or JSON, sent as they are read; the first 10,000 as a workbook."""
    if form == "xlsx":
        sheet = (tuple(record(act, sight).values()) for act in found[:MOST_IN_A_SHEET].iterator(chunk_size=2_000))
        return taken_away("acts", form, COLUMNS, sheet)
    rows = (record(act, sight) for act in found[:MOST_ROWS].iterator(chunk_size=2_000))
    lines, media_type = {"csv": (_csv, "text/csv; charset=utf-8"), "json": (_json, "application/json")}[form]
    response = StreamingHttpResponse(lines(rows), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="acts.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def record(act: Act, sight: Sight) -> Mapping[str, str | int | list[str] | None]:
    """One act for machines, by `COLUMNS`; content that this reader may not see is None, its SHA-256 always there."""
    row = next(history.shown([act], sight))
    return {
        "chain": row.chain,
        "sequence": row.sequence,
        "at": instant(row.at),
        "act": row.name,
        "subject": row.subject,
        "body": row.body,
        "role": row.role,
        "person": row.person,
        "grounds": list(row.grounds),
        "content": None if row.withheld else act.payload,
        "content_sha256": sha256(act.payload),
        "previous": act.previous,
        "hash": row.hash,
    }


class _Echo:
    """A file that gives back what is written to it, so that a row is sent when it is made."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterator[Mapping[str, object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield str(writer.writerow(COLUMNS))
    for row in rows:
        yield str(writer.writerow(plain(" ".join(v) if isinstance(v, list) else v) for v in row.values()))


def _json(rows: Iterator[Mapping[str, object]]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"
