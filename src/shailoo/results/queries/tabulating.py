"""Tabulation: the state of a voting by nation, region and TEC, and the sums of any area of the tree."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from shailoo.commissions.models import Commission
from shailoo.elections import queries as elections
from shailoo.elections.models import Voting
from shailoo.results.queries.revision import KeptByRevision, revision
from shailoo.results.queries.sums import BY_TEC, Grouping, Part, Parts, add, read
from shailoo.results.tabulation import OptionRow, Row, Sums, Tabulation
from shailoo.territory.models import Area

_KEPT: KeptByRevision[Tabulation] = KeptByRevision()


def tabulate(voting: Voting) -> Tabulation:
    """National, regional and territorial sums of accepted precinct protocols (L36.2.b2, L37.1.a, L37.4.b1).

    Kept in the process as long as the revision stands: then one small query. Else three queries, made by one thread
    while the others wait for its answer.
    """
    return _KEPT.get((voting.pk,), revision(voting), lambda: _tabulate(voting))


def _tabulate(voting: Voting) -> Tabulation:
    """Sums and revision first, in one snapshot; names after them, so that these are never older than the revision."""
    parts = read(voting.pk, len(elections.ballot(voting).choices), BY_TEC)
    options = options_of(voting)
    ballot = ballot_of(options)
    return Tabulation(
        voting_id=voting.pk,
        revision=parts.revision,
        as_of=parts.as_of,
        options=options,
        national=add((part.sums for part in parts.parts), ballot),
        regions=_regions(parts, ballot),
        tecs=_tecs(parts, ballot),
    )


def options_of(voting: Voting) -> tuple[OptionRow, ...]:
    """The lines of the ballot in order, "against all" last."""
    return tuple(
        OptionRow(line.code, line.position, line.kind, line.name_ky, line.name_ru, line.name_en, line.registered)
        for line in elections.ballot(voting).lines
    )


def ballot_of(options: Iterable[OptionRow]) -> int:
    """How many lines of the ballot have votes of their own: all but "against all"."""
    return sum(option.kind != "against_all" for option in options)


def _regions(parts: Parts, ballot: int) -> tuple[Row, ...]:
    """The units of L64.2 by their codes, then abroad."""
    areas = Area.objects.filter(pk__in={part.key[1] for part in parts.parts})
    ordered = sorted(areas, key=lambda area: (not area.is_region, area.code))
    return tuple(_area_row(area, [part for part in parts.parts if part.key[1] == area.pk], ballot) for area in ordered)


def _tecs(parts: Parts, ballot: int) -> tuple[Row, ...]:
    commissions = Commission.objects.filter(pk__in={part.key[0] for part in parts.parts}).select_related("body")
    by_tec: dict[int, list[Sums]] = {}
    for part in parts.parts:
        by_tec.setdefault(part.key[0], []).append(part.sums)
    return tuple(
        Row(tec.body.code, "tec", tec.body.name_ky, tec.body.name_ru, tec.body.name_en, add(by_tec[tec.pk], ballot))
        for tec in commissions.order_by("body__code")
    )


def _area_row(area: Area, parts: Iterable[Part], ballot: int) -> Row:
    sums = add((part.sums for part in parts), ballot)
    return Row(area.code, area.kind, area.name_ky, area.name_ru, area.name_en, sums)


# ------------------------------------------------------------------------------------- any area of the tree

_WITHIN = Grouping(
    keys=sql.SQL("top.id"),
    width=1,
    joins=sql.SQL(
        "JOIN territory_precinct place ON place.id = vp.precinct_id JOIN placed ON placed.area_id = place.area_id"
        " JOIN territory_area top ON top.id = placed.top_id"
    ),
    more=sql.SQL(
        """,
    placed AS (  -- every area with the unit in question that it lies in, itself included
        SELECT a.id AS area_id, a.id AS top_id FROM territory_area a WHERE a.id = ANY(%(tops)s)
        UNION ALL
        SELECT a.id, placed.top_id FROM territory_area a JOIN placed ON a.parent_id = placed.area_id
    )"""
    ),
)


def area_sums(voting: Voting, area: Area) -> Sums:
    """The sums of the precincts of an area and of everything below it; one query."""
    return rows_of(voting, [area])[0].sums


def children_rows(voting: Voting, area: Area) -> tuple[Row, ...]:
    """The sums of each unit directly below an area that has voting precincts, by code; two queries."""
    return tuple(row for row in rows_of(voting, area.children.order_by("code")) if row.sums.expected)


def kind_rows(voting: Voting, *kinds: Area.Kind) -> tuple[Row, ...]:
    """The sums of every unit of the given kinds that has voting precincts (the rayons of a map); two queries."""
    return tuple(
        row for row in rows_of(voting, Area.objects.filter(kind__in=kinds).order_by("code")) if row.sums.expected
    )


def rows_of(voting: Voting, areas: Iterable[Area]) -> tuple[Row, ...]:
    """The sums of each of `areas` in their order; none of them may lie in another. An area without precincts has 0."""
    units = tuple(areas)
    ballot = len(elections.ballot(voting).choices)
    found = read(voting.pk, ballot, _WITHIN, {"tops": [area.pk for area in units]})
    return tuple(_area_row(area, [part for part in found.parts if part.key[0] == area.pk], ballot) for area in units)
