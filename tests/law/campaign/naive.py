"""Air time and prices reckoned a second time, slowly and in another way, to hold the rules against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction


def deal(seconds: int, contestants: list[str]) -> tuple[dict[str, int], int]:
    """Seconds dealt like cards, one to each in turn, as long as everybody can have one more; and what is left."""
    dealt = dict.fromkeys(contestants, 0)
    while contestants and seconds >= len(contestants):
        for name in contestants:
            dealt[name] += 1
            seconds -= 1
    return dealt, seconds


def price_on(day: date, prices: Mapping[date, int]) -> int | None:
    """The price in force on a day: the one that was set last, looking back a day at a time."""
    while day >= min(prices):
        if day in prices:
            return prices[day]
        day -= timedelta(days=1)
    return None


def average_price(first: date, after: date, prices: Mapping[date, int]) -> Fraction | None:
    """The mean of the prices of each day from `first` to the eve of `after`; None where one day had no price."""
    days = [first + timedelta(days=number) for number in range((after - first).days)]
    paid = [price_on(day, prices) for day in days]
    known = [price for price in paid if price is not None]
    return Fraction(sum(known), len(days)) if len(known) == len(days) else None
