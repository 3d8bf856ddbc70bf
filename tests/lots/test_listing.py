"""Who may stand on the list of a lot, as the law says (Art. 30, 31, 33)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shailoo.law.editions import edition
from shailoo.law.lots.listing import Listed, LotList, Post, Purpose, listing
from shailoo.law.observation.observers import Level
from shailoo.wording import LANGUAGES, sentences

LAW = edition("2020-06-30")
DUTIES = ("identification", "registration", "issuing", "control")
MEMBERS = tuple(Listed(f"Мүчө {number}", Post.MEMBER) for number in range(1, 6))
STATION = LotList(Purpose.STATION_DUTIES, Level.PEC, MEMBERS, DUTIES, (1, 1, 1, 1))
TEAM = LotList(Purpose.MOBILE_TEAM, Level.PEC, MEMBERS, ("",), (2,))
PARTIES = (Listed("Ала-Тоо"), Listed("Достук"))
BALLOT = LotList(Purpose.BALLOT_ORDER, Level.CEC, PARTIES, ("",), (None,))


def codes(facts: LotList) -> list[str]:
    found = listing(facts, LAW)
    for each in found.findings:
        assert all(sentences.finding(each, language) for language in LANGUAGES)
    for step in found.steps:
        assert all(sentences.step(step, language) for language in LANGUAGES)
    assert found.value.drawable is (not found.findings)
    return [each.code for each in found.findings]


@pytest.mark.norm("L31.1.b", "L31.1.c")
def test_the_members_but_for_the_heads_draw_all_four_duties() -> None:
    assert codes(STATION) == []
    assert listing(STATION, LAW).grounds == ("L31.1.b", "L31.1.c")
    for post in (Post.CHAIRPERSON, Post.SECRETARY):
        assert codes(replace(STATION, items=(*MEMBERS, Listed("Баш", post)))) == ["lot_heads_listed"]
    assert codes(replace(STATION, items=(*MEMBERS, Listed("Бирөө")))) == ["lot_not_a_member"]
    assert codes(replace(STATION, rounds=DUTIES[:3], drawn=(1, 1, 1))) == ["lot_duties_incomplete"]
    assert codes(replace(STATION, rounds=(*DUTIES[:3], DUTIES[0]))) == ["lot_duties_incomplete"]
    assert codes(replace(STATION, drawn=(1, 1, 1, None))) == ["lot_duties_incomplete"]


@pytest.mark.norm("L33.4.a1", "L33.4.a2")
def test_two_members_at_least_go_out_and_neither_head_is_drawn() -> None:
    assert codes(TEAM) == []
    assert codes(replace(TEAM, drawn=(1,))) == ["lot_team_too_small"]
    assert codes(replace(TEAM, rounds=("", ""), drawn=(1, 1))) == []
    assert codes(replace(TEAM, items=(*MEMBERS, Listed("Баш", Post.CHAIRPERSON)))) == ["lot_heads_listed"]
    assert codes(replace(TEAM, level=Level.TEC)) == ["lot_at_another_commission"]


@pytest.mark.norm("L30.3", "L30.4")
def test_the_order_of_the_ballot_is_drawn_by_the_central_commission() -> None:
    assert codes(BALLOT) == []
    assert listing(BALLOT, LAW).grounds == ("L30.3", "L30.4")
    assert codes(replace(BALLOT, level=Level.TEC)) == ["lot_at_another_commission"]
    for purpose in (Purpose.AIR_TIME, Purpose.OTHER):
        assert codes(replace(BALLOT, purpose=purpose, level=Level.PEC)) == []


def test_a_lot_without_entries_or_rounds_is_none() -> None:
    for wrong in ({"items": ()}, {"rounds": (), "drawn": ()}, {"drawn": (1, 2)}, {"drawn": (0,)}):
        with pytest.raises(ValueError, match=r"lot has entries|one entry at least"):
            replace(BALLOT, **wrong)
