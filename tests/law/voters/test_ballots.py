"""Art. 30: how many ballots, how they are printed, destroyed and handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions import SpareBallotsRounding
from shailoo.law.voters.ballots import (
    BallotHandover,
    BallotLevel,
    BallotPrinting,
    BallotQuantity,
    Handover,
    QuantityVerdict,
    Witness,
    ballot_handover,
    ballot_printing,
    ballot_quantity,
)
from tests.law.voters.cases import JK, LAW, REPEAT, breaches, errors, passed

CEIL = LAW.with_readings(spare_ballots_rounding=SpareBallotsRounding.CEIL)


@pytest.mark.norm("L30.9.a4", "L30.1.a3")
@pytest.mark.parametrize(("level", "norm"), [(BallotLevel.PRECINCT, "L30.9.a4"), (BallotLevel.COUNTRY, "L30.1.a3")])
@pytest.mark.parametrize(
    ("voters", "ballots", "surplus"),
    [
        (999, 999, 0),
        (999, 1000, 1),
        (1000, 1001, 0),
        (1000, 1002, 1),
        (2000, 2002, 0),
        (2000, 2003, 1),
        (3_523_554, 3_527_077, 0),
        (3_523_554, 3_527_078, 1),
    ],
)
def test_a_thousandth_more_ballots_than_voters_and_not_one_more(
    level: BallotLevel, norm: str, voters: int, ballots: int, surplus: int
) -> None:
    found = ballot_quantity(BallotQuantity(level, voters, ballots), LAW)
    assert found.value.surplus == surplus
    assert errors(found) == ({(norm, "ballots_over_limit")} if surplus else set())
    assert ((norm, "ballots_within_limit") in passed(found)) is (surplus == 0)


@pytest.mark.norm("L30.9.a4")
@pytest.mark.parametrize(
    ("voters", "floor", "ceil"), [(999, 999, 1000), (1000, 1001, 1001), (1001, 1002, 1003), (0, 0, 0)]
)
def test_the_reading_says_how_the_thousandth_is_rounded(voters: int, floor: int, ceil: int) -> None:
    facts = BallotQuantity(BallotLevel.PRECINCT, voters, 0)
    assert ballot_quantity(facts, LAW).value.limit == floor
    assert ballot_quantity(facts, CEIL).value.limit == ceil


@pytest.mark.norm("L31.9.a1")
@pytest.mark.parametrize(("voters", "ballots", "warned"), [(999, 999, True), (1000, 1001, False), (1000, 1000, True)])
def test_a_precinct_without_a_spare_ballot_is_warned_of(voters: int, ballots: int, warned: bool) -> None:
    found = ballot_quantity(BallotQuantity(BallotLevel.PRECINCT, voters, ballots), LAW)
    assert (("L31.9.a1", "ballots_none_spare") in breaches(found)) is warned
    assert found.errors == ()
    country = ballot_quantity(BallotQuantity(BallotLevel.COUNTRY, voters, ballots), LAW)
    assert country.findings == ()


@given(st.integers(0, 5_000_000), st.integers(0, 6_000_000))
def test_the_limit_is_what_fractions_say(voters: int, ballots: int) -> None:
    exact = voters * Fraction(1001, 1000)
    found = ballot_quantity(BallotQuantity(BallotLevel.PRECINCT, voters, ballots), LAW).value
    assert found == QuantityVerdict(int(exact), int(exact) - voters, max(0, ballots - int(exact)))
    assert bool(found.surplus) is (ballots > exact)
    above = ballot_quantity(BallotQuantity(BallotLevel.PRECINCT, voters, ballots), CEIL).value.limit
    assert above - 1 < exact <= above


# ------------------------------------------------------------------------------------- printing and destruction

PRINTED = BallotPrinting(
    voting=JK,
    finished=date(2020, 9, 23),
    printed=10_050,
    transferred=10_000,
    discarded=40,
    surplus=10,
    destroyed=50,
    transfer_act=True,
    members=3,
    invited=frozenset(Witness),
    attended=("Асанова", "Болотов", "Касымов"),
    signed=("Асанова", "Болотов", "Касымов"),
)


@pytest.mark.norm("L30.7.a1", "L30.7.a2", "L30.7.a3", "L30.6.a1")
def test_printing_that_accounts_for_every_ballot_is_in_order() -> None:
    found = ballot_printing(PRINTED, LAW)
    assert (found.value, found.findings) == (0, ())
    assert {"L30.6.a1", "L30.7.a1", "L30.7.a2", "L30.7.a3"} <= set(found.grounds)


@pytest.mark.norm("L30.7.a1")
def test_a_ballot_that_is_nowhere_is_missed() -> None:
    found = ballot_printing(replace(PRINTED, transferred=9_999), LAW)
    assert found.value == 1
    assert errors(found) == {("L30.7.a1", "printed_ballots_not_accounted_for")}
    assert errors(ballot_printing(replace(PRINTED, transfer_act=False), LAW)) == {("L30.7.a1", "transfer_act")}


@pytest.mark.norm("L30.7.a2")
def test_discarded_and_surplus_ballots_are_destroyed_before_three_members() -> None:
    fewer = ballot_printing(replace(PRINTED, destroyed=49), LAW)
    assert errors(fewer) == {("L30.7.a2", "destroyed_ballots_differ")}
    two = ballot_printing(replace(PRINTED, members=2), LAW)
    assert errors(two) == {("L30.7.a2", "destruction_members_too_few")}


@pytest.mark.norm("L30.7.a2")
@pytest.mark.parametrize("witness", Witness)
def test_every_group_is_invited_to_the_destruction(witness: Witness) -> None:
    found = ballot_printing(replace(PRINTED, invited=frozenset(Witness) - {witness}), LAW)
    assert errors(found) == {("L30.7.a2", "destruction_witness_not_invited")}
    assert found.errors[0].facts == {"witness": witness}


@pytest.mark.norm("L30.7.a3")
def test_everybody_present_signs_the_act_of_destruction() -> None:
    found = ballot_printing(replace(PRINTED, signed=("Асанова",)), LAW)
    assert errors(found) == {("L30.7.a3", "destruction_act_unsigned")}
    assert found.errors[0].facts["people"] == "Болотов, Касымов"
    nobody = ballot_printing(replace(PRINTED, attended=(), signed=()), LAW)
    assert errors(nobody) == {("L30.7.a3", "destruction_attendance_not_recorded")}


def test_where_nothing_is_left_over_nothing_is_destroyed() -> None:
    exact = replace(PRINTED, printed=10_000, discarded=0, surplus=0, destroyed=0, members=0, invited=frozenset())
    assert ballot_printing(exact, LAW).findings == ()


@pytest.mark.norm("L30.6.a1")
def test_printing_ends_ten_full_days_before_and_has_no_such_term_at_a_repeat_voting() -> None:
    late = ballot_printing(replace(PRINTED, finished=date(2020, 9, 24)), LAW)
    assert breaches(late) == {("L30.6.a1", "ballots_printed")}
    assert ballot_printing(replace(PRINTED, voting=REPEAT, finished=None), LAW).findings == ()


# ------------------------------------------------------------------------------------- handing over

TO_TEC = BallotHandover(
    voting=JK, handover=Handover.CEC_TO_TEC, on=date(2020, 9, 23), members=11, present=6, act=True, ballots=50_000
)
TO_PEC = BallotHandover(
    voting=JK,
    handover=Handover.TEC_TO_PEC,
    on=date(2020, 10, 2),
    members=12,
    present=6,
    act=True,
    ballots=1001,
    voters=1000,
)


@pytest.mark.norm("L30.8.a1", "L30.8.a3")
@pytest.mark.parametrize(("facts", "norm"), [(TO_TEC, "L30.8.a1"), (TO_PEC, "L30.8.a3")])
def test_ballots_are_handed_over_under_an_act_before_half_of_the_members(facts: BallotHandover, norm: str) -> None:
    found = ballot_handover(facts, LAW)
    assert (found.value, found.findings) == (True, ())
    fewer = ballot_handover(replace(facts, present=5), LAW)
    assert (fewer.value, errors(fewer)) == (False, {(norm, "handover_members_too_few")})
    assert errors(ballot_handover(replace(facts, act=False), LAW)) == {(norm, "act")}


@pytest.mark.norm("L30.8.a2", "L30.8.a4")
@pytest.mark.parametrize(("facts", "norm"), [(TO_TEC, "L30.8.a2"), (TO_PEC, "L30.8.a4")])
def test_representatives_may_be_present(facts: BallotHandover, norm: str) -> None:
    found = ballot_handover(replace(facts, refused=("Асанова",)), LAW)
    assert breaches(found) == {(norm, "handover_audience_refused")}
    assert found.value


@pytest.mark.norm("L30.9.a1", "L30.9.a2", "L30.9.a3")
@pytest.mark.parametrize(
    ("facts", "norm", "in_time", "late"),
    [
        (TO_TEC, "L30.9.a1", date(2020, 9, 23), date(2020, 9, 24)),
        (replace(TO_TEC, voting=REPEAT), "L30.9.a2", date(2020, 10, 26), date(2020, 10, 27)),
        (TO_PEC, "L30.9.a3", date(2020, 10, 3), date(2020, 10, 4)),
        (TO_PEC, "L30.9.a3", date(2020, 10, 2), date(2020, 10, 1)),
        (replace(TO_PEC, voting=REPEAT), "L30.9.a3", date(2020, 10, 30), date(2020, 10, 29)),
    ],
)
def test_ballots_come_in_their_days(facts: BallotHandover, norm: str, in_time: date, late: date) -> None:
    assert ballot_handover(replace(facts, on=in_time), LAW).findings == ()
    assert {each for each, _ in breaches(ballot_handover(replace(facts, on=late), LAW))} == {norm}


@pytest.mark.norm("L30.9.a4")
def test_a_precinct_gets_no_more_ballots_than_its_list_allows() -> None:
    many = ballot_handover(replace(TO_PEC, ballots=1002), LAW)
    assert (many.value, errors(many)) == (False, {("L30.9.a4", "ballots_over_limit")})
    unknown = ballot_handover(replace(TO_PEC, voters=None), LAW)
    assert errors(unknown) == {("L30.9.a4", "voters")}


def test_no_more_members_are_present_than_there_are() -> None:
    with pytest.raises(ValueError, match="no more are present"):
        replace(TO_PEC, present=13)
