"""A list to take away: the same rows as CSV, JSON or a workbook. No cell of it can become a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import xlsxwriter
from django.http import HttpResponse

Cell: TypeAlias = str | int | Sequence[str] | None
Rows: TypeAlias = Iterable[Sequence[Cell]]
Writer: TypeAlias = Callable[[Sequence[str], Rows], bytes]
LONGEST_CELL = 32_767  # signs that a workbook holds in one cell


def taken_away(name: str, form: str, columns: Sequence[str], rows: Rows) -> HttpResponse:
    """The list as a file of that form ("csv", "json", "xlsx"). Raises KeyError for another one."""
    write, media_type = WRITERS[form]
    response = HttpResponse(write(columns, rows), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def plain(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def to_csv(columns: Sequence[str], rows: Rows) -> bytes:
    """Comma-separated, in UTF-8 with the mark that spreadsheets look for; lists with spaces between their parts."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([plain(_joined(cell)) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def to_json(columns: Sequence[str], rows: Rows) -> bytes:
    """A list of objects."""
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def to_xlsx(columns: Sequence[str], rows: Rows) -> bytes:
    """A workbook with one sheet; a text that is longer than a cell may be ends with "…"."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    last = 0
    for last, row in enumerate(rows, 1):
        sheet.write_row(last, 0, [_cut(_joined(cell)) for cell in row])
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return content.getvalue()


def _joined(cell: Cell) -> str | int | None:
    return cell if cell is None or isinstance(cell, str | int) else " ".join(cell)


def _cut(cell: str | int | None) -> str | int | None:
    return f"{cell[: LONGEST_CELL - 1]}…" if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell


WRITERS: Mapping[str, tuple[Writer, str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "json": (to_json, "application/json"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
