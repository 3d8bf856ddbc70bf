"""Free space in print and Internet media: who owes it, how much, how it is shared (L22.18, L25.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.campaign.paid_media import Medium, OutletClass
from shailoo.law.campaign.print_space import FreeSpace, Space, print_space
from tests.law.campaign.cases import EDITION, codes, found
from tests.law.campaign.naive import deal

PAGE = 210 * 297
PAPER = FreeSpace(OutletClass.ITEM_18, Medium.PRINT, ("a", "b", "c"), PAGE)


@pytest.mark.norm("L25.1.a1", "L22.18")
@pytest.mark.parametrize("medium", [Medium.PRINT, Medium.INTERNET])
def test_one_page_in_all_shared_equally_is_enough(medium: Medium) -> None:
    outcome = print_space(replace(PAPER, medium=medium), EDITION)
    assert outcome.findings == ()
    assert outcome.value == Space(needed=PAGE, share=PAGE // 3, left=0)
    assert {"L25.1.a1", "L22.18"} <= set(outcome.grounds)


@pytest.mark.norm("L25.1.a1")
def test_a_square_millimetre_less_than_a_page_is_not_enough() -> None:
    assert found(print_space(replace(PAPER, area=PAGE - 1), EDITION)) == [("L25.1.a1", "free_space_too_small")]


@pytest.mark.norm("L25.1.a1")
@pytest.mark.parametrize(
    ("basis", "needed"), [("in_total", PAGE), ("per_contestant", 3 * PAGE), ("per_issue", 5 * PAGE)]
)
def test_what_the_page_is_counted_for_is_a_reading(basis: str, needed: int) -> None:
    law = EDITION.with_readings(free_space_basis=basis)
    paper = replace(PAPER, issues=5, area=needed)
    assert print_space(paper, law).value.needed == needed
    assert print_space(paper, law).findings == ()
    assert codes(print_space(replace(paper, area=needed - 1), law)) >= {"free_space_too_small"}


@pytest.mark.norm("L25.1.a1")
def test_other_media_owe_no_free_space() -> None:
    outcome = print_space(replace(PAPER, outlet_class=OutletClass.ITEM_19, area=0), EDITION)
    assert (outcome.value, outcome.findings) == (Space(), ())


@pytest.mark.norm("L25.1.a2")
def test_a_newspaper_for_official_acts_only_is_exempt() -> None:
    outcome = print_space(replace(PAPER, official_only=True, area=0), EDITION)
    assert (outcome.value, outcome.findings, outcome.grounds) == (Space(), (), ("L25.1.a2",))


@pytest.mark.norm("L25.1.a3")
def test_a_specialized_medium_refuses_only_while_it_takes_no_part() -> None:
    childrens = replace(PAPER, specialized=True, refuses=True, area=0)
    assert print_space(childrens, EDITION).grounds == ("L25.1.a3",)
    one = print_space(replace(childrens, campaign_items=1), EDITION)
    assert found(one) == [("L25.1.a3", "specialized_medium_campaigns"), ("L25.1.a1", "free_space_too_small")]
    willing = print_space(replace(childrens, refuses=False, area=PAGE), EDITION)
    assert willing.value.needed == PAGE


@pytest.mark.norm("L22.18")
def test_recorded_space_must_be_the_equal_share() -> None:
    third = PAGE // 3
    assert print_space(replace(PAPER, given={"a": third, "b": third, "c": third}), EDITION).findings == ()
    outcome = print_space(replace(PAPER, given={"a": third + 1, "b": third, "c": third - 1}), EDITION)
    assert found(outcome) == [("L22.18", "free_space_not_equal"), ("L22.18", "free_space_not_equal")]


@pytest.mark.norm("L22.18")
@given(area=st.integers(min_value=0, max_value=3_000), number=st.integers(min_value=0, max_value=15))
def test_shares_and_what_is_left_are_those_of_dealing_out(area: int, number: int) -> None:
    names = [f"p{each}" for each in range(number)]
    value = print_space(replace(PAPER, area=area, contestants=tuple(names)), EDITION).value
    dealt, left = deal(area, names)
    assert set(dealt.values()) <= {value.share}
    assert value.left == left
    assert value.share * number + value.left == area


def test_facts_of_space_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="time, not space"):
        replace(PAPER, medium=Medium.RADIO)
    with pytest.raises(ValueError, match="named once"):
        replace(PAPER, given={"x": 1})
    with pytest.raises(ValueError, match="named once"):
        replace(PAPER, contestants=("a", "a"))


@pytest.mark.norm("L25.1.a3")
def test_only_a_specialized_medium_that_refuses_is_exempt() -> None:
    for specialized, refuses in ((True, False), (False, True), (False, False)):
        paper = replace(PAPER, specialized=specialized, refuses=refuses, area=0)
        assert found(print_space(paper, EDITION)) == [("L25.1.a1", "free_space_too_small")]
    assert print_space(replace(PAPER, specialized=True, refuses=True, area=0), EDITION).findings == ()
