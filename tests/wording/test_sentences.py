"""What the law answers, as people read it: numbers, names, variants, and nothing in a language not asked for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from shailoo.law.determination import ElectionKind, Progress, SumDifference, obstacles, repeat_election
from shailoo.law.editions import edition
from shailoo.law.mandates import Count, ListVotes, Region, SeatRules, allocate, seat_candidates
from shailoo.law.outcome import Fact, Finding, Outcome, Refused, Severity, Step, Unsettled
from shailoo.law.presidential import Ballot, Candidate, PresidentCount, PresidentRules, decide
from shailoo.law.protocol import Level, check
from shailoo.wording import LANGUAGES, sentences

NAMES = {"p1": "«БИРИМДИК»", "p2": "«Мекен»", "p3": "«Өнөр»", "c1": "Асанов", "c3": "Үсөнова", "KG02": "Ысык-Көл"}
UNFILLED = re.compile(r"[{}]|\b[a-z]+_[a-z_]+\b")


def told(outcome: Outcome[Any], language: str) -> list[str]:
    """Every step, finding and question of an outcome."""
    said = [sentences.step(step, language, NAMES) for step in outcome.steps]
    said += [sentences.finding(found, language, NAMES) for found in outcome.findings]
    if outcome.unsettled is not None:
        said.append(sentences.question(outcome.unsettled.question, language, NAMES))
        said += [sentences.question(option, language, NAMES) for option in outcome.unsettled.options]
    return said


def nation(*votes: int, participated: int | None, against_all: int = 0) -> Count:
    lists = tuple(ListVotes(f"p{place}", number, place) for place, number in enumerate(votes, 1))
    region = Region("KG02", None if participated is None else participated // 10, {"p1": 1}, against_all)
    return Count(participated, against_all, 0, lists, (region,))


LAW = edition("2017-06-05")
RULES = SeatRules.of(LAW)
BARE = SeatRules(seats=120, threshold=Fraction(9, 100), cap=65)
OUTCOMES: dict[str, Outcome[Any]] = {  # Any: seats, a president, deputies, a yes or no
    "out in a region": allocate(nation(500_000, 400_000, participated=1_000_000), RULES),
    "base open": allocate(nation(500_000, 90_000, participated=None), BARE),
    "base bounded": allocate(nation(500_000, 10_000, participated=None), BARE),
    "over the cap": allocate(nation(800_000, 200_000, participated=1_000_000), BARE),
    "one list": allocate(nation(800_000, 10_000, participated=1_000_000), BARE),
    "tie": allocate(
        Count(1_000_000, 0, 0, (ListVotes("p1", 100_001), ListVotes("p2", 100_001), ListVotes("p3", 300_000))), BARE
    ),
    "failed": allocate(nation(1, participated=10, against_all=5), RULES),
    "no list": allocate(nation(1, 2, participated=1_000), BARE),
    "null": allocate(Count(10, 0, 0, (ListVotes("p1", 9),), invalidated_participants=90), RULES),
    "candidates": seat_candidates({"p1": 2}, {"p1": ("c1",)}),
    "president": decide(PresidentCount(100, 0, 0, (Candidate("p1", 51), Candidate("p2", 49))), PresidentRules.of(LAW)),
    "repeat voting": decide(
        PresidentCount(100, 0, 0, (Candidate("p1", 40), Candidate("p2", 30), Candidate("c3", 30))),
        PresidentRules.of(LAW),
    ),
    "president, base open": decide(
        PresidentCount(None, 0, None, (Candidate("p1", 60), Candidate("p2", 40))), PresidentRules.of(LAW)
    ),
    "second round tie": decide(
        PresidentCount(80, 0, 0, (Candidate("p1", 40), Candidate("p2", 40)), Ballot.REPEAT), PresidentRules.of(LAW)
    ),
    "obstacles": obstacles(
        Progress(
            ElectionKind.PRESIDENTIAL,
            base_known=False,
            missing=("1001",),
            parked=("1002",),
            differences=(SumDifference("p1", "valid", 3, 4),),
            unsettled=(Unsettled("precincts_not_summed", ("L37.2.a1",), ("determine_without_them", "wait")),),
            open_complaints=("7",),
            open_appeals=("8",),
        )
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OUTCOMES)
def test_every_answer_of_the_law_can_be_said(name: str, language: str) -> None:
    said = told(OUTCOMES[name], language)
    assert said
    assert [sentence for sentence in said if UNFILLED.search(sentence)] == []


def test_a_step_names_the_list_its_share_and_what_was_needed() -> None:
    facts: dict[str, Fact] = {
        "list": "p1",
        "votes": 90_000,
        "base": 1_000_000,
        "share": Fraction(9, 100),
        "needed": 90_000,
        "threshold": Fraction(9, 100),
    }
    said = sentences.step(Step("L64.2.c", "national_threshold_met", facts), "en", NAMES)
    assert said == (
        "«БИРИМДИК»: 90\u00a0000 votes, 9.00% of 1\u00a0000\u00a0000; 90\u00a0000 were needed (9%). "
        "The national threshold is reached."
    )


@pytest.mark.parametrize(
    ("votes", "written"), [(90_000, "9,00"), (89_999, "8,9999"), (89_000, "8,90"), (90_001, "9,0001")]
)
def test_a_share_never_reads_as_the_threshold_that_it_misses(votes: int, written: str) -> None:
    share = Fraction(votes, 1_000_000)
    assert sentences.fact("share", share, "ky", limit=Fraction(9, 100)) == f"{written}\u00a0%"


@pytest.mark.parametrize(
    ("limit", "written"), [(Fraction(7, 1000), "0,7\u00a0%"), (Fraction(1, 3), "1/3"), (Fraction(1, 2), "50\u00a0%")]
)
def test_what_the_law_sets_is_written_exactly(limit: Fraction, written: str) -> None:
    assert sentences.fact("threshold", limit, "ru") == written


def test_a_remainder_is_a_number_and_no_percentage_even_where_it_was_stored_whole() -> None:
    assert sentences.fact("remainder", Fraction(1, 3), "ru") == "0,3333"
    assert sentences.fact("remainder", 0, "ru") == "0,0000"
    assert sentences.fact("share", 1, "en") == "100.00%"


def test_days_and_hours_are_local() -> None:
    assert sentences.fact("day", date(2020, 10, 4), "ky") == "04.10.2020"
    assert sentences.fact("day", date(2020, 10, 4), "en") == "4 October 2020"
    assert sentences.fact("latest", datetime(2020, 10, 4, 18, 30, tzinfo=UTC), "ru") == "05.10.2020 00:30"


def test_a_figure_of_a_region_is_named_with_the_region() -> None:
    assert sentences.question("establish:regions.KG02.participated", "en", NAMES) == (
        "establish: Ысык-Көл: Voters who took part"
    )


def test_several_codes_in_one_are_named_each() -> None:
    assert sentences.fact("lists", "p1, p2", "ky", NAMES) == "«БИРИМДИК», «Мекен»"


def test_what_somebody_typed_stands_as_it_was_typed() -> None:
    refused = Refused.because("L37.1.a", "no_such_reading", parameter="colour_of_ballots")
    assert sentences.finding(refused.findings[0], "en") == "There is no such reading: colour_of_ballots."


def test_the_wording_that_says_most_is_taken() -> None:
    plain = Finding("L37.3.b", "base_unknown", Severity.ERROR)
    fuller = Finding("L37.3.b", "base_unknown", Severity.ERROR, {"missing": "participated", "lists": "p1"})
    assert sentences.finding(plain, "en") == "It is not known how many voters took part."
    assert "Voters who took part" in sentences.finding(fuller, "en", NAMES)
    assert "«БИРИМДИК»" in sentences.finding(fuller, "en", NAMES)


def test_a_broken_correlation_says_what_must_hold_and_what_to_do() -> None:
    broken = check({"ballots_received": 1000, "issued_total": 900, "cancelled_total": 99}, LAW, level=Level.PEC)
    said = [sentences.finding(found, "ru") for found in broken.findings if found.code == "CR19"]
    assert len(said) == 1
    assert said[0].startswith("CR19: Каждый полученный бюллетень выдан или погашен. Пересчитать")


def test_a_code_without_words_and_facts_without_a_wording_are_errors_in_every_language() -> None:
    for language in LANGUAGES:
        with pytest.raises(KeyError):
            sentences.step(Step("L1.1", "no_such_code"), language)
        with pytest.raises(KeyError):
            sentences.step(Step("L64.3.b", "quotient", {"votes": 1}), language)
    with pytest.raises(KeyError):
        sentences.outcome("allocated", "de")


def test_a_repeat_election_without_shortened_terms_says_so() -> None:
    president = repeat_election(ElectionKind.PRESIDENTIAL, LAW).step()
    jogorku_kenesh = repeat_election(ElectionKind.JOGORKU_KENESH, LAW).step()
    assert "Shortening of terms: none." in sentences.step(president, "en")
    assert "Shortening of terms: 1/3." in sentences.step(jogorku_kenesh, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_of_a_structure_is_named_by_its_own_name(language: str) -> None:
    assert sentences.part_name("box_no", language) == sentences.line_name("mobile_boxes.box_no", language)
    with pytest.raises(KeyError):
        sentences.part_name("no_such_field", language)
