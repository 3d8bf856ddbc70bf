"""Relations as a picture: a net of degrees, a point for every capital, lines from the commission to its partners.

The drawing holds facts only: where capitals lie. No outline of any state is drawn, so none is disputed. Units are
tenths of a degree, the view is cut to what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shailoo.cooperation.places import CAPITALS

EAST, SOUTH = 1800, 900  # of the zero meridian and of the equator, from the upper left corner
WIDEST, HIGHEST = 3600, 1500
LEAST_WIDTH, LEAST_HEIGHT = 700, 420
ROOM = 90  # between the outermost point and the edge
NET = 100  # ten degrees
BEND = 7  # a line bends by a seventh of its length


@dataclass(frozen=True, slots=True)
class Point:
    """Where a capital lies in the drawing."""

    code: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line to a partner, with the number under which the list beside names it."""

    to: Point
    path: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture: its view, the net, every capital within it, the home of the commission, the lines."""

    view_box: str
    net: str
    others: Sequence[Point]
    home: Point
    lines: Sequence[Line]
    dot: int  # radius of a point, so that it is seen at any cut


def point(code: str) -> Point:
    """The capital of a state. Raises KeyError."""
    north, east = CAPITALS[code]
    return Point(code, EAST + east, SOUTH - north)


def drawing(home: str, partners: Sequence[str]) -> Drawing | None:
    """The picture of a commission's partners, numbered in their order; None where there is nothing to draw."""
    if home not in CAPITALS or not partners:
        return None
    at, ends = point(home), [point(each) for each in partners]
    left, top, width, height = _view([at, *ends])
    shown = {at.code, *partners}
    others = [
        each for each in map(point, CAPITALS) if each.code not in shown and _within(each, left, top, width, height)
    ]
    lines = [Line(each, _curve(at, each), number) for number, each in enumerate(ends, start=1)]
    dot = max(5, width // 170)
    return Drawing(
        f"{left} {top} {width} {height}",
        " ".join(_net(left, top, width, height)),
        others,
        at,
        lines,
        dot,
    )


def _view(points: Sequence[Point]) -> tuple[int, int, int, int]:
    """Left, top, width and height of the cut that shows all points with room around, never a mere strip."""
    left, right = min(each.x for each in points) - ROOM, max(each.x for each in points) + ROOM
    top, bottom = min(each.y for each in points) - ROOM, max(each.y for each in points) + ROOM
    width = min(max(right - left, LEAST_WIDTH, (bottom - top) * 3 // 2), WIDEST)
    height = min(max(bottom - top, LEAST_HEIGHT, width // 3), HIGHEST)
    return _start(left, right, width, 0, WIDEST), _start(top, bottom, height, 0, 2 * SOUTH), width, height


def _start(first: int, last: int, length: int, least: int, most: int) -> int:
    """Where a stretch of that length begins that has the points in its middle and stays within its bounds."""
    return max(least, min((first + last - length) // 2, most - length))


def _within(place: Point, left: int, top: int, width: int, height: int) -> bool:
    return left < place.x < left + width and top < place.y < top + height


def _net(left: int, top: int, width: int, height: int) -> Iterator[str]:
    """Meridians and parallels, every ten degrees."""
    for x in range(left + (-left) % NET, left + width, NET):
        yield f"M{x} {top}V{top + height}"
    for y in range(top + (-top) % NET, top + height, NET):
        yield f"M{left} {y}H{left + width}"


def _curve(start: Point, end: Point) -> str:
    """A bent line, so that lines to places in one direction do not lie upon each other."""
    across, down = end.x - start.x, end.y - start.y
    x, y = (start.x + end.x) // 2 + down // BEND, (start.y + end.y) // 2 - across // BEND
    return f"M{start.x} {start.y}Q{x} {y} {end.x} {end.y}"
