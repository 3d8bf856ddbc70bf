"""How a search on the site sees a name: small letters, ё as е, ң as н, ө as о, ү as у, one space between its parts.

The database makes the same of what is published: `SQL` is the expression, in which `{0}` is the text.
"""

from __future__ import annotations

_FROM, _TO = "ёңөү", "еноу"
_LETTERS = str.maketrans(_FROM, _TO)
SQL = f"translate(lower({{0}} COLLATE pg_c_utf8), '{_FROM}', '{_TO}')"


def folded(text: str) -> str:
    """The text as a search sees it."""
    return " ".join(text.lower().translate(_LETTERS).split())
