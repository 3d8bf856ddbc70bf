"""Names of organizations as they are compared: without case, signs and small words, so that a twin is seen (C1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SIGNS = re.compile(r"[^\w]+")
_SMALL = frozenset({"the", "of", "for", "on", "and", "по", "и", "о", "об", "в", "боюнча", "жана"})
_FOLD = str.maketrans("ёңөү", "еноу")
SHORTEST = 2  # letters: a shorter name says nothing


def key(name: str) -> str:
    """A name as it is compared: letters and digits in lower case, diacritics and small words left out."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_FOLD))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = [word for word in _SIGNS.sub(" ", bare).split() if word not in _SMALL]
    return " ".join(words)


def keys(names: Iterable[str]) -> list[str]:
    """The names as they are compared, each once, in the order of the alphabet."""
    return sorted({found for name in names if len(found := key(name)) >= SHORTEST})
