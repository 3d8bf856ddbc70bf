"""What follows once figures agree: they are kept and checked, and the protocol is accepted, explained or parked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.counting.actions.act import move, subject
from shailoo.counting.checking import Breach, Place, Setting, as_line, breaches, held_against, state_after
from shailoo.counting.models import Figures, Protocol, ProtocolFinding, ScannerReport
from shailoo.counting.states import State
from shailoo.counting.values import Value
from shailoo.elections.models import VotingPrecinct
from shailoo.elections.queries import Ballot, ballot
from shailoo.ledger.actions import record


@dataclass(frozen=True, slots=True)
class Concluded:
    """Where a protocol stands after its figures were agreed, and the correlations that they do not hold."""

    protocol: Protocol
    state: State
    figures: Figures
    breaches: tuple[Breach, ...]


def conclude(protocol: Protocol, lines: Mapping[str, Value], *, by: Office, at: datetime) -> Concluded:
    """Keep the agreed figures of the round with what the law says of them (L35.15), and move the protocol on."""
    printed = ballot(protocol.voting)
    setting = Setting.of(protocol.voting, printed)
    place = Place(protocol.precinct.number, protocol.tec.body.code, protocol.precinct.kind)
    found = breaches(held_against(lines, setting, place, _scanners(protocol, printed.codes)))
    figures = Figures.objects.create(**columns(protocol, lines, printed), made_at=at)
    ProtocolFinding.objects.bulk_create(finding(figures, breach) for breach in found)
    state = state_after(found)
    if state is State.ACCEPTED:
        accept(protocol, by=by, at=at)
    else:
        move(protocol, state)
    return Concluded(protocol, state, figures, found)


def accept(protocol: Protocol, *, by: Office, at: datetime) -> None:
    """Take the protocol into the sums; the version that it replaces leaves them in the same transaction (L36.7.a4)."""
    if protocol.version > 1:
        older = Protocol.objects.filter(voting_id=protocol.voting_id, precinct_id=protocol.precinct_id)
        leaving = older.filter(state__in=[State.ACCEPTED, State.RETURNED], version__lt=protocol.version)
        for pk in leaving.order_by("pk").values_list("pk", flat=True):
            record("protocol.replaced", subject=f"protocol:{pk}", by=by, at=at, grounds=["L36.7.a4"])
        leaving.update(state=State.REPLACED)
    move(protocol, State.ACCEPTED)


def columns(protocol: Protocol, lines: Mapping[str, Value], printed: Ballot) -> dict[str, object]:
    """The row of figures: the whole record, and the lines that are summed in columns. A line not sent stays None."""
    votes = lines.get("votes")
    counts = votes if isinstance(votes, dict) else {}
    row: dict[str, object] = {name: lines.get(name) for name in Figures.SUMMED}
    in_order = [_number(counts.get(code, 0)) for code in printed.codes]
    if row["valid"] is None:
        row["valid"] = sum(in_order) + _number(lines.get("against_all"))
    region = VotingPrecinct.objects.filter(voting_id=protocol.voting_id, precinct_id=protocol.precinct_id)
    return row | {
        "protocol": protocol,
        "round": protocol.round,
        "voting_id": protocol.voting_id,
        "precinct_id": protocol.precinct_id,
        "tec_id": protocol.tec_id,
        "region_id": region.values_list("region_id", flat=True).get(),
        "votes": in_order,
        "lines": dict(lines),
    }


def finding(figures: Figures, breach: Breach) -> ProtocolFinding:
    """The row that keeps a breach."""
    return ProtocolFinding(
        figures=figures,
        code=breach.code,
        severity=breach.severity,
        nature=breach.nature,
        formula=breach.formula,
        fields=list(breach.fields),
        norms=list(breach.norms),
    )


def told(concluded: Concluded, name: str, *, by: Office, at: datetime, norm: str) -> None:
    """Record in the ledger where the protocol went and on what findings."""
    found = [breach.code for breach in concluded.breaches]
    norms = dict.fromkeys((norm, *(breach.norms[0] for breach in concluded.breaches)))
    record(
        name,
        subject=subject(concluded.protocol),
        by=by,
        at=at,
        grounds=norms,
        payload={
            "state": concluded.state,
            "round": concluded.protocol.round,
            "lines": dict(concluded.figures.lines),
            "findings": found,
        },
    )


def _scanners(protocol: Protocol, codes: Sequence[str]) -> list[dict[str, object]]:
    """The last report of each device at the precinct."""
    reports = ScannerReport.objects.filter(voting_id=protocol.voting_id, precinct_id=protocol.precinct_id)
    return [as_line(report, codes) for report in reports.order_by("device_no", "-version").distinct("device_no")]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
