"""Whether a fund may pay, sign or take money at an instant: hours, hands, purposes and ways (L41.5 to L41.15).

Returns, refunds and transfers by a court's ruling are no campaign settlements: they stay open after every hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Entry, Kind, Occasion, when
from shailoo.law.editions import Edition
from shailoo.law.finance.called import PRESIDENTIAL, RepeatVoting, require_repeat_voting
from shailoo.law.finance.purposes import Expense, Purpose, earmarked
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class Operation(StrEnum):
    """What is done with a special account."""

    CONTRACT = "contract"
    PAYMENT = "payment"
    RECEIPT = "receipt"
    RETURN_AFTER_REFUSAL = "return_after_refusal"
    RETURN_OF_EXCESS = "return_of_excess"
    RETURN_AFTER_WITHDRAWAL = "return_after_withdrawal"
    REFUND_OF_DEPOSIT = "refund_of_deposit"
    RETURN_OF_REST = "return_of_rest"
    TRANSFER_BY_COURT = "transfer_by_court"  # a debtor's money to the special fund of the CEC


EXEMPT: Mapping[Operation, NormId] = MappingProxyType(
    {  # no campaign settlement: open at any hour, by the norm that orders it
        Operation.RETURN_AFTER_REFUSAL: "L41.1.c",
        Operation.RETURN_OF_EXCESS: "L41.4.b",
        Operation.RETURN_AFTER_WITHDRAWAL: "L41.13.a",
        Operation.REFUND_OF_DEPOSIT: "L41.16.b",
        Operation.RETURN_OF_REST: "L41.17",
        Operation.TRANSFER_BY_COURT: "L41.3.m",
    }
)


class Signatory(StrEnum):
    """Who signs; representatives are those whom the commission registered."""

    CANDIDATE = "candidate"
    PARTY = "party"  # its leader
    FINANCIAL_REPRESENTATIVE = "financial_representative"
    AUTHORIZED_REPRESENTATIVE = "authorized_representative"
    PROXY = "proxy"
    OTHER = "other"


PAYS: Mapping[bool, frozenset[Signatory]] = MappingProxyType(
    {  # L41.7, by whether the President is elected
        True: frozenset({Signatory.CANDIDATE, Signatory.FINANCIAL_REPRESENTATIVE}),
        False: frozenset({Signatory.PARTY, Signatory.FINANCIAL_REPRESENTATIVE}),
    }
)
CONTRACTS: Mapping[bool, frozenset[Signatory]] = MappingProxyType(
    {  # L41.14.a, by whether the President is elected
        True: frozenset({Signatory.CANDIDATE, Signatory.AUTHORIZED_REPRESENTATIVE, Signatory.FINANCIAL_REPRESENTATIVE}),
        False: frozenset({Signatory.AUTHORIZED_REPRESENTATIVE, Signatory.FINANCIAL_REPRESENTATIVE}),
    }
)


class Payee(StrEnum):
    """Who is paid."""

    INDIVIDUAL = "individual"
    LEGAL_ENTITY = "legal_entity"


class Method(StrEnum):
    """How it is paid."""

    TRANSFER = "transfer"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Spending:
    """An operation of a campaign fund at an instant: what, who signs, and for a payment the expense, payee and way.

    `kind` and `election_day` are those of the election, `repeat_voting` what is known of a repeat voting. `ended_at` is
    the instant of a withdrawal, recall or cancellation. `ruling` is the number of the court's ruling on a transfer.
    """

    kind: Kind
    election_day: date
    operation: Operation
    at: datetime
    signed_by: Signatory | None = None
    expense: Expense | None = None
    payee: Payee | None = None
    method: Method | None = None
    ruling: str | None = None
    ended_at: datetime | None = None
    repeat_voting: RepeatVoting | None = None

    def __post_init__(self) -> None:
        require_repeat_voting(self.kind, self.repeat_voting)
        if self.operation is Operation.PAYMENT and self.expense is None:
            raise ValueError("a payment needs its expense")

    @property
    def presidential(self) -> bool:
        return self.kind in PRESIDENTIAL


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether the operation may be done, and the instant from which it may no longer (None: it stays open)."""

    allowed: bool
    closes: datetime | None


Notes = tuple[list[Step], list[Finding]]


@applies("L41.14.c")
def permit(spending: Spending, edition: Edition) -> Outcome[Permission]:
    """Whether a campaign fund may do a payment, a contract or another operation at that instant."""
    notes: Notes = ([], [])
    closes: datetime | None = None
    if spending.operation in EXEMPT:
        facts: dict[str, Fact] = {"fund_operation": spending.operation.value}
        notes[0].append(Step(EXEMPT[spending.operation], "operation_exempt_from_hours", facts))
        notes[1].extend(_court_transfer(spending))
    else:
        closes = _hours(spending, edition, notes)
        notes[1].extend(_after_the_end(spending))
    for test in TESTS.get(spending.operation, ()):
        notes[1].extend(test(spending))
    allowed = not any(found.severity is Severity.ERROR for found in notes[1])
    return Outcome(Permission(allowed, closes), tuple(notes[0]), tuple(notes[1]))


# ------------------------------------------------------------------------------------- hours


