"""Files as commissions send them: written from papers, with what is wrong put in on purpose."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from shailoo.counting.importing.columns import PRECINCT


def written(rows: Sequence[Mapping[str, Any]], delimiter: str = ",", mark: str = "") -> bytes:
    """A CSV file of these rows; options become columns of their own, other structures JSON."""
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO(newline="")
    out.write(mark)
    writer = csv.DictWriter(out, names, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue().encode()


def row(number: str, lines: Mapping[str, Any], **written_: str) -> dict[str, Any]:
    """A row of a file: the precinct, its lines, what the commission wrote."""
    return {PRECINCT: number, **lines, **written_}


def _flat(given: Mapping[str, Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            found.update({f"{name}.{key}": part for key, part in value.items()})
        elif isinstance(value, list):
            found[name] = json.dumps(value)
        else:
            found[name] = value
    return found
