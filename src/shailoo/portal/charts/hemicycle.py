"""The seats of a parliament as dots in half a ring, list by list from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

WIDTH = 1000
OUTER = 440  # radius of the outermost row of seats, in units of the view box
INNER = 170  # radius of the innermost row
CENTRE = (WIDTH // 2, 500)
LABEL_RADIUS = OUTER + 44
MOST_SEATS = 500
VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class SeatList:
    """The seats of one list: its id, its name as the page shows it, and its place in the palette (1 to 17)."""

    id: str
    name: str
    seats: int
    series: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: its number from the left, where it stands, whose it is. `series` 0 is a vacant seat."""

    number: int
    x: int
    y: int
    list_id: str
    name: str
    series: int


@dataclass(frozen=True, slots=True)
class GroupLabel:
    """The number of seats of a list, written outside the ring beside its group."""

    x: int
    y: int
    seats: int
    list_id: str


@dataclass(frozen=True, slots=True)
class Hemicycle:
    view_box: str
    radius: int
    seats: tuple[Seat, ...]
    labels: tuple[GroupLabel, ...]
    total: int
    given: int

    @property
    def vacant(self) -> int:
        """Seats that no list holds."""
        return self.total - self.given


@dataclass(frozen=True, slots=True)
class _Place:
    angle: float  # radians from the left end of the half ring
    x: int
    y: int


def hemicycle(lists: Sequence[SeatList], total: int, *, vacant: str = "") -> Hemicycle:
    """Place `total` seats (1 to 500) and give them to `lists` in order; what is left over is vacant, titled `vacant`.

    Raises ValueError for a total outside 1 to 500 and for more seats given than there are.
    """
    given = sum(entry.seats for entry in lists)
    if not 1 <= total <= MOST_SEATS:
        raise ValueError(f"a hemicycle has 1 to {MOST_SEATS} seats, not {total}")
    if given > total or any(entry.seats < 0 for entry in lists):
        raise ValueError(f"{given} seats given of {total}")
    radius, places = _places(total)
    groups = [*lists, SeatList(VACANT, vacant, total - given, 0)]
    owners = [entry for entry in groups for _ in range(entry.seats)]
    seats = tuple(
        Seat(number, place.x, place.y, owner.id, owner.name, owner.series)
        for number, (place, owner) in enumerate(zip(places, owners, strict=True), 1)
    )
    view_box = f"0 0 {WIDTH} {CENTRE[1] + radius + 8}"
    return Hemicycle(view_box, radius, seats, tuple(_labels(groups, places)), total, given)


def _labels(groups: Sequence[SeatList], places: Sequence[_Place]) -> list[GroupLabel]:
    """One label a group, at the middle of its seats' angles; a group too narrow for its number has none."""
    labels: list[GroupLabel] = []
    start = 0
    for group in groups:
        own = places[start : start + group.seats]
        start += group.seats
        if group.seats * 40 < len(places):
            continue
        angle = sum(place.angle for place in own) / len(own)
        x, y = _point(LABEL_RADIUS, angle)
        labels.append(GroupLabel(x, y + 10, group.seats, group.id))
    return labels


@lru_cache(maxsize=32)
def _places(total: int) -> tuple[int, tuple[_Place, ...]]:
    """The radius of a seat and the places of all seats, from the left end to the right end of the half ring."""
    rows = _rows(total)
    radii = [OUTER - (OUTER - INNER) * row // max(rows - 1, 1) for row in range(rows)]
    counts = _seats_per_row(total, radii)
    beside = [pi * radius / max(seats - 1, 1) for radius, seats in zip(radii, counts, strict=True)]
    gap = min((OUTER - INNER) / max(rows - 1, 1), *beside)
    places = [
        _Place(angle, *_point(radius, angle))
        for radius, seats in zip(radii, counts, strict=True)
        for angle in _angles(seats)
    ]
    # Left to right by angle; at the same angle the outer seat first, so that a list is one wedge.
    places.sort(key=lambda place: (round(place.angle, 6), place.y))
    return max(4, min(36, int(gap * 0.42))), tuple(places)


def _rows(total: int) -> int:
    """As many rows as keep the distance between rows near the distance between neighbours."""
    ring = pi * (OUTER + INNER) / 2
    rows = 1
    while rows < 14 and total / rows > ring / ((OUTER - INNER) / max(rows, 1)):
        rows += 1
    return min(rows, total)


def _seats_per_row(total: int, radii: Sequence[int]) -> list[int]:
    """Seats for each row in proportion to its length, by largest remainder, so that the sum is exactly `total`."""
    length = sum(radii)
    counts = [total * radius // length for radius in radii]
    by_remainder = sorted(range(len(radii)), key=lambda row: total * radii[row] % length, reverse=True)
    for row in by_remainder[: total - sum(counts)]:
        counts[row] += 1
    return counts


def _angles(seats: int) -> list[float]:
    return [pi / 2] if seats == 1 else [pi * place / (seats - 1) for place in range(seats)]


def _point(radius: int, angle: float) -> tuple[int, int]:
    return round(CENTRE[0] - radius * cos(angle)), round(CENTRE[1] - radius * sin(angle))
