"""Two entries side by side: which fields differ, what they agree on, and what a third person's choices make of them.

Only lines are compared, never who or when. A line of counts (votes) is compared option by option, every other line as
a whole. The database repeats `settled` in the trigger `figures_are_what_two_people_entered`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from shailoo.counting.values import Value

Lines: TypeAlias = Mapping[str, Value]


def differences(first: Lines, second: Lines) -> tuple[str, ...]:
    """The paths of the fields that differ, in order of their names; none where the entries are equal."""
    found: list[str] = []
    for name in sorted(first.keys() | second.keys()):
        one, two = first.get(name), second.get(name)
        if isinstance(one, dict) and isinstance(two, dict):
            found += [f"{name}.{key}" for key in sorted(one.keys() | two.keys()) if one.get(key) != two.get(key)]
        elif one != two or type(one) is not type(two):
            found.append(name)
    return tuple(found)


def agreed(first: Lines, fields: Iterable[str]) -> dict[str, Value]:
    """The first entry's lines without the fields that differ: where both begin a re-entry."""
    kept: dict[str, Value] = {name: dict(value) if isinstance(value, dict) else value for name, value in first.items()}
    for field in fields:
        name, _, key = field.partition(".")
        counts = kept.get(name)
        if key and isinstance(counts, dict):
            counts.pop(key, None)
        else:
            kept.pop(name, None)
    return kept


def value_at(lines: Lines, field: str) -> Value | None:
    """What an entry has in a field; None where it is blank."""
    name, _, key = field.partition(".")
    value = lines.get(name)
    return value.get(key) if key and isinstance(value, dict) else value


def settled(first: Lines, second: Lines, choices: Mapping[str, int]) -> dict[str, Value]:
    """The first entry's lines, with the second's value in each field for which `choices` says 2."""
    result = agreed(first, ())
    for field, choice in choices.items():
        if choice == 2:
            _put(result, field, value_at(second, field))
    return result


def _put(lines: dict[str, Value], field: str, value: Value | None) -> None:
    name, _, key = field.partition(".")
    counts = lines.get(name)
    target: dict[str, Value] = counts if key and isinstance(counts, dict) else lines
    if value is None:
        target.pop(key or name, None)
    else:
        target[key or name] = value
