"""Art. 41.12, 41.16: the contender's final report and the bank's weekly ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.finance.called import RepeatVoting
from shailoo.law.finance.limits import FundSource
from shailoo.law.finance.purposes import Purpose
from shailoo.law.finance.reports import (
    BankReporting,
    Demand,
    FundReport,
    PurposeTotal,
    SourceTotal,
    judge,
    review_bank,
)
from tests.law.finance.cases import ELECTION_DAY, LAW, at, breaches, errors, passed, som, warnings

REPORT = FundReport(
    Kind.JK,
    ELECTION_DAY,
    received_on=date(2020, 10, 14),
    receipts=som(300),
    by_source=(SourceTotal(FundSource.PARTY, som(200)), SourceTotal(FundSource.INDIVIDUAL, som(100))),
    expenses=som(250),
    by_purpose=(PurposeTotal(Purpose.CAMPAIGNING, som(250)),),
)


@pytest.mark.norm("L41.16.a", "L41.16.b")
@pytest.mark.parametrize(("received", "in_time"), [(date(2020, 10, 14), True), (date(2020, 10, 15), False)])
def test_a_report_comes_in_ten_days_and_a_late_one_still_opens_the_deposit(received: date, in_time: bool) -> None:
    found = judge(replace(REPORT, received_on=received), LAW)
    assert (found.value.due, found.value.in_time, found.value.deposit_open) == (date(2020, 10, 14), in_time, True)
    assert warnings(found) == (set() if in_time else {("L41.16.a", "fund_report_late")})
    assert (("L41.16.a", "fund_report_in_time") in passed(found)) is in_time
    nothing_else = (*REPORT.by_source, SourceTotal(FundSource.OTHER, som(0)))
    assert judge(replace(REPORT, by_source=nothing_else), LAW).findings == ()


@pytest.mark.norm("L41.16.a", "L41.16.b")
@pytest.mark.parametrize(
    ("asked", "in_time", "code"),
    [
        (date(2020, 10, 14), None, "fund_report_not_received"),
        (date(2020, 10, 15), False, "fund_report_overdue"),
        (None, None, "fund_report_not_received"),
    ],
)
def test_a_report_that_has_not_come_keeps_the_deposit_back(asked: date | None, in_time: bool | None, code: str) -> None:
    found = judge(replace(REPORT, received_on=None, asked_on=asked), LAW)
    assert (found.value.in_time, found.value.deposit_open) == (in_time, False)
    assert breaches(found) == {("L41.16.a", code)}
    assert bool(found.errors) is (in_time is False)
    assert passed(found) == {("L41.16.b", "fund_report_keeps_deposit_back")}


@pytest.mark.norm("L41.16.a")
@pytest.mark.parametrize(("takes_part", "due"), [(True, date(2017, 11, 29)), (False, date(2017, 10, 25))])
def test_those_in_a_repeat_voting_report_after_it_and_the_others_after_the_first(takes_part: bool, due: date) -> None:
    repeat = RepeatVoting(date(2017, 10, 30), date(2017, 11, 19), takes_part)
    report = replace(REPORT, kind=Kind.PRESIDENTIAL, election_day=date(2017, 10, 15), repeat_voting=repeat)
    assert judge(report, LAW).value.due == due


@pytest.mark.norm("L41.16.a")
@pytest.mark.parametrize(
    ("report", "code"),
    [
        (replace(REPORT, receipts=None), "fund_report_incomplete"),
        (replace(REPORT, expenses=None), "fund_report_incomplete"),
        (replace(REPORT, receipts=som("300.01")), "fund_report_does_not_add_up"),
        (replace(REPORT, by_purpose=()), "fund_report_does_not_add_up"),
        (
            replace(REPORT, by_source=(SourceTotal(FundSource.OTHER, som(300)),)),
            "fund_report_unknown_source",
        ),
    ],
)
def test_a_report_shows_all_sources_and_all_expenses(report: FundReport, code: str) -> None:
    assert errors(judge(report, LAW)) == {("L41.16.a", code)}


@pytest.mark.norm("L41.16.a")
@pytest.mark.parametrize(("bank", "differs"), [(300, False), (301, True), (None, False)])
def test_a_difference_from_the_bank_must_be_explained(bank: int | None, differs: bool) -> None:
    found = judge(replace(REPORT, bank_receipts=None if bank is None else som(bank)), LAW)
    assert warnings(found) == ({("L41.16.a", "fund_report_differs_from_bank")} if differs else set())
    assert found.errors == ()


def test_a_source_or_a_purpose_stands_once() -> None:
    with pytest.raises(ValueError, match="a source stands twice"):
        replace(REPORT, by_source=REPORT.by_source * 2)
    with pytest.raises(ValueError, match="a purpose stands twice"):
        replace(REPORT, by_purpose=REPORT.by_purpose * 2)


# ------------------------------------------------------------------------------------- banks

BANK = BankReporting(
    Kind.JK,
    ELECTION_DAY,
    opened_on=date(2020, 8, 3),
    reports=(date(2020, 8, 10), date(2020, 8, 17)),
    asked_at=at("2020-08-24T12:00"),
)


@pytest.mark.norm("L41.12.a")
@pytest.mark.parametrize(
    ("reports", "asked", "missed"),
    [
        (BANK.reports, "2020-08-24T23:59", 0),
        (BANK.reports, "2020-08-25T00:00", 1),
        ((date(2020, 8, 11),), "2020-08-12T00:00", 1),
        ((), "2020-08-10T12:00", 0),
        ((), "2020-08-11T12:00", 1),
    ],
)
def test_a_bank_reports_within_each_week(reports: tuple[date, ...], asked: str, missed: int) -> None:
    found = review_bank(replace(BANK, reports=reports, asked_at=at(asked)), LAW)
    assert found.value.missed == missed
    assert errors(found) == ({("L41.12.a", "bank_report_missed")} if missed else set())


@pytest.mark.norm("L41.12.a")
@pytest.mark.parametrize(
    ("closed", "next_due", "missed"),
    [(None, date(2020, 8, 24), 1), (date(2020, 8, 20), None, 0)],
)
def test_a_closed_account_needs_no_more_reports(closed: date | None, next_due: date | None, missed: int) -> None:
    found = review_bank(replace(BANK, closed_on=closed, asked_at=at("2020-09-20T12:00")), LAW)
    assert (found.value.next_due, found.value.missed) == (next_due, missed)


@pytest.mark.norm("L41.12.b")
@pytest.mark.parametrize(
    ("answered", "asked", "late"),
    [
        ("2020-08-21T08:59", "2020-08-22T00:00", False),
        ("2020-08-21T09:00", "2020-08-22T00:00", True),
        (None, "2020-08-21T08:59", False),
        (None, "2020-08-21T09:00", True),
    ],
)
def test_a_demand_is_answered_within_a_day_and_night(answered: str | None, asked: str, late: bool) -> None:
    demand = Demand(at("2020-08-20T09:00"), None if answered is None else at(answered))
    found = review_bank(replace(BANK, demands=(demand,), asked_at=at(asked)), LAW)
    assert errors(found) == ({("L41.12.b", "bank_answer_late")} if late else set())


def test_no_report_lies_before_the_account() -> None:
    with pytest.raises(ValueError, match="a report lies before the opening"):
        replace(BANK, opened_on=date(2020, 8, 11))
    assert review_bank(replace(BANK, opened_on=date(2020, 8, 10)), LAW).value.missed == 0
