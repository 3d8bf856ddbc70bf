"""Which units of a tree may show their voters by sex and age, so that no small group can be found or reckoned back.

Pure. How many voters a unit has is public in any case; its table of cells is shown whole or not at all. Against three
ways to reckon back what is not shown:

- *down a column*: of the parts of a unit that is shown, at least two are hidden or none, and every cell of what the
  hidden ones have together reaches `SMALLEST`, since whoever subtracts the shown parts learns just that sum;
- *along a row*: no single cell is hidden, so no row has a remainder;
- *between editions*: what was hidden once stays hidden in every later edition. A table that was shown before is known
  for ever and protects nobody: it does not count among the hidden ones. Where too few are left, the unit above is
  hidden too. So that this is rare, a table is first shown only where every cell reaches `SMALLEST_AT_FIRST`.

Below a unit that is hidden, everything is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SMALLEST = 5
SMALLEST_AT_FIRST = 10
FEWEST_HIDDEN = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its cells, in voters. `parent` is the key of the unit that it is a part of; "" at the top."""

    key: str
    parent: str
    cells: tuple[int, ...]

    @property
    def voters(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier editions have shown of units, and what they have hidden."""

    shown: frozenset[str] = field(default_factory=frozenset)
    hidden: frozenset[str] = field(default_factory=frozenset)


def shown(units: Sequence[Unit], before: Before) -> frozenset[str]:
    """The keys of the units whose tables may be shown."""
    parts: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        parts[unit.parent].append(unit)
    hidden = {unit.key for unit in units if unit.key in before.hidden or _is_small(unit, before)}
    known = {unit.key: unit for unit in units}
    for key in sorted((key for key in parts if key), key=lambda key: (-_depth(known, key), key)):
        if key not in hidden and not _hide_more(parts[key], hidden, before):
            hidden.add(key)
    return frozenset(_seen(parts, hidden))


def _is_small(unit: Unit, before: Before) -> bool:
    return min(unit.cells) < (SMALLEST if unit.key in before.shown else SMALLEST_AT_FIRST)


def _depth(known: Mapping[str, Unit], key: str) -> int:
    depth = 0
    while key in known:
        key, depth = known[key].parent, depth + 1
    return depth


def _hide_more(parts: Sequence[Unit], hidden: set[str], before: Before) -> bool:
    """Hide parts, those with fewest voters first, until the hidden ones protect each other; False where they cannot."""
    spare = sorted(
        (part for part in parts if part.key not in hidden and part.key not in before.shown),
        key=lambda part: (-part.voters, part.key),
    )
    if not any(part.key in hidden for part in parts):
        return True
    while not _protected(parts, hidden, before):
        if not spare:
            return False
        hidden.add(spare.pop().key)
    return True


def _protected(parts: Sequence[Unit], hidden: set[str], before: Before) -> bool:
    unknown = [part for part in parts if part.key in hidden and part.key not in before.shown]
    return len(unknown) >= FEWEST_HIDDEN and min(together(part.cells for part in unknown)) >= SMALLEST


def together(tables: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The sums of the cells of several tables."""
    return tuple(map(sum, zip(*tables, strict=True)))


def _seen(parts: Mapping[str, Sequence[Unit]], hidden: set[str]) -> Iterable[str]:
    """From the top down: a part is seen where it is not hidden and the unit above is seen."""
    waiting = list(parts[""])
    while waiting:
        unit = waiting.pop()
        if unit.key not in hidden:
            yield unit.key
            waiting += parts.get(unit.key, ())
