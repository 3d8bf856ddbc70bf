"""The form of a lot's list begins with the election that runs."""

from __future__ import annotations

from shailoo.commissions.clocks import Occasion
from shailoo.law.lots.listing import Purpose
from shailoo.lots.forms import ListForm

ELECTIONS = (Occasion("jk-2025", "а", "б", "c"), Occasion("jk-2020", "а", "б", "c"))


def test_the_latest_election_is_chosen_before_and_can_be_changed() -> None:
    form = ListForm(purpose=Purpose.AIR_TIME, members=(), occasions=ELECTIONS)
    assert form["election"].value() == "jk-2025"
    assert [value for value, _label in form.fields["election"].choices] == ["", "jk-2025", "jk-2020"]  # type: ignore[attr-defined]  # a choice field
    assert ListForm(purpose=Purpose.AIR_TIME, members=(), occasions=())["election"].value() == ""
