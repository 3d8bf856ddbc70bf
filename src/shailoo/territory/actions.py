"""Changing the territory: importing areas and boundaries, and laying out precincts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shailoo.accounts.access import EVERY_ELECTION, refusal
from shailoo.accounts.models import Office
from shailoo.law.outcome import Fact, Finding, Refused, Severity
from shailoo.ledger import actions as ledger
from shailoo.ledger.canonical import sha256
from shailoo.territory.division import Kind, Unit, built_in
from shailoo.territory.models import Area, Boundary, Precinct
from shailoo.territory.sources import Defect, Outline, Reading, read

NORM = "L13.5.a1"  # the map and borders of precincts rest on the division
FIELDS = ("kind", "parent_id", "name_ky", "name_ru", "name_en", "soate", "ocha")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `missing` counts, by language, the areas for which the sources give no name in it."""

    created: int
    changed: int
    unchanged: int
    boundaries: int
    missing: Mapping[str, int]
    corrected: tuple[str, ...]


def import_areas(sources: Path | Sequence[Path], *, by: Office | None, at: datetime) -> Imported | Refused:
    """Take areas and boundaries from public files (docs/territory.md says which forms are known).

    All defects of all files are found in one pass and refuse the whole; nothing is written then. The same files again
    change nothing and record no act. `by` is None only for what the installation sets up itself.
    """
    if by is not None and (denied := refusal(by, may="territory.import", at=at, election=EVERY_ELECTION)):
        return denied
    reading = read([sources] if isinstance(sources, Path) else list(sources))
    units = _united(reading)
    defects = (*reading.defects, *_broken_tree(units), *_without_area(reading, units))
    if defects:
        return Refused(tuple(map(_finding, defects)))
    return _write(units, list(reading.outlines.values()), reading.corrected, by=by, at=at)


def install_division(*, at: datetime) -> Imported:
    """The division that the project knows itself, down to rayons and cities, without boundaries."""
    return _write({unit.code: unit for unit in built_in()}, [], [], by=None, at=at)


def _finding(defect: Defect) -> Finding:
    facts: dict[str, Fact] = {"file": defect.file, "line": defect.line, "field": defect.field, "value": defect.value}
    return Finding(NORM, f"territory.{defect.code}", Severity.ERROR, facts, (defect.field,) if defect.field else ())


def _united(reading: Reading) -> dict[str, Unit]:
    """One unit for each code: a source with all three names goes before one with Russian ones, codes are kept of both.

    The country and "abroad" stand in no file; they are the project's own.
    """
    united = {unit.code: unit for unit in built_in() if unit.kind in (Kind.COUNTRY, Kind.ABROAD)}
    for code, found in reading.units.items():
        best = min(found, key=lambda unit: len(unit.missing))
        united[code] = replace(best, soate=best.soate or found[0].soate, ocha=best.ocha or found[0].ocha)
    return united


def _broken_tree(units: Mapping[str, Unit]) -> Iterable[Defect]:
    """Areas under an area that neither the files nor the database know, and codes of the classifier used twice."""
    standing = set(Area.objects.values_list("code", flat=True))
    for unit in units.values():
        if unit.parent is not None and unit.parent not in units and unit.parent not in standing:
            yield Defect("", 0, "parent", "unknown_parent", f"{unit.code} → {unit.parent}")
    for soate, times in Counter(unit.soate for unit in units.values() if unit.soate).items():
        if times > 1:
            yield Defect("", 0, "soate", "code_twice", soate)


def _without_area(reading: Reading, units: Mapping[str, Unit]) -> Iterable[Defect]:
    standing = set(Area.objects.values_list("code", flat=True))
    for code in reading.outlines:
        if code not in units and code not in standing:
            yield Defect("", 0, "boundary", "unknown_area", code)


@transaction.atomic
def _write(
    units: Mapping[str, Unit], outlines: Sequence[Outline], corrected: Sequence[str], *, by: Office | None, at: datetime
) -> Imported:
    created, changed = _write_areas(units)
    drawn = _write_boundaries(outlines)
    missing = Counter(language for unit in units.values() for language in unit.missing)
    done = Imported(created, changed, len(units) - created - changed, drawn, dict(missing), tuple(corrected))
    if created or changed or drawn:
        digest = sha256("\n".join(sorted(map(repr, units.values()))))
        payload = {"created": created, "changed": changed, "boundaries": drawn, "sha256": digest}
        ledger.record("territory.imported", subject="territory", by=by, at=at, grounds=(NORM,), payload=payload)
    return done


