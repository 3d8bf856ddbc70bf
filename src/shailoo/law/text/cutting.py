"""From the lines of a text to its articles: every number in its order, every fault with its line.

Blocks without a number are counted by letters within their paragraph, as our norm ids count them: the first is "a". An
introduction to dashed members has the anchor of its paragraph, and its members are counted; numbered items have their
numbers. An article of definitions counts them "d01", "d02".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from shailoo.law.outcome import NormId
from shailoo.law.text.lines import Begins, Line, heading_and_remark, of_law, of_regulation
from shailoo.law.text.model import Act, Article, Cut, Fault, Gap, Piece

_DEFINITION = re.compile(r"[^.;:–—]{2,120}\s[–—-]\s.+")
_REPEALED = re.compile(r"repealed|утратил\w* силу|күчүн жоготкон|күчүн жоготту|күчү жок", re.IGNORECASE)
_FEWEST_DEFINITIONS = 5


def cut(text: str, act: Act = Act.LAW) -> Cut:
    """The articles of a text, or every fault of it; gaps in its numbers are told and are no faults."""
    lines = of_regulation(text) if act is Act.REGULATION else of_law(text)
    drafts = _without_contents(list(_drafts(lines, act)))
    if not drafts:
        return Cut(faults=(Fault(1, "no_article_found", act.value, text.strip()[:60]),))
    cutters = [_Cutter(draft) for draft in drafts]
    articles = tuple(each.article() for each in cutters)
    faults = [*_order(drafts), *(fault for each in cutters for fault in each.faults)]
    if faults:
        return Cut(faults=tuple(sorted(faults, key=lambda fault: fault.line)))
    return Cut(articles, gaps=tuple(gap for each in cutters for gap in each.gaps))


@dataclass
class _Draft:
    """An article while it is read: its heading and the lines under it."""

    anchor: NormId
    chapter: str
    head: Line
    lines: list[Line] = field(default_factory=list)


def _drafts(lines: Iterator[Line], act: Act) -> Iterator[_Draft]:
    """Each heading with its lines; what stands before the first heading belongs to no article."""
    draft: _Draft | None = None
    chapter = ""
    for each in lines:
        if each.begins is Begins.CHAPTER:
            chapter = each.text
        elif each.begins is Begins.ARTICLE:
            if draft is not None:
                yield draft
            draft = _Draft(f"{act.value}{each.label}", chapter, each)
        elif draft is not None:
            draft.lines.append(each)
    if draft is not None:
        yield draft


def _without_contents(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Without the entries of a table of contents: headings with nothing under them that come again later."""
    last = {draft.anchor: place for place, draft in enumerate(drafts)}
    return [draft for place, draft in enumerate(drafts) if draft.lines or last[draft.anchor] == place]


def _order(drafts: Sequence[_Draft]) -> Iterator[Fault]:
    """Articles that stand twice or out of order, and articles without a text that are not said to be repealed."""
    seen: set[NormId] = set()
    before = (0, 0)
    for draft in drafts:
        place = _place(draft.head.label)
        if draft.anchor in seen:
            yield Fault(draft.head.number, "article_twice", draft.anchor, draft.head.text)
        elif place < before:
            yield Fault(draft.head.number, "article_out_of_order", draft.anchor, draft.head.text)
        if not draft.lines and not _REPEALED.search(draft.head.text):
            yield Fault(draft.head.number, "article_without_text", draft.anchor, draft.head.text)
        seen.add(draft.anchor)
        before = max(before, place)


def _place(number: str) -> tuple[int, int]:
    """The order of numbers: 37, 37-1, 38."""
    whole, _dash, added = number.partition("-")
    return int(whole), int(added or 0)


