"""A campaign material: its imprint, its copy for the CEC, where it is placed, when it is spread (L27, L23.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from shailoo.law.calendar import Kind
from shailoo.law.campaign.polling import Period, Polling, campaign_period
from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.campaign import MaterialCopyTerm
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies


class MaterialKind(StrEnum):
    PRINTED = "printed"
    AUDIOVISUAL = "audiovisual"
    RADIO = "radio"  # broadcast by radio: it bears no imprint (L27.9)
    OTHER = "other"


class Place(StrEnum):
    """Where a material is placed."""

    MONUMENT = "monument"
    OBELISK = "obelisk"
    VALUED_BUILDING = "valued_building"  # of historical, cultural or architectural value
    COMMISSION_PREMISES = "commission_premises"
    COMMISSION_ENTRANCE = "commission_entrance"
    VOTING_PREMISES = "voting_premises"
    GREEN_PLANTATION = "green_plantation"
    TREE = "tree"
    MOUNTAIN_SLOPE = "mountain_slope"
    HILL_SLOPE = "hill_slope"
    OTHER_HEIGHT = "other_height"
    POSTING_PLACE = "posting_place"  # set aside by local government (L27.3)
    ELSEWHERE = "elsewhere"


BARRED_PLACES: Mapping[Place, NormId] = {
    Place.MONUMENT: "L27.4",
    Place.OBELISK: "L27.4",
    Place.VALUED_BUILDING: "L27.4",
    Place.COMMISSION_PREMISES: "L27.4",
    Place.COMMISSION_ENTRANCE: "L27.4",
    Place.VOTING_PREMISES: "L27.4",
    Place.GREEN_PLANTATION: "L27.5",
    Place.TREE: "L27.5",
    Place.MOUNTAIN_SLOPE: "L27.5",
    Place.HILL_SLOPE: "L27.5",
    Place.OTHER_HEIGHT: "L27.5",
}
"""Where no campaign material may be placed."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a material says about itself; null where it does not.

    `orderer_is_organization`: an organization is named without its address. `copies`: circulation. `issued`: local day.
    """

    producer: str | None = None
    producer_address: str | None = None
    orderer: str | None = None
    orderer_address: str | None = None
    orderer_is_organization: bool = False
    copies: int | None = None
    issued: date | None = None
    financed_by: str | None = None


IMPRINT = ("producer", "producer_address", "orderer", "orderer_address", "copies", "issued", "financed_by")
"""The data of L27.2, in its order, as fields of `Imprint`."""


@dataclass(frozen=True, slots=True)
class Material:
    """A material of a contestant before a voting. Null: not known, or not done.

    `campaigns`: it bears signs of campaigning (L22.10); `for_many`: it is meant for mass distribution. `made_abroad`:
    it was produced outside the country. `financier_entitled`: whoever financed it is a registered candidate or a
    party's authorized representative. `made_on`: local day of production; where null, the imprint's day is taken.
    `cost`: som; `booked`: whether the cost is booked to the campaign fund; `allowance`: som that the fund may still
    spend. `copy_with_cec`, `spread_from`, `placed_at`: instants.
    """

    polling: Polling
    kind: MaterialKind
    imprint: Imprint = Imprint()
    campaigns: bool = True
    for_many: bool = True
    made_abroad: bool | None = None
    financier_entitled: bool | None = None
    made_on: date | None = None
    cost: Decimal | None = None
    booked: bool | None = None
    allowance: Decimal | None = None
    copy_with_cec: datetime | None = None
    spread_from: datetime | None = None
    places: frozenset[Place] = frozenset()
    placed_at: datetime | None = None


class Use(StrEnum):
    """What may be done with a material."""

    NOT_CAMPAIGN_MATERIAL = "not_campaign_material"
    MAY_BE_SPREAD = "may_be_spread"
    MAY_NOT_BE_SPREAD = "may_not_be_spread"


@applies(
    "L1.d01",
    "L23.1.a1",
    "L23.1.a2",
    "L23.2.a1",
    "L23.2.a2",
    "L23.3",
    "L27.1.a1",
    "L27.1.a2",
    "L27.1.a3",
    "L27.2.a1",
    "L27.2.a2",
)
@applies("L27.4", "L27.5", "L27.8", "L27.9")
def campaign_material(material: Material, edition: Edition) -> Outcome[Use]:
    """Whether a material may be spread: made here, with its imprint and its copy, in a lawful place and time."""
    steps: list[Step] = []
    if not (material.campaigns and material.for_many):
        steps.append(Step("L1.d01", "no_campaign_material"))
        return Outcome(Use.NOT_CAMPAIGN_MATERIAL, tuple(steps))
    findings = (
        *_origin(material, steps),
        *_imprint(material, steps),
        *_copy(material, edition, steps),
        *_made_before(material, steps),
        *_places(material, steps),
        *_in_campaign(material, edition, steps),
    )
    if any(each.severity is Severity.ERROR for each in findings):
        return Outcome(Use.MAY_NOT_BE_SPREAD, tuple(steps), findings)
    steps.append(Step("L27.1.a1", "material_may_be_spread"))
    return Outcome(Use.MAY_BE_SPREAD, tuple(steps), findings)


def _origin(material: Material, steps: list[Step]) -> Iterator[Finding]:
    if material.made_abroad is None:
        yield Finding("L27.1.a2", "material_origin_not_known", Severity.WARNING, fields=("made_abroad",))
    elif material.made_abroad:
        yield Finding("L27.1.a2", "material_made_abroad", Severity.ERROR, fields=("made_abroad",))
    else:
        steps.append(Step("L27.1.a2", "material_made_here"))


def _imprint(material: Material, steps: list[Step]) -> Iterator[Finding]:
    """L27.2: all of its data, and whoever financed it entitled to; radio bears none (L27.9)."""
    if material.kind is MaterialKind.RADIO:
        steps.append(Step("L27.9", "radio_bears_no_imprint"))
        return
    missing = [name for name in IMPRINT if not getattr(material.imprint, name)]
    if material.imprint.orderer_is_organization and "orderer_address" in missing:
        missing.remove("orderer_address")
    for name in missing:
        yield Finding("L27.2.a1", "imprint_data_missing", Severity.ERROR, {"imprint_data": name}, (f"imprint.{name}",))
    if material.financier_entitled is False:
        yield Finding("L27.2.a1", "financier_not_entitled", Severity.ERROR, fields=("financier_entitled",))
    elif material.financier_entitled is None and "financed_by" not in missing:
        yield Finding("L27.2.a1", "financier_not_known", Severity.WARNING, fields=("financier_entitled",))
    if missing and material.spread_from is not None:
        facts: dict[str, Fact] = {"missing_data": len(missing), "at": material.spread_from}
        yield Finding("L27.2.a2", "spread_without_imprint", Severity.ERROR, facts, ("spread_from",))
    elif not missing:
        steps.append(Step("L27.2.a1", "imprint_complete", {"data": len(IMPRINT)}))


def _copy(material: Material, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L27.1: a copy for the CEC (`material_copy_term`)."""
    copy, spread = material.copy_with_cec, material.spread_from
    before = edition.material_copy_term is MaterialCopyTerm.BEFORE_DISSEMINATION
    if copy is None:
        severity = Severity.ERROR if spread is not None and before else Severity.WARNING
        yield Finding("L27.1.a3", "copy_not_with_cec", severity, fields=("copy_with_cec",))
    elif before and spread is not None and copy > spread:
        facts: dict[str, Fact] = {"at": copy, "spread_from": spread}
        yield Finding("L27.1.a3", "copy_after_spreading", Severity.ERROR, facts, ("copy_with_cec",))
    else:
        steps.append(Step("L27.1.a3", "copy_with_cec", {"at": copy}))


