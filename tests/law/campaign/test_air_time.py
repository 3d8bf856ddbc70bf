"""Free air time: volume and hours, equal shares and what is left, joint events, refusals, make-up (L24.1 to L24.8).

Contestants and minutes are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shailoo.law.campaign.air_time import (
    BroadcastDay,
    Contender,
    Contestant,
    Disturbance,
    Incident,
    JointEvent,
    Slot,
    Speaker,
    air_time,
)
from tests.law.campaign.cases import EDITION, codes, found
from tests.law.campaign.naive import deal


def party(name: str, **more: Any) -> Contestant:  # Any: the other facts of a contestant
    return Contestant(name, Contender.PARTY, **{"invited": True, "speaker": Speaker.AUTHORIZED_REPRESENTATIVE, **more})


def candidate(name: str, **more: Any) -> Contestant:  # Any: the other facts of a contestant
    return Contestant(name, Contender.CANDIDATE, **{"invited": True, "speaker": Speaker.CANDIDATE, **more})


EVENING = (Slot(time(20), 20, joint=True), Slot(time(20, 20), 40))
DAY = BroadcastDay(
    state_company=True,
    working_day=True,
    slots=EVENING,
    contestants=(party("a"), party("b"), party("c")),
    order=("b", "c", "a"),
    decided=True,
    agreed=True,
)


@pytest.mark.norm("L24.1.a1", "L24.1.a2", "L24.2.a1", "L24.2.a2", "L24.3.a1", "L24.8.a1", "L24.8.a2")
def test_an_hour_with_a_third_of_joint_events_is_shared_equally() -> None:
    outcome = air_time(DAY, EDITION)
    assert outcome.findings == ()
    assert outcome.unsettled is None
    assert outcome.value.own == {"a": 800, "b": 800, "c": 800}
    assert (outcome.value.joint, outcome.value.joint_share, outcome.value.left) == (1200, 400, 0)
    assert outcome.value.order == ("b", "c", "a")
    assert {"L24.1.a1", "L24.1.a2", "L24.2.a1", "L24.2.a2", "L24.3.a1", "L24.8.a1", "L24.8.a2"} <= set(outcome.grounds)


# ------------------------------------------------------------------------------------- volume and hours


@pytest.mark.norm("L24.2.a1")
@pytest.mark.parametrize(("minutes", "enough"), [(60, True), (59, False)])
def test_the_state_company_gives_an_hour_on_a_working_day(minutes: int, enough: bool) -> None:
    day = replace(DAY, slots=(Slot(time(20), minutes, joint=True),))
    assert (("L24.2.a1", "free_air_time_too_short") in found(air_time(day, EDITION))) is not enough
    assert found(air_time(replace(day, working_day=False), EDITION)) == []
    assert found(air_time(replace(day, state_company=False), EDITION)) == []


@pytest.mark.norm("L24.2.a1")
def test_the_hour_can_be_read_as_one_of_all_channels_of_the_company() -> None:
    half = replace(DAY, slots=(Slot(time(21), 30, joint=True),), minutes_elsewhere=30)
    assert found(air_time(half, EDITION)) == [("L24.2.a1", "free_air_time_too_short")]
    law = EDITION.with_readings(free_hour_scope="company")
    assert found(air_time(half, law)) == []
    assert found(air_time(replace(half, minutes_elsewhere=29), law)) == [("L24.2.a1", "free_air_time_too_short")]


@pytest.mark.norm("L24.1.a2")
@pytest.mark.parametrize(
    ("starts", "minutes", "lawful"),
    [(time(20), 240, True), (time(19, 59), 60, False), (time(20, 1), 240, False), (time(23), 60, True)],
)
def test_free_time_lies_between_eight_and_midnight(starts: time, minutes: int, lawful: bool) -> None:
    day = replace(DAY, slots=(Slot(starts, minutes, joint=True),))
    assert (("L24.1.a2", "free_slot_outside_hours") in found(air_time(day, EDITION))) is not lawful


@pytest.mark.norm("L24.1.a1")
def test_a_channel_without_free_time_breaks_the_law() -> None:
    outcome = air_time(replace(DAY, slots=()), EDITION)
    assert found(outcome) == [("L24.1.a1", "no_free_air_time")]
    assert set(outcome.value.own.values()) == {0}
    assert not {"free_slots_in_hours", "free_air_time_given"} & codes(outcome)


@pytest.mark.norm("L24.3.a1")
@pytest.mark.parametrize(("joint", "enough"), [(20, True), (19, False), (60, True), (0, False)])
def test_exactly_a_third_for_joint_events_is_enough(joint: int, enough: bool) -> None:
    slots = tuple(
        slot
        for slot in (
            Slot(time(20), joint, joint=True) if joint else None,
            Slot(time(21), 60 - joint) if joint < 60 else None,
        )
        if slot
    )
    assert (("L24.3.a1", "joint_events_too_short") in found(air_time(replace(DAY, slots=slots), EDITION))) is not enough


# ------------------------------------------------------------------------------------- shares


@pytest.mark.norm("L24.2.a2")
def test_at_the_state_company_those_who_came_share_the_time_of_those_who_did_not() -> None:
    day = replace(DAY, contestants=(party("a"), party("b"), party("c", came=False, joint_event=JointEvent.MISSED)))
    outcome = air_time(day, EDITION)
    assert outcome.value.own == {"a": 1200, "b": 1200, "c": 0}
    assert outcome.value.order == ("b", "a")


@pytest.mark.norm("L24.8.a2")
def test_at_another_channel_the_share_of_one_who_stays_away_goes_to_nobody() -> None:
    absent = party("c", came=False, joint_event=JointEvent.MISSED)
    day = replace(DAY, state_company=False, contestants=(party("a"), party("b"), absent))
    assert air_time(day, EDITION).value.own == {"a": 800, "b": 800, "c": 800}


@pytest.mark.norm("L24.2.a2")
def test_where_nobody_came_nothing_is_shared() -> None:
    gone = tuple(replace(each, came=False, joint_event=JointEvent.MISSED) for each in DAY.contestants)
    outcome = air_time(replace(DAY, contestants=gone), EDITION)
    assert outcome.value.own == {"a": 0, "b": 0, "c": 0}
    assert outcome.value.left == 2400
    assert "nobody_shares_air_time" in codes(outcome)


SEVEN = tuple(party(f"p{number}") for number in range(7))


@pytest.mark.norm("L24.2.a2", "L24.8.a2")
def test_seconds_that_cannot_be_shared_equally_go_to_nobody_or_to_the_joint_events() -> None:
    day = replace(DAY, contestants=SEVEN, order=tuple(each.id for each in SEVEN))
    kept = air_time(day, EDITION).value
    assert (set(kept.own.values()), kept.left, kept.joint) == ({342}, 6, 1200)
    joined = air_time(day, EDITION.with_readings(air_time_remainder="joint_events")).value
    assert (set(joined.own.values()), joined.left, joined.joint) == ({342}, 0, 1206)
    assert "air_time_left" in codes(air_time(day, EDITION))
    even = replace(DAY, contestants=DAY.contestants)
    assert not {"air_time_left", "air_time_left_to_joint_events"} & codes(air_time(even, EDITION))
    by_reading = air_time(even, EDITION.with_readings(air_time_remainder="joint_events"))
    assert not {"air_time_left", "air_time_left_to_joint_events"} & codes(by_reading)


@pytest.mark.norm("L24.2.a2", "L24.8.a2")
@settings(deadline=None)  # the second version deals out single seconds
@given(
    minutes=st.integers(min_value=1, max_value=60),
    joint=st.integers(min_value=1, max_value=60),
    came=st.lists(st.booleans(), min_size=1, max_size=20),
    state=st.booleans(),
)
def test_sums_equality_and_remainder_are_those_of_dealing_out_seconds(
    minutes: int, joint: int, came: list[bool], state: bool
) -> None:
    contestants = tuple(
        party(f"p{number}", came=there, joint_event=JointEvent.TOOK_PART if there else JointEvent.MISSED)
        for number, there in enumerate(came)
    )
    slots = (Slot(time(20), joint, joint=True), Slot(time(22), minutes))
    day = BroadcastDay(state, True, slots, contestants)
    value = air_time(day, EDITION).value
    dealt, left = deal(minutes * 60, [each.id for each in contestants if each.came or not state])
    assert value.own == {each.id: dealt.get(each.id, 0) for each in contestants}
    assert value.left == left
    assert sum(value.own.values()) + value.left + value.joint == (minutes + joint) * 60
    shares = {value.own[name] for name in dealt}
    assert len(shares) <= 1
    assert value.left < max(len(dealt), 1) or not dealt


@pytest.mark.norm("L24.2.a2", "L24.8.a2")
@pytest.mark.parametrize(("state", "norm"), [(True, "L24.2.a2"), (False, "L24.8.a2")])
def test_time_recorded_as_given_must_be_the_equal_share(state: bool, norm: str) -> None:
    equal = replace(DAY, state_company=state, given={"a": 800, "b": 800, "c": 800})
    assert "recorded_air_time_equal" in codes(air_time(equal, EDITION))
    assert "recorded_air_time_equal" not in codes(air_time(replace(equal, given={}), EDITION))
    outcome = air_time(replace(equal, given={"a": 800, "b": 801, "c": 799}), EDITION)
    assert found(outcome) == [(norm, "air_time_not_equal"), (norm, "air_time_not_equal")]
    assert [each.fields for each in outcome.findings] == [("given.b",), ("given.c",)]
    assert "recorded_air_time_equal" not in codes(outcome)


# ------------------------------------------------------------------------------------- the schedule


@pytest.mark.norm("L24.8.a1")
@pytest.mark.parametrize(
    ("decided", "agreed", "expected"),
    [
        (False, True, ["schedule_not_decided"]),
        (True, False, ["schedule_not_agreed"]),
        (None, True, ["schedule_ground_not_known"]),
        (False, None, ["schedule_ground_not_known", "schedule_not_decided"]),
        (True, True, []),
    ],
)
def test_the_commission_decides_and_the_company_agrees(
    decided: bool | None, agreed: bool | None, expected: list[str]
) -> None:
    outcome = air_time(replace(DAY, decided=decided, agreed=agreed), EDITION)
    assert [each.code for each in outcome.findings] == expected
    assert {each.norm for each in outcome.findings} <= {"L24.8.a1"}
    assert ("schedule_decided_and_agreed" in codes(outcome)) is (expected == [])


@pytest.mark.norm("L24.8.a2")
def test_the_order_is_drawn_by_lot_among_all() -> None:
    undrawn = air_time(replace(DAY, order=()), EDITION)
    assert found(undrawn) == [("L24.8.a2", "order_not_drawn")]
    assert undrawn.errors == ()
    outcome = air_time(replace(DAY, order=("a", "c")), EDITION)
    assert found(outcome) == [("L24.8.a2", "not_in_the_draw")]
    assert outcome.findings[0].facts == {"contestant": "b"}
    one = replace(DAY, contestants=(party("a"),), order=())
    assert found(air_time(one, EDITION)) == []


# ------------------------------------------------------------------------------------- joint events


@pytest.mark.norm("L24.3.a2")
def test_everybody_is_invited_to_the_joint_events() -> None:
    day = replace(DAY, contestants=(party("a"), party("b"), party("c", invited=False, joint_event=JointEvent.MISSED)))
    outcome = air_time(day, EDITION)
    assert found(outcome) == [("L24.3.a2", "not_invited_to_joint_event")]
    assert outcome.findings[0].fields == ("contestants[2].invited",)


@pytest.mark.norm("L24.3.a2", "L24.3.b1")
@pytest.mark.norm("L24.3.a2")
def test_an_invitation_that_is_not_known_is_asked_for_where_the_contestant_was_not_there() -> None:
    there = replace(DAY, contestants=(party("a"), party("b"), party("c", invited=None)))
    assert air_time(there, EDITION).findings == ()
    away = replace(DAY, contestants=(party("a"), party("b"), party("c", invited=None, joint_event=JointEvent.MISSED)))
    assert found(air_time(away, EDITION)) == [("L24.3.a2", "joint_invitation_not_known")]
    silent = party("c", joint_event=JointEvent.MISSED, speaker=None)
    assert air_time(replace(away, contestants=(party("a"), party("b"), silent)), EDITION).findings == ()


def test_without_joint_time_there_is_no_joint_event_to_be_invited_to() -> None:
    contestants = (party("a", invited=False, speaker=None), party("b"))
    day = replace(DAY, slots=(Slot(time(20), 60),), contestants=contestants, order=("a", "b"))
    assert found(air_time(day, EDITION)) == [("L24.3.a1", "joint_events_too_short")]


@pytest.mark.norm("L24.3.b1")
@pytest.mark.parametrize(
    ("speaker", "entitled"),
    [
        (Speaker.CANDIDATE, True),
        (Speaker.AUTHORIZED_REPRESENTATIVE, False),
        (Speaker.PROXY, False),
        (Speaker.SOMEBODY_ELSE, False),
    ],
)
def test_a_candidate_takes_part_only_in_person(speaker: Speaker, entitled: bool) -> None:
    day = replace(DAY, contestants=(candidate("a", speaker=speaker), candidate("b")), order=("a", "b"))
    assert found(air_time(day, EDITION)) == ([] if entitled else [("L24.3.b1", "speaker_not_entitled")])


@pytest.mark.norm("L24.3.b1")
@pytest.mark.parametrize(
    ("speaker", "entitled"),
    [
        (Speaker.AUTHORIZED_REPRESENTATIVE, True),
        (Speaker.PROXY, True),
        (Speaker.LIST_CANDIDATE, False),
        (Speaker.SOMEBODY_ELSE, False),
    ],
)
def test_a_party_speaks_through_authorized_representatives_and_proxies(speaker: Speaker, entitled: bool) -> None:
    day = replace(DAY, contestants=(party("a", speaker=speaker), party("b")), order=("a", "b"))
    assert found(air_time(day, EDITION)) == ([] if entitled else [("L24.3.b1", "speaker_not_entitled")])


@pytest.mark.norm("L24.3.b1")
def test_whether_a_candidate_of_the_list_speaks_for_the_party_is_a_reading() -> None:
    law = EDITION.with_readings(list_candidate_in_debate="may_speak")
    listed = replace(DAY, contestants=(party("a", speaker=Speaker.LIST_CANDIDATE), party("b")), order=("a", "b"))
    assert found(air_time(listed, law)) == []
    other = replace(listed, contestants=(candidate("a", speaker=Speaker.LIST_CANDIDATE), party("b")))
    assert found(air_time(other, law)) == [("L24.3.b1", "speaker_not_entitled")]


@pytest.mark.norm("L24.3.b1")
def test_who_spoke_is_asked_where_it_is_not_known() -> None:
    day = replace(DAY, contestants=(party("a", speaker=None), party("b")), order=("a", "b"))
    outcome = air_time(day, EDITION)
    assert found(outcome) == [("L24.3.b1", "speaker_not_known")]
    assert outcome.errors == ()


REFUSAL = replace(DAY, contestants=(party("a"), party("b"), party("c", joint_event=JointEvent.REFUSED)))


@pytest.mark.norm("L24.3.b2")
def test_who_refuses_a_joint_event_keeps_the_own_share_and_gets_no_more() -> None:
    outcome = air_time(REFUSAL, EDITION)
    assert outcome.value.own["c"] == air_time(DAY, EDITION).value.own["c"] == 800
    assert outcome.value.joint_share == 600
    assert "refusal_gives_no_more" in codes(outcome)
    assert outcome.findings == ()


@pytest.mark.norm("L24.3.b2")
def test_a_refuser_who_was_given_more_is_found_and_less_is_inequality() -> None:
    more = air_time(replace(REFUSAL, given={"a": 800, "b": 800, "c": 801}), EDITION)
    assert found(more) == [("L24.3.b2", "refusal_rewarded")]
    less = air_time(replace(REFUSAL, given={"a": 800, "b": 800, "c": 799}), EDITION)
    assert found(less) == [("L24.2.a2", "air_time_not_equal")]


@pytest.mark.norm("L24.3.b2", "L24.3.a1")
def test_a_joint_event_to_which_one_contestant_came_is_for_a_body_to_settle() -> None:
    alone = replace(
        DAY,
        contestants=(
            party("a"),
            party("b", joint_event=JointEvent.REFUSED),
            party("c", joint_event=JointEvent.REFUSED),
        ),
    )
    question = air_time(alone, EDITION).unsettled
    assert question is not None
    assert question.norms == ("L24.3.a1", "L24.3.b2")
    assert question.options == ("hold_joint_event_with_one", "drop_joint_event")
    assert air_time(REFUSAL, EDITION).unsettled is None
    apart = replace(alone, slots=(Slot(time(20), 60),))
    assert air_time(apart, EDITION).unsettled is None
    single = replace(DAY, contestants=(party("a"),), order=())
    assert air_time(single, EDITION).unsettled is None


def missing(name: str, cause: JointEvent = JointEvent.MISSED_FOR_CAUSE) -> Contestant:
    return party(name, joint_event=cause, wants_make_up=True)


@pytest.mark.norm("L24.3.c")
def test_who_missed_for_cause_uses_the_own_time_with_others_who_did() -> None:
    day = replace(DAY, contestants=(party("a"), missing("b"), missing("c")))
    value = air_time(day, EDITION).value
    assert (value.make_up, value.make_up_seconds) == (("b", "c"), 1600)


@pytest.mark.norm("L24.3.c")
def test_nobody_makes_up_alone_or_without_cause() -> None:
    alone = air_time(replace(DAY, contestants=(party("a"), party("b"), missing("c"))), EDITION)
    assert found(alone) == [("L24.3.c", "nobody_to_make_up_with")]
    assert alone.value.make_up == ()
    refused = air_time(replace(DAY, contestants=(party("a"), party("b"), missing("c", JointEvent.REFUSED))), EDITION)
    assert "make_up_not_due" in codes(refused)
    assert refused.value.make_up == ()
    not_asked = replace(DAY, contestants=(party("a"), party("b"), replace(missing("c"), wants_make_up=False)))
    assert air_time(not_asked, EDITION).findings == ()


@pytest.mark.norm("L24.5")
@pytest.mark.parametrize("disturbance", Disturbance)
@pytest.mark.parametrize("joint", [True, False])
def test_speeches_are_neither_interrupted_nor_commented_on(disturbance: Disturbance, joint: bool) -> None:
    outcome = air_time(replace(DAY, incidents=(Incident("a", disturbance, joint),)), EDITION)
    kept = disturbance is Disturbance.TIME_KEPT and joint
    assert found(outcome) == ([] if kept else [("L24.5", "speech_disturbed")])
    assert ("time_kept_in_joint_event" in codes(outcome)) is kept


# ------------------------------------------------------------------------------------- facts that cannot be


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"contestants": (party("a"), party("a")), "order": ()}, "twice"),
        ({"order": ("a", "a")}, "twice"),
        ({"order": ("a", "x")}, "x is none"),
        ({"given": {"x": 1}}, "x is none"),
        ({"incidents": (Incident("x", Disturbance.COMMENTED),)}, "x is none"),
        ({"slots": (Slot(time(20), 31), Slot(time(20, 30), 30))}, "overlap"),
    ],
)
def test_a_day_that_cannot_be_is_a_fault_of_the_facts(facts: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(DAY, **facts)


def test_slots_that_touch_do_not_overlap_and_none_is_empty() -> None:
    assert replace(DAY, slots=(Slot(time(20, 30), 30), Slot(time(20), 30, joint=True))).minutes == 60
    with pytest.raises(ValueError, match="a minute"):
        Slot(time(20), 0)


def test_who_did_not_come_took_part_in_nothing() -> None:
    with pytest.raises(ValueError, match="no joint event"):
        party("a", came=False)
