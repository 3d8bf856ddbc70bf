"""What an election is made of before anybody acts: precincts, the call, lists, and the file of protocols.

Two kinds: the generated nation, and precinct results of public record in a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shailoo.cli.demo.wish import options_beside
from shailoo.counting.actions import Source
from shailoo.counting.importing.columns import known_map
from shailoo.elections.actions import Call, Line
from shailoo.elections.generator import Name, Nation, Sheet, write_csv
from shailoo.elections.generator.record import record
from shailoo.elections.models import Election, Option
from shailoo.territory.actions import Site
from shailoo.territory.division import ABROAD, Kind, built_in, region_code
from shailoo.territory.models import Precinct

AGAINST_ALL = "p17"  # the ballot's last line, as the public record numbers it
NAMES = (
    "Жогорку Кеңештин депутаттарын шайлоо",
    "Выборы депутатов Жогорку Кенеша",
    "Election of deputies of the Jogorku Kenesh",
)


class UnfitFileError(ValueError):
    """The results file is not one that the demo can load; the text says why."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of an election but its protocols. `listed` is precinct number -> listed voters, None where unknown."""

    sites: tuple[Site, ...]
    tec_areas: frozenset[str]
    call: Call
    listed: Mapping[str, int | None]
    lists: Mapping[str, tuple[Name, ...]]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.call.lines if line.kind is not Option.Kind.AGAINST_ALL)


def of_nation(nation: Nation, edition: str | None) -> Material:
    """The generated nation: a TEC for each rayon and city, for Bishkek, for Osh, and one for the precincts abroad."""
    return Material(
        sites=tuple(
            Site(
                station.number,
                station.area,
                Precinct.Kind.ABROAD if station.is_abroad else Precinct.Kind.ORDINARY,
                Precinct.Numbering.GENERATED,
            )
            for station in nation.stations
        ),
        tec_areas=_tec_areas(),
        call=_call(Election.Origin.GENERATED, edition, _party_lines()),
        listed={station.number: station.listed for station in nation.stations},
        lists=nation.candidates,
    )


def _tec_areas() -> frozenset[str]:
    """L12.2.2: the city commissions of Bishkek and Osh, and those of rayons and cities; 54, and one for abroad."""
    whole = {"KG11", "KG21", ABROAD}
    below = {
        unit.code
        for unit in built_in()
        if unit.kind in (Kind.RAYON, Kind.CITY) and unit.parent not in whole and len(unit.code) == len("KG02205")
    }
    return frozenset(whole | below)


def nation_file(sheets: Iterable[Sheet], codes: tuple[str, ...], without: Collection[str]) -> Source:
    """The protocols of the nation as a file, all but those of the precincts `without`."""
    target = io.StringIO(newline="")
    write_csv((sheet for sheet in sheets if sheet.number not in without), codes, target)
    return Source("generated-protocols.csv", target.getvalue().encode())


def of_public_record(path: Path, edition: str | None) -> Material:
    """The precincts of a file of public record, numbered by region and row, each region's TECs taken as one.

    Raises UnfitFileError where the file has not the columns of that record.
    """
    sites = []
    for row in _rows(path, {"region_pcode", "seq_in_region", "p01"}):
        code = ABROAD if row["region_pcode"] == ABROAD else region_code(row["region_pcode"])
        kind = Precinct.Kind.ABROAD if code == ABROAD else Precinct.Kind.ORDINARY
        number = f"{row['region_pcode']:.4}-{row['seq_in_region']:0>4}"
        sites.append(Site(number, code, kind, Precinct.Numbering.BY_REGION_AND_ROW))
    return Material(
        sites=tuple(sites),
        tec_areas=frozenset(site.area for site in sites),
        call=_call(Election.Origin.PUBLIC_RECORD, edition, _lines_beside(path)),
        listed={site.number: None for site in sites},
        lists={},
    )


def public_record_file(path: Path) -> Source:
    """The file as it is, with the names of its columns."""
    return Source(path.name, path.read_bytes(), known_map("public_record_2020"))


def _rows(path: Path, needed: set[str]) -> list[dict[str, str]]:
    try:
        found = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        rows = list(found)
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        raise UnfitFileError(f"{path} cannot be read: {broken}") from broken
    missing = needed - set(found.fieldnames or ())
    if missing or not rows:
        lacking = ", ".join(sorted(missing)) or "rows"
        raise UnfitFileError(
            f"{path} is no file of precinct results of public record: it lacks {lacking}.\n"
            "Files with other columns are loaded by `shailoo results import`."
        )
    return rows


def _party_lines() -> tuple[Line, ...]:
    lists = (
        Line(party.code, Option.Kind.LIST, party.ky, party.ru, party.en, place)
        for place, party in enumerate(record().list, 1)
    )
    return (*lists, _against_all())


def _against_all() -> Line:
    return Line(AGAINST_ALL, Option.Kind.AGAINST_ALL, "Баарына каршы", "Против всех", "Against all")


def _lines_beside(path: Path) -> tuple[Line, ...]:
    """The ballot from the file of options that lies beside the results, else the one known here."""
    beside = options_beside(path)
    if beside is None:
        return _party_lines()
    known = {line.code: line for line in _party_lines()}
    rows = sorted(_rows(beside, {"position", "code", "name_ky"}), key=lambda row: int(row["position"]))
    return tuple(_line(row, known.get(row["code"])) for row in rows)


def _line(row: Mapping[str, str], known: Line | None) -> Line:
    """An option as the file names it; in the other languages as known, else as given."""
    name = row["name_ky"].strip()
    if known is not None and (known.kind is Option.Kind.AGAINST_ALL or known.name_ky == name):
        return known
    return Line(row["code"], Option.Kind.LIST, name, name, name, int(row["position"]))


def _call(origin: Election.Origin, edition: str | None, lines: tuple[Line, ...]) -> Call:
    ky, ru, en = NAMES
    return Call(
        slug="jogorku-kenesh-2020",
        kind=Election.Kind.JOGORKU_KENESH,
        occasion=Election.Occasion.REGULAR,
        name_ky=ky,
        name_ru=ru,
        name_en=en,
        called_on=record().called_on,
        day=record().day,
        lines=lines,
        origin=origin,
        edition_id=edition,
    )
