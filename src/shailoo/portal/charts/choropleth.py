"""Areas of a map as small path strings: repaired, simplified without gaps, projected, cut to whole units.

The outline depends on the boundaries alone and is kept; what an area's colour says (`shade`) is worked out anew for
every page, so that new figures never cost new geometry.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

Geometry: TypeAlias = bytes | Mapping[str, Any]

WIDTH = 1000
MARGIN = 8
TOLERANCE = 1.0  # units of the view box: below the width of a line
DOT = 11  # the radius of the circle for an area that a finger would miss
SPECK = 8  # an area that reaches no further around its label is such an area
LONGITUDE_LATITUDE, UTM_43_NORTH = "EPSG:4326", "EPSG:32643"
KEPT_OUTLINES = 32


@dataclass(frozen=True, slots=True)
class Area:
    """A code and its boundary in degrees: WKB bytes or a GeoJSON geometry (polygon, multipolygon or point)."""

    code: str
    geometry: Geometry


@dataclass(frozen=True, slots=True)
class Shape:
    """An area as drawn: a path, and a circle of `radius` where it is too small to be seen or known as a point only.

    `room` is how far the area reaches around its label on every side, so that a page can set the label beside.
    """

    code: str
    path: str
    x: int
    y: int
    radius: int | None
    room: int


@dataclass(frozen=True, slots=True)
class Outline:
    view_box: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


_kept: OrderedDict[str, Outline] = OrderedDict()
_lock = Lock()


def outline(areas: Sequence[Area]) -> Outline:
    """The areas fitted into a picture 1000 units wide; kept by the hash of what was given.

    Raises ValueError where there is no area, or a geometry is neither an area nor a point.
    """
    key = fingerprint(areas)
    with _lock:
        if (found := _kept.get(key)) is not None:
            _kept.move_to_end(key)
            return found
    drawn = _draw(areas)
    with _lock:
        _kept[key] = drawn
        while len(_kept) > KEPT_OUTLINES:
            _kept.popitem(last=False)
    return drawn


def fingerprint(areas: Iterable[Area]) -> str:
    """The sha256 of codes and boundaries, in order."""
    digest = sha256()
    for area in areas:
        digest.update(area.code.encode() + b"\0")
        digest.update(area.geometry if isinstance(area.geometry, bytes) else repr(area.geometry).encode())
    return digest.hexdigest()


def _draw(areas: Sequence[Area]) -> Outline:
    if not areas:
        raise ValueError("a map needs at least one area")
    placed, height = _fitted([_projected(_read(area)) for area in areas])
    simple = _simplified(placed)
    # Small areas last: a city inside its oblast is drawn over it and stays within reach of the pointer.
    order = sorted(range(len(areas)), key=lambda place: -simple[place].area)
    shapes = tuple(_as_shape(areas[place].code, simple[place]) for place in order)
    return Outline(f"0 0 {WIDTH} {height}", WIDTH, height, shapes)


def _read(area: Area) -> BaseGeometry:
    raw = shapely.from_wkb(area.geometry) if isinstance(area.geometry, bytes) else shape(dict(area.geometry))
    found = shapely.force_2d(raw)
    if isinstance(found, Point):
        return found
    parts = [part for part in shapely.get_parts(shapely.make_valid(found)) if isinstance(part, (Polygon, MultiPolygon))]
    if not parts:
        raise ValueError(f"the boundary of {area.code} encloses nothing")
    return shapely.union_all(parts)


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs(LONGITUDE_LATITUDE, UTM_43_NORTH, always_xy=True)


def _projected(geometry: BaseGeometry) -> BaseGeometry:
    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_transformer().transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, project)


def _fitted(geometries: Sequence[BaseGeometry]) -> tuple[list[BaseGeometry], int]:
    """Metres to units of the picture, north up."""
    west, south, east, north = shapely.total_bounds(np.array(geometries))
    scale = (WIDTH - 2 * MARGIN) / max(east - west, 1.0)

    def fit(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(((points[:, 0] - west) * scale + MARGIN, (north - points[:, 1]) * scale + MARGIN))

    height = min(round((north - south) * scale), 4 * WIDTH) + 2 * MARGIN
    return [shapely.transform(geometry, fit) for geometry in geometries], height


def _simplified(geometries: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Shared borders stay shared (coverage simplification); points are left alone."""
    simple = list(geometries)
    surfaces = [place for place, geometry in enumerate(geometries) if not isinstance(geometry, Point)]
    covered = shapely.coverage_simplify(np.array([geometries[place] for place in surfaces]), TOLERANCE)
    for place, geometry in zip(surfaces, covered, strict=True):
        simple[place] = geometry
    return simple


def _as_shape(code: str, geometry: BaseGeometry) -> Shape:
    if isinstance(geometry, Point):
        return Shape(code, "", round(geometry.x), round(geometry.y), DOT, DOT)
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    largest = max(parts, key=lambda part: part.area)
    label = polylabel(largest, tolerance=4)
    path = "".join(_ring(ring.coords) for part in parts for ring in (part.exterior, *part.interiors))
    room = int(largest.boundary.distance(label))
    return Shape(code, path, round(label.x), round(label.y), DOT if room < SPECK else None, max(room, DOT))


def _ring(points: Iterable[Sequence[float]]) -> str:
    """A closed ring in whole units, as relative steps, without the points that fall together; "" for a mere speck."""
    whole: list[tuple[int, int]] = []
    for point in points:
        unit = (round(point[0]), round(point[1]))
        if not whole or unit != whole[-1]:
            whole.append(unit)
    if whole and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < 3:
        return ""
    steps = (f"{x - before[0]} {y - before[1]}" for before, (x, y) in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps)}z".replace(" -", "-")
