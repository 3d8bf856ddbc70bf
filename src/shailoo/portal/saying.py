"""Steps, findings and lines in the language of the page: the sentences of `shailoo.wording`.

Where a code has no wording yet, the code itself and its numbers are shown: a reason is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from shailoo.law.editions import Reading
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import Fact, Finding, NormId, Step
from shailoo.law.protocol import Correlation
from shailoo.law.protocol import line as line_of
from shailoo.portal.templatetags.figures import language
from shailoo.results.reckoning import Reckoned
from shailoo.wording import Catalogue, entries, has, sentences, text
from shailoo.wording import citations as cited

_PLACE = re.compile(r"\{\w+\}")


def steps(found: Iterable[Step], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each step as a sentence with its norm; `names` are those of lists, candidates and regions by code."""
    return [(_step(each, names), each.norm) for each in found]


def findings(found: Iterable[Finding], names: Mapping[str, str]) -> list[tuple[str, NormId]]:
    """Each finding or obstacle as a sentence with its norm."""
    return [(_finding(each, names), each.norm) for each in found]


def outcome(code: str) -> str:
    """An outcome ("allocated", "repeat_voting") as a headline."""
    return _words(sentences.outcome, code) or _spaced(code)


def result(value: Reckoned, names: Mapping[str, str]) -> str:
    """The headline of what was reckoned; of a presidential election with those who are elected or stand again."""
    words = outcome(value.result.value)
    if isinstance(value, Allocation):
        return words
    chosen = [value.elected] if value.elected else value.candidates
    return f"{words}: {', '.join(names.get(each, each) for each in chosen)}" if chosen else words


def role(name: str) -> str:
    """A role of an office ("tec_chair"), with a capital letter. Raises KeyError for a role without words."""
    words = text(Catalogue.VALUES, f"role.{name}", language())
    return words[:1].upper() + words[1:]


def question(code: str, names: Mapping[str, str]) -> str:
    """A question that the law leaves open, or one of its options; an option can be a list."""
    try:
        return sentences.question(code, language(), names)
    except KeyError:
        return _spaced(code)


def reading(name: str) -> str:
    """What a reading is about."""
    return _words(sentences.reading, name) or _spaced(name)


def why(found: Reading) -> str:
    """Why the default of a reading is taken, in the language of the page; "" where the edition gives no reason."""
    if not found.why:
        return ""
    return found.why if language() == "en" else sentences.reason(found.name, language())


def option(reading_name: str, taken: str) -> str:
    """One answer to a reading's question."""
    try:
        return sentences.option(reading_name, taken, language())
    except KeyError:
        return _spaced(taken)


def line(name: str) -> str:
    """A line of the protocol by its name."""
    if words := _words(sentences.line_name, name):
        return words
    try:
        return line_of(name).name
    except KeyError:  # a sum of our own that no protocol has
        return _spaced(name)


def part(name: str) -> str:
    """A part of a line that holds several figures."""
    return _words(sentences.part_name, name) or _spaced(name)


def section(letter: str) -> str:
    """A section of the protocol."""
    return _words(sentences.section, letter) or letter


def correlation(code: str) -> str:
    """What a control correlation says must be true; "" where there are no words in this language."""
    return _words(sentences.correlation, code)


def breach(found: Correlation) -> str:
    """What follows where a control correlation does not hold; "" where there are no words in this language."""
    return _words(sentences.breach, found.id)


def act(name: str) -> str:
    """An act of the ledger ("protocol.accepted")."""
    return _words(sentences.act, name) or _spaced(name.replace(".", ": "))


def state(name: str) -> str:
    """A state of a protocol."""
    return _words(sentences.state, name) or _spaced(name)


def citations(found: Iterable[NormId]) -> list[NormId]:
    """The norms, without those that would be cited in the same words as one before."""
    return cited.once(found, language())


def norm(name: NormId) -> str:
    """Our summary of a norm in the language of the page; "" where it exists in English only."""
    return _words(sentences.norm, name)


def pattern_of_finding(code: str) -> str:
    """What a finding of this code says, with dots where its numbers stand; "" where it has no words yet."""
    return _pattern(Catalogue.FINDINGS, code)


def pattern_of_question(code: str) -> str:
    """A question that a rule can leave open, with dots where its figures stand; "" where it has no words yet."""
    return _pattern(Catalogue.QUESTIONS, code)


def item(name: NormId) -> str:
    """Our summary of a member of a norm's list; "" where it exists in English only."""
    return _words(sentences.norm, name)


def event(name: str) -> str:
    """An event of the calendar."""
    return entries(Catalogue.EVENTS)[name][language()] if has(Catalogue.EVENTS, name) else _spaced(name)


def actor(name: str) -> str:
    """Who acts by a norm, by the English name that the norms' data give; "" where there are no words."""
    return entries(Catalogue.ACTORS)[name][language()] if has(Catalogue.ACTORS, name) else ""


def _pattern(catalogue: Catalogue, code: str) -> str:
    """The wording of a code that asks for the fewest facts, each of them replaced by dots."""
    known = [words[language()] for key, words in entries(catalogue).items() if key.partition(".")[0] == code]
    plainest = min(known, key=lambda words: len(sentences.placeholders(words)), default="")
    return _PLACE.sub("…", plainest)


def _words(say: Callable[[str, str], str], code: str) -> str:
    """The words of a code; "" where it has none yet."""
    try:
        return say(code, language())
    except KeyError:
        return ""


def _step(found: Step, names: Mapping[str, str]) -> str:
    try:
        return sentences.step(found, language(), names)
    except KeyError:
        return _listed(found.code, found.facts, names)


def _finding(found: Finding, names: Mapping[str, str]) -> str:
    try:
        return sentences.finding(found, language(), names)
    except KeyError:
        return _listed(found.code, found.facts, names)


def _listed(code: str, facts: Mapping[str, Fact], names: Mapping[str, str]) -> str:
    """A code without words: its name and every number that it carries."""
    told = (f"{_spaced(name)} {sentences.fact(name, fact, language(), names)}" for name, fact in facts.items())
    return f"{_spaced(code)}: {', '.join(told)}" if facts else _spaced(code)


def _spaced(code: str) -> str:
    return code.replace("_", " ")
