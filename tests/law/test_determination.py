"""Art. 37 in the words of the law: what is null, failed or invalid, what stands in the way; and deposits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from shailoo.law.determination import (
    Depositor,
    DepositRules,
    ElectionKind,
    Invalidation,
    InvalidationGround,
    PrecinctResult,
    Progress,
    SumDifference,
    Violation,
    add_up,
    check_invalidation,
    deposit_due,
    exclude,
    failed,
    null_by_court,
    null_by_share,
    obstacles,
    proposes_invalidation,
    refund_deposits,
    repeat_election,
)
from shailoo.law.editions import DepositRound, InvalidBallotsGround, RepeatElectionCaller, edition
from shailoo.law.outcome import Unsettled
from shailoo.law.shares import Base

EDITION = edition("2017-06-05")
THIRD = Fraction(1, 3)


def precinct(name: str, *, a: int = 300, b: int = 200, against_all: int = 20, invalid: int = 5) -> PrecinctResult:
    participated = a + b + against_all + invalid
    return PrecinctResult(name, participated + 400, participated, against_all, invalid, {"A": a, "B": b}, "KG02")


# ------------------------------------------------------------------------------------- null, failed


@pytest.mark.norm("L37.6.1")
@pytest.mark.parametrize(("invalidated", "null"), [(0, False), (500_000, False), (500_001, True)])
def test_exactly_a_third_is_not_more_than_a_third(invalidated: int, null: bool) -> None:
    assert null_by_share(invalidated, Base.exactly(1_500_000), THIRD).value is null


@pytest.mark.norm("L37.6.1", "L37.3.b")
def test_a_total_known_only_from_below_can_show_that_results_stand_but_not_that_they_are_null() -> None:
    at_least = Base(1_500_000, None)
    assert null_by_share(500_000, at_least, THIRD).unsettled is None
    open_question = null_by_share(500_001, at_least, THIRD).unsettled
    assert open_question is not None
    assert open_question.options == ("establish_participated",)


@pytest.mark.norm("L37.6.2")
def test_a_court_decision_makes_results_null_and_its_number_is_the_ground() -> None:
    outcome = null_by_court("AK-77/20")
    assert outcome.value
    assert outcome.grounds == ("L37.6.2",)
    assert outcome.steps[0].facts["court_decision"] == "AK-77/20"
    assert not null_by_court("").value


@pytest.mark.norm("L37.3.1", "L37.3.3")
@pytest.mark.parametrize(
    ("kind", "norm"), [(ElectionKind.PRESIDENTIAL, "L37.3.1"), (ElectionKind.JOGORKU_KENESH, "L37.3.3")]
)
def test_less_than_against_all_is_failed_and_equal_is_not(kind: ElectionKind, norm: str) -> None:
    assert failed(kind, (10, 99), 100).value
    assert not failed(kind, (10, 100), 100).value
    assert failed(kind, (10, 99), 100).grounds == (norm,)


# ------------------------------------------------------------------------------------- repeat election


@pytest.mark.norm("L38.5.a1", "L38.5.a2", "L57.a", "L57.c", "L63.2.b", "L63.2.c")
def test_who_calls_a_repeat_election_and_when() -> None:
    president = repeat_election(ElectionKind.PRESIDENTIAL, EDITION)
    assert (president.called_by, president.publish_within_days) == (RepeatElectionCaller.JOGORKU_KENESH, 3)
    assert president.terms_shortened_by == 0
    parliament = repeat_election(ElectionKind.JOGORKU_KENESH, EDITION)
    assert (parliament.called_by, parliament.publish_within_days) == (RepeatElectionCaller.CEC, 2)
    assert parliament.terms_shortened_by == THIRD


@pytest.mark.norm("L38.5.a2")
@pytest.mark.parametrize(
    ("found_on", "call_by"),
    [
        (date(2020, 10, 24), date(2020, 11, 24)),
        (date(2020, 12, 31), date(2021, 1, 31)),
        (date(2021, 1, 30), date(2021, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_one_of_a_shorter_month(found_on: date, call_by: date) -> None:
    assert repeat_election(ElectionKind.JOGORKU_KENESH, EDITION).call_by(found_on) == call_by


# ------------------------------------------------------------------------------------- invalid precincts


@pytest.mark.norm("L37.4.1", "L37.4.2", "L37.4.3", "L37.4.4", "L37.4.5")
def test_there_are_five_grounds_each_with_its_norm() -> None:
    assert [ground.norm for ground in InvalidationGround] == ["L37.4.1", "L37.4.2", "L37.4.3", "L37.4.4", "L37.4.5"]


@pytest.mark.norm("L37.4.1", "L37.4.2", "L37.4.3", "L37.4.4", "L37.5.a1", "L37.5.a2")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (Invalidation("1", InvalidationGround.NOT_CERTAIN, violations=(Violation.VOTES_NOT_CERTAIN,)), None),
        (
            Invalidation("1", InvalidationGround.NOT_CERTAIN, violations=(Violation.BRIBING_VOTERS,)),
            "violation_missing",
        ),
        (Invalidation("1", InvalidationGround.WILL_AFFECTED, violations=(Violation.BRIBING_VOTERS,)), None),
        (Invalidation("1", InvalidationGround.WILL_AFFECTED), "violation_missing"),
        (Invalidation("1", InvalidationGround.SUPERIOR_COMMISSION, "CEC 12"), None),
        (Invalidation("1", InvalidationGround.SUPERIOR_COMMISSION), "decision_reference_missing"),
        (Invalidation("1", InvalidationGround.COURT, "AK-77/20"), None),
        (Invalidation("1", InvalidationGround.COURT), "decision_reference_missing"),
        (Invalidation("1", InvalidationGround.BALLOTS_INVALIDATED), "ballots_not_invalidated"),
    ],
)
def test_a_ground_needs_what_it_rests_on(given: Invalidation, missing: str | None) -> None:
    outcome = check_invalidation(given, precinct("1"), EDITION.invalid_ballots_ground)
    assert [found.code for found in outcome.errors] == ([] if missing is None else [missing])
    assert outcome.grounds == (given.ground.norm,)


@pytest.mark.norm("L37.5.a2")
def test_seven_violations_affect_the_will_and_one_makes_votes_uncertain() -> None:
    grounds = [violation.ground for violation in Violation]
    assert grounds.count(InvalidationGround.WILL_AFFECTED) == 7
    assert grounds.count(InvalidationGround.NOT_CERTAIN) == 1


@pytest.mark.norm("L37.4.5")
def test_ground_five_is_proposed_where_all_ballots_found_are_invalid() -> None:
    all_invalid = precinct("1", a=0, b=0, against_all=0, invalid=9)
    assert proposes_invalidation(all_invalid, InvalidBallotsGround.ALL)
    assert not proposes_invalidation(replace(all_invalid, against_all=1), InvalidBallotsGround.ALL)
    assert proposes_invalidation(replace(all_invalid, against_all=1), InvalidBallotsGround.ANY)
    nothing_found = precinct("1", a=0, b=0, against_all=0, invalid=0)
    assert not proposes_invalidation(nothing_found, InvalidBallotsGround.ALL)


@pytest.mark.norm("L37.1.a", "L64.1")
def test_sums_add_every_precinct_once_and_miss_no_option() -> None:
    rows = [precinct("1"), precinct("2", a=1, b=2, against_all=3, invalid=4), replace(precinct("3"), votes={"C": 7})]
    sums = add_up(rows)
    assert sums.votes == {"A": 301, "B": 202, "C": 7}
    assert (sums.precincts, sums.against_all, sums.invalid) == (3, 43, 14)
    assert sums.participated == sum(row.participated for row in rows)
    assert sums.listed == sum(row.listed for row in rows)


@pytest.mark.norm("L37.4.b1", "L37.6.1")
def test_an_invalid_precinct_leaves_the_sums_but_not_the_third() -> None:
    rows = [precinct("1"), precinct("2"), precinct("3")]
    counted = exclude(rows, [Invalidation("2", InvalidationGround.COURT, "AK-77/20")])
    assert [row.id for row in counted.value.remaining] == ["1", "3"]
    assert counted.value.invalidated_participants == 525
    assert counted.value.total_participated == 1_575
    assert counted.grounds == ("L37.4.4", "L37.4.b1")


@pytest.mark.norm("L37.4.b1")
def test_without_invalid_precincts_all_count_and_nothing_needs_a_ground() -> None:
    counted = exclude([precinct("1")], [])
    assert counted.value.set_aside == ()
    assert counted.steps == ()


def test_an_invalidation_of_an_unknown_precinct_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="9"):
        exclude([precinct("1")], [Invalidation("9", InvalidationGround.COURT, "AK-77/20")])


# ------------------------------------------------------------------------------------- obstacles


@pytest.mark.norm("L37.1.a")
def test_nothing_in_the_way_means_that_the_cec_may_determine() -> None:
    outcome = obstacles(Progress(ElectionKind.JOGORKU_KENESH, base_known=True))
    assert outcome.value
    assert outcome.findings == ()


@pytest.mark.norm("L36.2.b1", "L36.2.b2", "L37.1.b", "L37.3.b", "L64.1")
def test_every_obstacle_is_named_with_its_norm() -> None:
    progress = Progress(
        ElectionKind.JOGORKU_KENESH,
        base_known=False,
        missing=("7001",),
        parked=("7002", "7003"),
        differences=(SumDifference("TEC-3", "valid", pec=10, tec=11),),
        unsettled=(Unsettled("equal_remainder_votes_and_registration", ("L64.3.f",), ("A", "B")),),
        open_complaints=("41",),
    )
    outcome = obstacles(progress)
    assert not outcome.value
    assert [(found.norm, found.code) for found in outcome.errors] == [
        ("L36.2.b2", "protocol_missing"),
        ("L36.2.b1", "protocol_parked"),
        ("L36.2.b1", "protocol_parked"),
        ("L64.1", "pec_and_tec_sums_differ"),
        ("L64.3.f", "question_unsettled"),
        ("L37.1.b", "complaint_undecided"),
        ("L37.3.b", "base_unknown"),
    ]
    difference = outcome.errors[3]
    assert (difference.facts["pec"], difference.facts["tec"], difference.facts["beside"]) == (10, 11, "L37.1.a")
    assert difference.fields == ("valid",)


@pytest.mark.norm("L55.3", "L55.1.a", "L37.1.a")
def test_an_open_appeal_suspends_the_president_but_only_warns_for_the_jogorku_kenesh() -> None:
    president = obstacles(Progress(ElectionKind.PRESIDENTIAL, base_known=True, open_appeals=("AK-1/17",)))
    assert not president.value
    assert [found.norm for found in president.errors] == ["L55.3"]
    parliament = obstacles(Progress(ElectionKind.JOGORKU_KENESH, base_known=True, open_appeals=("AK-1/20",)))
    assert parliament.value
    assert [found.code for found in parliament.warnings] == ["results_under_appeal"]


@pytest.mark.norm("L55.1.a")
def test_presidential_sums_rest_on_article_55() -> None:
    difference = SumDifference("TEC-3", "valid", pec=10, tec=11)
    outcome = obstacles(Progress(ElectionKind.PRESIDENTIAL, base_known=True, differences=(difference,)))
    assert [found.norm for found in outcome.errors] == ["L55.1.a"]


# ------------------------------------------------------------------------------------- deposits

RULES = DepositRules.of(EDITION)


@pytest.mark.norm("L53.4.a", "L61.2.a")
def test_deposits_are_multiples_of_the_calculated_index() -> None:
    assert deposit_due(ElectionKind.PRESIDENTIAL, Decimal(100), EDITION) == Decimal(1_000_000)
    assert deposit_due(ElectionKind.JOGORKU_KENESH, Decimal(100), EDITION) == Decimal(5_000_000)


@pytest.mark.norm("L61.2.c", "L61.2.d")
@pytest.mark.parametrize(("votes", "refund"), [(50_000, 5_000_000), (49_999, 0)])
def test_five_per_cent_of_those_who_took_part_returns_the_deposit(votes: int, refund: int) -> None:
    party = Depositor("A", Decimal(5_000_000), report_filed=True, votes=(votes,))
    outcome = refund_deposits(ElectionKind.JOGORKU_KENESH, [party], (1_000_000,), RULES)
    assert outcome.value == {"A": Decimal(refund)}
    assert outcome.grounds == ("L61.2.c",)
    assert outcome.steps[0].facts["needed"] == 50_000


@pytest.mark.norm("L41.16.b")
def test_without_a_report_nothing_is_paid_back_yet() -> None:
    party = Depositor("A", Decimal(5_000_000), report_filed=False, votes=(60_000,))
    outcome = refund_deposits(ElectionKind.JOGORKU_KENESH, [party], (1_000_000,), RULES)
    assert outcome.value == {"A": Decimal(0)}
    assert [found.code for found in outcome.warnings] == ["report_not_filed"]


@pytest.mark.norm("L53.4.b", "L53.4.c")
@pytest.mark.parametrize(("reading", "refund"), [(DepositRound.EITHER, 1_000_000), (DepositRound.FIRST, 0)])
def test_after_a_repeat_voting_either_round_counts_or_only_the_first(reading: DepositRound, refund: int) -> None:
    candidate = Depositor("A", Decimal(1_000_000), report_filed=True, votes=(49_999, 50_000))
    rules = replace(RULES, deposit_round=reading)
    outcome = refund_deposits(ElectionKind.PRESIDENTIAL, [candidate], (1_000_000, 1_000_000), rules)
    assert outcome.value == {"A": Decimal(refund)}


@pytest.mark.norm("L53.4.b")
def test_nobody_took_part_and_nobody_is_paid_back() -> None:
    candidate = Depositor("A", Decimal(1_000_000), report_filed=True, votes=(0,))
    assert refund_deposits(ElectionKind.PRESIDENTIAL, [candidate], (0,), RULES).value == {"A": Decimal(0)}
