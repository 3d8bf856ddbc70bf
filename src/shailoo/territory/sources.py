"""Reading public files of areas and boundaries into units: every defect is a value with file, line and field.

Four forms are known, by their columns or properties and not by their names (docs/territory.md):
regions and rayons as CSV with three languages (OCHA), the SOATE classifier as CSV, boundaries as GeoJSON with OCHA
codes, and boundaries as GeoJSON with Russian names only.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from shailoo.territory.division import DATA, Kind, Unit, built_in, district_code, ocha_of, region_code
from shailoo.territory.names import clean

OCHA_CODE = re.compile(r"KG\d{11}")
SOATE_CODE = re.compile(r"417\d{11}")
LARGEST_FILE = 64 * 1024 * 1024  # bytes: a hundred times the largest file known


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong in a file. `line` counts from 1, in a GeoJSON file the features; 0 means the file as a whole."""

    file: str
    line: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary as read: GeoJSON geometry in degrees of WGS 84."""

    code: str
    geometry: Mapping[str, Any]  # Any: GeoJSON
    source: str


@dataclass(slots=True)
class Reading:
    """What the files gave, filled file by file. Only without `defects` may anything of it be written."""

    units: dict[str, list[Unit]] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)

    def add(self, unit: Unit) -> None:
        self.units.setdefault(unit.code, []).append(unit)


class _Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    field: str
    given: str
    meant: str
    why: str


class _Repeated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    soate: str
    means: str
    why: str


class _Corrections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: tuple[_Name, ...]
    repeated: tuple[_Repeated, ...]
    map: dict[str, str]


@cache
def corrections() -> _Corrections:
    """The known defects of public sources, from `data/corrections.toml`."""
    return msgspec.toml.decode((DATA / "corrections.toml").read_bytes(), type=_Corrections)


def read(paths: list[Path]) -> Reading:
    """Everything in `paths` (files, or folders whose .csv and .geojson files are taken), with all defects found."""
    reading = Reading()
    for path in paths:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        wanted = [file for file in files if file.suffix.lower() in (".csv", ".geojson")] if path.is_dir() else files
        if not wanted:
            reading.defects.append(Defect(path.name, 0, "", "no_files_of_areas"))
        for file in wanted:
            _read_file(file, reading)
    return reading


def _read_file(path: Path, reading: Reading) -> None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("file_too_large")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as broken:
        reading.defects.append(Defect(path.name, 0, "", "unreadable_file", broken.strerror or ""))
    except UnicodeDecodeError as broken:
        reading.defects.append(Defect(path.name, path.read_bytes()[: broken.start].count(b"\n") + 1, "", "not_utf8"))
    except ValueError as broken:
        reading.defects.append(Defect(path.name, 0, "", str(broken)))
    else:
        (_read_csv if path.suffix.lower() == ".csv" else _read_geojson)(path.name, text, reading)


# ---------------------------------------------------------------- CSV


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a CSV file, its cells cleaned, that notes its own defects."""

    file: str
    line: int
    cells: Mapping[str, str]
    defects: list[Defect]

    def defect(self, field_name: str, code: str) -> None:
        self.defects.append(Defect(self.file, self.line, field_name, code, self.cells.get(field_name, "")))

    def filled(self, field_name: str) -> str:
        if not self.cells[field_name]:
            self.defect(field_name, "empty")
        return self.cells[field_name]

    def matching(self, field_name: str, pattern: re.Pattern[str]) -> str:
        if not pattern.fullmatch(self.cells[field_name]):
            self.defect(field_name, "no_such_code")
        return self.cells[field_name]


def _read_csv(name: str, text: str, reading: Reading) -> None:
    if "\0" in text:
        reading.defects.append(Defect(name, text[: text.index("\0")].count("\n") + 1, "", "zero_byte"))
        return
    lines = csv.reader(text.splitlines(keepends=True))
    header = [cell.strip() for cell in next(lines, [])]
    form = next((found for columns, found in _FORMS if columns <= set(header)), None)
    if form is None:
        reading.defects.append(Defect(name, 1, "", "unknown_columns", ", ".join(header)[:200]))
        return
    seen: dict[str, int] = {}
    for row in _rows(name, header, lines, reading.defects):
        unit = form(row, reading)
        if unit is None:
            continue
        if unit.code in seen:
            row.defects.append(Defect(name, row.line, "code", "code_twice", unit.code))
        seen[unit.code] = row.line
        reading.add(unit)


