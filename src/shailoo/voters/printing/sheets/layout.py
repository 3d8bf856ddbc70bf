"""Where everything stands on the pages of a list: columns, lines of a name, rows of a page. Lengths in points.

Paper lies across where people sign in it, else it stands. A name or an address that is too long for its column goes on
in a second line and makes its row higher; nothing is set over anything else and nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reportlab.lib.pagesizes import A4, landscape, portrait
from reportlab.lib.units import mm

from shailoo.voters.printing.sheets.content import BY_HAND, Column, Row, Sheet
from shailoo.voters.printing.sheets.fonts import REGULAR, width_of

LEFT, RIGHT, TOP, BOTTOM = 15 * mm, 9 * mm, 9 * mm, 8 * mm  # wider where it is bound
HEAD, LABELS, FOOT = 25 * mm, 9 * mm, 12 * mm
SIZE, LEADING, PADDING = 9.0, 10.5, 1.2 * mm
SIGNED, READ = 8.6 * mm, 5.6 * mm  # least height of a row in which a person signs, and of one that is only read

WEIGHTS: Mapping[Column, float] = MappingProxyType(
    {
        Column.NAME: 62,
        Column.BORN: 20,
        Column.RESIDENCE: 66,
        Column.DOCUMENT: 34,
        Column.SIGNATURE: 30,
        Column.MEMBER: 28,
        Column.NOTE: 21,
    }
)
"""Width of a column relative to the others; that of the number is always the same."""
NUMBER = 12 * mm


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper of a list: its size, and where each column begins and ends."""

    width: float
    height: float
    columns: Mapping[Column, tuple[float, float]]
    least: float

    @property
    def top(self) -> float:
        """The line under the labels of the columns."""
        return self.height - TOP - HEAD - LABELS

    @property
    def bottom(self) -> float:
        return BOTTOM + FOOT


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its lines, and how high it is."""

    row: Row
    name: tuple[str, ...]
    residence: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, and how many voters stand on it and up to it."""

    rows: tuple[Placed, ...]
    running: int

    @property
    def voters(self) -> int:
        return len(self.rows)


def frame(sheet: Sheet) -> Frame:
    """The paper for these columns."""
    signed = bool(BY_HAND & set(sheet.columns))
    width, height = landscape(A4) if signed else portrait(A4)
    others = [column for column in sheet.columns if column is not Column.NUMBER]
    share = (width - LEFT - RIGHT - NUMBER) / sum(WEIGHTS[column] for column in others)
    places, left = {}, LEFT
    for column in sheet.columns:
        right = left + (NUMBER if column is Column.NUMBER else share * WEIGHTS[column])
        places[column] = (left, right)
        left = right
    return Frame(width, height, places, SIGNED if signed else READ)


def pages(sheet: Sheet, paper: Frame) -> list[Page]:
    """The rows on their pages. A list without voters has one page, which says so by its totals."""
    found: list[Page] = []
    held: list[Placed] = []
    room = space = paper.top - paper.bottom
    for row in sheet.rows:
        placed = _placed(row, paper)
        if placed.height > room and held:
            found.append(Page(tuple(held), row.number - 1))
            held, room = [], space
        held.append(placed)
        room -= placed.height
    if held or not found:
        found.append(Page(tuple(held), len(sheet.rows)))
    return found


def _placed(row: Row, paper: Frame) -> Placed:
    name = lines(row.name, _inside(paper, Column.NAME))
    residence = lines(row.residence, _inside(paper, Column.RESIDENCE)) if row.residence else ()
    height = max(len(name), len(residence)) * LEADING + PADDING
    return Placed(row, name, residence, max(paper.least, height))


def _inside(paper: Frame, column: Column) -> float:
    left, right = paper.columns[column]
    return right - left - 2 * PADDING


def lines(words: str, room: float) -> tuple[str, ...]:
    """The words in as many lines as they need; a word that is longer than the line is parted."""
    if width(words) <= room:
        return (words,)
    found: list[str] = []
    line: list[str] = []
    taken, space = 0.0, width(" ")
    for word in _parted(words.split(), room):
        wide = width(word)
        if line and taken + space + wide > room:
            found.append(" ".join(line))
            line, taken = [], 0.0
        taken += wide + (space if line else 0.0)
        line.append(word)
    return (*found, " ".join(line))


def _parted(words: Sequence[str], room: float) -> list[str]:
    found = []
    for word in words:
        rest = word
        while width(rest) > room:
            fits = next(end for end in range(len(rest) - 1, 0, -1) if end == 1 or width(rest[:end]) <= room)
            found.append(rest[:fits])
            rest = rest[fits:]
        found.append(rest)
    return found


def width(words: str, size: float = SIZE, font: str = REGULAR) -> float:
    """How wide the words are."""
    return size * sum(map(width_of(font).__getitem__, words))
