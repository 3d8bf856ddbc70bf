"""Polls, forecasts and studies: their details, when they do not appear, what they count as (L22.4 to L22.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.campaign.polls import Content, Details, Publication, Publisher, Research, poll
from tests.law.campaign.cases import EDITION, POLLING, REPEAT, at, codes, found

COMPLETE = Details(
    conducted_by="Institute of Opinion",
    conducted_on=date(2020, 9, 12),
    interviewed=1_200,
    method="telephone",
    region="all regions",
    question="For which list would you vote?",
    possible_error="3 % at 95 %",
    ordered_by="Newspaper",
    publication_paid_by="Newspaper",
)
POLL = Publication(POLLING, Research.OPINION_POLL, Publisher.MASS_MEDIA, at(9, 15), COMPLETE)


@pytest.mark.norm("L22.4", "L22.5")
def test_a_poll_with_all_its_details_informs_voters() -> None:
    outcome = poll(POLL, EDITION)
    assert outcome.value is Content.VOTER_INFORMATION
    assert outcome.grounds == ("L22.5", "L22.6", "L22.4")


@pytest.mark.norm("L22.5", "L22.7")
@pytest.mark.parametrize("publisher", Publisher)
@pytest.mark.parametrize(
    "name",
    [
        "conducted_by",
        "conducted_on",
        "interviewed",
        "method",
        "region",
        "question",
        "possible_error",
        "ordered_by",
        "publication_paid_by",
    ],
)
def test_one_missing_detail_makes_a_poll_campaigning_whoever_publishes_it(name: str, publisher: Publisher) -> None:
    bare = replace(COMPLETE, **{name: None})
    outcome = poll(replace(POLL, publisher=publisher, details=bare), EDITION)
    assert outcome.value is Content.CAMPAIGNING
    assert found(outcome) == [("L22.5", "poll_detail_missing")]
    assert outcome.findings[0].facts == {"poll_detail": name}
    assert "L22.7" in outcome.grounds
    assert "poll_details_complete" not in codes(outcome)


def test_a_poll_of_nobody_has_no_sample() -> None:
    outcome = poll(replace(POLL, details=replace(COMPLETE, interviewed=0)), EDITION)
    assert [each.facts["poll_detail"] for each in outcome.findings] == ["interviewed"]


@pytest.mark.norm("L22.5")
@pytest.mark.parametrize("research", [Research.FORECAST, Research.OTHER_STUDY])
def test_details_are_asked_of_opinion_polls_only(research: Research) -> None:
    outcome = poll(replace(POLL, research=research, details=Details()), EDITION)
    assert outcome.value is Content.VOTER_INFORMATION


@pytest.mark.norm("L22.6", "L22.7")
@pytest.mark.parametrize("research", Research)
def test_media_publish_no_research_from_five_days_before_until_the_end_of_election_day(research: Research) -> None:
    any_kind = replace(POLL, research=research)
    for moment, barred in (
        (at(9, 28, 23, 59), False),
        (at(9, 29, 0), True),
        (at(10, 4, 20), True),
        (at(10, 4, 23, 59), True),
        (at(10, 5, 0), False),
    ):
        outcome = poll(replace(any_kind, published_at=moment), EDITION)
        assert (("L22.6", "published_in_poll_ban") in found(outcome)) is barred
        assert (outcome.value is Content.CAMPAIGNING) is barred


@pytest.mark.norm("L22.6")
def test_an_exit_poll_after_the_voting_depends_on_the_reading() -> None:
    exit_poll = replace(POLL, published_at=at(10, 4, 20))
    assert poll(exit_poll, EDITION).value is Content.CAMPAIGNING
    law = EDITION.with_readings(poll_ban_end="close_of_voting")
    assert poll(exit_poll, law).value is Content.VOTER_INFORMATION
    assert poll(replace(POLL, published_at=at(10, 4, 19, 59)), law).value is Content.CAMPAIGNING


@pytest.mark.norm("L22.6")
@pytest.mark.parametrize("publisher", [Publisher.CITIZEN, Publisher.INSTITUTION])
def test_whether_others_than_media_are_bound_depends_on_the_reading(publisher: Publisher) -> None:
    own = replace(POLL, publisher=publisher, published_at=at(10, 1))
    assert "poll_ban_binds_mass_media" in codes(poll(own, EDITION))
    assert poll(own, EDITION).value is Content.VOTER_INFORMATION
    law = EDITION.with_readings(poll_ban_scope="every_publisher")
    assert found(poll(own, law)) == [("L22.6", "published_in_poll_ban")]


@pytest.mark.norm("L22.6")
def test_before_a_repeat_voting_the_ban_runs_again() -> None:
    old = replace(COMPLETE, conducted_on=date(2017, 11, 1))
    again = replace(POLL, polling=REPEAT, published_at=at(11, 14, 0, year=2017), details=old)
    assert poll(again, EDITION).value is Content.CAMPAIGNING
    assert poll(replace(again, published_at=at(11, 13, 23, year=2017)), EDITION).value is Content.VOTER_INFORMATION


def test_a_poll_is_not_published_before_it_was_conducted() -> None:
    with pytest.raises(ValueError, match="before its results"):
        replace(POLL, details=replace(COMPLETE, conducted_on=date(2020, 9, 16)))
