"""Voters by precinct, district and region, summed from the lists (L14.8.a1); and what an edition changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from shailoo.territory.models import Area
from shailoo.voters.lists.compiling import COMPARISON, KINDS
from shailoo.voters.lists.models import Difference, Edition, VoterList


class Level(StrEnum):
    """Of what a row is the sum."""

    REGION = "region"  # oblast, Bishkek, Osh, abroad
    DISTRICT = "district"  # rayon or city
    TOWN = "town"  # the area that the precinct belongs to
    PRECINCT = "precinct"


@dataclass(frozen=True, slots=True)
class Place:
    """A region, district or town with its lists: how many there are, and how many voters they name."""

    area: Area
    lists: int
    voters: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What one edition changes in a precinct against another, in voters."""

    precinct: int
    region: int
    new: int
    gone: int
    moved_in: int
    moved_out: int
    changed: int


# The district of an area: itself or the nearest one above that is a rayon or a city; else the region.
_PLACES = """
WITH RECURSIVE up AS (
    SELECT id, id AS at, kind, parent_id FROM territory_area
    UNION ALL
    SELECT up.id, a.id, a.kind, a.parent_id FROM up JOIN territory_area a ON a.id = up.parent_id
    WHERE up.kind NOT IN ('rayon', 'city', 'republican_city', 'oblast', 'abroad', 'country')
)
SELECT {area}, count(*), sum(l.voters) FROM voter_lists_voterlist l
JOIN territory_precinct p ON p.id = l.precinct_id
LEFT JOIN up d ON d.id = p.area_id AND d.kind IN ('rayon', 'city')
WHERE l.edition_id = %(edition)s AND (%(within)s::bigint IS NULL OR l.region_id = %(within)s)
GROUP BY 1
"""
_AREA = {
    Level.REGION: "l.region_id",
    Level.DISTRICT: "coalesce(d.at, l.region_id)",
    Level.TOWN: "p.area_id",
}


def places(edition: Edition, level: Level, *, region: Area | None = None) -> list[Place]:
    """The sums of a level, in one region where asked, by the codes of the areas. Raises KeyError for precincts."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACES.format(area=_AREA[level]), {"edition": edition.pk, "within": region.pk if region else None}
        )
        rows = {area: (lists, voters) for area, lists, voters in cursor.fetchall()}
    areas = Area.objects.filter(pk__in=rows).order_by("code")
    return [Place(area, *map(int, rows[area.pk])) for area in areas]


def lists_of(edition: Edition, *, district: Area | None = None, region: Area | None = None) -> QuerySet[VoterList]:
    """The lists of an edition by the numbers of their precincts, without their entries."""
    found = VoterList.objects.filter(edition=edition).defer("entries").select_related("precinct__area", "region")
    if region is not None:
        found = found.filter(region=region)
    if district is not None:
        found = found.filter(precinct__area__in=_below(district))
    return found.order_by("precinct__number")


def sum_of(lists: QuerySet[VoterList]) -> tuple[int, int]:
    """How many lists there are, and how many voters they name together."""
    found = lists.aggregate(lists=Count("pk"), voters=Sum("voters"))
    return found["lists"], found["voters"] or 0


def _below(area: Area) -> Sequence[int]:
    """The area with everything below it that belongs to no other district."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE down AS (
                SELECT id FROM territory_area WHERE id = %s
                UNION ALL
                SELECT a.id FROM down JOIN territory_area a ON a.parent_id = down.id
                WHERE a.kind NOT IN ('rayon', 'city')
            ) SELECT id FROM down
            """,
            [area.pk],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def difference(edition: Edition, against: Edition) -> list[Changed]:
    """What an edition changes in each precinct against any other one: one query, worked out anew."""
    with connection.cursor() as cursor:
        cursor.execute(COMPARISON, {"edition": edition.pk, "against": against.pk})
        return sorted((Changed(*map(int, row)) for row in cursor.fetchall()), key=lambda each: each.precinct)


def differences(edition: Edition) -> QuerySet[Difference]:
    """What the edition changes in each precinct against the one before it, as it was written down."""
    return edition.differences.select_related("precinct", "region", "against").order_by("precinct__number")


def changed_in_all(edition: Edition) -> Mapping[str, int] | None:
    """The sums of `differences`; None for the first edition, which has nothing before it."""
    found = edition.differences.aggregate(**{kind: Sum(kind) for kind in KINDS})
    return None if found["new"] is None else found
