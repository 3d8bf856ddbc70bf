"""Art. 31.1: the morning at a polling station, from the lot of roles to the first voter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shailoo.law.voters.control_sheets import ControlSheet, SheetEntry
from shailoo.law.voters.opening import (
    BEFORE_VOTING,
    BOX,
    ROLES,
    BallotBox,
    Batch,
    Role,
    StationOpening,
    station_opening,
)
from tests.law.voters.cases import JK, LAW, at, breaches, errors, passed

PEOPLE = ("Асанова", "Болотов", "Касымов")
SHEET = ControlSheet(frozenset(SheetEntry), PEOPLE, PEOPLE, stamped=True)
READY = StationOpening(
    voting=JK,
    met=at(10, 4, 7),
    opened=at(10, 4, 8),
    chairperson="Асанова",
    secretary="Болотов",
    drawn={
        "identification": ("Касымов",),
        "registration": ("Ниязова", "Садыков"),
        "issuing": ("Токтогулов", "Усенова"),
        "control": ("Шаршеев",),
    },
    safe_in_station=True,
    safe_seal_intact=True,
    opened_before_witnesses=True,
    voters_announced=True,
    voters_paper=1000,
    voters_electronic=1000,
    list_shown=True,
    list_keepers=("Ниязова", "Садыков"),
    boxes=(BallotBox("АСУ-1", True, True, SHEET), BallotBox("С-1", True, True, SHEET)),
    ballots_announced=True,
    ballots_shown=True,
    received=1001,
    for_mobile=30,
    counted=971,
    entered_in_protocol=True,
    signed_and_stamped=True,
    batches=(Batch("Токтогулов", 100, True), Batch("Усенова", 100, True)),
    kept=771,
    nearest_booth_centimetres=150,
    identification_visible=True,
    booths_secret=True,
)


def changed(**fields: Any) -> StationOpening:
    return replace(READY, **fields)


def test_a_station_where_everything_was_done_may_open() -> None:
    found = station_opening(READY, LAW)
    assert (found.value, found.findings) == (True, ())
    assert {"L31.1.b", "L31.1.c", "L31.1.d4", "L31.1.e3", "L31.1.e4", "L31.1.g1", "L31.7.a3"} <= set(found.grounds)


@pytest.mark.norm(
    "L30.9.b",
    "L30.11.a2",
    "L31.1.d1",
    "L31.1.d2",
    "L31.1.d3",
    "L31.1.f1",
    "L31.1.f3",
    "L31.1.f4",
    "L31.2.a2",
    "L31.7.a2",
)
@pytest.mark.parametrize("name", BEFORE_VOTING)
def test_what_was_not_done_stops_the_opening_and_what_is_not_known_is_explained(name: str) -> None:
    norm = BEFORE_VOTING[name].norm
    missing = station_opening(changed(**{name: False}), LAW)
    assert (missing.value, errors(missing)) == (False, {(norm, name)})
    unknown = station_opening(changed(**{name: None}), LAW)
    assert (unknown.value, breaches(unknown)) == (None, {(norm, name)})


def test_each_requirement_rests_on_its_norm() -> None:
    norms = {name: each.norm for name, each in {**BEFORE_VOTING, **BOX}.items()}
    assert norms == {
        "safe_in_station": "L30.11.a2",
        "safe_seal_intact": "L31.1.d1",
        "opened_before_witnesses": "L31.1.d1",
        "voters_announced": "L31.1.d2",
        "list_shown": "L31.1.d3",
        "ballots_announced": "L31.1.f1",
        "ballots_shown": "L31.1.f3",
        "entered_in_protocol": "L31.1.f4",
        "signed_and_stamped": "L30.9.b",
        "identification_visible": "L31.2.a2",
        "booths_secret": "L31.7.a2",
        "shown_empty": "L31.1.e1",
        "sealed": "L31.1.e2",
    }


@pytest.mark.norm("L31.1.b", "L31.1.a1")
@pytest.mark.parametrize(
    ("name", "norm", "early", "late"),
    [
        ("met", "L31.1.b", at(10, 4, 6, 59), at(10, 4, 7, 1)),
        ("opened", "L31.1.a1", at(10, 4, 7, 59), at(10, 4, 8, 1)),
    ],
)
def test_the_commission_meets_at_seven_and_opens_at_eight(name: str, norm: str, early: Any, late: Any) -> None:
    before = station_opening(changed(**{name: early}), LAW)
    assert (before.value, errors(before)) == (False, {(norm, "polling_hour_too_early")})
    after = station_opening(changed(**{name: late}), LAW)
    assert (after.value, breaches(after)) == (True, {(norm, "polling_hour_missed")})
    assert breaches(station_opening(changed(**{name: None}), LAW)) == {(norm, "polling_hour_not_reported")}
    assert (norm, "polling_hour_kept") in passed(station_opening(READY, LAW))


@pytest.mark.norm("L31.1.b.1", "L31.1.b.2", "L31.1.b.3", "L31.1.b.4")
@pytest.mark.parametrize("role", Role)
def test_every_role_is_drawn(role: Role) -> None:
    drawn = {name: members for name, members in READY.drawn.items() if name != role.value}
    assert (ROLES[role], "station_role_empty") in errors(station_opening(changed(drawn=drawn), LAW))


@pytest.mark.norm("L31.1.c")
@pytest.mark.parametrize("head", ["Асанова", "Болотов"])
def test_neither_chairperson_nor_secretary_takes_part_in_the_draw(head: str) -> None:
    drawn = {**READY.drawn, "control": ("Шаршеев", head)}
    found = station_opening(changed(drawn=drawn), LAW)
    assert errors(found) == {("L31.1.c", "station_heads_in_draw")}
    assert found.errors[0].facts == {"members": head}


@pytest.mark.norm("L31.1.d4")
def test_the_paper_and_the_electronic_list_are_compared() -> None:
    found = station_opening(changed(voters_electronic=999), LAW)
    assert breaches(found) == {("L31.1.d4", "station_lists_differ")}
    assert found.value
    assert errors(station_opening(changed(voters_paper=None), LAW)) == {("L31.1.d4", "voters_paper")}


@pytest.mark.norm("L31.1.d5")
def test_the_paper_list_lies_with_members_who_register() -> None:
    other = station_opening(changed(list_keepers=("Ниязова", "Шаршеев")), LAW)
    assert errors(other) == {("L31.1.d5", "station_list_with_others")}
    assert errors(station_opening(changed(list_keepers=()), LAW)) == {("L31.1.d5", "station_list_not_handed_out")}


@pytest.mark.norm("L31.1.e1", "L31.1.e2")
@pytest.mark.parametrize(("name", "norm"), [("shown_empty", "L31.1.e1"), ("sealed", "L31.1.e2")])
def test_every_box_is_shown_empty_and_sealed(name: str, norm: str) -> None:
    box = replace(READY.boxes[1], **{name: False})  # type: ignore[arg-type]  # a field by its name
    assert errors(station_opening(changed(boxes=(READY.boxes[0], box)), LAW)) == {(norm, name)}
    assert errors(station_opening(changed(boxes=()), LAW)) == {("L31.1.e1", "station_without_boxes")}


@pytest.mark.norm("L31.1.e3", "L31.1.e4", "L31.1.e5")
@pytest.mark.parametrize(
    ("sheet", "norm", "code"),
    [
        (None, "L31.1.e3", "control_sheet_missing"),
        (replace(SHEET, stamped=False), "L31.1.e5", "control_sheet_not_stamped"),
        (replace(SHEET, signed=PEOPLE[:2]), "L31.1.e5", "control_sheet_unsigned"),
        (replace(SHEET, named=(), signed=()), "L31.1.e5", "control_sheet_unsigned"),
    ],
)
def test_every_box_has_a_signed_and_stamped_control_sheet(sheet: ControlSheet | None, norm: str, code: str) -> None:
    box = replace(READY.boxes[0], sheet=sheet)
    assert errors(station_opening(changed(boxes=(box,)), LAW)) == {(norm, code)}


@pytest.mark.norm("L31.1.e4")
@pytest.mark.parametrize("entry", SheetEntry)
def test_a_control_sheet_states_everything(entry: SheetEntry) -> None:
    box = replace(READY.boxes[0], sheet=replace(SHEET, states=frozenset(SheetEntry) - {entry}))
    found = station_opening(changed(boxes=(box,)), LAW)
    assert errors(found) == {("L31.1.e4", "control_sheet_incomplete")}
    assert found.errors[0].facts == {"sheet_entry": entry}


@pytest.mark.norm("L31.1.f2", "L31.1.f1")
def test_the_ballots_counted_are_those_received_less_those_of_mobile_voting() -> None:
    found = station_opening(changed(counted=970, kept=770), LAW)
    assert (found.value, breaches(found)) == (True, {("L31.1.f2", "station_ballots_differ")})
    assert errors(station_opening(changed(counted=None), LAW)) == {("L31.1.f2", "counted")}


@pytest.mark.norm("L31.1.g1")
@pytest.mark.parametrize(
    ("batches", "kept", "codes"),
    [
        ((Batch("Усенова", 100, True),), 871, set()),
        ((Batch("Усенова", 99, True),), 872, {"station_batch_size"}),
        ((Batch("Усенова", 101, True),), 870, {"station_batch_size"}),
        ((Batch("Усенова", 100, False),), 871, {"station_batch_unsigned"}),
        ((Batch("Усенова", 100, None),), 871, {"signed"}),
        ((Batch("Шаршеев", 100, True),), 871, {"station_batch_to_another"}),
        ((Batch("Усенова", 100, True),), 870, {"station_batches_do_not_add_up"}),
        (tuple(Batch("Усенова", size, True) for size in (*[100] * 9, 71)), 0, set()),
        (tuple(Batch("Усенова", size, True) for size in (71, *[100] * 9)), 0, {"station_batch_size"}),
    ],
)
def test_ballots_go_to_issuing_members_by_the_hundred_against_signature(
    batches: tuple[Batch, ...], kept: int, codes: set[str]
) -> None:
    found = station_opening(changed(batches=batches, kept=kept), LAW)
    assert breaches(found) == {("L31.1.g1", code) for code in codes}


@pytest.mark.norm("L31.7.a3")
@pytest.mark.parametrize(("centimetres", "near"), [(150, False), (149, True)])
def test_a_box_stands_a_metre_and_a_half_from_the_nearest_booth(centimetres: int, near: bool) -> None:
    found = station_opening(changed(nearest_booth_centimetres=centimetres), LAW)
    assert errors(found) == ({("L31.7.a3", "station_box_too_near")} if near else set())
    unknown = station_opening(changed(nearest_booth_centimetres=None), LAW)
    assert errors(unknown) == {("L31.7.a3", "nearest_booth_centimetres")}


def test_facts_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="no role"):
        changed(drawn={"singing": ("Асанова",)})
    with pytest.raises(ValueError, match="no more ballots"):
        changed(for_mobile=1002)
