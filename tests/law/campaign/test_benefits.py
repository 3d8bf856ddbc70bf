"""What voters are given: bribery, campaign items, pay for work, charity (L28.3, with the close relatives of L1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shailoo.law.campaign.benefits import (
    Benefit,
    BenefitKind,
    Giver,
    Item,
    Judgement,
    voter_benefit,
)
from shailoo.law.campaign.persons import Relation
from shailoo.law.campaign.polling import Polling
from shailoo.law.outcome import Severity
from tests.law.campaign.cases import EDITION, POLLING, REPEAT, at, found

GIFT = Benefit(POLLING, at(9, 10), BenefitKind.GIFT, Giver.CANDIDATE)


NO_BRIBES = {BenefitKind.CAMPAIGN_ITEM, BenefitKind.WAGE, BenefitKind.CHARITY}


@pytest.mark.norm("L28.3.a1")
@pytest.mark.parametrize("giver", sorted(set(Giver) - {Giver.CLOSE_RELATIVE}))
@pytest.mark.parametrize("kind", sorted(set(BenefitKind) - NO_BRIBES))
def test_whoever_gives_voters_money_things_or_favours_bribes_them(kind: BenefitKind, giver: Giver) -> None:
    outcome = voter_benefit(replace(GIFT, kind=kind, giver=giver), EDITION)
    assert outcome.value is Judgement.BRIBERY
    assert found(outcome) == [("L28.3.a1", "voters_bribed")]
    assert outcome.findings[0].facts["benefit"] == kind.value


def test_what_voters_do_not_get_is_no_bribery() -> None:
    outcome = voter_benefit(replace(GIFT, to_voters=False), EDITION)
    assert (outcome.value, outcome.grounds) == (Judgement.LAWFUL, ("L28.3.a1",))


@pytest.mark.norm("L28.3.a1")
def test_bribery_is_barred_from_the_day_of_the_calling_until_results_are_published() -> None:
    published = Polling(POLLING.kind, POLLING.election_day, POLLING.calling, results_published=at(10, 20))
    gift = replace(GIFT, polling=published)
    before = voter_benefit(replace(gift, at=at(7, 2, 23, 59)), EDITION)
    assert (before.value, before.grounds) == (Judgement.OUTSIDE_BAN, ("L28.3.a1",))
    assert voter_benefit(replace(gift, at=at(7, 3, 0)), EDITION).value is Judgement.BRIBERY
    assert voter_benefit(replace(gift, at=at(10, 20, 11, 59)), EDITION).value is Judgement.BRIBERY
    assert voter_benefit(replace(gift, at=at(10, 20)), EDITION).value is Judgement.OUTSIDE_BAN
    assert voter_benefit(replace(GIFT, at=at(12, 31)), EDITION).value is Judgement.BRIBERY


@pytest.mark.norm("L28.3.a1")
def test_the_ban_can_be_read_to_end_when_the_voting_closes() -> None:
    law = EDITION.with_readings(bribery_ban_end="close_of_voting")
    assert voter_benefit(replace(GIFT, at=at(10, 4, 19, 59)), law).value is Judgement.BRIBERY
    assert voter_benefit(replace(GIFT, at=at(10, 4, 20)), law).value is Judgement.OUTSIDE_BAN


@pytest.mark.norm("L28.3.a1")
def test_before_a_repeat_voting_the_ban_still_runs_from_the_calling() -> None:
    gift = replace(GIFT, polling=REPEAT, at=at(6, 14, 0, year=2017))
    assert voter_benefit(gift, EDITION).value is Judgement.BRIBERY


# ------------------------------------------------------------------------------------- what is no bribery

CAP = replace(GIFT, kind=BenefitKind.CAMPAIGN_ITEM, item=Item.CAP, bears_symbol=True, meets_requirements=True)


@pytest.mark.norm("L28.3.a2")
@pytest.mark.parametrize("item", sorted(set(Item) - {Item.ANOTHER_THING}))
def test_five_kinds_of_campaign_items_may_be_handed_out(item: Item) -> None:
    outcome = voter_benefit(replace(CAP, item=item), EDITION)
    assert (outcome.value, outcome.findings, outcome.grounds) == (Judgement.LAWFUL, (), ("L28.3.a2",))


@pytest.mark.norm("L28.3.a1", "L28.3.a2")
def test_another_thing_or_one_without_symbol_or_against_the_requirements_is_bribery() -> None:
    other = voter_benefit(replace(CAP, item=Item.ANOTHER_THING), EDITION)
    assert found(other) == [("L28.3.a1", "thing_is_no_campaign_item")]
    for condition in ("bears_symbol", "meets_requirements"):
        bare = replace(CAP, **{condition: False})  # type: ignore[arg-type]  # both are bool
        outcome = voter_benefit(bare, EDITION)
        assert outcome.value is Judgement.BRIBERY
        assert found(outcome) == [("L28.3.a1", "item_condition_missing")]
        unknown = voter_benefit(replace(CAP, **{condition: None}), EDITION)  # type: ignore[arg-type]  # or not known
        assert [(each.norm, each.severity) for each in unknown.findings] == [("L28.3.a2", Severity.WARNING)]


@pytest.mark.norm("L28.3.a2")
def test_campaign_material_needs_no_symbol() -> None:
    leaflet = replace(CAP, item=Item.CAMPAIGN_MATERIAL, bears_symbol=False)
    assert voter_benefit(leaflet, EDITION).value is Judgement.LAWFUL


WAGE = replace(GIFT, kind=BenefitKind.WAGE, contract=True, from_fund=True)


@pytest.mark.norm("L28.3.b", "L28.3.a1")
@pytest.mark.parametrize("condition", ["contract", "from_fund"])
def test_pay_for_work_is_no_bribery_under_a_labour_contract_and_from_the_fund(condition: str) -> None:
    assert voter_benefit(WAGE, EDITION).grounds == ("L28.3.b",)
    without = replace(WAGE, **{condition: False})  # type: ignore[arg-type]  # both are bool
    outcome = voter_benefit(without, EDITION)
    assert outcome.value is Judgement.BRIBERY
    assert found(outcome) == [("L28.3.a1", "wage_is_bribery")]
    unknown = voter_benefit(replace(WAGE, **{condition: None}), EDITION)  # type: ignore[arg-type]  # or not known
    assert unknown.value is Judgement.LAWFUL
    assert found(unknown) == [("L28.3.b", "wage_condition_not_known")]


# ------------------------------------------------------------------------------------- charity

CHARITY = replace(GIFT, kind=BenefitKind.CHARITY, to_voters=False, nominated_on=date(2020, 6, 30))


BOUND = {Giver.CANDIDATE, Giver.CANDIDATE_REPRESENTATIVE, Giver.PARTY_REPRESENTATIVE}


@pytest.mark.norm("L28.3.c")
@pytest.mark.parametrize("giver", sorted(set(Giver) - {Giver.CLOSE_RELATIVE}))
def test_contestants_people_do_no_charity_and_others_may(giver: Giver) -> None:
    outcome = voter_benefit(replace(CHARITY, giver=giver), EDITION)
    if giver in BOUND:
        assert outcome.value is Judgement.BARRED_CHARITY
        assert found(outcome) == [("L28.3.c", "charity_barred")]
    else:
        assert (outcome.value, outcome.findings) == (Judgement.LAWFUL, ())
        assert outcome.grounds == ("L28.3.c",)


ITEM_OF = {
    # as Article 1 numbers them
    Relation.SPOUSE: "L1.d03.1",
    Relation.PARENT: "L1.d03.2",
    Relation.CHILD: "L1.d03.3",
    Relation.ADOPTIVE_PARENT: "L1.d03.4",
    Relation.ADOPTED_CHILD: "L1.d03.5",
    Relation.FULL_SIBLING: "L1.d03.6",
    Relation.HALF_SIBLING: "L1.d03.7",
    Relation.GRANDFATHER: "L1.d03.8",
    Relation.GRANDMOTHER: "L1.d03.9",
    Relation.GRANDCHILD: "L1.d03.10",
}


@pytest.mark.norm("L28.3.c", "L1.d03.1", "L1.d03.2", "L1.d03.3", "L1.d03.4", "L1.d03.5")
@pytest.mark.norm("L1.d03.6", "L1.d03.7", "L1.d03.8", "L1.d03.9", "L1.d03.10")
@pytest.mark.parametrize("relation", Relation)
def test_every_close_relative_is_bound(relation: Relation) -> None:
    outcome = voter_benefit(replace(CHARITY, giver=Giver.CLOSE_RELATIVE, relation=relation), EDITION)
    assert outcome.value is Judgement.BARRED_CHARITY
    assert outcome.grounds == (ITEM_OF[relation], "L28.3.c")


@pytest.mark.norm("L28.3.c")
def test_charity_is_barred_from_the_calling_until_results_are_published() -> None:
    published = Polling(POLLING.kind, POLLING.election_day, POLLING.calling, results_published=at(10, 20))
    charity = replace(CHARITY, polling=published)
    before = voter_benefit(replace(charity, at=at(7, 2, 23, 59)), EDITION)
    assert (before.value, before.grounds) == (Judgement.OUTSIDE_BAN, ("L28.3.c",))
    assert voter_benefit(replace(charity, at=at(7, 3, 0)), EDITION).value is Judgement.BARRED_CHARITY
    assert voter_benefit(replace(charity, at=at(10, 20)), EDITION).value is Judgement.OUTSIDE_BAN
    law = EDITION.with_readings(bribery_ban_end="close_of_voting")
    assert voter_benefit(replace(charity, at=at(10, 10)), law).value is Judgement.BARRED_CHARITY


@pytest.mark.norm("L28.3.c")
def test_charity_before_the_nomination_is_a_reading() -> None:
    early = replace(CHARITY, at=at(7, 20), nominated_on=date(2020, 7, 21))
    outcome = voter_benefit(early, EDITION)
    assert outcome.value is Judgement.LAWFUL
    assert [(each.code, each.severity) for each in outcome.findings] == [
        ("charity_done_before_nomination", Severity.WARNING)
    ]
    law = EDITION.with_readings(charity_before_nomination="barred")
    assert voter_benefit(early, law).value is Judgement.BARRED_CHARITY
    assert voter_benefit(replace(early, at=at(7, 21, 0)), EDITION).value is Judgement.BARRED_CHARITY


@pytest.mark.norm("L28.3.c")
def test_a_nomination_that_is_not_known_is_asked_for_only_of_a_candidates_people() -> None:
    unknown = replace(CHARITY, nominated_on=None)
    outcome = voter_benefit(unknown, EDITION)
    assert (outcome.value, found(outcome)) == (Judgement.LAWFUL, [("L28.3.c", "charity_nomination_not_known")])
    law = EDITION.with_readings(charity_before_nomination="barred")
    assert found(voter_benefit(unknown, law)) == [("L28.3.c", "charity_barred")]
    of_the_party = replace(unknown, giver=Giver.PARTY_REPRESENTATIVE)
    assert found(voter_benefit(of_the_party, EDITION)) == [("L28.3.c", "charity_barred")]
    sooner = replace(of_the_party, at=at(7, 20), nominated_on=date(2020, 7, 21))
    assert found(voter_benefit(sooner, EDITION)) == [("L28.3.c", "charity_barred")]


def test_facts_of_benefits_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="close relative"):
        replace(GIFT, giver=Giver.CLOSE_RELATIVE)
    with pytest.raises(ValueError, match="close relative"):
        replace(GIFT, relation=Relation.CHILD)
    with pytest.raises(ValueError, match="campaign item"):
        replace(GIFT, kind=BenefitKind.CAMPAIGN_ITEM)
