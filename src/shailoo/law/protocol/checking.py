"""Checks a protocol against the control correlations (L35.15, L36.2): what holds, what does not, what cannot be said.

A correlation whose figures are absent is "not made", never passed. Paper leads: a breach of accounting does not make a
true count false. The difference goes into an act and the superior commission decides (L36.7, L37.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property
from types import MappingProxyType
from typing import TypeAlias

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Severity, Step, applies
from shailoo.law.protocol.correlations import Correlation, Level, Nature, at_level
from shailoo.law.protocol.counts import IntegerLines, count_names
from shailoo.law.protocol.form import known_names, required_lines
from shailoo.law.protocol.formula import UNREADABLE, Facts
from shailoo.law.protocol.numbers import failing_items, with_numbers

_NOTHING: Mapping[str, object] = MappingProxyType({})
Made: TypeAlias = "tuple[Correlation, Verdict, tuple[str, ...]]"  # the last: the figures that cannot be read


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_MADE = "not_made"  # a figure that it needs is absent or unreadable
    NOT_APPLICABLE = "not_applicable"  # its condition is not met


@dataclass(frozen=True, slots=True)
class Result:
    """What one correlation says of one set of lines."""

    correlation: Correlation
    verdict: Verdict
    _unreadable: tuple[str, ...] = field(default=(), repr=False)
    _facts: Facts = field(default_factory=dict, repr=False, compare=False)

    @property
    def code(self) -> str:
        return self.correlation.id

    @property
    def severity(self) -> Severity:
        return self.correlation.severity

    @property
    def nature(self) -> Nature:
        return self.correlation.nature

    @property
    def norms(self) -> tuple[NormId, ...]:
        return self.correlation.norms

    @property
    def norm(self) -> NormId:
        return self.correlation.norms[0]

    @property
    def formula(self) -> str:
        return self.correlation.formula.text

    @property
    def missing(self) -> tuple[str, ...]:
        """The figures for want of which it was not made: absent lines, or those that cannot be read."""
        if self._unreadable or self.verdict is not Verdict.NOT_MADE:
            return self._unreadable
        return tuple(name for name in self.correlation.names if name not in self._facts)

    @property
    def with_numbers(self) -> str:
        """The formula with the figures put in."""
        return with_numbers(self.correlation.formula, self._facts, known_names())

    @property
    def fields(self) -> tuple[str, ...]:
        """The lines to mark: every line of the formula, or the items that failed where the correlation says so."""
        if self.correlation.marks is None or self.verdict is not Verdict.FAILED:
            return self.correlation.fields
        failed = failing_items(self.correlation.formula, self._facts, known_names())
        return tuple(self.correlation.marks.format(item=item) for item in failed)

    @property
    def facts(self) -> dict[str, Fact]:
        """The single figures that the formula reads, line id -> figure."""
        read = ((name, self._facts.get(name)) for name in self.correlation.formula.names)
        return {name: value for name, value in read if isinstance(value, int | str | date | Fraction)}

    def finding(self) -> Finding:
        """The breach as rules report it."""
        return Finding(self.norm, self.code, self.severity, self.facts, self.fields)


@dataclass(frozen=True)
class Check:
    """Every correlation of one level, held against one set of lines."""

    level: Level
    edition: Edition
    _made: tuple[Made, ...] = field(repr=False)
    _facts: Facts = field(repr=False, compare=False)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """One result for each correlation of the level, in the order of the correlations."""
        return tuple(Result(*made, self._facts) for made in self._made)

    @cached_property
    def failures(self) -> tuple[Result, ...]:
        return tuple(Result(*made, self._facts) for made in self._made if made[1] is Verdict.FAILED)

    @property
    def errors(self) -> tuple[Result, ...]:
        """The breaches that stop the act, unless they are of accounting and an act explains them."""
        return tuple(found for found in self.failures if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The breaches that must be explained in writing, and stand."""
        return tuple(found for found in self.failures if found.severity is Severity.WARNING)

    @property
    def not_made(self) -> tuple[Result, ...]:
        return tuple(found for found in self.results if found.verdict is Verdict.NOT_MADE)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every breach as rules report it."""
        return tuple(found.finding() for found in self.failures)

    @property
    def only_accounting_errors(self) -> bool:
        """True where there are errors and all are of accounting: a true count stands, with an act (L36.7, L37.4)."""
        return bool(self.errors) and all(found.nature is Nature.ACCOUNTING for found in self.errors)

    @property
    def grounds(self) -> tuple[NormId, ...]:
        """The norms of every correlation that was made, each once."""
        return tuple(dict.fromkeys(step.norm for step in self.steps))

    @property
    def steps(self) -> tuple[Step, ...]:
        """What the "why?" page prints: each correlation that was made, with its verdict and figures."""
        made = (found for found in self.results if found.verdict in (Verdict.PASSED, Verdict.FAILED))
        return tuple(Step(found.norm, found.code, {"verdict": found.verdict, **found.facts}) for found in made)


@applies("L35.15", "L36.2.b1")
def check(
    lines: Mapping[str, object],
    edition: Edition,
    *,
    level: Level = Level.PEC,
    scope: Mapping[str, object] = _NOTHING,
) -> Check:
    """Hold `lines` against every correlation of `level` (L35.15, L36.2).

    `lines` are line id -> value; a value of None is an absent line. Records (mobile boxes, scanners, pages) are plain
    dicts, times are local ("20:05", `time`, `datetime`). At the levels TEC and CEC `lines` holds the facts of the
    territory or the country; at the level "sum" lines added up over precincts. `scope` gives what is known of the
    precinct from elsewhere (election_day, ballot_options); the protocol's own lines come before it.

    Returns a Check. Raises ValueError where a name is no line and no fact; nothing else raises, a figure that cannot be
    read makes its correlations "not made".
    """
    given = {**scope, **lines} if scope else lines
    facts: Facts = {name: value for name, value in given.items() if value is not None}
    if not facts.keys() <= known_names():
        raise ValueError(f"no such line: {', '.join(sorted(facts.keys() - known_names()))}")
    if level is Level.PEC:
        facts["integer_lines"] = IntegerLines(facts)
        facts["protocol_lines"] = {name: facts.get(name) for name in _required_names()}
    facts["edition"] = edition
    return Check(level, edition, _verdicts(level, facts), facts)


def _verdicts(level: Level, facts: Facts) -> tuple[Made, ...]:
    """What every correlation of `level` says of `facts`, in their order."""
    absent = _required_at(level) - facts.keys()
    made: list[Made] = []
    for found in at_level(level):
        if absent and not absent.isdisjoint(found.required):
            made.append((found, Verdict.NOT_MADE, ()))
            continue
        try:
            if found.when is not None and not found.when.read(facts):
                made.append((found, Verdict.NOT_APPLICABLE, ()))
            else:
                made.append((found, Verdict.PASSED if found.formula.read(facts) else Verdict.FAILED, ()))
        except KeyError as error:
            made.append((found, Verdict.NOT_MADE, (str(error.args[0]),)))
        except UNREADABLE:
            made.append((found, Verdict.NOT_MADE, _unreadable(found.names, facts)))
    return tuple(made)


@cache
def _required_at(level: Level) -> frozenset[str]:
    """Every line without which some correlation of `level` cannot be evaluated."""
    return frozenset().union(*(found.required for found in at_level(level)))


def _unreadable(names: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """The lines whose value is not of their type; all of the formula's lines where each of them looks right."""
    wrong = tuple(name for name in names if name in count_names() and type(facts.get(name)) is not int)
    return wrong or names


@cache
def _required_names() -> tuple[str, ...]:
    return tuple(entry.id for entry in required_lines())
