"""What the colour of an area says: which fifth it falls into, or which list leads; always with a pattern and a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from shailoo.portal.charts.choropleth import Outline, Shape

TONES = 5
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """What the page knows of an area: its name, the value in words, its address, and its ordinal in the list beside."""

    code: str
    name: str
    value: str
    fill: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shaded:
    """An area as the template draws it. `fill` names a pattern: tone-1 to tone-5, series-1 to series-17, unknown."""

    shape: Shape
    figure: Figure
    ordinal: int


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend."""

    fill: str
    label: str


@dataclass(frozen=True, slots=True)
class ShadedMap:
    view_box: str
    areas: tuple[Shaded, ...]
    keys: tuple[Key, ...]
    fills: tuple[str, ...]

    @property
    def listed(self) -> tuple[Shaded, ...]:
        """The areas in the order of their ordinals, for the list beside the map."""
        return tuple(sorted(self.areas, key=lambda area: area.ordinal))


def tones(values: Mapping[str, Fraction | None]) -> tuple[dict[str, str], tuple[Fraction, ...]]:
    """Each code's fifth by quantiles ("tone-1" lowest to "tone-5"), and the bounds between the tones that occur.

    Equal values always share a tone; a missing value is "unknown". The bounds are the lowest value of each tone and,
    last, the highest value of all.
    """
    known = sorted(value for value in values.values() if value is not None)
    distinct = sorted(set(known))
    count = min(TONES, len(distinct))
    bounds = [known[len(known) * step // count] for step in range(count)] if count else []
    bounds = sorted(set(bounds))
    spread = [f"tone-{1 + (TONES - 1) * step // max(len(bounds) - 1, 1)}" for step in range(len(bounds))]
    classes: dict[str, str] = {}
    for code, value in values.items():
        if value is None:
            classes[code] = UNKNOWN
        else:
            classes[code] = spread[sum(bound <= value for bound in bounds) - 1]
    return classes, (*bounds, known[-1]) if known else ()


def tone_ranges(bounds: Sequence[Fraction]) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """The legend of `tones`: fill, lowest and highest value of each tone in turn."""
    pairs = list(pairwise(bounds))
    last = max(len(pairs) - 1, 1)
    return tuple((f"tone-{1 + (TONES - 1) * step // last}", low, high) for step, (low, high) in enumerate(pairs))


def winner(votes: Mapping[str, int], series: Mapping[str, int]) -> str:
    """The fill of the list that leads; "unknown" where nothing is counted or the lead is shared."""
    most = max(votes.values(), default=0)
    leaders = [list_id for list_id, number in votes.items() if number == most]
    return f"series-{series[leaders[0]]}" if most > 0 and len(leaders) == 1 else UNKNOWN


def shade(outline: Outline, figures: Sequence[Figure], keys: Iterable[Key] = ()) -> ShadedMap:
    """Join the outline and the figures; an area without a figure is drawn as unknown under its code.

    Ordinals follow the order of `figures`, which is the order of the list beside the map.
    """
    by_code = {figure.code: (ordinal, figure) for ordinal, figure in enumerate(figures, 1)}
    areas = tuple(
        Shaded(shape, figure, ordinal)
        for shape in outline.shapes
        for ordinal, figure in (by_code.get(shape.code) or (0, Figure(shape.code, shape.code, "", UNKNOWN)),)
    )
    legend = tuple(keys)
    fills = sorted({area.figure.fill for area in areas} | {key.fill for key in legend})
    return ShadedMap(outline.view_box, areas, legend, tuple(fills))
