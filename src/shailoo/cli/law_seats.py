"""`shailoo law seats` and `shailoo law president`: what follows from a count, as JSON for people and machines.

Both read one JSON document from a file or, for `-`, from standard input, and print one (docs/contracts.md).
Exit code 0 where an outcome follows, 2 where the input has faults or cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

from cyclopts import Parameter

from shailoo.law import contracts
from shailoo.law.contracts import Faulty, Printed, Problem
from shailoo.law.editions import Edition, edition, editions
from shailoo.law.mandates import allocate
from shailoo.law.presidential import decide

_BAD_INPUT = 2

Source = Annotated[str, Parameter(help="A JSON file, or - for standard input.", allow_leading_hyphen=True)]
EditionId = Annotated[
    str | None,
    Parameter(
        name="--edition", help="The edition of the law whose values and readings fill in what the input leaves out."
    ),
]
Readings = Annotated[
    list[str] | None,
    Parameter(
        name="--reading",
        negative="",
        help="Another reading of that edition, such as cap_surplus_rule=vacant. May be given several times.",
    ),
]


def seats(file: Source, /, *, edition_id: EditionId = None, readings: Readings = None) -> None:
    """Distribute the mandates of the Jogorku Kenesh (Art. 37.3 and 64) and print every step.

    Without --edition only what the input names is tested: no threshold, no regional threshold, no cap. A key in the
    input always stands above the edition.
    """
    if readings and edition_id is None:
        refuse(Faulty((Problem("--reading", "needs --edition: a reading is one of an edition"),)))
    taken = None if edition_id is None else edition_with(edition_id, readings or [])
    request = contracts.read_seats(text_of(file), taken)
    if isinstance(request, Faulty):
        refuse(request)
    _print(contracts.print_seats(allocate(request.count, request.rules)))


def president(file: Source, /, *, edition_id: EditionId = None, readings: Readings = None) -> None:
    """Decide a presidential first round or repeat voting (Art. 37.3, 37.6, 55 to 57) and print every step.

    Without --edition the newest edition holds.
    """
    taken = edition_with(edition_id or editions()[-1].id, readings or [])
    request = contracts.read_president(text_of(file), taken)
    if isinstance(request, Faulty):
        refuse(request)
    _print(contracts.print_president(decide(request.count, request.rules)))


def edition_with(edition_id: str, readings: list[str]) -> Edition:
    """The named edition with other readings; ends the command where there is no such edition, reading or option."""
    try:
        pinned = edition(edition_id)
    except KeyError as error:
        refuse(Faulty((Problem("--edition", str(error.args[0])),)))
    changes = dict(reading.partition("=")[::2] for reading in readings)
    try:
        return pinned.with_readings(**changes)
    except ValueError as error:
        refuse(Faulty((Problem("--reading", str(error)),)))


def text_of(file: str) -> str:
    """The text of the file or of standard input; ends the command where it cannot be read."""
    try:
        read = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return read.decode("utf-8-sig")
    except OSError as error:
        refuse(Faulty((Problem(file, f"cannot be read: {error.strerror}"),)))
    except UnicodeDecodeError:
        refuse(Faulty((Problem(file, "is not text in UTF-8"),)))


def _print(document: Mapping[str, Printed]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def refuse(faulty: Faulty) -> NoReturn:
    """Print the faults and end the command: as JSON for whoever reads the output, in words for whoever looks on."""
    _print(contracts.print_problems(faulty))
    for problem in faulty.problems:
        sys.stderr.write(f"{problem.path} {problem.message}\n")
    raise SystemExit(_BAD_INPUT)
