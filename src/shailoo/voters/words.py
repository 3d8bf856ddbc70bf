"""The words of the register's pages in the language of the page: states, faults, refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shailoo.law.outcome import Finding, Refused
from shailoo.voters.exchange.faults import BY_CODE
from shailoo.voters.states import State
from shailoo.wording import LANGUAGES, Catalogue, citations, sentences, text

AT_THE_DESK = _("Voters")
COLOURS: Mapping[str, str] = {
    State.CHECKED: "yellow",
    State.ACCEPTED: "green",
    State.REFUSED: "red",
    State.LOST: "grey",
}


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def value(kind: str, code: str) -> str:
    """A code in words ("delivery_state", "accepted"). Raises KeyError where it has none."""
    return text(Catalogue.VALUES, f"{kind}.{code}", language())


def fault(code: str) -> str:
    """What is wrong with a row, beginning with a capital letter."""
    said = value("voter_fault", code)
    return said[:1].upper() + said[1:]


def consequence(code: str) -> str:
    """What follows for a row with this fault."""
    return value("voter_consequence", BY_CODE[code].consequence.value)


def finding(found: Finding) -> str:
    """A ground of a refusal as a sentence with its norm."""
    return f"{sentences.finding(found, language())} ({citations.cite(found.norm, language())})"


def refusal(refused: Refused) -> list[tuple[str, str]]:
    """Each ground of a refusal as (address of the field on the page, words with the norm)."""
    return [(f"#id_{found.fields[0]}" if found.fields else "", finding(found)) for found in refused.findings]
