"""Rows of a file become protocols with what the law says of each. Pure: it runs in as many processes as there are."""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from shailoo.counting.checking import (
    Breach,
    Place,
    Setting,
    breaches,
    held_against,
    only_accounting,
    required,
    state_after,
)
from shailoo.counting.importing.columns import PRECINCT, SCANNERS, WRITTEN, Column, Fault, Layout
from shailoo.counting.importing.reading import NumberedRow
from shailoo.counting.states import State
from shailoo.counting.values import LARGEST, LONGEST, UnreadableError, Value, read, read_signed
from shailoo.law.outcome import Severity
from shailoo.law.protocol import LineType

_SIGNED = "mismatch_total"
_FORMATTER = string.Formatter()
_REPORT_COUNTS = ("initial_total", "total", "against_all", "invalid")
_REPORT_TIMES = ("decision_at", "report_at", "failed_at", "last_ballot_at")


@dataclass(frozen=True, slots=True)
class Known:
    """What the system knows of the precincts of a voting: number -> place."""

    setting: Setting
    places: Mapping[str, Place]
    against: str
    reports: Mapping[str, tuple[Mapping[str, object], ...]]  # scanner reports on file


@dataclass(frozen=True, slots=True)
class Judged:
    """A row as a protocol: ready to be loaded. `breaches` and `lines` are JSON."""

    line: int
    number: str
    state: str
    lines: str
    explanation: str
    act_number: str
    act_text: str
    breaches: str
    scanners: str  # JSON: the reports that the row brings along


_TOLD: list[tuple[Layout, Known]] = []
"""What a process of its own was told once, when it began: the same for every row of its file."""


def begin(layout: Layout, known: Known) -> None:
    """Prepare a process for `judged_here`; a whole country's places are sent to it once and not with every lot."""
    _TOLD[:] = [(layout, known)]


def judged_here(rows: list[NumberedRow]) -> tuple[list[Judged], list[Fault]]:
    """`judged`, in a process that `begin` has prepared."""
    ((layout, known),) = _TOLD
    return judged(rows, layout, known)


def judged(rows: list[NumberedRow], layout: Layout, known: Known) -> tuple[list[Judged], list[Fault]]:
    """Each row judged, and every fault of every row."""
    unknown = frozenset(required()) - layout.lines
    done: list[Judged] = []
    faults: list[Fault] = []
    for number, row in rows:
        found = _row(number, row, layout, known, unknown)
        if isinstance(found, Judged):
            done.append(found)
        else:
            faults += found
    return done, faults


def _row(number: int, row: list[str], layout: Layout, known: Known, unknown: frozenset[str]) -> Judged | list[Fault]:
    if len(row) != layout.width:
        return [Fault(number, "", "wrong_number_of_fields", "L34.3", f"{len(row)} / {layout.width}")]
    faults: list[Fault] = []
    lines, written = _cells(number, row, layout, faults)
    precinct = _number(row, layout, written)
    place = known.places.get(precinct)
    if place is None:
        faults.append(Fault(number, PRECINCT, "unknown_precinct", "L36.2.b3", precinct[:80]))
    _votes_needed(number, lines, known, faults)
    brought = _scanners(number, lines.pop(SCANNERS, None), known, faults)
    if brought and known.reports.get(precinct):
        faults.append(Fault(number, SCANNERS, "reported_already", "L35.8.a1", precinct))
    if bool(written["act_number"]) != bool(written["act_text"]):
        faults.append(Fault(number, "act_number", "act_needs_number_and_text", "L36.7.a1"))
    if len(written["act_number"]) > 80:
        faults.append(Fault(number, "act_number", "too_long", "L36.7.a1"))
    if faults or place is None:
        return faults
    found = breaches(held_against(lines, known.setting, place, brought or known.reports.get(precinct, ())), unknown)
    state = _answered(found, written)
    return Judged(
        line=number,
        number=precinct,
        state=state.value,
        lines=json.dumps(lines, ensure_ascii=False, separators=(",", ":")),
        explanation=written["explanation"] if found else "",
        act_number=written["act_number"] if found else "",
        act_text=written["act_text"] if found else "",
        breaches=json.dumps([asdict(breach) for breach in found]) if found else "[]",
        scanners=json.dumps(brought) if brought else "[]",
    )


def _cells(number: int, row: list[str], layout: Layout, faults: list[Fault]) -> tuple[dict[str, Value], dict[str, str]]:
    """The lines of a row and its writings; a blank cell leaves no value behind."""
    lines: dict[str, Value] = {}
    written = dict.fromkeys((PRECINCT, *WRITTEN), "")
    for column in layout.columns:
        cell = row[column.place]
        if column.target in written:
            written[column.target] = cell.strip()
            if len(cell) > LONGEST:
                faults.append(Fault(number, column.name, "too_long", "L34.3"))
            continue
        try:
            value = _value(cell, column)
        except UnreadableError as why:
            faults.append(Fault(number, column.name, why.code, "L34.3", cell[:80]))
            continue
        if value is None:
            continue
        if column.option is None:
            lines[column.target] = value
        else:
            counts = lines.setdefault(column.target, {})
            if isinstance(counts, dict):
                counts[column.option] = value
    return lines, written


