"""Lists to take away: CSV and JSON under the names of files that `loading` takes, and Atom for readers of news."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from shailoo.cooperation.fields import As
from shailoo.cooperation.models import Organization, Record
from shailoo.cooperation.showing import cells, title_of
from shailoo.cooperation.sorts import Sort

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
}
_ATOM = "http://www.w3.org/2005/Atom"
_FORMULA = ("=", "+", "-", "@", "\t")  # how a spreadsheet knows that a cell is to be computed
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def plain(sort: Sort, record: Record | Organization) -> dict[str, object]:
    """A record as a file writes it, by the keys that a file to be loaded has."""
    found: dict[str, object] = {"id": record.code}
    if isinstance(record, Record):
        found["commission"] = record.commission.code
    for each in sort.fields:
        found[each.in_files] = each.plain(record)
        if each.as_ is As.DATED and each.name == sort.date:
            found["date_precision"] = getattr(record, f"{each.name}_precision")
    return found | {"src": record.source, "note": record.note}


def as_json(rows: Iterable[Mapping[str, object]]) -> bytes:
    return (json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table with a byte order mark, so that spreadsheets read its letters; no cell of it is ever computed."""
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name)) for name in columns})
    return ("\ufeff" + written.getvalue()).encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def columns(sort: Sort) -> list[str]:
    """The columns of a sort, in their order."""
    head = ["id", "commission"] if sort.of_commission else ["id"]
    dated = [each.in_files for each in sort.fields]
    return [*head, *dated, *(["date_precision"] if sort.date else []), "src", "note"]


def as_atom(rows: Iterable[tuple[Sort, Record, str]], *, title: str, address: str, page: str, language: str) -> bytes:
    """A feed of records with their addresses, the latest change first. The same records give the same bytes.

    `address` is that of the feed itself, `page` that of the page which it follows.
    """
    entries = list(rows)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _text(feed, "id", address)
    _text(feed, "title", title)
    updated = max((record.changed_at for _sort, record, _href in entries), default=_BEGINNING)
    _text(feed, "updated", _instant(updated))
    ET.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": address, "type": "application/atom+xml"})
    ET.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "alternate", "href": page, "type": "text/html"})
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", title)
    for sort, record, href in entries:
        _entry(feed, sort, record, href)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def _entry(feed: ET.Element, sort: Sort, record: Record, href: str) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", href)
    _text(entry, "title", f"{sort.one}: {title_of(record).text}")
    _text(entry, "updated", _instant(record.changed_at))
    if record.published_at is not None:
        _text(entry, "published", _instant(record.published_at))
    ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": href, "type": "text/html"})
    _text(entry, "summary", ". ".join(f"{each.label}: {each.text}" for each in cells(record)))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