def _write_areas(units: Mapping[str, Unit]) -> tuple[int, int]:
    """Parents first; returns how many areas were created and how many changed."""
    standing = {area.code: area for area in Area.objects.all()}
    created = changed = 0
    for level in _levels(units):
        new, other = [], []
        for unit in level:
            area = _area(unit, standing)
            before = standing.get(unit.code)
            if before is None:
                new.append(area)
            elif any(getattr(before, name) != getattr(area, name) for name in FIELDS):
                area.pk = before.pk
                other.append(area)
        for area in Area.objects.bulk_create(new):
            standing[area.code] = area
        Area.objects.bulk_update(other, FIELDS, batch_size=500)
        created, changed = created + len(new), changed + len(other)
    return created, changed


def _levels(units: Mapping[str, Unit]) -> list[list[Unit]]:
    """The units by how many of them stand above each other: whoever is written has its parent written before."""
    levels: list[list[Unit]] = []
    for unit in units.values():
        depth, node = 0, unit
        while node.parent is not None and node.parent in units:
            depth, node = depth + 1, units[node.parent]
        levels.extend([] for _ in range(depth + 1 - len(levels)))
        levels[depth].append(unit)
    return levels


def _area(unit: Unit, standing: Mapping[str, Area]) -> Area:
    return Area(
        code=unit.code,
        kind=unit.kind,
        parent_id=standing[unit.parent].pk if unit.parent else None,
        name_ky=unit.name_ky,
        name_ru=unit.name_ru,
        name_en=unit.name_en,
        soate=unit.soate,
        ocha=unit.ocha,
    )


def _write_boundaries(outlines: Sequence[Outline]) -> int:
    """Returns how many boundaries are new or differ from the ones that stand."""
    standing = {found.area.code: found for found in Boundary.objects.select_related("area")}
    areas = dict(Area.objects.filter(code__in=[outline.code for outline in outlines]).values_list("code", "pk"))
    wanted = [
        Boundary(area_id=areas[outline.code], geometry=outline.geometry, source=outline.source)
        for outline in outlines
        if outline.code not in standing or standing[outline.code].geometry != outline.geometry
    ]
    Boundary.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=["area"], update_fields=["geometry", "source"]
    )
    return len(wanted)


@dataclass(frozen=True, slots=True)
class Site:
    """A precinct before it is written: its number, the code of its area, and the place of its polling station."""

    number: str
    area: str
    kind: Precinct.Kind = Precinct.Kind.ORDINARY
    numbering: Precinct.Numbering = Precinct.Numbering.OFFICIAL
    place_ky: str = ""
    place_ru: str = ""
    place_en: str = ""


@transaction.atomic
def lay_out_precincts(sites: Sequence[Site], *, by: Office | None, at: datetime) -> int | Refused:
    """Make the precincts that do not stand yet (L13.4); returns how many. Refused where an area is unknown."""
    if by is not None and (denied := refusal(by, may="territory.import", at=at, election=EVERY_ELECTION)):
        return denied
    regions = _region_of_area()
    ids = dict(Area.objects.values_list("code", "pk"))
    unknown = sorted({site.area for site in sites} - regions.keys())
    if unknown:
        return Refused.because("L13.4.a1", "territory.unknown_area", area=unknown[0], count=len(unknown))
    standing = set(Precinct.objects.values_list("number", flat=True))
    made = Precinct.objects.bulk_create(
        [
            Precinct(
                number=site.number,
                area_id=ids[site.area],
                region_id=ids[regions[site.area]],
                kind=site.kind,
                numbering=site.numbering,
                place_ky=site.place_ky,
                place_ru=site.place_ru,
                place_en=site.place_en,
            )
            for site in sites
            if site.number not in standing
        ],
        batch_size=5000,
    )
    if made:
        payload = {"precincts": len(made)}
        ledger.record("territory.precincts", subject="territory", by=by, at=at, grounds=("L13.4.a1",), payload=payload)
    return len(made)


def _region_of_area() -> dict[str, str]:
    """Code of every area below the country -> code of the region (or "abroad") that it lies in."""
    parents = dict(Area.objects.values_list("code", "parent__code"))
    tops = {code for code, above in parents.items() if above is not None and parents.get(above) is None}
    found: dict[str, str] = {}
    for code in parents:
        node: str | None = code
        while node is not None and node not in tops:
            node = parents[node]
        if node is not None:
            found[code] = node
    return found
