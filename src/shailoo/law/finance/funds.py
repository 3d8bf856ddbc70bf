"""A whole campaign fund: what of its receipts is credited, what goes back, what was spent (L41, L46, L54, L62).

Receipts are taken in the order in which they arrived. Materials given in kind count against the limit of who gave them,
but are no money: they neither stand in the balance nor in the money that L46 measures other money against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.finance import DepositAsSpending
from shailoo.law.finance.called import Called, RepeatVoting, index_step, require_repeat_voting
from shailoo.law.finance.donors import (
    INDIVIDUALS,
    NATIONAL_CURRENCY,
    Donor,
    DonorKind,
    Treatment,
    gravest,
    in_national_currency,
    of_donor,
    question_of,
)
from shailoo.law.finance.limits import DONATIONS, FundSource, cap, counted_together, spending_limit
from shailoo.law.finance.purposes import Expense, Purpose, earmarked, permitted
from shailoo.law.finance.repayment import Return, ReturnReason, pro_rata
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies

NOTHING = Decimal(0)
ANONYMOUS = "anonymous"


class FundEnd(StrEnum):
    """What ended the fund."""

    REGISTRATION_REFUSED = "registration_refused"
    CANDIDATE_WITHDREW = "candidate_withdrew"
    LIST_RECALLED = "list_recalled"
    REGISTRATION_CANCELLED = "registration_cancelled"
    ELECTION_OVER = "election_over"


REPAID: Mapping[FundEnd, NormId] = MappingProxyType(
    {  # the ends after which money goes back to those who gave it; after every other the contender gets the rest
        FundEnd.REGISTRATION_REFUSED: "L41.1.c",
        FundEnd.CANDIDATE_WITHDREW: "L41.13.a",
        FundEnd.LIST_RECALLED: "L41.13.a",
        FundEnd.REGISTRATION_CANCELLED: "L41.13.a",
    }
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money or materials that came to the fund: the source, who gave it, its amount or documented value in som.

    `giver` is the code of a donor, of the party or of a candidate on the list; None where nobody knows it.
    """

    id: str
    source: FundSource
    giver: str | None
    amount: Decimal
    in_kind: bool = False
    currency: str = NATIONAL_CURRENCY


@dataclass(frozen=True, slots=True)
class Fund:
    """A contender's campaign fund: receipts in the order of arrival, who the donors are, and every campaign payment.

    `donors` holds what is known of each giver of a donation, `repaid` what each giver already had back of credited
    money, som. `return_fee` is what the bank takes for one return, som.
    `set_maximum` is a maximum of a candidate's spending in som, should a law set one again.
    """

    election: Called
    contender: str
    receipts: tuple[Receipt, ...]
    donors: Mapping[str, Donor] = field(default_factory=dict)
    expenses: tuple[Expense, ...] = ()
    repaid: Mapping[str, Decimal] = field(default_factory=dict)
    end: FundEnd | None = None
    return_fee: Decimal = NOTHING
    repeat_voting: RepeatVoting | None = None
    set_maximum: Decimal | None = None

    def __post_init__(self) -> None:
        require_repeat_voting(self.election.kind, self.repeat_voting)
        for each in (self.receipts, self.expenses):
            if len({entry.id for entry in each}) < len(each):
                raise ValueError("two receipts or two expenses have one id")
        for receipt in self.receipts:
            if receipt.source is FundSource.OWN and receipt.giver is None and not self.election.presidential:
                raise ValueError(
                    f"receipt {receipt.id}: own money is that of a candidate on the list; name the candidate"
                )
            donor = self.donors.get(receipt.giver or "")
            if receipt.source in DONATIONS and donor is not None and _source_of(donor.kind, receipt) != receipt.source:
                raise ValueError(f"receipt {receipt.id}: its giver is no {receipt.source}")


