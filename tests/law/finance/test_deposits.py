"""Art. 41.16, 53.4, 61.2: the deposit, its payment and its way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shailoo.law.finance.called import Called
from shailoo.law.finance.deposits import Deposit, DepositStatus, settle
from tests.law.finance.cases import JK, LAW, PRESIDENT, breaches, errors, passed, som, warnings

PARTY = Deposit(
    JK,
    "p01",
    paid=som(5_000_000),
    paid_on=date(2020, 8, 25),
    from_fund=True,
    verified_on=date(2020, 8, 24),
    registered_on=date(2020, 8, 26),
)
CANDIDATE = replace(PARTY, election=PRESIDENT, contender="c01", paid=som(1_000_000))
BOTH = pytest.mark.parametrize(
    ("deposit", "norm", "order"), [(PARTY, "L61.2.a", "L61.2.b"), (CANDIDATE, "L53.4.a", "L53.4.a")]
)


@pytest.mark.norm("L53.4.a", "L61.2.a")
@pytest.mark.parametrize(("election", "due"), [(PRESIDENT, 1_000_000), (JK, 5_000_000)])
def test_the_deposit_is_a_multiple_of_the_index(election: Called, due: int) -> None:
    found = settle(Deposit(election, "x"), LAW)
    assert (found.value.due, found.value.status, found.value.refund) == (som(due), DepositStatus.UNPAID, None)
    assert {code for _norm, code in warnings(found)} == {"deposit_not_paid"}


@pytest.mark.norm("L53.4.a", "L61.2.a", "L61.2.b")
@BOTH
def test_a_deposit_paid_from_the_fund_between_check_and_registration(deposit: Deposit, norm: str, order: str) -> None:
    found = settle(deposit, LAW)
    assert found.findings == ()
    assert {(norm, "deposit_of_election"), (order, "deposit_in_order")} <= passed(found)
    assert found.value.status is DepositStatus.PAID
    unchecked = settle(replace(deposit, verified_on=None), LAW)
    assert (order, "deposit_in_order") not in passed(unchecked)


@pytest.mark.norm("L53.4.b", "L61.2.c")
def test_a_deposit_that_was_never_paid_whole_does_not_go_back() -> None:
    for deposit in (replace(PARTY, paid=som(1)), Deposit(JK, "p01")):
        found = settle(replace(deposit, votes=(60,), participated=(1_000,), report_filed=True), LAW).value
        assert found.refund is None
        assert found.status in (DepositStatus.SHORT, DepositStatus.UNPAID)


@pytest.mark.norm("L53.4.a", "L61.2.a")
@BOTH
@pytest.mark.parametrize(
    ("less", "code", "status"),
    [
        ("0.01", "deposit_short", DepositStatus.SHORT),
        ("0", None, DepositStatus.PAID),
        ("-0.01", "deposit_above_due", DepositStatus.PAID),
    ],
)
def test_one_tyiyn_less_is_no_deposit(
    deposit: Deposit, norm: str, order: str, less: str, code: str | None, status: DepositStatus
) -> None:
    found = settle(replace(deposit, paid=(deposit.paid or Decimal(0)) - Decimal(less)), LAW)
    assert breaches(found) == (set() if code is None else {(norm, code)})
    assert found.value.status is status


@pytest.mark.norm("L53.4.a", "L61.2.a")
@BOTH
@pytest.mark.parametrize(("from_fund", "code"), [(False, "deposit_not_from_fund"), (None, "deposit_account_unknown")])
def test_it_is_paid_from_the_campaign_fund(
    deposit: Deposit, norm: str, order: str, from_fund: bool | None, code: str
) -> None:
    found = settle(replace(deposit, from_fund=from_fund), LAW)
    assert breaches(found) == {(norm, code)}
    assert bool(found.errors) is (from_fund is False)


@pytest.mark.norm("L61.2.b", "L53.4.a")
@BOTH
@pytest.mark.parametrize(
    ("paid_on", "error", "step"),
    [
        (date(2020, 8, 26), None, "deposit_in_order"),
        (date(2020, 8, 27), "deposit_after_registration", None),
        (date(2020, 8, 24), None, "deposit_in_order"),
        (date(2020, 8, 23), None, "deposit_before_verification"),
    ],
)
def test_it_is_paid_before_registration_and_an_early_payment_harms_nobody(
    deposit: Deposit, norm: str, order: str, paid_on: date, error: str | None, step: str | None
) -> None:
    found = settle(replace(deposit, paid_on=paid_on), LAW)
    assert breaches(found) == (set() if error is None else {(order, error)})
    assert {code for at, code in passed(found) if at == order and code != "deposit_of_election"} == {step} - {None}


@pytest.mark.norm("L53.4.a", "L61.2.a")
@BOTH
def test_nobody_is_registered_without_a_deposit(deposit: Deposit, norm: str, order: str) -> None:
    found = settle(replace(deposit, paid=None, paid_on=None), LAW)
    assert errors(found) == {(norm, "deposit_not_paid")}


# ------------------------------------------------------------------------------------- its way back


@pytest.mark.norm("L53.4.b", "L53.4.c", "L61.2.c", "L61.2.d", "L41.16.b")
@pytest.mark.parametrize(
    ("deposit", "reached", "stays"), [(PARTY, "L61.2.c", "L61.2.d"), (CANDIDATE, "L53.4.b", "L53.4.c")]
)
@pytest.mark.parametrize(("votes", "back"), [(50_000, True), (49_999, False)])
def test_just_five_per_cent_of_those_who_took_part_bring_it_back(
    deposit: Deposit, reached: str, stays: str, votes: int, back: bool
) -> None:
    found = settle(replace(deposit, votes=(votes,), participated=(1_000_000,), report_filed=True), LAW)
    assert found.value.status is (DepositStatus.RETURNED if back else DepositStatus.RETAINED)
    assert found.value.refund == (deposit.paid if back else 0)
    assert ((reached, "refund_share_reached") in passed(found)) is back
    assert ((stays, "deposit_stays_with_cec") in passed(found)) is not back


@pytest.mark.norm("L41.16.b")
@pytest.mark.parametrize(("filed", "code"), [(False, "deposit_awaits_report"), (None, "deposit_report_unknown")])
def test_it_does_not_go_back_before_the_report(filed: bool | None, code: str) -> None:
    found = settle(replace(PARTY, votes=(90_000,), participated=(1_000_000,), report_filed=filed), LAW)
    assert (found.value.status, found.value.refund) == (DepositStatus.AWAITS_REPORT, som(0))
    assert warnings(found) == {("L41.16.b", code)}


@pytest.mark.norm("L53.4.b")
@pytest.mark.parametrize(("reading", "status"), [("either", DepositStatus.RETURNED), ("first", DepositStatus.RETAINED)])
def test_after_a_repeat_voting_either_round_counts_or_the_first(reading: str, status: DepositStatus) -> None:
    rounds = replace(CANDIDATE, votes=(49_999, 60_000), participated=(1_000_000, 900_000), report_filed=True)
    assert settle(rounds, LAW.with_readings(deposit_round=reading)).value.status is status


def test_facts_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="a payment has an amount and a day"):
        replace(PARTY, paid_on=None)
    with pytest.raises(ValueError, match="stand for the same rounds"):
        replace(PARTY, votes=(1,))
    with pytest.raises(ValueError, match="more votes than voters who took part"):
        replace(PARTY, votes=(2,), participated=(1,))
    assert settle(replace(PARTY, votes=(1,), participated=(1,), report_filed=True), LAW).value.refund == 5_000_000
