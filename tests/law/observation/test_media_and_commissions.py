"""Art. 8, 11, 12: media, who attends sittings, what the information system carries, the system of commissions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from shailoo.law.calendar import BISHKEK
from shailoo.law.observation.commissions import (
    Attendance,
    Attendee,
    Commission,
    Commissions,
    TecKind,
    Transfer,
    attendance,
    system,
    transfer,
)
from shailoo.law.observation.media import MediaRequest, media
from shailoo.law.observation.observers import Level
from shailoo.law.observation.powers import Act, Condition, Deeds, Right
from tests.law.observation.cases import LAW, errors, steps, warnings

MEDIA = MediaRequest(written=True, requested_on=date(2020, 8, 1), on=date(2020, 10, 4), accredited_on=date(2020, 8, 5))
ALL = frozenset(Condition)


# ------------------------------------------------------------------------------------- media


@pytest.mark.norm("L11.1")
@pytest.mark.parametrize(
    ("facts", "admissible", "accredited", "expected"),
    [
        (MEDIA, True, True, []),
        (replace(MEDIA, written=False), False, False, [("L11.1", "media_request_not_written")]),
        (replace(MEDIA, written=None), False, False, [("L11.1", "media_request_not_written")]),
        (replace(MEDIA, requested_on=None), False, False, [("L11.1", "media_request_without_day")]),
        (replace(MEDIA, accredited_on=None), True, False, []),
        (replace(MEDIA, accredited_on=date(2020, 10, 4)), True, True, []),
        (replace(MEDIA, accredited_on=date(2020, 10, 5)), True, False, []),
    ],
)
def test_media_are_accredited_on_a_written_request(
    facts: MediaRequest, admissible: bool, accredited: bool, expected: list[tuple[str, str]]
) -> None:
    found = media(facts, LAW)
    assert (found.value.admissible, found.value.accredited) == (admissible, accredited)
    assert errors(found) == expected


@pytest.mark.norm("L11.2", "L11.3")
@pytest.mark.parametrize(
    ("right", "item"),
    [
        (Right.ATTEND_SITTINGS, "L11.2.1"),
        (Right.SEE_PROTOCOLS, "L11.2.2"),
        (Right.RECEIVE_COPIES, "L11.2.3"),
        (Right.FILM, "L11.2.4"),
        (Right.WEAR_BADGE, "L11.2.5"),
        (Right.HAVE_COPIES_CERTIFIED, "L11.3"),
    ],
)
def test_each_right_of_media(right: Right, item: str) -> None:
    deeds = Deeds(frozenset({right}), met=ALL)
    assert (item, "mandate_right_given") in steps(media(replace(MEDIA, deeds=deeds), LAW))
    early = media(replace(MEDIA, deeds=deeds, accredited_on=None), LAW)
    assert errors(early) == [(item, "mandate_not_in_force")]


@pytest.mark.norm("L11.2")
@pytest.mark.parametrize(
    ("met", "failed", "granted"),
    [
        ({Condition.ELECTION_DAY, Condition.SECRECY_KEPT, Condition.PLACE_POINTED_OUT}, set(), True),
        ({Condition.ELECTION_DAY, Condition.SECRECY_KEPT}, {Condition.PLACE_POINTED_OUT}, False),
        ({Condition.ELECTION_DAY, Condition.SECRECY_KEPT}, set(), False),
        ({Condition.SECRECY_KEPT}, {Condition.ELECTION_DAY}, True),
        ({Condition.PLACE_POINTED_OUT}, {Condition.SECRECY_KEPT}, False),
    ],
)
def test_on_election_day_media_film_from_the_place_pointed_out(
    met: set[Condition], failed: set[Condition], granted: bool
) -> None:
    deeds = Deeds(frozenset({Right.FILM}), met=frozenset(met), failed=frozenset(failed))
    found = media(replace(MEDIA, deeds=deeds), LAW)
    assert (found.value.conduct.granted == (Right.FILM,)) is granted


@pytest.mark.norm("L11.2")
def test_audio_is_not_among_the_rights_of_media_and_no_ban_is_listed() -> None:
    deeds = Deeds(frozenset({Right.RECORD}), frozenset({Act.COUNT_BALLOTS}), met=ALL)
    found = media(replace(MEDIA, deeds=deeds), LAW)
    assert errors(found) == [("L11.2", "mandate_right_not_given")]
    assert ("L11.2", "mandate_act_not_forbidden_here") in steps(found)


@pytest.mark.norm("L11.3")
@pytest.mark.parametrize(("certified", "owed"), [(True, False), (False, True), (None, True)])
def test_a_copy_is_certified_for_whoever_asks(certified: bool | None, owed: bool) -> None:
    found = media(replace(MEDIA, copy_asked=True, copy_certified=certified), LAW)
    assert errors(found) == ([("L11.3", "media_copy_to_be_certified")] if owed else [])


@pytest.mark.norm("L11.4")
def test_a_revoked_representative_has_no_rights() -> None:
    deeds = Deeds(frozenset({Right.SEE_PROTOCOLS}))
    found = media(replace(MEDIA, revoked=True, deeds=deeds), LAW)
    assert not found.value.accredited
    assert set(errors(found)) == {("L11.4", "media_accreditation_revoked"), ("L11.2.2", "mandate_not_in_force")}


def test_an_accreditation_cannot_come_before_the_request() -> None:
    assert media(replace(MEDIA, accredited_on=date(2020, 8, 1)), LAW).value.accredited
    with pytest.raises(ValueError, match="cannot come before"):
        replace(MEDIA, accredited_on=date(2020, 7, 31))


# ------------------------------------------------------------------------------------- attending

COMES = Attendance(
    Attendee.OBSERVER,
    Level.TEC,
    mandate_in_force=True,
    own_level=Level.CEC,
    above=True,
    own_commission=True,
    matter_of_principal=True,
)


@pytest.mark.norm("L8.2", "L11.2", "L18.1", "L19.7", "L20.5", "R4.4.b")
@pytest.mark.parametrize(
    ("attendee", "item"),
    [
        (Attendee.SUPERIOR_MEMBER, "L8.2"),
        (Attendee.CANDIDATE, "L8.2"),
        (Attendee.COMMISSION_REPRESENTATIVE, "L18.1.3"),
        (Attendee.AUTHORIZED_REPRESENTATIVE, "L19.7.6"),
        (Attendee.PROXY, "L20.5.3"),
        (Attendee.OBSERVER, "L8.2"),
        (Attendee.CITIZEN_OBSERVER, "L8.2"),
        (Attendee.INTERNATIONAL_OBSERVER, "R4.4.b2"),
        (Attendee.MEDIA_REPRESENTATIVE, "L11.2.1"),
    ],
)
@pytest.mark.parametrize("in_force", [True, False, None])
def test_who_attends_by_right_while_the_mandate_is_in_force(
    attendee: Attendee, item: str, in_force: bool | None
) -> None:
    found = attendance(replace(COMES, attendee=attendee, mandate_in_force=in_force), LAW)
    assert found.value.admitted is (in_force is True)
    assert (item, "attendance_by_right") in steps(found)
    assert errors(found) == ([] if in_force else [(item, "attendance_mandate_not_in_force")])


@pytest.mark.norm("L8.2")
def test_members_take_part_and_anybody_else_has_no_right() -> None:
    assert attendance(replace(COMES, attendee=Attendee.MEMBER), LAW).value.admitted
    found = attendance(replace(COMES, attendee=Attendee.ANYBODY_ELSE, mandate_in_force=None), LAW)
    assert errors(found) == [("L8.2", "attendance_not_by_right")]


@pytest.mark.norm("L8.2")
def test_citizen_observers_are_admitted_by_the_reading_taken() -> None:
    comes = replace(COMES, attendee=Attendee.CITIZEN_OBSERVER)
    assert attendance(comes, LAW).value.admitted
    strict = attendance(comes, LAW.with_readings(citizen_observers_at_sittings="not_admitted"))
    assert errors(strict) == [("L8.2", "attendance_not_by_right")]
    assert attendance(COMES, LAW.with_readings(citizen_observers_at_sittings="not_admitted")).value.admitted


@pytest.mark.norm("L8.2")
@pytest.mark.parametrize(
    ("level", "own", "above", "admitted"),
    [
        (Level.PEC, Level.TEC, True, True),
        (Level.PEC, Level.TEC, False, False),
        (Level.PEC, Level.TEC, None, False),
        (Level.PEC, Level.CEC, None, True),
        (Level.TEC, Level.CEC, None, True),
        (Level.TEC, Level.TEC, True, False),
        (Level.TEC, Level.PEC, True, False),
        (Level.PEC, None, True, False),
    ],
)
def test_members_of_superior_commissions_only(
    level: Level, own: Level | None, above: bool | None, admitted: bool
) -> None:
    facts = replace(COMES, attendee=Attendee.SUPERIOR_MEMBER, level=level, own_level=own, above=above)
    assert attendance(facts, LAW).value.admitted is admitted


@pytest.mark.norm("L18.1", "L19.7")
@pytest.mark.parametrize(
    ("attendee", "field", "expected"),
    [
        (Attendee.COMMISSION_REPRESENTATIVE, "own_commission", ("L18.1.3", "attendance_in_another_commission")),
        (Attendee.AUTHORIZED_REPRESENTATIVE, "matter_of_principal", ("L19.7.6", "attendance_not_on_the_principal")),
    ],
)
@pytest.mark.parametrize("shown", [False, None])
def test_representatives_come_to_their_commission_or_their_matter(
    attendee: Attendee, field: str, expected: tuple[str, str], shown: bool | None
) -> None:
    own = shown if field == "own_commission" else True
    matter = shown if field == "matter_of_principal" else True
    facts = replace(COMES, attendee=attendee, own_commission=own, matter_of_principal=matter)
    assert errors(attendance(facts, LAW)) == [expected]


def test_a_sitting_that_was_not_announced_is_warned_of_and_keeps_nobody_out() -> None:
    found = attendance(replace(COMES, announced=False), LAW)
    assert found.value.admitted
    assert warnings(found) == [("L8.1", "attendance_sitting_not_announced")]


# ------------------------------------------------------------------------------------- information system

SENT = Transfer(Level.PEC, Level.TEC, True, datetime(2020, 10, 4, 21, tzinfo=BISHKEK), True)


@pytest.mark.norm("L8.3.a1")
@pytest.mark.parametrize("sender", Level)
@pytest.mark.parametrize("receiver", Level)
def test_data_go_up_to_the_commission_set_over_the_sender(sender: Level, receiver: Level) -> None:
    found = transfer(replace(SENT, sender=sender, receiver=receiver), LAW)
    lawful = (sender, receiver) in {(Level.PEC, Level.TEC), (Level.TEC, Level.CEC), (Level.PEC, Level.CEC)}
    assert found.value.lawful is lawful
    assert errors(found) == ([] if lawful else [("L8.3.a1", "transfer_not_to_superior")])


@pytest.mark.norm("L8.3.a1", "L8.3.a2")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SENT, []),
        (replace(SENT, above=False), [("L8.3.a1", "transfer_not_to_superior")]),
        (replace(SENT, sent_at=None), [("L8.3.a1", "transfer_without_time")]),
        (replace(SENT, marked_preliminary=False), [("L8.3.a2", "transfer_not_marked_preliminary")]),
        (replace(SENT, used_as_result=True), [("L8.3.a2", "transfer_used_as_result")]),
    ],
)
def test_data_of_the_system_stay_preliminary(facts: Transfer, expected: list[tuple[str, str]]) -> None:
    assert errors(transfer(facts, LAW)) == expected


# ------------------------------------------------------------------------------------- the system of commissions

CEC = Commission("CEC", Level.CEC)
TEC = Commission("TEC 1", Level.TEC, "CEC", TecKind.RAYON, True)
PEC = Commission("PEC 7001", Level.PEC, "TEC 1")
ABROAD = Commission("PEC 9001", Level.PEC, "CEC", abroad=True)
WHOLE = (CEC, TEC, PEC, ABROAD)


@pytest.mark.norm("L12.2", "L12.2.2.a")
def test_one_cec_tecs_under_it_and_precinct_commissions_under_tecs() -> None:
    found = system(Commissions(WHOLE), LAW)
    assert found.value.whole
    assert found.value.number == {Level.CEC: 1, Level.TEC: 1, Level.PEC: 2}


@pytest.mark.norm("L12.2", "L12.2.2.a")
@pytest.mark.parametrize(
    ("commissions", "expected"),
    [
        ((TEC, PEC), [("L12.2.1", "system_needs_one_cec"), ("L12.2.2", "system_wrong_superior")]),
        ((*WHOLE, Commission("CEC 2", Level.CEC)), [("L12.2.1", "system_needs_one_cec")]),
        ((replace(CEC, parent="TEC 1"), TEC, PEC), [("L12.2.1", "system_wrong_superior")]),
        ((CEC, replace(TEC, parent=None), PEC), [("L12.2.2", "system_wrong_superior")]),
        ((CEC, replace(TEC, tec_kind=None), PEC), [("L12.2.2", "system_tec_without_kind")]),
        ((CEC, replace(TEC, decided_by_cec=None), PEC), [("L12.2.2.a", "system_tec_not_decided")]),
        ((CEC, TEC, replace(PEC, parent="CEC")), [("L12.2.3", "system_wrong_superior")]),
        ((CEC, TEC, replace(PEC, parent="TEC 9")), [("L12.2.3", "system_wrong_superior")]),
        ((CEC, TEC, replace(ABROAD, parent="TEC 1")), [("L12.2.3", "system_wrong_superior")]),
    ],
)
def test_what_breaks_the_single_system(commissions: tuple[Commission, ...], expected: list[tuple[str, str]]) -> None:
    found = system(Commissions(commissions), LAW)
    assert errors(found) == expected
    assert not found.value.whole


def test_a_commission_stands_once() -> None:
    with pytest.raises(ValueError, match="named twice: CEC"):
        Commissions((CEC, CEC))
