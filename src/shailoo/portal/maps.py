"""The maps of a page: which areas, what their colour says, over imported boundaries or, without any, over tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.elections.models import Voting
from shailoo.portal.charts.choropleth import Area as Drawn
from shailoo.portal.charts.choropleth import Outline, outline
from shailoo.portal.charts.shading import Figure, ShadedMap, shade
from shailoo.portal.charts.tiles import tiles
from shailoo.portal.listing import chosen
from shailoo.portal.pictures import leader_figures, turnout_figures
from shailoo.results import queries as results
from shailoo.results.tabulation import Row, Tabulation
from shailoo.territory import queries as territory
from shailoo.territory.models import Area


class Kind(StrEnum):
    """The maps there are: what is shown, of which areas. The values stand in addresses."""

    LEADER = "leader"
    TURNOUT = "turnout"
    LEADER_BY_RAYON = "leader-by-rayon"
    TURNOUT_BY_RAYON = "turnout-by-rayon"


BY_RAYON = (Kind.LEADER_BY_RAYON, Kind.TURNOUT_BY_RAYON)
OF_TURNOUT = (Kind.TURNOUT, Kind.TURNOUT_BY_RAYON)
CAPTIONS: Mapping[Kind, Promise] = {
    Kind.LEADER: _("Who leads, by region"),
    Kind.LEADER_BY_RAYON: _("Who leads, by rayon and city"),
    Kind.TURNOUT: _("Turnout, by region"),
    Kind.TURNOUT_BY_RAYON: _("Turnout, by rayon and city"),
}
REGION_KINDS = (Area.Kind.OBLAST, Area.Kind.REPUBLICAN_CITY)
RAYON_KINDS = (Area.Kind.RAYON, Area.Kind.CITY, Area.Kind.REPUBLICAN_CITY)


@dataclass(frozen=True, slots=True)
class MapLink:
    """Another map of the same page."""

    caption: Promise
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A map and the other maps there are. `small` where it has more areas than full-size labels fit."""

    chart: ShadedMap
    caption: Promise
    tiled: bool
    links: tuple[MapLink, ...]
    beside: tuple[Figure, ...]  # areas without a boundary, as precincts abroad are

    @property
    def small(self) -> bool:
        return len(self.chart.areas) > len(REGION_KINDS) * 10


def of_nation(query: QueryDict, voting: Voting, tabulation: Tabulation) -> MapFigure:
    """The map that the address asks for (`map=`); 404 for one that there is not.

    Rayons are offered where precincts are known by rayon; turnout where listed voters and participants are known.
    """
    known = tuple(_known(tabulation))
    kind = Kind(chosen(query, "map", known, Kind.LEADER))
    rows = results.kind_rows(voting, *RAYON_KINDS) if kind in BY_RAYON else tabulation.regions
    kinds = RAYON_KINDS if kind in BY_RAYON else REGION_KINDS
    drawn, tiled = _outline(kinds, rows)
    hrefs = {row.code: reverse("portal:area", args=[row.code]) for row in rows}
    shown = {shape.code for shape in drawn.shapes}
    if kind in OF_TURNOUT:
        figures, keys = turnout_figures(rows, hrefs)
    else:
        figures, keys = leader_figures(rows, tabulation.options, hrefs)
    on_map = [figure for figure in figures if figure.code in shown]
    fills = {figure.fill for figure in on_map}
    chart = shade(drawn, on_map, [key for key in keys if key.fill in fills])
    beside = tuple(figure for figure in figures if figure.code not in shown)
    links = tuple(MapLink(CAPTIONS[each], f"?map={each.value}#map", each is kind) for each in known)
    return MapFigure(chart, CAPTIONS[kind], tiled, links, beside)


def _known(tabulation: Tabulation) -> list[Kind]:
    by_rayon = len(tabulation.tecs) > len(tabulation.regions)
    kinds = [Kind.LEADER, *([Kind.LEADER_BY_RAYON] if by_rayon else [])]
    if results.turnout(tabulation.national) is not None:
        kinds += [Kind.TURNOUT, *([Kind.TURNOUT_BY_RAYON] if by_rayon else [])]
    return kinds


def _outline(kinds: Sequence[Area.Kind], rows: Sequence[Row]) -> tuple[Outline, bool]:
    """The boundaries of the areas, where there are any; else a tile for each. Areas without one stand in the list."""
    shown = {row.code for row in rows}
    found = {code: geometry for code, geometry in territory.boundaries(*kinds).items() if code in shown}
    if not found:
        return tiles([row.code for row in rows]), True
    return outline([Drawn(code, geometry) for code, geometry in found.items()]), False