@dataclass(frozen=True, slots=True)
class FundState:
    """What a fund comes to, in som: credited by receipt, returns, money that waits, spending, grounds of L46.

    `money` is all money credited, `in_kind` the value of materials; `spent` is what was paid from the fund, `outside`
    what was paid with other money; `limit` is the most that may be spent, None where the law sets none. `questions`
    are all that a body has to decide; the outcome is unsettled with the first of them.
    """

    credited: Mapping[str, Decimal]
    returns: tuple[Return, ...]
    held: Decimal
    awaiting_court: Decimal
    money: Decimal
    in_kind: Decimal
    spent: Decimal
    outside: Decimal
    balance: Decimal
    limit: Decimal | None
    grounds: tuple[NormId, ...]
    questions: tuple[str, ...]


@dataclass(slots=True)
class _Notes:
    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Unsettled] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A receipt as booked: what becomes of it, what of it is credited, what lies above the limit, by which norm."""

    receipt: Receipt
    treatment: Treatment
    credited: Decimal = NOTHING
    over: Decimal = NOTHING
    norm: NormId = ""


def review(fund: Fund, edition: Edition) -> Outcome[FundState]:
    """What of a fund's receipts is credited and what goes back, whether its spending is lawful, and grounds of L46."""
    notes = _Notes(steps=[index_step(fund.election)])
    entries = _book(fund, edition, notes)
    money = sum((each.credited for each in entries if not each.receipt.in_kind), NOTHING)
    spent, outside = _spend(fund, money, notes)
    counted = _counted(fund, edition)
    limit = _limit(fund, counted, edition, notes)
    grounds = (
        *_outside_ground(fund, outside, money, edition, notes),
        *_overspending_ground(fund, counted, limit, edition, notes),
    )
    balance = max(money - spent - sum(fund.repaid.values(), NOTHING), NOTHING)
    returns = (*_returns(fund, entries, notes), *_closing(fund, entries, balance, notes))
    state = FundState(
        credited=MappingProxyType({each.receipt.id: each.credited for each in entries}),
        returns=returns,
        held=_waiting(entries, Treatment.HOLD),
        awaiting_court=_waiting(entries, Treatment.AWAIT_COURT),
        money=money,
        in_kind=sum((each.credited for each in entries if each.receipt.in_kind), NOTHING),
        spent=spent,
        outside=outside,
        balance=balance,
        limit=limit,
        grounds=grounds,
        questions=tuple(dict.fromkeys(each.question for each in notes.questions)),
    )
    return Outcome(state, tuple(notes.steps), tuple(notes.findings), next(iter(notes.questions), None))


# ------------------------------------------------------------------------------------- receipts


def _source_of(kind: DonorKind, receipt: Receipt) -> FundSource:
    """The source that a donor is; a barred one can have been booked under either."""
    if kind in INDIVIDUALS:
        return FundSource.INDIVIDUAL
    return FundSource.LEGAL_ENTITY if kind is DonorKind.LEGAL_ENTITY else receipt.source


@applies("L41.4.b")
def _book(fund: Fund, edition: Edition, notes: _Notes) -> tuple[_Entry, ...]:
    """Every receipt in turn, as far as the limit of its source still has room."""
    room: dict[tuple[FundSource, str], Decimal] = {}
    entries: list[_Entry] = []
    for receipt in fund.receipts:
        entry = _screened(fund, receipt, edition, notes)
        if entry.treatment in (Treatment.CREDIT, Treatment.REVIEW):
            entry = _under_cap(fund, entry, room, edition, notes)
        entries.append(entry)
    return tuple(entries)


