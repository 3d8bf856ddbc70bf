"""Paid air time and space: contract, equal price and terms, reserved time, shares, price cap (L22.19, L24, L25).

Money is in som a unit (a minute, a page, a posting, as the outlet's price list says); time in minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shailoo.law.campaign.polling import Polling, price_reference_day
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import PriceReference, UnclaimedPaidTime
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies


class OutletClass(StrEnum):
    """The two classes of mass media (L22.18, L22.19)."""

    ITEM_18 = "item_18"  # of state founders or with privileges
    ITEM_19 = "item_19"  # all others


class Medium(StrEnum):
    TELEVISION = "television"
    RADIO = "radio"
    PRINT = "print"
    INTERNET = "internet"


_MINUTE = 60  # seconds
BROADCAST = frozenset({Medium.TELEVISION, Medium.RADIO})


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of one product from a local day on, in som a unit, until the next tariff of that product."""

    product: str
    since: date
    price: Decimal


@dataclass(frozen=True, slots=True)
class Purchase:
    """What one contestant bought of a product (a time band, a page size): units (minutes or pages), som a unit.

    `requested`, `contract`, `from_fund`: whether there is a request, a contract, a payment from the campaign fund; null
    where that is not known.
    """

    contestant: str
    product: str
    units: int
    price: Decimal
    requested: bool | None = None
    contract: bool | None = None
    from_fund: bool | None = None


@dataclass(frozen=True, slots=True)
class Sales:
    """The paid time or space of one outlet before a voting.

    `accredited`: what the rule `media-outlet` says. `contestants`: number of registered candidates and parties.
    `reserved_minutes` and `free_minutes`: of a broadcaster of item 18, for the whole campaign. `refused`: contestants
    that asked and got nothing. `offered_to_all`: whether the terms that one got were open to the others; null: not
    known.
    """

    polling: Polling
    outlet_class: OutletClass
    medium: Medium
    contestants: int
    purchases: tuple[Purchase, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    accredited: bool | None = None
    reserved_minutes: int | None = None
    free_minutes: int | None = None
    refused: tuple[str, ...] = ()
    offered_to_all: bool | None = None

    def __post_init__(self) -> None:
        if len({each.contestant for each in self.purchases} | set(self.refused)) > self.contestants:
            raise ValueError("more contestants bought or asked than there are")
        if len({(each.product, each.since) for each in self.tariffs}) < len(self.tariffs):
            raise ValueError("a product has two tariffs from the same day")


@dataclass(frozen=True, slots=True)
class PaidTerms:
    """What the terms come to: the highest lawful price by product in som (null: no cap), each contestant's own share.

    `share`: minutes of reserved paid time that each contestant has a right to; null where nothing is reserved.
    """

    caps: Mapping[str, Fraction | None]
    reference_day: date
    share: Fraction | None = None


@applies("L22.11", "L22.12", "L22.19.a", "L22.19.b", "L22.20.a1", "L24.4.a1", "L24.4.a2", "L24.4.a3", "L24.4.a4")
@applies("L24.4.a5", "L24.4.b", "L24.7", "L25.2.a1", "L25.2.a2")
def paid_media(sales: Sales, edition: Edition) -> Outcome[PaidTerms]:
    """Whether paid time or space is sold to all on equal terms, within the shares and not dearer than before.

    Unsettled where the outlet had no price six months before the calling, and so no cap can be reckoned.
    """
    steps: list[Step] = []
    day = price_reference_day(sales.polling, edition)
    caps: dict[str, Fraction | None] = {}
    findings = [
        *_accreditation(sales, steps),
        *_contracts(sales, steps),
        *_reserve(sales, steps),
        *_shares(sales, edition, steps),
        *_equal_price(sales, steps),
        *_equal_terms(sales, steps),
    ]
    if _is_capped(sales):
        caps = {name: price_cap(sales.tariffs, name, sales.polling, edition) for name in _products(sales)}
        findings += _within_cap(sales, caps, day, steps)
    share = _share(sales)
    without = [name for name, cap in caps.items() if cap is None]
    question = None
    if without:
        question = Unsettled("no_reference_price", (_cap_norm(sales),), ("first_price_since", "price_of_similar_media"))
    return Outcome(PaidTerms(caps, day, share), tuple(steps), tuple(findings), question)


def _products(sales: Sales) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.product for each in sales.purchases))


