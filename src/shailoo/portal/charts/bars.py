"""Results as bars: longest first, each with its exact share of one common base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

FULL = 1000  # the length of a bar that holds the whole scale, in units of its view box


@dataclass(frozen=True, slots=True)
class BarRow:
    """One line of a result: its id, name, votes, and its place in the palette (1 to 17)."""

    id: str
    name: str
    votes: int
    series: int
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as drawn: `length` of `FULL`, and `share` of the base; None where the base is zero."""

    row: BarRow
    share: Fraction | None
    length: int


@dataclass(frozen=True, slots=True)
class Bars:
    """`threshold` is where the barrier stands on the scale; None where none is drawn."""

    bars: tuple[Bar, ...]
    base: int
    threshold: int | None


def bars(rows: Iterable[BarRow], *, base: int, threshold: Fraction | None = None) -> Bars:
    """Bars by votes, most first; rows of equal votes keep the order given (the order of the ballot).

    The scale ends at the longest bar, or at the threshold where no bar reaches it, so that small shares can be told
    apart. `base` is in votes or voters; raises ValueError where it is negative.
    """
    if base < 0:
        raise ValueError("a base of shares is not negative")
    ordered = sorted(rows, key=lambda row: -row.votes)
    most = max((row.votes for row in ordered), default=0)
    scale = max(Fraction(most), (threshold or Fraction(0)) * base)
    drawn = tuple(Bar(row, Fraction(row.votes, base) if base else None, _length(row.votes, scale)) for row in ordered)
    mark = None if threshold is None or not scale else _length(threshold * base, scale)
    return Bars(drawn, base, mark)


def _length(votes: int | Fraction, scale: Fraction) -> int:
    """Units of `FULL`; a vote that was cast is never drawn as nothing."""
    if not scale or votes <= 0:
        return 0
    return max(1, int(votes * FULL / scale))
