"""Sharing whole numbers out: exactly, never above a limit, and repeatably."""

from __future__ import annotations

from collections.abc import Sequence


def share(total: int, weights: Sequence[int], limits: Sequence[int]) -> list[int]:
    """Share `total` in proportion to `weights`, nobody above its limit; what is left goes by largest remainder.

    Raises ValueError where the limits together are below `total`.
    """
    if sum(limits) < total:
        raise ValueError(f"{total} do not go into {sum(limits)}")
    given = [0] * len(weights)
    left = total
    while left:
        open_places = [place for place, limit in enumerate(limits) if given[place] < limit]
        whole = sum(weights[place] for place in open_places)
        if not whole:
            whole, weights = len(open_places), [1] * len(weights)
        parts = {place: divmod(left * weights[place], whole) for place in open_places}
        for place, (part, _) in parts.items():
            step = min(part, limits[place] - given[place])
            given[place] += step
            left -= step
        if left < len(open_places):
            left = _hand_out(left, given, limits, sorted(open_places, key=lambda place: -parts[place][1]))
    return given


def _hand_out(left: int, given: list[int], limits: Sequence[int], in_turn: Sequence[int]) -> int:
    """One more for each in turn who is below its limit; returns what is left."""
    for place in in_turn:
        if left and given[place] < limits[place]:
            given[place] += 1
            left -= 1
    return left
