"""Art. 3.4, 50, 51 and 59.1: who may be elected President or deputy. Persons and days are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shailoo.law.editions import Edition, edition
from shailoo.law.nomination.candidate import (
    BARS,
    LEVELS,
    Bar,
    Candidate,
    CandidateKind,
    Certificate,
    LanguageLevel,
    Stage,
    Standing,
    eligible,
)
from shailoo.law.nomination.residence import Stay, years_of_residence
from tests.law.nomination.naive import days_lived

LAW = edition("2017-06-05")
ON_SUBMISSION = LAW.with_readings(age_day="submission_day")
ELECTION_DAY, SUBMITTED = date(2020, 10, 18), date(2020, 7, 20)

PRESIDENT = Candidate(
    CandidateKind.PRESIDENT,
    born=date(1970, 1, 1),
    election_day=ELECTION_DAY,
    submitted_on=SUBMITTED,
    citizen=True,
    foreign_citizenship=False,
    uncancelled_conviction=False,
    legally_incapable=False,
    stage=Stage.REGISTRATION,
    times_president=0,
    residence=(Stay(date(1970, 1, 1)),),
    certificate=Certificate(LanguageLevel.HIGHER_THAN_AVERAGE, "A-1", "Centre"),
)
DEPUTY = replace(PRESIDENT, kind=CandidateKind.JOGORKU_KENESH, election_day=date(2020, 10, 4))


def changed(candidate: Candidate, **changes: object) -> Candidate:
    return replace(candidate, **changes)  # type: ignore[arg-type]  # a test's own


def told(candidate: Candidate, law: Edition = LAW) -> list[tuple[str, str]]:
    return [(found.norm, found.code) for found in eligible(candidate, law).findings]


def standing(candidate: Candidate, law: Edition = LAW) -> Standing:
    return eligible(candidate, law).value.standing


@pytest.mark.norm("L50.2", "L50.3.a", "L50.3.b", "L50.3.c", "L50.3.d", "L50.3.e", "L50.4.b", "L51.1.a")
def test_who_meets_every_requirement_may_be_elected_president() -> None:
    outcome = eligible(PRESIDENT, LAW)
    assert outcome.value.standing is Standing.ELIGIBLE
    assert set(outcome.grounds) == {
        *("L3.4", "L50.2", "L50.3.a", "L50.3.b", "L50.3.c", "L50.3.d", "L50.3.e", "L50.4.b", "L51.1.a")
    }


@pytest.mark.norm("L59.1.a", "L59.1.b")
def test_of_a_deputy_neither_language_nor_residence_is_asked() -> None:
    outcome = eligible(changed(DEPUTY, residence=None, certificate=None, times_president=None), LAW)
    assert outcome.value.standing is Standing.ELIGIBLE
    assert set(outcome.grounds) == {"L59.1.a", "L59.1.b", "L61.7.6", "L3.4"}


# ------------------------------------------------------------------------------------- bars

HAS = {
    Bar.NO_CITIZEN: {"citizen": False},
    Bar.FOREIGN_CITIZENSHIP: {"foreign_citizenship": True},
    Bar.UNCANCELLED_CONVICTION: {"uncancelled_conviction": True},
    Bar.LEGALLY_INCAPABLE: {"legally_incapable": True},
}
UNKNOWN = {bar: dict.fromkeys(changes) for bar, changes in HAS.items()}
CASES = [(kind, bar) for kind, bars in BARS.items() for bar in bars]


@pytest.mark.norm("L3.4", "L50.3.a", "L59.1.a", "L59.1.b", "L61.7.6")
def test_what_bars_and_by_which_norm() -> None:
    assert {kind.value: {bar.value: norm for bar, norm in bars.items()} for kind, bars in BARS.items()} == {
        "president": {"no_citizen": "L50.3.a", "foreign_citizenship": "L50.3.a", "uncancelled_conviction": "L3.4"},
        "jogorku_kenesh": {
            "no_citizen": "L59.1.a",
            "foreign_citizenship": "L61.7.6",
            "uncancelled_conviction": "L3.4",
            "legally_incapable": "L59.1.b",
        },
    }


@pytest.mark.norm("L3.4", "L50.3.a", "L59.1.a", "L59.1.b", "L61.7.6")
@pytest.mark.parametrize(("kind", "bar"), CASES)
def test_each_bar_stands_in_the_way_with_its_norm(kind: CandidateKind, bar: Bar) -> None:
    person = PRESIDENT if kind is CandidateKind.PRESIDENT else DEPUTY
    barred = changed(person, **HAS[bar])
    assert told(barred) == [(BARS[kind][bar], "candidate_barred")]
    assert standing(barred) is Standing.BARRED
    unknown = changed(person, **UNKNOWN[bar])
    assert told(unknown) == [(BARS[kind][bar], "candidate_bar_not_known")]
    assert standing(unknown) is Standing.OPEN


def test_a_president_without_legal_capacity_is_a_question_that_the_law_leaves_open() -> None:
    outcome = eligible(changed(PRESIDENT, legally_incapable=True), LAW)
    assert outcome.unsettled is not None
    assert outcome.unsettled.norms == ("L3.3.a1", "L50.3.a")
    assert outcome.value.standing is Standing.OPEN


@pytest.mark.norm("L21.10.a2")
@pytest.mark.parametrize("person", [PRESIDENT, DEPUTY])
def test_an_opened_criminal_case_bars_nobody(person: Candidate) -> None:
    outcome = eligible(changed(person, criminal_case_open=True), LAW)
    assert outcome.value.standing is Standing.ELIGIBLE
    assert "L21.10.a2" in outcome.grounds


# ------------------------------------------------------------------------------------- age


@pytest.mark.norm("L59.1.a")
@pytest.mark.parametrize(
    ("born", "findings"), [(date(1999, 10, 4), []), (date(1999, 10, 5), [("L59.1.a", "candidate_too_young")])]
)
@pytest.mark.parametrize("law", [LAW, ON_SUBMISSION])
def test_a_deputy_is_21_on_election_day_under_either_reading(
    born: date, findings: list[tuple[str, str]], law: Edition
) -> None:
    assert told(changed(DEPUTY, born=born), law) == findings


@pytest.mark.norm("L50.3.b")
@pytest.mark.parametrize(
    ("born", "findings"), [(date(1985, 10, 18), []), (date(1985, 10, 19), [("L50.3.b", "candidate_too_young")])]
)
def test_a_president_is_35_on_election_day(born: date, findings: list[tuple[str, str]]) -> None:
    assert told(changed(PRESIDENT, born=born)) == findings


@pytest.mark.norm("L50.3.c")
@pytest.mark.parametrize(
    ("born", "findings"), [(date(1949, 10, 19), []), (date(1949, 10, 18), [("L50.3.c", "candidate_too_old")])]
)
def test_a_president_is_not_71_on_election_day(born: date, findings: list[tuple[str, str]]) -> None:
    assert told(changed(PRESIDENT, born=born)) == findings


@pytest.mark.norm("L50.3.b", "L50.3.c")
def test_the_day_of_age_is_a_reading() -> None:
    """Between 20 July and 18 October one turns 35 and another 71."""
    young, old = changed(PRESIDENT, born=date(1985, 9, 1)), changed(PRESIDENT, born=date(1949, 9, 1))
    assert (told(young), told(young, ON_SUBMISSION)) == ([], [("L50.3.b", "candidate_too_young")])
    assert (told(old), told(old, ON_SUBMISSION)) == ([("L50.3.c", "candidate_too_old")], [])


# ------------------------------------------------------------------------------------- the President alone


@pytest.mark.norm("L50.2")
@pytest.mark.parametrize(
    ("times", "findings"),
    [(0, []), (1, [("L50.2", "candidate_elected_before")]), (None, [("L50.2", "candidate_elections_not_known")])],
)
def test_nobody_is_elected_president_twice(times: int | None, findings: list[tuple[str, str]]) -> None:
    assert told(changed(PRESIDENT, times_president=times)) == findings


@pytest.mark.norm("L50.3.e")
@pytest.mark.parametrize(
    ("since", "findings"),
    [(date(2005, 10, 18), []), (date(2005, 10, 19), [("L50.3.e", "candidate_residence_too_short")])],
)
def test_fifteen_years_of_residence_to_the_day(since: date, findings: list[tuple[str, str]]) -> None:
    assert told(changed(PRESIDENT, residence=(Stay(since),))) == findings


@pytest.mark.norm("L50.3.e")
def test_residence_is_added_up_over_gaps_and_overlaps_count_once() -> None:
    parts = (Stay(date(1990, 1, 1), date(2004, 7, 1)), Stay(date(2010, 1, 1), date(2010, 7, 4)))  # 182 + 184 days
    assert eligible(changed(PRESIDENT, residence=parts), LAW).value.residence_years == 15
    shorter = (parts[0], Stay(date(2010, 1, 1), date(2010, 7, 3)))
    assert eligible(changed(PRESIDENT, residence=shorter), LAW).value.residence_years == 14
    first, second = Stay(date(1990, 1, 1), date(2000, 1, 1)), Stay(date(2010, 1, 1), date(2015, 1, 1))
    within = Stay(date(1995, 1, 1), date(1999, 1, 1))
    assert told(changed(PRESIDENT, residence=(second, first))) == []
    assert told(changed(PRESIDENT, residence=(first, within))) == [("L50.3.e", "candidate_residence_too_short")]
    future = Stay(date(2010, 1, 1), date(2030, 1, 1))
    assert eligible(changed(PRESIDENT, residence=(future,)), LAW).value.residence_years == 10


@pytest.mark.norm("L50.4.b")
def test_residence_is_established_by_proof() -> None:
    unproved = changed(PRESIDENT, residence=(Stay(date(1990, 1, 1), proved=False),))
    assert told(unproved) == [("L50.4.b", "candidate_residence_not_established")]
    assert standing(unproved) is Standing.OPEN
    exactly = changed(PRESIDENT, residence=(Stay(date(2005, 10, 18), proved=False),))
    assert told(exactly) == [("L50.4.b", "candidate_residence_not_established")]
    nothing = changed(PRESIDENT, residence=None)
    assert told(nothing) == [("L50.4.b", "candidate_residence_not_established")]
    assert eligible(nothing, LAW).value.residence_years is None


@pytest.mark.norm("L50.3.e")
def test_the_day_of_residence_follows_the_reading() -> None:
    person = changed(PRESIDENT, residence=(Stay(date(2005, 9, 1)),))
    assert (told(person), told(person, ON_SUBMISSION)) == ([], [("L50.3.e", "candidate_residence_too_short")])


@pytest.mark.norm("L51.1.a", "L50.3.d")
@pytest.mark.parametrize("level", LEVELS)
def test_the_state_language_is_known_above_average(level: LanguageLevel) -> None:
    outcome = eligible(changed(PRESIDENT, certificate=Certificate(level, "A-1", "Centre")), LAW)
    enough = level in (LanguageLevel.HIGHER_THAN_AVERAGE, LanguageLevel.HIGH)
    assert [found.norm for found in outcome.findings] == ([] if enough else ["L51.1.a"])
    assert ("L50.3.d" in outcome.grounds) is enough


@pytest.mark.norm("L51.1.b")
@pytest.mark.parametrize(("number", "issuer"), [(None, "Centre"), ("A-1", None)])
def test_a_certificate_says_its_number_and_who_issued_it(number: str | None, issuer: str | None) -> None:
    person = changed(PRESIDENT, certificate=Certificate(LanguageLevel.HIGH, number, issuer))
    assert told(person) == [("L51.1.b", "candidate_certificate_incomplete")]
    assert standing(person) is Standing.OPEN


@pytest.mark.norm("L51.3", "L50.4.c")
def test_the_certificate_is_due_for_registration_and_not_within_the_five_days() -> None:
    person = changed(PRESIDENT, certificate=None)
    assert told(person) == [("L51.3", "candidate_without_certificate")]
    earlier = eligible(changed(person, stage=Stage.NOMINATION), LAW)
    assert earlier.value.standing is Standing.ELIGIBLE
    assert "L50.4.c" in earlier.grounds


def test_facts_that_cannot_be_are_faults_of_the_facts() -> None:
    with pytest.raises(ValueError, match="birth"):
        changed(PRESIDENT, born=date(2020, 7, 21))
    with pytest.raises(ValueError, match="ends"):
        Stay(date(2000, 1, 2), date(2000, 1, 1))


# ------------------------------------------------------------------------------------- against the naive version

DAYS = st.dates(date(1990, 1, 1), date(2021, 12, 31))
STAYS = st.builds(lambda since, days: Stay(since, since + timedelta(days=days)), DAYS, st.integers(0, 6000))


@pytest.mark.norm("L50.3.e")
@given(st.lists(STAYS, max_size=4))
def test_years_of_residence_are_those_of_the_days_lived(stays: list[Stay]) -> None:
    """Days counted one by one; leap days make at most one year of difference at the very border."""
    years, days = years_of_residence(stays, ELECTION_DAY), days_lived(stays, ELECTION_DAY)
    assert days // 366 <= years <= days // 365
