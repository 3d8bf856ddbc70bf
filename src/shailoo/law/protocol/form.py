"""The lines of the precinct's protocol and of its supporting papers (L34, L35), from `lines.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from shailoo.law.editions import Edition
from shailoo.law.outcome import NormId
from shailoo.law.protocol.formula import UNREADABLE, Formula, FormulaError

FILE = Path(__file__).with_name("lines.toml")


class ProtocolDataError(ValueError):
    """A file of lines or correlations contradicts itself; it is named, with the entry."""


class LineType(StrEnum):
    INTEGER = "integer"
    TEXT = "text"
    CODE = "code"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    LIST = "list"
    STRUCTURE = "structure"
    COUNTS = "counts"  # only inside a structure: option -> votes


class Source(StrEnum):
    PROTOCOL = "protocol"  # a line of the protocol itself
    SUPPORT = "support"  # a figure of a paper kept with it


class StructureKind(StrEnum):
    RECORDS = "records"
    COUNTS = "counts"
    LINE_SETS = "line_sets"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Structure:
    """What a line holds that is no single figure; `fields` are those of each record."""

    kind: StructureKind
    fields: Mapping[str, LineType]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its id is its name in formulas, files and the programming interface."""

    id: str
    name: str
    section: str  # "A" to "J"
    page: str  # lines of one page are entered together
    type: LineType
    source: Source
    required: bool
    norms: tuple[NormId, ...]
    document: str | None  # the paper that the figure is taken from
    derived: Formula | None
    structure: Structure | None
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a territory or the country that correlations of the TEC and the CEC need."""

    id: str
    name: str
    type: LineType
    norms: tuple[NormId, ...]


@cache
def lines() -> tuple[Line, ...]:
    """Every line in the order of the protocol."""
    structures = _file().structures
    known = frozenset(entry.id for entry in _file().line)
    return tuple(_line(entry, structures.get(entry.id), known) for entry in _file().line)


@cache
def facts() -> tuple[Fact, ...]:
    """Every fact above the precinct."""
    return tuple(Fact(entry.id, entry.name, entry.type, entry.norms) for entry in _file().fact)


@cache
def _by_id() -> Mapping[str, Line]:
    return MappingProxyType({entry.id: entry for entry in lines()})


def line(name: str) -> Line:
    """The line whose id is `name`. Raises KeyError that says so."""
    if name not in _by_id():
        raise KeyError(f"the protocol has no line {name!r}")
    return _by_id()[name]


@cache
def integer_lines() -> tuple[Line, ...]:
    """The lines that hold a count; `mismatch_total` alone may be negative (L35.14)."""
    return tuple(entry for entry in lines() if entry.type is LineType.INTEGER)


@cache
def required_lines() -> tuple[Line, ...]:
    """The lines without which a protocol is not complete (L34.3, L35.2)."""
    return tuple(entry for entry in lines() if entry.required)


@cache
def pages() -> Mapping[str, tuple[Line, ...]]:
    """Page -> its lines, in the order of the protocol."""
    names = dict.fromkeys(entry.page for entry in lines())
    return MappingProxyType({name: tuple(entry for entry in lines() if entry.page == name) for name in names})


@cache
def known_names() -> frozenset[str]:
    """Every name that a formula may read besides `edition`."""
    return frozenset(_by_id()) | {entry.id for entry in facts()} | {"integer_lines", "protocol_lines"}


def derive(given: Mapping[str, object], edition: Edition) -> dict[str, int]:
    """The derived lines that `given` lines allow to compute, line id -> count; others are left out.

    Lines computed here serve the ones that rest on them. Nothing is overwritten: the caller compares or fills in.
    """
    facts_now: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    facts_now["edition"] = edition
    computed: dict[str, int] = {}
    for entry in _in_order_of_need():
        formula = entry.derived
        if formula is None or not formula.required <= facts_now.keys():
            continue
        try:
            computed[entry.id] = formula.read(facts_now)
        except UNREADABLE:
            continue  # a figure it rests on is missing or unreadable; CR38 and the form say so
        facts_now.setdefault(entry.id, computed[entry.id])
    return computed


@cache
def _in_order_of_need() -> tuple[Line, ...]:
    """The derived lines, each after those that it rests on. Raises ProtocolDataError where they go in a circle."""
    waiting = {entry.id: entry for entry in lines() if entry.derived is not None}
    ordered: list[Line] = []
    while waiting:
        ready = [entry for entry in waiting.values() if entry.derived and not waiting.keys() & set(entry.derived.names)]
        if not ready:
            raise ProtocolDataError(f"{FILE.name}: derived lines rest on each other: {', '.join(waiting)}")
        ordered += ready
        for entry in ready:
            del waiting[entry.id]
    return tuple(ordered)


class _LineEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    section: str
    page: str
    type: LineType
    source: Source
    norms: tuple[NormId, ...]
    required: bool = False
    document: str | None = msgspec.field(name="from", default=None)
    derived: str | None = None
    when: str = ""
    note: str = ""


class _FactEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    type: LineType
    norms: tuple[NormId, ...]


class _StructureEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: StructureKind
    fields: dict[str, LineType] = {}
    note: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: tuple[_LineEntry, ...]
    fact: tuple[_FactEntry, ...]
    structures: dict[str, _StructureEntry]


@cache
def _file() -> _File:
    return read(FILE)


def read(path: Path) -> _File:
    """The entries of `path`. Raises ProtocolDataError where an id stands twice or a structure has no line."""
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_File)
    except msgspec.DecodeError as error:
        raise ProtocolDataError(f"{path.name}: {error}") from error
    ids = [entry.id for entry in found.line] + [entry.id for entry in found.fact]
    for name in ids:
        if ids.count(name) > 1:
            raise ProtocolDataError(f"{path.name}: {name} stands twice")
    shaped = {entry.id for entry in found.line if entry.type in (LineType.STRUCTURE, LineType.LIST)}
    for name in sorted(shaped ^ set(found.structures)):
        raise ProtocolDataError(f"{path.name}: {name} must be a structure both as a line and under structures")
    return found


def _line(entry: _LineEntry, structure: _StructureEntry | None, known: frozenset[str]) -> Line:
    try:
        derived = None if entry.derived is None else Formula.parse(entry.derived, known)
    except FormulaError as error:
        raise ProtocolDataError(f"{FILE.name}: {entry.id}: {error}") from error
    return Line(
        id=entry.id,
        name=entry.name,
        section=entry.section,
        page=entry.page,
        type=entry.type,
        source=entry.source,
        required=entry.required,
        norms=entry.norms,
        document=entry.document,
        derived=derived,
        structure=None if structure is None else _structure(structure),
        when=entry.when,
        note=entry.note,
    )


def _structure(entry: _StructureEntry) -> Structure:
    return Structure(entry.kind, MappingProxyType(entry.fields), entry.note)
