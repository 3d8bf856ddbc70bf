"""Reading a JSON document from outside: exact numbers only, and every fault in one pass with its JSON path.

A reader never raises on what a document says. A value that is not what it should be is None, and a `Problem` says why.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from re import fullmatch
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a document: the JSON path of the value, and a sentence on what is wrong with it."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """A document that nothing is computed from, with every fault found in it."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object as it was written: a key may stand in it more than once."""

    pairs: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class _Inexact:
    """A number with a point or an exponent, or NaN: never a count, and never an exact share."""

    text: str


class Reader:
    """Reads the members of one document and keeps every fault that it meets, in the order of reading."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @property
    def faulty(self) -> Faulty | None:
        """The faults met so far, None while there is none."""
        return Faulty(tuple(self._problems)) if self._problems else None

    def fault(self, path: str, message: str) -> None:
        self._problems.append(Problem(path, message))

    def document(self, text: str) -> object:
        """The parsed document; None and a fault where the text is no JSON."""
        try:
            return json.loads(
                text,
                object_pairs_hook=lambda pairs: _Object(tuple(pairs)),
                parse_float=_Inexact,
                parse_constant=_Inexact,
            )
        except json.JSONDecodeError as error:
            self.fault("$", f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}")
        except RecursionError:
            self.fault("$", "is nested too deeply")
        except ValueError:  # an integer of thousands of digits
            self.fault("$", "holds a number with too many digits")
        return None

    def members(self, value: object, path: str, known: Iterable[str] | None = None) -> dict[str, object]:
        """The members of an object; keys not among `known` (None: any key may stand) and doubles are faults.

        Null stands for a known key that is left out.
        """
        if not isinstance(value, _Object):
            self.fault(path, f"must be an object, not {_written(value)}")
            return {}
        for key, times in Counter(key for key, _ in value.pairs).items():
            if times > 1:
                self.fault(at(path, key), f"stands {times} times")
            if known is not None and key not in known:
                self.fault(at(path, key), f"is an unknown key; known are {', '.join(known)}")
        return {key: member for key, member in value.pairs if known is None or member is not None}

    def elements(self, value: object, path: str) -> list[object]:
        """The elements of an array; an empty one is a fault."""
        if not isinstance(value, list):
            self.fault(path, f"must be an array, not {_written(value)}")
            return []
        if not value:
            self.fault(path, "must not be empty")
        return value

    def required(
        self, read: Callable[[object, str], T | None], members: Mapping[str, object], path: str, key: str
    ) -> T | None:
        """A member that must be there, read by `read`."""
        if key not in members:
            self.fault(at(path, key), "is missing")
            return None
        return read(members[key], at(path, key))

    def optional(
        self, read: Callable[[object, str], T | None], members: Mapping[str, object], path: str, key: str
    ) -> T | None:
        """A member that may be left out or null, read by `read`."""
        return read(members[key], at(path, key)) if key in members else None

    def count(self, value: object, path: str) -> int | None:
        """An integer of 0 or more."""
        return self._integer(value, path, 0)

    def positive(self, value: object, path: str) -> int | None:
        """An integer of 1 or more."""
        return self._integer(value, path, 1)

    def _integer(self, value: object, path: str, least: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(path, f"must be an integer, not {_written(value)}")
            return None
        if value < least:
            self.fault(path, f"must be {least} or more, not {value}")
            return None
        return value

    def share(self, value: object, path: str) -> Fraction | None:
        """A share from 0 to 1, written so that it is exact: "0.09", "9/100", 0 or 1."""
        number = _exact(value)
        if number is None:
            self.fault(path, f'must be an exact share, a string such as "0.09" or "9/100", not {_written(value)}')
            return None
        if not 0 <= number <= 1:
            self.fault(path, f"must be from 0 to 1, not {_written(value)}")
            return None
        return number

    def name(self, value: object, path: str) -> str | None:
        """A string that is not empty."""
        if not isinstance(value, str):
            self.fault(path, f"must be a string, not {_written(value)}")
            return None
        if not value.strip():
            self.fault(path, "must not be empty")
            return None
        return value

    def one_of(self, value: object, path: str, options: Sequence[str]) -> str | None:
        """One of `options`."""
        if isinstance(value, str) and value in options:
            return value
        self.fault(path, f"must be one of {', '.join(options)}, not {_written(value)}")
        return None

    def distinct(self, ids: Iterable[str | None], path: str) -> None:
        """A fault for every id that an earlier element of the array at `path` has too."""
        first: dict[str, int] = {}
        for index, name in enumerate(ids):
            if name is not None and first.setdefault(name, index) != index:
                self.fault(f"{path}[{index}].id", f"is already the id of {path}[{first[name]}]: {_written(name)}")


def at(path: str, key: str) -> str:
    """The JSON path of a member."""
    return f"{path}.{key}" if fullmatch(r"[^\W\d]\w*", key) else f"{path}[{json.dumps(key, ensure_ascii=False)}]"


def _exact(value: object) -> Fraction | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and fullmatch(r"[0-9]{1,30}(\.[0-9]{1,30})?|[0-9]{1,30}/0*[1-9][0-9]{0,29}", value):
        return Fraction(value)
    return None


def _written(value: object) -> str:
    """A value in the words of a message, short enough to read."""
    if isinstance(value, _Object):
        return "an object"
    if isinstance(value, list):
        return "an array"
    text = value.text if isinstance(value, _Inexact) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _READABLE else f"{text[:_READABLE]}..."


_READABLE = 60  # characters of a value that a message shows
