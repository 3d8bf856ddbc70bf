"""Files of people: what a mission and an institution write, and what is wrong with the form of a row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shailoo.law.outcome import Finding, Severity
from shailoo.voters.exchange.reading import Reading

MISSION = (
    "pin",
    "surname",
    "name",
    "patronymic",
    "sex",
    "born",
    "consular_on",
    "biometric_on",
    "precinct",
    "country",
    "locality",
)
INSTITUTION = ("pin", "surname", "name", "patronymic", "born")
LONGEST = 200  # letters of a field
MOST_ROWS = 50_000
_PIN = re.compile(r"[12][0-9]{13}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Person:
    """One row by its number; fields as they were written, and the faults of their form."""

    row: int
    fields: dict[str, str]
    codes: tuple[str, ...]

    @property
    def pin(self) -> str:
        return self.fields["pin"]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds; `findings` where it is no such file. Nothing of a row is told but its number."""

    people: tuple[Person, ...]
    findings: tuple[Finding, ...]
    sha256: str


def read(content: bytes, columns: Sequence[str], norm: str) -> Read:
    """The people of a file with these columns."""
    reading = Reading(io.BytesIO(content), columns)
    text = b"".join(reading.pieces()).decode()
    if findings := _no_such_file(reading, norm):
        return Read((), findings, reading.sha256)
    rows = [
        dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        for cells in csv.reader(io.StringIO(text, newline=""))
    ]
    often = Counter(row["pin"] for row in rows)
    people = tuple(
        Person(number, row, tuple(_codes(row, repeated=often[row["pin"]] > 1))) for number, row in enumerate(rows, 1)
    )
    return Read(people, (), reading.sha256)


def _no_such_file(reading: Reading, norm: str) -> tuple[Finding, ...]:
    """Why the file is none of people; rows that are broken by their numbers."""
    if reading.broken:
        return tuple(
            Finding(norm, each.flaw.value, Severity.ERROR, {"row": each.row}, ("file",))
            for each in sorted(reading.broken)
        )
    if not reading.rows:
        return (Finding(norm, "people_file_empty", Severity.ERROR, {}, ("file",)),)
    if reading.rows > MOST_ROWS:
        return (Finding(norm, "people_file_too_long", Severity.ERROR, {"most": MOST_ROWS}, ("file",)),)
    return ()


def typed(pins: str) -> bytes:
    """The file of an institution whose voters were typed by PIN, one in a line."""
    lines = [line.strip() for line in pins.splitlines()]
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(INSTITUTION)
    writer.writerows((line, "", "", "", "") for line in lines if line)
    return rows.getvalue().encode()


def _codes(row: dict[str, str], *, repeated: bool) -> list[str]:
    codes = []
    if not _PIN.fullmatch(row["pin"]):
        codes.append("pin_malformed")
    elif repeated:
        codes.append("pin_repeated")
    if row["born"] and day(row["born"]) is None:
        codes.append("born_unreadable")
    if max(map(len, row.values())) > LONGEST:
        codes.append("field_too_long")
    return codes


def day(written: str) -> date | None:
    """A day as the format writes it, None where it is none."""
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
