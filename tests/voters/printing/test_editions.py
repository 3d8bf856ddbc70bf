"""Of several editions of a stage only the last one is printed and goes to the precincts."""

from __future__ import annotations

from pathlib import Path

import pytest

from shailoo.jobs.actions import cancel
from shailoo.voters.lists.columns import Copy
from shailoo.voters.printing import queries
from shailoo.voters.printing.actions import hand_over, order_batch, print_list, print_rest
from shailoo.voters.printing.models import Handover
from tests.commissions.sittings import done
from tests.voters.lists.scene import A_DAY, COMPILED, FIRST, LATER, SECOND, country, pin
from tests.voters.printing.test_printing import codes
from tests.voters.scene import AN_HOUR, row

AT = COMPILED + AN_HOUR


@pytest.mark.django_db
def test_an_edition_that_was_followed_by_another_is_printed_and_handed_over_no_more(tmp_path: Path) -> None:
    land = country(tmp_path)
    by, first = land.scene.operator, land.compiled().edition
    order = done(order_batch(first, Copy.POSTED, by=by, at=AT))
    for number in (FIRST, SECOND):
        done(print_list(order.batch, land.found(first, number), by=by, at=AT))
    done(cancel(order.work, by=by, at=AT))
    done(hand_over(first, land.precincts[FIRST], by=by, at=AT))

    land.changed([row(pin=pin(8_000), surname="Жаңыбаева", change="added")], number=2, at=LATER)
    second = land.compiled(at=LATER + A_DAY).edition
    assert second.voters == first.voters + 1
    later = LATER + 2 * A_DAY
    for answer in (
        hand_over(first, land.precincts[SECOND], by=by, at=later),
        print_rest(order.batch, by=by, at=later),
        order_batch(first, Copy.POSTED, by=by, at=later),
    ):
        assert codes(answer) == ("printing_edition_is_not_the_last",)
    assert Handover.objects.count() == 1
    assert done(order_batch(second, Copy.POSTED, by=by, at=later)).batch.edition == second
    assert [each.edition for each in queries.made(land.register)] == [second]
