"""Reports on campaign money: the contender's final report and the bank's weekly ones (L41.12, L41.16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shailoo.law.calendar import Kind, Occasion, local_day, when
from shailoo.law.editions import Edition
from shailoo.law.finance.called import RepeatVoting, require_election, require_repeat_voting
from shailoo.law.finance.limits import FundSource
from shailoo.law.finance.purposes import Purpose
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class SourceTotal:
    """What a report shows as received from one source, som."""

    source: FundSource
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PurposeTotal:
    """What a report shows as spent for one purpose, som."""

    purpose: Purpose
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FundReport:
    """A contender's final report on the fund: when it reached the CEC and what it shows, som.

    `received_on` is None while it has not come; `asked_on` is the local day on which that is asked. `bank_receipts` and
    `bank_expenses` are the bank's figures for the same account, None where they are not at hand.
    """

    kind: Kind
    election_day: date
    received_on: date | None = None
    asked_on: date | None = None
    repeat_voting: RepeatVoting | None = None
    receipts: Decimal | None = None
    by_source: tuple[SourceTotal, ...] = ()
    expenses: Decimal | None = None
    by_purpose: tuple[PurposeTotal, ...] = ()
    bank_receipts: Decimal | None = None
    bank_expenses: Decimal | None = None

    def __post_init__(self) -> None:
        require_repeat_voting(self.kind, self.repeat_voting)
        if len({each.source for each in self.by_source}) < len(self.by_source):
            raise ValueError("a source stands twice in the report")
        if len({each.purpose for each in self.by_purpose}) < len(self.by_purpose):
            raise ValueError("a purpose stands twice in the report")


@dataclass(frozen=True, slots=True)
class ReportVerdict:
    """The last local day for the report, whether it came by then (None: not yet due), whether a deposit may go back."""

    due: date
    in_time: bool | None
    deposit_open: bool


@applies("L41.16.a", "L41.16.b")
def judge(report: FundReport, edition: Edition) -> Outcome[ReportVerdict]:
    """Whether the final report on a fund came in its term and shows every receipt by source and every expense."""
    due = _due(report, edition)
    if report.received_on is None:
        return _missing(report, due)
    facts: dict[str, Fact] = {"received_on": report.received_on, "last": due}
    steps: list[Step] = []
    findings: list[Finding] = []
    in_time = report.received_on <= due
    if in_time:
        steps.append(Step("L41.16.a", "fund_report_in_time", facts))
    else:
        findings.append(Finding("L41.16.a", "fund_report_late", Severity.WARNING, facts, ("received_on",)))
    steps.append(Step("L41.16.b", "fund_report_opens_deposit", {}))
    findings += [*_content(report), *_against_bank(report)]
    return Outcome(ReportVerdict(due, in_time, deposit_open=True), tuple(steps), tuple(findings))


def _due(report: FundReport, edition: Edition) -> date:
    """Counted from election day; for those in a repeat voting from its day."""
    repeat = report.repeat_voting
    runs_off = repeat is not None and repeat.takes_part
    occasion = repeat.occasion if repeat is not None and runs_off else Occasion(report.kind, report.election_day)
    last = when("fund_report", occasion, edition).last
    if last is None:
        raise ValueError("fund_report has no last day")  # it is counted from a day that is always known
    return last


def _missing(report: FundReport, due: date) -> Outcome[ReportVerdict]:
    """A report that has not come keeps the deposit back, and after its last day it is late."""
    late = report.asked_on is not None and report.asked_on > due
    found = Finding(
        "L41.16.a",
        "fund_report_overdue" if late else "fund_report_not_received",
        Severity.ERROR if late else Severity.WARNING,
        {"last": due},
        ("received_on",),
    )
    step = Step("L41.16.b", "fund_report_keeps_deposit_back", {})
    return Outcome(ReportVerdict(due, False if late else None, deposit_open=False), (step,), (found,))


@applies("L41.16.a")
def _content(report: FundReport) -> Iterator[Finding]:
    """The amount and all sources of the fund, and all expenses; the parts make up the whole."""
    for name, total, parts in (
        ("receipts", report.receipts, tuple(each.amount for each in report.by_source)),
        ("expenses", report.expenses, tuple(each.amount for each in report.by_purpose)),
    ):
        if total is None:
            yield Finding("L41.16.a", "fund_report_incomplete", Severity.ERROR, {"report_part": name}, (name,))
        elif (sum_of_parts := sum(parts, Decimal(0))) != total:
            facts: dict[str, Fact] = {"report_part": name, "total": total, "parts": sum_of_parts}
            yield Finding("L41.16.a", "fund_report_does_not_add_up", Severity.ERROR, facts, (name,))
    for each in report.by_source:
        if each.source is FundSource.OTHER and each.amount:
            facts = {"amount": each.amount}
            yield Finding("L41.16.a", "fund_report_unknown_source", Severity.ERROR, facts, ("by_source",))


def _against_bank(report: FundReport) -> Iterator[Finding]:
    """A difference from the bank's figures must be explained; it stops nothing, for either side can be wrong."""
    for name, shown, at_bank in (
        ("receipts", report.receipts, report.bank_receipts),
        ("expenses", report.expenses, report.bank_expenses),
    ):
        if shown is not None and at_bank is not None and shown != at_bank:
            facts: dict[str, Fact] = {"report_part": name, "shown": shown, "at_bank": at_bank}
            yield Finding("L41.16.a", "fund_report_differs_from_bank", Severity.WARNING, facts, (name,))


