"""Caps and shares a second time, tyiyn by tyiyn or all at once, to be compared with the rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def credited(amounts: Sequence[tuple[str, int]], limit: int) -> list[int]:
    """What of each (giver, tyiyns) is credited: its giver's running total cut off at `limit`, less that before."""
    taken: list[int] = []
    for place, (giver, _amount) in enumerate(amounts):
        before = sum(amount for other, amount in amounts[:place] if other == giver)
        after = sum(amount for other, amount in amounts[: place + 1] if other == giver)
        taken.append(min(after, limit) - min(before, limit))
    return taken


def is_more_than_half_a_per_cent(part: Decimal, whole: Decimal) -> bool:
    """In whole tyiyns: a thousand times the part against five times the whole."""
    return int(part * 100) * 1000 > 5 * int(whole * 100)


def shares(balance: int, given: Sequence[int]) -> list[int]:
    """`balance` tyiyns, given out one by one: each to who is furthest below the exact share, the earlier first."""
    total = sum(given)
    if total <= balance:
        return list(given)
    got = [amount * balance // total for amount in given]
    for _ in range(balance - sum(got)):
        behind = [amount * balance - have * total for amount, have in zip(given, got, strict=True)]
        got[behind.index(max(behind))] += 1
    return got
