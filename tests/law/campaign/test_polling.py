"""When campaigning, the ban on polls and the ban on gifts run; real elections and every reading (L22.6, L23, L28.3)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from shailoo.law.calendar import BISHKEK, Kind
from shailoo.law.campaign.polling import (
    Period,
    Polling,
    bribery_ban,
    campaign_period,
    charity_ban,
    poll_ban,
    price_reference_day,
    voting_closes,
)
from tests.law.campaign.cases import CALLING, EDITION, ELECTION_DAY, POLLING, REPEAT, at

ORACLES: list[dict[str, Any]] = yaml.safe_load(  # Any: a case is plain data
    (Path(__file__).parent / "oracles.yaml").read_text(encoding="utf-8")
)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BISHKEK)


def polling_of(case: dict[str, Any]) -> Polling:
    decision = instant(case["decision"]) if "decision" in case else None
    return Polling(Kind(case["kind"]), case["election_day"], case["calling"], repeat_voting_decision=decision)


@pytest.mark.norm("L23.1.a1", "L23.1.a2", "L23.2.a1", "L23.2.a2")
@pytest.mark.parametrize("case", ORACLES, ids=lambda case: case["name"])
def test_campaigning_runs_as_it_was_published(case: dict[str, Any]) -> None:
    period = campaign_period(polling_of(case), EDITION)
    assert period == Period(instant(case["opens"]), instant(case["closes"]))


@pytest.mark.norm("L22.6")
@pytest.mark.parametrize("case", ORACLES, ids=lambda case: case["name"])
def test_polls_are_barred_on_the_five_days_before_and_on_the_day(case: dict[str, Any]) -> None:
    opens, closes = case["poll_ban"]
    assert poll_ban(polling_of(case), EDITION) == Period(instant(opens), instant(closes))


@pytest.mark.norm("L24.4.b", "L25.2.a2")
@pytest.mark.parametrize("case", ORACLES, ids=lambda case: case["name"])
def test_prices_are_those_of_the_day_six_months_before_the_calling(case: dict[str, Any]) -> None:
    assert price_reference_day(polling_of(case), EDITION) == case["reference_day"]


def test_six_months_before_the_last_day_of_august_is_the_last_day_of_february() -> None:
    polling = Polling(Kind.JK, date(2021, 11, 28), date(2021, 8, 31))
    assert price_reference_day(polling, EDITION) == date(2021, 2, 28)


@pytest.mark.norm("L23.1.a1")
def test_campaigning_can_be_read_to_open_on_the_day_of_the_last_decision() -> None:
    law = EDITION.with_readings(campaign_opening="last_decision")
    decided = Polling(Kind.JK, ELECTION_DAY, CALLING, last_registration=date(2020, 9, 2))
    assert campaign_period(decided, law) == Period(at(9, 2, 0), at(10, 3, 8))
    assert campaign_period(decided, EDITION) == Period(at(9, 4, 0), at(10, 3, 8))
    assert campaign_period(POLLING, law) == Period(None, at(10, 3, 8))


@pytest.mark.norm("L23.1.a2")
def test_the_day_of_silence_can_be_counted_from_mobile_voting() -> None:
    law = EDITION.with_readings(campaign_closing="mobile_voting")
    assert campaign_period(POLLING, law) == Period(at(9, 4, 0), at(10, 2, 8))


@pytest.mark.norm("L23.1.a2", "L47.3.f")
def test_the_whole_day_before_the_voting_can_be_read_as_barred() -> None:
    law = EDITION.with_readings(day_before_voting="barred")
    assert campaign_period(POLLING, law) == Period(at(9, 4, 0), at(10, 3, 0))
    both = law.with_readings(campaign_closing="mobile_voting")
    assert campaign_period(POLLING, both) == Period(at(9, 4, 0), at(10, 2, 8))


@pytest.mark.norm("L23.2.a1", "L23.2.a2")
def test_before_a_repeat_voting_campaigning_opens_with_the_decision_and_not_before_it_is_taken() -> None:
    assert campaign_period(REPEAT, EDITION) == Period(None, at(11, 18, 8, year=2017))
    law = EDITION.with_readings(campaign_closing="mobile_voting")
    assert campaign_period(REPEAT, law) == Period(None, at(11, 17, 8, year=2017))


@pytest.mark.norm("L23.2.a1")
def test_campaigning_before_the_voting_at_invalidated_precincts_is_a_reading() -> None:
    some = Polling(Kind.REPEAT_VOTING, REPEAT.election_day, REPEAT.calling, only_at_precincts=True)
    assert campaign_period(some, EDITION) == campaign_period(REPEAT, EDITION)
    law = EDITION.with_readings(repeat_campaigning="run_off_only")
    assert campaign_period(some, law) is None
    assert campaign_period(REPEAT, law) is not None


@pytest.mark.norm("L22.6")
def test_polls_can_be_read_as_free_again_when_the_voting_closes() -> None:
    law = EDITION.with_readings(poll_ban_end="close_of_voting")
    assert poll_ban(POLLING, law) == Period(at(9, 29, 0), at(10, 4, 20))
    assert voting_closes(POLLING, EDITION) == at(10, 4, 20)


@pytest.mark.norm("L28.3.a1", "L28.3.c")
def test_gifts_and_charity_are_barred_from_the_calling_until_results_are_published() -> None:
    published = Polling(Kind.JK, ELECTION_DAY, CALLING, results_published=at(10, 20))
    assert bribery_ban(published, EDITION) == charity_ban(published, EDITION) == Period(at(7, 3, 0), at(10, 20))
    assert bribery_ban(POLLING, EDITION) == Period(at(7, 3, 0), None)
    assert bribery_ban(REPEAT, EDITION) == Period(at(6, 14, 0, year=2017), None)


@pytest.mark.norm("L28.3.a1")
def test_the_ban_on_gifts_can_be_read_to_end_with_the_voting_and_charity_stays_barred() -> None:
    law = EDITION.with_readings(bribery_ban_end="close_of_voting")
    assert bribery_ban(POLLING, law) == Period(at(7, 3, 0), at(10, 4, 20))
    assert charity_ban(POLLING, law) == Period(at(7, 3, 0), None)


def test_a_period_holds_its_first_instant_and_not_its_last() -> None:
    period = Period(at(9, 4, 0), at(10, 3, 8))
    assert at(9, 4, 0) in period
    assert at(10, 3, 7, 59) in period
    assert at(10, 3, 8) not in period
    assert at(9, 3, 23, 59) not in period
    assert at(1, 1) in Period(None, None)


def test_an_election_is_called_before_its_day_and_only_a_repeat_voting_is_held_at_some_precincts() -> None:
    with pytest.raises(ValueError, match="called before"):
        Polling(Kind.JK, CALLING, CALLING)
    with pytest.raises(ValueError, match="some precincts"):
        Polling(Kind.JK, ELECTION_DAY, CALLING, only_at_precincts=True)
