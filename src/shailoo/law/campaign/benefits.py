"""What voters are given: bribery, the campaign items and work that are none, and charity (L28.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shailoo.law.calendar import local_day
from shailoo.law.campaign.persons import CLOSE_RELATIVES, Relation
from shailoo.law.campaign.polling import Polling, bribery_ban, charity_ban
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import CharityBeforeNomination
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


class BenefitKind(StrEnum):
    """What is given."""

    MONEY = "money"
    GIFT = "gift"
    OTHER_VALUE = "other_value"
    REDUCED_SALE = "reduced_sale"
    FREE_GOODS = "free_goods"
    FREE_SERVICE = "free_service"
    EASY_SERVICE = "easy_service"
    CAMPAIGN_ITEM = "campaign_item"
    WAGE = "wage"  # for work under a labour contract with the contestant
    CHARITY = "charity"


BRIBES = frozenset(
    {
        BenefitKind.MONEY,
        BenefitKind.GIFT,
        BenefitKind.OTHER_VALUE,
        BenefitKind.REDUCED_SALE,
        BenefitKind.FREE_GOODS,
        BenefitKind.FREE_SERVICE,
        BenefitKind.EASY_SERVICE,
    }
)
"""What is bribery whenever voters get it (L28.3.a1)."""


class Item(StrEnum):
    """What is handed out free as a campaign item (L28.3.a2)."""

    CAMPAIGN_MATERIAL = "campaign_material"
    BADGE = "badge"
    T_SHIRT = "t_shirt"
    CAP = "cap"
    SCARF = "scarf"
    ANOTHER_THING = "another_thing"


class Giver(StrEnum):
    CANDIDATE = "candidate"
    CLOSE_RELATIVE = "close_relative"
    CANDIDATE_REPRESENTATIVE = "candidate_representative"
    PARTY = "party"
    PARTY_REPRESENTATIVE = "party_representative"
    SOMEBODY_ELSE = "somebody_else"


NO_CHARITY = frozenset(
    {
        Giver.CANDIDATE,
        Giver.CLOSE_RELATIVE,
        Giver.CANDIDATE_REPRESENTATIVE,
        Giver.PARTY_REPRESENTATIVE,
    }
)
"""Who may do no charity from the calling to the publication of results (L28.3.c); a party itself is not named."""


OF_A_CANDIDATE = NO_CHARITY - {Giver.PARTY_REPRESENTATIVE}
"""Those whom the ban reaches through a candidate, who is none before the nomination."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """Something given before a voting.

    `relation`: how a close relative is related to the candidate. `to_voters`: whether voters get it. `item`,
    `bears_symbol`, `meets_requirements`: of a campaign item, whether it bears the party's symbols or the candidate's
    picture and meets the CEC's requirements. `contract`, `from_fund`: of a wage. `nominated_on`: the local day on which
    the candidate was nominated. Null: not known.
    """

    polling: Polling
    at: datetime
    kind: BenefitKind
    giver: Giver
    to_voters: bool = True
    relation: Relation | None = None
    item: Item | None = None
    bears_symbol: bool | None = None
    meets_requirements: bool | None = None
    contract: bool | None = None
    from_fund: bool | None = None
    nominated_on: date | None = None

    def __post_init__(self) -> None:
        if (self.giver is Giver.CLOSE_RELATIVE) != (self.relation is not None):
            raise ValueError("a relation is that of a close relative, and each has one")
        if (self.kind is BenefitKind.CAMPAIGN_ITEM) != (self.item is not None):
            raise ValueError("an item is a campaign item, and each is one of them")


class Judgement(StrEnum):
    """What giving it is."""

    OUTSIDE_BAN = "outside_ban"
    LAWFUL = "lawful"
    BRIBERY = "bribery"
    BARRED_CHARITY = "barred_charity"


@applies("L28.3.a1", "L28.3.a2", "L28.3.b", "L28.3.c")
@applies("L1.d03.1", "L1.d03.2", "L1.d03.3", "L1.d03.4", "L1.d03.5")
@applies("L1.d03.6", "L1.d03.7", "L1.d03.8", "L1.d03.9", "L1.d03.10")
def voter_benefit(benefit: Benefit, edition: Edition) -> Outcome[Judgement]:
    """Whether something given is bribery of voters, barred charity, or neither."""
    steps: list[Step] = []
    charity = benefit.kind is BenefitKind.CHARITY
    ban = charity_ban(benefit.polling, edition) if charity else bribery_ban(benefit.polling, edition)
    if benefit.at not in ban:
        norm = "L28.3.c" if charity else "L28.3.a1"
        steps.append(Step(norm, "given_outside_ban", {"at": benefit.at}))
        return Outcome(Judgement.OUTSIDE_BAN, tuple(steps))
    findings = tuple(_charity(benefit, edition, steps) if charity else _bribery(benefit, steps))
    if not any(each.severity is Severity.ERROR for each in findings):
        return Outcome(Judgement.LAWFUL, tuple(steps), findings)
    return Outcome(Judgement.BARRED_CHARITY if charity else Judgement.BRIBERY, tuple(steps), findings)


def _bribery(benefit: Benefit, steps: list[Step]) -> Iterator[Finding]:
    if not benefit.to_voters:
        steps.append(Step("L28.3.a1", "not_given_to_voters"))
    elif benefit.kind in BRIBES:
        facts: dict[str, Fact] = {"benefit": str(benefit.kind), "at": benefit.at}
        yield Finding("L28.3.a1", "voters_bribed", Severity.ERROR, facts, ("kind",))
    elif benefit.kind is BenefitKind.WAGE:
        yield from _wage(benefit, steps)
    else:
        yield from _campaign_item(benefit, steps)


def _wage(benefit: Benefit, steps: list[Step]) -> Iterator[Finding]:
    """L28.3: pay from the campaign fund for work under a labour contract is no bribery."""
    for name, holds in (("contract", benefit.contract), ("from_fund", benefit.from_fund)):
        facts: dict[str, Fact] = {"benefit_condition": name}
        if holds is None:
            yield Finding("L28.3.b", "wage_condition_not_known", Severity.WARNING, facts, (name,))
        elif not holds:
            yield Finding("L28.3.a1", "wage_is_bribery", Severity.ERROR, facts, (name,))
    if benefit.contract and benefit.from_fund:
        steps.append(Step("L28.3.b", "wage_for_contracted_work"))


def _campaign_item(benefit: Benefit, steps: list[Step]) -> Iterator[Finding]:
    """L28.3: five kinds of things with symbol or picture, as the CEC requires them."""
    if benefit.item is None or benefit.item is Item.ANOTHER_THING:
        yield Finding("L28.3.a1", "thing_is_no_campaign_item", Severity.ERROR, fields=("item",))
        return
    conditions = {"meets_requirements": benefit.meets_requirements}
    if benefit.item is not Item.CAMPAIGN_MATERIAL:
        conditions["bears_symbol"] = benefit.bears_symbol
    for name, holds in conditions.items():
        facts: dict[str, Fact] = {"campaign_item": str(benefit.item), "benefit_condition": name}
        if holds is None:
            yield Finding("L28.3.a2", "item_condition_not_known", Severity.WARNING, facts, (name,))
        elif not holds:
            yield Finding("L28.3.a1", "item_condition_missing", Severity.ERROR, facts, (name,))
    if all(conditions.values()):
        steps.append(Step("L28.3.a2", "campaign_item_may_be_given", {"campaign_item": str(benefit.item)}))


def _charity(benefit: Benefit, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L28.3: by whom, and since when (`charity_before_nomination`)."""
    if benefit.giver not in NO_CHARITY:
        steps.append(Step("L28.3.c", "charity_ban_does_not_name", {"benefit_giver": str(benefit.giver)}))
        return
    if benefit.relation is not None:
        steps.append(
            Step(CLOSE_RELATIVES[benefit.relation], "is_close_relative", {"close_relative": str(benefit.relation)})
        )
    facts: dict[str, Fact] = {"benefit_giver": str(benefit.giver), "at": benefit.at}
    nominated = benefit.nominated_on
    warned = edition.charity_before_nomination is CharityBeforeNomination.WARNED and benefit.giver in OF_A_CANDIDATE
    if warned and nominated is None:
        yield Finding("L28.3.c", "charity_nomination_not_known", Severity.WARNING, facts, ("nominated_on",))
    elif warned and nominated is not None and local_day(benefit.at) < nominated:
        yield Finding("L28.3.c", "charity_done_before_nomination", Severity.WARNING, facts, ("at",))
    else:
        yield Finding("L28.3.c", "charity_barred", Severity.ERROR, facts, ("giver",))
