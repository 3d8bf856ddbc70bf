"""The guide: every sentence in three languages, under a norm that is there, with days that the calendar knows."""

from __future__ import annotations

import re

import pytest

from shailoo.law import norms
from shailoo.law.calendar import event
from shailoo.observation.guide import Guide, Part, guide
from shailoo.observation.models import Application
from shailoo.observation.queries.earlier import earlier
from shailoo.observation.queries.scripts import spellings
from shailoo.observation.views.public.pictures import GROUND, Year, picture
from shailoo.wording import LANGUAGES

KINDS = [kind.value for kind in Application.Kind]


@pytest.fixture(params=KINDS)
def told(request: pytest.FixtureRequest) -> Guide:
    return guide(request.param)


def test_every_sentence_rests_on_a_norm(told: Guide) -> None:
    for each in told.statements:
        assert norms.norm(each.norm).rule
    for difference in told.differences:
        assert norms.norm(difference.earlier)
        assert difference.later.startswith("E")
        assert norms.norm(difference.later)


def test_every_question_is_answered(told: Guide) -> None:
    assert all(told.of(part) for part in Part)


def test_every_day_is_in_the_calendar(told: Guide) -> None:
    assert all(event(each).id == each for each in told.events)


def test_every_sentence_stands_in_its_own_language(told: Guide) -> None:
    said = [each.words for each in told.statements] + [each.words for each in told.differences]
    for each in said:
        assert set(each) == set(LANGUAGES)
        assert len(set(each.values())) == len(LANGUAGES)
        assert all(words.endswith(".") for words in each.values())
        for language in ("ky", "ru"):
            assert not re.search("[A-Za-z]{3}", each[language])


def test_earlier_elections_are_facts_with_a_source() -> None:
    found = earlier()
    assert [each.day.year for each in found] == [2016, 2017, 2020, 2021, 2021, 2025]
    assert all(each.people > 0 and each.source for each in found)
    assert [each.people for each in found if not each.whole] == [44, 78]
    assert all(sum(row.people for row in each.organizations) <= each.people for each in found)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Варга", "varga"),
        ("Novak", "новак"),
        ("Үсөнов", "usonov"),
        ("Шевченко", "shevchenko"),
        ("Ковальска", "kowalska"),
    ],
)
def test_a_name_is_found_in_the_other_script(typed: str, other: str) -> None:
    assert other in spellings(typed)
    assert typed in spellings(typed)


def test_the_highest_column_fills_the_drawing_and_none_is_flat() -> None:
    day = earlier()[0].day
    drawn = picture([Year(day, "x", 1), Year(day, "y", 788)]).columns
    assert drawn[1].height == GROUND - 50
    assert drawn[0].height == 1
    assert drawn[0].x + drawn[0].width < drawn[1].x
    assert picture([]).columns == ()
