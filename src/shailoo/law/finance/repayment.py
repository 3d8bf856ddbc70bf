"""What goes back from a fund to whom: shares exact to the tyiyn, and the cost of the return (L41.1, L41.4, L41.13).

A tyiyn is the hundredth part of a som and the smallest amount that is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shailoo.law.finance.donors import NATIONAL_CURRENCY
from shailoo.law.outcome import NormId

TYIYN = Decimal("0.01")


class ReturnReason(StrEnum):
    """Why money goes back."""

    OVER_CAP = "over_cap"
    BARRED = "barred"
    REFUSED = "registration_refused"
    ENDED = "withdrawn_or_cancelled"
    REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class Return:
    """Money that goes back to `to`: the amount, what the bank keeps for it, what arrives, in `currency`; by `norm`."""

    to: str
    reason: ReturnReason
    norm: NormId
    amount: Decimal
    fee: Decimal = Decimal(0)
    currency: str = NATIONAL_CURRENCY

    @property
    def arrives(self) -> Decimal:
        """What arrives: the cost of the return can take all of it, and no more."""
        return max(self.amount - self.fee, Decimal(0))


def pro_rata(balance: Decimal, given: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """`balance` shared in proportion to what each gave, whole tyiyns by the largest remainders; never more than given.

    Equal remainders are served in the order of `given`. A balance that holds all that was given returns just that.
    """
    total = sum(given.values(), Decimal(0))
    if total <= balance:
        return dict(given)
    exact = {
        name: Fraction(amount) / Fraction(total) * Fraction(balance) / Fraction(TYIYN) for name, amount in given.items()
    }
    whole = {name: int(share) for name, share in exact.items()}
    left = int(balance / TYIYN) - sum(whole.values())
    for name in sorted(exact, key=lambda each: whole[each] - exact[each])[:left]:
        whole[name] += 1
    return {name: tyiyns * TYIYN for name, tyiyns in whole.items()}