def _made_before(material: Material, steps: list[Step]) -> Iterator[Finding]:
    """L27.8: what was made before the calling fits into the lawful spending of the campaign fund."""
    made = material.made_on or material.imprint.issued
    if made is None or made >= material.polling.calling:
        return
    facts: dict[str, Fact] = {"day": made, "calling": material.polling.calling}
    if material.booked is None or material.cost is None or material.allowance is None:
        yield Finding(
            "L27.8", "early_material_cost_not_known", Severity.WARNING, facts, ("cost", "booked", "allowance")
        )
    if material.booked is False:
        yield Finding("L27.8", "early_material_not_booked", Severity.ERROR, facts, ("booked",))
    if material.cost is None or material.allowance is None:
        return
    costs: dict[str, Fact] = {"cost": material.cost, "allowance": material.allowance}
    if material.cost > material.allowance:
        yield Finding("L27.8", "early_material_too_dear", Severity.ERROR, costs, ("cost",))
    elif material.booked:
        steps.append(Step("L27.8", "early_material_in_the_fund", costs))


def _places(material: Material, steps: list[Step]) -> Iterator[Finding]:
    barred = [place for place in BARRED_PLACES if place in material.places]
    for place in barred:
        yield Finding(BARRED_PLACES[place], "place_barred", Severity.ERROR, {"material_place": str(place)}, ("places",))
    if material.places and not barred:
        steps.append(Step("L27.4", "places_lawful", {"places": len(material.places)}))


def _in_campaign(material: Material, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L23.1 and L23.2: a material is spread while campaigning is open; L23.3 lets printed ones stay after it."""
    period = campaign_period(material.polling, edition)
    repeat = material.polling.kind is Kind.REPEAT_VOTING
    starts, ends = ("L23.2.a1", "L23.2.a2") if repeat else ("L23.1.a1", "L23.1.a2")
    used = {"spread_from": material.spread_from, "placed_at": material.placed_at}
    for field, at in used.items():
        if at is None:
            continue
        if period is None:
            yield Finding(starts, "spread_without_campaign", Severity.ERROR, {"at": at}, (field,))
        else:
            yield from _not_before(at, field, starts, period)
            yield from _not_after(at, field, ends, period)
    if period is not None and period.closes is not None:
        _stays(material, period.closes, steps)


def _not_before(at: datetime, field: str, norm: NormId, period: Period) -> Iterator[Finding]:
    if period.opens is None:
        yield Finding(norm, "campaign_opening_not_known", Severity.WARNING, {"at": at}, (field,))
    elif at < period.opens:
        code = "placed_before_campaign" if field == "placed_at" else "spread_before_campaign"
        yield Finding(norm, code, Severity.ERROR, {"at": at, "opens": period.opens}, (field,))


def _not_after(at: datetime, field: str, norm: NormId, period: Period) -> Iterator[Finding]:
    if period.closes is not None and at >= period.closes:
        code = "placed_in_silence" if field == "placed_at" else "spread_in_silence"
        yield Finding(norm, code, Severity.ERROR, {"at": at, "closes": period.closes}, (field,))


def _stays(material: Material, closes: datetime, steps: list[Step]) -> None:
    """L23.3: printed materials that were placed before the silence, outside barred places."""
    at = material.placed_at
    if at is None or at >= closes or material.kind is not MaterialKind.PRINTED:
        return
    if not material.places & BARRED_PLACES.keys():
        steps.append(Step("L23.3", "stays_in_place", {"at": at, "closes": closes}))
