"""Everything that one publication says, as plain data: files are written from it, the verifier reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from shailoo.results.tabulation import OptionRow, Row, Sums


class Status(StrEnum):
    """What a precinct is to the sums."""

    SUMMED = "summed"
    QUARANTINED = "quarantined"  # figures known, beside the totals
    INVALIDATED = "invalidated"  # L37.4: figures known, out of the totals, participants kept for L37.6.1
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PrecinctRow:
    """One precinct as published. `lines` and `votes` are None where no figures are known."""

    number: str
    kind: str
    numbering: str
    region: str
    area: str
    tec: str
    status: Status
    version: int | None
    occasion: str
    lines: Mapping[str, int | None] | None
    votes: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Named:
    """A territory or commission with its names."""

    code: str
    kind: str
    name_ky: str
    name_ru: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Which election, which voting, which law, which version: what every file repeats at its top.

    `rehearsal` says that nothing here is a result of an election.
    """

    slug: str
    kind: str
    occasion: str
    name_ky: str
    name_ru: str
    name_en: str
    origin: str
    voting: str
    day: str
    edition: str
    readings: Mapping[str, str]
    version: int
    publication: str  # "preliminary" or "official"
    as_of: str
    decision: str  # of the determination; "" while preliminary
    rehearsal: bool = False

    def data(self) -> dict[str, object]:
        """The heading for files. `rehearsal` stands there only where it is true: those of elections have none."""
        found = asdict(self)
        if not self.rehearsal:
            del found["rehearsal"]
        return found


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One publication. `national`, `regions` and `tecs` are the sums that the commission claims.

    `determined` is the determination that an official publication holds: its decision, outcome, value, and what was
    decided where the law left a question open.
    """

    heading: Heading
    options: tuple[OptionRow, ...]
    withdrawn: tuple[str, ...]
    precincts: tuple[PrecinctRow, ...]
    national: Sums
    regions: tuple[Row, ...]
    tecs: tuple[Row, ...]
    determined: Mapping[str, object] | None = None
