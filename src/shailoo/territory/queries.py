"""Reading the territory: regions, children, the way up, boundaries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Func, QuerySet, TextField

from shailoo.territory.models import Area, Boundary, Precinct

IN_KYRGYZ_ORDER = Func(F("name_ky"), function="ky_sort", output_field=TextField())


def by_code(code: str) -> Area | None:
    """The area of that code, with its parent."""
    return Area.objects.select_related("parent").filter(code=code).first()


def country() -> Area | None:
    """The root of the tree; None before any area is known."""
    return Area.objects.filter(kind=Area.Kind.COUNTRY).first()


def regions() -> QuerySet[Area]:
    """The nine units in which L64.2 measures the regional threshold, by code."""
    return Area.objects.filter(kind__in=Area.REGIONS).order_by("code")


def parts() -> QuerySet[Area]:
    """Everything directly under the country: the regions by code, precincts abroad last."""
    return Area.objects.filter(parent__kind=Area.Kind.COUNTRY).order_by(
        Func(F("code"), template="(%(expressions)s = 'ABROAD')"), "code"
    )


def children(area: Area) -> QuerySet[Area]:
    """The areas directly below, in the Kyrgyz order."""
    return Area.objects.filter(parent=area).order_by(IN_KYRGYZ_ORDER, "code")


def path(area: Area) -> tuple[Area, ...]:
    """From the country down to `area`, both included; one query."""
    return tuple(
        Area.objects.raw(
            """
            WITH RECURSIVE up AS (
                SELECT a.*, 0 AS far FROM territory_area a WHERE a.id = %s
                UNION ALL SELECT a.*, up.far + 1 FROM territory_area a JOIN up ON a.id = up.parent_id
            )
            SELECT * FROM up ORDER BY far DESC
            """,
            [area.pk],
        )
    )


def within(area: Area) -> QuerySet[Area]:
    """`area` and every area below it."""
    below = """
        WITH RECURSIVE down AS (
            SELECT id FROM territory_area WHERE id = %s
            UNION ALL SELECT a.id FROM territory_area a JOIN down ON a.parent_id = down.id
        )
        SELECT id FROM down
    """
    return Area.objects.filter(pk__in=[found.pk for found in Area.objects.raw(below, [area.pk])])


def precincts_in(area: Area) -> QuerySet[Precinct]:
    """The precincts of an area and of everything below it, by number."""
    return Precinct.objects.filter(area__in=within(area)).order_by("number")


def boundaries(*kinds: Area.Kind) -> Mapping[str, dict[str, Any]]:
    """GeoJSON geometries (WGS 84) by area code, of areas of these kinds; empty where none were imported."""
    found = Boundary.objects.filter(area__kind__in=kinds).order_by("area__code")
    return dict(found.values_list("area__code", "geometry"))
