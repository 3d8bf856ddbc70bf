"""Clerks of a TEC at work: two people enter a precinct's paper blindly, page by page, as the desk lets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shailoo.accounts.models import Office
from shailoo.cli.demo.acts import done
from shailoo.cli.demo.staff import Staff
from shailoo.cli.demo.times import A_MOMENT
from shailoo.commissions.models import Commission
from shailoo.counting import actions
from shailoo.counting.actions import Report
from shailoo.counting.models import Protocol, ScannerReport
from shailoo.counting.states import State
from shailoo.elections.clock import BISHKEK
from shailoo.elections.generator import Sheet
from shailoo.elections.models import VotingPrecinct

SLIP = "invalid_will"  # the field in which a clerk of the demo misreads the paper


@dataclass
class Desk:
    """A TEC's desk on election night; `at` moves on with every act."""

    staff: Staff
    tec: Commission
    codes: tuple[str, ...]
    at: datetime

    def paper_comes(self, expected: VotingPrecinct, sheet: Sheet) -> Protocol:
        """The PEC hands over its protocol and its scanners' reports (L36.1)."""
        for scanner in sheet.lines["scanners"]:
            report = _report(scanner, expected)
            done(actions.record_scanner_report(expected, report, by=self._office("operator-1"), at=self._later()))
        return done(actions.take_over(expected, by=self._office("operator-1"), at=self._later()))

    def enter(self, protocol: Protocol, sheet: Sheet, post: str) -> State:
        """One person claims the next entry, fills in every page that is asked, and finishes."""
        office = self._office(post)
        entry = done(actions.claim(protocol, by=office, at=self._later()))
        for page, fields in actions.fields_to_enter(entry, self.codes).items():
            typed = {field.path: _typed(sheet.lines, field.path) for field in fields}
            done(actions.save_page(entry, page, typed, by=office, at=self._later()))
        return done(actions.finish(entry, by=office, at=self._later())).state

    def enter_twice(self, expected: VotingPrecinct, sheet: Sheet) -> Protocol:
        """Both entries by two people who read the paper alike."""
        protocol = self.paper_comes(expected, sheet)
        self.enter(protocol, sheet, "operator-1")
        self.enter(protocol, sheet, "operator-2")
        protocol.refresh_from_db()
        return protocol

    def enter_with_a_slip(self, expected: VotingPrecinct, sheet: Sheet) -> Protocol:
        """The second clerk misreads a figure: the entries differ, and nobody is shown the other's value."""
        protocol = self.paper_comes(expected, sheet)
        self.enter(protocol, sheet, "operator-1")
        self.enter(protocol, _misread(sheet), "operator-2")
        protocol.refresh_from_db()
        return protocol

    def explain(self, protocol: Protocol, sheet: Sheet) -> None:
        """The written explanation of what was unusual (L35.15)."""
        done(actions.explain(protocol, sheet.account.explanation, by=self._office("secretary"), at=self._later()))

    def accept_with_act(self, protocol: Protocol, sheet: Sheet) -> None:
        """A true count stands with an act about the difference (L36.7)."""
        number = f"А-{sheet.number}"
        done(actions.accept_with_act(protocol, number, sheet.account.act, by=self._office("chair"), at=self._later()))

    def _office(self, post: str) -> Office:
        return self.staff.of_tec(self.tec, post)

    def _later(self) -> datetime:
        self.at += A_MOMENT / 60
        return self.at


def _typed(lines: Mapping[str, object], path: str) -> str:
    """What a clerk types into a field, from the paper; nothing where the paper has no such row."""
    found: object = lines
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit():
            found = found[int(part)] if int(part) < len(found) else None
    if isinstance(found, list):
        return "\n".join(map(str, found))
    if isinstance(found, bool):
        return "true" if found else "false"
    return "" if found is None else str(found)


def _misread(sheet: Sheet) -> Sheet:
    """The same paper with two figures read wrongly, which add up as before."""
    lines = dict(sheet.lines)
    moved = 1 if lines[SLIP] else -1
    lines[SLIP] -= moved
    lines["invalid_marks"] += moved
    return Sheet(sheet.number, lines, sheet.anomaly)


def _report(scanner: Mapping[str, object], expected: VotingPrecinct) -> Report:
    votes = scanner["votes"]
    assert isinstance(votes, dict)  # noqa: S101 - a sheet's scanner always has them; for the type checker
    day = expected.voting.day

    def moment(name: str) -> datetime | None:
        hour = scanner.get(name)
        return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=BISHKEK) if hour else None

    def count(name: str) -> int:
        return int(str(scanner[name]))

    return Report(
        device_no=str(scanner["device_no"]),
        total=count("total"),
        votes=votes,
        against_all=count("against_all"),
        invalid=count("invalid"),
        role=ScannerReport.Role(str(scanner["role"])),
        initial_total=count("initial_total"),
        decision_at=moment("decision_at"),
        report_at=moment("report_at"),
        failed_at=moment("failed_at"),
        last_ballot_at=moment("last_ballot_at"),
    )
