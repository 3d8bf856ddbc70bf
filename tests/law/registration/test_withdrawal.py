"""Who leaves the race until when, and what follows (L46.2, L53.9, L61.10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shailoo.law.calendar import end_of
from shailoo.law.registration.withdrawal import ON_THE_BALLOT, RULES, Ballots, Departure, Withdrawal, withdrawal
from tests.law.registration.cases import LAW, LISTS, ORACLES, PRESIDENT, election, local

SECOND = timedelta(seconds=1)
INCLUSIVE = LAW.with_readings(backward_counting="inclusive")
FIVE_DAYS = LAW.with_readings(own_withdrawal="cancellation_term")
EARLY = local("2020-09-10 10:00")
CASES = ORACLES["withdrawals"]


def case_id(case: dict[str, Any]) -> str:
    return f"{case['kind']}-{case['departure']}"


def leaving(departure: Departure, **changed: Any) -> Withdrawal:
    of = PRESIDENT if departure is Departure.CANDIDATE_WITHDRAWS else LISTS
    filed = local("2017-09-20 10:00") if of is PRESIDENT else EARLY
    return replace(Withdrawal(of, departure, filed, written=True, ballots_made=False), **changed)


@pytest.mark.norm("L53.9.a", "L61.10.a", "L61.10.e")
@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_published_last_day(case: dict[str, Any]) -> None:
    for law, day in ((LAW, case["last"]), (INCLUSIVE, case["inclusive"])):
        filed = Withdrawal(election(case), Departure(case["departure"]), end_of(day) - SECOND, written=True)
        assert withdrawal(filed, law).value.accepted
        late = withdrawal(replace(filed, filed_at=end_of(day)), law)
        assert (late.value.accepted, late.value.ballots) == (False, Ballots.UNCHANGED)
        assert [found.norm for found in late.errors] == [RULES[Departure(case["departure"])].term]


@pytest.mark.norm("L61.10.c")
def test_a_party_takes_candidates_back_until_five_days_before() -> None:
    until = local("2020-09-29 00:00")
    in_time = leaving(Departure.PARTY_RECALLS_CANDIDATES, filed_at=until - SECOND)
    assert withdrawal(in_time, LAW).value.accepted
    assert [found.norm for found in withdrawal(replace(in_time, filed_at=until), LAW).errors] == ["L61.10.c"]


@pytest.mark.norm("L53.9.b", "L61.10.b", "L61.10.d", "L61.10.f", "L46.2.1", "L46.2.2", "L46.3.1")
@pytest.mark.parametrize(
    ("departure", "decision", "ground"),
    [
        (Departure.CANDIDATE_WITHDRAWS, "L53.9.b", "L46.2.1"),
        (Departure.LISTED_CANDIDATE_WITHDRAWS, "L61.10.b", "L46.2.1"),
        (Departure.PARTY_RECALLS_CANDIDATES, "L61.10.d", "L46.2.2"),
        (Departure.PARTY_RECALLS_LIST, "L61.10.f", "L46.3.1"),
    ],
)
def test_the_commission_decides_on_the_application(departure: Departure, decision: str, ground: str) -> None:
    due = withdrawal(leaving(departure), LAW)
    assert {decision, ground} <= set(due.grounds)
    assert (decision, "withdrawal_to_be_decided") in [(step.norm, step.code) for step in due.steps]
    filed = leaving(departure).filed_at
    decided = withdrawal(leaving(departure, decided_at=filed), LAW)
    assert (decision, "withdrawal_decided") in [(step.norm, step.code) for step in decided.steps]


@pytest.mark.norm("L46.2", "L46.3")
@pytest.mark.parametrize(
    ("departure", "norm"), [(Departure.PARTY_RECALLS_CANDIDATES, "L46.2"), (Departure.PARTY_RECALLS_LIST, "L46.3")]
)
def test_a_recall_is_decided_until_five_days_before(departure: Departure, norm: str) -> None:
    until = local("2020-09-29 00:00")
    decided = withdrawal(leaving(departure, decided_at=until - SECOND), LAW)
    assert (decided.value.decide_until, decided.findings) == (until, ())
    late = withdrawal(leaving(departure, decided_at=until), LAW)
    assert [found.norm for found in late.errors] == [norm]


@pytest.mark.norm("L46.2", "L53.9.a", "L61.10.a")
@pytest.mark.parametrize(
    ("departure", "filed"),
    [
        (Departure.LISTED_CANDIDATE_WITHDRAWS, local("2020-09-30 23:59")),
        (Departure.CANDIDATE_WITHDRAWS, local("2017-10-11 23:59")),
    ],
)
def test_own_withdrawal_has_its_special_term_unless_the_five_days_are_read_to_bind_it(
    departure: Departure, filed: Any
) -> None:
    last_hour = leaving(departure, filed_at=filed, decided_at=filed)
    special = withdrawal(last_hour, LAW)
    assert (special.value.accepted, special.value.decide_until) == (True, None)
    assert "withdrawal_special_term" in [step.code for step in special.steps]
    assert not withdrawal(last_hour, FIVE_DAYS).value.accepted
    bound = withdrawal(leaving(departure), FIVE_DAYS)
    assert bound.value.accepted
    assert bound.value.decide_until == bound.value.until


@pytest.mark.norm("L61.10.a", "L53.9.a", "L61.10.c", "L61.10.e")
@pytest.mark.parametrize("departure", Departure)
def test_every_departure_takes_a_written_application(departure: Departure) -> None:
    spoken = withdrawal(leaving(departure, written=False), LAW)
    assert not spoken.value.accepted
    assert [found.norm for found in spoken.errors] == [RULES[departure].term]
    unknown = withdrawal(leaving(departure, written=None), LAW)
    assert unknown.value.accepted
    assert [found.code for found in unknown.warnings] == ["withdrawal_form_not_known"]


@pytest.mark.norm("L30.10.a1")
@pytest.mark.parametrize("departure", Departure)
@pytest.mark.parametrize(
    ("made", "ballots"), [(True, Ballots.CROSSED_OUT), (False, Ballots.LEFT_OUT), (None, Ballots.NOT_KNOWN)]
)
def test_a_line_of_the_ballot_is_crossed_out_once_ballots_are_made(
    departure: Departure, made: bool | None, ballots: Ballots
) -> None:
    value = withdrawal(leaving(departure, ballots_made=made), LAW).value
    assert value.ballots is (ballots if departure in ON_THE_BALLOT else Ballots.UNCHANGED)


@pytest.mark.norm("L65.1.d")
@pytest.mark.parametrize("departure", Departure)
def test_only_a_candidate_of_a_list_is_told_of_the_second_chance_after_the_voting(departure: Departure) -> None:
    late = withdrawal(leaving(departure, filed_at=local("2020-10-03 10:00")), LAW)
    told = "withdrawal_again_after_voting" in [step.code for step in late.steps]
    assert told is (departure is Departure.LISTED_CANDIDATE_WITHDRAWS)
    spoken = withdrawal(leaving(departure, written=False), LAW)
    assert spoken.steps == ()


@pytest.mark.parametrize(
    "changed",
    [{"election": PRESIDENT}, {"departure": Departure.CANDIDATE_WITHDRAWS}, {"decided_at": EARLY - SECOND}],
)
def test_a_departure_that_cannot_be_is_none(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(leaving(Departure.PARTY_RECALLS_LIST), **changed)
