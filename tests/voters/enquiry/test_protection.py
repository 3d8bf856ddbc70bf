"""Small groups cannot be reckoned back: neither from other rows, nor from columns, nor from another edition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from shailoo.voters.enquiry.protection import SMALLEST, Before, Unit, shown, together

CELLS = 2
Vector = NDArray[np.float64]
Tree = tuple[tuple[int, ...], ...]  # precincts of each rayon of each region


def tree(shape: Tree, tables: list[tuple[int, ...]]) -> list[Unit]:
    """The units of a country whose precincts have these tables, the precincts first."""
    given_tables = iter(tables)
    units, tops = list[Unit](), list[Unit]()
    for region, rayons in enumerate(shape):
        middles = []
        for rayon, precincts in enumerate(rayons):
            key = f"r{region}/{rayon}"
            leaves = [Unit(f"{key}/{place}", key, next(given_tables)) for place in range(precincts)]
            middles.append(Unit(key, f"r{region}", together(leaf.cells for leaf in leaves)))
            units += leaves
        units += middles
        tops.append(Unit(f"r{region}", "nation", together(each.cells for each in middles)))
    return [*units, *tops, Unit("nation", "", together(each.cells for each in tops))]


def after(units: list[Unit], before: Before) -> tuple[frozenset[str], Before]:
    """What an edition shows, and what the next one must know of it."""
    seen = shown(units, before)
    hidden = before.hidden | {unit.key for unit in units if unit.key not in seen}
    return seen, Before({unit.key: unit.cells for unit in units}, seen, hidden)


@dataclass
class Attack:
    """What an attacker may write down: sums that were shown, voters of every precinct, what did not change."""

    editions: list[list[Unit]]
    seen: list[frozenset[str]]

    def __post_init__(self) -> None:
        self.leaves = [unit.key for unit in self.editions[0] if unit.key.count("/") == 2]
        self.size = len(self.editions) * len(self.leaves) * CELLS
        rows = [*self._shown(), *self._voters(), *self._unchanged()]
        _left, strengths, right = np.linalg.svd(np.array(rows))
        self.known = right[: int((strengths > 1e-9).sum())]

    def sum_of(self, edition: int, key: str, cell: int) -> Vector:
        """A cell of a unit as a sum of what is unknown: the cells of its precincts."""
        vector = np.zeros(self.size)
        for place, leaf in enumerate(self.leaves):
            if key == "nation" or leaf == key or leaf.startswith(f"{key}/"):
                vector[(edition * len(self.leaves) + place) * CELLS + cell] = 1
        return vector

    def knows(self, vector: Vector) -> bool:
        return bool(np.linalg.norm(vector - self.known.T @ (self.known @ vector)) < 1e-6)

    def found(self) -> list[tuple[int, str, int]]:
        """Every cell below `SMALLEST` that follows exactly, of units in which anybody is listed."""
        return [
            (edition, unit.key, cell)
            for edition, units in enumerate(self.editions)
            for unit in units
            for cell in range(CELLS)
            if unit.voters and unit.cells[cell] < SMALLEST and self.knows(self.sum_of(edition, unit.key, cell))
        ]

    def _shown(self) -> list[Vector]:
        return [
            self.sum_of(edition, unit.key, cell)
            for edition, units in enumerate(self.editions)
            for unit in units
            for cell in range(CELLS)
            if unit.key in self.seen[edition]
        ]

    def _voters(self) -> list[Vector]:
        return [
            np.sum([self.sum_of(edition, leaf, cell) for cell in range(CELLS)], axis=0)
            for edition in range(len(self.editions))
            for leaf in self.leaves
        ]

    def _unchanged(self) -> list[Vector]:
        tables = [{unit.key: unit.cells for unit in units} for units in self.editions]
        return [
            self.sum_of(edition + 1, leaf, cell) - self.sum_of(edition, leaf, cell)
            for edition in range(len(self.editions) - 1)
            for leaf in self.leaves
            if tables[edition][leaf] == tables[edition + 1][leaf]
            for cell in range(CELLS)
        ]


SHAPES: list[Tree] = [((3, 2), (4,)), ((2, 3), (1, 2), (3,)), ((5,), (4, 1))]
COUNTS = st.one_of(st.integers(0, 14), st.integers(10, 60))


@given(shape=st.sampled_from(SHAPES), data=st.data())
@settings(max_examples=40, deadline=None)
def test_nothing_small_is_reckoned_back_over_three_editions(shape: Tree, data: st.DataObject) -> None:
    leaves = sum(map(sum, shape))
    tables = data.draw(st.lists(st.tuples(*[COUNTS] * CELLS), min_size=leaves, max_size=leaves))
    editions, seen, before = list[list[Unit]](), list[frozenset[str]](), Before()
    for _edition in range(3):
        units = tree(shape, tables)
        visible, before = after(units, before)
        editions.append(units)
        seen.append(visible)
        changed = data.draw(st.sets(st.integers(0, leaves - 1), max_size=4))
        tables = [
            data.draw(st.tuples(*[COUNTS] * CELLS)) if place in changed else each for place, each in enumerate(tables)
        ]
    assert Attack(editions, seen).found() == []
    for edition, units in enumerate(editions):
        assert all(min(unit.cells) >= SMALLEST for unit in units if unit.key in seen[edition])


BIG, SMALL = (40, 40), (40, 3)


def test_the_attack_finds_what_plain_suppression_leaves_open() -> None:
    """Without protection by others a single hidden precinct is found by subtraction: the test can fail."""
    units = tree(((3,),), [BIG, BIG, SMALL])
    plain = frozenset(unit.key for unit in units if min(unit.cells) >= SMALLEST)
    assert Attack([units], [plain]).found() == [(0, "r0/0/2", 1)]


def test_a_hidden_precinct_is_protected_by_another() -> None:
    units = tree(((3,), (3,)), [BIG, (50, 50), SMALL, BIG, BIG, BIG])
    seen = shown(units, Before())
    assert {"r0/0/0", "r0/0/2"}.isdisjoint(seen)
    assert {"nation", "r0", "r0/0", "r0/0/1", "r1/0/0"} <= seen


def test_where_two_are_too_few_voters_a_third_is_hidden() -> None:
    units = tree(((4,),), [BIG, (50, 50), (40, 1), (40, 2)])
    assert shown(units, Before()) == {"nation", "r0", "r0/0", "r0/0/1"}


@pytest.mark.parametrize(("smallest", "seen"), [(10, True), (9, False)])
def test_a_table_is_first_shown_with_ten_in_each_cell(smallest: int, seen: bool) -> None:
    units = tree(((2,),), [BIG, (40, smallest)])
    assert ("r0/0/1" in shown(units, Before())) is seen


@pytest.mark.parametrize(("smallest", "seen"), [(5, True), (4, False)])
def test_a_table_that_was_shown_stays_with_five_in_each_cell(smallest: int, seen: bool) -> None:
    _seen, before = after(tree(((3,),), [BIG, BIG, BIG]), Before())
    units = tree(((3,),), [(41, 40), BIG, (40, smallest)])
    assert ("r0/0/2" in shown(units, before)) is seen


def test_what_was_hidden_stays_hidden() -> None:
    _seen, before = after(tree(((3,),), [BIG, BIG, SMALL]), Before())
    units = tree(((3,),), [BIG, BIG, BIG])
    assert shown(units, before) == {"nation", "r0", "r0/0", *({"r0/0/0", "r0/0/1"} & before.shown)}


def test_an_edition_without_other_changes_shows_nothing_above_a_precinct_that_shrank() -> None:
    """Everything else is known from the edition before, so that each sum above would give the precinct away."""
    _seen, before = after(tree(((3,), (2,)), [BIG] * 5), Before())
    units = tree(((3,), (2,)), [BIG, BIG, SMALL, BIG, BIG])
    assert shown(units, before) == frozenset()
