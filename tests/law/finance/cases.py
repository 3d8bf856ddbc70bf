"""Facts on campaign money that many cases start from. Amounts are invented; the index is 100 som unless named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.editions import edition
from shailoo.law.finance.called import Called, Index
from shailoo.law.finance.donors import Donor, DonorKind
from shailoo.law.finance.funds import Fund, Receipt
from shailoo.law.finance.limits import FundSource
from shailoo.law.finance.purposes import Expense, Purpose
from shailoo.law.outcome import Outcome, Severity

LAW = edition("2017-06-05")
ELECTION_DAY = date(2020, 10, 4)
CALLING = date(2020, 7, 3)
FIRST_INDEX = Index(date(2006, 1, 1), Decimal(100))
JK = Called(Kind.JK, CALLING, (FIRST_INDEX,))
PRESIDENT = Called(Kind.PRESIDENTIAL, CALLING, (FIRST_INDEX,))

CITIZEN = Donor(DonorKind.CITIZEN, name="Асанова Айнура", identity_document="AN1234567", confirmed=True)
COMPANY = Donor(
    DonorKind.LEGAL_ENTITY,
    name="«Жыпар»",
    registration_number="12345-3301",
    confirmed=True,
    foreign_participants=False,
    state_share=False,
    preferences=False,
    budget_debt=Decimal(0),
    social_fund_debt=Decimal(0),
)
TRADER = Donor(
    DonorKind.ENTREPRENEUR,
    name="Бакиров Нурлан",
    identity_document="AN7654321",
    confirmed=True,
    budget_debt=Decimal(0),
    social_fund_debt=Decimal(0),
)
DONORS: Mapping[str, Donor] = {"citizen": CITIZEN, "company": COMPANY, "trader": TRADER}


def som(amount: int | str | Decimal) -> Decimal:
    return Decimal(amount)


def at(text: str) -> datetime:
    """An instant of Bishkek from "2020-10-03T18:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BISHKEK)


def gift(number: str, amount: int | str | Decimal, giver: str | None = "citizen", **more: Any) -> Receipt:
    """A donation of an individual."""
    return Receipt(number, FundSource.INDIVIDUAL, giver, som(amount), **more)


def own(number: str, amount: int | str, giver: str = "party") -> Receipt:
    return Receipt(number, FundSource.PARTY, giver, som(amount))


def paid(number: str, amount: int | str, purpose: Purpose = Purpose.CAMPAIGNING, **more: Any) -> Expense:
    return Expense(number, som(amount), purpose, **more)


def party_fund(*receipts: Receipt, **more: Any) -> Fund:
    return Fund(JK, "party", receipts, donors=more.pop("donors", DONORS), **more)


def candidate_fund(*receipts: Receipt, **more: Any) -> Fund:
    return Fund(PRESIDENT, "candidate", receipts, donors=more.pop("donors", DONORS), **more)


def breaches(outcome: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of every finding."""
    return {(found.norm, found.code) for found in outcome.findings}


def errors(outcome: Outcome[Any]) -> set[tuple[str, str]]:
    return {(found.norm, found.code) for found in outcome.findings if found.severity is Severity.ERROR}


def warnings(outcome: Outcome[Any]) -> set[tuple[str, str]]:
    return {(found.norm, found.code) for found in outcome.findings if found.severity is Severity.WARNING}


def passed(outcome: Outcome[Any]) -> set[tuple[str, str]]:
    """Norm and code of every step."""
    return {(step.norm, step.code) for step in outcome.steps}
