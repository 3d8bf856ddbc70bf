"""Reading a bundle's files back into a snapshot: every cell checked, nothing guessed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields

from shailoo.law.protocol.summed import SUMMED_LINES
from shailoo.results.publication import bundle
from shailoo.results.publication.claims import sums_of
from shailoo.results.publication.snapshot import Heading, PrecinctRow, Snapshot, Status
from shailoo.results.publication.tables import REHEARSAL_COLUMN, precincts, vote_columns
from shailoo.results.tabulation import OptionRow, Row


class FormError(ValueError):
    """A file is not of the form it should have."""

    def __init__(self, where: str, found: str) -> None:
        super().__init__(f"{where}: {found}")
        self.where = where
        self.found = found


def read_snapshot(files: Mapping[str, bytes]) -> Snapshot:
    """The snapshot of a bundle: precincts from precincts.csv, the rest as claimed. Raises FormError."""
    try:
        data = json.loads(files[bundle.RESULTS])
        heading = _heading(data["heading"])
        options = tuple(_option(entry) for entry in data["options"])
        withdrawn = tuple(str(code) for code in data["withdrawn"])
        national = sums_of(data["nation"])
        regions = tuple(_row(entry) for entry in data["regions"])
        tecs = tuple(_row(entry) for entry in data["tecs"])
        determined = _determined(data["determined"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormError(bundle.RESULTS, f"{type(error).__name__} {error}") from error
    rows = tuple(_precincts(files.get(bundle.PRECINCTS, b""), options, heading))
    return Snapshot(heading, options, withdrawn, rows, national, regions, tecs, determined)


def _heading(data: Mapping[str, object]) -> Heading:
    texts = {field.name: str(data[field.name]) for field in fields(Heading) if field.type == "str"}
    version, readings = data["version"], data["readings"]
    rehearsal = data.get(
        "rehearsal", False
    )  # files of elections, and those made before there were rehearsals, have none
    if not isinstance(version, int) or not isinstance(readings, dict) or not isinstance(rehearsal, bool):
        raise TypeError("version, readings and rehearsal")
    taken = {str(k): str(v) for k, v in readings.items()}
    return Heading(**texts, version=version, readings=taken, rehearsal=rehearsal)


def _determined(data: object) -> dict[str, object] | None:
    if data is None:
        return None
    if not isinstance(data, dict) or not isinstance(data["value"], dict) or not isinstance(data["settles"], dict):
        raise TypeError("determined")
    return data


def _option(data: Mapping[str, object]) -> OptionRow:
    position, registered = data["position"], data["registered"]
    if not isinstance(position, int) or not (registered is None or isinstance(registered, int)):
        raise TypeError("position and registered")
    texts = {name: str(data[name]) for name in ("code", "kind", "name_ky", "name_ru", "name_en")}
    return OptionRow(position=position, registered=registered, **texts)


def _row(data: Mapping[str, object]) -> Row:
    texts = {name: str(data[name]) for name in ("code", "kind", "name_ky", "name_ru", "name_en")}
    return Row(**texts, sums=sums_of(data))


def _precincts(content: bytes, options: tuple[OptionRow, ...], heading: Heading) -> Iterator[PrecinctRow]:
    try:
        reader = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
        header = next(reader, [])
        due = [*precincts(options, ()).columns, *([REHEARSAL_COLUMN] if heading.rehearsal else [])]
        if header != due:
            raise FormError(f"{bundle.PRECINCTS}: header", ",".join(header)[:200])
        for cells in reader:
            yield _precinct(cells, due, vote_columns(options))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormError(bundle.PRECINCTS, str(error)) from error


def _precinct(cells: list[str], columns: list[str], votes: tuple[str, ...]) -> PrecinctRow:
    where = f"{bundle.PRECINCTS}: precinct {cells[0] if cells else ''}"
    if len(cells) != len(columns):
        raise FormError(where, f"{len(cells)} cells instead of {len(columns)}")
    row = dict(zip(columns, cells, strict=True))
    try:
        status = Status(row["status"])
    except ValueError as error:
        raise FormError(f"{where}: status", row["status"]) from error
    lines = {line: _count(row[line], f"{where}: {line}") for line in SUMMED_LINES}
    counts = [_count(row[column], f"{where}: {column}") for column in votes]
    known = [count for count in counts if count is not None]
    if len(known) not in (0, len(votes)):
        raise FormError(where, "votes for some options only")
    return PrecinctRow(
        number=row["precinct"],
        kind=row["kind"],
        numbering=row["numbering"],
        region=row["region"],
        area=row["area"],
        tec=row["tec"],
        status=status,
        version=_count(row["protocol_version"], f"{where}: protocol_version"),
        occasion=row["protocol_occasion"],
        lines=lines if known else None,
        votes=tuple(known) if known else None,
    )


def _count(cell: str, where: str) -> int | None:
    if cell == "":
        return None
    if not cell.isascii() or not cell.isdecimal() or (len(cell) > 1 and cell[0] == "0") or len(cell) > 12:
        raise FormError(where, cell[:40])
    return int(cell)
