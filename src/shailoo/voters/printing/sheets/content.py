"""What stands on a printed list: plain data, from which the same bytes follow every time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """A column of a printed list. Those that are signed or filled in by hand stay empty."""

    NUMBER = "number"
    NAME = "name"
    BORN = "born"
    RESIDENCE = "residence"
    DOCUMENT = "document"  # series and number, written on voting day
    SIGNATURE = "signature"
    MEMBER = "member"
    NOTE = "note"


BY_HAND = frozenset({Column.DOCUMENT, Column.SIGNATURE, Column.MEMBER, Column.NOTE})


@dataclass(frozen=True, slots=True)
class Row:
    """A voter. What the copy may not show is empty here already: nothing is left out by the drawing."""

    number: int
    name: str
    born: str = ""
    residence: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same in Kyrgyz and in Russian, one under the other."""

    ky: str
    ru: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page."""

    title: Bilingual
    election: Bilingual
    precinct: str
    place: Bilingual
    number: str  # registered number of the list
    copy: int  # 1, or a later number for one printed again
    formed: str  # day of the edition
    sha256: str  # of the list's canonical content
    mark: Bilingual | None = None  # "rehearsal", "generated data"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it is printed: its head, columns and voters; `counted` is a final list, in which people sign."""

    head: Head
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    counted: bool