@applies("L41.2.a", "L41.2.b", "L41.3.l")
def _screened(fund: Fund, receipt: Receipt, edition: Edition, notes: _Notes) -> _Entry:
    """A source that the law knows, the national currency, and for a donation a donor who may give."""
    tests = list(in_national_currency(receipt.currency))
    if receipt.source is FundSource.OTHER:
        facts: dict[str, Fact] = {"receipt": receipt.id, "amount": receipt.amount}
        finding = Finding("L41.2.a", "fund_source_not_lawful", Severity.ERROR, facts, ("receipts", receipt.id))
        tests.append((Treatment.RETURN, finding))
    elif receipt.source in DONATIONS:
        tests += _of_giver(fund, receipt, edition)
    treatment = gravest(treatment for treatment, _found in tests)
    norm = next((found.norm for grave, found in tests if grave is treatment), "")
    notes.findings += [_of_receipt(found, receipt, grave) for grave, found in tests]
    if treatment is Treatment.AWAIT_COURT:
        waits: dict[str, Fact] = {"receipt": receipt.id, "amount": receipt.amount}
        notes.steps.append(Step("L41.3.l", "debtors_money_no_fault_of_contender", waits))
    if (question := question_of(treatment)) is not None:
        notes.questions.append(question)
    return _Entry(receipt, treatment, norm=norm)


def _of_giver(fund: Fund, receipt: Receipt, edition: Edition) -> Iterator[tuple[Treatment, Finding]]:
    donor = fund.donors.get(receipt.giver or "")
    if donor is not None:
        yield from of_donor(donor, edition)
    else:
        marked = ("receipts", receipt.id)
        yield Treatment.HOLD, Finding("L41.3.j", "donor_is_anonymous", Severity.ERROR, {}, marked)


def _of_receipt(found: Finding, receipt: Receipt, treatment: Treatment) -> Finding:
    """The finding on a donor as one on the receipt; a debtor's money in the fund is no fault of the contender."""
    severity = Severity.WARNING if treatment is Treatment.AWAIT_COURT else found.severity
    facts = {**found.facts, "receipt": receipt.id, "amount": receipt.amount}
    return replace(found, severity=severity, facts=facts, fields=("receipts", receipt.id))


@applies("L41.4.b", "L54.2", "L62.2")
def _under_cap(
    fund: Fund, entry: _Entry, room: dict[tuple[FundSource, str], Decimal], edition: Edition, notes: _Notes
) -> _Entry:
    receipt = entry.receipt
    limit = cap(receipt.source, fund.election, edition)
    key = counted_together(receipt.source, receipt.giver or "", fund.election, edition)
    left = room.get(key, limit.som)
    credited = min(receipt.amount, left)
    room[key] = left - credited
    over = receipt.amount - credited
    facts: dict[str, Fact] = {"receipt": receipt.id, "amount": receipt.amount, "cap": limit.som, "credited": credited}
    if receipt.in_kind:
        norm = "L54.2" if fund.election.presidential else "L62.2"
        notes.steps.append(Step(norm, "materials_counted", {"receipt": receipt.id, "credited": credited}))
    if not over:
        notes.steps.append(Step(limit.norm, "receipt_under_cap", facts))
    else:
        facts |= {"over": over}
        notes.steps.append(Step("L41.4.b", "receipt_over_cap", facts))
        notes.findings.append(_excess(limit.norm, receipt, facts))
    return _Entry(receipt, entry.treatment, credited, over, limit.norm)


def _excess(norm: NormId, receipt: Receipt, facts: Mapping[str, Fact]) -> Finding:
    """Money above the limit goes back; how materials above it are given back is not settled."""
    code = "materials_over_cap" if receipt.in_kind else "receipt_over_cap_found"
    severity = Severity.WARNING if receipt.in_kind else Severity.ERROR
    return Finding(norm, code, severity, facts, ("receipts", receipt.id))


def _waiting(entries: tuple[_Entry, ...], treatment: Treatment) -> Decimal:
    return sum((each.receipt.amount for each in entries if each.treatment is treatment), NOTHING)


# ------------------------------------------------------------------------------------- spending


