"""Sums of protocols by territory, as plain rows: what every page, document, download and determination starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One line of the ballot."""

    code: str
    position: int
    kind: str  # list, candidate, against_all
    name_ky: str
    name_ru: str
    name_en: str
    registered: int | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the summed protocols of one territory. Ballots and voters are counts.

    Quarantined protocols (parked, to explain, returned) and invalidated precincts stand beside, never inside.
    `lines` has every line of `Figures.SUMMED`; None where a summed protocol lacks the line, so that a part is never
    shown as the whole. `votes` follows the ballot order, without "against all".
    """

    expected: int  # precincts that vote
    summed: int
    quarantined: int
    invalidated: int
    votes: tuple[int, ...]
    against_all: int
    valid: int
    lines: Mapping[str, int | None]
    quarantined_valid: int = 0  # valid ballots of the quarantined protocols
    invalidated_participated: int | None = 0  # voters who took part at invalidated precincts (L37.6.1)

    @property
    def participated(self) -> int | None:
        """Voters who took part (L37.3.b): signatures in the lists; None where the source does not have them."""
        return self.lines["participated"]

    @property
    def invalid(self) -> int | None:
        return self.lines["invalid"]

    @property
    def voters_listed(self) -> int | None:
        return self.lines["voters_listed"]

    @property
    def cast(self) -> int:
        """Votes for all options and against all."""
        return sum(self.votes) + self.against_all


@dataclass(frozen=True, slots=True)
class Row:
    """One territory or commission with its sums."""

    code: str  # area code, or the commission's body code
    kind: str  # Area.Kind or "tec"
    name_ky: str
    name_ru: str
    name_en: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Tabulation:
    """The state of a voting at one instant."""

    voting_id: int
    revision: str
    as_of: datetime
    options: tuple[OptionRow, ...]
    national: Sums
    regions: tuple[Row, ...]  # the units of L64.2, then "abroad"
    tecs: tuple[Row, ...]