def _rows(name: str, header: list[str], lines: Any, defects: list[Defect]) -> Iterator[_Row]:  # Any: csv's own reader
    for cells in lines:
        if not any(cells):
            continue
        if len(cells) != len(header):
            defects.append(Defect(name, lines.line_num, "", "wrong_number_of_fields", str(len(cells))))
            continue
        yield _Row(name, lines.line_num, dict(zip(header, map(clean, cells), strict=True)), defects)


_KINDS = {"province": Kind.OBLAST, "independent city": Kind.REPUBLICAN_CITY}
_WORDS = {
    Kind.OBLAST: (" облусу", " область", " oblast"),
    Kind.RAYON: (" району", " район", " district"),
    Kind.CITY: (" шаары", "г. ", " city"),
    Kind.REPUBLICAN_CITY: (" шаары", "г. ", " city"),
}


def _region(row: _Row, reading: Reading) -> Unit | None:
    ocha = row.matching("adm1_pcode", OCHA_CODE)
    kind = _KINDS.get(row.cells["type_en"])
    if kind is None:
        row.defect("type_en", "unknown_kind")
        return None
    return _named(row, "adm1", region_code(ocha), kind, "KG", ocha, reading)


def _rayon(row: _Row, reading: Reading) -> Unit | None:
    ocha = row.matching("adm2_pcode", OCHA_CODE)
    kind = {"district": Kind.RAYON, "independent city": Kind.CITY}.get(row.cells["type_en"])
    if kind is None:
        row.defect("type_en", "unknown_kind")
        return None
    return _named(row, "adm2", district_code(ocha), kind, region_code(ocha), ocha, reading)


def _named(row: _Row, level: str, code: str, kind: Kind, parent: str, ocha: str, reading: Reading) -> Unit:
    """A unit with the full form of its three names: "Ак-Суу району", "Ак-Суйский район", "Ak-Suu district"."""
    ky, ru, en = (row.filled(f"{level}_{language}") for language in ("ky", "ru", "en"))
    after_ky, word_ru, after_en = _WORDS[kind]
    ky, en = ky.removesuffix(" ш.") + after_ky, en.removesuffix(" (city)") + after_en
    ru = f"{word_ru}{ru.removeprefix('г.').strip()}" if word_ru == "г. " else ru + word_ru
    names = {"ky": ky, "ru": ru, "en": "Bishkek" if code == "KG11" else en}
    right = {language: _corrected(code, language, name, reading) for language, name in names.items()}
    return Unit(code, kind, parent, right["ky"], right["ru"], right["en"], "417" + ocha[2:], ocha)


def _corrected(code: str, language: str, name: str, reading: Reading) -> str:
    for known in corrections().name:
        if (known.code, known.field, known.given) == (code, language, name):
            reading.corrected.append(f"{code}: {known.given} → {known.meant} ({known.why})")
            return known.meant
    return name


def _soate(row: _Row, reading: Reading) -> Unit | None:
    """A unit of the classifier. It knows Russian names only; where the project knows the others, these are taken."""
    soate, given = row.matching("soate_code", SOATE_CODE), row.filled("name_ru")
    level = row.cells["source_type"]
    if level not in _LEVELS:
        row.defect("source_type", "unknown_kind")
        return None
    if repeated := next((known for known in corrections().repeated if known.soate == soate), None):
        reading.corrected.append(f"{soate} → {repeated.means} ({repeated.why})")
        return None
    above = row.cells["parent_code"]
    above = next((known.means for known in corrections().repeated if known.soate == above), above)
    if level != "RegionAndCity" and not SOATE_CODE.fullmatch(above):
        row.defect("parent_code", "no_such_code")
        return None
    code, kind, parent = _LEVELS[level](soate, given, above)
    name = _corrected(code, "ru", given, reading)
    known = _known().get(code)
    if known is not None:
        return Unit(code, kind, parent, known.name_ky, known.name_ru, known.name_en, soate, ocha_of(soate))
    return Unit(code, kind, parent, name, name, name, soate, ocha_of(soate), missing=("ky", "en"))


def _level_region(soate: str, name: str, _above: str) -> tuple[str, Kind, str]:
    return region_code(ocha_of(soate)), Kind.OBLAST if name.endswith("область") else Kind.REPUBLICAN_CITY, "KG"


