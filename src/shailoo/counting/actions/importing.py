"""Protocols that come as a file: planned first, then taken over all or none, with one act for the file (L36.2)."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.act import act
from shailoo.counting.checking import Place, Setting, as_line
from shailoo.counting.importing.columns import BY_NAME, ColumnMap, Fault, Layout, understood
from shailoo.counting.importing.judging import Judged, Known, begin, judged, judged_here
from shailoo.counting.importing.loading import Loader
from shailoo.counting.importing.reading import NumberedRow, Sheet, opened
from shailoo.counting.models import Import, Protocol, ScannerReport
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.outcome import Fact, Finding, Refused, Severity
from shailoo.ledger.actions import record
from shailoo.ledger.canonical import sha256

AT_ONCE = 1_000  # rows judged together
WORTH_PROCESSES = 20_000  # rows from which a second process pays for its start
MOST_TOLD = 1_000  # faults that are told; the rest is counted
NORM = "L36.2.b1"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came: its name, its bytes, and how its columns are named."""

    name: str
    content: bytes
    columns: ColumnMap = BY_NAME

    @property
    def digest(self) -> str:
        return sha256(self.content)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. With faults it would do nothing; `done` says that this very file was imported before."""

    rows: int
    states: Mapping[str, int]
    faults: tuple[Fault, ...]
    more_faults: int = 0
    done: bool = False

    @property
    def refused(self) -> Refused:
        """The faults as a refusal."""
        return Refused(tuple(_finding(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Imported:
    """A file taken over. `already` says that it was before, and nothing was done now."""

    file: Import
    states: Mapping[str, int]
    already: bool = False


@dataclass
class _Tally:
    """What a pass over the file has seen so far."""

    present: frozenset[str]
    rows: int = 0
    states: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, rows: Iterable[Judged], faults: Iterable[Fault]) -> list[Judged]:
        """Count rows and keep those of precincts that come once and have no version yet."""
        kept: list[Judged] = []
        self.faults += faults
        for row in rows:
            self.rows += 1
            if row.number in self.seen:
                before = str(self.seen[row.number])
                self.faults.append(Fault(row.line, "precinct", "precinct_twice", "L36.2.b2", before))
            elif row.number in self.present:
                self.faults.append(Fault(row.line, "precinct", "has_a_version", "L36.7.a4", row.number))
            else:
                self.seen[row.number] = row.line
                self.states[row.state] += 1
                kept.append(row)
        return kept

    def plan(self) -> Plan:
        told = sorted(self.faults, key=lambda fault: fault.line)
        return Plan(self.rows, dict(self.states), tuple(told[:MOST_TOLD]), max(0, len(told) - MOST_TOLD))


def plan_import(voting: Voting, source: Source) -> Plan:
    """The dry run: everything that the import would do or would refuse, in one pass; nothing is written."""
    if Import.objects.filter(voting=voting, sha256=source.digest).exists():
        return Plan(0, {}, (), done=True)
    return _passed(voting, source, lambda _rows: None)


@act
def import_protocols(voting: Voting, source: Source, *, by: Office, at: datetime) -> Imported | Refused:
    """Take over every protocol of a file, or none: accepted, to be explained or parked as the law says of each.

    The same file again is done already. A fault anywhere refuses the file with all its faults, each with line, column
    and norm. Lines that the file does not have stay unknown.
    """
    if refused := refusal(by, may="counting.import", election=voting.election.slug, at=at):
        return refused
    before = Import.objects.filter(voting=voting, sha256=source.digest).first()
    if before is not None:
        return Imported(before, {}, already=True)
    loader = Loader()
    plan = _passed(voting, source, loader.add)
    if plan.faults:
        loader.drop()
        return plan.refused
    file = Import.objects.create(
        voting=voting, sha256=source.digest, name=source.name[:200], rows=plan.rows, office=by, at=at
    )
    loader.finish(file, ballot(voting).codes)
    payload = {"sha256": source.digest, "name": file.name, "protocols": plan.rows, "states": plan.states}
    record("protocols.imported", subject=f"import:{file.pk}", by=by, at=at, grounds=[NORM], payload=payload)
    return Imported(file, plan.states)


def _passed(voting: Voting, source: Source, keep: Callable[[list[Judged]], None]) -> Plan:
    """One pass over the file; `keep` takes each lot of good rows while no fault has been found."""
    sheet = opened(source.content)
    if not isinstance(sheet, Sheet):
        return Plan(0, {}, tuple(sheet))
    printed = ballot(voting)
    against = printed.against_all.code if printed.against_all else ""
    layout = understood(sheet.header, source.columns, printed.codes, against)
    if not isinstance(layout, Layout):
        return Plan(0, {}, tuple(layout))
    present = Protocol.objects.filter(voting=voting).values_list("precinct__number", flat=True)
    tally = _Tally(frozenset(present))
    for rows, faults in _judged(sheet, layout, _known(voting, printed, against), tally.faults):
        good = tally.take(rows, faults)
        if not tally.faults:
            keep(good)
    if not tally.rows and not tally.faults:
        tally.faults.append(Fault(0, "", "no_rows", NORM))
    return tally.plan()


def _judged(
    sheet: Sheet, layout: Layout, known: Known, faults: list[Fault]
) -> Iterator[tuple[list[Judged], list[Fault]]]:
    """The rows judged in lots, by a second process too where the file is large."""
    lots = _lots(sheet.rows(faults))
    if sheet.text.count("\n") < WORTH_PROCESSES:
        yield from map(partial(judged, layout=layout, known=known), lots)
        return
    # Spawned, not forked: a forked child would share this process's connection to the database.
    with multiprocessing.get_context("spawn").Pool(2, begin, (layout, known)) as pool:
        yield from pool.imap(judged_here, lots)


def _lots(rows: Iterator[NumberedRow]) -> Iterator[list[NumberedRow]]:
    while lot := list(islice(rows, AT_ONCE)):
        yield lot


def _known(voting: Voting, printed: Ballot, against: str) -> Known:
    rows = VotingPrecinct.objects.filter(voting=voting)
    found = rows.values_list("precinct__number", "tec__body__code", "precinct__kind")
    places = {number: Place(number, tec, kind) for number, tec, kind in found}
    return Known(Setting.of(voting, printed), places, against, _reports(voting, printed))


def _reports(voting: Voting, printed: Ballot) -> dict[str, tuple[Mapping[str, object], ...]]:
    """The last report of each device, by the precinct's number."""
    reports = ScannerReport.objects.filter(voting=voting).select_related("precinct")
    found: dict[str, tuple[Mapping[str, object], ...]] = {}
    for report in reports.order_by("precinct_id", "device_no", "-version").distinct("precinct_id", "device_no"):
        number = report.precinct.number
        found[number] = (*found.get(number, ()), as_line(report, printed.codes))
    return found


def _finding(fault: Fault) -> Finding:
    facts: dict[str, Fact] = {"line": fault.line, "value": fault.value}
    return Finding(fault.norm, fault.code, Severity.ERROR, facts, (fault.field,) if fault.field else ())
