"""Art. 41.4, 54.2, 54.3, 62.2: every limit, exact to the tyiyn, and a second naive version beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.calendar import Kind
from shailoo.law.finance.called import Called, Index, RepeatVoting, index_step
from shailoo.law.finance.funds import Fund, Receipt, review
from shailoo.law.finance.limits import JOGORKU_KENESH, FundSource, cap, spending_limit
from shailoo.law.finance.limits import PRESIDENT as PRESIDENT_CAPS
from shailoo.law.finance.repayment import pro_rata
from tests.law.finance import naive
from tests.law.finance.cases import (
    CALLING,
    CITIZEN,
    COMPANY,
    FIRST_INDEX,
    JK,
    LAW,
    PRESIDENT,
    errors,
    gift,
    party_fund,
    som,
)

LIMITS = [
    (PRESIDENT, FundSource.OWN, "L54.2.1", 15_000_000),
    (PRESIDENT, FundSource.PARTY, "L54.2.2", 50_000_000),
    (PRESIDENT, FundSource.INDIVIDUAL, "L54.2.3", 50_000_000),
    (PRESIDENT, FundSource.LEGAL_ENTITY, "L54.2.4", 50_000_000),
    (JK, FundSource.OWN, "L62.2.1", 1_500_000),
    (JK, FundSource.PARTY, "L62.2.2", 100_000_000),
    (JK, FundSource.INDIVIDUAL, "L62.2.3", 200_000),
    (JK, FundSource.LEGAL_ENTITY, "L62.2.4", 3_000_000),
]


@pytest.mark.norm("L54.2.1", "L54.2.2", "L54.2.3", "L54.2.4", "L62.2.1", "L62.2.2", "L62.2.3", "L62.2.4")
@pytest.mark.parametrize(("election", "source", "norm", "limit"), LIMITS)
@pytest.mark.parametrize(("more", "over"), [("0", "0"), ("0.01", "0.01"), ("-0.01", "0")])
def test_a_source_gives_up_to_its_limit_and_not_one_tyiyn_more(
    election: Called, source: FundSource, norm: str, limit: int, more: str, over: str
) -> None:
    assert (cap(source, election, LAW).norm, cap(source, election, LAW).som) == (norm, Decimal(limit))
    giver = {FundSource.INDIVIDUAL: "citizen", FundSource.LEGAL_ENTITY: "company"}.get(source, "own")
    amount = limit + Decimal(more)
    fund = Fund(election, "contender", (Receipt("1", source, giver, amount),), {"citizen": CITIZEN, "company": COMPANY})
    found = review(fund, LAW)
    assert found.value.credited["1"] == min(amount, Decimal(limit))
    assert sum((each.amount for each in found.value.returns), Decimal(0)) == Decimal(over)
    assert errors(found) == ({(norm, "receipt_over_cap_found")} if Decimal(over) else set())


def test_every_lawful_source_has_a_limit_at_both_elections() -> None:
    assert PRESIDENT_CAPS.keys() == JOGORKU_KENESH.keys() == set(FundSource) - {FundSource.OTHER}


# ------------------------------------------------------------------------------------- the index


@pytest.mark.norm("L41.4.a")
@pytest.mark.parametrize(
    ("since", "index"), [(date(2020, 7, 3), 120), (date(2020, 7, 4), 100), (date(2020, 7, 2), 120)]
)
def test_the_index_of_the_day_of_calling_holds_whatever_it_becomes_later(since: date, index: int) -> None:
    called = replace(JK, indices=(Index(since, Decimal(120)), FIRST_INDEX))
    assert called.index == index
    assert cap(FundSource.INDIVIDUAL, called, LAW).som == 2_000 * index
    step = index_step(called)
    assert (step.norm, step.facts) == ("L41.4.a", {"calling": CALLING, "index": Decimal(index)})


def test_an_index_that_is_not_known_on_the_day_of_calling_is_no_fact() -> None:
    with pytest.raises(ValueError, match="no calculated index is known for the day of calling"):
        Called(Kind.JK, date(2005, 12, 31), (FIRST_INDEX,))
    assert Called(Kind.JK, FIRST_INDEX.since, (FIRST_INDEX,)).index == 100
    with pytest.raises(ValueError, match="two calculated indices begin on one day"):
        Called(Kind.JK, CALLING, (FIRST_INDEX, FIRST_INDEX))
    with pytest.raises(ValueError, match="a repeat voting is a part of an election"):
        Called(Kind.REPEAT_VOTING, CALLING, (FIRST_INDEX,))


# ------------------------------------------------------------------------------------- the limit of spending

REPEAT = RepeatVoting(date(2017, 11, 1), date(2017, 11, 19), takes_part=True)


@pytest.mark.norm("L62.2.b")
def test_a_party_may_spend_five_million_indices() -> None:
    assert spending_limit(JK, None, None, LAW) == 500_000_000


@pytest.mark.norm("L54.3")
def test_a_candidate_for_president_has_no_maximum_of_spending() -> None:
    assert spending_limit(PRESIDENT, None, None, LAW) is None
    assert spending_limit(PRESIDENT, None, REPEAT, LAW) is None


@pytest.mark.norm("L41.4.d")
@pytest.mark.parametrize(
    ("repeat", "limit"),
    [(None, 50_000_000), (replace(REPEAT, takes_part=False), 50_000_000), (REPEAT, 75_000_000)],
)
def test_a_maximum_once_set_again_is_one_half_higher_in_a_repeat_voting(
    repeat: RepeatVoting | None, limit: int
) -> None:
    assert spending_limit(PRESIDENT, som(50_000_000), repeat, LAW) == limit


@pytest.mark.norm("L41.4.d")
def test_the_limits_of_sources_are_not_raised_in_a_repeat_voting() -> None:
    receipt = Receipt("1", FundSource.OWN, None, som(15_000_001))
    found = review(Fund(PRESIDENT, "candidate", (receipt,), repeat_voting=REPEAT), LAW)
    assert found.value.credited == {"1": 15_000_000}


# ------------------------------------------------------------------------------------- donation_cap_scope


@pytest.mark.norm("L62.2.3", "L62.2.4", "L54.2.3", "L54.2.4")
@pytest.mark.parametrize(("reading", "credited"), [("per_donor", 150_000), ("total", 50_000)])
def test_the_second_donor_has_a_limit_of_his_own_or_what_the_first_left(reading: str, credited: int) -> None:
    donors = {"first": CITIZEN, "second": CITIZEN}
    fund = party_fund(gift("1", 150_000, "first"), gift("2", 150_000, "second"), donors=donors)
    found = review(fund, LAW.with_readings(donation_cap_scope=reading))
    assert found.value.credited == {"1": 150_000, "2": credited}


@pytest.mark.norm("L62.2.1")
@pytest.mark.parametrize("reading", ["per_donor", "total"])
def test_own_money_of_a_candidate_on_the_list_is_limited_candidate_by_candidate(reading: str) -> None:
    law = LAW.with_readings(donation_cap_scope=reading)
    fund = party_fund(*(Receipt(name, FundSource.OWN, name, som(1_500_000)) for name in ("c1", "c2")))
    assert sum(review(fund, law).value.credited.values()) == 3_000_000
    with pytest.raises(ValueError, match="own money is that of a candidate on the list"):
        party_fund(Receipt("1", FundSource.OWN, None, som(1)))


@pytest.mark.norm("L54.2.1", "L54.2.2", "L62.2.2")
@pytest.mark.parametrize(
    ("election", "source", "limit"),
    [
        (PRESIDENT, FundSource.OWN, 15_000_000),
        (PRESIDENT, FundSource.PARTY, 50_000_000),
        (JK, FundSource.PARTY, 100_000_000),
    ],
)
def test_the_one_candidate_and_the_one_party_have_one_limit_under_whatever_code(
    election: Called, source: FundSource, limit: int
) -> None:
    receipts = (Receipt("1", source, None, som(limit)), Receipt("2", source, "again", som(1)))
    assert review(Fund(election, "contender", receipts), LAW).value.credited == {"1": limit, "2": 0}


# ------------------------------------------------------------------------------------- against the naive version

GIFTS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 25_000_000)), max_size=9)


@given(GIFTS, st.sampled_from(["per_donor", "total"]))
def test_what_is_credited_is_the_running_total_cut_off_at_the_limit(gifts: list[tuple[str, int]], reading: str) -> None:
    receipts = tuple(gift(str(place), Decimal(amount) / 100, giver) for place, (giver, amount) in enumerate(gifts))
    fund = party_fund(*receipts, donors=dict.fromkeys("abc", CITIZEN))
    found = review(fund, LAW.with_readings(donation_cap_scope=reading)).value
    counted = [(giver if reading == "per_donor" else "", amount) for giver, amount in gifts]
    expected = naive.credited(counted, 20_000_000)
    assert [found.credited[str(place)] * 100 for place in range(len(gifts))] == expected
    returned = sum((each.amount for each in found.returns), Decimal(0))
    assert (found.money + returned) * 100 == sum(amount for _giver, amount in gifts)


@given(st.integers(0, 30_000), st.lists(st.integers(0, 10_000), min_size=1, max_size=7))
def test_shares_of_a_short_balance_are_exact_to_the_tyiyn(balance: int, given: list[int]) -> None:
    amounts = {str(place): Decimal(amount) / 100 for place, amount in enumerate(given)}
    found = [amount * 100 for amount in pro_rata(Decimal(balance) / 100, amounts).values()]
    assert found == naive.shares(balance, given)
    assert sum(found) == min(balance, sum(given))
    assert all(part <= amount for part, amount in zip(found, given, strict=True))
