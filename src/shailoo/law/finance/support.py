"""Support in kind: only through the fund, and never free or far below a reasonable price (L41.10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled, applies


@dataclass(frozen=True, slots=True)
class Support:
    """Work, services or goods given for an election: the price asked and the reference price, som for one unit.

    `linked` says whether they have a direct or indirect link to the elections, `booked` whether their value stands in
    the fund (None: not known). `lowest_share` is the least share of the reference price that the CEC takes as
    reasonable, where it has decided one: the law names no number.
    """

    linked: bool
    booked: bool | None
    price: Decimal
    reference_price: Decimal | None
    lowest_share: Fraction | None = None


class SupportVerdict(StrEnum):
    """What the support is."""

    LAWFUL = "lawful"
    BREACH = "breach"
    OPEN = "open"


@applies("L41.10.a", "L41.10.b")
def weigh(support: Support, _edition: Edition) -> Outcome[SupportVerdict]:
    """Whether work, services or goods for an election are paid, or given through the campaign fund, as the law asks."""
    if not support.linked:
        step = Step("L41.10.b", "support_without_link_to_election", {})
        return Outcome(SupportVerdict.LAWFUL, (step,))
    if support.booked:
        return Outcome(SupportVerdict.LAWFUL, (Step("L41.10.a", "support_booked_in_fund", {}),))
    if support.price == 0:
        severity = _severity(support)
        return _judged(support, Finding("L41.10.b", "support_given_free", severity, {}, ("price", "booked")))
    return _against_reference(support)


def _severity(support: Support) -> Severity:
    """What is cheap or free is a breach outside the fund; as long as nobody knows, it is asked about."""
    return Severity.WARNING if support.booked is None else Severity.ERROR


def _judged(support: Support, found: Finding) -> Outcome[SupportVerdict]:
    verdict = SupportVerdict.OPEN if support.booked is None else SupportVerdict.BREACH
    return Outcome(verdict, findings=(_unbooked(support), found))


def _unbooked(support: Support) -> Finding:
    """Support outside the fund is a breach of the giver; where nobody knows, it has to be found out."""
    if support.booked is None:
        return Finding("L41.10.a", "support_booking_unknown", Severity.WARNING, {}, ("booked",))
    return Finding("L41.10.a", "support_outside_fund", Severity.ERROR, {}, ("booked",))


def _against_reference(support: Support) -> Outcome[SupportVerdict]:
    if support.reference_price is None:
        found = Finding("L41.10.b", "support_reference_price_unknown", Severity.WARNING, {}, ("reference_price",))
        return Outcome(SupportVerdict.OPEN, findings=(found,))
    facts: dict[str, Fact] = {"price": support.price, "reference_price": support.reference_price}
    if support.price >= support.reference_price:
        return Outcome(SupportVerdict.LAWFUL, (Step("L41.10.b", "support_at_reasonable_price", facts),))
    if support.lowest_share is None:
        question = Unsettled("support_price_far_below", ("L41.10.b",), ("price_is_reasonable", "price_is_far_below"))
        return Outcome(SupportVerdict.OPEN, (Step("L41.10.b", "support_below_reference_price", facts),), (), question)
    if Fraction(support.price) >= support.lowest_share * Fraction(support.reference_price):
        return Outcome(SupportVerdict.LAWFUL, (Step("L41.10.b", "support_at_reasonable_price", facts),))
    severity = _severity(support)
    return _judged(support, Finding("L41.10.b", "support_far_below_price", severity, facts, ("price",)))