def _hours(spending: Spending, edition: Edition, notes: Notes) -> datetime | None:
    """The end of the term that the instant lies in; of the last term where it lies in none."""
    terms = tuple(_terms(spending, edition))
    found = next((each for each in terms if each.in_time(spending.at)), None)
    latest = terms[-1] if found is None else found
    facts: dict[str, Fact] = {"fund_operation": spending.operation.value, "at": spending.at}
    if found is not None:
        facts |= {"closes": found.closes or spending.at}
        notes[0].append(Step(found.norms[0], "operation_in_time", facts))
    elif latest.closes is None:  # only the reopening has no end of its own
        facts |= {"opens": latest.opens or spending.at}
        notes[1].append(Finding(latest.norms[0], "operation_before_reopening", Severity.ERROR, facts, ("at",)))
    else:
        facts |= {"closes": latest.closes or spending.at}
        notes[1].append(Finding(latest.norms[0], "operation_out_of_time", Severity.ERROR, facts, ("at",)))
    return latest.closes


@applies("L41.14.b", "L41.14.c", "L41.15.a", "L41.15.b")
def _terms(spending: Spending, edition: Edition) -> Iterator[Entry]:
    """Until the eve of election day; for those in a repeat voting once more, from its appointment to its eve."""
    contract = spending.operation is Operation.CONTRACT
    first = Occasion(spending.kind, spending.election_day)
    yield when("contracts_end" if contract else "financial_operations_end", first, edition)
    repeat = spending.repeat_voting
    if repeat is not None and repeat.takes_part:
        opened = when("financial_operations_resume_repeat_voting", repeat.occasion, edition)
        name = "contracts_end" if contract else "financial_operations_end_repeat_voting"
        if opened.in_time(spending.at):
            yield when(name, repeat.occasion, edition)
        elif opened.opens is not None:
            yield opened


@applies("L41.13.a")
def _after_the_end(spending: Spending) -> Iterator[Finding]:
    """From a withdrawal, recall or cancellation on, money only goes back."""
    if spending.ended_at is not None and spending.at >= spending.ended_at:
        facts: dict[str, Fact] = {"fund_operation": spending.operation.value, "ended_at": spending.ended_at}
        yield Finding("L41.13.a", "operation_after_fund_ended", Severity.ERROR, facts, ("operation", "at"))


# ------------------------------------------------------------------------------------- tests of an operation


@applies("L41.3.m")
def _court_transfer(spending: Spending) -> Iterator[Finding]:
    if spending.operation is Operation.TRANSFER_BY_COURT and spending.ruling is None:
        yield Finding("L41.3.m", "transfer_without_court_ruling", Severity.ERROR, {}, ("ruling",))


@applies("L41.7")
def _payer(spending: Spending) -> Iterator[Finding]:
    """The fund is at the disposal of the contender and of the registered financial representatives."""
    yield from _signatory(spending, "L41.7", PAYS[spending.presidential])


@applies("L41.14.a")
def _contract_signatory(spending: Spending) -> Iterator[Finding]:
    """A candidate or his authorized representative, a party's authorized representative; nobody else."""
    yield from _signatory(spending, "L41.14.a", CONTRACTS[spending.presidential])


def _signatory(spending: Spending, norm: NormId, allowed: frozenset[Signatory]) -> Iterator[Finding]:
    if spending.signed_by is None:
        facts: dict[str, Fact] = {"fund_operation": spending.operation.value}
        yield Finding(norm, "signatory_unknown", Severity.ERROR, facts, ("signed_by",))
    elif spending.signed_by not in allowed:
        facts = {"fund_operation": spending.operation.value, "fund_signatory": spending.signed_by.value}
        yield Finding(norm, "signatory_may_not_sign", Severity.ERROR, facts, ("signed_by",))


@applies("L41.5.a", "L41.11")
def _expense(spending: Spending) -> Iterator[Finding]:
    """Only from the special account, and only for a purpose of the campaign."""
    expense = spending.expense
    if expense is None:
        return
    if not expense.from_fund:
        facts: dict[str, Fact] = {"expense": expense.id, "amount": expense.amount}
        yield Finding("L41.11", "expense_outside_fund", Severity.ERROR, facts, ("expense", "from_fund"))
    yield from earmarked(expense)


@applies("L41.14.d")
def _way(spending: Spending) -> Iterator[Finding]:
    """Legal entities are paid for work and services without cash; a deposit goes to the CEC's account."""
    deposit = spending.expense is not None and spending.expense.purpose is Purpose.DEPOSIT
    if spending.payee is None and not deposit:
        yield Finding("L41.14.d", "payee_unknown", Severity.WARNING, {}, ("payee",))
    if spending.payee is Payee.LEGAL_ENTITY and spending.method is None:
        yield Finding("L41.14.d", "payment_method_unknown", Severity.WARNING, {}, ("method",))
    if spending.payee is Payee.LEGAL_ENTITY and spending.method is Method.CASH:
        yield Finding("L41.14.d", "legal_entity_paid_in_cash", Severity.ERROR, {}, ("method", "payee"))


TESTS: Mapping[Operation, tuple[Callable[[Spending], Iterator[Finding]], ...]] = MappingProxyType(
    {
        Operation.CONTRACT: (_contract_signatory,),
        Operation.PAYMENT: (_payer, _expense, _way),
    }
)
