"""The deposit: how much, from which money and when it is paid, and whether it goes back (L41.16, L53.4, L61.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shailoo.law.determination import Depositor, DepositRules, ElectionKind, deposit_due, refund_deposits
from shailoo.law.editions import Edition
from shailoo.law.finance.called import Called, index_step
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class Deposit:
    """A contender's deposit: som paid, local days, whether from the campaign fund, and the votes once it is over.

    `verified_on` is the day on which the documents were checked, `registered_on` that of the registration. `votes` and
    `participated` (voters who took part) stand round by round and are empty before the results. None: not yet, or not
    known.
    """

    election: Called
    contender: str
    paid: Decimal | None = None
    paid_on: date | None = None
    from_fund: bool | None = None
    verified_on: date | None = None
    registered_on: date | None = None
    report_filed: bool | None = None
    votes: tuple[int, ...] = ()
    participated: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if (self.paid is None) is not (self.paid_on is None):
            raise ValueError("a payment has an amount and a day")
        if len(self.votes) != len(self.participated):
            raise ValueError("votes and participated stand for the same rounds")
        if any(votes > voters for votes, voters in zip(self.votes, self.participated, strict=True)):
            raise ValueError("more votes than voters who took part")


class DepositStatus(StrEnum):
    """Where the deposit stands."""

    UNPAID = "unpaid"
    SHORT = "short"
    PAID = "paid"
    AWAITS_REPORT = "awaits_report"  # the votes are enough, the report on the fund is missing
    RETURNED = "returned"  # goes back
    RETAINED = "retained"  # stays with the CEC


@dataclass(frozen=True, slots=True)
class DepositState:
    """The deposit due, som; where it stands; what goes back, som (None before the results)."""

    due: Decimal
    status: DepositStatus
    refund: Decimal | None


def settle(deposit: Deposit, edition: Edition) -> Outcome[DepositState]:
    """How much the deposit is, whether it was paid from the fund in its time, and whether it goes back."""
    kind = ElectionKind.PRESIDENTIAL if deposit.election.presidential else ElectionKind.JOGORKU_KENESH
    due = deposit_due(kind, deposit.election.index, edition)
    norm = edition.norm_of(
        "deposit_index_president" if deposit.election.presidential else "deposit_index_jogorku_kenesh"
    )
    steps = [index_step(deposit.election), Step(norm, "deposit_of_election", {"due": due})]
    findings = [*_payment(deposit, due, norm), *_order(deposit, steps)]
    status = _status(deposit, due)
    refund: Decimal | None = None
    if status is DepositStatus.PAID and deposit.votes:
        status, refund = _refund(deposit, kind, edition, steps, findings)
    return Outcome(DepositState(due, status, refund), tuple(steps), tuple(findings))


def _status(deposit: Deposit, due: Decimal) -> DepositStatus:
    if deposit.paid is None:
        return DepositStatus.UNPAID
    return DepositStatus.SHORT if deposit.paid < due else DepositStatus.PAID


@applies("L53.4.a", "L61.2.a")
def _payment(deposit: Deposit, due: Decimal, norm: NormId) -> Iterator[Finding]:
    """The whole amount, and from the campaign fund."""
    if deposit.paid is None:
        registered = deposit.registered_on is not None
        severity = Severity.ERROR if registered else Severity.WARNING
        yield Finding(norm, "deposit_not_paid", severity, {"due": due}, ("paid",))
        return
    facts: dict[str, Fact] = {"due": due, "paid": deposit.paid}
    if deposit.paid < due:
        yield Finding(norm, "deposit_short", Severity.ERROR, facts, ("paid",))
    if deposit.paid > due:
        yield Finding(norm, "deposit_above_due", Severity.WARNING, facts, ("paid",))
    if deposit.from_fund is None:
        yield Finding(norm, "deposit_account_unknown", Severity.WARNING, {}, ("from_fund",))
    elif not deposit.from_fund:
        yield Finding(norm, "deposit_not_from_fund", Severity.ERROR, {}, ("from_fund",))


@applies("L53.4.a", "L61.2.b")
def _order(deposit: Deposit, steps: list[Step]) -> Iterator[Finding]:
    """After the check of the documents and before registration; an earlier payment harms nobody and is no breach."""
    norm = "L53.4.a" if deposit.election.presidential else "L61.2.b"
    if deposit.paid_on is None:
        return
    if deposit.registered_on is not None and deposit.paid_on > deposit.registered_on:
        facts: dict[str, Fact] = {"paid_on": deposit.paid_on, "registered_on": deposit.registered_on}
        yield Finding(norm, "deposit_after_registration", Severity.ERROR, facts, ("paid_on", "registered_on"))
    elif deposit.verified_on is not None and deposit.paid_on < deposit.verified_on:
        facts = {"paid_on": deposit.paid_on, "verified_on": deposit.verified_on}
        steps.append(Step(norm, "deposit_before_verification", facts))
    elif deposit.verified_on is not None:
        steps.append(Step(norm, "deposit_in_order", {"paid_on": deposit.paid_on}))


@applies("L41.16.b", "L53.4.b", "L53.4.c", "L61.2.c", "L61.2.d")
def _refund(
    deposit: Deposit, kind: ElectionKind, edition: Edition, steps: list[Step], findings: list[Finding]
) -> tuple[DepositStatus, Decimal]:
    """Enough votes and a report filed give it back; otherwise it stays with the CEC, for elections."""
    amount = deposit.paid or Decimal(0)
    reached = Depositor(deposit.contender, amount, report_filed=True, votes=deposit.votes)
    outcome = refund_deposits(kind, (reached,), deposit.participated, DepositRules.of(edition))
    steps.extend(outcome.steps)
    refund = outcome.value[deposit.contender]
    if not refund:
        norm = "L53.4.c" if deposit.election.presidential else "L61.2.d"
        steps.append(Step(norm, "deposit_stays_with_cec", {"amount": amount}))
        return DepositStatus.RETAINED, Decimal(0)
    if not deposit.report_filed:
        code = "deposit_report_unknown" if deposit.report_filed is None else "deposit_awaits_report"
        findings.append(Finding("L41.16.b", code, Severity.WARNING, {"amount": amount}, ("report_filed",)))
        return DepositStatus.AWAITS_REPORT, Decimal(0)
    return DepositStatus.RETURNED, refund
