"""Names of states in the languages of the pages, and of which code a state is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale
from django.utils.translation import get_language

from shailoo.cooperation.places import CAPITALS
from shailoo.territory.names import ky_sort_key
from shailoo.wording import LANGUAGES

OWN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"KG": MappingProxyType({"ky": "Кыргызстан", "ru": "Кыргызстан", "en": "Kyrgyzstan"})}
)
"""Where the state itself writes its name otherwise than the library does."""


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def known(code: str) -> bool:
    """Whether there is a state of this ISO 3166-1 code."""
    return code in CAPITALS


def name(code: str) -> str:
    """The state in the language of the page; the code itself where it has no name."""
    return _names(language()).get(code, code)


def choices() -> list[tuple[str, str]]:
    """Every state with its name, in the order of the names."""
    return list(_ordered(language()))


def place(written: str) -> str:
    """Where a name stands among others: in the order of the Kyrgyz alphabet on a Kyrgyz page."""
    return ky_sort_key(written) if language() == "ky" else written.casefold()


def matching(text: str) -> list[str]:
    """The codes of the states whose name in the language of the page holds the text."""
    wanted = text.casefold()
    return [code for code in CAPITALS if wanted in name(code).casefold()]


@cache
def _ordered(_language: str) -> tuple[tuple[str, str], ...]:
    """The states in the order of one language, which is that of the page."""
    return tuple(sorted(((code, name(code)) for code in CAPITALS), key=lambda each: place(each[1])))


@cache
def _names(code: str) -> Mapping[str, str]:
    found = {each: str(words) for each, words in Locale(code).territories.items() if len(each) == 2}
    return found | {each: words[code] for each, words in OWN.items()}
