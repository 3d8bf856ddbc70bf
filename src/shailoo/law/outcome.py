"""What a rule of the law answers: a value, what it found, the norms it rests on, and the steps that led there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Generic, TypeAlias, TypeVar

NormId: TypeAlias = str  # "L64.3": Constitutional Law, Article 64, paragraph 3
Fact: TypeAlias = int | str | date | Fraction | Decimal  # Decimal: money in som
T = TypeVar("T")
Rule = TypeVar("Rule", bound=Callable[..., Any])  # Any: a rule's own signature is kept as it is


class Severity(StrEnum):
    ERROR = "error"  # stops the act
    WARNING = "warning"  # must be explained in writing, and stands


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: its norm, a stable code whose wording lives with the faces, the numbers, the fields to mark."""

    norm: NormId
    code: str
    severity: Severity
    facts: Mapping[str, Fact] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the "why?" page: the norm carried out, a stable code for its wording, the numbers put in."""

    norm: NormId
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A question that the law leaves open. A competent body decides; its decision becomes the ground."""

    question: str
    norms: tuple[NormId, ...]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The answer of a rule. `unsettled` set means: no act may rest on `value` before a body has decided."""

    value: T
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    unsettled: Unsettled | None = None

    @property
    def grounds(self) -> tuple[NormId, ...]:
        """The norms applied, each once, in the order in which they were applied."""
        return tuple(dict.fromkeys((*(s.norm for s in self.steps), *(f.norm for f in self.findings))))

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.severity is Severity.WARNING)


RULES: dict[NormId, list[str]] = {}
"""Norm -> dotted names of the rules that carry it out; filled by `applies`, read by `shailoo law coverage`."""


def applies(*norms: NormId) -> Callable[[Rule], Rule]:
    """Mark a rule with the norms it carries out; the trace law -> rule -> test -> screen starts here."""

    def mark(rule: Rule) -> Rule:
        for norm in norms:
            RULES.setdefault(norm, []).append(f"{rule.__module__}.{rule.__qualname__}")
        return rule

    return mark


def records(*norms: NormId) -> Callable[[Rule], Rule]:
    """Mark an act of a department with the norms whose keeping it writes down, in the ledger or as a document.

    The mark is read from the source (`shailoo law coverage`); a test holds that a marked act does write.
    """
    if not norms:
        raise TypeError("an act that records nothing of the law needs no mark")
    return lambda act: act


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that was not done, and why. Nothing has been written; a face shows the findings with their norms."""

    findings: tuple[Finding, ...]

    @classmethod
    def because(cls, norm: NormId, code: str, *, fields: tuple[str, ...] = (), **facts: Fact) -> Refused:
        """A refusal with one ground."""
        return cls((Finding(norm, code, Severity.ERROR, facts, fields),))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(found.code for found in self.findings)
