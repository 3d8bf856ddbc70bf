"""Commissions at work: with whom they may sit, when they have decided, and what becomes of a proposal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions import Edition, editions
from shailoo.law.observation.observers import Level
from shailoo.law.sittings.agenda import Proposal, proposal
from shailoo.law.sittings.majority import Choice, Poll, majority
from shailoo.law.sittings.quorum import Notice, Present, notice, quorum

LAW = editions()[-1]
AT = datetime(2020, 10, 16, 8, tzinfo=UTC)


def read(**readings: str) -> Edition:
    """The law with other readings."""
    return LAW.with_readings(**readings)


def poll(
    votes_for: int, against: int = 0, abstained: int = 0, *, present: int = 12, chair: Choice | None = None
) -> Poll:
    return Poll(12, present, votes_for, against, abstained, chair)


@pytest.mark.norm("L12.4")
@pytest.mark.parametrize(
    ("reading", "seats", "needed"),
    [
        ("two_thirds_of_seats", 12, 8),  # the share itself is enough
        ("two_thirds_of_seats", 11, 8),
        ("two_thirds_of_seats", 7, 5),
        ("two_thirds_of_seats", 1, 1),
        ("majority_of_seats", 12, 7),  # half is no majority
        ("majority_of_seats", 11, 6),
        ("majority_of_seats", 1, 1),
    ],
)
def test_a_commission_sits_with_its_quorum_and_not_with_one_member_less(reading: str, seats: int, needed: int) -> None:
    law = read(sitting_quorum=reading)
    enough, less = quorum(Present(seats, needed), law), quorum(Present(seats, needed - 1), law)
    assert enough.value.quorate
    assert enough.value.needed == less.value.needed == needed
    assert not less.value.quorate
    assert [found.code for found in less.errors] == ["sitting_without_quorum"]
    assert enough.grounds == ("L12.4",)


@pytest.mark.norm("L12.4")
def test_nobody_is_no_quorum_and_more_than_all_is_a_mistake() -> None:
    assert not quorum(Present(0, 0), LAW).value.quorate
    assert [found.code for found in quorum(Present(12, 13), LAW).errors] == ["more_members_than_seats"]


@pytest.mark.norm("L12.4")
@pytest.mark.parametrize(
    ("law", "case", "adopted"),
    [
        (LAW, poll(7, 5), True),
        (LAW, poll(6, 6), False),  # exactly half
        (LAW, poll(6, 0, present=8), False),  # a majority of those present alone
        (read(decision_majority="of_present"), poll(5, 3, present=8), True),
        (read(decision_majority="of_present"), poll(4, 4, present=8), False),
        (read(decision_majority="of_present"), poll(4, 0, 4, present=8), False),
        (read(sitting_tie="chair_decides"), poll(6, 6, chair=Choice.FOR), True),
        (read(sitting_tie="chair_decides"), poll(6, 6, chair=Choice.AGAINST), False),
        (read(sitting_tie="chair_decides"), poll(6, 6), False),  # the chair did not vote
        (read(sitting_tie="chair_decides"), poll(5, 5, chair=Choice.FOR), False),  # two votes short of seven
        (read(sitting_tie="chair_decides"), poll(6, 5, 1, chair=Choice.FOR), False),  # not equal
    ],
)
def test_a_decision_needs_more_than_half(law: Edition, case: Poll, *, adopted: bool) -> None:
    outcome = majority(case, law)
    assert outcome.value.adopted is adopted
    assert (case.votes_for >= outcome.value.needed) is adopted
    assert outcome.steps[-1].code.startswith("majority_")


@pytest.mark.norm("L12.4")
def test_more_votes_than_members_present_decide_nothing() -> None:
    outcome = majority(poll(9, present=8), LAW)
    assert [found.code for found in outcome.errors] == ["more_votes_than_members_present"]
    assert not outcome.value.adopted
    assert [found.code for found in majority(poll(1, present=13), LAW).errors] == ["more_members_than_seats"]


@pytest.mark.norm("L12.4")
@given(seats=st.integers(1, 200), data=st.data())
def test_against_every_division_of_votes_the_majority_is_more_than_half_of_the_seats(
    seats: int, data: st.DataObject
) -> None:
    present = data.draw(st.integers(0, seats))
    votes_for = data.draw(st.integers(0, present))
    against = data.draw(st.integers(0, present - votes_for))
    found = majority(Poll(seats, present, votes_for, against, 0), LAW)
    assert found.value.adopted is (Fraction(votes_for, seats) > Fraction(1, 2))
    enough = quorum(Present(seats, present), LAW)
    assert enough.value.quorate is (Fraction(present, seats) >= Fraction(2, 3))


@pytest.mark.norm("L8.2")
@pytest.mark.parametrize(
    ("before", "place", "codes"),
    [
        (timedelta(seconds=1), "Бишкек", []),
        (timedelta(0), "Бишкек", ["sitting_called_too_late"]),
        (timedelta(days=1), " ", ["sitting_without_place"]),
    ],
)
def test_a_sitting_is_made_known_before_its_hour_with_its_place(
    before: timedelta, place: str, codes: list[str]
) -> None:
    outcome = notice(Notice(AT, AT + before, place), LAW)
    assert [found.code for found in outcome.errors] == codes
    assert outcome.value.beforehand is (not codes)


@pytest.mark.norm("L18.1.2", "L35.16.a1", "L36.2.c1")
@pytest.mark.parametrize(
    ("case", "codes", "norm"),
    [
        (Proposal(Level.CEC, final_meeting=False, on_complaint=False), [], "L12.4"),
        (Proposal(Level.TEC, final_meeting=True, on_complaint=True), [], "L36.2.c1"),
        (Proposal(Level.TEC, True, False), ["final_meeting_is_on_complaints"], "L36.2.c1"),
        (Proposal(Level.PEC, True, False), ["final_meeting_is_on_complaints"], "L35.16.a1"),
        (Proposal(Level.TEC, True, False, declined=True), [], "L36.2.c1"),  # it is not dealt with
        (Proposal(Level.TEC, False, False, vote_demanded=True), [], "L18.1.2"),
        (Proposal(Level.TEC, False, False, True, False, True), ["proposal_declined_without_vote"], "L18.1.2"),
        (Proposal(Level.TEC, False, False, True, True, True), [], "L18.1.2"),
        (Proposal(Level.TEC, False, False, False, False, True), [], "L12.4"),
    ],
)
def test_what_may_be_dealt_with_and_what_is_declined_by_a_vote_alone(
    case: Proposal, codes: list[str], norm: str
) -> None:
    outcome = proposal(case, LAW)
    assert [found.code for found in outcome.errors] == codes
    assert outcome.value.lawful is (not codes)
    assert outcome.grounds == (norm,)
