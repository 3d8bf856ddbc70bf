"""Voters in numbers, by place, sex and age; and a polling station on the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from shailoo.documents.lists import Cell, taken_away
from shailoo.elections.models import Voting
from shailoo.portal.charts.bars import BarRow, Bars, bars
from shailoo.portal.charts.choropleth import Area as Drawn
from shailoo.portal.charts.choropleth import Outline, outline
from shailoo.portal.charts.shading import Figure, Key, ShadedMap, shade, tone_ranges, tones
from shailoo.portal.charts.tiles import tiles
from shailoo.portal.listing import Listing, chosen, listing
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import of_record
from shailoo.territory import queries as territory
from shailoo.territory.models import Area
from shailoo.territory.names import ky_sort_key
from shailoo.voters.enquiry import words
from shailoo.voters.enquiry.counting import AGES
from shailoo.voters.enquiry.models import StationAccess, Statistics
from shailoo.voters.enquiry.queries import numbers, own_entry, stations
from shailoo.voters.enquiry.queries.numbers import Level, Row
from shailoo.wording import numbers as written

FORMS = ("csv", "json", "xlsx")
REGIONS = (Area.Kind.OBLAST, Area.Kind.REPUBLICAN_CITY)
AROUND = (Area.Kind.RAYON, Area.Kind.CITY, *REGIONS)
HERE = "here"
WOMEN, MEN, OF_AGE = 5, 2, 8  # places in the palette


@dataclass(frozen=True, slots=True)
class Part:
    """A unit in the list below the pictures: its numbers, its page, women and men where they may be shown."""

    row: Row
    href: str
    women: int | None
    men: int | None


@dataclass(frozen=True, slots=True)
class Map:
    """The map of a page: areas by their voters; those without a boundary stand beside it."""

    chart: ShadedMap
    tiled: bool
    beside: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A counted edition that can be chosen."""

    name: str
    words: str
    here: bool


@of_record
def statistics(request: HttpRequest, voting: Voting | None, code: str = "") -> HttpResponse:
    """For a journalist or a researcher: how many voters there are, where, of what sex and age, and what changed."""
    del voting
    found, choices = _chosen(request)
    if found is None and code:
        raise Http404(code)
    if found is None:
        return render(request, "voter_enquiry/statistics_none.html", {"trail": _trail(words.TITLES["numbers"])})
    unit = numbers.unit(found, f"area:{code}") if code else numbers.nation(found)
    if unit is None:
        raise Http404(code)
    below = numbers.below(found, unit.key)
    query = f"?edition={found.edition}"
    context = {
        "election": found.edition.register.election,
        "counted": found,
        "edition": words.edition(found.edition),
        "choices": choices,
        "unit": unit,
        "by_sex": _sexes(unit),
        "by_age": _ages(unit),
        "cells": _cells(unit),
        "map": _map(below, query),
        "parts": _parts(request, below, query),
        "exports": _exports(found, unit),
        "trail": _trail(*_way(found, unit)),
    }
    return render(request, "voter_enquiry/statistics.html", context)


@of_record
def statistics_file(request: HttpRequest, voting: Voting | None, form: str) -> HttpResponse:
    """The same numbers as a file: one level, or what lies directly below one area. Hidden groups are empty."""
    del voting
    found, _choices = _chosen(request)
    if found is None:
        raise Http404
    area = request.GET.get("area", "")
    level = chosen(request.GET, "level", [each.value for each in Level], Level.REGION.value)
    rows = numbers.below(found, f"area:{area}") if area else numbers.of_level(found, Level(level))
    if not rows:
        raise Http404(area)
    name = f"voters-{found.edition}-{area if area else level}"
    if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
        raise Http404(area)
    return taken_away(name, form, COLUMNS, [_record(found, each) for each in rows])


@of_record
def station(request: HttpRequest, voting: Voting | None, number: str) -> HttpResponse:
    """For a voter on the way: where the station is, on a map of our own, and how one gets in."""
    del voting
    asked = own_entry.open_edition()
    register = asked.edition.register if asked else own_entry.asked_register()
    found = stations.station(register.voting, asked.edition if asked else None, number) if register else None
    if found is None or register is None:
        raise Http404(number)
    context = {
        "election": register.election,
        "station": found,
        "access": words.access(found.access),
        "map": _station_map(found.precinct.area, found.precinct.region, found.access),
        "trail": [
            *_trail((words.TITLES["find"], reverse("voters_public:find"))),
            (words.precinct(number), ""),
        ],
    }
    return render(request, "voter_enquiry/station.html", context)


# ------------------------------------------------------------------------------------- which edition


def _chosen(request: HttpRequest) -> tuple[Statistics | None, list[Choice]]:
    """The counted edition that the address names ("control-1"), or the latest; and all there are."""
    register = own_entry.asked_register()
    known = {str(each.edition): each for each in numbers.counted(register)} if register else {}
    if not known:
        return None, []
    name = chosen(request.GET, "edition", known, next(iter(known)))
    choices = [Choice(each, words.edition(found.edition), each == name) for each, found in known.items()]
    return known[name], choices


# ------------------------------------------------------------------------------------- pictures


def _sexes(unit: Row) -> Bars | None:
    both = unit.by_sex()
    if both is None:
        return None
    rows = [
        BarRow(sex, str(words.SEX[sex]), voters, colour)
        for sex, voters, colour in zip(("f", "m"), both, (WOMEN, MEN), strict=True)
    ]
    return bars(rows, base=unit.voters)


