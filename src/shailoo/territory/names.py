"""Names of places and people: one way to clean them, and the order of the Kyrgyz alphabet."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
FIRST_PLACE = 0xE000  # a private code point for each letter: they sort by byte, behind digits and Latin letters
LOOK_ALIKES = {"ӊ": "ң", "Ӊ": "Ң"}  # the letter of a neighbouring alphabet, typed by mistake

SORT_FROM = ALPHABET + ALPHABET.upper() + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SORT_TO = "".join(chr(FIRST_PLACE + place) for place in range(len(ALPHABET))) * 2 + "abcdefghijklmnopqrstuvwxyz"
_ORDER = str.maketrans(SORT_FROM, SORT_TO)
_SPACES = re.compile(r"\s+")
_LOOSE_DASH = re.compile(r"(?: *[–—] *)|(?: +- *)|(?:- +)")


def ky_sort_key(text: str) -> str:
    """A key that sorts by the Kyrgyz alphabet (… н ң о ө … у ү …), capital and small letters alike.

    The database function `ky_sort(text)` gives the same key; order by it with `COLLATE "C"`.
    """
    return text.translate(_ORDER)


def clean(text: str) -> str:
    """A name as it should be written: composed letters, Kyrgyz ң, no stray spaces, dashes without spaces."""
    composed = unicodedata.normalize("NFC", text)
    for mistaken, meant in LOOK_ALIKES.items():
        composed = composed.replace(mistaken, meant)
    return _LOOSE_DASH.sub("-", _SPACES.sub(" ", composed).strip())
