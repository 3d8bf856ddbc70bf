"""Every count of a protocol, wherever it stands: in a line, in the votes of an option, in a record (L34.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from functools import cache, cached_property
from typing import cast

from shailoo.law.protocol.form import LineType, StructureKind, integer_lines, lines
from shailoo.law.protocol.formula import Facts

_MAY_BE_NEGATIVE = "mismatch_total"  # the difference of two counts (L35.14)


class IntegerLines(Mapping[str, object]):
    """The counts given, by name: "valid", "votes.<option>", "mobile_boxes[0].found".

    Names are only made when somebody asks for one; a check that holds reads the values alone.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def values(self) -> ValuesView[object]:
        """The counts without their names."""
        facts = self._facts
        counts = [facts[name] for name in count_names() & facts.keys()]
        if isinstance(votes := facts.get("votes"), Mapping):
            counts += votes.values()
        for name, fields in _record_counts():
            for record in _records(facts.get(name)):
                counts += [record[field] for field in fields if field in record]
        return cast("ValuesView[object]", counts)

    @cached_property
    def _named(self) -> dict[str, object]:
        facts = self._facts
        named = {name: facts[name] for name in sorted(count_names() & facts.keys())}
        if isinstance(votes := facts.get("votes"), Mapping):
            named.update((f"votes.{option}", number) for option, number in votes.items())
        for name, fields in _record_counts():
            for place, record in enumerate(_records(facts.get(name))):
                named.update((f"{name}[{place}].{field}", record[field]) for field in fields if field in record)
        return named

    def __getitem__(self, name: str) -> object:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)


def _records(value: object) -> list[Mapping[str, object]]:
    """The records of a line; what is no record is left to the correlation that reads it."""
    return [record for record in value if isinstance(record, Mapping)] if isinstance(value, list | tuple) else []


@cache
def count_names() -> frozenset[str]:
    """The lines that hold a count of 0 or more."""
    return frozenset(entry.id for entry in integer_lines()) - {_MAY_BE_NEGATIVE}


@cache
def _record_counts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Line of records -> its fields that hold a count."""
    return tuple(
        (entry.id, tuple(name for name, kind in entry.structure.fields.items() if kind is LineType.INTEGER))
        for entry in lines()
        if entry.structure is not None and entry.structure.kind is StructureKind.RECORDS
    )
