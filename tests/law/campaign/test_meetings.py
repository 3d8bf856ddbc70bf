"""Premises for meetings with voters (L26)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shailoo.law.campaign.meetings import Answer, Owner, Request, Treatment, campaign_meeting
from shailoo.law.campaign.polling import Period
from tests.law.campaign.cases import EDITION, POLLING, REPEAT, at, codes, found

ASKED = Request(POLLING, Owner.STATE, at(9, 10, 9))
GRANTED = replace(ASKED, answer=Answer.GRANTED, answered_at=at(9, 10, 17))
REFUSED = replace(
    ASKED, answer=Answer.REFUSED, answered_at=at(9, 10, 17), written_reasons=True, granted_to_others=False
)


@pytest.mark.norm("L26.2.a")
@pytest.mark.parametrize("owner", [Owner.STATE, Owner.MUNICIPAL])
def test_an_application_is_answered_on_its_day(owner: Owner) -> None:
    assert campaign_meeting(replace(GRANTED, owner=owner), EDITION).value is Treatment.LAWFUL
    last = replace(GRANTED, owner=owner, answered_at=at(9, 10, 23, 59))
    assert campaign_meeting(last, EDITION).findings == ()
    late = campaign_meeting(replace(last, answered_at=at(9, 11, 0)), EDITION)
    assert late.value is Treatment.UNLAWFUL
    assert found(late) == [("L26.2.a", "premises_answered_late")]


@pytest.mark.norm("L26.2.a")
def test_without_an_answer_it_waits_until_the_end_of_the_day() -> None:
    outcome = campaign_meeting(ASKED, EDITION)
    assert outcome.value is Treatment.PENDING
    assert found(outcome) == [("L26.2.a", "premises_answer_due")]
    assert outcome.findings[0].facts["last"] == at(9, 10).date()


@pytest.mark.norm("L26.2.a")
def test_before_a_repeat_voting_the_same_term_runs() -> None:
    again = Request(REPEAT, Owner.STATE, at(11, 2, year=2017), Answer.GRANTED, at(11, 3, year=2017))
    assert found(campaign_meeting(again, EDITION)) == [("L26.2.a", "premises_answered_late")]


def test_private_premises_are_not_what_the_article_gives_a_claim_to() -> None:
    outcome = campaign_meeting(replace(REFUSED, owner=Owner.PRIVATE, granted_to_others=True), EDITION)
    assert (outcome.value, outcome.findings, outcome.grounds) == (Treatment.NOT_PUBLIC, (), ("L26.2.a",))


@pytest.mark.norm("L26.2.b")
@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (True, []),
        (False, [("L26.2.b", "refusal_without_reasons")]),
        (None, [("L26.2.b", "refusal_reasons_not_known")]),
    ],
)
def test_a_refusal_gives_its_reasons_in_writing(reasons: bool | None, expected: list[tuple[str, str]]) -> None:
    outcome = campaign_meeting(replace(REFUSED, written_reasons=reasons), EDITION)
    assert found(outcome) == expected
    assert (outcome.value is Treatment.UNLAWFUL) is (reasons is False)


@pytest.mark.norm("L26.2.c")
def test_what_one_contestant_was_given_no_other_is_refused() -> None:
    outcome = campaign_meeting(replace(REFUSED, granted_to_others=True), EDITION)
    assert found(outcome) == [("L26.2.c", "premises_refused_after_another")]
    assert "premises_given_to_nobody" in codes(campaign_meeting(REFUSED, EDITION))
    unknown = campaign_meeting(replace(REFUSED, granted_to_others=None), EDITION)
    assert found(unknown) == [("L26.2.c", "grants_to_others_not_known")]
    assert campaign_meeting(replace(GRANTED, granted_to_others=True), EDITION).findings == ()


FIXED = Period(at(9, 12, 10), at(9, 12, 12))
BY_COMMISSION = replace(GRANTED, commission_asked=True, price=Decimal(0), fixed=FIXED, given=FIXED)


@pytest.mark.norm("L26.3.a1")
def test_what_a_commission_asked_for_is_free_and_at_the_time_it_fixed() -> None:
    assert campaign_meeting(BY_COMMISSION, EDITION).findings == ()
    assert "L26.3.a1" in campaign_meeting(BY_COMMISSION, EDITION).grounds
    paid = campaign_meeting(replace(BY_COMMISSION, price=Decimal("0.01")), EDITION)
    assert found(paid) == [("L26.3.a1", "premises_not_free")]
    moved = campaign_meeting(replace(BY_COMMISSION, given=Period(at(9, 12, 11), at(9, 12, 12))), EDITION)
    assert found(moved) == [("L26.3.a1", "premises_at_another_time")]
    unknown = campaign_meeting(replace(BY_COMMISSION, price=None), EDITION)
    assert found(unknown) == [("L26.3.a1", "premises_price_not_known")]
    unfixed = campaign_meeting(replace(BY_COMMISSION, fixed=None), EDITION)
    assert found(unfixed) == [("L26.3.a1", "premises_time_not_known")]
    assert "premises_at_the_fixed_time" in codes(campaign_meeting(BY_COMMISSION, EDITION))
    untimed = campaign_meeting(replace(BY_COMMISSION, given=None), EDITION)
    assert found(untimed) == [("L26.3.a1", "premises_time_not_known")]
    assert untimed.errors == ()
    own = campaign_meeting(replace(BY_COMMISSION, commission_asked=False, price=Decimal(100)), EDITION)
    assert own.findings == ()


@pytest.mark.norm("L26.3.a2")
def test_unequal_time_for_meetings_is_shown_to_be_explained() -> None:
    equal = campaign_meeting(replace(GRANTED, minutes={"a": 60, "b": 60}), EDITION)
    assert "meeting_time_equal" in codes(equal)
    outcome = campaign_meeting(replace(GRANTED, minutes={"a": 60, "b": 59}), EDITION)
    assert found(outcome) == [("L26.3.a2", "meeting_time_differs")]
    assert outcome.errors == ()


def test_an_answer_has_its_time_and_comes_after_the_application() -> None:
    with pytest.raises(ValueError, match="has its time"):
        replace(ASKED, answer=Answer.GRANTED)
    with pytest.raises(ValueError, match="after it was submitted"):
        replace(GRANTED, answered_at=at(9, 10, 8))
