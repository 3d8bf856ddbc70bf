"""`shailoo verify BUNDLE`: an outsider's check of published results, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from shailoo.ledger.minisign import MinisignError, PublicKey, read_key
from shailoo.results.publication.verify import Report
from shailoo.results.publication.verify import verify as check

MOST_SHOWN = 50  # faults printed as text; --json prints all


def verify(
    bundle: Path,
    /,
    *,
    key: Annotated[
        str | None, Parameter(help="The commission's public key: the line RW… or a file that holds it.")
    ] = None,
    json_output: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Check a published bundle: hashes, signature, and every sum, percentage and seat from the rows of the precincts.

    Needs no database and no network. Exit code 0: everything holds. 1: something does not, and is named.
    2: the bundle or the key cannot be read.
    """
    try:
        pinned = _key(key)
        content = bundle.read_bytes()
    except (OSError, MinisignError, UnicodeDecodeError) as error:
        print(f"shailoo verify: {error}", file=sys.stderr)
        return 2
    report = check(content, pinned)
    if json_output:
        print(json.dumps(_data(report), ensure_ascii=False))
    else:
        _print(report, pinned)
    if report.holds:
        return 0
    return 2 if report.faults[0].code == "not_a_whole_bundle" else 1


def _key(given: str | None) -> PublicKey | None:
    if given is None:
        return None
    path = Path(given)
    return read_key(path.read_text() if path.is_file() else given)


def _data(report: Report) -> dict[str, object]:
    heading = report.snapshot.heading if report.snapshot else None
    return {
        "holds": report.holds,
        "key": report.key,
        "comment": report.comment,
        "checked": dict(report.checked),
        "publication": None if heading is None else f"{heading.slug} {heading.version} {heading.publication}",
        "rehearsal": None if heading is None else heading.rehearsal,
        "faults": [{"code": f.code, "where": f.where, "found": f.found, "due": f.due} for f in report.faults],
    }


def _print(report: Report, pinned: PublicKey | None) -> None:
    if report.snapshot is not None:
        heading = report.snapshot.heading
        if heading.rehearsal:
            print("REHEARSAL. This is not an election, and these figures are the results of none.")
        print(f"{heading.name_en}: version {heading.version}, {heading.publication}, as of {heading.as_of}")
    for name, number in report.checked.items():
        print(f"  {name}: {number:,}")
    for fault in report.faults[:MOST_SHOWN]:
        print(f"✗ {fault}")
    if len(report.faults) > MOST_SHOWN:
        print(f"✗ and {len(report.faults) - MOST_SHOWN:,} more; --json prints them all")
    if not report.holds:
        print("This bundle does not hold.")
        return
    print("✓ Files, signature, sums, percentages and seats hold.")
    if report.snapshot is not None and report.snapshot.heading.rehearsal:
        print("  They are those of a rehearsal.")
    whose = (
        "the key you gave" if pinned else "the key inside the bundle; compare it with the key the commission published"
    )
    print(f"  Signed by {whose}: {report.key}")