def _ages(unit: Row) -> Bars | None:
    """The groups in the order of their age, not of their size."""
    groups = unit.by_age()
    if groups is None:
        return None
    rows = [
        BarRow(str(low), words.age(low, high), voters, OF_AGE) for (low, high), voters in zip(AGES, groups, strict=True)
    ]
    drawn = bars(rows, base=unit.voters)
    return Bars(tuple(sorted(drawn.bars, key=lambda bar: int(bar.row.id))), drawn.base, None)


def _cells(unit: Row) -> list[tuple[str, int, int, int]]:
    """(group by age, women, men, together)."""
    if unit.cells is None:
        return []
    women, men = unit.cells[: len(AGES)], unit.cells[len(AGES) :]
    return [
        (words.age(low, high), hers, his, hers + his) for (low, high), hers, his in zip(AGES, women, men, strict=True)
    ]


def _map(below: Sequence[Row], query: str) -> Map | None:
    """The units below as areas of a map; None where they are precincts."""
    areas = [row for row in below if row.level is not Level.PRECINCT]
    if not areas:
        return None
    drawn, tiled = _outline(areas)
    fills, bounds = tones({row.code: Fraction(row.voters) for row in areas})
    figures = [
        Figure(row.code, name_of(row), written.count(row.voters), fills[row.code], _href(row, query)) for row in areas
    ]
    keys = [
        Key(fill, f"{written.count(int(low))}\N{EN DASH}{written.count(int(high))}")
        for fill, low, high in tone_ranges(bounds)
    ]
    shown = {shape.code for shape in drawn.shapes}
    chart = shade(drawn, [each for each in figures if each.code in shown], keys)
    return Map(chart, tiled, tuple(each for each in figures if each.code not in shown))


def _outline(rows: Sequence[Row]) -> tuple[Outline, bool]:
    wanted = {row.code for row in rows}
    found = {code: geometry for code, geometry in territory.boundaries(*AROUND).items() if code in wanted}
    if not found:
        return tiles([row.code for row in rows]), True
    return outline([Drawn(code, geometry) for code, geometry in found.items()]), False


def _station_map(area: Area, region: Area, access: StationAccess | None) -> ShadedMap | None:
    """The area around a station with the station as a point; None where one of both is not known."""
    known = territory.boundaries(*AROUND)
    around = next((each for each in (area, region) if each.code in known), None)
    if around is None or access is None or access.longitude is None or access.latitude is None:
        return None
    place = {"type": "Point", "coordinates": [float(access.longitude), float(access.latitude)]}
    figures = [
        Figure(around.code, name_of(around), "", "tone-1"),
        Figure(HERE, str(words.TITLES["station"]), f"{access.latitude}, {access.longitude}", "tone-5"),
    ]
    return shade(outline([Drawn(around.code, known[around.code]), Drawn(HERE, place)]), figures)


# ------------------------------------------------------------------------------------- tables


def _parts(request: HttpRequest, below: Sequence[Row], query: str) -> Listing[Part]:
    return listing(
        [_part(row, query) for row in below],
        request.GET,
        keys={
            "name": lambda part: (
                (len(part.row.code), part.row.code)
                if part.row.level is Level.PRECINCT
                else (0, ky_sort_key(name_of(part.row)))
            ),
            "voters": lambda part: part.row.voters,
            "change": lambda part: part.row.change,
            "women": lambda part: part.women,
            "men": lambda part: part.men,
        },
        default="name",
        text=lambda part: " ".join((part.row.code, part.row.name_ky, part.row.name_ru, part.row.name_en)),
    )


def _part(row: Row, query: str) -> Part:
    women, men = row.by_sex() or (None, None)
    return Part(row, _href(row, query), women, men)


def _href(row: Row, query: str) -> str:
    if row.level is Level.PRECINCT:
        return reverse("portal:voters_station", args=[row.code])
    return reverse("portal:voters_statistics_of", args=[row.code]) + query


def _exports(found: Statistics, unit: Row) -> list[tuple[str, str]]:
    only = f"?edition={found.edition}&area={unit.code}"
    return [(form.upper(), reverse("portal:voters_statistics_file", args=[form]) + only) for form in FORMS]


COLUMNS = (
    "edition",
    "level",
    "code",
    "name_ky",
    "name_ru",
    "name_en",
    "voters",
    "change",
    "shown",
    *(f"{sex}_{low}_{high if high else 'older'}" for sex in ("women", "men") for low, high in AGES),
)


def _record(found: Statistics, row: Row) -> list[Cell]:
    """One unit as a line of a file; a group that is hidden is empty, never zero."""
    cells: Iterable[int | None] = row.cells if row.cells is not None else [None] * (2 * len(AGES))
    shown = "yes" if row.cells is not None else "no"
    names = (row.name_ky, row.name_ru, row.name_en)
    return [str(found.edition), row.level.value, row.code, *names, row.voters, row.change, shown, *cells]


def _way(found: Statistics, unit: Row) -> list[tuple[str | Promise, str]]:
    """The way from the nation down to the unit, which has no address: it is the page itself."""
    top = (words.TITLES["numbers"], reverse("portal:voters_statistics") + f"?edition={found.edition}")
    steps: list[tuple[str | Promise, str]] = []
    row: Row | None = unit
    while row is not None and row.level is not Level.NATION:
        steps.insert(0, (name_of(row), _href(row, f"?edition={found.edition}")))
        row = numbers.unit(found, row.parent)
    way = [top, *steps]
    return [*way[:-1], (way[-1][0], "")]


def _trail(*steps: tuple[str | Promise, str] | str | Promise) -> list[tuple[str | Promise, str]]:
    """From the first page of voters; the last step has no address where it is the page itself."""
    known: list[tuple[str | Promise, str]] = [(words.TITLES["index"], reverse("voters_public:index"))]
    return known + [step if isinstance(step, tuple) else (step, "") for step in steps]
