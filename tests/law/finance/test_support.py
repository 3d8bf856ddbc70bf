"""Art. 41.10: support only through the fund, and nothing given away."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from shailoo.law.finance.support import Support, SupportVerdict, weigh
from tests.law.finance.cases import LAW, breaches, errors, passed, som

POSTERS = Support(linked=True, booked=False, price=som(100), reference_price=som(100))


@pytest.mark.norm("L41.10.a", "L41.10.b")
@pytest.mark.parametrize(
    ("support", "step"),
    [
        (replace(POSTERS, price=som(0), booked=True), ("L41.10.a", "support_booked_in_fund")),
        (replace(POSTERS, price=som(0), linked=False), ("L41.10.b", "support_without_link_to_election")),
        (POSTERS, ("L41.10.b", "support_at_reasonable_price")),
    ],
)
def test_support_that_stands_in_the_fund_or_is_paid_is_lawful(support: Support, step: tuple[str, str]) -> None:
    found = weigh(support, LAW)
    assert (found.value, found.findings) == (SupportVerdict.LAWFUL, ())
    assert passed(found) == {step}


@pytest.mark.norm("L41.10.a", "L41.10.b")
def test_what_is_given_free_outside_the_fund_is_a_breach_of_the_giver() -> None:
    found = weigh(replace(POSTERS, price=som(0)), LAW)
    assert found.value is SupportVerdict.BREACH
    assert errors(found) == {("L41.10.a", "support_outside_fund"), ("L41.10.b", "support_given_free")}


@pytest.mark.norm("L41.10.a", "L41.10.b")
@pytest.mark.parametrize(("price", "code"), [("0", "support_given_free"), ("1", "support_far_below_price")])
def test_what_may_stand_in_the_fund_is_no_breach_until_somebody_has_looked(price: str, code: str) -> None:
    support = replace(POSTERS, price=som(price), booked=None, lowest_share=Fraction(4, 5))
    found = weigh(support, LAW)
    assert (found.value, found.errors) == (SupportVerdict.OPEN, ())
    assert breaches(found) == {("L41.10.a", "support_booking_unknown"), ("L41.10.b", code)}


@pytest.mark.norm("L41.10.b")
@pytest.mark.parametrize(
    ("price", "verdict"),
    [("80", SupportVerdict.LAWFUL), ("79.99", SupportVerdict.BREACH), ("0.01", SupportVerdict.BREACH)],
)
def test_a_price_below_what_the_commission_decided_is_far_below(price: str, verdict: SupportVerdict) -> None:
    found = weigh(replace(POSTERS, price=som(price), lowest_share=Fraction(4, 5)), LAW)
    assert found.value is verdict
    if verdict is SupportVerdict.LAWFUL:
        assert passed(found) == {("L41.10.b", "support_at_reasonable_price")}
    below = {("L41.10.a", "support_outside_fund"), ("L41.10.b", "support_far_below_price")}
    assert errors(found) == (below if verdict is SupportVerdict.BREACH else set())


@pytest.mark.norm("L41.10.b")
@pytest.mark.parametrize(("price", "verdict"), [("100", SupportVerdict.LAWFUL), ("99.99", SupportVerdict.OPEN)])
def test_without_such_a_decision_a_body_says_whether_a_price_is_unreasonably_low(
    price: str, verdict: SupportVerdict
) -> None:
    found = weigh(replace(POSTERS, price=som(price)), LAW)
    assert found.value is verdict
    assert (found.unsettled is not None) is (verdict is SupportVerdict.OPEN)
    lower = verdict is SupportVerdict.OPEN
    assert passed(found) == {("L41.10.b", "support_below_reference_price" if lower else "support_at_reasonable_price")}


@pytest.mark.norm("L41.10.b")
def test_without_a_reference_price_nothing_can_be_said() -> None:
    found = weigh(replace(POSTERS, reference_price=None), LAW)
    assert found.value is SupportVerdict.OPEN
    assert breaches(found) == {("L41.10.b", "support_reference_price_unknown")}
