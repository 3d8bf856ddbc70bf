"""Steps, findings and lines in the words of the page: the wording of each code, with names and numbers put in.

Where a code has no wording yet, the code itself and its numbers are shown: a reason is never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from shailoo.law.editions import reading_types
from shailoo.law.outcome import Fact, Finding, NormId, Step
from shailoo.law.protocol import Correlation
from shailoo.law.protocol import line as line_of
from shailoo.portal.formats.citations import cite
from shailoo.portal.formats.dates import full_date
from shailoo.portal.templatetags.figures import language
from shailoo.wording import Catalogue, numbers, text

READINGS = frozenset(reading_types())
NUMBERS_OF_THEIR_OWN = {"quotient": 2, "parts": 4, "remainder": 4}  # decimals; every other fraction is a share


def steps(found: Iterable[Step], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each step as a sentence with its norm; `names` are those of lists, candidates and regions by code."""
    return [(_sentence(Catalogue.STEPS, step.code, step.facts, names), step.norm) for step in found]


def findings(found: Iterable[Finding], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each finding or obstacle as a sentence with its norm."""
    return [(_sentence(Catalogue.FINDINGS, each.code, each.facts, names), each.norm) for each in found]


def outcome(code: str) -> str:
    """An outcome ("allocated", "repeat_voting") as a headline."""
    return _words(Catalogue.OUTCOMES, code) or _spaced(code)


def question(code: str, names: Mapping[str, str]) -> str:
    """A question that the law leaves open, or one of its options; an option can be a list."""
    return names.get(code) or _words(Catalogue.QUESTIONS, code) or _spaced(code)


def reading(name: str) -> str:
    """What a reading is about."""
    return _words(Catalogue.READINGS, name) or _spaced(name)


def option(reading_name: str, taken: str) -> str:
    """One answer to a reading's question."""
    return _words(Catalogue.READINGS, f"{reading_name}.{taken}") or _spaced(taken)


def line(name: str) -> str:
    """A line of the protocol by its name."""
    if words := _words(Catalogue.LINES, name):
        return words
    try:
        return line_of(name).name
    except KeyError:  # a sum of our own that no protocol has
        return _spaced(name)


def part(name: str) -> str:
    """A part of a line that holds several figures."""
    return _words(Catalogue.LINES, name) or _spaced(name)


def section(letter: str) -> str:
    """A section of the protocol."""
    return _words(Catalogue.SECTIONS, letter) or letter


def correlation(code: str) -> str:
    """What a control correlation says must be true; "" where there are no words in this language."""
    return _words(Catalogue.CORRELATIONS, code)


def breach(found: Correlation) -> str:
    """What follows where a control correlation does not hold; "" where there are no words in this language."""
    return _words(Catalogue.BREACHES, found.id)


def act(name: str) -> str:
    """An act of the ledger ("protocol.accepted")."""
    return _words(Catalogue.ACTS, name) or _spaced(name.replace(".", ": "))


def state(name: str) -> str:
    """A state of a protocol."""
    return _words(Catalogue.STATES, name) or _spaced(name)


def citations(found: Iterable[NormId]) -> list[NormId]:
    """The norms, without those that would be cited in the same words as one before."""
    return list({cite(name, language()): name for name in reversed(list(found))}.values())[::-1]


def norm(name: NormId) -> str:
    """Our summary of a norm in the language of the page; "" where it exists in English only."""
    return _words(Catalogue.NORMS, name)


def _words(catalogue: Catalogue, code: str) -> str:
    """The words of a code; "" where it has none yet."""
    try:
        return text(catalogue, code, language())
    except (KeyError, FileNotFoundError):
        return ""


def _sentence(catalogue: Catalogue, code: str, facts: Mapping[str, Fact], names: Mapping[str, str]) -> str:
    told = {key: _fact(key, fact, names) for key, fact in facts.items()}
    pattern = _words(catalogue, code)
    try:
        if pattern:
            return pattern.format(**told)
    except (KeyError, IndexError):  # the wording asks for a number that this step does not carry
        pass
    listed = ", ".join(f"{_spaced(key)} {words}" for key, words in told.items())
    return f"{_spaced(code)}: {listed}" if listed else _spaced(code)


def _fact(key: str, fact: Fact, names: Mapping[str, str]) -> str:
    if isinstance(fact, Fraction):
        if key in NUMBERS_OF_THEIR_OWN:
            return numbers.number(fact, language(), NUMBERS_OF_THEIR_OWN[key])
        return numbers.percent(fact, language())
    if isinstance(fact, date):
        return full_date(fact, language())
    if isinstance(fact, int):
        return numbers.count(fact)
    if key in READINGS:
        return option(key, fact)
    return names.get(fact) or _listed(fact, names)


def _listed(fact: str, names: Mapping[str, str]) -> str:
    """A text, or several codes in one ("p01, p04"), by their names."""
    return ", ".join(names.get(part, part) for part in fact.split(", "))


def _spaced(code: str) -> str:
    return code.replace("_", " ")
