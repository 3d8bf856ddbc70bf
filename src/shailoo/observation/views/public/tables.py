"""The public lists for machines: one table as CSV, JSON or a workbook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import xlsxwriter
from django.http import HttpResponse

Cell: TypeAlias = str | int | None
Rows: TypeAlias = Sequence[Sequence[Cell]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(columns: Sequence[str], rows: Rows) -> bytes:
    """The table as CSV; what a sheet would take for a formula stays text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def to_json(columns: Sequence[str], rows: Rows) -> bytes:
    """The table as a JSON list of objects."""
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def to_xlsx(columns: Sequence[str], rows: Rows) -> bytes:
    """The table as a workbook with one sheet. Text stays text."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("observers")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    for place, row in enumerate(rows, 1):
        sheet.write_row(place, 0, row)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    return content.getvalue()


WRITERS: Mapping[str, tuple[str, Callable[[Sequence[str], Rows], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "json": ("application/json", to_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
}


def file(form: str, name: str, columns: Sequence[str], rows: Rows) -> HttpResponse:
    """The table as a download. Raises KeyError for a form that there is not."""
    media_type, write = WRITERS[form]
    response = HttpResponse(write(columns, rows), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
