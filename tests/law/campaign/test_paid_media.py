"""Paid time and space: contracts, equal prices and terms, reserved time and shares, the price cap (L22.19, L24, L25).

Outlets and prices are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shailoo.law.campaign.paid_media import (
    Medium,
    OutletClass,
    Purchase,
    Sales,
    Tariff,
    paid_media,
    price_cap,
)
from shailoo.law.outcome import Severity
from tests.law.campaign.cases import CALLING, EDITION, POLLING, codes, found
from tests.law.campaign.naive import average_price, price_on

REFERENCE = date(2020, 1, 3)


def bought(
    contestant: str, units: int = 10, price: str = "1000", product: str = "20:00 to 21:00", held: bool | None = True
) -> Purchase:
    return Purchase(contestant, product, units, Decimal(price), held, held, held)


TARIFF = Tariff("20:00 to 21:00", date(2019, 1, 1), Decimal(1000))
SALES = Sales(
    POLLING,
    OutletClass.ITEM_18,
    Medium.TELEVISION,
    contestants=4,
    purchases=(bought("a"), bought("b")),
    tariffs=(TARIFF,),
    accredited=True,
    reserved_minutes=600,
    free_minutes=600,
    offered_to_all=True,
)
PRIVATE = replace(SALES, outlet_class=OutletClass.ITEM_19, reserved_minutes=None, free_minutes=None)
PAPER = replace(PRIVATE, medium=Medium.PRINT)


@pytest.mark.norm("L22.12", "L24.4.a1", "L24.4.a2", "L24.4.a3", "L24.4.a4", "L24.4.a5", "L24.4.b", "L24.7")
def test_lawful_sales_of_a_state_channel() -> None:
    outcome = paid_media(SALES, EDITION)
    assert outcome.findings == ()
    assert outcome.unsettled is None
    assert outcome.value.share == 150
    assert outcome.value.caps == {"20:00 to 21:00": 1000}
    assert outcome.value.reference_day == REFERENCE
    wanted = {"L22.12", "L24.4.a1", "L24.4.a2", "L24.4.a3", "L24.4.a4", "L24.4.a5", "L24.4.b", "L24.7"}
    assert wanted <= set(outcome.grounds)


@pytest.mark.norm("L22.19.a", "L22.19.b", "L24.7")
def test_lawful_sales_of_a_private_channel_know_neither_reserve_nor_cap() -> None:
    outcome = paid_media(replace(PRIVATE, tariffs=()), EDITION)
    assert outcome.findings == ()
    assert outcome.value.caps == {}
    assert outcome.value.share is None
    assert paid_media(replace(PRIVATE, reserved_minutes=600), EDITION).value.share is None
    assert {"L22.19.a", "L22.19.b", "L24.7"} <= set(outcome.grounds)
    assert not {"L24.4.a1", "L24.4.b"} & set(outcome.grounds)


# ------------------------------------------------------------------------------------- accreditation and contract


@pytest.mark.norm("L22.20.a1")
@pytest.mark.parametrize(
    ("accredited", "expected"),
    [
        (True, []),
        (False, [("L22.20.a1", "outlet_not_accredited")]),
        (None, [("L22.20.a1", "accreditation_not_known")]),
    ],
)
def test_only_an_accredited_outlet_sells(accredited: bool | None, expected: list[tuple[str, str]]) -> None:
    assert found(paid_media(replace(SALES, accredited=accredited), EDITION)) == expected
    assert found(paid_media(replace(SALES, accredited=accredited, purchases=()), EDITION)) == []


@pytest.mark.norm("L24.4.a2", "L22.19.a", "L22.11")
@pytest.mark.parametrize(("held", "severity"), [(False, Severity.ERROR), (None, Severity.WARNING)])
def test_request_contract_and_payment_from_the_fund(held: bool | None, severity: Severity) -> None:
    state = paid_media(replace(SALES, purchases=(bought("a", held=held),)), EDITION)
    assert [(each.norm, each.code, each.severity) for each in state.findings] == [
        ("L24.4.a2", "paid_time_without_request", severity),
        ("L24.4.a2", "sold_without_contract", severity),
        ("L22.11", "sold_outside_the_fund", severity),
    ]
    private = paid_media(replace(PRIVATE, purchases=(bought("a", held=held),)), EDITION)
    assert found(private) == [("L22.19.a", "sold_without_contract"), ("L22.11", "sold_outside_the_fund")]
    paper = replace(PAPER, outlet_class=OutletClass.ITEM_18, purchases=(bought("a", held=held),))
    assert found(paid_media(paper, EDITION)) == [("L22.11", "sold_outside_the_fund")]
    assert "sold_by_contract" not in codes(paid_media(replace(paper, purchases=(bought("a"),)), EDITION))


# ------------------------------------------------------------------------------------- reserved time


@pytest.mark.norm("L24.4.a1")
def test_a_state_channel_reserves_time() -> None:
    assert found(paid_media(replace(SALES, reserved_minutes=0), EDITION)) == [("L24.4.a1", "no_paid_time_reserved")]
    unknown = paid_media(replace(SALES, reserved_minutes=None), EDITION)
    assert found(unknown) == [("L24.4.a1", "reserved_time_not_known")]
    assert unknown.errors == ()
    paper = replace(PAPER, outlet_class=OutletClass.ITEM_18)
    assert not [each for each in paid_media(paper, EDITION).findings if each.norm == "L24.4.a1"]


@pytest.mark.norm("L24.4.a3")
@pytest.mark.parametrize(("reserved", "enough"), [(600, True), (599, False)])
def test_not_less_paid_than_free_time_is_reserved(reserved: int, enough: bool) -> None:
    outcome = paid_media(replace(SALES, reserved_minutes=reserved), EDITION)
    assert found(outcome) == ([] if enough else [("L24.4.a3", "less_paid_than_free_time")])
    unknown = paid_media(replace(SALES, free_minutes=None), EDITION)
    assert found(unknown) == [("L24.4.a3", "free_time_not_known")]


@pytest.mark.norm("L24.4.a5")
def test_each_share_is_the_reserve_divided_by_the_contestants_exactly() -> None:
    assert paid_media(replace(SALES, contestants=7), EDITION).value.share == Fraction(600, 7)
    assert paid_media(replace(SALES, contestants=0, purchases=()), EDITION).value.share is None


@pytest.mark.norm("L24.4.a5")
def test_who_buys_above_the_own_share_buys_what_others_did_not_claim_or_nothing() -> None:
    exact = replace(SALES, purchases=(bought("a", 150),))
    assert paid_media(exact, EDITION).findings == ()
    above = replace(SALES, purchases=(bought("a", 100), bought("a", 51)))
    outcome = paid_media(above, EDITION)
    assert [(each.code, each.severity) for each in outcome.findings] == [("bought_of_unclaimed_time", Severity.WARNING)]
    strict = paid_media(above, EDITION.with_readings(unclaimed_paid_time="not_sold"))
    assert found(strict) == [("L24.4.a5", "bought_above_own_share")]


@pytest.mark.norm("L24.4.a5")
def test_nobody_sells_more_than_is_reserved() -> None:
    full = replace(SALES, purchases=(bought("a", 300), bought("b", 300)))
    assert "more_sold_than_reserved" not in codes(paid_media(full, EDITION))
    over = replace(SALES, purchases=(bought("a", 300), bought("b", 301)))
    assert ("L24.4.a5", "more_sold_than_reserved") in found(paid_media(over, EDITION))


# ------------------------------------------------------------------------------------- equal prices and terms


@pytest.mark.norm("L24.4.a4", "L22.19.b", "L25.2.a1")
@pytest.mark.parametrize(
    ("sales", "norm"),
    [
        (SALES, "L24.4.a4"),
        (PRIVATE, "L22.19.b"),
        (PAPER, "L22.19.b"),
        (replace(PAPER, outlet_class=OutletClass.ITEM_18), "L25.2.a1"),
        (replace(PAPER, medium=Medium.INTERNET, outlet_class=OutletClass.ITEM_18), "L25.2.a1"),
    ],
)
def test_every_contestant_pays_the_same_for_the_same(sales: Sales, norm: str) -> None:
    cheaper = replace(sales, purchases=(bought("a"), bought("b", price="999.99")))
    assert found(paid_media(cheaper, EDITION)) == [(norm, "prices_differ")]
    other = replace(sales, purchases=(bought("a"), bought("b", price="500", product="10:00 to 11:00")))
    assert "prices_differ" not in codes(paid_media(other, EDITION))


@pytest.mark.norm("L24.7", "L25.2.a1")
@pytest.mark.parametrize(("sales", "norm"), [(SALES, "L24.7"), (PRIVATE, "L24.7"), (PAPER, "L25.2.a1")])
def test_what_one_got_the_others_get_on_the_same_terms(sales: Sales, norm: str) -> None:
    assert found(paid_media(replace(sales, refused=("c",)), EDITION)) == [(norm, "contestant_refused")]
    assert found(paid_media(replace(sales, offered_to_all=False), EDITION)) == [(norm, "terms_not_offered_to_all")]
    unknown = paid_media(replace(sales, offered_to_all=None), EDITION)
    assert found(unknown) == [(norm, "offer_to_all_not_known")]
    assert unknown.errors == ()
    assert "L22.12" not in unknown.grounds


def test_an_outlet_that_sold_nothing_may_refuse() -> None:
    assert paid_media(replace(SALES, purchases=(), refused=("a",)), EDITION).findings == ()


# ------------------------------------------------------------------------------------- the price cap


@pytest.mark.norm("L24.4.b", "L25.2.a2")
@pytest.mark.parametrize(("sales", "norm"), [(SALES, "L24.4.b"), (PAPER, "L25.2.a2")])
def test_the_price_of_six_months_before_is_the_highest(sales: Sales, norm: str) -> None:
    assert norm in paid_media(sales, EDITION).grounds
    dearer = replace(sales, purchases=(bought("a", price="1000.01"),))
    assert found(paid_media(dearer, EDITION)) == [(norm, "price_above_cap")]
    private = replace(PRIVATE, purchases=(bought("a", price="1000.01"),))
    assert paid_media(private, EDITION).findings == ()


@pytest.mark.norm("L24.4.b")
@pytest.mark.parametrize(("since", "cap"), [(REFERENCE, 800), (REFERENCE + timedelta(days=1), 1000)])
def test_the_tariff_of_the_reference_day_itself_counts(since: date, cap: int) -> None:
    tariffs = (TARIFF, Tariff(TARIFF.product, since, Decimal(800)))
    assert price_cap(tariffs, TARIFF.product, POLLING, EDITION) == cap


@pytest.mark.norm("L24.4.b", "L25.2.a2")
def test_the_cap_can_be_read_as_the_average_of_the_months() -> None:
    law = EDITION.with_readings(price_reference="average_of_the_months")
    days = (CALLING - REFERENCE).days
    tariffs = (TARIFF, Tariff(TARIFF.product, CALLING - timedelta(days=1), Decimal(1000 + days)))
    assert price_cap(tariffs, TARIFF.product, POLLING, law) == 1001
    assert price_cap(tariffs, TARIFF.product, POLLING, EDITION) == 1000
    sales = replace(SALES, tariffs=tariffs, purchases=(bought("a", price="1001"),))
    assert paid_media(sales, law).findings == ()
    assert found(paid_media(sales, EDITION)) == [("L24.4.b", "price_above_cap")]


@pytest.mark.norm("L24.4.b", "L25.2.a2")
def test_an_outlet_without_a_price_then_has_no_cap_until_a_body_sets_one() -> None:
    young = replace(SALES, tariffs=(Tariff(TARIFF.product, REFERENCE + timedelta(days=1), Decimal(1000)),))
    outcome = paid_media(young, EDITION)
    assert outcome.findings == ()
    assert outcome.value.caps == {TARIFF.product: None}
    assert outcome.unsettled is not None
    assert outcome.unsettled.norms == ("L24.4.b",)
    assert paid_media(replace(young, medium=Medium.PRINT), EDITION).unsettled is not None


PRICES = st.dictionaries(
    st.integers(min_value=-40, max_value=240).map(lambda days: REFERENCE + timedelta(days=days)),
    st.integers(min_value=1, max_value=10_000),
    min_size=1,
    max_size=8,
)


@pytest.mark.norm("L24.4.b", "L25.2.a2")
@settings(deadline=None)  # the second version looks back day by day
@given(PRICES)
def test_the_cap_is_what_looking_back_day_by_day_finds(prices: dict[date, int]) -> None:
    tariffs = tuple(Tariff("page", since, Decimal(price)) for since, price in prices.items())
    law = EDITION.with_readings(price_reference="average_of_the_months")
    assert price_cap(tariffs, "page", POLLING, EDITION) == price_on(REFERENCE, prices)
    assert price_cap(tariffs, "page", POLLING, law) == average_price(REFERENCE, CALLING, prices)


def test_facts_of_sales_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="more contestants"):
        replace(SALES, contestants=1)
    with pytest.raises(ValueError, match="two tariffs"):
        replace(SALES, tariffs=(TARIFF, TARIFF))