def _level_district(soate: str, name: str, above: str) -> tuple[str, Kind, str]:
    kind = Kind.RAYON if "район" in name else Kind.CITY
    return district_code(ocha_of(soate)), kind, region_code(ocha_of(above))


def _level_below(soate: str, name: str, above: str) -> tuple[str, Kind, str]:
    """Aimaks, and the towns and villages that the classifier puts beside them: 6xx … 010 is a town."""
    kind = Kind.VILLAGE
    if "аймак" in name:
        kind = Kind.AIMAK
    elif soate[8] == "6" and soate.endswith("010"):
        kind = Kind.CITY
    is_region = above.endswith("000000000")
    return ocha_of(soate), kind, (region_code if is_region else district_code)(ocha_of(above))


def _level_village(soate: str, _name: str, above: str) -> tuple[str, Kind, str]:
    return ocha_of(soate), Kind.VILLAGE, ocha_of(above)


_LEVELS: Mapping[str, Callable[[str, str, str], tuple[str, Kind, str]]] = {
    "RegionAndCity": _level_region,
    "District": _level_district,
    "Countryside": _level_below,
    "Village": _level_village,
}
_FORMS: tuple[tuple[set[str], Callable[[_Row, Reading], Unit | None]], ...] = (
    ({"adm2_pcode", "adm2_ky", "adm2_ru", "adm2_en", "type_en"}, _rayon),
    ({"adm1_pcode", "adm1_ky", "adm1_ru", "adm1_en", "type_en"}, _region),
    ({"soate_code", "name_ru", "source_type", "parent_code"}, _soate),
)


@cache
def _known() -> Mapping[str, Unit]:
    return {unit.code: unit for unit in built_in()}


# ---------------------------------------------------------------- GeoJSON


def _read_geojson(name: str, text: str, reading: Reading) -> None:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as broken:
        reading.defects.append(Defect(name, broken.lineno, "", "broken_json", broken.msg))
        return
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        reading.defects.append(Defect(name, 0, "features", "no_features"))
        return
    for number, feature in enumerate(features, 1):
        _read_feature(name, number, feature, reading)


def _read_feature(name: str, number: int, feature: object, reading: Reading) -> None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        reading.defects.append(Defect(name, number, "geometry", "no_feature"))
        return
    code, source = _whose(properties)
    if code is None:
        reading.defects.append(Defect(name, number, "properties", "unknown_area", str(properties.get("name", ""))))
    elif not _is_geometry(geometry):
        reading.defects.append(Defect(name, number, "geometry", "not_wgs84_geometry", str(geometry.get("type", ""))))
    elif code not in reading.outlines or "osm_id" not in properties:
        reading.outlines[code] = Outline(code, geometry, source)


def _whose(properties: Mapping[str, object]) -> tuple[str | None, str]:
    """The area's code and the source of the boundary. An outline by code goes before one by name alone."""
    for level, code_of in (("ADM2", district_code), ("ADM1", region_code)):
        ocha = properties.get(f"{level}_PCODE")
        if isinstance(ocha, str) and OCHA_CODE.fullmatch(ocha):
            return code_of(ocha), f"OCHA COD-AB, {str(properties.get('validOn', ''))[:10]}"
    if "osm_id" in properties:
        return _code_of_name(clean(str(properties.get("name", "")))), "OpenStreetMap (ODbL)"
    return None, ""


def _code_of_name(name: str) -> str | None:
    by_name = {unit.name_ru.removesuffix(" район"): code for code, unit in _known().items() if unit.kind is Kind.RAYON}
    return corrections().map.get(name) or by_name.get(name)


_DEPTH = {"Point": 0, "Polygon": 2, "MultiPolygon": 3}


def _is_geometry(geometry: Mapping[str, object]) -> bool:
    """A point or (multi)polygon whose every position is a longitude and a latitude."""
    depth = _DEPTH.get(str(geometry.get("type")))
    return depth is not None and _are_positions(geometry.get("coordinates"), depth)


def _are_positions(found: object, depth: int) -> bool:
    if not isinstance(found, list) or not found:
        return False
    if depth:
        return all(_are_positions(inner, depth - 1) for inner in found)
    if len(found) < 2 or not all(isinstance(number, int | float) for number in found[:2]):
        return False
    return bool(-180 <= found[0] <= 180 and -90 <= found[1] <= 90)