@applies("L41.5.a", "L41.11")
def _spend(fund: Fund, money: Decimal, notes: _Notes) -> tuple[Decimal, Decimal]:
    """What was paid from the fund and what with other money; fund money only for the purposes of L41.9."""
    for each in fund.expenses:
        facts: dict[str, Fact] = {"expense": each.id, "amount": each.amount}
        if each.from_fund:
            found = tuple(earmarked(each))
            notes.findings += found
            notes.steps += () if found else (permitted(each),)
        else:
            marked = ("expenses", each.id)
            notes.findings.append(Finding("L41.11", "expense_outside_fund", Severity.ERROR, facts, marked))
    paid = _paid(fund)
    outside = sum((each.amount for each in fund.expenses if not each.from_fund), NOTHING)
    notes.steps.append(Step("L41.5.a", "fund_money_and_spending", {"money": money, "spent": paid, "outside": outside}))
    if paid > money:
        facts = {"money": money, "spent": paid, "over": paid - money}
        notes.findings.append(Finding("L41.11", "fund_overdrawn", Severity.ERROR, facts, ("expenses",)))
    return paid, outside


def _paid(fund: Fund) -> Decimal:
    return sum((each.amount for each in fund.expenses if each.from_fund), NOTHING)


@applies("L62.2.b", "L54.3", "L41.4.d")
def _limit(fund: Fund, counted: Decimal, edition: Edition, notes: _Notes) -> Decimal | None:
    """The maximum of spending, whether it is exceeded; a candidate for President has none."""
    limit = spending_limit(fund.election, fund.set_maximum, fund.repeat_voting, edition)
    if limit is None:
        notes.steps.append(Step("L54.3", "no_spending_limit", {"spent": counted}))
        return None
    norm = "L54.3" if fund.election.presidential else "L62.2.b"
    if fund.election.presidential and fund.set_maximum not in (None, limit):
        notes.steps.append(Step("L41.4.d", "spending_limit_raised", {"limit": limit}))
    facts: dict[str, Fact] = {"spent": counted, "limit": limit}
    if counted > limit:
        facts |= {"over": counted - limit}
        notes.findings.append(Finding(norm, "spending_over_limit", Severity.ERROR, facts, ("expenses",)))
    else:
        notes.steps.append(Step(norm, "spending_within_limit", facts))
    return limit


def _counted(fund: Fund, edition: Edition) -> Decimal:
    """What counts towards the limit of spending; the deposit by the reading `deposit_as_spending`."""
    without = edition.deposit_as_spending is DepositAsSpending.NOT_COUNTED
    deposits = (each.amount for each in fund.expenses if each.from_fund and each.purpose is Purpose.DEPOSIT)
    return _paid(fund) - (sum(deposits, NOTHING) if without else NOTHING)


@applies("L46.2.3.a", "L46.3.2.a")
def _outside_ground(fund: Fund, outside: Decimal, money: Decimal, edition: Edition, notes: _Notes) -> Iterator[NormId]:
    """More other money than the share of all money transferred to the fund; just the share is no ground.

    Debtors' money is not in `money` and not in `outside`: the contender does not answer for it.
    """
    norm = "L46.2.3.a" if fund.election.presidential else "L46.3.2.a"
    share = edition.outside_money_share
    facts: dict[str, Fact] = {"outside": outside, "money": money, "share_to_exceed": share}
    if Fraction(outside) > share * Fraction(money):
        notes.findings.append(Finding(norm, "outside_money_is_ground", Severity.ERROR, facts, ("expenses",)))
        yield norm
    else:
        notes.steps.append(Step(norm, "outside_money_is_no_ground", facts))


@applies("L46.2.3.b", "L46.3.2.b")
def _overspending_ground(
    fund: Fund, counted: Decimal, limit: Decimal | None, edition: Edition, notes: _Notes
) -> Iterator[NormId]:
    """More spent above the maximum than the share of the maximum; without a maximum there is no such ground."""
    norm = "L46.2.3.b" if fund.election.presidential else "L46.3.2.b"
    if limit is None:
        notes.steps.append(Step(norm, "no_limit_no_ground", {}))
        return
    share = edition.overspending_share
    over = max(counted - limit, NOTHING)
    facts: dict[str, Fact] = {"over": over, "limit": limit, "share_to_exceed": share}
    if Fraction(over) > share * Fraction(limit):
        notes.findings.append(Finding(norm, "overspending_is_ground", Severity.ERROR, facts, ("expenses",)))
        yield norm
    else:
        notes.steps.append(Step(norm, "overspending_is_no_ground", facts))


