"""The voters of an edition by precinct, sex and age on the day of voting, and their sums up the tree of areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from shailoo.territory.models import Area, Precinct
from shailoo.voters.enquiry.models import UnitStatistics
from shailoo.voters.enquiry.protection import Unit, together
from shailoo.voters.lists.models import Edition, VoterList

Level = UnitStatistics.Level
SEXES = ("f", "m")
AGES: tuple[tuple[int, int | None], ...] = ((18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, None))
"""The groups by age on the day of voting, in years, both included; a choice of ours, no norm names any."""
CELLS = len(SEXES) * len(AGES)

# The bounds are days of birth, the oldest group first: whoever was born on one belongs to the younger side.
_COUNT = """
SELECT l.precinct_id, e.sex, width_bucket(e.born, %(bounds)s::date[]), count(*)
FROM voter_lists_voterlist l CROSS JOIN LATERAL unnest(l.entries) AS k(id) JOIN voters_entry e ON e.id = k.id
WHERE l.edition_id = %(edition)s GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit with its numbers, and what it is: an area or a precinct, by its key in the database."""

    unit: Unit
    level: Level
    area: int | None = None
    precinct: int | None = None


def units(edition: Edition) -> list[Counted]:
    """Every unit of an edition from the precincts up, the nation last. Raises LookupError where no country is known."""
    places = {place.pk: place for place in _places(edition)}
    cells = _cells(edition, places)
    found = [
        Counted(Unit(each.key, each.parent, cells[pk]), Level.PRECINCT, precinct=pk) for pk, each in places.items()
    ]
    for level in (Level.RAYON, Level.REGION, Level.NATION):
        found += list(_summed(level, places.values(), found))
    return found


def bounds(day: date) -> list[date]:
    """The first day of birth on the younger side of each bound between two groups, the oldest first."""
    return [_years_before(day, low) + timedelta(days=1) for low, _high in reversed(AGES[1:])]


def cell_of(sex: str, bucket: int) -> int:
    """The place of a count among the cells: women first, the youngest first. Bucket 0 are the oldest."""
    return SEXES.index(sex) * len(AGES) + len(AGES) - 1 - bucket


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _cells(edition: Edition, places: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    counted: dict[int, list[int]] = {pk: [0] * CELLS for pk in places}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"bounds": bounds(edition.register.voting.day), "edition": edition.pk})
        for precinct, sex, bucket, voters in cursor.fetchall():
            counted[precinct][cell_of(sex, bucket)] = voters
    return {pk: tuple(cells) for pk, cells in counted.items()}


@dataclass(frozen=True, slots=True)
class _Place:
    """A precinct with the areas that it lies in, by level."""

    pk: int
    key: str
    within: Mapping[Level, Area]

    @property
    def parent(self) -> str:
        return area_key(next(self.within[level] for level in (Level.RAYON, Level.REGION) if level in self.within))


def area_key(area: Area) -> str:
    """The key of an area among the units."""
    return f"area:{area.code}"


def precinct_key(precinct: Precinct) -> str:
    """The key of a precinct among the units."""
    return f"precinct:{precinct.number}"


def _places(edition: Edition) -> Iterator[_Place]:
    areas = {area.pk: area for area in Area.objects.all()}
    country = next((area for area in areas.values() if area.kind == Area.Kind.COUNTRY), None)
    if country is None:
        raise LookupError("the territory has no country")
    lists = VoterList.objects.filter(edition=edition).select_related("precinct").defer("entries")
    for each in lists.order_by("precinct__number"):
        within = {Level.NATION: country, Level.REGION: areas[each.region_id]}
        rayon = _below(areas, each.precinct.area_id, each.region_id)
        if rayon is not None:
            within[Level.RAYON] = rayon
        yield _Place(each.precinct_id, precinct_key(each.precinct), within)


def _below(areas: Mapping[int, Area], area: int, region: int) -> Area | None:
    """The area directly below the region in which an area lies; None where it is the region, or lies elsewhere."""
    found: Area | None = areas[area]
    while found is not None and found.parent_id != region:
        found = areas.get(found.parent_id) if found.parent_id is not None else None
    return found


def _summed(level: Level, places: Iterable[_Place], found: Iterable[Counted]) -> Iterator[Counted]:
    """The units of a level as the sums of their parts, in the order of their codes."""
    parts: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for each in found:
        parts[each.unit.parent].append(each.unit.cells)
    above = {Level.RAYON: Level.REGION, Level.REGION: Level.NATION}.get(level)
    here = {area_key(each.within[level]): each for each in places if level in each.within}
    for key, place in sorted(here.items()):
        parent = area_key(place.within[above]) if above else ""
        yield Counted(Unit(key, parent, together(parts[key])), level, area=place.within[level].pk)
