"""Empty lists to fill in: the headings of a kind in one language, as CSV or as a workbook with hints."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from shailoo.observation.intake.columns import ASKED, HEADINGS, required

WIDTH = 24  # letters
ROWS_AS_TEXT = 20_000


def headings(kind: str, language: str) -> list[str]:
    """The headings in the language, those that are needed with a star."""
    needed = required(kind)
    return [f"{HEADINGS[each][language]}{' *' if each in needed else ''}" for each in ASKED[kind]]


def as_csv(kind: str, language: str) -> bytes:
    """The headings alone, in UTF-8 with its mark and semicolons: spreadsheets open it without questions."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerow(headings(kind, language))
    return out.getvalue().encode("utf-8-sig")


def as_workbook(kind: str, language: str) -> bytes:
    """The same as a workbook whose cells are texts, so that no program turns a number or a day into another."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(ASKED[kind]) - 1, WIDTH, book.add_format({"num_format": "@"}))
    sheet.write_row(0, 0, headings(kind, language), book.add_format({"bold": True, "text_wrap": True}))
    book.close()
    return out.getvalue()
