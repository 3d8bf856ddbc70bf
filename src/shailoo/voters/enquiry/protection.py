"""Which units of a tree may show their voters by sex and age, so that no small group can be found or reckoned back.

Pure. How many voters a unit has is public in any case; its table of cells is shown whole or not at all. Against three
ways to reckon back what is not shown:

- *down a column*: of the parts of a unit that is shown, at least two are hidden or none, and every cell of what the
  hidden ones have together reaches `SMALLEST`, since whoever subtracts the shown parts learns just that sum;
- *along a row*: no single cell is hidden, so no row has a remainder;
- *between editions*: what was hidden once stays hidden. Where a part is hidden that the edition before has shown, the
  parts that did not change since then hide nothing: two hidden ones at least must have changed, and what these have
  together must reach `SMALLEST`. So that this is rare, a table is first shown where every cell reaches
  `SMALLEST_AT_FIRST`.

Where the parts of a unit cannot protect each other, the unit is hidden itself; below a unit that is hidden, everything
is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

SMALLEST = 5
SMALLEST_AT_FIRST = 10
FEWEST_HIDDEN = 2
Table = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its cells, in voters. `parent` is the key of the unit that it is a part of; "" at the top."""

    key: str
    parent: str
    cells: Table

    @property
    def voters(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True, slots=True)
class Before:
    """The edition before: every table, which of them it has shown, and what it or any earlier one has hidden."""

    tables: Mapping[str, Table] = field(default_factory=lambda: MappingProxyType({}))
    shown: frozenset[str] = field(default_factory=frozenset)
    hidden: frozenset[str] = field(default_factory=frozenset)

    def moved(self, unit: Unit) -> bool:
        """Whether the unit's table is another one now, or was not there."""
        return self.tables.get(unit.key) != unit.cells


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


def together(tables: Iterable[Table]) -> Table:
    """The sums of the cells of several tables."""
    return tuple(map(sum, zip(*tables, strict=True)))


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
        (part for part in parts if part.key not in hidden and before.moved(part)),
        key=lambda part: (-part.voters, part.key),
    )
    while not _protected([part for part in parts if part.key in hidden], before):
        if not spare:
            return False
        hidden.add(spare.pop().key)
    return True


def _protected(hidden: Sequence[Unit], before: Before) -> bool:
    """Whether nothing of the hidden parts of a unit can be reckoned back."""
    if any(part.key in before.shown for part in hidden):
        return _enough(hidden) and _enough([part for part in hidden if before.moved(part)])
    return not hidden or _enough(hidden)


def _enough(hidden: Sequence[Unit]) -> bool:
    return len(hidden) >= FEWEST_HIDDEN and min(together(part.cells for part in hidden)) >= SMALLEST


def _seen(parts: Mapping[str, Sequence[Unit]], hidden: set[str]) -> Iterable[str]:
    """From the top down: a part is seen where it is not hidden and the unit above is seen."""
    waiting = list(parts[""])
    while waiting:
        unit = waiting.pop()
        if unit.key not in hidden:
            yield unit.key
            waiting += parts.get(unit.key, ())
