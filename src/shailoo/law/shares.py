"""Shares of a base that may be known only within bounds, compared without rounding.

The law measures votes against voters who took part (L37.3). Where that figure is missing, the ballots that were found
still bound it from below; a test that comes out the same at both bounds needs no more than the bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Verdict(StrEnum):
    """How a test against a base came out."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"  # the bounds of the base do not agree


@dataclass(frozen=True, slots=True)
class Base:
    """What a share is a share of, in voters or votes: at least `low`, at most `high` (None: not bounded)."""

    low: int
    high: int | None

    @classmethod
    def exactly(cls, number: int) -> Base:
        """A base that is known."""
        return cls(number, number)

    @property
    def known(self) -> int | None:
        """The base where both bounds agree, else None."""
        return self.low if self.low == self.high else None

    def at_least(self, votes: int, threshold: Fraction) -> Verdict:
        """Whether `votes` are `threshold` of the base or more (exactly the threshold is enough)."""
        if threshold == 0 or (self.high is not None and votes >= needed(threshold, self.high)):
            return Verdict.MET
        return Verdict.MISSED if votes < needed(threshold, self.low) else Verdict.OPEN

    def more_than(self, votes: int, threshold: Fraction) -> Verdict:
        """Whether `votes` are more than `threshold` of the base (exactly the threshold is not)."""
        if self.high is not None and votes > threshold * self.high:
            return Verdict.MET
        return Verdict.OPEN if votes > threshold * self.low else Verdict.MISSED


def needed(threshold: Fraction, base: int) -> int:
    """The smallest number of votes that is `threshold` of `base` or more."""
    return -((-threshold.numerator * base) // threshold.denominator)


def share(votes: int, base: int) -> Fraction:
    """`votes` as an exact part of `base`; nothing of nothing is 0."""
    return Fraction(votes, base) if base else Fraction(0)
