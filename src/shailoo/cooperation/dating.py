"""Dates as they are known (C18): to the day, to the year, or not at all. Never more than the source says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import F, OrderBy, Q

_YEAR = re.compile(r"[12]\d{3}")


class Precision(StrEnum):
    """How precisely a date is known."""

    DAY = "day"
    YEAR = "year"
    NONE = "none"


PRECISIONS = [(each.value, each.value) for each in Precision]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its precision; of a year it keeps the first of January, which nobody is ever shown.

    Raises ValueError where date and precision do not belong together.
    """

    on: date | None = None
    precision: Precision = Precision.NONE

    def __post_init__(self) -> None:
        if (self.on is None) != (self.precision is Precision.NONE):
            raise ValueError("a date has a precision, and only a date")
        if self.on is not None and self.precision is Precision.YEAR and (self.on.month, self.on.day) != (1, 1):
            raise ValueError("of a year nothing but the year is known")

    @classmethod
    def of_day(cls, on: date) -> Dated:
        return cls(on, Precision.DAY)

    @classmethod
    def of_year(cls, year: int) -> Dated:
        return cls(date(year, 1, 1), Precision.YEAR)

    @classmethod
    def read(cls, written: str) -> Dated:
        """ "2013-10-14", "2013" or "". Raises ValueError for anything else."""
        if not written:
            return UNKNOWN
        if _YEAR.fullmatch(written):
            return cls.of_year(int(written))
        return cls.of_day(date.fromisoformat(written))

    @property
    def is_known(self) -> bool:
        return self.on is not None

    @property
    def year(self) -> int | None:
        return self.on.year if self.on else None

    @property
    def written(self) -> str:
        """ "2013-10-14", "2013" or "": what `read` takes back."""
        if self.on is None:
            return ""
        return str(self.on.year) if self.precision is Precision.YEAR else self.on.isoformat()

    def after(self, day: date) -> bool:
        """Whether it is certainly later than a day; of a year its first day is taken."""
        return self.on is not None and self.on > day


UNKNOWN = Dated()


def day_field() -> models.DateField[Any, Any]:
    """The date of a dated column; its name ends in `_on`."""
    return models.DateField(null=True, blank=True)


def precision_field() -> models.CharField[Any, Any]:
    """How precisely it is known; its name ends in `_precision`."""
    return models.CharField(max_length=4, choices=PRECISIONS, default=Precision.NONE.value)


def holds(column: str, name: str) -> models.CheckConstraint:
    """The constraint that the date and the precision of `column` belong together; `name` reads as a sentence."""
    on, precision = f"{column}_on", f"{column}_precision"
    unknown = Q(**{f"{on}__isnull": True, precision: Precision.NONE.value})
    day = Q(**{f"{on}__isnull": False, precision: Precision.DAY.value})
    year = Q(**{f"{on}__isnull": False, precision: Precision.YEAR.value, f"{on}__month": 1, f"{on}__day": 1})
    return models.CheckConstraint(condition=unknown | day | year, name=name)


def dated(row: models.Model, column: str) -> Dated:
    """The date that a row holds in `column`."""
    return Dated(getattr(row, f"{column}_on"), Precision(getattr(row, f"{column}_precision")))


def set_dated(row: models.Model, column: str, value: Dated) -> None:
    """Let a row hold this date; it is not saved."""
    setattr(row, f"{column}_on", value.on)
    setattr(row, f"{column}_precision", value.precision.value)


def latest_first(*columns: str) -> Sequence[OrderBy]:
    """An order by dates, the latest first, what is undated last; the key keeps pages apart."""
    return (*(F(f"{column}_on").desc(nulls_last=True) for column in columns), F("pk").desc())
