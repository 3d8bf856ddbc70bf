"""Counting for machines: scanner reports and protocols come in, the state of a protocol is asked."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router, Schema
from pydantic import Field, JsonValue

from shailoo.accounts.access import refusal
from shailoo.api.access import Key, needs, office_of
from shailoo.api.once import once
from shailoo.api.problems import Problem, ProblemError, of
from shailoo.counting import actions
from shailoo.counting.importing.columns import PRECINCT
from shailoo.counting.models import ProtocolFinding, ScannerReport
from shailoo.counting.queries import protocol_versions
from shailoo.counting.states import State
from shailoo.elections.clock import now
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.outcome import Refused

router = Router(tags=["counting"])

Count = Annotated[int, Field(ge=0, le=2_147_483_647, strict=True)]
Number = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,16}$")]
Id = Annotated[int, Field(ge=1, le=2_147_483_647)]
Plain = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b-\x1f]*$", max_length=2_000)]
Line = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,80}$")]
REFUSED = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 413: Problem, 422: Problem}
KEYED: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        }
    ]
}


class ScannerReportIn(Schema):
    """The final report of one scanning ballot box (L35.8), as printed."""

    precinct: Number
    device_no: Annotated[str, Field(pattern=r"^[\w ./-]{1,40}$")]
    role: ScannerReport.Role = ScannerReport.Role.PRIMARY
    initial_total: Count = 0
    total: Count
    votes: dict[Line, Count]
    against_all: Count
    invalid: Count
    decision_at: datetime | None = None
    report_at: datetime | None = None
    failed_at: datetime | None = None
    last_ballot_at: datetime | None = None
    reason: Plain = ""


class ScannerReportOut(Schema):
    """The report as kept."""

    precinct: str
    device_no: str
    version: int


class ProtocolIn(Schema):
    """One precinct's protocol: line id -> value, as docs/import-format.md names them."""

    precinct: Number
    lines: dict[Line, JsonValue]
    explanation: Plain = ""
    act_number: Annotated[Plain, Field(max_length=80)] = ""
    act_text: Plain = ""


class ProtocolsIn(Schema):
    """One or many protocols, taken over all or none."""

    protocols: Annotated[list[ProtocolIn], Field(min_length=1, max_length=5_000)]


class ProtocolsOut(Schema):
    """What was done: protocols by the state they stand in. `already`: these very protocols had been imported."""

    protocols: int
    states: dict[str, int]
    already: bool


class FindingOut(Schema):
    """A control correlation that the figures do not hold."""

    code: str
    severity: str
    formula: str
    fields: list[str]
    norms: list[str]


class StatusOut(Schema):
    """Where a precinct's protocol stands. `version` 0 means that no paper has come."""

    precinct: str
    version: int
    state: str
    findings: list[FindingOut]


@router.post(
    "/votings/{voting_id}/scanner-reports",
    response={201: ScannerReportOut, **REFUSED},
    operation_id="record_scanner_report",
    auth=Key("counting.scanner_report"),
    openapi_extra=KEYED,
)
@needs("counting.scanner_report")
def record_scanner_report(request: HttpRequest, voting_id: Path[Id], sent: ScannerReportIn) -> HttpResponse:
    """Record a scanner's final report. The manual count stands; the report is kept beside it (L35.14)."""
    office = office_of(request, "counting.scanner_report")
    expected = _expected(voting_id, sent.precinct)
    report = actions.Report(**sent.model_dump(exclude={"precinct"}))

    def act() -> tuple[int, dict[str, Any]] | ProblemError:
        done = actions.record_scanner_report(expected, report, by=office, at=now(expected.voting.election))
        if isinstance(done, Refused):
            return of(done)
        return 201, {"precinct": sent.precinct, "device_no": done.device_no, "version": done.version}

    return once(request, office, act)


@router.post(
    "/votings/{voting_id}/protocols",
    response={201: ProtocolsOut, **REFUSED},
    operation_id="import_protocols",
    auth=Key("counting.import"),
    openapi_extra=KEYED,
)
@needs("counting.import")
def import_protocols(request: HttpRequest, voting_id: Path[Id], sent: ProtocolsIn) -> HttpResponse:
    """Take over one or many protocols, all or none; each is accepted, to be explained or parked by the law (L35.15)."""
    office = office_of(request, "counting.import")
    voting = _voting(voting_id)
    source = actions.Source(f"api-{len(sent.protocols)}", _as_file(sent.protocols))

    def act() -> tuple[int, dict[str, Any]] | ProblemError:
        done = actions.import_protocols(voting, source, by=office, at=now(voting.election))
        if isinstance(done, Refused):
            return of(done)
        return 201, {"protocols": done.file.rows, "states": dict(done.states), "already": done.already}

    return once(request, office, act)


@router.get(
    "/votings/{voting_id}/precincts/{number}",
    response={200: StatusOut, **REFUSED},
    operation_id="protocol_status",
    auth=Key("counting.read"),
)
@needs("counting.read")
def protocol_status(request: HttpRequest, voting_id: Path[Id], number: Path[Number]) -> dict[str, Any]:
    """Where a precinct's last version stands, and what was found in it. No figure of an entry is told."""
    office = office_of(request, "counting.read")
    expected = _expected(voting_id, number)
    tec, election = expected.tec.body, expected.voting.election
    if refused := refusal(office, may="counting.read", of=tec, election=election.slug, at=now(election)):
        raise of(refused)
    last = protocol_versions(expected.voting, expected.precinct).first()
    if last is None:
        return {"precinct": number, "version": 0, "state": State.EXPECTED, "findings": []}
    found = ProtocolFinding.objects.filter(figures__protocol=last, figures__round=last.round).order_by("pk")
    findings = list(found.values("code", "severity", "formula", "fields", "norms"))
    return {"precinct": number, "version": last.version, "state": last.state, "findings": findings}


def _voting(voting_id: int) -> Voting:
    return get_object_or_404(Voting.objects.select_related("election__clock"), pk=voting_id)


def _expected(voting_id: int, number: str) -> VotingPrecinct:
    related = ("voting__election__clock", "tec__body", "precinct")
    found = VotingPrecinct.objects.select_related(*related)
    return get_object_or_404(found, voting_id=voting_id, precinct__number=number)


def _as_file(protocols: list[ProtocolIn]) -> bytes:
    """The protocols as the file format has them, so that files and machines are checked by the same rules."""
    rows = [_row(protocol) for protocol in protocols]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _row(protocol: ProtocolIn) -> dict[str, str]:
    row = {PRECINCT: protocol.precinct}
    for name, value in protocol.lines.items():
        if isinstance(value, dict):
            row |= {f"{name}.{key}": _cell(part) for key, part in value.items()}
        else:
            row[name] = _cell(value)
    for name in ("explanation", "act_number", "act_text"):
        if text := getattr(protocol, name):
            row[name] = text
    return row


def _cell(value: JsonValue) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ProblemError(422, "content_unreadable")
    return text
