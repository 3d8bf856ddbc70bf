"""Results as tables with stable column names, and tables as CSV, JSON and XLSX.

CSV is UTF-8 with a header row, comma, "\\n"; a line that is not known is empty, never 0.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import xlsxwriter

from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results.publication.snapshot import PrecinctRow, Snapshot
from shailoo.results.tabulation import OptionRow, Row, Sums

Cell = str | int | None

_SUMS_LEAD = ("code", "kind", "name_ky", "name_ru", "name_en", "expected", "summed", "quarantined", "invalidated")
_PRECINCT_LEAD = (
    "precinct",
    "kind",
    "numbering",
    "region",
    "area",
    "tec",
    "status",
    "protocol_version",
    "protocol_occasion",
)
REHEARSAL_COLUMN = "rehearsal"  # the last column of a rehearsal's tables; those of an election have none
REHEARSAL_WORDS = "МАШЫГУУ / РЕПЕТИЦИЯ / REHEARSAL"


class Level(StrEnum):
    """What a row of a table is."""

    NATION = "nation"
    REGIONS = "regions"
    TECS = "tecs"
    PRECINCTS = "precincts"


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def of_level(snapshot: Snapshot, level: Level) -> Table:
    """The table of one level; that of a rehearsal says so in every row."""
    found = _of_level(snapshot, level)
    return _marked(found) if snapshot.heading.rehearsal else found


def _marked(table: Table) -> Table:
    rows = tuple((*row, REHEARSAL_WORDS) for row in table.rows)
    return Table((*table.columns, REHEARSAL_COLUMN), rows)


def _of_level(snapshot: Snapshot, level: Level) -> Table:
    if level is Level.PRECINCTS:
        return precincts(snapshot.options, snapshot.precincts)
    if level is Level.REGIONS:
        return sums(snapshot.options, snapshot.regions)
    if level is Level.TECS:
        return sums(snapshot.options, snapshot.tecs)
    return sums(snapshot.options, (nation_row(snapshot.national),))


def nation_row(national: Sums) -> Row:
    """The whole country as a row."""
    return Row("KG", "country", "Кыргыз Республикасы", "Кыргызская Республика", "Kyrgyz Republic", national)


def vote_columns(options: Iterable[OptionRow]) -> tuple[str, ...]:
    """One column per option of the ballot without "against all", which is a line of its own."""
    return tuple(f"votes.{option.code}" for option in options if option.kind != "against_all")


def sums(options: Sequence[OptionRow], rows: Iterable[Row]) -> Table:
    """Sums by territory or commission."""
    columns = (*_SUMS_LEAD, *SUMMED_LINES, *vote_columns(options))
    return Table(columns, tuple(_sums_cells(row) for row in rows))


def _sums_cells(row: Row) -> tuple[Cell, ...]:
    found = row.sums
    lead = (row.code, row.kind, row.name_ky, row.name_ru, row.name_en)
    counts = (found.expected, found.summed, found.quarantined, found.invalidated)
    return (*lead, *counts, *(found.lines[line] for line in SUMMED_LINES), *found.votes)


def precincts(options: Sequence[OptionRow], rows: Iterable[PrecinctRow]) -> Table:
    """One row per precinct that votes, with every summed line."""
    votes = vote_columns(options)
    columns = (*_PRECINCT_LEAD, *SUMMED_LINES, *votes)
    unknown = (None,) * (len(SUMMED_LINES) + len(votes))
    return Table(columns, tuple(_precinct_cells(row, unknown) for row in rows))


def _precinct_cells(row: PrecinctRow, unknown: tuple[None, ...]) -> tuple[Cell, ...]:
    place = (row.number, row.kind, row.numbering, row.region, row.area, row.tec)
    lead = (*place, row.status.value, row.version, row.occasion)
    if row.lines is None or row.votes is None:
        return (*lead, *unknown)
    return (*lead, *(row.lines[line] for line in SUMMED_LINES), *row.votes)


def to_csv(table: Table) -> bytes:
    """The table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode()


def to_json(table: Table) -> bytes:
    """The table as a JSON list of objects."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def to_xlsx(table: Table, title: str) -> bytes:
    """The table as a workbook with one sheet. Text stays text: nothing in it can become a formula."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, table.columns, book.add_format({"bold": True}))
    for place, row in enumerate(table.rows, 1):
        sheet.write_row(place, 0, row)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return content.getvalue()
