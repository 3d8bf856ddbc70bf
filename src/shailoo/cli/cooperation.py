"""`shailoo cooperation`: loading a register of international cooperation from a file."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from shailoo.cli.environment import DONE, FAILED, REFUSED, require_tables, start_django

MOST_SHOWN = 100  # faults printed as text; --json prints all

app = App(name="cooperation", help="The register of international cooperation.")


@app.command
def load(file: Path, /, *, json_output: Annotated[bool, Parameter(name="--json", negative="")] = False) -> int:
    """Load organizations, memberships, agreements, events, missions, invitations and more from a YAML or TOML file.

    All of it, or nothing where anything is wrong: every fault is named (docs/cooperation.md tells the form). The same
    file again changes nothing. Exit code 1 where the file has faults, 2 where it cannot be read.
    """
    start_django()
    require_tables()
    from django.utils import timezone

    from shailoo.cooperation.loading import Loaded, read
    from shailoo.cooperation.loading import load as load_register

    try:
        content = read(file)
    except (OSError, ValueError) as wrong:
        print(f"shailoo cooperation load: {wrong}", file=sys.stderr)
        return REFUSED
    done = load_register(content, at=timezone.now())
    if isinstance(done, Loaded):
        _tell(done, as_json=json_output)
        return DONE
    if json_output:
        print(json.dumps({"loaded": False, "faults": [asdict(each) for each in done]}, ensure_ascii=False))
        return FAILED
    for each in done[:MOST_SHOWN]:
        place = " ".join(part for part in (each.section, each.record, each.key) if part)
        print(f"{place}: {each.code} {each.value}".rstrip(), file=sys.stderr)
    if len(done) > MOST_SHOWN:
        print(f"and {len(done) - MOST_SHOWN} more; --json prints all", file=sys.stderr)
    print("Nothing was loaded.", file=sys.stderr)
    return FAILED


def _tell(done: object, *, as_json: bool) -> None:
    from shailoo.cooperation.loading import Loaded

    if not isinstance(done, Loaded):
        raise TypeError(done)
    if as_json:
        print(json.dumps({"loaded": True, "created": dict(done.created), "unchanged": done.unchanged}))
        return
    for section, number in done.created.items():
        if number:
            print(f"{section}: {number}")
    print(f"{done.total} records made, {done.unchanged} as before")
