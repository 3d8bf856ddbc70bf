"""What can be measured of a page: the ink in each part of it, and the place of every run of letters in its PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdf
from PIL import Image
from pypdf.generic import ContentStream, NameObject

DOTS = 40  # an inch, of the pictures that ink is measured in
CELL = 12  # dots of a side of a cell
SHADES = ".123456789"  # of a cell, from no ink to a cell that is half ink
ASCENT, DESCENT = 0.70, 0.20  # of the size of type: what letters take above and below their line
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def ink(picture: bytes) -> list[str]:
    """The darkness of each cell of a page, a line of the text for each row of cells."""
    page = Image.open(io.BytesIO(picture)).convert("L")
    columns, rows = -(-page.width // CELL), -(-page.height // CELL)
    grown = Image.new("L", (columns * CELL, rows * CELL), 255)
    grown.paste(page)
    shades = grown.reduce(CELL).tobytes()
    cells = [SHADES[min(9, (255 - shade + 13) * 10 // 140)] for shade in shades]
    return ["".join(cells[at : at + columns]) for at in range(0, len(cells), columns)]


def differences(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Where two pages differ by more than a shade, in words: rows and columns of the page in hundredths of it."""
    if (len(before), len(before[0])) != (len(after), len(after[0])):
        return ["the page has another format"]
    rows, columns = len(before), len(before[0])
    found = [
        (row, column)
        for row in range(rows)
        for column in range(columns)
        if abs(SHADES.index(before[row][column]) - SHADES.index(after[row][column])) > 1
    ]
    if not found:
        return []
    top, bottom = min(row for row, _ in found), max(row for row, _ in found)
    left, right = min(column for _, column in found), max(column for _, column in found)
    return [
        f"{len(found)} cells differ, from {100 * top // rows} % to {100 * (bottom + 1) // rows} % of the height, "
        f"{100 * left // columns} % to {100 * (right + 1) // columns} % of the width"
    ]


@dataclass(frozen=True)
class Run:
    """A run of letters on a page: its box in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Run) -> bool:
        """Whether two runs share more than a hair of the page."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide > 1 and high > 1


def runs(page: pypdf.PageObject) -> list[Run]:
    """Every run of letters of a page, by the widths that its fonts tell."""
    reader = page.pdf
    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]  # a dictionary, as the standard has it
    widths = {name: _widths(fonts[name]) for name in fonts}
    return list(_shown(ContentStream(page["/Contents"], reader), widths))


def overlaps(found: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Every two runs that lie on each other."""
    ordered = sorted(found, key=lambda run: run.bottom)
    met = []
    for place, run in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.bottom >= run.top:
                break
            if run.meets(other):
                met.append((run, other))
    return met


def _widths(font: Any) -> tuple[float, dict[int, float]]:
    """The width of each glyph of a composite font, in thousandths of its size, and of those that are not listed."""
    inner = font["/DescendantFonts"][0].get_object()
    listed: dict[int, float] = {}
    given = list(inner.get("/W", []))
    while given:
        first, second = int(given.pop(0)), given.pop(0).get_object()
        if isinstance(second, list):
            listed |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            listed |= dict.fromkeys(range(first, int(second) + 1), float(given.pop(0)))
    return float(inner.get("/DW", 1000)), listed


def _shown(content: ContentStream, widths: dict[str, tuple[float, dict[int, float]]]) -> Iterator[Run]:
    outer, saved, text = UNMOVED, list[Matrix](), UNMOVED
    font, size = "", 0.0
    for operands, operator in content.operations:
        match operator:
            case b"q":
                saved.append(outer)
            case b"Q":
                outer = saved.pop()
            case b"cm":
                outer = _times(_matrix(operands), outer)
            case b"BT":
                text = UNMOVED
            case b"Tm":
                text = _matrix(operands)
            case b"Td":
                text = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), text)
            case b"Tf":
                font, size = str(NameObject(operands[0])), float(operands[1])
            case b"TJ" | b"Tj":
                parts = operands[0] if operator == b"TJ" else operands
                length = size / 1000 * sum(_length(part, widths[font]) for part in parts)
                yield _box(_times(text, outer), length, size)
                text = _times((1, 0, 0, 1, length, 0), text)


def _length(part: Any, widths: tuple[float, dict[int, float]]) -> float:
    """The width of a part of a run in thousandths: glyphs of two bytes, or a shift to the left."""
    if isinstance(part, (int, float)):
        return -float(part)
    glyphs = part.original_bytes
    usual, listed = widths
    codes = (int.from_bytes(glyphs[at : at + 2]) for at in range(0, len(glyphs), 2))
    return sum(listed.get(code, usual) for code in codes)


def _box(place: Matrix, length: float, size: float) -> Run:
    scale_x, _b, _c, scale_y, x, y = place
    first, last = y - DESCENT * size * abs(scale_y), y + ASCENT * size * abs(scale_y)
    return Run(x, first, x + length * scale_x, last)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = second
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q
