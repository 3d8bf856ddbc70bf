"""Reads the editions from their files, each holding only what it changes.

An edition is `ID.toml`, with its days and the values of results; its other chapters stand beside it in `ID/*.toml`.

A file that names an unknown value, misses one, cites no norm, or leaves a gap or an overlap between two editions is an
error when the editions are loaded, with the file and the name in it; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from shailoo.law.editions.values import Clause, Edition, Value, reading_types, value_types

FOLDER = Path(__file__).parent
Decoded = TypeVar("Decoded")


class EditionError(ValueError):
    """A file of the law's data contradicts itself or another one."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    norms: tuple[str, ...]
    value: int | str
    unit: str = ""
    note: str = ""
    since: date | None = None
    until: date | None = None


class _Chapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    values: dict[str, _Entry] = {}
    readings: dict[str, _Entry] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    adopted: date
    since: date
    until: date | None = None
    inherits: str | None = None
    values: dict[str, _Entry] = {}
    readings: dict[str, _Entry] = {}


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition, the oldest first. Raises EditionError where a file is wrong."""
    return read(sorted(FOLDER.glob("*.toml")))


def edition(name: str) -> Edition:
    """The edition whose id is `name`. Raises KeyError that names the known ones."""
    for found in editions():
        if found.id == name:
            return found
    raise KeyError(f"there is no edition {name!r}; the editions are {', '.join(known.id for known in editions())}")


def in_force(on: date) -> Edition:
    """The edition in force on the local date `on`. Raises KeyError where no edition here reaches back so far."""
    for found in reversed(editions()):
        if found.since <= on and (found.until is None or on <= found.until):
            return found
    raise KeyError(f"no edition is known for {on}; the first one here is in force from {editions()[0].since}")


def read(paths: Sequence[Path]) -> tuple[Edition, ...]:
    """The editions of `paths`, the oldest first. Raises EditionError where a file is wrong."""
    files: dict[str, _File] = {}
    for path in paths:
        found = _decode(path)
        if found.id in files or found.id != path.stem:
            raise EditionError(f"{path.name}: the edition's id must be the file's name, and only once")
        files[found.id] = found
    built = sorted((_edition(found, files) for found in files.values()), key=lambda known: known.since)
    _require_no_gap(built)
    return tuple(built)


def _decode(path: Path) -> _File:
    """The file of an edition with the entries of its chapters."""
    found = _decode_as(path, _File)
    values, readings = dict(found.values), dict(found.readings)
    for beside in sorted(path.with_suffix("").glob("*.toml")):
        chapter = _decode_as(beside, _Chapter)
        twice = sorted((chapter.values.keys() & values.keys()) | (chapter.readings.keys() & readings.keys()))
        if twice:
            raise EditionError(f"{path.stem}/{beside.name}: {twice[0]} stands in another file of this edition too")
        values |= chapter.values
        readings |= chapter.readings
    return msgspec.structs.replace(found, values=values, readings=readings)


def _decode_as(path: Path, kind: type[Decoded]) -> Decoded:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except msgspec.DecodeError as error:
        raise EditionError(f"{path.name}: {error}") from error


def _require_no_gap(found: Sequence[Edition]) -> None:
    """Each edition ends the day before the next begins, and only the last is still in force."""
    for earlier, later in pairwise(found):
        if earlier.until is None or earlier.until + timedelta(days=1) != later.since:
            fault = "a gap" if earlier.until and earlier.until < later.since else "an overlap"
            raise EditionError(
                f"{fault} between edition {earlier.id} (until {earlier.until}) and {later.id} ({later.since})"
            )
    for each in found:
        if each.until is not None and each.until < each.since:
            raise EditionError(f"edition {each.id} ends on {each.until}, before it begins")


def _chain(found: _File, files: dict[str, _File]) -> tuple[_File, ...]:
    """The files that `found` rests on, the oldest first, `found` last."""
    chain = [found]
    while (parent := chain[0].inherits) is not None:
        if parent not in files or any(parent == each.id for each in chain):
            raise EditionError(f"{found.id}.toml: it inherits from {parent!r}, which is unknown or rests on it")
        chain.insert(0, files[parent])
    return tuple(chain)


def _edition(found: _File, files: dict[str, _File]) -> Edition:
    entries: dict[str, tuple[_Entry, _File]] = {}
    for each in _chain(found, files):
        _require_known(each)
        entries |= {name: (entry, each) for name, entry in (each.values | each.readings).items()}
    expected = [*value_types(), *reading_types()]
    missing = [name for name in expected if name not in entries]
    if missing:
        raise EditionError(f"{found.id}.toml: no entry for {', '.join(missing)}")
    return Edition(
        id=found.id,
        adopted=found.adopted,
        since=found.since,
        until=found.until,
        clauses=MappingProxyType({name: _clause(found, name, *entries[name]) for name in expected}),
        defaults=MappingProxyType({name: str(entries[name][0].value) for name in reading_types()}),
        **_attributes(found, {name: entry for name, (entry, _) in entries.items()}),
    )


def _require_known(found: _File) -> None:
    for name in _unknown(found.values, value_types()):
        raise EditionError(f"{found.id}.toml: {name!r} is no value of the law known here")
    for name in _unknown(found.readings, reading_types()):
        raise EditionError(f"{found.id}.toml: {name!r} is no reading known here")


def _unknown(names: Iterable[str], known: Iterable[str]) -> list[str]:
    return sorted(set(names) - set(known))


def _clause(found: _File, name: str, entry: _Entry, source: _File) -> Clause:
    """The clause with the days on which it is in force: the edition's own ones, unless the entry names others."""
    if not entry.norms:
        raise EditionError(f"{source.id}.toml: {name} cites no norm")
    since, until = entry.since or source.since, entry.until or found.until
    if since > found.since or (until is not None and (found.until is None or until < found.until)):
        raise EditionError(f"{source.id}.toml: {name} is not in force on every day of edition {found.id}")
    return Clause(entry.norms, since, until, entry.unit, entry.note)


def _attributes(found: _File, entries: dict[str, _Entry]) -> dict[str, Any]:  # Any: keyword arguments of Edition
    values = {name: _value(found, name, entries[name], kind) for name, kind in value_types().items()}
    taken: dict[str, str] = {}
    for name, options in reading_types().items():
        option = str(entries[name].value)
        if option not in {each.value for each in options}:
            raise EditionError(f"{found.id}.toml: reading {name} has no option {option!r}")
        taken[name] = options(option)
    return {**values, **taken}


def _value(found: _File, name: str, entry: _Entry, kind: type[Value]) -> Value:
    """A count as it is, a share from "9/100", an hour from "20:00"; an entry of another shape is refused."""
    raw = entry.value
    try:
        if isinstance(raw, int):
            if kind is int and raw >= 0:
                return raw
        elif kind is Fraction and "/" in raw:
            return Fraction(raw)
        elif kind is time:
            return time.fromisoformat(raw)
    except (ValueError, ZeroDivisionError) as error:
        raise EditionError(f"{found.id}.toml: {name} = {raw!r}: {error}") from error
    raise EditionError(f'{found.id}.toml: {name} = {raw!r} is no count, share "9/100" or hour "20:00" as it should be')
