"""`shailoo territory`: areas, boundaries and what is known of them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, FAILED, require_tables, start_django

if TYPE_CHECKING:
    from shailoo.law.outcome import Finding
    from shailoo.territory.actions import Imported

MOST_SHOWN = 100  # defects printed as text; --json prints all

app = App(name="territory", help="Areas, boundaries and precincts.")


@app.command(name="import")
def import_files(
    sources: Annotated[list[Path], Parameter(help="Files, or folders whose .csv and .geojson files are taken.")],
    /,
    *,
    json_output: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Import areas and boundaries from public files: all, or none where anything is wrong.

    Known forms: regions and rayons with names in three languages, the SOATE classifier, boundaries as GeoJSON
    (docs/territory.md). The same files again change nothing. Exit code 1 where a file has a defect; all are named.
    """
    start_django()
    require_tables()
    from django.utils import timezone

    from shailoo.law.outcome import Refused
    from shailoo.territory.actions import import_areas

    done = import_areas(sources, by=None, at=timezone.now())
    if isinstance(done, Refused):
        _tell_defects(done.findings, as_json=json_output)
        return FAILED
    if json_output:
        print(json.dumps(asdict(done), ensure_ascii=False))
    else:
        _tell(done)
    return DONE


def _tell(done: Imported) -> None:
    print(f"{done.created} areas created, {done.changed} changed, {done.unchanged} as before")
    print(f"{done.boundaries} boundaries new or changed")
    for language, number in sorted(done.missing.items()):
        print(f"{number} areas have no name in {language} in these files; the given name stands there")
    for line in done.corrected:
        print(f"corrected: {line}")


def _tell_defects(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    if as_json:
        defects = [{"code": found.code, **found.facts} for found in findings]
        print(json.dumps({"imported": False, "defects": defects}, ensure_ascii=False))
        return
    for found in findings[:MOST_SHOWN]:
        place = ":".join(str(found.facts[part]) for part in ("file", "line") if found.facts.get(part))
        what = " ".join(str(part) for part in (found.facts.get("field"), found.facts.get("value")) if part)
        print(f"{place or 'all files'}: {found.code.removeprefix('territory.')} {what}".rstrip(), file=sys.stderr)
    if len(findings) > MOST_SHOWN:
        print(f"and {len(findings) - MOST_SHOWN} more; --json prints all", file=sys.stderr)
    print("Nothing was imported.", file=sys.stderr)
