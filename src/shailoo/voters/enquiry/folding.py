"""One spelling for names of places, however they are typed: ң as н, ү as у, Latin as Cyrillic, "Джалал" as "Жалал".

Pure. What people type and what is searched are folded alike, into small Latin letters and digits without signs: a
Kyrgyz name, its Russian form and both romanizations come so near each other that three letters in a row are shared.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # letters of a question that are looked at
MOST_WORDS = 6

_CYRILLIC = str.maketrans(
    {
        "а": "a",
        "б": "b",
        "в": "v",
        "г": "g",
        "ғ": "g",
        "д": "d",
        "е": "e",
        "ё": "e",
        "э": "e",
        "ж": "j",
        "җ": "j",
        "з": "z",
        "и": "i",
        "й": "i",
        "ы": "i",
        "і": "i",
        "к": "k",
        "қ": "k",
        "л": "l",
        "м": "m",
        "н": "n",
        "ң": "n",
        "ӊ": "n",
        "о": "o",
        "ө": "o",
        "п": "p",
        "р": "r",
        "с": "s",
        "т": "t",
        "у": "u",
        "ү": "u",
        "ұ": "u",
        "ў": "u",
        "ф": "f",
        "х": "h",
        "ҳ": "h",
        "һ": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "iu",
        "я": "ia",
        "ъ": "",
        "ь": "",
        "ʼ": "",
        "'": "",
        "’": "",
        "`": "",
        "ı": "i",
    }
)
_SPELLINGS = (  # in this order: the longer ones first
    ("shch", "sh"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("ng", "n"),  # ң in a romanization; ң itself is folded before
    ("q", "k"),
    ("x", "h"),
    ("w", "v"),
    ("y", "i"),
    ("ie", "e"),
)
_REPEATED = re.compile(r"([a-z])\1+")
_WORDS = re.compile(r"[a-z]+|[0-9]+")


def fold(text: str) -> str:
    """The one spelling: words of small Latin letters and of digits, each once, with a space between."""
    return " ".join(dict.fromkeys(words(text)))


def words(text: str) -> list[str]:
    """The folded words of a text in their order, those that only say what a place is left out."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_CYRILLIC)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    return [word for each in _WORDS.findall(plain) if (word := _spelled(each)) not in KINDS_OF_PLACES]


def asked(text: str) -> list[str]:
    """The words of a question without single letters: at most `MOST_WORDS` of its first `LONGEST` signs."""
    whole = text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]
    found = [word for word in words(whole) if len(word) > 1 or word.isdigit()]
    return list(dict.fromkeys(found))[:MOST_WORDS]


def _spelled(word: str) -> str:
    for long, short in _SPELLINGS:
        word = word.replace(long, short)
    return _REPEATED.sub(r"\1", word)


KINDS_OF_PLACES = frozenset(
    _spelled(word)
    for word in (
        "koch",
        "kochosu",
        "kochoso",
        "ulitsa",
        "ul",
        "street",
        "st",
        "str",
        "pereulok",
        "per",
        "prospekt",
        "prosp",
        "pr",
        "avenue",
        "ave",
        "bulvar",
        "blvd",
        "ail",
        "aili",
        "ailo",
        "ailche",
        "selo",
        "s",
        "village",
        "shar",
        "shari",
        "gorod",
        "g",
        "city",
        "town",
        "raion",
        "raionu",
        "raioni",
        "district",
        "oblast",
        "oblusu",
        "oblasti",
        "region",
        "aimak",
        "aimagi",
        "ailnii",
        "aiil",
        "uchastok",
        "uchastkasi",
        "uik",
        "precinct",
        "no",
        "n",
        "mikroraion",
        "mkr",
        "jilmassiv",
        "jm",
    )
)
"""Folded words that say what a place is; they are in no name, and nobody has to type them right."""
