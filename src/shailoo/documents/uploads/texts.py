"""Texts: in which encoding they are written, told to whoever sent them."""

from __future__ import annotations

import codecs
import re
from fractions import Fraction

from shailoo.documents.uploads.unfit import Unfit, UnfitError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_WORD = re.compile(r"[^\W\d_]+")
FEWEST_WHOLE = Fraction(3, 4)  # of the words with letters above ASCII that are Cyrillic throughout


def encoding_of(content: bytes) -> str:
    """ "utf-8", "utf-8-sig", "utf-16" (with its mark) or "cp1251". Raises UnfitError where a text is none of these."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", "cp1251"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.isdisjoint(text) and (name != "cp1251" or _is_cyrillic(text)):
            return name
    raise UnfitError(Unfit.ENCODING)


def read(content: bytes, encoding: str) -> str:
    """The text, its mark removed."""
    return content.decode(encoding or "utf-8")


def _is_cyrillic(text: str) -> bool:
    """In CP1251 every byte is a letter or a sign; a text of another alphabet mixes its letters with Latin ones."""
    words = [word.lower() for word in _WORD.findall(text) if not word.isascii()]
    whole = sum(_LETTERS.issuperset(word) for word in words)
    return FEWEST_WHOLE * len(words) <= whole
