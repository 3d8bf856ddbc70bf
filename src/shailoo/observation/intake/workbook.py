"""The cells of an XLSX workbook's first sheet as text: read as data alone, with nothing run and nothing fetched.

The archive was checked before (`documents.uploads`): it is of bearable size and has no document types, entities,
macros or links. Days that a program keeps as numbers come out as 1980-02-13.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree as ET  # the archive was refused before if it declared any entity

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BUILT_IN_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DAY_SIGNS = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_FIRST_DAY, _FIRST_DAY_OF_MAC = date(1899, 12, 30), date(1904, 1, 1)
_MOST_COLUMNS = 256
_LAST_SERIAL = 2_958_465  # 9999-12-31


class UnreadableWorkbookError(ValueError):
    """It is an archive of the right shape, and no workbook that we can read."""


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet, empty ones included. Raises UnreadableWorkbookError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _Book(archive).rows()
    except (ET.ParseError, KeyError, ValueError, zipfile.BadZipFile, OSError) as broken:
        raise UnreadableWorkbookError(type(broken).__name__) from broken


class _Book:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  # see the import
        settings = book.find(f"{_MAIN}workbookPr")
        of_mac = settings is not None and settings.get("date1904") in ("1", "true")
        self._first_day = _FIRST_DAY_OF_MAC if of_mac else _FIRST_DAY
        self._sheet = self._first_sheet(book)
        self._shared = list(self._strings())
        self._days = frozenset(self._day_styles())

    def _first_sheet(self, book: ET.Element) -> str:
        sheet = book.find(f"{_MAIN}sheets/{_MAIN}sheet")
        if sheet is None:
            raise KeyError("no sheet")
        links = ET.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # see the import
        target = next(each.get("Target", "") for each in links if each.get("Id") == sheet.get(_LINK))
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def _strings(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" in self._archive.namelist():
            with self._archive.open("xl/sharedStrings.xml") as source:
                for _event, found in ET.iterparse(source):  # noqa: S314  # see the import
                    if found.tag == f"{_MAIN}si":
                        yield _text(found)
                        found.clear()

    def _day_styles(self) -> Iterator[int]:
        """The places of cell styles that show a number as a day."""
        if "xl/styles.xml" not in self._archive.namelist():
            return
        styles = ET.fromstring(self._archive.read("xl/styles.xml"))  # noqa: S314  # see the import
        own = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in styles.iter(f"{_MAIN}numFmt")}
        cells = styles.find(f"{_MAIN}cellXfs")
        for place, each in enumerate(cells if cells is not None else ()):
            number = int(each.get("numFmtId", "0"))
            if number in _BUILT_IN_DAYS or _shows_day(own.get(number, "")):
                yield place

    def rows(self) -> Iterator[list[str]]:
        expected = 1
        with self._archive.open(self._sheet) as source:
            for _event, found in ET.iterparse(source):  # noqa: S314  # see the import
                if found.tag != f"{_MAIN}row":
                    continue
                number = int(found.get("r") or expected)
                while expected < number and number - expected < _MOST_COLUMNS:
                    yield []  # rows without cells may be left out of the file
                    expected += 1
                yield self._row(found)
                expected = number + 1
                found.clear()

    def _row(self, row: ET.Element) -> list[str]:
        cells: list[str] = []
        for found in row.iter(f"{_MAIN}c"):
            place = _PLACE.fullmatch(found.get("r", ""))
            column = _column(place.group(1)) if place else len(cells)
            if column >= _MOST_COLUMNS:
                break
            cells.extend("" for _ in range(column - len(cells)))
            cells.append(self._value(found))
        return cells

    def _value(self, cell: ET.Element) -> str:
        kind, held = cell.get("t", "n"), cell.findtext(f"{_MAIN}v", "")
        if kind == "inlineStr":
            return _text(cell)
        if kind == "s":
            return self._shared[int(held)] if held else ""
        if kind in ("str", "e", "d"):
            return held
        if kind == "b":
            return {"1": "yes", "0": "no"}.get(held, held)
        return self._number(held, int(cell.get("s", "0")))

    def _number(self, held: str, style: int) -> str:
        whole, _point, rest = held.partition(".")
        if style in self._days and whole.isdigit() and 0 < int(whole) <= _LAST_SERIAL:
            return (self._first_day + timedelta(days=int(whole))).isoformat()
        return whole if whole and not rest.strip("0") and "E" not in held.upper() else held


def _text(found: ET.Element) -> str:
    """The words of a string, without how they are to be pronounced."""
    parts = [each for each in found.iter() if each.tag == f"{_MAIN}t"]
    spoken = {each for hint in found.iter(f"{_MAIN}rPh") for each in hint.iter(f"{_MAIN}t")}
    return "".join(each.text or "" for each in parts if each not in spoken)


def _shows_day(pattern: str) -> bool:
    return any(sign in _DAY_SIGNS.sub("", pattern).casefold() for sign in ("yy", "dd", "d.", "d/", "гг"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
