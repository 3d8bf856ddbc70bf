"""Art. 60.3: what a party's list is made up of. The numbers are those of the article; the lists are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shailoo.law.editions import Edition, edition
from shailoo.law.nomination.ages import completed_years
from shailoo.law.nomination.list_composition import Gender, ListCandidate, PartyList, compose, others
from tests.law.nomination.lists import CASES, ELECTION_DAY, SUBMITTED, changed, list_of, party_list, smallest
from tests.law.nomination.naive import misses, possible_others

LAW = edition("2017-06-05")
NARROW = LAW.with_readings(gender_order_rule="max_run_2")
FROM_KYRGYZ = LAW.with_readings(other_ethnicity_rule="not_kyrgyz")
ON_SUBMISSION = LAW.with_readings(age_day="submission_day")
NINE = ("L60.3.a", "L60.3.b", "L60.3.c", "L60.3.d", "L60.3.e", "L60.3.f", "L60.3.g", "L60.3.h", "L60.3.i")


def missed(facts: PartyList, law: Edition = LAW) -> list[str]:
    return sorted({found.norm for found in compose(facts, law).findings})


@pytest.mark.norm("L60.3.a", "L60.3.b", "L60.3.c", "L60.3.d", "L60.3.e", "L60.3.f", "L60.3.g", "L60.3.h", "L60.3.i")
@pytest.mark.parametrize("name", CASES)
def test_the_lists_worked_by_hand(name: str) -> None:
    expected = CASES[name]["expected"]
    outcome = compose(list_of(CASES[name]), LAW)
    found = outcome.value
    assert (found.men, found.women, found.longest_run) == (expected["men"], expected["women"], expected["longest_run"])
    assert sorted({each.norm for each in outcome.findings}) == expected["failed"]
    assert found.valid is expected["valid"]
    assert set(outcome.grounds) == set(NINE)


@pytest.mark.norm("L60.3.c")
def test_a_run_of_three_falls_only_under_the_narrow_reading() -> None:
    assert missed(list_of(CASES["C09"]), NARROW) == ["L60.3.b", "L60.3.c"]
    assert missed(list_of(CASES["C04"]), LAW) == []
    assert missed(list_of(CASES["C04"]), NARROW) == ["L60.3.c"]
    assert missed(list_of(CASES["C01"]), NARROW) == []


@pytest.mark.norm("L60.3.c")
def test_each_run_that_is_too_long_is_named_with_its_ranks() -> None:
    men = {3: {"gender": Gender.MAN}, 75: {"gender": Gender.MAN}, 72: {"gender": Gender.MAN}}
    runs = [each.facts for each in compose(changed(smallest(), men), LAW).findings if each.norm == "L60.3.c"]
    assert [(run["from_rank"], run["to_rank"], run["number"]) for run in runs] == [(1, 5, 5), (70, 75, 6)]


@pytest.mark.norm("L60.3.c")
@pytest.mark.parametrize(("run", "kept"), [(3, True), (4, False)])
def test_the_order_binds_women_as_it_binds_men(run: int, kept: bool) -> None:
    women = "F" * run + "M" * 2 + "FMM" * 24
    facts = party_list(women, young=[], other_ethnic=[], limited_health=[], born={})
    assert ("L60.3.c" not in missed(facts)) is kept


@pytest.mark.norm("L60.3.d")
def test_the_day_of_age_is_a_reading() -> None:
    """Rank 69 of C16 is 34 on the day of submission and 35 on election day."""
    assert missed(list_of(CASES["C16"]), LAW) == ["L60.3.d"]
    assert missed(list_of(CASES["C16"]), ON_SUBMISSION) == []


@pytest.mark.norm("L60.3.d")
@pytest.mark.parametrize(("born", "kept"), [(date(1985, 10, 4), False), (date(1985, 10, 5), True)])
def test_who_turns_35_on_election_day_is_not_younger_than_35(born: date, kept: bool) -> None:
    assert ("L60.3.d" not in missed(changed(smallest(), {69: {"born": born}}))) is kept


@pytest.mark.norm("L60.3.a")
@pytest.mark.parametrize(("size", "code"), [(74, "list_too_short"), (75, None), (200, None), (201, "list_too_long")])
def test_a_list_has_75_to_200_candidates(size: int, code: str | None) -> None:
    everyone = tuple(
        ListCandidate(str(rank), Gender.MAN if rank % 2 else Gender.WOMAN, date(1970, 1, 1)) for rank in range(size)
    )
    found = compose(PartyList(everyone, ELECTION_DAY, SUBMITTED), LAW).findings
    assert [each.code for each in found if each.norm == "L60.3.a"] == ([code] if code else [])


@pytest.mark.norm("L60.3.a")
def test_an_empty_list_is_too_short_and_nothing_else_is_said_of_it() -> None:
    outcome = compose(PartyList((), ELECTION_DAY, SUBMITTED), LAW)
    assert [found.code for found in outcome.findings] == ["list_too_short"]
    assert outcome.value.valid is False


@pytest.mark.norm("L60.3.b")
@pytest.mark.parametrize(("women", "kept"), [(140, True), (141, False)])
def test_seventy_per_cent_of_one_gender_may_be_women_too(women: int, kept: bool) -> None:
    genders = "F" * women + "M" * (200 - women)
    facts = party_list(genders, young=[], other_ethnic=[], limited_health=[], born={})
    assert ("L60.3.b" not in missed(facts)) is kept


@pytest.mark.norm("L60.3.e")
@pytest.mark.parametrize(("rank", "kept"), [(65, True), (66, False)])
def test_the_fifth_young_candidate_stands_among_the_first_65(rank: int, kept: bool) -> None:
    young = [10, 20, 30, 40, rank, *range(67, 76)]
    facts = party_list("MMF" * 25, young=young, other_ethnic=[], limited_health=[], born={})
    assert ("L60.3.e" not in missed(facts)) is kept


@pytest.mark.norm("L60.3.f", "L60.3.g")
@pytest.mark.parametrize(("rank", "norms"), [(65, []), (66, ["L60.3.g"])])
def test_the_fifth_of_another_ethnicity_stands_among_the_first_65(rank: int, norms: list[str]) -> None:
    ranks = [1, 2, 3, 4, rank, *range(69, 76)]
    facts = changed(smallest(), {place: {"ethnicity": "first"} for place in range(1, 76)})
    facts = changed(facts, {place: {"ethnicity": f"other{place % 3}"} for place in ranks})
    assert missed(facts) == norms


@pytest.mark.norm("L60.3.f")
@pytest.mark.parametrize(("number", "kept"), [(12, True), (11, False)])
def test_fifteen_per_cent_of_75_are_twelve_of_another_ethnicity(number: int, kept: bool) -> None:
    ranks = range(1, number + 1)
    facts = party_list("MMF" * 25, young=[], other_ethnic=[*ranks], limited_health=[], born={})
    assert ("L60.3.f" not in missed(facts)) is kept


@pytest.mark.norm("L60.3.h", "L60.3.i")
@pytest.mark.parametrize(
    ("ranks", "norms"),
    [([50, 75], []), ([51, 75], ["L60.3.i"]), ([50], ["L60.3.h"]), ([], ["L60.3.h", "L60.3.i"]), ([1, 2, 3], [])],
)
def test_two_with_limited_health_and_one_of_them_among_the_first_50(ranks: list[int], norms: list[str]) -> None:
    facts = changed(smallest(), {rank: {"limited_health": rank in ranks} for rank in range(1, 76)})
    assert missed(facts) == norms


# ------------------------------------------------------------------------------------- what is not declared


@pytest.mark.norm("L60.3.h", "L60.3.i")
def test_health_that_is_not_declared_leaves_the_list_open_only_where_it_could_decide() -> None:
    one = changed(smallest(), {74: {"limited_health": None}})
    outcome = compose(one, LAW)
    assert [found.code for found in outcome.findings] == ["list_health_not_declared"]
    assert outcome.value.valid is None
    front = compose(changed(smallest(), {50: {"limited_health": None}, 1: {"limited_health": True}}), LAW)
    assert front.findings == ()
    undeclared = compose(changed(smallest(), {50: {"limited_health": None}, 75: {"limited_health": True}}), LAW)
    assert [found.code for found in undeclared.findings] == ["list_health_in_front_not_declared"]


@pytest.mark.norm("L60.3.f", "L60.3.g")
def test_ethnicity_that_is_not_declared_leaves_the_list_open_only_where_it_could_decide() -> None:
    behind = compose(changed(smallest(), {75: {"ethnicity": None}}), LAW)
    assert [found.code for found in behind.findings] == ["list_ethnicity_not_declared"]
    assert behind.findings[0].facts["number"] == 11
    assert behind.findings[0].facts["possible"] == 12
    front = compose(changed(smallest(), {place: {"ethnicity": None} for place in (1, 5, 10)}), LAW)
    assert [found.code for found in front.findings] == [
        "list_ethnicity_not_declared",
        "list_ethnicity_in_front_not_declared",
    ]
    spare = compose(changed(smallest(), {2: {"ethnicity": None}}), LAW)
    assert spare.findings == ()


def test_a_list_that_misses_something_anyway_is_not_open() -> None:
    facts = changed(smallest(), {74: {"limited_health": None}, 3: {"gender": Gender.MAN}})
    assert compose(facts, LAW).value.valid is False


@pytest.mark.norm("L60.3.g")
def test_of_two_equally_frequent_ethnicities_each_is_another_to_the_other() -> None:
    assert others(["a"] * 5 + ["b"] * 5, 4).low == 4
    assert others(["a", "b"], 1).low == 1


@pytest.mark.norm("L60.3.f", "L60.3.g")
def test_from_which_ethnicity_the_others_differ_is_a_reading() -> None:
    """A list of Uzbek candidates with twelve Kyrgyz, four of them in front: twelve differ, or all but twelve."""
    kyrgyz = (1, 5, 10, 20, *range(68, 76))
    names = {rank: {"ethnicity": "kyrgyz" if rank in kyrgyz else "uzbek"} for rank in range(1, 76)}
    facts = changed(smallest(), names)
    assert missed(facts) == ["L60.3.g"]
    assert missed(facts, FROM_KYRGYZ) == []
    assert compose(facts, FROM_KYRGYZ).value.other_ethnic == 63
    only = changed(facts, {rank: {"ethnicity": "kyrgyz"} for rank in range(1, 76)})
    assert missed(only, FROM_KYRGYZ) == ["L60.3.f", "L60.3.g"]
    undeclared = changed(only, {rank: {"ethnicity": None} for rank in range(1, 13)})
    assert compose(undeclared, FROM_KYRGYZ).value.valid is None
    fewer = changed(only, {rank: {"ethnicity": None} for rank in range(1, 12)})
    assert compose(fewer, FROM_KYRGYZ).value.valid is False


def test_a_person_stands_on_a_list_once() -> None:
    twice = smallest().candidates[0]
    with pytest.raises(ValueError, match="once"):
        PartyList((twice, replace(twice, gender=Gender.WOMAN)), ELECTION_DAY, SUBMITTED)


# ------------------------------------------------------------------------------------- against the naive version


@st.composite
def lists(draw: st.DrawFn) -> PartyList:
    """Lists of all sizes around the limits, of three ethnicities of which the first is always the most frequent."""
    size = draw(st.sampled_from([1, 20, 74, 75, 76, 100, 199, 200, 201]))
    share = draw(st.sampled_from([2, 3, 4, 6]))
    genders = draw(st.lists(st.sampled_from("MMF"), min_size=size, max_size=size))
    random = draw(st.randoms(use_true_random=False))
    births = [date(1985, 10, 3), date(1985, 10, 5), date(1985, 10, 4), date(1970, 1, 1), date(1960, 2, 29)]
    candidates = tuple(
        ListCandidate(
            str(rank),
            Gender.MAN if letter == "M" else Gender.WOMAN,
            random.choice(births),
            random.choice(["first"] * share * 3 + ["second", "third"]),
            random.randrange(30) == 0,
        )
        for rank, letter in enumerate(genders)
    )
    return PartyList(candidates, ELECTION_DAY, SUBMITTED)


def _first_is_most_frequent(facts: PartyList) -> bool:
    names = [each.ethnicity for each in facts.candidates]
    return names.count("first") > max(names.count("second"), names.count("third"))


@pytest.mark.norm("L60.3.a", "L60.3.b", "L60.3.c", "L60.3.d", "L60.3.e", "L60.3.f", "L60.3.g", "L60.3.h", "L60.3.i")
@given(lists().filter(_first_is_most_frequent))
@settings(max_examples=150, deadline=None)
def test_the_same_norms_are_missed_by_the_naive_version(facts: PartyList) -> None:
    assert set(missed(facts)) == misses(facts)
    assert set(missed(facts, NARROW)) == misses(facts, run=2)
    assert set(missed(facts, ON_SUBMISSION)) == misses(facts, on=SUBMITTED)


@given(
    st.lists(st.sampled_from(["a", "a", "b", "c", None]), min_size=1, max_size=6).filter(
        lambda each: each.count(None) <= 3
    ),
    st.integers(min_value=1, max_value=6),
)
@settings(max_examples=150, deadline=None)
def test_what_the_undeclared_could_have_declared_is_counted_exactly(each: list[str | None], front: int) -> None:
    number = others(each, front)
    assert (number.low, number.high) == possible_others(each, front)


@given(st.dates(date(1930, 1, 1), date(2002, 12, 31)), st.dates(date(2003, 1, 1), date(2030, 12, 31)))
def test_a_year_is_full_on_its_anniversary(born: date, on: date) -> None:
    years = completed_years(born, on)
    assert Fraction((on - born).days, 366) - 1 < years <= Fraction((on - born).days, 365)
