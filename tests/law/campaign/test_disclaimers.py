"""Disclaimers that contestants demand: given, placed, in their term, or for the court (L28.3.d2 to L28.3.e)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.campaign.disclaimers import Demand, Redress, disclaimer
from shailoo.law.campaign.paid_media import Medium
from tests.law.campaign.cases import EDITION, POLLING, REPEAT, at, codes, found

ON_AIR = Demand(POLLING, Medium.TELEVISION, at(9, 10, 9), as_of=at(9, 20), given_at=at(9, 11, 20))
IN_PRINT = Demand(
    POLLING,
    Medium.PRINT,
    at(9, 10, 9),
    as_of=at(9, 20),
    given_at=at(9, 14, 8),
    next_issue=date(2020, 9, 14),
    own_heading=True,
    same_page=False,
    same_font=True,
)


@pytest.mark.norm("L28.3.d2", "L28.3.d5")
@pytest.mark.parametrize("medium", [Medium.TELEVISION, Medium.RADIO])
def test_television_and_radio_give_it_on_the_next_day(medium: Medium) -> None:
    given = disclaimer(replace(ON_AIR, medium=medium, given_at=at(9, 11, 23, 59)), EDITION)
    assert (given.value, given.findings) == (Redress.GIVEN, ())
    assert given.grounds == ("L28.3.d2", "L28.3.d5")
    late = disclaimer(replace(ON_AIR, medium=medium, given_at=at(9, 12, 0)), EDITION)
    assert (late.value, found(late)) == (Redress.GIVEN_WRONGLY, [("L28.3.d5", "disclaimer_late_on_air")])


@pytest.mark.norm("L28.3.d4")
def test_a_periodical_gives_it_in_its_next_issue() -> None:
    assert disclaimer(IN_PRINT, EDITION).value is Redress.GIVEN
    assert "L28.3.d4" in disclaimer(IN_PRINT, EDITION).grounds
    late = disclaimer(replace(IN_PRINT, given_at=at(9, 15, 8)), EDITION)
    assert (late.value, found(late)) == (Redress.GIVEN_WRONGLY, [("L28.3.d4", "disclaimer_late_in_print")])
    first = disclaimer(replace(IN_PRINT, given_at=at(9, 14, 0)), EDITION)
    assert "disclaimer_in_next_issue" in codes(first)
    before = disclaimer(replace(IN_PRINT, given_at=at(9, 13, 23, 59)), EDITION)
    assert (before.value, "disclaimer_in_next_issue" in codes(before)) == (Redress.GIVEN, False)
    unknown = disclaimer(replace(IN_PRINT, next_issue=None), EDITION)
    assert (unknown.value, found(unknown)) == (Redress.GIVEN, [("L28.3.d4", "next_issue_not_known")])


@pytest.mark.norm("L28.3.d3")
@pytest.mark.parametrize("medium", [Medium.PRINT, Medium.INTERNET])
@pytest.mark.parametrize(
    ("heading", "page", "font", "expected"),
    [
        (True, False, True, []),
        (False, True, True, []),
        (False, False, True, ["disclaimer_not_where_it_belongs"]),
        (None, False, True, ["disclaimer_not_where_it_belongs"]),
        (False, None, True, ["disclaimer_not_where_it_belongs"]),
        (True, None, False, ["disclaimer_in_another_font"]),
        (True, None, None, ["disclaimer_in_another_font"]),
    ],
)
def test_it_stands_under_its_heading_or_on_the_same_page_in_the_same_font(
    medium: Medium, heading: bool | None, page: bool | None, font: bool | None, expected: list[str]
) -> None:
    demand = replace(IN_PRINT, medium=medium, own_heading=heading, same_page=page, same_font=font)
    outcome = disclaimer(demand, EDITION)
    assert [code for _norm, code in found(outcome)] == expected
    assert ("disclaimer_where_it_belongs" in codes(outcome)) is (expected == [])
    known = font is not None and (font is False or None not in (heading, page))
    assert (outcome.value is Redress.GIVEN_WRONGLY) is (bool(expected) and known)


@pytest.mark.norm("L28.3.d3")
def test_nobody_asks_for_the_font_of_a_broadcast() -> None:
    assert disclaimer(replace(ON_AIR, same_font=False), EDITION).findings == ()


@pytest.mark.norm("L28.3.d2", "L28.3.d5")
def test_before_its_term_a_disclaimer_is_awaited_and_after_it_overdue() -> None:
    waiting = replace(ON_AIR, given_at=None, as_of=at(9, 11, 23, 59))
    assert disclaimer(waiting, EDITION).value is Redress.PENDING
    assert codes(disclaimer(waiting, EDITION)) == {"disclaimer_awaited"}
    overdue = disclaimer(replace(waiting, as_of=at(9, 12, 0)), EDITION)
    assert (overdue.value, found(overdue)) == (Redress.OVERDUE, [("L28.3.d5", "disclaimer_late_on_air")])


@pytest.mark.norm("L28.3.d4")
def test_before_the_next_issue_a_disclaimer_in_print_is_awaited() -> None:
    waiting = replace(IN_PRINT, given_at=None, as_of=at(9, 14, 23))
    assert disclaimer(waiting, EDITION).value is Redress.PENDING
    assert disclaimer(replace(waiting, as_of=at(9, 15, 0)), EDITION).value is Redress.OVERDUE


@pytest.mark.norm("L28.3.e")
def test_what_is_not_given_by_the_end_of_the_campaign_can_go_to_court() -> None:
    open_demand = replace(ON_AIR, given_at=None, as_of=at(10, 3, 8))
    outcome = disclaimer(open_demand, EDITION)
    assert outcome.value is Redress.FOR_THE_COURT
    assert found(outcome) == [("L28.3.e", "disclaimer_not_given_in_campaign")]
    assert disclaimer(replace(open_demand, as_of=at(10, 3, 7, 59)), EDITION).value is Redress.OVERDUE
    assert disclaimer(replace(open_demand, given_at=at(9, 11)), EDITION).value is Redress.GIVEN


def test_where_no_campaign_runs_no_demand_is_left_open_at_its_end() -> None:
    some = replace(REPEAT, only_at_precincts=True)
    demand = Demand(some, Medium.INTERNET, at(11, 18, 9, year=2017), as_of=at(11, 18, 20, year=2017))
    law = EDITION.with_readings(repeat_campaigning="run_off_only")
    assert disclaimer(demand, law).value is Redress.PENDING
    assert disclaimer(demand, EDITION).value is Redress.FOR_THE_COURT


@pytest.mark.norm("L28.3.e")
def test_what_is_given_after_the_end_of_the_campaign_came_too_late_for_it() -> None:
    online = replace(ON_AIR, medium=Medium.INTERNET, own_heading=True, same_font=True, as_of=at(10, 10))
    last = disclaimer(replace(online, given_at=at(10, 3, 7, 59)), EDITION)
    assert (last.value, last.findings) == (Redress.GIVEN, ())
    late = disclaimer(replace(online, given_at=at(10, 3, 8)), EDITION)
    assert (late.value, found(late)) == (Redress.FOR_THE_COURT, [("L28.3.e", "disclaimer_not_given_in_campaign")])


def test_nothing_is_given_or_asked_before_the_demand() -> None:
    assert disclaimer(replace(ON_AIR, as_of=at(9, 10, 9), given_at=at(9, 10, 9)), EDITION).value is Redress.GIVEN
    for wrong in ({"as_of": at(9, 10, 8)}, {"given_at": at(9, 10, 8)}):
        with pytest.raises(ValueError, match="demanded before"):
            replace(ON_AIR, **wrong)  # type: ignore[arg-type]  # both are instants
