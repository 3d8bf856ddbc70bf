"""The generated protocols as the file that a machine would send: one row a precinct, columns named by lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from shailoo.elections.generator.anomalies import Anomaly
from shailoo.elections.generator.sheets import Sheet
from shailoo.law.protocol import lines

KNOWN_TO_THE_SYSTEM = frozenset(
    {
        *("election_type", "voting_round", "election_day", "precinct_no", "precinct_kind", "tec_id", "ballot_options"),
        *("withdrawn_options", "recount_mark", "replaces_protocol", "recount_requested", "recount_votes", "votes"),
    }
)


def columns(codes: Sequence[str]) -> list[str]:
    """The columns: precinct, every line that a precinct fills, votes by option, and what the commission wrote."""
    given = [line.id for line in lines() if line.id not in KNOWN_TO_THE_SYSTEM]
    return ["precinct", *given, *(f"votes.{code}" for code in codes), "explanation", "act_number", "act_text"]


def write_csv(sheets: Iterable[Sheet], codes: Sequence[str], target: TextIO) -> int:
    """Write the sheets to `target` (text, newline=""); returns how many."""
    writer = csv.writer(target, lineterminator="\n")
    names = columns(codes)
    writer.writerow(names)
    written = 0
    for written, sheet in enumerate(sheets, 1):  # noqa: B007 - the number of the last one is the answer
        writer.writerow(_cells(sheet, names))
    return written


def _cells(sheet: Sheet, names: Sequence[str]) -> Iterator[str]:
    account = sheet.account
    act_number = f"А-{sheet.number}" if sheet.anomaly is Anomaly.BALLOT_MISSING else ""
    words = {
        "precinct": sheet.number,
        "explanation": account.explanation,
        "act_number": act_number,
        "act_text": account.act,
    }
    votes = sheet.lines["votes"]
    for name in names:
        if name.startswith("votes."):
            yield str(votes[name.removeprefix("votes.")])
        elif name in words:
            yield words[name]
        else:
            yield _cell(sheet.lines.get(name))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)
