"""The numbers of an edition in words: what each is, how much it is, and which editions say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from fractions import Fraction

from shailoo.law.editions import Edition, Value, editions
from shailoo.law.norms import NormId
from shailoo.portal.templatetags.figures import language
from shailoo.wording import Catalogue, has, numbers, sentences, text


@dataclass(frozen=True, slots=True)
class ValueShown:
    """A number of the law; `words` is "" where only the unit exists, in English."""

    name: str
    words: str
    unit: str
    value: str
    assignment: str  # as the rules read it: "seats = 120"
    norms: tuple[NormId, ...]
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A number that an edition changed, and what it was before: "" where the edition before had none."""

    now: ValueShown
    before: str


def of_norms(wanted: frozenset[NormId]) -> tuple[ValueShown, ...]:
    """The numbers that some norms set, each once with the editions that say so, the oldest first."""
    said: dict[str, ValueShown] = {}
    for edition in editions():
        for each in of_edition(edition):
            if not wanted.isdisjoint(each.norms):
                before = said.get(each.assignment)
                said[each.assignment] = replace(
                    each, editions=((*before.editions, edition.id) if before else each.editions)
                )
    return tuple(said.values())


def of_edition(edition: Edition) -> Iterator[ValueShown]:
    """Every number of an edition."""
    for name, value in edition.values.items():
        clause = edition.clause(name)
        yield ValueShown(
            name, _words(name), clause.unit, written(value), f"{name} = {value}", clause.norms, (edition.id,)
        )


def changed(edition: Edition, before: Edition) -> tuple[Changed, ...]:
    """The numbers in which an edition differs from another."""
    old = {each.name: each for each in of_edition(before)}
    return tuple(
        Changed(each, old[each.name].value if each.name in old else "")
        for each in of_edition(edition)
        if each.name not in old or old[each.name].assignment != each.assignment
    )


def written(value: Value) -> str:
    """A number as a page writes it: 120, 7 %, 1/3, 20:00."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Fraction):
        return sentences.fact("threshold", value, language())
    return numbers.count(value)


def _words(name: str) -> str:
    code = f"value.{name}"
    return text(Catalogue.VALUES, code, language()) if has(Catalogue.VALUES, code) else ""
