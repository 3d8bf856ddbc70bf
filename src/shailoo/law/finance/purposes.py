"""What fund money may be spent on: the closed list of purposes (L41.8, L41.9) and the proof that some of them need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.outcome import Fact, Finding, NormId, Severity, Step, applies


class Purpose(StrEnum):
    """What a payment from the fund is for."""

    ORGANIZATIONAL = "organizational"  # organisational and technical measures, collecting signatures too
    CAMPAIGNING = "campaigning"
    LABOUR = "labour"  # pay to citizens for work or services
    OPERATING = "operating"  # rent, transport, trips, communication, stationery and the like
    DEPOSIT = "deposit"  # L53.4.a, L61.2.a
    OTHER = "other"


PERMITTED: Mapping[Purpose, NormId] = MappingProxyType(
    {
        Purpose.ORGANIZATIONAL: "L41.9.1",
        Purpose.CAMPAIGNING: "L41.9.2",
        Purpose.LABOUR: "L41.9.3",
        Purpose.OPERATING: "L41.9.4",
        Purpose.DEPOSIT: "L41.8",
    }
)


@dataclass(frozen=True, slots=True)
class Expense:
    """One payment for the campaign: som, its purpose, and the account it was paid from.

    `contract` is the number of the contract that pay to citizens rests on; `serves_campaign` says whether an operating
    expense is directly connected with the campaign (None: nobody has looked); `from_fund` is false for money that did
    not pass through the special account.
    """

    id: str
    amount: Decimal
    purpose: Purpose
    contract: str | None = None
    serves_campaign: bool | None = None
    from_fund: bool = True


@applies("L41.8", "L41.9.3", "L41.9.4")
def earmarked(expense: Expense) -> Iterator[Finding]:
    """Every way in which the expense is none of the purposes that fund money is earmarked for."""
    facts: dict[str, Fact] = {"expense": expense.id, "amount": expense.amount}
    norm = PERMITTED.get(expense.purpose)
    if norm is None:
        yield Finding("L41.8", "expense_is_no_campaign_expense", Severity.ERROR, facts, ("purpose",))
    elif expense.purpose is Purpose.LABOUR and expense.contract is None:
        yield Finding(norm, "expense_without_contract", Severity.ERROR, facts, ("contract",))
    elif expense.purpose is Purpose.OPERATING and expense.serves_campaign is False:
        yield Finding(norm, "expense_not_connected_with_campaign", Severity.ERROR, facts, ("serves_campaign",))
    elif expense.purpose is Purpose.OPERATING and expense.serves_campaign is None:
        yield Finding(norm, "expense_connection_unknown", Severity.WARNING, facts, ("serves_campaign",))


@applies("L41.8", "L41.9.1", "L41.9.2", "L41.9.3", "L41.9.4")
def permitted(expense: Expense) -> Step:
    """The item that the expense falls under. Raises KeyError for an expense that is no campaign expense."""
    facts: dict[str, Fact] = {"expense": expense.id, "amount": expense.amount}
    return Step(PERMITTED[expense.purpose], "expense_for_a_purpose_of_the_law", facts)
