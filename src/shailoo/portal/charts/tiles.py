"""The nation as labelled tiles, for a page without boundaries: every region equally large, roughly where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shailoo.portal.charts.choropleth import Outline, Shape

SIDE = 230
GAP = 14
COLUMNS = 4

# Column and row by the first four signs of the region's code; the cities stand beside the oblasts around them.
PLACES = {
    "KG07": (0, 0),  # Talas
    "KG08": (1, 0),  # Chui
    "KG11": (2, 0),  # Bishkek
    "KG02": (3, 0),  # Issyk-Kul
    "KG03": (0, 1),  # Jalal-Abad
    "KG21": (1, 1),  # Osh city
    "KG04": (2, 1),  # Naryn
    "KG05": (0, 2),  # Batken
    "KG06": (1, 2),  # Osh
}
FREE = ((3, 2), (3, 1), (2, 2))  # for precincts abroad and whatever else is no region


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    column: int
    row: int


def tiles(codes: Sequence[str]) -> Outline:
    """A tile for every code: the nine regions at their places, the others in the free places and then in new rows."""
    laid = tuple(_laid(codes))
    rows = max((tile.row for tile in laid), default=0) + 1
    width, height = COLUMNS * (SIDE + GAP) - GAP, rows * (SIDE + GAP) - GAP
    return Outline(f"0 0 {width} {height}", width, height, tuple(_shape(tile) for tile in laid))


def _laid(codes: Sequence[str]) -> list[Tile]:
    taken: set[tuple[int, int]] = set()
    found: dict[str, tuple[int, int]] = {}
    for code in codes:
        place = PLACES.get(code[:4])
        if place is not None and place not in taken:
            found[code] = place
            taken.add(place)
    spare = (place for place in (*FREE, *_new_rows(len(codes))) if place not in taken)
    return [Tile(code, *(found.get(code) or next(spare))) for code in codes]


def _new_rows(most: int) -> list[tuple[int, int]]:
    return [(number % COLUMNS, 3 + number // COLUMNS) for number in range(most)]


def _shape(tile: Tile) -> Shape:
    x, y = tile.column * (SIDE + GAP), tile.row * (SIDE + GAP)
    path = f"M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z"
    return Shape(tile.code, path, x + SIDE // 2, y + SIDE // 2, None, SIDE // 2)
