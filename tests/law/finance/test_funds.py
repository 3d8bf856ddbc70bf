"""Art. 41, 46.2.3, 46.3.2, 54.2, 62.2: a whole fund, its returns, its spending, and grounds for cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.finance.called import RepeatVoting
from shailoo.law.finance.donors import Donor, DonorKind
from shailoo.law.finance.funds import Fund, FundEnd, Receipt, review
from shailoo.law.finance.limits import FundSource
from shailoo.law.finance.purposes import Expense, Purpose
from shailoo.law.finance.repayment import Return, ReturnReason
from tests.law.finance import naive
from tests.law.finance.cases import (
    COMPANY,
    DONORS,
    LAW,
    TRADER,
    breaches,
    candidate_fund,
    errors,
    gift,
    own,
    paid,
    party_fund,
    passed,
    som,
    warnings,
)

FOREIGNER = Donor(DonorKind.FOREIGN_CITIZEN)
DEBTOR = replace(COMPANY, budget_debt=Decimal(1))

# ------------------------------------------------------------------------------------- receipts


@pytest.mark.norm("L41.2.a", "L41.2.b", "L41.5.a")
def test_own_party_and_donated_money_make_up_the_fund() -> None:
    fund = party_fund(
        Receipt("1", FundSource.OWN, "c1", som(10)),
        Receipt("2", FundSource.PARTY, "party", som(20)),
        gift("3", 30),
        Receipt("4", FundSource.LEGAL_ENTITY, "company", som(40)),
        gift("5", 50, "trader"),
    )
    found = review(fund, LAW)
    assert found.findings == ()
    assert found.value.money == found.value.balance == 150
    assert ("L41.5.a", "fund_money_and_spending") in passed(found)


@pytest.mark.norm("L41.2.a")
def test_money_from_a_source_that_the_law_does_not_know_is_not_credited() -> None:
    found = review(party_fund(Receipt("1", FundSource.OTHER, "lender", som(500))), LAW)
    assert errors(found) == {("L41.2.a", "fund_source_not_lawful")}
    assert found.value.credited == {"1": 0}
    assert found.value.returns == (Return("lender", ReturnReason.BARRED, "L41.2.a", som(500)),)


@pytest.mark.norm("L41.2.b", "L41.3.a")
def test_a_barred_donation_goes_back_whole_and_takes_no_room_under_a_limit() -> None:
    donors = {**DONORS, "foreigner": FOREIGNER}
    fund = party_fund(gift("1", 500_000, "foreigner"), gift("2", 200_000), donors=donors, return_fee=som(70))
    found = review(fund, LAW)
    assert found.value.credited == {"1": 0, "2": 200_000}
    assert found.value.returns == (Return("foreigner", ReturnReason.BARRED, "L41.3.a", som(500_000), som(70)),)
    assert [(each.norm, each.facts["receipt"], each.fields) for each in found.findings] == [
        ("L41.3.a", "1", ("receipts", "1"))
    ]


@pytest.mark.norm("L41.3.j")
@pytest.mark.parametrize("giver", [None, "nobody_known"])
def test_anonymous_money_is_held_and_a_body_decides_where_it_goes(giver: str | None) -> None:
    found = review(party_fund(gift("1", 900, giver)), LAW)
    assert errors(found) == {("L41.3.j", "donor_is_anonymous")}
    assert (found.value.held, found.value.money, found.value.returns) == (som(900), som(0), ())
    assert found.unsettled is not None
    assert found.unsettled.question == "anonymous_money_held"


@pytest.mark.norm("L41.5.c")
def test_foreign_money_goes_back_in_its_own_currency() -> None:
    found = review(party_fund(gift("1", 300, currency="USD"), return_fee=som(70)), LAW)
    assert errors(found) == {("L41.5.c", "donation_in_foreign_currency")}
    assert found.value.money == 0
    assert found.value.returns == (Return("citizen", ReturnReason.BARRED, "L41.5.c", som(300), currency="USD"),)


@pytest.mark.norm("L41.4.b")
def test_what_lies_above_the_limit_goes_back_and_what_lies_below_is_credited() -> None:
    found = review(party_fund(gift("1", 150_000), gift("2", 60_000)), LAW)
    assert found.value.credited == {"1": 150_000, "2": 50_000}
    assert found.value.returns == (Return("citizen", ReturnReason.OVER_CAP, "L41.4.b", som(10_000)),)
    assert ("L41.4.b", "receipt_over_cap") in passed(found)


@pytest.mark.norm("L41.4.c")
@pytest.mark.parametrize(("fee", "arrives"), [(70, 9_930), (0, 10_000), (10_000, 0), (10_001, 0)])
def test_the_giver_bears_the_cost_of_the_return_and_never_more_than_the_return(fee: int, arrives: int) -> None:
    found = review(party_fund(gift("1", 210_000), return_fee=som(fee)), LAW)
    assert [(each.amount, each.arrives) for each in found.value.returns] == [(som(10_000), som(arrives))]
    assert (("L41.4.c", "return_cost_borne_by_giver") in passed(found)) is (fee > 0)


@pytest.mark.norm("L62.2", "L54.2")
@pytest.mark.parametrize(
    ("fund", "norm"),
    [
        (party_fund(gift("1", 180_000), gift("2", 30_000, in_kind=True)), "L62.2.3"),
        (candidate_fund(gift("1", 49_980_000), gift("2", 30_000, in_kind=True)), "L54.2.3"),
    ],
)
def test_materials_count_against_the_limit_of_who_gave_them_and_are_no_money(fund: Fund, norm: str) -> None:
    found = review(fund, LAW)
    assert found.value.credited["2"] == 20_000
    assert (found.value.in_kind, found.value.money) == (som(20_000), fund.receipts[0].amount)
    assert {each for each in passed(found) if each[1] == "materials_counted"} == {
        (norm.rpartition(".")[0], "materials_counted")
    }
    assert found.value.returns == ()
    assert warnings(found) == {(norm, "materials_over_cap")}


def test_a_receipt_booked_under_another_source_than_its_giver_cannot_be() -> None:
    with pytest.raises(ValueError, match="receipt 1: its giver is no individual"):
        party_fund(gift("1", 5, "company"))
    with pytest.raises(ValueError, match="have one id"):
        party_fund(gift("1", 5), gift("1", 6))


# ------------------------------------------------------------------------------------- debtors


@pytest.mark.norm("L41.3.k", "L41.3.l")
def test_a_debtors_money_waits_for_a_court_and_is_no_fault_of_the_contender() -> None:
    donors = {**DONORS, "debtor": DEBTOR}
    debt = Receipt("1", FundSource.LEGAL_ENTITY, "debtor", som(1_000_000))
    found = review(party_fund(debt, gift("2", 1_000), donors=donors, expenses=(paid("e", 1_000),)), LAW)
    assert (found.value.awaiting_court, found.value.money, found.value.returns) == (som(1_000_000), som(1_000), ())
    assert warnings(found) == {("L41.3.k", "donor_is_debtor")}
    assert [each.facts["receipt"] for each in found.steps if each.norm == "L41.3.l"] == ["1"]
    assert (found.errors, found.value.grounds) == ((), ())


@pytest.mark.norm("L41.3.l")
def test_a_debtors_money_does_not_widen_the_base_of_the_half_per_cent() -> None:
    donors = {**DONORS, "debtor": DEBTOR}
    debt = Receipt("1", FundSource.LEGAL_ENTITY, "debtor", som(1_000_000))
    outside = paid("e", 6, from_fund=False)
    found = review(party_fund(debt, gift("2", 1_000), donors=donors, expenses=(outside,)), LAW)
    assert found.value.grounds == ("L46.3.2.a",)


# ------------------------------------------------------------------------------------- spending

REFUSED_EXPENSES = [
    (paid("e", 5, Purpose.OTHER), "L41.8", "expense_is_no_campaign_expense"),
    (paid("e", 5, Purpose.LABOUR), "L41.9.3", "expense_without_contract"),
    (paid("e", 5, Purpose.OPERATING, serves_campaign=False), "L41.9.4", "expense_not_connected_with_campaign"),
    (paid("e", 5, from_fund=False), "L41.11", "expense_outside_fund"),
]
LAWFUL_EXPENSES = [
    (paid("e", 5, Purpose.ORGANIZATIONAL), "L41.9.1"),
    (paid("e", 5, Purpose.CAMPAIGNING), "L41.9.2"),
    (paid("e", 5, Purpose.LABOUR, contract="7"), "L41.9.3"),
    (paid("e", 5, Purpose.OPERATING, serves_campaign=True), "L41.9.4"),
    (paid("e", 5, Purpose.DEPOSIT), "L41.8"),
]


@pytest.mark.norm("L41.8", "L41.9.3", "L41.9.4", "L41.11")
@pytest.mark.parametrize(("expense", "norm", "code"), REFUSED_EXPENSES)
def test_fund_money_is_for_the_campaign_and_the_campaign_is_paid_by_the_fund(
    expense: Expense, norm: str, code: str
) -> None:
    found = review(party_fund(own("1", 1_000), expenses=(expense,)), LAW)
    assert errors(found) == {(norm, code)}
    assert "expense_for_a_purpose_of_the_law" not in {code for _norm, code in passed(found)}


@pytest.mark.norm("L41.8", "L41.9.1", "L41.9.2", "L41.9.3", "L41.9.4")
@pytest.mark.parametrize(("expense", "norm"), LAWFUL_EXPENSES)
def test_each_purpose_of_the_law_is_permitted(expense: Expense, norm: str) -> None:
    found = review(party_fund(own("1", 1_000), expenses=(expense,)), LAW)
    assert found.findings == ()
    assert (found.value.spent, found.value.balance) == (som(5), som(995))
    assert (norm, "expense_for_a_purpose_of_the_law") in passed(found)


@pytest.mark.norm("L41.9.4")
def test_an_operating_expense_at_which_nobody_has_looked_is_said_to_be_unknown() -> None:
    found = review(party_fund(own("1", 1_000), expenses=(paid("e", 5, Purpose.OPERATING),)), LAW)
    assert breaches(found) == {("L41.9.4", "expense_connection_unknown")}
    assert found.errors == ()


@pytest.mark.norm("L41.5.a", "L41.11")
@pytest.mark.parametrize(("spent", "over"), [("1000", None), ("1000.01", Decimal("0.01"))])
def test_a_fund_cannot_spend_what_was_never_credited(spent: str, over: Decimal | None) -> None:
    found = review(party_fund(own("1", 1_000), expenses=(paid("e", spent),)), LAW)
    assert [each.facts["over"] for each in found.errors] == ([] if over is None else [over])
    assert errors(found) == (set() if over is None else {("L41.11", "fund_overdrawn")})
    assert found.value.balance == 0


@pytest.mark.norm("L62.2.b", "L46.3.2.b")
@pytest.mark.parametrize(
    ("spent", "over_limit", "ground"),
    [
        ("500000000", False, False),
        ("500000000.01", True, False),
        ("502500000", True, False),
        ("502500000.01", True, True),
    ],
)
def test_a_party_over_its_limit_and_half_a_per_cent_over_it(spent: str, over_limit: bool, ground: bool) -> None:
    found = review(party_fund(own("1", 1_000), expenses=(paid("e", spent),)), LAW)
    assert (("L62.2.b", "spending_over_limit") in errors(found)) is over_limit
    assert (("L62.2.b", "spending_within_limit") in passed(found)) is not over_limit
    assert (("L46.3.2.b", "overspending_is_ground") in errors(found)) is ground
    assert ("L46.3.2.b" in found.value.grounds) is ground
    assert found.value.limit == 500_000_000


@pytest.mark.norm("L62.2.b", "L61.2.a")
@pytest.mark.parametrize(("reading", "over_limit"), [("counted", True), ("not_counted", False)])
def test_whether_the_deposit_counts_as_spending(reading: str, over_limit: bool) -> None:
    expenses = (paid("e", "495000000.01"), paid("d", 5_000_000, Purpose.DEPOSIT))
    found = review(party_fund(own("1", 1_000), expenses=expenses), LAW.with_readings(deposit_as_spending=reading))
    assert (("L62.2.b", "spending_over_limit") in errors(found)) is over_limit
    assert found.value.spent == som("500000000.01")
    dear = (paid("e", "500000000.01"), paid("d", 5_000_000, Purpose.DEPOSIT))
    found = review(party_fund(own("1", 1_000), expenses=dear), LAW.with_readings(deposit_as_spending=reading))
    assert ("L62.2.b", "spending_over_limit") in errors(found)


@pytest.mark.norm("L54.3", "L46.2.3.b")
def test_a_candidate_for_president_cannot_exceed_a_maximum_that_is_not_there() -> None:
    receipt = Receipt("1", FundSource.PARTY, "party", som(50_000_000))
    found = review(candidate_fund(receipt, expenses=(paid("e", 50_000_000),)), LAW)
    assert (found.value.limit, found.value.grounds, found.findings) == (None, (), ())
    assert {("L54.3", "no_spending_limit"), ("L46.2.3.b", "no_limit_no_ground")} <= passed(found)


@pytest.mark.norm("L46.2.3.b", "L41.4.d")
@pytest.mark.parametrize(
    ("takes_part", "spent", "ground"),
    [
        (False, "1005", False),
        (False, "1005.01", True),
        (True, "1507.5", False),
        (True, "1507.51", True),
    ],
)
def test_a_maximum_once_set_again_binds_a_candidate_and_rises_in_a_repeat_voting(
    takes_part: bool, spent: str, ground: bool
) -> None:
    repeat = RepeatVoting(date(2017, 11, 1), date(2017, 11, 19), takes_part)
    receipt = Receipt("1", FundSource.OWN, None, som(5_000))
    fund = candidate_fund(receipt, expenses=(paid("e", spent),), set_maximum=som(1_000), repeat_voting=repeat)
    found = review(fund, LAW)
    assert (found.value.grounds == ("L46.2.3.b",)) is ground
    assert (("L41.4.d", "spending_limit_raised") in passed(found)) is takes_part


# ------------------------------------------------------------------------------------- other money


@pytest.mark.norm("L46.2.3.a", "L46.3.2.a", "L41.11")
@pytest.mark.parametrize(("outside", "ground"), [("1955", False), ("1955.01", True), ("0", False)])
@pytest.mark.parametrize("norm", ["L46.2.3.a", "L46.3.2.a"])
def test_just_half_a_per_cent_of_other_money_is_no_ground(norm: str, outside: str, ground: bool) -> None:
    receipt = Receipt("1", FundSource.PARTY, "party", som(391_000))
    form = candidate_fund if norm == "L46.2.3.a" else party_fund
    found = review(form(receipt, expenses=(paid("e", outside, from_fund=False),)), LAW)
    assert (found.value.grounds == (norm,)) is ground
    assert ((norm, "outside_money_is_no_ground") in passed(found)) is not ground
    assert found.value.outside == som(outside)


@pytest.mark.norm("L46.2.3.a")
def test_with_an_empty_fund_any_other_money_is_a_ground() -> None:
    found = review(candidate_fund(expenses=(paid("e", "0.01", from_fund=False),)), LAW)
    assert found.value.grounds == ("L46.2.3.a",)


@pytest.mark.norm("L46.3.2.a", "L41.4.b")
def test_money_that_goes_back_is_no_base_of_the_half_per_cent() -> None:
    fund = party_fund(gift("1", 400_000), expenses=(paid("e", "1000.01", from_fund=False),))
    assert review(fund, LAW).value.grounds == ("L46.3.2.a",)  # 0.5 % of 200,000 is 1,000, of 400,000 it would be 2,000


@given(st.integers(0, 4_000_000), st.integers(0, 20_000))
def test_the_half_per_cent_is_that_of_the_naive_version(money: int, outside: int) -> None:
    base, other = Decimal(money) / 100, Decimal(outside) / 100
    fund = party_fund(own("1", str(base)), expenses=(paid("e", str(other), from_fund=False),))
    assert bool(review(fund, LAW).value.grounds) is naive.is_more_than_half_a_per_cent(other, base)


# ------------------------------------------------------------------------------------- the end of a fund

ENDS = [
    (FundEnd.REGISTRATION_REFUSED, "L41.1.c", ReturnReason.REFUSED, 0),
    (FundEnd.CANDIDATE_WITHDREW, "L41.13.a", ReturnReason.ENDED, 70),
    (FundEnd.LIST_RECALLED, "L41.13.a", ReturnReason.ENDED, 70),
    (FundEnd.REGISTRATION_CANCELLED, "L41.13.a", ReturnReason.ENDED, 70),
]


@pytest.mark.norm("L41.1.c", "L41.13.a", "L41.13.b")
@pytest.mark.parametrize(("end", "norm", "reason", "fee"), ENDS)
def test_an_untouched_fund_goes_back_to_everybody_who_gave(
    end: FundEnd, norm: str, reason: ReturnReason, fee: int
) -> None:
    fund = party_fund(own("1", 600), gift("2", 100), gift("3", 300, "trader"), end=end, return_fee=som(70))
    found = review(fund, LAW)
    assert found.unsettled is None
    assert found.value.returns == (
        Return("party", reason, norm, som(600), som(fee)),
        Return("citizen", reason, norm, som(100), som(fee)),
        Return("trader", reason, norm, som(300), som(fee)),
    )
    assert [each.arrives for each in found.value.returns] == [600 - fee, 100 - fee, 300 - fee]
    assert (("L41.13.b", "return_cost_borne_by_giver") in passed(found)) is (fee > 0)


@pytest.mark.norm("L41.13.a", "L41.1.c")
@pytest.mark.parametrize("end", [FundEnd.REGISTRATION_REFUSED, FundEnd.LIST_RECALLED])
def test_a_fund_that_spent_is_shared_in_proportion_until_a_body_decides_otherwise(end: FundEnd) -> None:
    fund = party_fund(own("1", 200), gift("2", 100), expenses=(paid("e", 200),), end=end)
    found = review(fund, LAW)
    assert {each.to: each.amount for each in found.value.returns} == {
        "party": som("66.67"),
        "citizen": som("33.33"),
    }
    assert found.unsettled is not None
    assert found.unsettled.options == ("repay_pro_rata", "repay_in_order_of_receipt")


@pytest.mark.norm("L41.17")
@pytest.mark.parametrize(
    ("spent", "expected"), [(400, {"party": som(600)}), (1_000, dict[str, Decimal]()), (0, {"party": som(1_000)})]
)
def test_after_the_election_the_rest_is_the_contenders(spent: int, expected: Mapping[str, Decimal]) -> None:
    fund = party_fund(gift("1", 1_000), expenses=(paid("e", spent),), end=FundEnd.ELECTION_OVER, return_fee=som(70))
    found = review(fund, LAW)
    assert {each.to: each.arrives for each in found.value.returns} == expected
    assert ("L41.17", "fund_rest_to_contender") in passed(found)
    assert found.unsettled is None


@pytest.mark.norm("L41.13.a")
def test_who_had_part_back_gets_only_the_rest_and_takes_nothing_from_the_others() -> None:
    fund = party_fund(gift("1", 100), gift("2", 50, "trader"), repaid={"citizen": som(40)}, end=FundEnd.LIST_RECALLED)
    found = review(fund, LAW)
    assert {each.to: each.amount for each in found.value.returns} == {"citizen": som(60), "trader": som(50)}
    assert found.unsettled is None


def test_every_question_is_asked_once_and_the_first_one_unsettles() -> None:
    receipts = (gift("1", 50, None), gift("2", 60, None), gift("3", 100))
    found = review(party_fund(*receipts, expenses=(paid("e", 1),), end=FundEnd.CANDIDATE_WITHDREW), LAW)
    assert found.value.questions == ("anonymous_money_held", "fund_too_short_to_repay")
    assert found.unsettled is not None
    assert found.unsettled.question == "anonymous_money_held"


def test_what_was_returned_already_is_not_given_twice() -> None:
    fund = party_fund(gift("1", 210_000), end=FundEnd.LIST_RECALLED)
    found = review(fund, LAW)
    assert [(each.reason, each.amount) for each in found.value.returns] == [
        (ReturnReason.OVER_CAP, som(10_000)),
        (ReturnReason.ENDED, som(200_000)),
    ]


@pytest.mark.norm("L41.1.c", "L41.13.a")
@pytest.mark.parametrize(
    ("repaid", "left", "code"),
    [("40", "60", None), ("100", None, None), ("100.01", None, "giver_repaid_more_than_given")],
)
@pytest.mark.parametrize(
    ("end", "norm"), [(FundEnd.REGISTRATION_REFUSED, "L41.1.c"), (FundEnd.LIST_RECALLED, "L41.13.a")]
)
def test_what_a_giver_had_back_is_taken_off(
    end: FundEnd, norm: str, repaid: str, left: str | None, code: str | None
) -> None:
    found = review(party_fund(gift("1", 100), repaid={"citizen": som(repaid)}, end=end), LAW)
    assert [each.amount for each in found.value.returns] == ([] if left is None else [som(left)])
    assert errors(found) == (set() if code is None else {(norm, code)})
    assert found.value.balance == som(left or 0)


def test_a_trader_is_an_individual() -> None:
    found = review(party_fund(gift("1", "200000.01", "trader"), donors={"trader": TRADER}), LAW)
    assert errors(found) == {("L62.2.3", "receipt_over_cap_found")}
