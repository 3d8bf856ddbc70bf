"""Words of the door of a commission, of the public pages and of reports, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shailoo.law.observation.powers import BANS, CONDITIONS, POWERS
from shailoo.law.outcome import Finding, NormId
from shailoo.observation.checkin.door import MANDATES, Who
from shailoo.observation.models import Passage, Statement
from shailoo.wording import LANGUAGES, Catalogue, citations, sentences, text

PUBLIC, AT_THE_DESK = pgettext_lazy("navigation", "Observers"), pgettext_lazy("navigation", "At the door")
"""What the menus call the pages of observers and the check-in page."""
AT_COMMISSIONS, TOLD = _("Observers at the commissions"), _("What observers told us")
OWN_STATEMENTS, OWN_NOTES = _("Our statements and reports"), _("Notes of incidents")
"""How the desk leads to the numbers by commission, to the notes, and to what a sender writes."""

WAYS: Mapping[str, tuple[Promise, str]] = {
    Passage.Way.IN: (pgettext_lazy("passage", "came in"), "green"),
    Passage.Way.OUT: (pgettext_lazy("passage", "left"), "grey"),
    Passage.Way.TURNED_AWAY: (pgettext_lazy("passage", "turned away"), "red"),
}
"""Way of a passage -> its words and the colour of its tag."""
INTERPRETER = _("interpreter of an international observer")
STATEMENTS: Mapping[str, Promise] = {
    Statement.Kind.INTERIM: _("Interim report"),
    Statement.Kind.PRELIMINARY: _("Statement of preliminary findings"),
    Statement.Kind.FINAL: _("Final report"),
    Statement.Kind.OTHER: _("Other statement"),
}
TONGUES = {"ky": _("in Kyrgyz"), "ru": _("in Russian"), "en": _("in English")}


@dataclass(frozen=True, slots=True)
class Said:
    """A right or a prohibition in words, with its norm; `only` says under what a right is given."""

    words: str
    norm: NormId
    only: tuple[str, ...] = ()


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def kind(who: Who) -> str:
    """As what somebody comes, beginning with a capital letter."""
    return capital(str(INTERPRETER) if who is Who.INTERPRETER else value(f"mandate.{who.value}"))


def rights(who: Who) -> list[Said]:
    """What the law lets such a person do, each with its norm; an interpreter has no rights of their own (R4.4.2)."""
    if who is Who.INTERPRETER:
        return []
    return [
        Said(capital(value(f"mandate_right.{right.value}")), norm, conditions(norm))
        for right, norm in POWERS[MANDATES[who]].items()
    ]


def bans(who: Who) -> list[Said]:
    """What the law forbids such a person, each with its norm."""
    if who is Who.INTERPRETER:
        return []
    return [Said(capital(value(f"mandate_act.{act.value}")), norm) for act, norm in BANS.get(MANDATES[who], {}).items()]


def conditions(norm: NormId) -> tuple[str, ...]:
    """Under what a right is given, in words."""
    return tuple(value(f"mandate_condition.{each.value}") for each in CONDITIONS.get(norm, ()))


def finding(found: Finding) -> str:
    """A finding as a sentence with its norm; one of the house itself has none to cite."""
    said = sentences.finding(found, language())
    return said if found.norm == "L12.1" else f"{said} ({citations.cite(found.norm, language())})"


def refusal(findings: tuple[Finding, ...]) -> list[str]:
    """Every ground of a refusal."""
    return [finding(each) for each in findings]


def value(code: str) -> str:
    """A code of the law in words. Raises KeyError where it has none."""
    return text(Catalogue.VALUES, code, language())


def capital(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]
