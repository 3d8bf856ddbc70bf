"""Steps, findings and lines in the words of the page: names put in for codes, then the sentences of `shailoo.wording`.

Where the wording of a code is missing, the code itself and its numbers are shown: a reason is never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TypeVar

from shailoo.law.outcome import Fact, Finding, NormId, Step
from shailoo.law.protocol import Correlation
from shailoo.law.protocol import line as line_of
from shailoo.portal.templatetags.figures import language
from shailoo.wording import numbers

NAMED = frozenset({"list", "region", "candidate", "elected"})  # facts that hold a code for which a page knows a name
Said = TypeVar("Said", Step, Finding)


def steps(found: Iterable[Step], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each step as a sentence with its norm; `names` are those of lists, candidates and regions by code."""
    return [
        (_say("step", named(step, names), lambda own=step: _plain(own.code, own.facts)), step.norm) for step in found
    ]


def findings(found: Iterable[Finding], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each finding or obstacle as a sentence with its norm."""
    return [(_told("finding", named(each, names)), each.norm) for each in found]


def outcome(code: str) -> str:
    """An outcome ("allocated", "repeat_voting") as a headline."""
    return _say("outcome", code, lambda: _words(code))


def question(code: str) -> str:
    """A question that the law leaves open, or one of its options."""
    return _say("question", code, lambda: _words(code))


def line(name: str) -> str:
    """A line of the protocol by its official name."""
    return _say("line_name", name, lambda: line_of(name).name)


def correlation(found: Correlation) -> str:
    """What a control correlation means; the English of its data where there is no other wording."""
    return _say("correlation", found.id, lambda: found.meaning)


def named(said: Said, names: Mapping[str, str]) -> Said:
    """The same step or finding with names in the place of codes."""
    facts = {key: names.get(str(fact), fact) if key in NAMED else fact for key, fact in said.facts.items()}
    return replace(said, facts=facts)


def _told(kind: str, said: Step | Finding) -> str:
    return _say(kind, said, lambda: _plain(said.code, said.facts))


def _say(kind: str, what: object, otherwise: Callable[[], str]) -> str:
    """The sentence of `shailoo.wording`, where it has one for this."""
    sentence = getattr(_wording(), kind, None)
    if sentence is None:
        return otherwise()
    try:
        return str(sentence(what, language()))
    except KeyError:  # a code newer than its wording
        return otherwise()


def _wording() -> ModuleType | None:
    return import_module("shailoo.wording") if find_spec("shailoo.wording") else None


def _plain(code: str, facts: Mapping[str, Fact]) -> str:
    told = ", ".join(f"{_words(key)} {_fact(fact)}" for key, fact in facts.items())
    return f"{_words(code)}: {told}" if told else _words(code)


def _fact(fact: Fact) -> str:
    if isinstance(fact, Fraction):
        return f"{numbers.percent(fact, language())}" if fact <= 1 else numbers.number(fact, language())
    if isinstance(fact, date):
        return fact.isoformat()
    return numbers.count(fact) if isinstance(fact, int) else str(fact)


def _words(code: str) -> str:
    return code.replace("_", " ")
