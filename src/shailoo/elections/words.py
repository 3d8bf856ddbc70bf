"""The words of this room's answers, in the language of the page: terms, who acts, states, and refusals."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from shailoo.elections.deadlines import Standing, State
from shailoo.law.calendar import Event
from shailoo.law.outcome import Finding, NormId, Step
from shailoo.wording import LANGUAGES, Catalogue, citations, has, sentences, text

COLOURS = {
    State.COMING: "grey",
    State.DUE: "yellow",
    State.DONE: "green",
    State.LATE: "red",
    State.NOT_APPLICABLE: "grey",
}


def language() -> str:
    """The language of the page; Kyrgyz where none is set."""
    code = (get_language() or LANGUAGES[0])[:2]
    return code if code in LANGUAGES else LANGUAGES[0]


def title(name: str) -> str:
    """What an event of the calendar is called."""
    return text(Catalogue.EVENTS, name, language())


def actors(found: Event) -> str:
    """Who acts, in the order of the law."""
    return ", ".join(text(Catalogue.ACTORS, each, language()) for each in found.actors)


def state(found: Standing) -> str:
    return value("deadline_state", found.state.value)


def value(kind: str, code: str) -> str:
    """A code in words ("calling_ground", "decree"). Raises KeyError where it has none."""
    return text(Catalogue.VALUES, f"{kind}.{code}", language())


def anchor(name: str) -> str:
    """What terms are counted from; an event of the calendar by its own title."""
    if has(Catalogue.VALUES, f"anchor.{name}"):
        return value("anchor", name)
    return title(name) if has(Catalogue.EVENTS, name) else name.replace("_", " ")


def cited(norm: NormId) -> str:
    """The citation of a norm, for a sentence that cannot hold a link."""
    return citations.cite(norm, language())


def cited_once(norms: Iterable[NormId]) -> list[NormId]:
    """The norms to link to, each paragraph once."""
    return citations.once(norms, language())


def finding(found: Finding) -> str:
    """A refusal as a sentence with its norm."""
    return f"{sentences.finding(found, language())} ({cited(found.norm)})"


def steps(found: Iterable[Step]) -> list[tuple[str, NormId]]:
    """Each step as a sentence with its norm."""
    return [(sentences.step(each, language()), each.norm) for each in found]
