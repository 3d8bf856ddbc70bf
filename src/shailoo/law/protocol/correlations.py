"""The control correlations (L35.15), from `correlations.toml`: what must be true of the lines, and its weight."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from shailoo.law.outcome import NormId, Severity
from shailoo.law.protocol.form import ProtocolDataError, known_names
from shailoo.law.protocol.formula import Formula, FormulaError

FILE = Path(__file__).with_name("correlations.toml")


class Level(StrEnum):
    """Where a correlation is checked."""

    PEC = "PEC"  # on the lines of one precinct
    TEC = "TEC"  # on the facts of a territory
    CEC = "CEC"  # on the facts of the country
    SUM = "sum"  # on lines added up over precincts


class Nature(StrEnum):
    """What a breach means."""

    DEFINITION = "definition"
    ACCOUNTING = "accounting"
    LIMIT = "limit"
    SOURCE = "source"
    PROCEDURE = "procedure"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True, eq=False)
class Correlation:
    """One control correlation, its formulas ready to be evaluated."""

    id: str
    levels: frozenset[Level]
    formula: Formula
    when: Formula | None  # it applies only if this is true
    required: frozenset[str]  # the lines without which it cannot be made
    marks: str | None  # marks the lines named by the items that failed, as "votes.{item}"
    severity: Severity
    nature: Nature
    norms: tuple[NormId, ...]
    meaning: str
    on_breach: str
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every line that the correlation or its condition reads."""
        return tuple(dict.fromkeys((*self.formula.names, *(self.when.names if self.when else ()))))

    @property
    def fields(self) -> tuple[str, ...]:
        """The lines to mark on the form, in the order of the formula."""
        return tuple(name for name in self.formula.names if name not in ("integer_lines", "protocol_lines"))


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    level: frozenset[Level]
    formula: str
    severity: Severity
    nature: Nature
    norms: tuple[NormId, ...]
    meaning: str
    on_breach: str
    when: str | None = None
    marks: str | None = None
    note: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    correlation: tuple[_Entry, ...]


@cache
def correlations() -> tuple[Correlation, ...]:
    """Every control correlation in the order of its file. Raises ProtocolDataError where the file is wrong."""
    return read(FILE, known_names())


@cache
def at_level(level: Level) -> tuple[Correlation, ...]:
    """The correlations checked at `level`."""
    return tuple(found for found in correlations() if level in found.levels)


@cache
def _by_id() -> Mapping[str, Correlation]:
    return MappingProxyType({found.id: found for found in correlations()})


def correlation(name: str) -> Correlation:
    """The correlation whose id is `name`. Raises KeyError that says so."""
    if name not in _by_id():
        raise KeyError(f"there is no correlation {name!r}")
    return _by_id()[name]


def read(path: Path, known: Collection[str]) -> tuple[Correlation, ...]:
    """The correlations of `path` over the names `known`.

    Raises ProtocolDataError with the file, the correlation and what is wrong with it.
    """
    try:
        entries = msgspec.toml.decode(path.read_bytes(), type=_File).correlation
    except msgspec.DecodeError as error:
        raise ProtocolDataError(f"{path.name}: {error}") from error
    ids = [entry.id for entry in entries]
    for entry in entries:
        if ids.count(entry.id) > 1:
            raise ProtocolDataError(f"{path.name}: {entry.id} stands twice")
        if not entry.norms or not entry.level:
            raise ProtocolDataError(f"{path.name}: {entry.id} needs a norm and a level")
    return tuple(_correlation(path, entry, known) for entry in entries)


def _correlation(path: Path, entry: _Entry, known: Collection[str]) -> Correlation:
    try:
        formula = Formula.parse(entry.formula, known)
        when = None if entry.when is None else Formula.parse(entry.when, known)
    except FormulaError as error:
        raise ProtocolDataError(f"{path.name}: {entry.id}: {error}") from error
    return Correlation(
        id=entry.id,
        levels=entry.level,
        formula=formula,
        when=when,
        required=formula.required | (when.required if when else frozenset()),
        marks=entry.marks,
        severity=entry.severity,
        nature=entry.nature,
        norms=entry.norms,
        meaning=entry.meaning,
        on_breach=entry.on_breach,
        note=entry.note,
    )
