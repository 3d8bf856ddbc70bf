"""Debtors' money in a fund: moved on a court's ruling to the special fund of the CEC, and from there on (L41.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


class Beneficiary(StrEnum):
    """To whom the CEC passes the money on; the law knows the first two."""

    STATE_BUDGET = "state_budget"
    SOCIAL_FUND = "social_fund"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Onward:
    """Money that the CEC passed on, som."""

    beneficiary: Beneficiary
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DebtorsMoney:
    """Money of one debtor that came to a fund: what was moved to the special fund of the CEC, on which ruling, som.

    `found` is what the debtor paid into the fund, `moved` what the bank moved, `ruling` the number of the ruling.
    """

    found: Decimal
    moved: Decimal = Decimal(0)
    ruling: str | None = None
    onward: tuple[Onward, ...] = ()

    def __post_init__(self) -> None:
        if self.moved > self.found:
            raise ValueError("more was moved than was found")


@dataclass(frozen=True, slots=True)
class DebtorsMoneyState:
    """What still lies in the campaign fund, and what the CEC has still to pass on, som."""

    in_fund: Decimal
    to_pass_on: Decimal


@applies("L41.3.m", "L41.3.n")
def follow(money: DebtorsMoney, _edition: Edition) -> Outcome[DebtorsMoneyState]:
    """Whether a debtor's money was moved on a court's ruling and passed on to the state budget or the Social Fund."""
    passed_on = sum((each.amount for each in money.onward if each.beneficiary is not Beneficiary.OTHER), Decimal(0))
    state = DebtorsMoneyState(money.found - money.moved, max(money.moved - passed_on, Decimal(0)))
    facts: dict[str, Fact] = {"in_fund": state.in_fund, "moved": money.moved, "passed_on": passed_on}
    return Outcome(state, (Step("L41.3.n", "debtors_money_followed", facts),), tuple(_faults(money, passed_on)))


def _faults(money: DebtorsMoney, passed_on: Decimal) -> Iterator[Finding]:
    if money.moved and money.ruling is None:
        yield Finding("L41.3.m", "transfer_without_court_ruling", Severity.ERROR, {}, ("ruling",))
    for each in money.onward:
        if each.beneficiary is Beneficiary.OTHER:
            facts: dict[str, Fact] = {"amount": each.amount}
            yield Finding("L41.3.n", "debtors_money_to_another", Severity.ERROR, facts, ("onward",))
    if passed_on > money.moved:
        facts = {"moved": money.moved, "passed_on": passed_on}
        yield Finding("L41.3.n", "more_debtors_money_passed_on_than_moved", Severity.ERROR, facts, ("onward",))
    elif passed_on < money.moved:
        facts = {"amount": money.moved - passed_on}
        yield Finding("L41.3.n", "debtors_money_not_passed_on", Severity.WARNING, facts, ("onward",))