def _accreditation(sales: Sales, steps: list[Step]) -> Iterator[Finding]:
    if not sales.purchases:
        return
    if sales.accredited is None:
        yield Finding("L22.20.a1", "accreditation_not_known", Severity.WARNING, fields=("accredited",))
    elif not sales.accredited:
        yield Finding("L22.20.a1", "outlet_not_accredited", Severity.ERROR, fields=("accredited",))
    else:
        steps.append(Step("L22.20.a1", "outlet_is_accredited"))


def _contracts(sales: Sales, steps: list[Step]) -> Iterator[Finding]:
    """A request and a contract for each purchase (L24.4, L22.19), paid from the campaign fund (L22.11).

    Of print and Internet media of item 18 the law asks for no contract by name.
    """
    on_request = _reserves(sales)
    norm = "L24.4.a2" if on_request else "L22.19.a"
    by_contract = on_request or sales.outlet_class is OutletClass.ITEM_19
    for index, each in enumerate(sales.purchases):
        facts: dict[str, Fact] = {"contestant": each.contestant, "product": each.product}
        at = f"purchases[{index}]"
        if on_request and not each.requested:
            severity = Severity.WARNING if each.requested is None else Severity.ERROR
            yield Finding("L24.4.a2", "paid_time_without_request", severity, facts, (f"{at}.requested",))
        if by_contract and not each.contract:
            severity = Severity.WARNING if each.contract is None else Severity.ERROR
            yield Finding(norm, "sold_without_contract", severity, facts, (f"{at}.contract",))
        elif by_contract:
            steps.append(Step(norm, "sold_by_contract", facts))
        if not each.from_fund:
            severity = Severity.WARNING if each.from_fund is None else Severity.ERROR
            yield Finding("L22.11", "sold_outside_the_fund", severity, facts, (f"{at}.from_fund",))


def _reserves(sales: Sales) -> bool:
    return sales.outlet_class is OutletClass.ITEM_18 and sales.medium in BROADCAST


def _reserve(sales: Sales, steps: list[Step]) -> Iterator[Finding]:
    """L24.4: a broadcaster of item 18 reserves paid time, and not less than it gives free."""
    if not _reserves(sales):
        return
    if sales.reserved_minutes is None:
        yield Finding("L24.4.a1", "reserved_time_not_known", Severity.WARNING, fields=("reserved_minutes",))
        return
    if sales.reserved_minutes == 0:
        yield Finding("L24.4.a1", "no_paid_time_reserved", Severity.ERROR, fields=("reserved_minutes",))
        return
    steps.append(Step("L24.4.a1", "paid_time_reserved", {"minutes": sales.reserved_minutes}))
    if sales.free_minutes is None:
        yield Finding("L24.4.a3", "free_time_not_known", Severity.WARNING, fields=("free_minutes",))
        return
    facts: dict[str, Fact] = {"minutes": sales.reserved_minutes, "free_minutes": sales.free_minutes}
    if sales.reserved_minutes < sales.free_minutes:
        yield Finding("L24.4.a3", "less_paid_than_free_time", Severity.ERROR, facts, ("reserved_minutes",))
    else:
        steps.append(Step("L24.4.a3", "as_much_paid_as_free_time", facts))


def _share(sales: Sales) -> Fraction | None:
    """L24.4: reserved minutes divided by the number of contestants, exact."""
    if not _reserves(sales) or not sales.reserved_minutes or not sales.contestants:
        return None
    return Fraction(sales.reserved_minutes, sales.contestants)


