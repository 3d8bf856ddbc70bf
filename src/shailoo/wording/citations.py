"""How a norm is cited: L64.3 is "Art. 64, para. 3", "ст. 64, ч. 3", "64-берене, 3-бөлүк"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NORM = re.compile(
    r"(?P<act>[LER])(?P<article>\d+(?:-\d+)?)"
    r"(?:\.(?P<part>\d+(?:-\d+)?))?"
    r"(?:\.(?P<item>\d+))?"
    r"(?=\.|[a-z]|$)"
)

_ARTICLE = {"ky": "{}-берене", "ru": "ст. {}", "en": "Art. {}"}
_PART = {"ky": "{}-бөлүк", "ru": "ч. {}", "en": "para. {}"}
_ITEM = {"ky": "{}-пункт", "ru": "п. {}", "en": "item {}"}
_REGULATION = {"ky": "Жобонун {}-пункту", "ru": "п. {} Положения", "en": "Regulation, item {}"}
_EDITION_2021 = {"ky": "2021-жылдагы редакция", "ru": "редакция 2021 г.", "en": "edition of 2021"}


def cite(norm: str, language: str) -> str:
    """The citation of `norm` in `language`; letters of the id count unnumbered lines of the law and are not cited.

    L is the Constitutional Law, E its edition of 2021, R the regulation on international observers. Any other id
    (a control correlation CR19, a rule of the house) is its own citation.
    """
    found = _NORM.match(norm)
    if found is None:
        return norm
    if found["act"] == "R":
        return _REGULATION[language].format(".".join(filter(None, found.group("article", "part", "item"))))
    parts = [_ARTICLE[language].format(found["article"])]
    if found["part"]:
        parts.append(_PART[language].format(found["part"]))
    if found["item"]:
        parts.append(_ITEM[language].format(found["item"]))
    if found["act"] == "E":
        parts.append(_EDITION_2021[language])
    return ", ".join(parts)


def once(norms: Iterable[str], language: str) -> list[str]:
    """The norms, without those that would be cited in the same words as one before."""
    return list({cite(norm, language): norm for norm in reversed(list(norms))}.values())[::-1]
