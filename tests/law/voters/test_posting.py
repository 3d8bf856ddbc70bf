"""Art. 14.7, 14.8, 15.1, 15.3, 15.5: when lists are handed over, posted and published. Election day: 4 October 2020."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.editions.chapters.voters import PreliminaryPosting
from shailoo.law.voters.posting import PostingFacts, posting
from tests.law.voters.cases import JK, LAW, REPEAT, breaches, errors, passed

IN_TIME = PostingFacts(
    voting=JK,
    preliminary_received=date(2020, 7, 26),
    preliminary_signed=True,
    preliminary_handed=date(2020, 7, 26),
    preliminary_posted=date(2020, 8, 4),
    preliminary_online=date(2020, 8, 4),
    control_received=date(2020, 9, 3),
    control_complete=True,
    control_posted=date(2020, 9, 13),
    final_formed=date(2020, 9, 19),
    final_delivered=date(2020, 9, 19),
    final_numbered=True,
    final_bound=True,
    final_sealed=True,
    final_posted=date(2020, 9, 30),
)


def test_lists_posted_in_time_leave_nothing_to_say() -> None:
    found = posting(IN_TIME, LAW)
    assert found.value == ()
    assert found.findings == ()


@pytest.mark.norm("L14.7.a1", "L14.8.a1", "L15.3.e1", "L15.3.d", "L15.5.c", "L14.7.b", "L15.5.b1")
@pytest.mark.parametrize(
    ("name", "norm", "term", "first_late"),
    [
        ("preliminary_received", "L14.7.a1", "preliminary_lists_to_cec", date(2020, 7, 27)),
        ("preliminary_handed", "L14.7.b", "preliminary_lists_to_pecs", date(2020, 7, 27)),
        ("preliminary_online", "L14.8.a1", "preliminary_lists_online", date(2020, 8, 5)),
        ("control_received", "L15.3.e1", "control_lists_to_cec", date(2020, 9, 4)),
        ("control_posted", "L15.3.d", "control_lists_posted", date(2020, 9, 14)),
        ("final_delivered", "L15.5.b1", "paper_lists_to_pecs", date(2020, 9, 20)),
        ("final_posted", "L15.5.c", "final_lists_posted", date(2020, 10, 1)),
    ],
)
def test_each_term_has_its_last_day_and_is_missed_on_the_next(
    name: str, norm: str, term: str, first_late: date
) -> None:
    late = posting(replace(IN_TIME, **{name: first_late}), LAW)  # type: ignore[arg-type]  # a field by its name
    assert (norm, term) in breaches(late)
    assert term in late.value
    assert late.errors == ()
    not_done = posting(replace(IN_TIME, **{name: None}), LAW)  # type: ignore[arg-type]
    assert (norm, term) in breaches(not_done)


@pytest.mark.norm("L14.7.c", "L15.1")
@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2020, 8, 4), set()),
        (date(2020, 8, 5), {("L14.7.c", "preliminary_lists_posted")}),
        (date(2020, 8, 20), {("L14.7.c", "preliminary_lists_posted")}),
        (
            date(2020, 8, 21),
            {("L14.7.c", "preliminary_lists_posted"), ("L15.1", "preliminary_lists_posted_day45")},
        ),
    ],
)
def test_after_sixty_days_late_under_one_norm_and_after_forty_five_under_both(
    day: date, late: set[tuple[str, str]]
) -> None:
    assert breaches(posting(replace(IN_TIME, preliminary_posted=day), LAW)) == late


@pytest.mark.norm("L15.1")
def test_by_the_other_reading_forty_five_days_are_enough_and_the_earlier_day_is_shown() -> None:
    law = LAW.with_readings(preliminary_posting=PreliminaryPosting.FORTY_FIVE_DAYS)
    found = posting(replace(IN_TIME, preliminary_posted=date(2020, 8, 20)), law)
    assert found.findings == ()
    assert ("L14.7.c", "posting_by_the_other_reading") in passed(found)
    step = next(each for each in found.steps if each.code == "posting_by_the_other_reading")
    assert step.facts == {"other_last_day": date(2020, 8, 4)}
    late = posting(replace(IN_TIME, preliminary_posted=date(2020, 8, 21)), law)
    assert breaches(late) == {("L15.1", "preliminary_lists_posted_day45")}


@pytest.mark.norm("L14.7.a2")
@pytest.mark.parametrize("signed", [False, None])
def test_an_electronic_list_is_signed(signed: bool | None) -> None:
    found = posting(replace(IN_TIME, preliminary_signed=signed), LAW)
    assert breaches(found) == {("L14.7.a2", "preliminary_signed")}
    assert bool(found.errors) is (signed is False)


@pytest.mark.norm("L15.3.e1")
def test_a_control_list_holds_every_change_made_before_it_was_sent() -> None:
    assert errors(posting(replace(IN_TIME, control_complete=False), LAW)) == {("L15.3.e1", "control_complete")}


@pytest.mark.norm("L15.5.b1")
@pytest.mark.parametrize("name", ["final_numbered", "final_bound", "final_sealed"])
def test_a_final_list_is_delivered_numbered_bound_and_sealed(name: str) -> None:
    found = posting(replace(IN_TIME, **{name: False}), LAW)  # type: ignore[arg-type]
    assert errors(found) == {("L15.5.b1", name)}


def test_what_is_not_due_yet_is_not_asked_for() -> None:
    on_the_last_day = posting(PostingFacts(JK, asked_on=date(2020, 7, 26)), LAW)
    assert on_the_last_day.findings == ()
    a_day_later = posting(PostingFacts(JK, asked_on=date(2020, 7, 27)), LAW)
    assert a_day_later.value == ("preliminary_lists_to_cec",)


def test_a_repeat_voting_has_the_lists_of_the_first() -> None:
    with pytest.raises(ValueError, match="not formed anew"):
        PostingFacts(REPEAT)
