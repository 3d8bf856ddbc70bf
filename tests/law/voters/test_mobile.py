"""Art. 33: who votes with a mobile box, and how a precinct holds it. Mobile voting day: 3 October 2020."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shailoo.law.voters.control_sheets import ControlSheet, SheetEntry
from shailoo.law.voters.mobile import REASONS, MobileApplication, MobileReason, MobileRuling, mobile_voting
from shailoo.law.voters.mobile_organization import (
    GOING,
    MOBILE_BOX,
    ActEntry,
    MobileAct,
    MobileBox,
    MobileOrganization,
    PaperListWay,
    mobile_organization,
)
from tests.law.voters.cases import JK, LAW, REPEAT, at, breaches, errors, passed

APPLIED = MobileApplication(
    voting=JK,
    reason=MobileReason.HEALTH,
    listed=True,
    received=at(9, 30, 23, 59),
    written=True,
    states_reason=True,
    states_voter_data=True,
    in_register=True,
    pec_formed=date(2020, 8, 1),
    visit=date(2020, 10, 3),
)


@pytest.mark.norm("L33.1.a1")
@pytest.mark.parametrize("reason", MobileReason)
def test_the_reasons_are_those_of_the_law(reason: MobileReason) -> None:
    soldier = {"military_decision": True, "resides_in_precinct": True}
    found = mobile_voting(replace(APPLIED, reason=reason, **soldier), LAW)  # type: ignore[arg-type]
    assert (found.value is MobileRuling.GRANTED) is (reason in REASONS)
    assert errors(found) == (set() if reason in REASONS else {("L33.1.a1", "mobile_reason_not_of_the_law")})


def test_age_and_work_alone_are_no_reasons() -> None:
    assert set(MobileReason) - set(REASONS) == {MobileReason.AGE, MobileReason.WORK, MobileReason.OTHER}
    assert set(REASONS.values()) == {"L33.1.a1"}


@pytest.mark.norm("L33.1.a1")
@pytest.mark.parametrize("name", ["military_decision", "resides_in_precinct"])
@pytest.mark.parametrize("known", [False, None])
def test_military_staff_vote_so_by_decision_where_they_live(name: str, known: bool | None) -> None:
    soldier = replace(APPLIED, reason=MobileReason.MILITARY_UNIT, military_decision=True, resides_in_precinct=True)
    assert mobile_voting(soldier, LAW).value is MobileRuling.GRANTED
    found = mobile_voting(replace(soldier, **{name: known}), LAW)  # type: ignore[arg-type]  # a field by its name
    ruling = MobileRuling.NOT_KNOWN if known is None else MobileRuling.REFUSED
    assert (found.value, errors(found)) == (ruling, {("L33.1.a1", name)})


@pytest.mark.norm("L15.6", "L33.1.a1")
@pytest.mark.parametrize(("listed", "code"), [(False, "mobile_voter_not_listed"), (None, "listed")])
def test_only_a_listed_voter_votes_so(listed: bool | None, code: str) -> None:
    found = mobile_voting(replace(APPLIED, listed=listed), LAW)
    ruling = MobileRuling.NOT_KNOWN if listed is None else MobileRuling.REFUSED
    assert (found.value, errors(found)) == (ruling, {("L15.6", code)})
    assert ("L33.1.a1", "mobile_voter_listed") in passed(mobile_voting(APPLIED, LAW))


@pytest.mark.norm("L2.2.c")
def test_there_is_no_mobile_voting_abroad() -> None:
    found = mobile_voting(replace(APPLIED, abroad=True), LAW)
    assert (found.value, errors(found)) == (MobileRuling.REFUSED, {("L2.2.c", "mobile_voting_not_abroad")})


@pytest.mark.norm("L33.2.a3")
@pytest.mark.parametrize(
    ("received", "code"),
    [
        (at(9, 30, 23, 59), None),
        (at(10, 1, 0, 0), "mobile_application_late"),
        (at(8, 1, 9), None),
        (at(7, 31, 23, 59), "mobile_application_early"),
    ],
)
def test_applications_come_from_the_forming_of_the_commission_to_three_days_before(received: Any, code: str) -> None:
    found = mobile_voting(replace(APPLIED, received=received), LAW)
    assert errors(found) == ({("L33.2.a3", code)} if code else set())
    assert found.value is (MobileRuling.REFUSED if code else MobileRuling.GRANTED)


@pytest.mark.norm("L33.2.a2", "L33.2.a5")
@pytest.mark.parametrize(
    ("name", "norm"), [("written", "L33.2.a2"), ("states_reason", "L33.2.a5"), ("states_voter_data", "L33.2.a5")]
)
def test_an_application_is_written_with_reason_and_data(name: str, norm: str) -> None:
    found = mobile_voting(replace(APPLIED, **{name: False}), LAW)  # type: ignore[arg-type]
    assert (found.value, errors(found)) == (MobileRuling.TO_BE_COMPLETED, {(norm, name)})
    unknown = mobile_voting(replace(APPLIED, **{name: None}), LAW)  # type: ignore[arg-type]
    assert (unknown.value, breaches(unknown)) == (MobileRuling.TO_BE_COMPLETED, {(norm, name)})


@pytest.mark.norm("L33.2.a4")
def test_every_application_stands_in_the_register() -> None:
    found = mobile_voting(replace(APPLIED, in_register=False), LAW)
    assert (found.value, breaches(found)) == (MobileRuling.GRANTED, {("L33.2.a4", "in_register")})


@pytest.mark.norm("L33.2.a1", "L33.1.a2")
@pytest.mark.parametrize(
    ("day", "wrong"), [(date(2020, 10, 3), False), (date(2020, 10, 2), True), (date(2020, 10, 4), True)]
)
def test_the_box_comes_on_the_day_before_and_on_no_other(day: date, wrong: bool) -> None:
    found = mobile_voting(replace(APPLIED, visit=day), LAW)
    assert errors(found) == ({("L33.2.a1", "mobile_visit_on_another_day")} if wrong else set())
    assert ("L33.1.a2", "mobile_visit_due") in passed(mobile_voting(replace(APPLIED, visit=None), LAW))


def test_a_repeat_voting_has_its_own_days() -> None:
    again = replace(APPLIED, voting=REPEAT, received=at(10, 28), visit=date(2020, 10, 31))
    assert mobile_voting(again, LAW).findings == ()


# ------------------------------------------------------------------------------------- the precinct's part

PEOPLE = ("Асанова", "Болотов", "Касымов", "Ниязова")
SHEET = ControlSheet(frozenset(SheetEntry) - {SheetEntry.OBSERVERS}, PEOPLE, PEOPLE, stamped=True)
BOX = MobileBox(
    id="П-1",
    mobile_shown_empty=True,
    mobile_sealed=True,
    sheet=SHEET,
    members=("Касымов", "Ниязова"),
    slot_sealed=True,
    in_safe=True,
)
ACT = MobileAct(PEOPLE, PEOPLE, ("Касымов",), ("Касымов",), states=frozenset(ActEntry))
HELD = MobileOrganization(
    voting=JK,
    applications=12,
    chairperson="Асанова",
    secretary="Болотов",
    lot=date(2020, 10, 2),
    drawn=("Касымов", "Ниязова"),
    at_once=1,
    register_posted=date(2020, 10, 2),
    register_without_reasons=True,
    held=date(2020, 10, 3),
    boxes=(BOX,),
    operator_with_each=True,
    ballots_signed_for=True,
    ballots_stamped=True,
    identified=True,
    filled_alone=True,
    secret_place=True,
    rows_complete=True,
    noted_mobile=True,
    entered_by_drawn_member=True,
    voters_signed=True,
    cheques_taken=True,
    act=ACT,
)


def changed(**fields: Any) -> MobileOrganization:
    return replace(HELD, **fields)


def test_mobile_voting_held_as_the_law_says() -> None:
    found = mobile_organization(HELD, LAW)
    assert (found.value, found.findings) == (True, ())
    assert {"L33.2.a1", "L33.3.a1", "L33.4.a1", "L33.4.b", "L33.5.a3", "L33.9.b2", "L33.10"} <= set(found.grounds)


@pytest.mark.norm("L33.1.a2", "L33.2.a1")
def test_where_voters_applied_it_is_held_on_the_day_before() -> None:
    assert errors(mobile_organization(changed(held=None), LAW)) == {("L33.1.a2", "mobile_voting_not_held")}
    wrong = mobile_organization(changed(held=date(2020, 10, 4)), LAW)
    assert errors(wrong) == {("L33.2.a1", "mobile_visit_on_another_day")}
    nobody = mobile_organization(changed(applications=0, held=None, lot=None), LAW)
    assert (nobody.value, nobody.findings) == (True, ())


@pytest.mark.norm("L33.4.a1", "L33.4.b")
@pytest.mark.parametrize("day", [date(2020, 10, 1), date(2020, 10, 3), None])
def test_the_lot_is_drawn_and_the_register_posted_two_days_before(day: date | None) -> None:
    assert breaches(mobile_organization(changed(lot=day), LAW)) == {("L33.4.a1", "mobile_voting_lot")}
    posted = mobile_organization(changed(register_posted=day), LAW)
    assert breaches(posted) == {("L33.4.b", "mobile_voting_registry_posted")}


@pytest.mark.norm("L33.4.a1")
@pytest.mark.parametrize(
    ("drawn", "at_once", "few"),
    [(("Касымов", "Ниязова"), 1, False), (("Касымов",), 1, True), (("Касымов", "Ниязова", "Садыков"), 2, True)],
)
def test_two_members_are_drawn_for_each_box_on_its_way(drawn: tuple[str, ...], at_once: int, few: bool) -> None:
    found = mobile_organization(changed(drawn=drawn, at_once=at_once, boxes=()), LAW)
    assert errors(found) == ({("L33.4.a1", "mobile_members_too_few")} if few else set())


@pytest.mark.norm("L33.6.a3")
def test_one_bound_list_cannot_travel_with_two_boxes_so_the_commission_decides() -> None:
    two = changed(drawn=("Касымов", "Ниязова", "Садыков", "Усенова"), at_once=2)
    asked = mobile_organization(two, LAW)
    assert asked.unsettled is not None
    assert asked.unsettled.question == "paper_list_of_several_boxes"
    assert asked.unsettled.options == tuple(PaperListWay)
    extracts = mobile_organization(replace(two, paper_list=PaperListWay.CERTIFIED_EXTRACTS), LAW)
    assert (extracts.unsettled, extracts.value, extracts.findings) == (None, True, ())
    in_turn = mobile_organization(replace(two, paper_list=PaperListWay.ONE_AFTER_ANOTHER), LAW)
    assert errors(in_turn) == {("L33.6.a3", "mobile_boxes_at_once")}
    assert mobile_organization(HELD, LAW).unsettled is None


@pytest.mark.norm("L33.4.a1")
@pytest.mark.parametrize("members", [("Касымов", "Садыков"), ()])
def test_only_members_who_were_drawn_go(members: tuple[str, ...]) -> None:
    found = mobile_organization(changed(boxes=(replace(BOX, members=members),)), LAW)
    assert errors(found) == {("L33.4.a1", "mobile_member_not_drawn")}


@pytest.mark.norm("L33.4.a2")
@pytest.mark.parametrize("head", ["Асанова", "Болотов"])
def test_neither_chairperson_nor_secretary_is_drawn(head: str) -> None:
    found = mobile_organization(changed(drawn=("Касымов", "Ниязова", head)), LAW)
    assert errors(found) == {("L33.4.a2", "mobile_heads_in_draw")}


@pytest.mark.norm("L33.3.a1")
@pytest.mark.parametrize(("number", "many"), [(3, False), (4, True)])
def test_a_precinct_has_three_mobile_boxes_at_most(number: int, many: bool) -> None:
    found = mobile_organization(changed(boxes=(BOX,) * number), LAW)
    assert errors(found) == ({("L33.3.a1", "mobile_boxes_too_many")} if many else set())


@pytest.mark.norm(
    "L33.3.a2",
    "L33.6.a1",
    "L33.6.a2",
    "L33.6.a3",
    "L33.6.a4",
    "L33.7.a1",
    "L33.7.a2",
    "L33.8.a1",
    "L33.8.a2",
    "L33.4.b",
)
@pytest.mark.parametrize(
    ("name", "norm"),
    [
        ("operator_with_each", "L33.3.a2"),
        ("ballots_signed_for", "L33.3.a2"),
        ("ballots_stamped", "L30.9.b"),
        ("identified", "L33.6.a1"),
        ("cheques_taken", "L33.6.a2"),
        ("entered_by_drawn_member", "L33.6.a3"),
        ("voters_signed", "L33.6.a4"),
        ("filled_alone", "L33.7.a1"),
        ("secret_place", "L33.7.a2"),
        ("rows_complete", "L33.8.a1"),
        ("noted_mobile", "L33.8.a2"),
        ("register_without_reasons", "L33.4.b"),
    ],
)
def test_what_those_who_go_must_do(name: str, norm: str) -> None:
    assert GOING[name].norm == norm
    assert breaches(mobile_organization(changed(**{name: False}), LAW)) == {(norm, name)}
    unknown = mobile_organization(changed(**{name: None}), LAW)
    assert (unknown.value, breaches(unknown)) == (None, {(norm, name)})


@pytest.mark.norm("L33.3.a3")
def test_representatives_observers_and_media_may_come_along() -> None:
    found = mobile_organization(changed(refused=("Садыков",)), LAW)
    assert (found.value, errors(found)) == (True, set())  # a right of access, no condition of validity
    assert breaches(found) == {("L33.3.a3", "mobile_audience_refused")}


@pytest.mark.norm("L33.5.a1", "L33.5.a2", "L33.9.a1", "L33.9.a2")
@pytest.mark.parametrize(
    ("name", "norm"),
    [
        ("mobile_shown_empty", "L33.5.a1"),
        ("mobile_sealed", "L33.5.a2"),
        ("slot_sealed", "L33.9.a1"),
        ("in_safe", "L33.9.a2"),
    ],
)
def test_every_box_is_shown_empty_sealed_sealed_again_and_kept(name: str, norm: str) -> None:
    assert MOBILE_BOX[name].norm == norm
    box = replace(BOX, **{name: False})  # type: ignore[arg-type]
    assert errors(mobile_organization(changed(boxes=(box,)), LAW)) == {(norm, name)}


@pytest.mark.norm("L33.5.a3", "L33.5.a4", "L33.5.a5")
@pytest.mark.parametrize(
    ("sheet", "norm", "code"),
    [
        (None, "L33.5.a3", "control_sheet_missing"),
        (replace(SHEET, states=SHEET.states - {SheetEntry.TIME}), "L33.5.a4", "control_sheet_incomplete"),
        (replace(SHEET, signed=PEOPLE[1:]), "L33.5.a5", "control_sheet_unsigned"),
        (replace(SHEET, stamped=False), "L33.5.a5", "control_sheet_not_stamped"),
        (replace(SHEET, stamped=None), "L33.5.a5", "stamped"),
    ],
)
def test_every_mobile_box_has_its_control_sheet(sheet: ControlSheet | None, norm: str, code: str) -> None:
    found = mobile_organization(changed(boxes=(replace(BOX, sheet=sheet),)), LAW)
    assert errors(found) == {(norm, code)}


@pytest.mark.norm("L33.10")
@pytest.mark.parametrize(("opened", "code"), [(True, "mobile_box_opened_early"), (None, "opened_before_end")])
def test_mobile_boxes_are_opened_only_after_voting_in_the_premises(opened: bool | None, code: str) -> None:
    found = mobile_organization(changed(boxes=(replace(BOX, opened_before_end=opened),)), LAW)
    assert errors(found) == {("L33.10", code)}


@pytest.mark.norm("L33.9.b1", "L33.9.b2", "L33.9.b3")
@pytest.mark.parametrize(
    ("act", "norm", "code"),
    [
        (None, "L33.9.b1", "mobile_act_missing"),
        (replace(ACT, signed=PEOPLE[:-1]), "L33.9.b2", "mobile_act_unsigned"),
        (replace(ACT, attended=(), signed=()), "L33.9.b2", "mobile_act_unsigned"),
        *(
            (replace(ACT, states=frozenset(ActEntry) - {each}), "L33.9.b1", "mobile_act_incomplete")
            for each in ActEntry
        ),
        (replace(ACT, copies_given=()), "L33.9.b3", "mobile_act_copy_refused"),
    ],
)
def test_an_act_signed_by_all_ends_mobile_voting_and_who_asks_gets_a_copy(
    act: MobileAct | None, norm: str, code: str
) -> None:
    assert errors(mobile_organization(changed(act=act), LAW)) == {(norm, code)}
    assert ("L33.9.b1", "mobile_act_complete") in passed(mobile_organization(HELD, LAW))