def _value(cell: str, column: Column) -> Value | None:
    if column.kind is LineType.INTEGER and column.target != _SIGNED:
        if cell.isdigit() and cell.isascii() and int(cell[:10]) <= LARGEST and len(cell) < 10:
            return int(cell)
        return read(cell, LineType.INTEGER)
    if column.target == _SIGNED:
        return read_signed(cell)
    if column.kind is LineType.STRUCTURE or cell.startswith("["):
        return _json(cell)
    return read(cell, column.kind)


def _json(cell: str) -> Value | None:
    if not cell.strip():
        return None
    try:
        return read(json.loads(cell), LineType.STRUCTURE)
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("not_json") from error


def _number(row: list[str], layout: Layout, written: Mapping[str, str]) -> str:
    if not layout.template:
        return written[PRECINCT]
    try:
        return _FORMATTER.vformat(layout.template, (), {name: row[place].strip() for name, place in layout.number})
    except (ValueError, KeyError, IndexError):
        return ""


def _votes_needed(number: int, lines: Mapping[str, Value], known: Known, faults: list[Fault]) -> None:
    """Votes are what is summed: each option on the ballot has a count (zero is written)."""
    votes = lines.get("votes")
    counts = votes if isinstance(votes, dict) else {}
    bad = {fault.field for fault in faults if fault.line == number}
    for code in known.setting.codes:
        value = counts.get(code)
        if value is None and code not in known.setting.withdrawn and not bad & {code, f"votes.{code}"}:
            faults.append(Fault(number, code, "count_needed", "L35.11.a4"))
        elif value is not None and (type(value) is not int or not 0 <= value <= LARGEST):
            faults.append(Fault(number, code, "not_a_whole_number", "L35.11.a4"))
    faults += [
        Fault(number, str(code)[:80], "unknown_option", "L30.4") for code in counts if code not in known.setting.codes
    ]
    if known.against and "against_all" not in lines and not bad & {known.against, "against_all"}:
        faults.append(Fault(number, "against_all", "count_needed", "L35.11.a4"))


def _scanners(number: int, given: Value | None, known: Known, faults: list[Fault]) -> list[dict[str, object]]:
    """The scanner reports of a row, each field read as its type; times are local, of voting day where only an hour."""
    if given is None:
        return []
    records = given if isinstance(given, list) else []
    found = [_report(record, known) for record in records if isinstance(record, dict)]
    devices = [report["device_no"] for report in found if report is not None]
    if not isinstance(given, list) or len(devices) != len(records) or len(set(devices)) != len(devices):
        faults.append(Fault(number, SCANNERS, "report_unreadable", "L35.8.a1"))
        return []
    return [report for report in found if report is not None]


def _report(record: Mapping[str, Value], known: Known) -> dict[str, object] | None:
    """A report with every field that is kept; None where one is missing or unreadable."""
    try:
        votes = read(record.get("votes"), LineType.COUNTS)
        counts = {name: read(record.get(name), LineType.INTEGER) for name in _REPORT_COUNTS}
        times = {name: _local(record.get(name), known) for name in _REPORT_TIMES}
        device = read(record.get("device_no"), LineType.TEXT)
    except UnreadableError:
        return None
    counts["initial_total"] = counts["initial_total"] or 0
    role = record.get("role") or "primary"
    fits = isinstance(votes, dict) and votes.keys() <= set(known.setting.codes) and isinstance(device, str)
    if not fits or None in counts.values() or role not in ("primary", "additional") or len(str(device)) > 40:
        return None
    return {"device_no": device, "role": role, "votes": votes, **counts, **times}


def _local(raw: Value | None, known: Known) -> Value | None:
    """A local moment: "20:10" is of voting day."""
    if isinstance(raw, str) and raw[2:3] == ":":
        raw = f"{known.setting.day.isoformat()}T{raw}"
    return read(raw, LineType.DATETIME)


def _answered(found: tuple[Breach, ...], written: Mapping[str, str]) -> State:
    """Where the protocol stands: what the file brings along may answer what was found (L35.15, L36.7)."""
    state = state_after(found)
    if state is State.TO_EXPLAIN and (written["explanation"] or written["act_text"]):
        return State.ACCEPTED
    if state is State.PARKED and written["act_text"]:
        natures = [breach.nature for breach in found if breach.severity is Severity.ERROR]
        return State.ACCEPTED if only_accounting(natures) else State.PARKED
    return state
