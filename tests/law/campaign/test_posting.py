"""Places for campaign materials, and clearing them away (L27.3, L27.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.campaign.polling import Polling
from shailoo.law.campaign.posting import PlacesDone, PostingPlaces, posting_places
from tests.law.campaign.cases import EDITION, POLLING, at, codes, found

PLACES = PostingPlaces(POLLING, date(2020, 8, 1), provided_on=date(2020, 7, 13))
AFTER = Polling(POLLING.kind, POLLING.election_day, POLLING.calling, results_published=at(10, 20, 15))


@pytest.mark.norm("L27.3.a1")
@pytest.mark.parametrize(("provided", "in_time"), [(date(2020, 7, 13), True), (date(2020, 7, 14), False)])
def test_places_are_set_aside_within_ten_days_of_the_calling(provided: date, in_time: bool) -> None:
    outcome = posting_places(replace(PLACES, provided_on=provided), EDITION)
    assert outcome.value is (PlacesDone.DONE if in_time else PlacesDone.BREACH)
    assert found(outcome) == ([] if in_time else [("L27.3.a1", "posting_place_late")])


@pytest.mark.norm("L27.3.a1")
@pytest.mark.parametrize(("as_of", "due"), [(date(2020, 7, 13), False), (date(2020, 7, 14), True)])
def test_before_the_term_is_over_nothing_is_missing(as_of: date, due: bool) -> None:
    outcome = posting_places(replace(PLACES, as_of=as_of, provided_on=None), EDITION)
    assert outcome.value is (PlacesDone.BREACH if due else PlacesDone.NOT_DUE)
    assert codes(outcome) == {"no_posting_place" if due else "posting_place_due"}


@pytest.mark.norm("L27.3.a1")
def test_a_precinct_formed_after_the_term_is_looked_at_again() -> None:
    new = replace(PLACES, provided_on=None, precinct_since=date(2020, 7, 14))
    outcome = posting_places(new, EDITION)
    assert (found(outcome), outcome.errors) == ([("L27.3.a1", "new_precinct_without_place")], ())
    served = posting_places(replace(new, provided_on=date(2020, 7, 20)), EDITION)
    assert codes(served) == {"new_precinct_has_place"}
    old = posting_places(replace(new, precinct_since=date(2020, 7, 13)), EDITION)
    assert old.value is PlacesDone.BREACH


@pytest.mark.norm("L27.3.a2")
def test_contestants_have_equal_space_there() -> None:
    equal = posting_places(replace(PLACES, areas={"a": 5_000, "b": 5_000}), EDITION)
    assert "posting_areas_equal" in codes(equal)
    outcome = posting_places(replace(PLACES, areas={"a": 5_000, "b": 4_999}), EDITION)
    assert found(outcome) == [("L27.3.a2", "posting_areas_differ")]


@pytest.mark.norm("L27.6")
@pytest.mark.parametrize(("cleared", "in_time"), [(date(2020, 10, 30), True), (date(2020, 10, 31), False)])
def test_materials_are_removed_within_ten_days_of_the_publication_of_results(cleared: date, in_time: bool) -> None:
    done = replace(PLACES, polling=AFTER, as_of=date(2020, 11, 5), cleared_on=cleared)
    assert found(posting_places(done, EDITION)) == ([] if in_time else [("L27.6", "materials_cleared_late")])
    waiting = posting_places(replace(done, as_of=cleared, cleared_on=None), EDITION)
    assert (("L27.6", "materials_not_cleared") in found(waiting)) is not in_time
    assert ("materials_to_be_cleared" in codes(waiting)) is in_time


@pytest.mark.norm("L27.6")
def test_before_results_are_published_nothing_is_removed() -> None:
    outcome = posting_places(replace(PLACES, as_of=date(2020, 12, 31)), EDITION)
    assert "L27.6" not in outcome.grounds
