"""What a field of a record holds, told once: forms, files, lists, pages and the ledger follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from shailoo.cooperation.dating import Dated, dated, set_dated

if TYPE_CHECKING:
    from shailoo.cooperation.words import Words


class As(StrEnum):
    """How a value is written and read."""

    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    CHOICES = "choices"
    ORGANIZATION = "organization"
    RECORD = "record"
    DATED = "dated"  # a day, a year, or nothing
    DAY = "day"
    COUNT = "count"
    COUNTRY = "country"
    COUNTRIES = "countries"
    LINES = "lines"  # several texts, one a line
    TICK = "tick"  # yes or no
    MAYBE = "maybe"  # yes, no, or not known
    WEBSITE = "website"
    EMAIL = "email"
    EMAILS = "emails"
    NUMBERED = "numbered"  # pairs of a day and a number, one a line
    BLOCKS = "blocks"  # lists of texts, one block a line


MANY = frozenset({As.CHOICES, As.COUNTRIES, As.LINES, As.EMAILS, As.NUMBERED, As.BLOCKS})
"""Values that are lists."""
REFERS = frozenset({As.ORGANIZATION, As.RECORD})


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name on the record, its label, how it is written; `key` is its name in files where it differs.

    `words` are the labels of a closed set, `to` the sort of record that it refers to. `listed`: a column of the list.
    `unless` is the value that says nothing and is not shown.
    """

    name: str
    label: Words
    as_: As = As.LINE
    key: str = ""
    required: bool = False
    listed: bool = False
    hint: Words | str = ""
    words: Mapping[str, Words] = field(default_factory=dict)
    to: str = ""
    longest: int = 300
    unless: object = None

    @property
    def in_files(self) -> str:
        return self.key or self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table that hold it."""
        return (f"{self.name}_on", f"{self.name}_precision") if self.as_ is As.DATED else (self.name,)

    @property
    def nothing(self) -> object:
        """What stands in the record where nothing was said."""
        if self.as_ is As.DATED:
            return Dated()
        if self.as_ in MANY:
            return []
        if self.as_ is As.TICK:
            return bool(self.unless)
        nulls = (As.ORGANIZATION, As.RECORD, As.DAY, As.COUNT, As.MAYBE)
        return None if self.as_ in nulls else ""

    def of(self, record: models.Model) -> object:
        """The value that the record holds; of a reference the record referred to."""
        if self.as_ in REFERS and getattr(record, f"{self.name}_id") is None:
            return None
        return dated(record, self.name) if self.as_ is As.DATED else getattr(record, self.name)

    def put(self, record: models.Model, value: object) -> None:
        """Let the record hold the value; it is not saved."""
        if self.as_ is As.DATED:
            if not isinstance(value, Dated):
                raise TypeError(f"{self.name}: {value!r} is no date")
            set_dated(record, self.name, value)
        else:
            setattr(record, self.name, self.nothing if value is None else value)

    def plain(self, record: models.Model) -> object:
        """The value as files and the ledger write it: texts, numbers, lists; of a reference its code."""
        if self.as_ in REFERS:
            other = self.of(record)
            return getattr(other, "code", None)
        value = self.of(record)
        if isinstance(value, Dated):
            return value.written or None
        if isinstance(value, (date, datetime)):
            return value.isoformat()
        return list(value) if isinstance(value, (list, tuple)) else value


def told(fields: Iterable[Field], record: models.Model) -> dict[str, object]:
    """Everything that the record says, by the names of its fields."""
    return {each.name: each.plain(record) for each in fields}
