"""Art. 50.1, 59.2 and 59.3: for how long the President and the Jogorku Kenesh are elected."""

from __future__ import annotations

from datetime import date

import pytest

from shailoo.law.editions import edition
from shailoo.law.nomination.candidate import CandidateKind
from shailoo.law.nomination.term_of_office import Elected, term_of_office

LAW = edition("2017-06-05")


@pytest.mark.norm("L50.1")
def test_the_president_is_elected_for_six_years() -> None:
    outcome = term_of_office(Elected(CandidateKind.PRESIDENT, term_began=date(2017, 11, 24)), LAW)
    assert (outcome.value.begins, outcome.value.ends) == (date(2017, 11, 24), date(2023, 11, 24))
    assert outcome.grounds == ("L50.1",)
    waiting = term_of_office(Elected(CandidateKind.PRESIDENT), LAW)
    assert (waiting.value.ends, [found.norm for found in waiting.findings]) == (None, ["L50.1"])


@pytest.mark.norm("L59.2.a", "L59.3.c")
def test_the_jogorku_kenesh_is_elected_for_five_years_from_the_day_of_its_election() -> None:
    """The parliament of 4 October 2015; its successor was due on 4 October 2020."""
    facts = Elected(CandidateKind.JOGORKU_KENESH, voting_days=(date(2015, 10, 4),), valid_since=date(2015, 10, 4))
    outcome = term_of_office(facts, LAW)
    assert (outcome.value.begins, outcome.value.ends) == (date(2015, 10, 4), date(2020, 10, 4))
    assert {"L59.2.a", "L59.3.c"} <= set(outcome.grounds)


@pytest.mark.norm("L59.3.d")
def test_after_a_repeat_election_the_day_is_the_one_from_which_it_emerged_validly() -> None:
    days = (date(2020, 10, 4), date(2020, 12, 20))
    outcome = term_of_office(Elected(CandidateKind.JOGORKU_KENESH, voting_days=days, valid_since=days[1]), LAW)
    assert outcome.value.ends == date(2025, 12, 20)
    waiting = term_of_office(Elected(CandidateKind.JOGORKU_KENESH, voting_days=days), LAW)
    assert [found.norm for found in waiting.findings] == ["L59.3.d"]
    assert waiting.value.begins is None


def test_a_valid_composition_comes_from_a_day_of_voting() -> None:
    with pytest.raises(ValueError, match="days of voting"):
        Elected(CandidateKind.JOGORKU_KENESH, voting_days=(), valid_since=date(2020, 10, 4))
