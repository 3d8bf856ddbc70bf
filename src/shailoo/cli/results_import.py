"""`shailoo results import`: protocols from a file, all or none, with a dry run that tells everything first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from shailoo.cli.environment import DONE, REFUSED, leave, require_tables, start_django

if TYPE_CHECKING:
    from shailoo.accounts.models import Office
    from shailoo.counting.actions import Plan, Source
    from shailoo.elections.models import Voting

SHOWN = 50  # faults printed as text; --json prints all that are told


def import_file(
    file: Path,
    *,
    map_: Annotated[str, Parameter(name="--map", help="A known map of columns, or a TOML file.")] = "",
    election: Annotated[str, Parameter(help="The election's short name; the latest where none is given.")] = "",
    by: Annotated[str, Parameter(help="User name of the person in whose CEC office the import is done.")] = "",
    dry_run: Annotated[bool, Parameter(negative="", help="Say what would happen; write nothing.")] = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON object.")] = False,
) -> int:
    """Take precinct protocols over from a CSV file (docs/import-format.md): all of them, or none.

    Exit code 0 where they were taken over, or would be, or had been; 2 where the file is refused.
    """
    start_django()
    require_tables()
    from shailoo.counting import actions
    from shailoo.elections.clock import now

    voting = _voting(election)
    source = _source(file, map_)
    plan = actions.plan_import(voting, source)
    if plan.faults or dry_run:
        _tell(plan, as_json=as_json)
        return REFUSED if plan.faults else DONE
    answer = actions.import_protocols(voting, source, by=_office(by), at=now(voting.election))
    if not isinstance(answer, actions.Imported):
        leave("; ".join(f"{found.code} ({found.norm})" for found in answer.findings[:SHOWN]), REFUSED)
    _print({"protocols": answer.file.rows, "states": dict(answer.states), "already": answer.already}, as_json=as_json)
    return DONE


def _voting(slug: str) -> Voting:
    from shailoo.elections.queries import by_slug, featured, voting_of

    election = by_slug(slug) if slug else None
    found = featured() if not slug else voting_of(election) if election else None
    return found or leave(f"there is no voting of an election {slug or 'yet'}", REFUSED)


def _office(username: str) -> Office:
    """The office that may import: of the named person, or the only one there is."""
    from shailoo.accounts.models import Office
    from shailoo.accounts.roles import MAY

    held = Office.objects.select_related("person", "body").filter(role__in=MAY["counting.import"], until=None)
    found = list(held.filter(person__username=username) if username else held)
    if not found or (len(found) > 1 and not username):
        leave("name the person whose office imports: --by USERNAME", REFUSED)
    return found[0]


def _source(file: Path, name: str) -> Source:
    from shailoo.counting import actions
    from shailoo.counting.importing.columns import BY_NAME, ColumnMap, ColumnMapError, known_map

    try:
        mapping = BY_NAME if not name else ColumnMap.load(Path(name)) if name.endswith(".toml") else known_map(name)
        return actions.Source(file.name, file.read_bytes(), mapping)
    except (ColumnMapError, OSError) as error:
        leave(str(error), REFUSED)


def _tell(plan: Plan, *, as_json: bool) -> None:
    faults = [
        {"line": each.line, "field": each.field, "code": each.code, "norm": each.norm, "value": each.value}
        for each in plan.faults
    ]
    found = {"protocols": plan.rows, "states": dict(plan.states), "already": plan.done}
    if as_json:
        print(json.dumps(found | {"faults": faults, "more_faults": plan.more_faults}, ensure_ascii=False))
        return
    if not faults:
        _print(found, as_json=False)
    for each in plan.faults[:SHOWN]:
        print(f"line {each.line}: {each.field or 'file'}: {each.code} {each.value!r} ({each.norm})")
    if hidden := max(0, len(faults) - SHOWN) + plan.more_faults:
        print(f"… and {hidden} more")


def _print(found: Mapping[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(f"{name}: {value}" for name, value in found.items()))
