"""The life of a protocol: entered twice, compared, checked, decided, replaced."""

from __future__ import annotations

import pytest

from shailoo.counting.models import Figures, ProtocolFinding
from shailoo.counting.states import State
from shailoo.ledger.queries import breaks
from tests.counting.scene import Scene, entered, paper, taken_over


@pytest.mark.norm("L36.2")
def test_two_equal_entries_of_a_paper_that_adds_up_are_accepted(scene: Scene) -> None:
    protocol = taken_over(scene)
    assert entered(protocol, scene.clerk, paper()).state is State.FIRST_ENTERED
    finished = entered(protocol, scene.other, paper())
    found = list(ProtocolFinding.objects.values_list("code", "formula"))
    assert (finished.state, found) == (State.ACCEPTED, [])
    figures = Figures.objects.get(protocol=protocol)
    assert (figures.participated, figures.votes[:2], figures.against_all) == (1203, [300, 250], 22)
    assert breaks() == []
