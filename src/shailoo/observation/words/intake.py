"""The words of intake in the language of the page: states, papers, kinds, findings with their norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shailoo.law.outcome import Finding, Refused
from shailoo.observation.states import State
from shailoo.wording import LANGUAGES, Catalogue, citations, sentences, text

SELF_SERVICE, MINISTRY, ENQUIRIES = _("Our observers"), _("Applications of observers"), _("Accounts for organizations")
"""What the menus call the pages of this part."""
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        State.DRAFT: "grey",
        State.AT_MINISTRY: "yellow",
        State.FILED: "blue",
        State.ANSWERED: "green",
        State.WITHDRAWN: "red",
    }
)


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def value(kind: str, code: str) -> str:
    """A code in words ("application_state", "filed"). Raises KeyError where it has none."""
    return text(Catalogue.VALUES, f"{kind}.{code}", language())


def own(named: object, field: str) -> str:
    """The field of a record in the language of the page ("name"); the Kyrgyz one where that is empty."""
    return str(getattr(named, f"{field}_{language()}") or getattr(named, f"{field}_{LANGUAGES[0]}"))


def capital(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]


def choices(kind: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with their words, for a field with choices."""
    return [(code, capital(value(kind, code))) for code in codes]


def sentence(found: Finding) -> str:
    """A finding as a sentence, without its norm."""
    return sentences.finding(found, language())


def finding(found: Finding) -> str:
    """A finding as a sentence with its norm."""
    return f"{sentence(found)} ({citations.cite(found.norm, language())})"


def refusal(refused: Refused) -> list[str]:
    """Every ground of a refusal."""
    return [finding(each) for each in refused.findings]
