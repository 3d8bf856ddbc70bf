"""Voting premises: what is in them, the stand, the layout, and power cuts (L29)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shailoo.law.campaign.premises import Feature, PowerCut, Readiness, VotingPremises, voting_premises
from tests.law.campaign.cases import EDITION, at, codes, found

ASKED_BY = {
    Feature.LIT_BOOTHS: "L29.2.a",
    Feature.WRITING_ITEMS: "L29.2.a",
    Feature.MONITORS: "L29.2.a",
    Feature.OTHER_EQUIPMENT: "L29.2.a",
    Feature.BALLOT_BOXES: "L29.2.a",
    Feature.BACKUP_POWER: "L29.2.b1",
    Feature.LANTERNS: "L29.2.b1",
    Feature.CANDLES: "L29.2.b1",
    Feature.STAND: "L29.3.a1",
    Feature.SAMPLE_BALLOTS: "L29.3.a3",
    Feature.ALL_IN_SIGHT: "L29.4.a",
    Feature.MONITOR_IN_SIGHT: "L29.4.b",
    Feature.ACCESSIBLE: "L29.5",
}
READY = VotingPremises(
    price=Decimal(0),
    present=frozenset(Feature),
    registered=("Ак жол", "Мекен"),
    on_stand=("Мекен", "Ак жол"),
    appeals_on_stand=False,
    sample_text="Бир уюмдун аталышы",
)


@pytest.mark.norm("L29.1", "L29.2.a", "L29.2.b1", "L29.3.a1", "L29.3.a2", "L29.3.a3", "L29.4.a", "L29.4.b", "L29.5")
def test_premises_with_everything_are_ready() -> None:
    outcome = voting_premises(READY, EDITION)
    assert (outcome.value, outcome.findings) == (Readiness.READY, ())
    assert set(ASKED_BY.values()) | {"L29.1", "L29.3.a2"} <= set(outcome.grounds)


@pytest.mark.norm("L29.2.a", "L29.2.b1", "L29.3.a1", "L29.3.a3", "L29.4.a", "L29.4.b", "L29.5")
@pytest.mark.parametrize("feature", Feature)
def test_each_missing_feature_is_a_breach_and_each_unchecked_one_a_question(feature: Feature) -> None:
    others = frozenset(Feature) - {feature}
    without = voting_premises(replace(READY, present=others, missing=frozenset({feature})), EDITION)
    assert (without.value, found(without)) == (Readiness.NOT_READY, [(ASKED_BY[feature], "feature_missing")])
    unchecked = voting_premises(replace(READY, present=others), EDITION)
    assert (unchecked.value, found(unchecked)) == (Readiness.NOT_KNOWN, [(ASKED_BY[feature], "feature_not_checked")])


@pytest.mark.norm("L29.1")
@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (Decimal("0.01"), [("L29.1", "voting_premises_not_free")]),
        (None, [("L29.1", "voting_premises_price_not_known")]),
    ],
)
def test_premises_are_free_of_charge(price: Decimal | None, expected: list[tuple[str, str]]) -> None:
    assert found(voting_premises(replace(READY, price=price), EDITION)) == expected


@pytest.mark.norm("L29.3.a1", "L29.3.a2")
def test_the_stand_has_everybody_and_no_appeals() -> None:
    one = voting_premises(replace(READY, on_stand=("Мекен",)), EDITION)
    assert found(one) == [("L29.3.a1", "not_on_the_stand")]
    assert "all_on_the_stand" not in codes(one)
    assert "all_on_the_stand" in codes(voting_premises(READY, EDITION))
    assert one.findings[0].facts == {"contestant": "Ак жол"}
    loud = voting_premises(replace(READY, appeals_on_stand=True), EDITION)
    assert found(loud) == [("L29.3.a2", "appeals_on_the_stand")]
    unknown = voting_premises(replace(READY, on_stand=None, appeals_on_stand=None), EDITION)
    assert unknown.value is Readiness.NOT_KNOWN
    assert found(unknown) == [("L29.3.a1", "stand_entries_not_known"), ("L29.3.a2", "stand_appeals_not_known")]


@pytest.mark.norm("L29.3.a3")
@pytest.mark.parametrize("text", ["Мекен", "«МЕКЕН» партиясы"])
def test_sample_ballots_name_nobody_registered(text: str) -> None:
    outcome = voting_premises(replace(READY, sample_text=text), EDITION)
    assert found(outcome) == [("L29.3.a3", "sample_names_contestant")]
    assert "sample_names_nobody" not in codes(outcome)


@pytest.mark.norm("L29.3.a3")
@pytest.mark.parametrize("text", ["Мекенчил", "Ата Мекендин тарыхы"])
def test_a_word_that_only_begins_like_a_name_names_nobody(text: str) -> None:
    outcome = voting_premises(replace(READY, sample_text=text), EDITION)
    assert outcome.findings == ()
    assert "sample_names_nobody" in {each.code for each in outcome.steps}


@pytest.mark.norm("L29.3.a3")
def test_a_sample_that_was_not_read_is_asked_for() -> None:
    outcome = voting_premises(replace(READY, sample_text=None), EDITION)
    assert (outcome.value, found(outcome)) == (Readiness.NOT_KNOWN, [("L29.3.a3", "sample_text_not_known")])


@pytest.mark.norm("L29.2.b2")
def test_nobody_is_identified_while_the_power_is_off() -> None:
    cut = PowerCut(at(10, 4, 11), at(10, 4, 12))
    outside = replace(READY, power_cuts=(cut,), identified_at=(at(10, 4, 10, 59), at(10, 4, 12)))
    assert voting_premises(outside, EDITION).findings == ()
    assert "L29.2.b2" in voting_premises(outside, EDITION).grounds
    within = replace(READY, power_cuts=(cut,), identified_at=(at(10, 4, 11), at(10, 4, 11, 59)))
    outcome = voting_premises(within, EDITION)
    assert found(outcome) == [("L29.2.b2", "identified_without_power")]
    assert outcome.findings[0].facts["identified"] == 2
    still_off = replace(within, power_cuts=(PowerCut(at(10, 4, 11, 30)),))
    assert voting_premises(still_off, EDITION).findings[0].facts["identified"] == 1


def test_facts_of_premises_that_cannot_be() -> None:
    assert PowerCut(at(10, 4, 12), at(10, 4, 12)).resumed_at == at(10, 4, 12)
    with pytest.raises(ValueError, match="both there and missing"):
        replace(READY, missing=frozenset({Feature.CANDLES}))
    with pytest.raises(ValueError, match="after it was suspended"):
        PowerCut(at(10, 4, 12), at(10, 4, 11))
