"""Art. 31.11 to 31.15: order at a polling station on election day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shailoo.law.voters.order import (
    GROUNDS,
    HELPERS_AT_SCANNER,
    AtBox,
    Device,
    Disturbance,
    FailedScanner,
    Measure,
    NearBox,
    PoliceCall,
    Present,
    Presiding,
    Removal,
    ScannerFailure,
    near_box,
    police_call,
    presiding,
    removal,
    scanner_failure,
)
from tests.law.voters.cases import JK, LAW, at, breaches, errors, passed


@pytest.mark.norm("L31.11.a3")
@pytest.mark.parametrize("who", AtBox)
@pytest.mark.parametrize("scanner", [True, False])
@pytest.mark.parametrize("called", [True, False])
def test_at_a_box_stands_the_casting_voter_and_at_a_scanner_a_helper_who_was_called(
    who: AtBox, scanner: bool, called: bool
) -> None:
    found = near_box(NearBox(who, scanner, called), LAW)
    may = who is AtBox.CASTING_VOTER or (who in HELPERS_AT_SCANNER and scanner and called)
    assert found.value is may
    assert errors(found) == (set() if may else {("L31.11.a3", "box_nobody_else")})


@pytest.mark.norm("L31.11.a3")
def test_only_members_and_technical_staff_help_and_a_call_must_be_known() -> None:
    assert {AtBox.COMMISSION_MEMBER, AtBox.TECHNICAL_STAFF} == HELPERS_AT_SCANNER
    found = near_box(NearBox(AtBox.COMMISSION_MEMBER, scanner=True), LAW)
    assert (found.value, errors(found)) == (None, {("L31.11.a3", "called")})


@pytest.mark.norm("L31.13.a1")
@pytest.mark.parametrize("what", Disturbance)
@pytest.mark.parametrize(
    ("who", "measure"),
    [(Present.PEC_MEMBER, Measure.SUSPEND), (Present.OBSERVER, Measure.REMOVE), (Present.OTHER, Measure.REMOVE)],
)
def test_each_ground_alone_removes_and_nothing_else_does(what: Disturbance, who: Present, measure: Measure) -> None:
    found = removal(Removal(who, frozenset({what}), in_writing=True), LAW)
    assert found.value is (measure if what in GROUNDS else Measure.NONE)
    assert errors(found) == (set() if what in GROUNDS else {("L31.13.a1", "removal_without_ground")})


@pytest.mark.norm("L31.13.a1")
def test_watching_recording_and_complaining_are_no_grounds() -> None:
    assert set(Disturbance) - set(GROUNDS) == {Disturbance.CRITICISM, Disturbance.RECORDING, Disturbance.COMPLAINING}


@pytest.mark.norm("L31.13.a2", "L31.13.a3")
def test_a_removal_is_decided_in_writing_and_may_be_referred() -> None:
    spoken = Removal(Present.OBSERVER, frozenset({Disturbance.VIOLATING_SECRECY}), in_writing=False)
    found = removal(spoken, LAW)
    assert (found.value, errors(found)) == (Measure.NONE, {("L31.13.a2", "in_writing")})
    unknown = removal(replace(spoken, in_writing=None), LAW)
    assert (unknown.value, breaches(unknown)) == (Measure.NONE, {("L31.13.a2", "in_writing")})
    referred = removal(replace(spoken, in_writing=True, referred=True), LAW)
    assert ("L31.13.a3", "removal_referred") in passed(referred)
    assert ("L31.13.a3", "removal_referred") not in passed(removal(replace(spoken, in_writing=True), LAW))


CALLED = PoliceCall(by_chair=True, order_breached=True, restored=None, left=None)


@pytest.mark.norm("L31.12.a2")
@pytest.mark.parametrize("name", ["by_chair", "order_breached"])
def test_officers_come_when_the_chairperson_calls_them_against_a_breach(name: str) -> None:
    assert police_call(CALLED, LAW).value
    found = police_call(replace(CALLED, **{name: False}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert (found.value, errors(found)) == (False, {("L31.12.a2", name)})
    unknown = police_call(replace(CALLED, **{name: None}), LAW)
    assert (unknown.value, breaches(unknown)) == (None, {("L31.12.a2", name)})


@pytest.mark.norm("L31.12.a3")
def test_officers_leave_once_order_is_restored() -> None:
    still = police_call(replace(CALLED, restored=at(10, 4, 12)), LAW)
    assert (still.value, errors(still)) == (False, {("L31.12.a3", "police_still_there")})
    left = police_call(replace(CALLED, restored=at(10, 4, 12), left=at(10, 4, 12, 5)), LAW)
    assert (left.value, left.findings) == (False, ())


PEC = Presiding("Асанова", "Болотов", ("Асанова", "Болотов", "Касымов"), ("Асанова", "Болотов", "Касымов"))


@pytest.mark.norm("L31.12.a5")
@pytest.mark.parametrize(
    ("present", "authorized", "presides"),
    [
        (PEC.present, None, "Асанова"),
        (PEC.present, "Касымов", "Асанова"),
        (("Болотов", "Касымов"), None, "Болотов"),
        (("Болотов", "Касымов"), "Касымов", "Касымов"),
        (("Болотов",), "Касымов", "Болотов"),
    ],
)
def test_in_the_absence_of_the_chairperson_the_secretary_or_an_authorized_member_presides(
    present: tuple[str, ...], authorized: str | None, presides: str
) -> None:
    found = presiding(replace(PEC, present=present, authorized=authorized), LAW)
    assert (found.value, found.findings) == (presides, ())


@pytest.mark.norm("L31.12.a5")
def test_nobody_else_presides() -> None:
    nobody = presiding(replace(PEC, present=("Касымов",)), LAW)
    assert (nobody.value, errors(nobody)) == (None, {("L31.12.a5", "presiding_nobody")})
    stranger = presiding(replace(PEC, present=("Болотов",), authorized="Садыков"), LAW)
    assert (stranger.value, errors(stranger)) == ("Болотов", {("L31.12.a5", "presiding_no_member")})
    alone = presiding(replace(PEC, present=("Касымов",), authorized="Садыков"), LAW)
    assert (alone.value, errors(alone)) == (
        None,
        {("L31.12.a5", code) for code in ("presiding_no_member", "presiding_nobody")},
    )


FIRST = FailedScanner(id="АСУ-1", act=True, present=("Асанова", "Осмонов"), signed=("Асанова", "Осмонов"))
SECOND = replace(FIRST, id="АСУ-2")


@pytest.mark.norm("L31.15.a1", "L31.15.b1")
@pytest.mark.parametrize(
    ("failed", "device"),
    [((), Device.PRIMARY), ((FIRST,), Device.ADDITIONAL), ((FIRST, SECOND), Device.STATIONARY)],
)
def test_voting_goes_on_with_the_additional_scanner_and_then_the_stationary_box(
    failed: tuple[FailedScanner, ...], device: Device
) -> None:
    found = scanner_failure(ScannerFailure(JK, failed), LAW)
    assert (found.value, found.findings) == (device, ())
    told = {
        Device.ADDITIONAL: ("L31.15.a1", "scanner_additional"),
        Device.STATIONARY: ("L31.15.b1", "scanner_stationary_box"),
    }
    assert {each for each in passed(found) if each in told.values()} == ({told[device]} if device in told else set())


@pytest.mark.norm("L31.15.a2", "L31.15.b2")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"act": False}, "scanner_act_missing"),
        ({"act": None}, "act"),
        ({"present": (), "signed": ()}, "present"),
        ({"signed": ("Асанова",)}, "scanner_act_unsigned"),
    ],
)
def test_each_failure_has_an_act_signed_by_members_and_operators(change: dict[str, object], code: str) -> None:
    first = scanner_failure(ScannerFailure(JK, (replace(FIRST, **change),)), LAW)  # type: ignore[arg-type]
    assert errors(first) == {("L31.15.a2", code)}
    second = scanner_failure(ScannerFailure(JK, (FIRST, replace(SECOND, **change))), LAW)  # type: ignore[arg-type]
    assert errors(second) == {("L31.15.b2", code)}


@pytest.mark.norm("L31.15.c")
@pytest.mark.parametrize(("again", "code"), [(True, "scanner_used_again"), (None, "used_again")])
def test_a_scanner_that_failed_is_not_used_again(again: bool | None, code: str) -> None:
    found = scanner_failure(ScannerFailure(JK, (replace(FIRST, used_again=again),)), LAW)
    assert breaches(found) == {("L31.15.c", code)}
