"""A list on paper: a PDF whose bytes follow from its content alone, with the font in it and its text as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from shailoo.voters.printing.sheets import labels
from shailoo.voters.printing.sheets.content import Bilingual, Column, Head, Sheet
from shailoo.voters.printing.sheets.fonts import BOLD, REGULAR, make_known
from shailoo.voters.printing.sheets.layout import (
    HEAD,
    LABELS,
    LEADING,
    LEFT,
    PADDING,
    RIGHT,
    SIZE,
    TOP,
    Frame,
    Page,
    frame,
    lines,
    pages,
    width,
)

rl_config.useA85 = 0  # a page as it is packed, not once more as letters: a fifth less to write, and to keep

LANGUAGE = "ky"
SMALL, SMALLER = 7.5, 6.3
BETWEEN = 4 * mm  # what keeps two texts of one line apart
ACROSS = 12  # pages in a row of the page of totals


@dataclass(frozen=True, slots=True)
class Drawn:
    """A list as PDF: its bytes, and how many pages it has, the page of totals included."""

    content: bytes
    pages: int


def draw(sheet: Sheet) -> Drawn:
    """The list on paper. The same sheet gives the same bytes."""
    make_known()
    paper = frame(sheet)
    found = pages(sheet, paper)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(paper.width, paper.height), invariant=1, pageCompression=1, lang=LANGUAGE)
    canvas.setTitle(f"{sheet.head.title.ky}. {labels.PRECINCT.ky.format(sheet.head.precinct)}")
    canvas.setAuthor("")
    canvas.setSubject(sheet.head.sha256)
    on = _On(canvas, paper, sheet.head, len(found) + 1)
    for number, page in enumerate(found, 1):
        on.page(number, page)
    on.totals(sheet, found)
    canvas.save()
    return Drawn(out.getvalue(), len(found) + 1)


class _On:
    """The pages of one list while they are drawn."""

    def __init__(self, canvas: Canvas, paper: Frame, head: Head, count: int) -> None:
        self.canvas, self.paper, self.head, self.count = canvas, paper, head, count
        self.right = paper.width - RIGHT
        self.placed_labels = tuple(_placed_labels(paper))

    # --------------------------------------------------------------------------- a page of voters

    def page(self, number: int, page: Page) -> None:
        self._head()
        self._labels()
        bottom = self._rows(page)
        self._grid(page, bottom)
        said = (labels.ON_PAGE, page.voters), (labels.SO_FAR, page.running)
        ky, ru = (" · ".join(_in(words, code).format(value) for words, value in said) for code in ("ky", "ru"))
        self._foot(number, Bilingual(ky, ru))

    def _rows(self, page: Page) -> float:
        columns = self.paper.columns
        text = self.canvas.beginText()
        text.setFont(REGULAR, SIZE)
        number, name = columns[Column.NUMBER][1] - PADDING, columns[Column.NAME][0] + PADDING
        born = columns[Column.BORN][0] + PADDING if Column.BORN in columns else None
        home = columns[Column.RESIDENCE][0] + PADDING if Column.RESIDENCE in columns else None
        top = self.paper.top
        for each in page.rows:
            line = top - LEADING + 1
            written = str(each.row.number)
            text.setTextOrigin(number - width(written), line)
            text.textOut(written)
            for at, part in enumerate(each.name):
                text.setTextOrigin(name, line - at * LEADING)
                text.textOut(part)
            if born is not None:
                text.setTextOrigin(born, line)
                text.textOut(each.row.born)
            if home is not None:
                for at, part in enumerate(each.residence):
                    text.setTextOrigin(home, line - at * LEADING)
                    text.textOut(part)
            top -= each.height
        self.canvas.drawText(text)
        return top

    def _grid(self, page: Page, bottom: float) -> None:
        canvas, top = self.canvas, self.paper.top
        canvas.setLineWidth(0.4)
        drawn = [(LEFT, top + LABELS, self.right, top + LABELS), (LEFT, top, self.right, top)]
        for each in page.rows:
            top -= each.height
            drawn.append((LEFT, top, self.right, top))
        edges = [LEFT, *(right for _left, right in self.paper.columns.values())]
        drawn += [(edge, self.paper.top + LABELS, edge, bottom) for edge in edges]
        canvas.lines(drawn)

    # --------------------------------------------------------------------------- what every page has

    def _head(self) -> None:
        head, top = self.head, self.paper.height - TOP
        if head.mark is not None:
            self._centred(f"{head.mark.ky} · {head.mark.ru}", top, BOLD, SMALL)
        parts = (labels.LIST, head.number), (labels.COPY, head.copy), (labels.FORMED, head.formed)
        ky, ru = (", ".join(_in(words, code).format(value) for words, value in parts) for code in ("ky", "ru"))
        self._both(head.title.ky, labels.PRECINCT.ky.format(head.precinct), top - 4.5 * mm, BOLD, 11)
        self._both(head.title.ru, labels.PRECINCT.ru.format(head.precinct), top - 8.5 * mm, REGULAR, SMALL)
        self._both(head.election.ky, ky, top - 13 * mm, REGULAR, SMALL)
        self._both(head.election.ru, ru, top - 16 * mm, REGULAR, SMALLER)
        self._line(head.place.ky, top - 19.5 * mm, REGULAR, SMALL)
        self._line(head.place.ru, top - 22.5 * mm, REGULAR, SMALLER)

    def _labels(self) -> None:
        for font, size, left, height, words in self.placed_labels:
            self.canvas.setFont(font, size)
            self.canvas.drawString(left, height, words)

    def _foot(self, number: int, said: Bilingual) -> None:
        bottom = self.paper.bottom - 4 * mm
        self._line(said.ky, bottom, BOLD, SMALL)
        self._line(said.ru, bottom - 3 * mm, REGULAR, SMALLER)
        self._at_right(labels.PAGE.ky.format(number, self.count), bottom, BOLD, SMALL)
        self._at_right(labels.PAGE.ru.format(number, self.count), bottom - 3 * mm, REGULAR, SMALLER)
        self._line(f"{labels.HASH.ky} / {labels.HASH.ru}: {self.head.sha256}", bottom - 6 * mm, REGULAR, SMALLER)
        self.canvas.showPage()

    # --------------------------------------------------------------------------- the page of totals

    def totals(self, sheet: Sheet, found: list[Page]) -> None:
        """The last page: how many voters on how many pages, lines to write on, and who signs."""
        self._head()
        top = self.paper.height - TOP - HEAD - 6 * mm
        self._line(f"{labels.TOTALS.ky} / {labels.TOTALS.ru}", top, BOLD, 11)
        top -= 9 * mm
        said: list[tuple[Bilingual, str]] = [
            (labels.VOTERS, str(len(sheet.rows))),
            (labels.PAGES, str(len(found))),
        ]
        if sheet.counted:
            said += [(labels.ISSUED, ""), (labels.SIGNATURES, "")]
        for words, value in said:
            self._line(f"{words.ky} / {words.ru}", top, REGULAR, SIZE)
            self._at_right(value or "_" * 14, top, BOLD, 11)
            top -= 8 * mm
        top = self._by_page(found, top - 2 * mm)
        self._signatures(max(top - 12 * mm, self.paper.bottom + 22 * mm))
        whole = Bilingual(
            f"{labels.VOTERS.ky}: {len(sheet.rows)}",
            f"{labels.VOTERS.ru}: {len(sheet.rows)}",
        )
        self._foot(self.count, whole)

    def _by_page(self, found: list[Page], top: float) -> float:
        """Voters by page, as many pages side by side as there is room for."""
        self._line(f"{labels.BY_PAGE.ky} / {labels.BY_PAGE.ru}", top, BOLD, SMALL)
        room = (self.right - LEFT) / ACROSS
        self.canvas.setFont(REGULAR, SMALL)
        for at, page in enumerate(found):
            down, across = divmod(at, ACROSS)
            self.canvas.drawString(LEFT + across * room, top - (down + 1) * 4.2 * mm, f"{at + 1}: {page.voters}")
        return top - (1 + (len(found) - 1) // ACROSS) * 4.2 * mm

    def _signatures(self, top: float) -> None:
        for at, words in enumerate((labels.CHAIR, labels.SECRETARY)):
            line = top - at * 11 * mm
            self._line(f"{words.ky} / {words.ru}  {'_' * 52}", line, REGULAR, SIZE)
        self._at_right(f"{labels.DATE.ky} / {labels.DATE.ru}  {'_' * 16}", top, REGULAR, SIZE)
        self._at_right(f"{labels.SEAL.ky} / {labels.SEAL.ru}", top - 11 * mm, REGULAR, SIZE)

    # --------------------------------------------------------------------------- lines of text

    def _line(self, words: str, height: float, font: str, size: float) -> None:
        self.canvas.setFont(font, fitting(words, font, size, self.right - LEFT))
        self.canvas.drawString(LEFT, height, words)

    def _at_right(self, words: str, height: float, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(self.right - width(words, size, font), height, words)

    def _both(self, left: str, right: str, height: float, font: str, size: float) -> None:
        """One line from the left edge and one to the right edge; the left one is set smaller where they would meet."""
        self._at_right(right, height, font, size)
        room = self.right - LEFT - width(right, size, font) - BETWEEN
        self.canvas.setFont(font, fitting(left, font, size, room))
        self.canvas.drawString(LEFT, height, left)

    def _centred(self, words: str, height: float, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString((self.paper.width - width(words, size, font)) / 2, height, words)


def fitting(words: str, font: str, size: float, room: float) -> float:
    """The size in which the words are no wider than the room: the one asked for where they fit in it."""
    wide = width(words, size, font)
    return size if wide <= room else size * room / wide


def _placed_labels(paper: Frame) -> Iterator[tuple[str, float, float, float, str]]:
    """What stands over the columns, as font, size, place and words: the same on every page."""
    for column, (left, right) in paper.columns.items():
        label, room = labels.COLUMNS[column], right - left - PADDING
        height = paper.top + LABELS - 3 * mm
        said = ((label.ky, BOLD, 6.6), (label.ru, REGULAR, 5.8))
        for words, font, size in said[: 1 if label.ky == label.ru else 2]:
            for part in lines(words, room * SIZE / size):
                yield font, size, left + PADDING / 2, height, part
                height -= size + 0.4


def _in(words: Bilingual, code: str) -> str:
    return words.ky if code == "ky" else words.ru
