"""What a cut text is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from shailoo.law.outcome import NormId


class Act(StrEnum):
    """Which act a text is of: the first letter of its norms' ids."""

    LAW = "L"  # the Constitutional Law
    EXCERPTS = "E"  # excerpts of it in an edition that the rules do not know
    REGULATION = "R"  # the regulation on international observers


class Language(StrEnum):
    KY = "ky"
    RU = "ru"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest part that can be cited: a block of text or a numbered item, at its line of the file (from 1).

    `anchor` is "L64.3.b" for the second block of a paragraph, "L64.6.1" for an item, "L1.d07" for a definition, and the
    paragraph or article alone for what introduces a list. `label` is what the text writes before it ("3.", "1)").
    """

    anchor: NormId
    label: str
    text: str
    line: int

    @property
    def paragraph(self) -> NormId:
        """The paragraph that it stands in ("L64.3"); the article where its paragraphs have no numbers."""
        article, _dot, rest = self.anchor.partition(".")
        number = rest.partition(".")[0]
        return f"{article}.{number}" if number[:1].isdigit() else article


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or a section of the regulation: its anchor, heading and remark on changes, its pieces in order."""

    anchor: NormId
    heading: str
    remark: str
    chapter: str
    line: int
    pieces: tuple[Piece, ...]

    @property
    def paragraphs(self) -> tuple[NormId, ...]:
        """The anchors of its numbered paragraphs, in order."""
        found = dict.fromkeys(piece.paragraph for piece in self.pieces)
        return tuple(anchor for anchor in found if anchor != self.anchor)

    def within(self, anchor: NormId) -> tuple[Piece, ...]:
        """The pieces that a citation means: "L64.3" all of that paragraph, "L64.3.b" one block."""
        return tuple(piece for piece in self.pieces if piece.anchor == anchor or piece.anchor.startswith(f"{anchor}."))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be taken, at its line: `code` says what is wrong, `anchor` where, `found` what stands there."""

    line: int
    code: str
    anchor: NormId
    found: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.anchor}: {self.code.replace('_', ' ')}: {self.found}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that the text leaves out, which may be lawful (a repealed paragraph): said, and no fault."""

    line: int
    anchor: NormId
    missing: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that was cut: its articles in order, or every fault that it has; never both."""

    articles: tuple[Article, ...] = ()
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file that hold a text, the first and the last one included, counted from 1."""

    first: int
    last: int

    def of(self, text: str) -> str:
        """These lines, with empty ones before them, so that what is found in them has the file's own line numbers."""
        return "\n".join([""] * (self.first - 1) + text.splitlines()[self.first - 1 : self.last])

    def __str__(self) -> str:
        return f"{self.first}:{self.last}"


def language_of(text: str) -> Language:
    """The language that a text is written in, told by its letters."""
    if len(re.findall("[A-Za-z]", text)) > len(re.findall("[А-Яа-яЁё]", text)):
        return Language.EN
    return Language.KY if len(re.findall("[ңөүҢӨҮ]", text)) * 100 > len(text) else Language.RU
