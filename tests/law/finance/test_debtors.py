"""Art. 41.3: what becomes of debtors' money that came to a fund."""

from __future__ import annotations

import pytest

from shailoo.law.finance.debtors import Beneficiary, DebtorsMoney, DebtorsMoneyState, Onward, follow
from tests.law.finance.cases import LAW, breaches, errors, som


def to(beneficiary: Beneficiary, amount: int | str) -> Onward:
    return Onward(beneficiary, som(amount))


@pytest.mark.norm("L41.3.m", "L41.3.n")
@pytest.mark.parametrize("beneficiary", [Beneficiary.STATE_BUDGET, Beneficiary.SOCIAL_FUND])
def test_it_goes_by_a_courts_ruling_to_the_budget_or_the_social_fund(beneficiary: Beneficiary) -> None:
    found = follow(DebtorsMoney(som(100), som(80), "K-7", (to(beneficiary, 80),)), LAW)
    assert (found.value, found.findings) == (DebtorsMoneyState(in_fund=som(20), to_pass_on=som(0)), ())


@pytest.mark.norm("L41.3.m")
def test_without_a_ruling_nothing_is_moved() -> None:
    moved = DebtorsMoney(som(100), som(80), None, (to(Beneficiary.STATE_BUDGET, 80),))
    assert errors(follow(moved, LAW)) == {("L41.3.m", "transfer_without_court_ruling")}
    untouched = follow(DebtorsMoney(som(100)), LAW)
    assert untouched.findings == ()
    assert [(each.norm, each.code) for each in untouched.steps] == [("L41.3.n", "debtors_money_followed")]


@pytest.mark.norm("L41.3.n")
@pytest.mark.parametrize(
    ("onward", "left", "codes"),
    [
        ((), "80", {"debtors_money_not_passed_on"}),
        ((to(Beneficiary.STATE_BUDGET, "79.99"),), "0.01", {"debtors_money_not_passed_on"}),
        ((to(Beneficiary.STATE_BUDGET, 40), to(Beneficiary.SOCIAL_FUND, 40)), "0", set[str]()),
        ((to(Beneficiary.SOCIAL_FUND, "80.01"),), "0", {"more_debtors_money_passed_on_than_moved"}),
        ((to(Beneficiary.OTHER, 80),), "80", {"debtors_money_to_another", "debtors_money_not_passed_on"}),
    ],
)
def test_every_transfer_to_the_commission_has_its_way_on(
    onward: tuple[Onward, ...], left: str, codes: set[str]
) -> None:
    found = follow(DebtorsMoney(som(100), som(80), "K-7", onward), LAW)
    assert found.value.to_pass_on == som(left)
    assert breaches(found) == {("L41.3.n", code) for code in codes}


def test_no_more_is_moved_than_was_found() -> None:
    with pytest.raises(ValueError, match="more was moved than was found"):
        DebtorsMoney(som(1), som(2))
    assert follow(DebtorsMoney(som(2), som(2), "K-7"), LAW).value.in_fund == 0
