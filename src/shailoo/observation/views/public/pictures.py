"""Observers over the years as a picture of columns; the table beside it says the same in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, GROUND = 1000, 420, 340
GAP = 24
OF_A_PLACE = 100
"""Units of the drawing."""


@dataclass(frozen=True, slots=True)
class Year:
    """One election: how many observers, whether the figure is of the whole accreditation, whether it is our own."""

    day: date
    name: str
    people: int
    whole: bool = True
    own: bool = False
    countries: int | None = None
    source: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """What stands below the column."""
        return f"{self.day:%m.%Y}"


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands and how high it is, in units of the drawing."""

    year: Year
    x: int
    y: int
    width: int
    height: int
    middle: int
    above: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The columns from the earliest to the latest; none where there is nothing to draw."""

    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = GROUND


def picture(years: Sequence[Year]) -> Picture:
    """The columns of the years in their order, the highest filling the drawing."""
    if not years:
        return Picture(())
    most = max(max(year.people for year in years), 1)
    place = WIDTH // len(years)
    return Picture(tuple(_column(year, number * place, place, most) for number, year in enumerate(years)))


def _column(year: Year, left: int, place: int, most: int) -> Column:
    width = min(place - GAP, OF_A_PLACE)
    height = max(year.people * (GROUND - 50) // most, 1)
    x = left + (place - width) // 2
    return Column(year, x, GROUND - height, width, height, left + place // 2, GROUND - height - 10)
