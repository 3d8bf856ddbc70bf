"""Reads a protocol from a JSON document: every line of its type, every fault named in one pass, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from shailoo.law.protocol import moments
from shailoo.law.protocol.form import Line, LineType, Structure, StructureKind, facts, lines

Fault: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Given:
    """A document read: the lines by id, and every fault as a sentence that begins with its place."""

    lines: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read(text: str) -> Given:
    """The lines of a JSON object, line id -> value.

    Counts are whole numbers, times "20:05", moments "2020-10-05T01:20", days "2020-10-04", structures objects or arrays
    as `structures` in lines.toml describes them; null is an absent line. With a fault, no line is handed out.
    """
    try:
        document = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        return Given(faults=(f"the file is no JSON: {error}",))
    if not isinstance(document, dict):
        return Given(faults=("the file must hold one JSON object, line -> value",))
    faults = tuple(fault for name, value in document.items() for fault in _faults(name, value))
    return Given(faults=faults) if faults else Given(document)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    double = {name for name in names if names.count(name) > 1}
    if double:
        raise ValueError(f"{', '.join(sorted(double))} stands twice in one object")
    return dict(pairs)


def _faults(name: str, value: object) -> Iterator[Fault]:
    known: dict[str, Line] = {entry.id: entry for entry in lines()}
    if value is None or name in {entry.id for entry in facts()}:
        return
    if name not in known:
        yield f"{name}: no line of the protocol has this name"
    elif (structure := known[name].structure) is not None:
        yield from _structure_faults(name, value, structure)
    else:
        yield from _value_faults(name, value, known[name].type)


def _value_faults(place: str, value: object, kind: LineType) -> Iterator[Fault]:
    if kind is LineType.COUNTS:
        yield from _counts_faults(place, value)
    elif not _ACCEPTS[kind](value):
        yield f"{place}: {json.dumps(value, ensure_ascii=False)} is no {_WORDS[kind]}"


def _structure_faults(place: str, value: object, structure: Structure) -> Iterator[Fault]:
    if structure.kind is StructureKind.COUNTS:
        yield from _counts_faults(place, value)
    elif not isinstance(value, list):
        yield f"{place}: an array is needed"
    elif structure.kind is StructureKind.NAMES:
        yield from (f"{place}[{at}]: a text is needed" for at, each in enumerate(value) if not isinstance(each, str))
    else:
        for at, each in enumerate(value):
            yield from _record_faults(f"{place}[{at}]", each, structure)


def _record_faults(place: str, record: object, structure: Structure) -> Iterator[Fault]:
    if not isinstance(record, dict):
        yield f"{place}: an object is needed"
    elif structure.kind is StructureKind.RECORDS:
        for key, value in record.items():
            if key not in structure.fields:
                yield f"{place}.{key}: no field has this name"
            elif value is not None:
                yield from _value_faults(f"{place}.{key}", value, structure.fields[key])


def _counts_faults(place: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield f"{place}: an object is needed, option -> number"
        return
    for option, number in value.items():
        yield from _value_faults(f"{place}.{option}", number, LineType.INTEGER)


def _is_whole(value: object) -> bool:
    return type(value) is int


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


def _reads_as(parse: Callable[[str], object]) -> Callable[[object], bool]:
    def accepts(value: object) -> bool:
        try:
            return isinstance(value, str) and parse(value) is not None
        except ValueError:
            return False

    return accepts


_ACCEPTS: Mapping[LineType, Callable[[object], bool]] = {
    LineType.INTEGER: _is_whole,
    LineType.TEXT: _is_text,
    LineType.CODE: _is_text,
    LineType.BOOLEAN: _is_boolean,
    LineType.DATE: _reads_as(date.fromisoformat),
    LineType.TIME: _reads_as(moments.parse),
    LineType.DATETIME: _reads_as(moments.parse),
}
_WORDS: Mapping[LineType, str] = {
    LineType.INTEGER: "whole number",
    LineType.TEXT: "text",
    LineType.CODE: "text",
    LineType.BOOLEAN: "true or false",
    LineType.DATE: "date such as 2020-10-04",
    LineType.TIME: "time such as 20:05",
    LineType.DATETIME: "time such as 20:05 or 2020-10-05T01:20",
}