# ------------------------------------------------------------------------------------- banks


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand of the CEC for figures of an account: its instant, and that of the answer (None: none yet)."""

    at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BankReporting:
    """What a bank has reported on one special account: local days of its weekly reports, and demands of the CEC.

    The account is open from `opened_on` to `closed_on` (None: still open); `asked_at` is the instant of the question.
    """

    kind: Kind
    election_day: date
    opened_on: date
    reports: tuple[date, ...]
    asked_at: datetime
    closed_on: date | None = None
    demands: tuple[Demand, ...] = ()

    def __post_init__(self) -> None:
        require_election(self.kind)
        if any(each < self.opened_on for each in self.reports):
            raise ValueError("a report lies before the opening of the account")


@dataclass(frozen=True, slots=True)
class BankVerdict:
    """The last local day for the next weekly report (None: the account is closed), and how many terms were missed."""

    next_due: date | None
    missed: int


@applies("L41.12.a", "L41.12.b")
def review_bank(reporting: BankReporting, edition: Edition) -> Outcome[BankVerdict]:
    """Whether a bank reported on a special account every week, and on demand within its hours."""
    findings = [*_weekly(reporting, edition), *_on_demand(reporting, edition)]
    due = _next_report(reporting, max((reporting.opened_on, *reporting.reports)), edition)
    steps = () if reporting.closed_on else (Step("L41.12.a", "bank_report_next", {"last": due}),)
    return Outcome(BankVerdict(None if reporting.closed_on else due, len(findings)), steps, tuple(findings))


def _weekly(reporting: BankReporting, edition: Edition) -> Iterator[Finding]:
    """Each report within the week after the one before; the first after the opening of the account."""
    before = reporting.opened_on
    end = reporting.closed_on or local_day(reporting.asked_at)
    for day in (*sorted(reporting.reports), end):
        due = _next_report(reporting, before, edition)
        if day > due:
            facts: dict[str, Fact] = {"before": before, "last": due}
            yield Finding("L41.12.a", "bank_report_missed", Severity.ERROR, facts, ("reports",))
        before = day


def _next_report(reporting: BankReporting, before: date, edition: Edition) -> date:
    occasion = Occasion(reporting.kind, reporting.election_day).knowing(previous_weekly_report=before)
    last = when("bank_report_weekly", occasion, edition).last
    if last is None:
        raise ValueError("bank_report_weekly has no last day")  # its anchor is known, so it has one
    return last


def _on_demand(reporting: BankReporting, edition: Edition) -> Iterator[Finding]:
    for each in reporting.demands:
        occasion = Occasion(reporting.kind, reporting.election_day).knowing(cec_demand=each.at)
        term = when("bank_report_on_demand", occasion, edition)
        if not term.in_time(each.answered_at or reporting.asked_at):
            facts: dict[str, Fact] = {"demanded_at": each.at, "closes": term.closes or each.at}
            yield Finding("L41.12.b", "bank_answer_late", Severity.ERROR, facts, ("demands",))
