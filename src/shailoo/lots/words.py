"""The words of lots in the language of the page: purposes, states, roles, and why an act was refused."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shailoo.law.lots.listing import NORMS, Purpose
from shailoo.law.outcome import Finding, NormId, Refused
from shailoo.lots.models import Draw
from shailoo.lots.states import State
from shailoo.wording import LANGUAGES, Catalogue, citations, sentences, text

PUBLIC, AT_THE_DESK = _("Public lots"), _("Lots")
"""What the menus call the pages of lots."""
COLOURS = {
    State.FROZEN: "grey",
    State.PUBLISHED: "blue",
    State.SEEDED: "yellow",
    State.DRAWN: "green",
    State.VOIDED: "red",
}


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def value(kind: str, code: str) -> str:
    """A code in words ("lot_state", "drawn"). Raises KeyError where it has none."""
    return text(Catalogue.VALUES, f"{kind}.{code}", language())


def purpose(draw: Draw) -> str:
    """What the lot decides, beginning with a capital letter."""
    return capital(value("lot_purpose", draw.purpose))


def capital(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]


def norms(found: Purpose) -> list[NormId]:
    """The norms to link to, each paragraph once."""
    return citations.once(NORMS[found], language())


def finding(found: Finding) -> str:
    """A refusal as a sentence with its norm."""
    return f"{sentences.finding(found, language())} ({citations.cite(found.norm, language())})"


def refusal(refused: Refused) -> Iterable[str]:
    """Every ground of a refusal."""
    return [finding(each) for each in refused.findings]
