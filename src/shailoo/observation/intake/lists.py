"""A list of people as a file: CSV or XLSX, in any of the encodings that are known for certain, read into people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shailoo.documents.uploads import MIB, Kind, Upload, checked
from shailoo.law.outcome import Refused
from shailoo.observation.intake import workbook
from shailoo.observation.intake.columns import understood
from shailoo.observation.intake.reading import NORMS, Person, Places, person

LARGEST = 15 * MIB
MOST_ROWS = 20_000
TAKEN = (Kind.CSV, Kind.XLSX)
_DELIMITERS = (";", ",", "\t")
_LEAD = 10  # rows before the headings that may hold a title


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that was read: its people in their order, and which row of the file the first one stood in."""

    upload: Upload
    people: tuple[Person, ...]


def read(content: bytes, kind: str, *, default_language: str) -> Listed | Refused:
    """The people of a file, for an application of this kind; refused where the file itself cannot be used.

    Rows with faults are read like the others (`Person.faults`). Rows without anything are left out.
    """
    norm = NORMS[kind]
    upload = checked(content, allowed=TAKEN, most_bytes=LARGEST, norm=norm)
    if isinstance(upload, Refused):
        return upload
    try:
        rows = [row for row in _cells(upload) if any(cell.strip() for cell in row)][: MOST_ROWS + _LEAD + 1]
    except (workbook.UnreadableWorkbookError, csv.Error):
        return Refused.because(norm, "people_list_unreadable", fields=("file",))
    return _people(rows, upload, kind, default_language)


def _people(rows: Sequence[Sequence[str]], upload: Upload, kind: str, language: str) -> Listed | Refused:
    norm = NORMS[kind]
    if not rows:
        return Refused.because(norm, "people_list_without_headings", fields=("file",))
    place = _headings(rows, kind)
    layout = understood(rows[place], kind, norm)
    if isinstance(layout, Refused):
        return layout
    told = rows[place + 1 :]
    if not told:
        return Refused.because(norm, "people_list_without_people", fields=("file",))
    if len(told) > MOST_ROWS:
        return Refused.because(norm, "people_list_too_long", most=MOST_ROWS, fields=("file",))
    places = Places.all()
    return Listed(upload, tuple(person(layout.row(row), kind, places, default_language=language) for row in told))


def _headings(rows: Sequence[Sequence[str]], kind: str) -> int:
    """Which row has the headings: the first one that can be used, else the first one."""
    tried = range(min(_LEAD, len(rows)))
    return next((place for place in tried if not isinstance(understood(rows[place], kind, ""), Refused)), 0)


def _cells(upload: Upload) -> Iterator[list[str]]:
    if upload.kind is Kind.XLSX:
        return workbook.rows(upload.content)
    text = upload.text
    return csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))


def _delimiter(text: str) -> str:
    """What stands between the cells: the sign that is most frequent in the first lines."""
    lead = text[:4096]
    return max(_DELIMITERS, key=lead.count)
