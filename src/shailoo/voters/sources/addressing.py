"""A file of addresses: its columns, how its rows are read, and what is wrong with them. All that SQL need not know."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shailoo.law.outcome import Fact, Finding, Severity
from shailoo.voters.exchange.reading import Reading
from shailoo.voters.sources.models import LAST_HOUSE, AddressRange

COLUMNS = ("precinct", "district", "locality", "street", "house_from", "house_to", "parity")
LONGEST = 200  # letters of a field
NORM = "L13.5.a1"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, by its number below the header."""

    number: int
    precinct: str
    district: str
    locality: str
    street: str
    house_from: int | None
    house_to: int | None
    parity: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds; `findings` where it is not to be taken."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    sha256: str


def read(content: bytes, precincts: Collection[str]) -> Read:
    """The rows of a file for the TEC that has these precincts, with every fault of every row."""
    reading = Reading(io.BytesIO(content), COLUMNS)
    text = b"".join(reading.pieces()).decode()
    if reading.broken:
        broken = tuple(_fault(each.row, each.flaw.value, "file") for each in sorted(reading.broken))
        return Read((), broken, reading.sha256)
    rows: list[Row] = []
    findings: list[Finding] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        row, faults = _row(number, [cell.strip() for cell in cells], precincts)
        findings += faults
        if row is not None:
            rows.append(row)
    if not rows and not findings:
        findings.append(_fault(0, "address_file_empty", "file"))
    named = {row.precinct for row in rows}
    if not findings:
        findings += [
            Finding("L13.5.a2", "address_precinct_left_out", Severity.ERROR, {"precinct": number}, ("file",))
            for number in sorted(set(precincts) - named)
        ]
    return Read(tuple(rows), tuple(findings), reading.sha256)


def _row(number: int, cells: list[str], precincts: Collection[str]) -> tuple[Row | None, list[Finding]]:
    precinct, district, locality, street, first, last, parity = cells
    faults = list(_faults(number, cells, precincts))
    if faults:
        return None, faults
    start = int(first) if first else None
    end = (int(last) if last else LAST_HOUSE) if start is not None else None
    return Row(number, precinct, district, locality, street, start, end, parity or AddressRange.Parity.ALL), []


def _faults(number: int, cells: list[str], precincts: Collection[str]) -> Iterator[Finding]:
    precinct, _district, locality, street, first, last, parity = cells
    if precinct not in precincts:
        yield _fault(number, "address_precinct_unknown", "precinct")
    if not locality:
        yield _fault(number, "address_locality_missing", "locality")
    if max(map(len, cells)) > LONGEST:
        yield _fault(number, "address_field_too_long", "street")
    if parity not in ("", *AddressRange.Parity.values):
        yield _fault(number, "address_side_unknown", "parity")
    if not _houses_stand(street, first, last, parity):
        yield _fault(number, "address_houses_unreadable", "house_from")


def _houses_stand(street: str, first: str, last: str, parity: str) -> bool:
    """Whether the houses are none at all, or of a street, from less to more, within what a house can be numbered."""
    if not first:
        return not last and parity in ("", AddressRange.Parity.ALL)
    if not street or not _number(first) or (last and not _number(last)):
        return False
    return 1 <= int(first) <= (int(last) if last else LAST_HOUSE) <= LAST_HOUSE


def _number(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= len(str(LAST_HOUSE))


def _fault(row: int, code: str, field: str, **facts: Fact) -> Finding:
    return Finding(NORM, code, Severity.ERROR, {"row": row, **facts}, (field,))
