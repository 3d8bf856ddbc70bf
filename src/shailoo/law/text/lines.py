"""The lines of a published text: what each begins, and which belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

_HEADINGS = (
    re.compile(r"Article\s+(?P<number>\d+(?:\s?-\s?\d+)?)\s*[.:]?\s*(?P<heading>.*)", re.IGNORECASE),
    re.compile(r"Статья\s+(?P<number>\d+(?:\s?-\s?\d+)?)\s*[.:]?\s*(?P<heading>.*)", re.IGNORECASE),
    re.compile(r"(?P<number>\d+(?:-\d+)?)\s?-\s?берене\s*[.:]?\s*(?P<heading>.*)", re.IGNORECASE),
)
_CHAPTERS = re.compile(r"(?:(?:Chapter|Глава)\s+[IVXLC\d]+\b|[IVXLC]+\s*[- ]?\s*(?:глава|бөлүм)\b).*", re.IGNORECASE)
_SECTION = re.compile(r"(?P<number>\d+)\.\s+(?P<heading>[^.;:]{3,90})")  # a heading ends without a stop
_POINT = re.compile(r"(?P<section>\d+)\.(?P<number>\d+)\.?\s+(?P<text>.+)")  # "3.10. …" of the regulation
_PARAGRAPH = re.compile(r"(?:[-–—•]\s+)?(?P<number>\d+(?:-\d+)?)\.\s+(?P<text>.+)")
_ITEM = re.compile(r"(?:[-–—•]\s+)?(?P<number>\d+(?:-\d+)?)\)\s*(?P<text>.+)")
_DASHED = re.compile(r"[-–—•]\s+(?P<text>.+)")
_CONTENTS = re.compile(r"[-–—•]\s+(?:Article|Статья)\s+\d+", re.IGNORECASE)
_REMARK = re.compile(
    r"\s*\(+[^()]*(?:as of|amended|в редакции|редакция|күчүн|берилди|өзгөртүү)[^()]*\)+\s*$", re.IGNORECASE
)
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_RAISED = re.compile(r"(?<=\d)[¹²³⁴⁵⁶⁷⁸⁹]")
_ENDS = (".", ";", ":", "!", "?", ".)", ";)", ".»", ".”")


class Begins(StrEnum):
    """What a line begins."""

    CHAPTER = "chapter"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    DASHED = "dashed"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or several that a page break had torn apart, at the line of the file where it begins."""

    number: int
    begins: Begins
    label: str  # "64", "3", "1"; "" where it has no number
    text: str


def of_law(text: str) -> Iterator[Line]:
    """The lines of the Constitutional Law, torn ones joined."""
    yield from _joined(_read(number, words) for number, words in _plain(text))


def of_regulation(text: str) -> Iterator[Line]:
    """The lines of the regulation: its sections as articles, its points as paragraphs; articles of a law end it."""
    own = takewhile(lambda line: not any(each.fullmatch(line[1]) for each in _HEADINGS), _plain(text))
    yield from _joined(_read_point(number, words) for number, words in own)


def heading_and_remark(words: str) -> tuple[str, str]:
    """A heading without the remark on its changes that follows in brackets."""
    found = _REMARK.search(words)
    return (words[: found.start()].strip(), found.group().strip()) if found else (words, "")


def _plain(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, by number, without marks of emphasis, without a table of contents."""
    for number, raw in enumerate(text.splitlines(), 1):
        words = _RAISED.sub(lambda found: "-" + found.group().translate(_SUPERSCRIPTS), raw)
        words = " ".join(words.replace("*", "").split()).strip()
        if words and not _CONTENTS.match(words):
            yield number, words


def _read(number: int, words: str) -> Line:
    for pattern in _HEADINGS:
        found = pattern.fullmatch(words)
        if found and not found["heading"][:1].islower() and not found["heading"].startswith(","):
            return Line(number, Begins.ARTICLE, found["number"].replace(" ", ""), found["heading"])
    if _CHAPTERS.fullmatch(words):
        return Line(number, Begins.CHAPTER, "", words)
    if found := _ITEM.fullmatch(words):
        return Line(number, Begins.ITEM, found["number"], found["text"])
    if found := _PARAGRAPH.fullmatch(words):
        return Line(number, Begins.PARAGRAPH, found["number"], found["text"])
    if found := _DASHED.fullmatch(words):
        return Line(number, Begins.DASHED, "", found["text"])
    return Line(number, Begins.BLOCK, "", words)


def _read_point(number: int, words: str) -> Line:
    if found := _POINT.fullmatch(words):
        return Line(number, Begins.PARAGRAPH, f"{found['section']}.{found['number']}", found["text"])
    if found := _SECTION.fullmatch(words):
        return Line(number, Begins.ARTICLE, found["number"], found["heading"])
    plain = _read(number, words)
    return Line(number, Begins.BLOCK, "", words) if plain.begins is Begins.PARAGRAPH else plain


def _joined(found: Iterator[Line]) -> Iterator[Line]:
    """The lines, with what a page break tore apart put together again."""
    held: Line | None = None
    for each in found:
        if held is not None and _continues(held, each):
            held = Line(held.number, held.begins, held.label, f"{held.text} {each.text}")
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def _continues(before: Line, each: Line) -> bool:
    """Whether a line without a mark of its own goes on where the one before was torn off."""
    if before.begins in (Begins.ARTICLE, Begins.CHAPTER):
        return False
    torn = not before.text.endswith(_ENDS) and not _closes_a_remark(before.text)
    if each.begins is Begins.DASHED:  # a list is announced by a stop; a dash in the middle of a sentence is none
        return torn and each.text[0].islower()
    return each.begins is Begins.BLOCK and (torn or each.text[0].islower())


def _closes_a_remark(text: str) -> bool:
    """Whether a line is a remark in brackets, or the last line of one."""
    return text.endswith(")") and (text.startswith("(") or text.count(")") > text.count("("))
