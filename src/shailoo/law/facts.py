"""Facts from outside: any frozen dataclass of facts from a JSON document, its JSON schema, and values back as JSON.

A rule of the rulebook takes its facts as a frozen dataclass; this module reads such a class from a document with every
fault in one pass, so that each rule can be asked from a file without a reader of its own.

    count int            an integer of 0 or more             money Decimal      "1500.50" or 1500, som
    bool                 true or false                       share Fraction     "0.09", "9/100", 0 or 1
    str                  a string that is not empty          date, time         "2020-10-04", "18:00"
    StrEnum              one of its values                   datetime           "2020-10-04T18:00" (of Bishkek)
    tuple, frozenset     an array                            dataclass, Mapping an object
    T | None             null or left out
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Mapping as AnyMapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from inspect import cleandoc
from re import fullmatch
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from shailoo.law.calendar.terms import BISHKEK
from shailoo.law.json_reader import Faulty, Reader, at

T = TypeVar("T")
Json: TypeAlias = "int | str | bool | list[Json] | dict[str, Json] | None"
Hint: TypeAlias = Any  # Any: a type hint can be a class, a union or a generic alias

_MONEY = r"[0-9]{1,18}(\.[0-9]{1,2})?"


def read(kind: type[T], text: str) -> T | Faulty:
    """The facts of class `kind` in a JSON document, or every fault of it."""
    reader = Reader()
    document = reader.document(text)
    if reader.faulty is not None:
        return reader.faulty
    found = _read(reader, kind, document, "$")
    if reader.faulty is not None:
        return reader.faulty
    if not isinstance(found, kind):
        raise TypeError(f"{kind.__name__} was not read")  # a reader that gives nothing must say why
    return found


def schema(kind: type) -> dict[str, Json]:
    """The JSON schema (draft 2020-12) of the facts of class `kind`."""
    found = _schema(kind)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.__name__, **found}


def as_json(value: object) -> Json:
    """A value of the law as JSON: shares as "9/100", money as "1500.00", days and instants as ISO 8601."""
    if isinstance(value, bool | int | None):
        return value
    if isinstance(value, StrEnum | str):
        return str(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}" if value.denominator != 1 else value.numerator
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(BISHKEK).isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, AnyMapping):
        return {str(as_json(key)): as_json(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    if isinstance(value, frozenset):
        return sorted((as_json(each) for each in value), key=str)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


# ------------------------------------------------------------------------------------- reading


def _read(reader: Reader, kind: Hint, value: object, path: str) -> object:
    origin, parts = _origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(reader, _only(parts), value, path)
    if origin is tuple:
        return tuple(_elements(reader, parts[0], value, path))
    if origin is frozenset:
        return frozenset(_elements(reader, parts[0], value, path))
    if origin is AnyMapping:
        members = reader.members(value, path)
        return {key: _read(reader, parts[1], each, at(path, key)) for key, each in members.items()}
    if is_dataclass(kind):
        return _object(reader, kind, value, path)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        option = reader.one_of(value, path, tuple(kind))
        return None if option is None else kind(option)
    return _SCALARS[kind](reader, value, path)


def _origin(kind: Hint) -> Hint:
    """`tuple` of `tuple[int, ...]`, None of a plain class."""
    return get_origin(kind)


def _only(parts: tuple[Hint, ...]) -> Hint:
    (kind,) = (each for each in parts if each is not NoneType)
    return kind


def _elements(reader: Reader, kind: Hint, value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        reader.fault(path, "must be an array")
        return []
    return [_read(reader, kind, each, f"{path}[{index}]") for index, each in enumerate(value)]


def _object(reader: Reader, kind: Hint, value: object, path: str) -> object:
    before = reader.faulty
    hints, known = _hints(kind), [each for each in fields(kind) if each.init]
    members = reader.members(value, path, [each.name for each in known])
    given: dict[str, object] = {}
    for each in known:
        if each.name in members:
            given[each.name] = _read(reader, hints[each.name], members[each.name], at(path, each.name))
        elif _is_optional(hints[each.name]) and _has_no_default(each):
            given[each.name] = None  # null and left out are the same
        elif _has_no_default(each):
            reader.fault(at(path, each.name), "is missing")
    if reader.faulty != before:
        return None
    try:
        return kind(**given)
    except ValueError as contradiction:  # facts that cannot be, such as more women than candidates
        reader.fault(path, str(contradiction))
        return None


def _is_optional(kind: Hint) -> bool:
    return _origin(kind) in (Union, UnionType) and NoneType in get_args(kind)


def _has_no_default(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


@cache
def _hints(kind: type) -> Mapping[str, Hint]:
    return get_type_hints(kind)


def _flag(reader: Reader, value: object, path: str) -> object:
    if not isinstance(value, bool):
        reader.fault(path, "must be true or false")
    return value


def _money(reader: Reader, value: object, path: str) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18:
        return Decimal(value)
    if isinstance(value, str) and fullmatch(_MONEY, value):
        return Decimal(value)
    reader.fault(path, 'must be an amount in som, an integer or a string such as "1500.50"')
    return None


def _day(reader: Reader, value: object, path: str) -> object:
    return _iso(reader, value, path, date.fromisoformat, r"\d{4}-\d\d-\d\d", 'a day such as "2020-10-04"')


def _hour(reader: Reader, value: object, path: str) -> object:
    return _iso(reader, value, path, time.fromisoformat, r"\d\d:\d\d(:\d\d)?", 'an hour such as "18:00"')


def _instant(reader: Reader, value: object, path: str) -> object:
    pattern = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?"
    found = _iso(reader, value, path, datetime.fromisoformat, pattern, 'an instant such as "2020-10-04T18:00"')
    if isinstance(found, datetime) and found.tzinfo is None:
        return found.replace(tzinfo=BISHKEK)
    return found


def _iso(reader: Reader, value: object, path: str, parse: Callable[[str], T], pattern: str, expected: str) -> T | None:
    if isinstance(value, str) and fullmatch(pattern, value):
        try:
            return parse(value)
        except ValueError:
            pass  # 31 February looks right and is none: the fault below says so
    reader.fault(path, f"must be {expected}")
    return None


_SCALARS: Mapping[Hint, Callable[[Reader, object, str], object]] = {
    bool: _flag,
    int: Reader.count,
    str: Reader.name,
    Decimal: _money,
    Fraction: Reader.share,
    date: _day,
    datetime: _instant,
    time: _hour,
}


# ------------------------------------------------------------------------------------- schema

_FORMS: Mapping[Hint, dict[str, Json]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    str: {"type": "string", "minLength": 1},
    Decimal: {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": f"^{_MONEY}$"}]},
    Fraction: {"anyOf": [{"type": "integer", "enum": [0, 1]}, {"type": "string", "pattern": "^[0-9]+([./][0-9]+)?$"}]},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$"},
    time: {"type": "string", "pattern": r"^\d\d:\d\d(:\d\d)?$"},
}


def _schema(kind: Hint) -> dict[str, Json]:
    origin, parts = _origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(_only(parts)), {"type": "null"}]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _schema(parts[0])}
    if origin is AnyMapping:
        return {"type": "object", "additionalProperties": _schema(parts[1])}
    if isinstance(kind, type) and is_dataclass(kind):
        known = [each for each in fields(kind) if each.init]
        return {
            "type": "object",
            "description": cleandoc(kind.__doc__ or ""),
            "properties": {each.name: _property(each, _hints(kind)[each.name]) for each in known},
            "required": [
                each.name for each in known if _has_no_default(each) and not _is_optional(_hints(kind)[each.name])
            ],
            "additionalProperties": False,
        }
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [each.value for each in kind]}
    return dict(_FORMS[kind])


def _property(each: Field[Any], kind: Hint) -> dict[str, Json]:
    found = _schema(kind)
    return found if each.default in (MISSING, None) else {**found, "default": as_json(each.default)}
