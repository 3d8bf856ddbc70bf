"""One name in two scripts: a word typed in Cyrillic as it may stand in Latin letters, and the other way round."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

_LATIN: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ү": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_CYRILLIC: tuple[tuple[str, str], ...] = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("iu", "ю"), ("yu", "ю"),
    ("ia", "я"), ("ya", "я"), ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"),
    ("h", "х"), ("i", "и"), ("j", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"),
    ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"), ("y", "ы"),
    ("z", "з"),
)  # fmt: skip
SHORTEST = 2  # letters: one alone is in every name


@cache
def spellings(word: str) -> tuple[str, ...]:
    """The word as it was typed, and in the other script; what is too short is left out where there is more."""
    lower = word.lower()
    latin = _romanized(lower)
    found = dict.fromkeys((word, latin, latin.replace("v", "w") if latin != lower else latin, _cyrillized(lower)))
    return tuple(each for each in found if len(each) >= SHORTEST) or (word,)


def _romanized(word: str) -> str:
    return "".join(_LATIN.get(letter, letter) for letter in word)


def _cyrillized(word: str) -> str:
    """Latin letters, those with accents as the plain ones, by their sounds."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    if not plain.isascii():
        return word
    found, at = "", 0
    while at < len(plain):
        pair = next(((latin, own) for latin, own in _CYRILLIC if plain.startswith(latin, at)), (plain[at], plain[at]))
        found, at = found + pair[1], at + len(pair[0])
    return found