def _shares(sales: Sales, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L24.4: nobody buys into another's share; shares that nobody buys are for `unclaimed_paid_time`."""
    share = _share(sales)
    if share is None or sales.reserved_minutes is None:
        return
    facts: dict[str, Fact] = {
        "minutes": sales.reserved_minutes,
        "contestants": sales.contestants,
        "share_seconds": int(share * _MINUTE),
    }
    steps.append(Step("L24.4.a5", "paid_share", facts))
    bought = _bought(sales)
    if sum(bought.values()) > sales.reserved_minutes:
        over: dict[str, Fact] = {"bought_minutes": sum(bought.values()), "minutes": sales.reserved_minutes}
        yield Finding("L24.4.a5", "more_sold_than_reserved", Severity.ERROR, over, ("purchases",))
    for name, minutes in bought.items():
        if minutes <= share:
            continue
        above: dict[str, Fact] = {"contestant": name, "bought_minutes": minutes, "share_seconds": int(share * _MINUTE)}
        if edition.unclaimed_paid_time is UnclaimedPaidTime.NOT_SOLD:
            yield Finding("L24.4.a5", "bought_above_own_share", Severity.ERROR, above, ("purchases",))
        else:
            yield Finding("L24.4.a5", "bought_of_unclaimed_time", Severity.WARNING, above, ("purchases",))


def _bought(sales: Sales) -> dict[str, int]:
    """Contestant -> minutes bought of all products."""
    bought: dict[str, int] = {}
    for each in sales.purchases:
        bought[each.contestant] = bought.get(each.contestant, 0) + each.units
    return bought


def _price_norm(sales: Sales) -> NormId:
    """The norm by which every contestant pays the same."""
    if sales.outlet_class is OutletClass.ITEM_19:
        return "L22.19.b"
    return "L24.4.a4" if sales.medium in BROADCAST else "L25.2.a1"


def _terms_norm(sales: Sales) -> NormId:
    """The norm by which what one got is open to the others."""
    return "L24.7" if sales.medium in BROADCAST else "L25.2.a1"


def _equal_price(sales: Sales, steps: list[Step]) -> Iterator[Finding]:
    for product in _products(sales):
        prices = [each.price for each in sales.purchases if each.product == product]
        facts: dict[str, Fact] = {"product": product, "lowest": min(prices), "highest": max(prices)}
        if min(prices) != max(prices):
            yield Finding(_price_norm(sales), "prices_differ", Severity.ERROR, facts, ("purchases",))
        else:
            steps.append(Step(_price_norm(sales), "price_is_equal", {"product": product, "price": prices[0]}))


def _equal_terms(sales: Sales, steps: list[Step]) -> Iterator[Finding]:
    """L24.7 and L25.2 bind every outlet that gave time or space to one contestant; so L22.12 is kept."""
    if not sales.purchases:
        return
    norm = _terms_norm(sales)
    for name in sales.refused:
        yield Finding(norm, "contestant_refused", Severity.ERROR, {"contestant": name}, ("refused",))
    if sales.offered_to_all is None:
        yield Finding(norm, "offer_to_all_not_known", Severity.WARNING, fields=("offered_to_all",))
    elif not sales.offered_to_all:
        yield Finding(norm, "terms_not_offered_to_all", Severity.ERROR, fields=("offered_to_all",))
    elif not sales.refused:
        steps.append(Step(norm, "terms_offered_to_all"))
        steps.append(Step("L22.12", "equal_access_to_media"))


# ------------------------------------------------------------------------------------- the price cap


def _is_capped(sales: Sales) -> bool:
    """L24.4 caps broadcasters of item 18, L25.2 print and Internet media of every owner."""
    return sales.medium not in BROADCAST or sales.outlet_class is OutletClass.ITEM_18


def _cap_norm(sales: Sales) -> NormId:
    return "L24.4.b" if sales.medium in BROADCAST else "L25.2.a2"


@applies("L24.4.b", "L25.2.a2")
def price_cap(tariffs: tuple[Tariff, ...], product: str, polling: Polling, edition: Edition) -> Fraction | None:
    """The highest lawful price of a product, som a unit; None where it had no price then (`price_reference`).

    The average is over the days from the reference day to the eve of the calling, each with its price.
    """
    day = price_reference_day(polling, edition)
    own = sorted((each for each in tariffs if each.product == product), key=lambda each: each.since)
    if not own or own[0].since > day:
        return None
    if edition.price_reference is PriceReference.PRICE_OF_THE_DAY:
        return Fraction([each for each in own if each.since <= day][-1].price)
    ends = [each.since for each in own[1:]] + [polling.calling]
    paid = Fraction(0)
    for each, end in zip(own, ends, strict=True):
        days = (min(end, polling.calling) - max(each.since, day)).days
        paid += max(days, 0) * Fraction(each.price)
    return paid / (polling.calling - day).days


def _within_cap(sales: Sales, caps: Mapping[str, Fraction | None], day: date, steps: list[Step]) -> Iterator[Finding]:
    for product, cap in caps.items():
        if cap is None:
            continue
        highest = max(each.price for each in sales.purchases if each.product == product)
        facts: dict[str, Fact] = {"product": product, "price": highest, "cap": _som(cap), "reference_day": day}
        if highest > cap:
            yield Finding(_cap_norm(sales), "price_above_cap", Severity.ERROR, facts, ("purchases",))
        else:
            steps.append(Step(_cap_norm(sales), "price_within_cap", facts))


def _som(cap: Fraction) -> Decimal:
    """The highest price in whole tyiyn that does not exceed the cap."""
    return Decimal(cap.numerator * 100 // cap.denominator) / 100
