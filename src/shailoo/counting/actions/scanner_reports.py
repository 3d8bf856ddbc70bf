"""The final report of a scanning ballot box (L35.8), as printed at the precinct. The manual count stands (L35.14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.counting.actions.act import act
from shailoo.counting.models import ScannerReport
from shailoo.counting.values import LARGEST, within_reach
from shailoo.elections.models import VotingPrecinct
from shailoo.elections.queries import Ballot, ballot
from shailoo.law.outcome import Refused, records
from shailoo.ledger.actions import record

NORM = "L35.8.a1"


@dataclass(frozen=True, slots=True)
class Report:
    """The lines of one device's report: ballots; `votes` is option code -> votes, without "against all"."""

    device_no: str
    total: int
    votes: Mapping[str, int]
    against_all: int
    invalid: int
    role: ScannerReport.Role = ScannerReport.Role.PRIMARY
    initial_total: int = 0
    decision_at: datetime | None = None
    report_at: datetime | None = None
    failed_at: datetime | None = None
    last_ballot_at: datetime | None = None
    reason: str = field(default="")  # why it is recorded again


@act
@records("L35.8.a1")
def record_scanner_report(
    expected: VotingPrecinct, report: Report, *, by: Office, at: datetime
) -> ScannerReport | Refused:
    """Keep a device's report. A device on file gets a new version with its reason; the same again is done already.

    That the report adds up is not asked here: that is correlation CR41, and a faulty device reports what it reports.
    """
    if refused := refusal(
        by, may="counting.scanner_report", of=expected.tec.body, election=expected.voting.election.slug, at=at
    ):
        return refused
    printed = ballot(expected.voting)
    if refused := _unfit(report, printed):
        return refused
    reports = ScannerReport.objects.filter(voting_id=expected.voting_id, precinct_id=expected.precinct_id)
    before = reports.filter(device_no=report.device_no.strip()).order_by("-version").first()
    row = _row(expected, report, printed)
    if before is not None and all(getattr(before, name) == value for name, value in row.items()):
        return before
    if before is not None and not report.reason.strip():
        return Refused.because(NORM, "reported_already", fields=("reason",), device=report.device_no)
    kept = ScannerReport.objects.create(
        **row,
        version=before.version + 1 if before else 1,
        reason=report.reason.strip() if before else "",
        office=by,
        recorded_at=at,
    )
    payload = {"device": kept.device_no, "version": kept.version, "total": kept.total, "votes": list(kept.votes)}
    payload |= {"against_all": kept.against_all, "invalid": kept.invalid, "reason": kept.reason}
    name = f"scanner_report:{expected.precinct_id}"
    record("scanner_report.recorded", subject=name, by=by, at=at, grounds=[NORM], payload=payload)
    return kept


def _unfit(report: Report, printed: Ballot) -> Refused | None:
    """The refusal of a report whose lines are not those of the ballot, or hold no counts; all fields at once."""
    counts = {f"votes.{code}": number for code, number in report.votes.items()}
    for name in ("total", "against_all", "invalid", "initial_total"):
        counts[name] = getattr(report, name)
    wrong = [path for path, number in counts.items() if type(number) is not int or not 0 <= number <= LARGEST]
    asked = {choice.code for choice in printed.choices if not choice.withdrawn}
    wrong += [f"votes.{code}" for code in sorted(asked - report.votes.keys())]
    wrong += [f"votes.{code}" for code in sorted(report.votes.keys() - set(printed.codes))]
    if not report.device_no.strip() or len(report.device_no.strip()) > 40:
        wrong.append("device_no")
    for name in ("decision_at", "report_at", "failed_at", "last_ballot_at"):
        moment = getattr(report, name)
        if moment is not None and not within_reach(moment):
            wrong.append(name)
    if report.role not in ScannerReport.Role.values:
        wrong.append("role")
    return Refused.because(NORM, "report_unreadable", fields=tuple(dict.fromkeys(wrong))) if wrong else None


def _row(expected: VotingPrecinct, report: Report, printed: Ballot) -> dict[str, object]:
    return {
        "voting_id": expected.voting_id,
        "precinct_id": expected.precinct_id,
        "device_no": report.device_no.strip(),
        "role": report.role,
        "initial_total": report.initial_total,
        "total": report.total,
        "votes": [report.votes.get(code, 0) for code in printed.codes],
        "against_all": report.against_all,
        "invalid": report.invalid,
        "decision_at": report.decision_at,
        "report_at": report.report_at,
        "failed_at": report.failed_at,
        "last_ballot_at": report.last_ballot_at,
    }
