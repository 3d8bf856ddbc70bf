"""Which column of a file holds what. Columns are found by name; a map (TOML) names those of a file that differs."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from shailoo.law.protocol import Line, LineType, StructureKind, line

MAPS = Path(__file__).with_name("maps")
PRECINCT = "precinct"
WRITTEN = ("explanation", "act_number", "act_text")
SCANNERS = "scanners"  # reports of the scanning boxes: JSON, kept beside the manual count


class ColumnMapError(ValueError):
    """A map of columns cannot be used; says which entry is wrong."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: its line (1 = the header, 0 = the whole file), the column, the norm, the value."""

    line: int
    field: str
    code: str
    norm: str = "L36.2.a1"
    value: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a file names its columns: `columns` is file's name -> ours, `ignore` what is not for us.

    `precinct` builds the number from several columns ("{region:.4}-{row:0>4}"); empty where a column holds it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    precinct: str = ""

    @classmethod
    def load(cls, path: Path) -> ColumnMap:
        """The map in a TOML file. Raises ColumnMapError."""
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ColumnMapError(f"{path.name}: {error}") from error
        columns, ignore, precinct = found.get("columns", {}), found.get("ignore", []), found.get("precinct", "")
        unknown = found.keys() - {"columns", "ignore", "precinct"}
        if unknown or not isinstance(columns, dict) or not isinstance(ignore, list) or not isinstance(precinct, str):
            raise ColumnMapError(f"{path.name}: columns, ignore and precinct are known; {', '.join(sorted(unknown))}")
        made = cls({str(key): str(value) for key, value in columns.items()}, frozenset(map(str, ignore)), precinct)
        if any("." in name or "[" in name for name in made.number_columns):
            raise ColumnMapError(f"{path.name}: precinct names columns alone")
        return made

    @property
    def number_columns(self) -> tuple[str, ...]:
        """The file's columns of which the precinct number is made."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.precinct) if name is not None)


def known_map(name: str) -> ColumnMap:
    """A map that comes with the system, by its name. Raises ColumnMapError naming those there are."""
    path = MAPS / f"{name}.toml"
    if not path.is_file():
        names = ", ".join(sorted(found.stem for found in MAPS.glob("*.toml")))
        raise ColumnMapError(f"no map {name!r}; there are: {names}")
    return ColumnMap.load(path)


BY_NAME = ColumnMap()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: where it stands, and the line (with the option) or the writing that it holds."""

    place: int
    name: str
    target: str  # "precinct", "explanation", … or a line's id
    kind: LineType = LineType.TEXT
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's columns, understood."""

    columns: tuple[Column, ...]
    width: int
    number: tuple[tuple[str, int], ...]  # column name -> place, of which `template` makes the precinct number
    template: str

    @property
    def lines(self) -> frozenset[str]:
        """The ids of the lines that the file has."""
        return frozenset(column.target for column in self.columns) - {PRECINCT, *WRITTEN}


def understood(header: Sequence[str], mapping: ColumnMap, codes: Sequence[str], against: str) -> Layout | list[Fault]:
    """The layout of a file with this header, or everything that is wrong with the header."""
    names = [name.strip() for name in header]
    faults = [Fault(1, name, "column_twice", "L34.3") for name in dict.fromkeys(names) if names.count(name) > 1]
    columns: list[Column] = []
    for place, name in enumerate(names):
        if name in mapping.ignore or name in mapping.number_columns:
            continue
        column = _column(place, name, mapping.columns.get(name, name), codes, against)
        if column is None:
            faults.append(Fault(1, name or f"#{place + 1}", "unknown_column", "L34.3"))
        else:
            columns.append(column)
    present = {(column.target, column.option) for column in columns}
    needed: list[tuple[str, str | None]] = [("votes", code) for code in codes]
    needed += [("against_all", None)] if against else []
    needed += [] if mapping.precinct else [(PRECINCT, None)]
    if ("votes", None) in present:
        needed = [each for each in needed if each[0] != "votes"]
    faults += [
        Fault(1, option or target, "missing_column", "L34.3")
        for target, option in needed
        if (target, option) not in present
    ]
    faults += [Fault(1, name, "missing_column", "L34.3") for name in mapping.number_columns if name not in names]
    if faults:
        return faults
    number = tuple((name, names.index(name)) for name in mapping.number_columns)
    return Layout(tuple(columns), len(names), number, mapping.precinct)


def _column(place: int, name: str, target: str, codes: Sequence[str], against: str) -> Column | None:
    if target in (PRECINCT, *WRITTEN):
        return Column(place, name, target)
    if target in codes:
        return Column(place, name, "votes", LineType.INTEGER, target)
    if against and target == against:
        return Column(place, name, "against_all", LineType.INTEGER)
    head, _, key = target.partition(".")
    found = _line(head)
    if found is None:
        return None
    if not key:
        return Column(place, name, found.id, found.type)
    counts = found.structure is not None and found.structure.kind is StructureKind.COUNTS
    if counts and (key in codes or (found.id != "votes" and key in ("against_all", "invalid"))):
        return Column(place, name, found.id, LineType.INTEGER, key)
    return None


@cache
def _line(name: str) -> Line | None:
    try:
        return line(name)
    except KeyError:
        return None
