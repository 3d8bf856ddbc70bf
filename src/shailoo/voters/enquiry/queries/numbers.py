"""The numbers of counted editions, as everybody may see them: cells of a hidden unit never leave this module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from shailoo.voters.enquiry.counting import AGES, SEXES
from shailoo.voters.enquiry.models import Statistics, UnitStatistics
from shailoo.voters.lists.models import Edition
from shailoo.voters.models import Register

Level = UnitStatistics.Level


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with its voters; `cells` None where a group would be too small. `change`: against the edition before."""

    key: str
    parent: str
    level: Level
    code: str  # of the area, or the number of the precinct
    name_ky: str
    name_ru: str
    name_en: str
    voters: int
    change: int | None
    cells: tuple[int, ...] | None

    def by_sex(self) -> tuple[int, ...] | None:
        """Women and men."""
        if self.cells is None:
            return None
        size = len(AGES)
        return tuple(sum(self.cells[place * size : (place + 1) * size]) for place in range(len(SEXES)))

    def by_age(self) -> tuple[int, ...] | None:
        """The groups by age, the youngest first."""
        if self.cells is None:
            return None
        return tuple(sum(self.cells[place :: len(AGES)]) for place in range(len(AGES)))


def editions(register: Register) -> QuerySet[Edition]:
    """The editions of a register with their statistics, where they were counted; the latest first."""
    related = ("statistics", "register__election", "register__voting")
    return Edition.objects.filter(register=register).select_related(*related).order_by("-at", "-pk")


def counted(register: Register) -> QuerySet[Statistics]:
    """The counted editions of a register, the latest first."""
    found = Statistics.objects.filter(edition__register=register)
    return found.select_related("edition__register__election__clock", "edition__register__voting").order_by(
        "-edition__at", "-pk"
    )


def unit(found: Statistics, key: str) -> Row | None:
    """One unit; None where it was not counted."""
    return next(_rows(found.units.filter(key=key)), None)


def below(found: Statistics, key: str) -> list[Row]:
    """The units directly below one."""
    return list(_rows(found.units.filter(parent=key)))


def of_level(found: Statistics, level: Level) -> list[Row]:
    """Every unit of a level."""
    return list(_rows(found.units.filter(level=level)))


def nation(found: Statistics) -> Row | None:
    """The whole country, with what votes abroad."""
    return next(_rows(found.units.filter(level=Level.NATION)), None)


def _rows(units: QuerySet[UnitStatistics]) -> Iterator[Row]:
    rows = units.select_related("area", "precinct").order_by("pk")
    for each in rows:
        yield Row(
            key=each.key,
            parent=each.parent,
            level=Level(each.level),
            code=_code(each),
            name_ky=_name(each, "ky"),
            name_ru=_name(each, "ru"),
            name_en=_name(each, "en"),
            voters=each.voters,
            change=each.change,
            cells=tuple(each.cells) if each.shown else None,
        )


def _code(each: UnitStatistics) -> str:
    if each.precinct is not None:
        return each.precinct.number
    return each.area.code if each.area is not None else ""


def _name(each: UnitStatistics, language: str) -> str:
    if each.precinct is not None:
        return f"№ {each.precinct.number}"
    return str(getattr(each.area, f"name_{language}", ""))
