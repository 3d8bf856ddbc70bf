"""The ballot takes its order from a lot that anyone can repeat (L30.3, L30.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shailoo.elections.actions import Called, Line, call_election, set_drawn_ballot
from shailoo.elections.actions.preparing import entry_of
from shailoo.elections.models import Option
from shailoo.law.lots.listing import Purpose
from shailoo.ledger.models import Act
from shailoo.lots import queries
from tests.elections.test_elections import CALL, LINES, codes
from tests.lots.scene import AT, ballot, cec, drawn, later, published


@pytest.mark.norm("L30.3", "L30.4")
def test_the_ballot_stands_in_the_order_of_the_lot(db: None) -> None:
    table = cec()
    called = call_election(replace(CALL, lines=()), by=table.chair, at=AT)
    assert isinstance(called, Called), called
    voting, more = called.voting, Line("p04", Option.Kind.LIST, "Үчүнчү", "Третья", "Third", 1)
    *lists, against = LINES
    lines = (against, more, *lists)
    labels = tuple(entry_of(line) for line in (*lists, more))
    assert labels[0] == "Биринчи / Первая / First"
    waiting = published(table, ballot(labels=labels))
    other = drawn(table, ballot(labels=labels, purpose=Purpose.OTHER))
    fewer = drawn(table, ballot(labels=labels[:2]))
    for lot, code in (
        (waiting, "ballot_lot_not_drawn"),
        (other, "ballot_lot_of_something_else"),
        (fewer, "ballot_lot_of_others"),
    ):
        assert codes(set_drawn_ballot(voting, lines, lot, by=table.chair, at=later(60))) == (code,)
    assert codes(set_drawn_ballot(voting, lines, waiting, by=table.secretary, at=later(60))) == ("office_may_not",)
    assert not voting.options.exists()
    lot = drawn(table, ballot(labels=labels))
    assert set_drawn_ballot(voting, lines, lot, by=table.chair, at=later(60)) == 4
    printed = [entry_of_option(option) for option in voting.options.order_by("position")]
    assert printed == [*(each.label for each in queries.taken(lot)), "Баарына каршы / Против всех / Against all"]
    assert sorted(printed[:3]) == sorted(labels)
    assert lot.purpose_line in Act.objects.get(name="election.ballot_order_drawn").payload
    assert queries.standing(table.commission, Purpose.BALLOT_ORDER, "jk-2020") == lot


def entry_of_option(option: Option) -> str:
    return " / ".join((option.name_ky, option.name_ru, option.name_en))