class _Cutter:
    """Cuts one article: gives every line its anchor, and notes what is wrong with the numbers."""

    def __init__(self, draft: _Draft) -> None:
        self.draft = draft
        self.faults: list[Fault] = []
        self.gaps: list[Gap] = []
        self._paragraph: NormId = draft.anchor
        self._number = (0, 0)
        self._item = (0, 0)
        self._blocks = 0
        self._list = ""  # ".b" where a paragraph holds a second list, under its second block
        self._numbered = any(each.begins is Begins.PARAGRAPH for each in draft.lines)

    def article(self) -> Article:
        """The article with its pieces."""
        draft = self.draft
        heading, remark = heading_and_remark(draft.head.text)
        before = _remarks(draft.lines)
        lines, remark = draft.lines[before:], " ".join((remark, *(each.text for each in draft.lines[:before]))).strip()
        pieces = tuple(self._definitions(lines)) if self._defines(lines) else tuple(self._pieces(lines))
        return Article(draft.anchor, heading, remark, draft.chapter, draft.head.number, pieces)

    def _defines(self, lines: Sequence[Line]) -> bool:
        """Whether the article is a list of definitions: "Term – meaning", without numbers."""
        fitting = [each for each in lines if _DEFINITION.fullmatch(each.text)]
        return not self._numbered and len(fitting) >= _FEWEST_DEFINITIONS and len(fitting) * 2 > len(lines)

    def _definitions(self, lines: Sequence[Line]) -> Iterator[Piece]:
        count = 0
        anchor = self.draft.anchor
        for each in lines:
            if each.begins is Begins.BLOCK and _DEFINITION.fullmatch(each.text):
                count += 1
                anchor = f"{self.draft.anchor}.d{count:02}"
                yield Piece(anchor, "", each.text, each.number)
            else:  # an introduction, or what goes on within a definition
                own = f"{anchor}.{each.label}" if each.begins is Begins.ITEM else anchor
                yield Piece(own, _label(each), each.text, each.number)

    def _pieces(self, lines: Sequence[Line]) -> Iterator[Piece]:
        for place, each in enumerate(lines):
            follows = lines[place + 1].begins if place + 1 < len(lines) else None
            yield self._piece(each, introduces=follows is Begins.DASHED and each.text.endswith(":"))

    def _piece(self, each: Line, *, introduces: bool) -> Piece:
        if each.begins is Begins.PARAGRAPH:
            self._begin_paragraph(each)
        if each.begins is Begins.ITEM:
            return self._numbered_item(each)
        before_first = self._numbered and self._number == (0, 0)
        if introduces or before_first:
            return Piece(self._paragraph, _label(each), each.text, each.number)
        self._blocks += 1
        return Piece(f"{self._paragraph}.{_letter(self._blocks)}", _label(each), each.text, each.number)

    def _begin_paragraph(self, each: Line) -> None:
        section, _dot, number = each.label.rpartition(".")
        place = _place(number)
        anchor = f"{self.draft.anchor}.{number}"
        if section and f"{self.draft.anchor[0]}{section}" != self.draft.anchor:
            self.faults.append(Fault(each.number, "paragraph_of_another_section", anchor, each.label))
        if place <= self._number:
            self.faults.append(Fault(each.number, "paragraph_out_of_order", anchor, each.text[:60]))
        elif place[0] > self._number[0] + 1:
            self.gaps.append(Gap(each.number, anchor, _missing(self._number[0], place[0])))
        self._paragraph, self._number = anchor, place
        self._item, self._blocks, self._list = (0, 0), 0, ""

    def _numbered_item(self, each: Line) -> Piece:
        place = _place(each.label)
        if place == (1, 0) and self._item != (0, 0) and self._blocks > 1:  # another list, under another block
            self._item, self._list = (0, 0), f".{_letter(self._blocks)}"
        anchor = f"{self._paragraph}{self._list}.{each.label}"
        if place <= self._item:
            self.faults.append(Fault(each.number, "item_out_of_order", anchor, each.text[:60]))
        elif place[0] > self._item[0] + 1:
            self.gaps.append(Gap(each.number, anchor, _missing(self._item[0], place[0])))
        self._item = place
        return Piece(anchor, _label(each), each.text, each.number)


def _remarks(lines: Sequence[Line]) -> int:
    """How many lines at the beginning are a remark on changes in brackets, which may run over several lines."""
    opened = 0
    for place, each in enumerate(lines):
        if opened == 0 and not each.text.startswith("("):
            return place
        opened += each.text.count("(") - each.text.count(")")
        if opened < 0:
            opened = 0
    return 0 if opened else len(lines)


def _label(each: Line) -> str:
    """What the text writes before its words: "3." of a paragraph, "1)" of an item, "–" of a dashed member."""
    match each.begins:
        case Begins.PARAGRAPH:
            return f"{each.label}."
        case Begins.ITEM:
            return f"{each.label})"
        case Begins.DASHED:
            return "–"
        case _:
            return ""


def _letter(number: int) -> str:
    """1 is "a", 26 is "z", 27 is "aa"."""
    rounds, place = divmod(number - 1, len(ascii_lowercase))
    return ascii_lowercase[place] if not rounds else ascii_lowercase[rounds - 1] + ascii_lowercase[place]


def _missing(before: int, found: int) -> str:
    """The numbers between two: "5", "5–7"."""
    first, last = before + 1, found - 1
    return str(first) if first == last else f"{first}–{last}"
