"""Art. 41.3, 41.5, 41.7 to 41.9, 41.11, 41.13 to 41.15: what a fund may do at an instant, and by whose hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shailoo.law.calendar import Kind
from shailoo.law.finance.called import RepeatVoting
from shailoo.law.finance.purposes import Purpose
from shailoo.law.finance.spending import Method, Operation, Payee, Signatory, Spending, permit
from tests.law.finance.cases import ELECTION_DAY, LAW, at, breaches, errors, paid, passed, warnings

PAYMENT = Spending(
    Kind.JK,
    ELECTION_DAY,
    Operation.PAYMENT,
    at("2020-09-20T12:00"),
    signed_by=Signatory.FINANCIAL_REPRESENTATIVE,
    expense=paid("e", 1_000),
    payee=Payee.LEGAL_ENTITY,
    method=Method.TRANSFER,
)
CONTRACT = replace(PAYMENT, operation=Operation.CONTRACT, expense=None)
RECEIPT = Spending(Kind.JK, ELECTION_DAY, Operation.RECEIPT, at("2020-09-20T12:00"))
BASE = {Operation.PAYMENT: PAYMENT, Operation.CONTRACT: CONTRACT, Operation.RECEIPT: RECEIPT}
FIRST_VOTING = date(2017, 10, 15)
REPEAT = RepeatVoting(date(2017, 10, 30), date(2017, 11, 19), takes_part=True)


def in_repeat_voting(operation: Operation, moment: str, repeat: RepeatVoting = REPEAT) -> Spending:
    base = BASE[operation]
    changes: dict[str, Any] = {"kind": Kind.PRESIDENTIAL, "election_day": FIRST_VOTING, "repeat_voting": repeat}
    return replace(base, at=at(moment), **changes)


def test_a_lawful_payment_names_the_hour_until_which_it_was_open() -> None:
    found = permit(PAYMENT, LAW)
    assert found.findings == ()
    assert (found.value.allowed, found.value.closes) == (True, at("2020-10-03T18:00"))
    assert passed(found) == {("L41.14.c", "operation_in_time")}


# ------------------------------------------------------------------------------------- hours


@pytest.mark.norm("L41.14.b", "L41.14.c")
@pytest.mark.parametrize(
    ("operation", "moment", "norm", "allowed"),
    [
        (Operation.CONTRACT, "2020-10-03T22:00", "L41.14.b", True),
        (Operation.CONTRACT, "2020-10-03T23:59:59", "L41.14.b", True),
        (Operation.CONTRACT, "2020-10-04T00:00", "L41.14.b", False),
        (Operation.PAYMENT, "2020-10-03T17:59:59", "L41.14.c", True),
        (Operation.PAYMENT, "2020-10-03T18:00", "L41.14.c", False),
        (Operation.RECEIPT, "2020-10-03T17:59:59", "L41.14.c", True),
        (Operation.RECEIPT, "2020-10-03T18:00", "L41.14.c", False),
    ],
)
def test_contracts_end_with_the_eve_and_operations_at_eighteen_on_it(
    operation: Operation, moment: str, norm: str, allowed: bool
) -> None:
    found = permit(replace(BASE[operation], at=at(moment)), LAW)
    assert found.value.allowed is allowed
    assert errors(found) == (set() if allowed else {(norm, "operation_out_of_time")})


@pytest.mark.norm("L41.15.a", "L41.15.b", "L41.14.b")
@pytest.mark.parametrize(
    ("operation", "moment", "refusal"),
    [
        (Operation.PAYMENT, "2017-10-14T17:59", None),
        (Operation.PAYMENT, "2017-10-29T23:59:59", ("L41.15.a", "operation_before_reopening")),
        (Operation.PAYMENT, "2017-10-30T00:00", None),
        (Operation.PAYMENT, "2017-11-18T17:59:59", None),
        (Operation.PAYMENT, "2017-11-18T18:00", ("L41.15.b", "operation_out_of_time")),
        (Operation.CONTRACT, "2017-11-18T23:59:59", None),
        (Operation.CONTRACT, "2017-11-19T00:00", ("L41.14.b", "operation_out_of_time")),
    ],
)
def test_accounts_of_those_in_a_repeat_voting_reopen_on_the_day_of_its_appointment(
    operation: Operation, moment: str, refusal: tuple[str, str] | None
) -> None:
    found = permit(in_repeat_voting(operation, moment), LAW)
    assert errors(found) == (set() if refusal is None else {refusal})


@pytest.mark.norm("L41.15.a")
def test_accounts_of_those_who_are_out_stay_closed() -> None:
    found = permit(in_repeat_voting(Operation.PAYMENT, "2017-11-01T12:00", replace(REPEAT, takes_part=False)), LAW)
    assert errors(found) == {("L41.14.c", "operation_out_of_time")}


def test_facts_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="only an election of the President knows a repeat voting"):
        replace(PAYMENT, repeat_voting=REPEAT)
    with pytest.raises(ValueError, match="the repeat voting is appointed before its day"):
        replace(REPEAT, appointed_on=REPEAT.day)
    with pytest.raises(ValueError, match="a payment needs its expense"):
        replace(PAYMENT, expense=None)


# ------------------------------------------------------------------------------------- returns


@pytest.mark.norm("L41.14.c", "L41.3.m")
@pytest.mark.parametrize(
    ("operation", "norm"),
    [
        (Operation.RETURN_AFTER_REFUSAL, "L41.1.c"),
        (Operation.RETURN_OF_EXCESS, "L41.4.b"),
        (Operation.RETURN_AFTER_WITHDRAWAL, "L41.13.a"),
        (Operation.REFUND_OF_DEPOSIT, "L41.16.b"),
        (Operation.RETURN_OF_REST, "L41.17"),
        (Operation.TRANSFER_BY_COURT, "L41.3.m"),
    ],
)
def test_returns_refunds_and_court_transfers_stay_open_at_every_hour(operation: Operation, norm: str) -> None:
    late = Spending(
        Kind.JK, ELECTION_DAY, operation, at("2020-10-20T12:00"), ruling="77", ended_at=at("2020-10-01T09:00")
    )
    found = permit(late, LAW)
    assert (found.value.allowed, found.value.closes) == (True, None)
    assert passed(found) == {(norm, "operation_exempt_from_hours")}
    if operation is not Operation.TRANSFER_BY_COURT:
        assert permit(replace(late, ruling=None), LAW).findings == ()


@pytest.mark.norm("L41.3.m")
def test_a_debtors_money_is_moved_only_on_a_courts_ruling() -> None:
    found = permit(Spending(Kind.JK, ELECTION_DAY, Operation.TRANSFER_BY_COURT, at("2020-09-20T12:00")), LAW)
    assert errors(found) == {("L41.3.m", "transfer_without_court_ruling")}


@pytest.mark.norm("L41.13.a")
@pytest.mark.parametrize("operation", list(BASE))
@pytest.mark.parametrize(("ended", "allowed"), [("2020-09-20T12:00", False), ("2020-09-20T12:01", True)])
def test_from_a_withdrawal_or_cancellation_on_money_only_goes_back(
    operation: Operation, ended: str, allowed: bool
) -> None:
    found = permit(replace(BASE[operation], ended_at=at(ended)), LAW)
    assert errors(found) == (set() if allowed else {("L41.13.a", "operation_after_fund_ended")})


# ------------------------------------------------------------------------------------- hands

SIGNS = [
    (Operation.PAYMENT, Kind.JK, "L41.7", {Signatory.PARTY, Signatory.FINANCIAL_REPRESENTATIVE}),
    (Operation.PAYMENT, Kind.PRESIDENTIAL, "L41.7", {Signatory.CANDIDATE, Signatory.FINANCIAL_REPRESENTATIVE}),
    (
        Operation.CONTRACT,
        Kind.JK,
        "L41.14.a",
        {Signatory.AUTHORIZED_REPRESENTATIVE, Signatory.FINANCIAL_REPRESENTATIVE},
    ),
    (
        Operation.CONTRACT,
        Kind.PRESIDENTIAL,
        "L41.14.a",
        {Signatory.CANDIDATE, Signatory.AUTHORIZED_REPRESENTATIVE, Signatory.FINANCIAL_REPRESENTATIVE},
    ),
]


@pytest.mark.norm("L41.7", "L41.14.a")
@pytest.mark.parametrize("signatory", list(Signatory))
@pytest.mark.parametrize(("operation", "kind", "norm", "allowed"), SIGNS)
def test_who_may_sign_for_the_fund(
    operation: Operation, kind: Kind, norm: str, allowed: set[Signatory], signatory: Signatory
) -> None:
    found = permit(replace(BASE[operation], kind=kind, signed_by=signatory), LAW)
    assert errors(found) == (set() if signatory in allowed else {(norm, "signatory_may_not_sign")})


@pytest.mark.norm("L41.7", "L41.14.a")
@pytest.mark.parametrize(("operation", "norm"), [(Operation.PAYMENT, "L41.7"), (Operation.CONTRACT, "L41.14.a")])
def test_nothing_is_signed_by_nobody(operation: Operation, norm: str) -> None:
    found = permit(replace(BASE[operation], signed_by=None), LAW)
    assert errors(found) == {(norm, "signatory_unknown")}


# ------------------------------------------------------------------------------------- purposes and ways


@pytest.mark.norm("L41.8", "L41.9.3", "L41.9.4", "L41.11", "L41.5.a")
@pytest.mark.parametrize(
    ("expense", "refusal"),
    [
        (paid("e", 1, Purpose.OTHER), ("L41.8", "expense_is_no_campaign_expense")),
        (paid("e", 1, Purpose.LABOUR), ("L41.9.3", "expense_without_contract")),
        (paid("e", 1, Purpose.OPERATING, serves_campaign=False), ("L41.9.4", "expense_not_connected_with_campaign")),
        (paid("e", 1, from_fund=False), ("L41.11", "expense_outside_fund")),
    ],
)
def test_only_campaign_expenses_are_paid_and_only_from_the_special_account(
    expense: Any, refusal: tuple[str, str]
) -> None:
    found = permit(replace(PAYMENT, expense=expense), LAW)
    assert errors(found) == {refusal}
    assert not found.value.allowed


@pytest.mark.norm("L41.14.d")
@pytest.mark.parametrize(
    ("payee", "method", "found_codes"),
    [
        (Payee.LEGAL_ENTITY, Method.TRANSFER, set[str]()),
        (Payee.LEGAL_ENTITY, Method.CASH, {"legal_entity_paid_in_cash"}),
        (Payee.LEGAL_ENTITY, None, {"payment_method_unknown"}),
        (Payee.INDIVIDUAL, Method.CASH, set[str]()),
        (None, Method.CASH, {"payee_unknown"}),
    ],
)
def test_a_legal_entity_is_paid_without_cash(payee: Payee | None, method: Method | None, found_codes: set[str]) -> None:
    found = permit(replace(PAYMENT, payee=payee, method=method), LAW)
    assert breaches(found) == {("L41.14.d", code) for code in found_codes}
    assert found.value.allowed is ("legal_entity_paid_in_cash" not in found_codes)


def test_what_is_not_known_is_a_warning_and_a_deposit_needs_no_payee() -> None:
    assert warnings(permit(replace(PAYMENT, payee=None), LAW)) == {("L41.14.d", "payee_unknown")}
    deposit = replace(PAYMENT, payee=None, expense=paid("d", 5_000_000, Purpose.DEPOSIT))
    assert permit(deposit, LAW).findings == ()
