"""`shailoo lots`: checking a public lot from its published file, without a database and without the commission."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclopts import App

from shailoo.lots.checking import check as computed

app = App(name="lots", help="Check public lots, without a database.")


@app.command
def check(file: Path, /) -> int:
    """Compute a lot anew from its file (lot.json): the hash of its list, every ticket and the order of every round.

    Exit code 0: everything holds. 1: something does not, and is named. 2: the file cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(f"shailoo lots check: {error}", file=sys.stderr)
        return 2
    report = computed(text)
    if report.purpose:
        print(f"{report.purpose}: {report.items:,} entries, {len(report.orders)} rounds computed")
    for fault in report.faults:
        print(f"✗ {fault}")
    print("✓ The list and every order hold." if report.holds else "This lot does not hold.")
    return 0 if report.holds else 1