# ------------------------------------------------------------------------------------- returns


@applies("L41.4.b", "L41.4.c")
def _returns(fund: Fund, entries: tuple[_Entry, ...], notes: _Notes) -> Iterator[Return]:
    """Barred donations whole and money above a limit, each less the cost of the return, which the giver bears."""
    for each in entries:
        to, receipt = each.receipt.giver or ANONYMOUS, each.receipt
        if each.treatment is Treatment.RETURN:
            foreign = receipt.currency != NATIONAL_CURRENCY
            fee = NOTHING if foreign or receipt.in_kind else fund.return_fee
            yield Return(to, ReturnReason.BARRED, each.norm, receipt.amount, fee, receipt.currency)
        elif each.over and not receipt.in_kind:
            back = Return(to, ReturnReason.OVER_CAP, "L41.4.b", each.over, fund.return_fee)
            notes.steps += _cost_borne(back, "L41.4.c")
            yield back


def _cost_borne(back: Return, norm: NormId) -> Iterator[Step]:
    """The giver bears the cost of a return, where there is one."""
    if back.fee:
        facts: dict[str, Fact] = {"giver": back.to, "amount": back.amount, "fee": back.fee, "arrives": back.arrives}
        yield Step(norm, "return_cost_borne_by_giver", facts)


@applies("L41.1.c", "L41.13.a", "L41.13.b", "L41.17")
def _closing(fund: Fund, entries: tuple[_Entry, ...], balance: Decimal, notes: _Notes) -> tuple[Return, ...]:
    """The balance goes back to those who gave it, or after the election to the contender."""
    if fund.end is None:
        return ()
    norm = REPAID.get(fund.end)
    if norm is None:
        notes.steps.append(Step("L41.17", "fund_rest_to_contender", {"balance": balance}))
        return (Return(fund.contender, ReturnReason.REMAINDER, "L41.17", balance),) if balance else ()
    given = _owed(fund, entries, norm, notes)
    total = sum(given.values(), NOTHING)
    if balance < total:
        options = ("repay_pro_rata", "repay_in_order_of_receipt")
        notes.questions.append(Unsettled("fund_too_short_to_repay", (norm,), options))
    notes.steps.append(Step(norm, "fund_repaid_to_givers", {"balance": balance, "given": total, "givers": len(given)}))
    reason = ReturnReason.REFUSED if fund.end is FundEnd.REGISTRATION_REFUSED else ReturnReason.ENDED
    fee = NOTHING if reason is ReturnReason.REFUSED else fund.return_fee  # L41.1.c names nobody who bears the cost
    shares = pro_rata(balance, given)
    returns = tuple(Return(name, reason, norm, amount, fee) for name, amount in shares.items() if amount)
    notes.steps += (step for each in returns for step in _cost_borne(each, "L41.13.b"))
    return returns


def _owed(fund: Fund, entries: tuple[_Entry, ...], norm: NormId, notes: _Notes) -> dict[str, Decimal]:
    """What each giver has still to get of the credited money."""
    owed = _given(fund, entries)
    for giver, repaid in fund.repaid.items():
        given = owed.get(giver, NOTHING)
        owed[giver] = max(given - repaid, NOTHING)
        if repaid > given:
            facts: dict[str, Fact] = {"giver": giver, "repaid": repaid, "given": given}
            marked = ("repaid", giver)
            notes.findings.append(Finding(norm, "giver_repaid_more_than_given", Severity.ERROR, facts, marked))
    return owed


def _given(fund: Fund, entries: tuple[_Entry, ...]) -> dict[str, Decimal]:
    """Credited money by giver, in the order of the first receipt; own money without a code is the contender's."""
    given: dict[str, Decimal] = {}
    for each in entries:
        if each.credited and not each.receipt.in_kind:
            giver = each.receipt.giver or fund.contender
            given[giver] = given.get(giver, NOTHING) + each.credited
    return given
