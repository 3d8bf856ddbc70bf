"""Campaign materials: origin, imprint, copy, places, silence, what was made before the calling (L1.d01, L23.3, L27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shailoo.law.campaign.materials import (
    Imprint,
    Material,
    MaterialKind,
    Place,
    Use,
    campaign_material,
)
from shailoo.law.campaign.polling import Polling
from tests.law.campaign.cases import EDITION, POLLING, REPEAT, at, codes, found

WHOLE = Imprint(
    producer="Printing house",
    producer_address="Bishkek, 1 Manas Avenue",
    orderer="Нурлан Осмонов",
    orderer_address="Osh, 2 Lenin Street",
    copies=10_000,
    issued=date(2020, 9, 5),
    financed_by="Жылдыз Маматова",
)
LEAFLET = Material(
    POLLING,
    MaterialKind.PRINTED,
    WHOLE,
    made_abroad=False,
    financier_entitled=True,
    copy_with_cec=at(9, 6),
    spread_from=at(9, 7),
)


@pytest.mark.norm("L27.1.a1", "L27.1.a2", "L27.1.a3", "L27.2.a1")
def test_a_leaflet_made_here_with_imprint_and_copy_may_be_spread() -> None:
    outcome = campaign_material(LEAFLET, EDITION)
    assert (outcome.value, outcome.findings) == (Use.MAY_BE_SPREAD, ())
    assert {"L27.1.a1", "L27.1.a2", "L27.1.a3", "L27.2.a1"} <= set(outcome.grounds)


@pytest.mark.norm("L1.d01")
@pytest.mark.parametrize("which", ["campaigns", "for_many"])
def test_what_bears_no_sign_or_is_not_for_many_is_no_campaign_material(which: str) -> None:
    other = replace(Material(POLLING, MaterialKind.PRINTED), **{which: False})  # type: ignore[arg-type]  # both are bool
    outcome = campaign_material(other, EDITION)
    assert (outcome.value, outcome.grounds) == (Use.NOT_CAMPAIGN_MATERIAL, ("L1.d01",))


@pytest.mark.norm("L27.1.a2")
@pytest.mark.parametrize(
    ("abroad", "expected"),
    [(True, [("L27.1.a2", "material_made_abroad")]), (None, [("L27.1.a2", "material_origin_not_known")])],
)
def test_materials_are_not_made_abroad(abroad: bool | None, expected: list[tuple[str, str]]) -> None:
    outcome = campaign_material(replace(LEAFLET, made_abroad=abroad), EDITION)
    assert found(outcome) == expected
    assert bool(outcome.errors) is (abroad is True)


# ------------------------------------------------------------------------------------- imprint


@pytest.mark.norm("L27.2.a1", "L27.2.a2")
@pytest.mark.parametrize(
    "name", ["producer", "producer_address", "orderer", "orderer_address", "copies", "issued", "financed_by"]
)
def test_every_datum_of_the_imprint_is_needed_and_without_it_nothing_is_spread(name: str) -> None:
    bare = replace(WHOLE, **{name: None})  # type: ignore[arg-type]  # every datum may be missing
    outcome = campaign_material(replace(LEAFLET, imprint=bare), EDITION)
    assert outcome.value is Use.MAY_NOT_BE_SPREAD
    assert found(outcome) == [("L27.2.a1", "imprint_data_missing"), ("L27.2.a2", "spread_without_imprint")]
    assert outcome.findings[0].fields == (f"imprint.{name}",)
    kept = campaign_material(replace(LEAFLET, imprint=bare, spread_from=None), EDITION)
    assert found(kept) == [("L27.2.a1", "imprint_data_missing")]
    asked = found(campaign_material(replace(LEAFLET, imprint=bare, financier_entitled=None), EDITION))
    assert (("L27.2.a1", "financier_not_known") in asked) is (name != "financed_by")


@pytest.mark.norm("L27.2.a1")
def test_an_organization_that_ordered_is_named_without_its_address() -> None:
    club = replace(WHOLE, orderer="Party", orderer_address=None, orderer_is_organization=True)
    assert campaign_material(replace(LEAFLET, imprint=club), EDITION).findings == ()
    whole = replace(WHOLE, orderer_is_organization=True)
    assert campaign_material(replace(LEAFLET, imprint=whole), EDITION).findings == ()


@pytest.mark.norm("L27.2.a1")
@pytest.mark.parametrize(
    ("entitled", "code"), [(False, "financier_not_entitled"), (None, "financier_not_known"), (True, None)]
)
def test_a_registered_candidate_or_an_authorized_representative_finances_it(
    entitled: bool | None, code: str | None
) -> None:
    outcome = campaign_material(replace(LEAFLET, financier_entitled=entitled), EDITION)
    assert found(outcome) == ([] if code is None else [("L27.2.a1", code)])
    assert bool(outcome.errors) is (entitled is False)


@pytest.mark.norm("L27.9")
def test_radio_bears_no_imprint() -> None:
    spot = replace(LEAFLET, kind=MaterialKind.RADIO, imprint=Imprint(), financier_entitled=None)
    outcome = campaign_material(spot, EDITION)
    assert (outcome.value, outcome.findings) == (Use.MAY_BE_SPREAD, ())
    assert "L27.9" in outcome.grounds
    film = campaign_material(replace(spot, kind=MaterialKind.AUDIOVISUAL), EDITION)
    assert film.value is Use.MAY_NOT_BE_SPREAD


# ------------------------------------------------------------------------------------- copy, cost


@pytest.mark.norm("L27.1.a3")
def test_the_copy_is_with_the_cec_before_the_material_is_spread_or_at_any_time() -> None:
    same = replace(LEAFLET, copy_with_cec=at(9, 7))
    late = replace(LEAFLET, copy_with_cec=at(9, 7, 12, 1))
    never = replace(LEAFLET, copy_with_cec=None)
    assert campaign_material(same, EDITION).findings == ()
    assert found(campaign_material(late, EDITION)) == [("L27.1.a3", "copy_after_spreading")]
    assert len(campaign_material(never, EDITION).errors) == 1
    law = EDITION.with_readings(material_copy_term="no_term")
    assert campaign_material(late, law).findings == ()
    assert campaign_material(never, law).errors == ()
    assert found(campaign_material(never, law)) == [("L27.1.a3", "copy_not_with_cec")]


@pytest.mark.norm("L27.1.a3")
def test_before_it_is_spread_a_missing_copy_is_only_a_reminder() -> None:
    outcome = campaign_material(replace(LEAFLET, copy_with_cec=None, spread_from=None), EDITION)
    assert outcome.errors == ()
    assert found(outcome) == [("L27.1.a3", "copy_not_with_cec")]


EARLY = replace(LEAFLET, made_on=date(2020, 7, 2), cost=Decimal(500), booked=True, allowance=Decimal(500))


@pytest.mark.norm("L27.8")
def test_what_was_made_before_the_calling_is_booked_and_fits_the_fund() -> None:
    assert "L27.8" in campaign_material(EARLY, EDITION).grounds
    assert campaign_material(EARLY, EDITION).findings == ()
    dear = replace(EARLY, cost=Decimal("500.01"))
    assert found(campaign_material(dear, EDITION)) == [("L27.8", "early_material_too_dear")]
    loose = replace(EARLY, booked=False)
    assert found(campaign_material(loose, EDITION)) == [("L27.8", "early_material_not_booked")]
    unbooked = campaign_material(replace(EARLY, booked=None), EDITION)
    assert found(unbooked) == [("L27.8", "early_material_cost_not_known")]
    assert "early_material_in_the_fund" not in codes(unbooked)
    unknown = campaign_material(replace(EARLY, cost=None), EDITION)
    assert found(unknown) == [("L27.8", "early_material_cost_not_known")]
    assert unknown.errors == ()


@pytest.mark.norm("L27.8")
def test_what_was_made_on_the_day_of_the_calling_is_not_early() -> None:
    outcome = campaign_material(replace(EARLY, made_on=date(2020, 7, 3), booked=False), EDITION)
    assert "L27.8" not in outcome.grounds


@pytest.mark.norm("L27.8")
def test_where_the_day_of_production_is_not_known_the_imprints_day_is_taken() -> None:
    dated = replace(EARLY, made_on=None, imprint=replace(WHOLE, issued=date(2020, 7, 2)), booked=False)
    assert found(campaign_material(dated, EDITION)) == [("L27.8", "early_material_not_booked")]
    after = replace(dated, imprint=replace(WHOLE, issued=date(2020, 7, 3)))
    assert campaign_material(after, EDITION).findings == ()


# ------------------------------------------------------------------------------------- places and silence


@pytest.mark.norm("L27.4", "L27.5")
@pytest.mark.parametrize(
    ("place", "norm"),
    [
        (Place.MONUMENT, "L27.4"),
        (Place.OBELISK, "L27.4"),
        (Place.VALUED_BUILDING, "L27.4"),
        (Place.COMMISSION_PREMISES, "L27.4"),
        (Place.COMMISSION_ENTRANCE, "L27.4"),
        (Place.VOTING_PREMISES, "L27.4"),
        (Place.GREEN_PLANTATION, "L27.5"),
        (Place.TREE, "L27.5"),
        (Place.MOUNTAIN_SLOPE, "L27.5"),
        (Place.HILL_SLOPE, "L27.5"),
        (Place.OTHER_HEIGHT, "L27.5"),
    ],
)
def test_no_material_stands_in_a_barred_place(place: Place, norm: str) -> None:
    outcome = campaign_material(replace(LEAFLET, places=frozenset({Place.POSTING_PLACE, place})), EDITION)
    assert found(outcome) == [(norm, "place_barred")]
    assert "places_lawful" not in codes(outcome)
    assert "places_lawful" not in codes(campaign_material(LEAFLET, EDITION))
    assert outcome.findings[0].facts == {"material_place": place.value}


@pytest.mark.norm("L27.4", "L27.5")
def test_all_other_places_are_lawful() -> None:
    free = frozenset({Place.POSTING_PLACE, Place.ELSEWHERE})
    assert "places_lawful" in codes(campaign_material(replace(LEAFLET, places=free), EDITION))


@pytest.mark.norm("L23.1.a2")
def test_nothing_is_spread_from_eight_of_the_day_before() -> None:
    assert campaign_material(replace(LEAFLET, spread_from=at(10, 3, 7, 59)), EDITION).findings == ()
    outcome = campaign_material(replace(LEAFLET, spread_from=at(10, 3, 8)), EDITION)
    assert found(outcome) == [("L23.1.a2", "spread_in_silence")]


@pytest.mark.norm("L23.3")
def test_printed_materials_placed_before_the_silence_stay_in_place() -> None:
    placed = replace(LEAFLET, places=frozenset({Place.POSTING_PLACE}), placed_at=at(10, 3, 7, 59))
    assert "stays_in_place" in codes(campaign_material(placed, EDITION))
    late = campaign_material(replace(placed, placed_at=at(10, 3, 8)), EDITION)
    assert found(late) == [("L23.1.a2", "placed_in_silence")]
    assert "L23.3" not in late.grounds
    assert "L23.3" in campaign_material(placed, EDITION).grounds
    early = campaign_material(replace(placed, placed_at=at(9, 3, 23, 59)), EDITION)
    assert found(early) == [("L23.1.a1", "placed_before_campaign")]
    assert early.findings[0].fields == ("placed_at",)
    assert campaign_material(replace(placed, placed_at=at(9, 4, 0)), EDITION).findings == ()


@pytest.mark.norm("L23.3")
def test_other_materials_and_barred_places_are_not_kept_by_that_rule() -> None:
    placed = replace(LEAFLET, places=frozenset({Place.POSTING_PLACE}), placed_at=at(9, 20))
    assert "L23.3" not in campaign_material(replace(placed, kind=MaterialKind.AUDIOVISUAL), EDITION).grounds
    entrance = replace(placed, places=frozenset({Place.COMMISSION_ENTRANCE}))
    assert "L23.3" not in campaign_material(entrance, EDITION).grounds


@pytest.mark.norm("L23.2.a2")
def test_before_a_repeat_voting_the_silence_is_its_own() -> None:
    again = replace(LEAFLET, polling=REPEAT, copy_with_cec=at(11, 1, year=2017))
    outcome = campaign_material(replace(again, spread_from=at(11, 18, 8, year=2017)), EDITION)
    assert found(outcome) == [("L23.2.a1", "campaign_opening_not_known"), ("L23.2.a2", "spread_in_silence")]
    before = campaign_material(replace(again, spread_from=at(11, 18, 7, 59, year=2017)), EDITION)
    assert found(before) == [("L23.2.a1", "campaign_opening_not_known")]
    assert before.errors == ()


@pytest.mark.norm("L23.1.a1")
def test_nothing_is_spread_before_the_campaign_opens() -> None:
    opening = replace(LEAFLET, copy_with_cec=at(9, 1), spread_from=at(9, 4, 0))
    assert campaign_material(opening, EDITION).findings == ()
    early = campaign_material(replace(opening, spread_from=at(9, 3, 23, 59)), EDITION)
    assert found(early) == [("L23.1.a1", "spread_before_campaign")]
    decided = replace(REPEAT, repeat_voting_decision=at(10, 30, 15, year=2017))
    again = replace(opening, polling=decided, copy_with_cec=at(10, 1, year=2017))
    sooner = campaign_material(replace(again, spread_from=at(10, 30, 14, 59, year=2017)), EDITION)
    assert found(sooner) == [("L23.2.a1", "spread_before_campaign")]


@pytest.mark.norm("L23.2.a1", "L23.2.a2")
def test_where_no_campaigning_precedes_the_voting_nothing_is_spread() -> None:
    some = Polling(REPEAT.kind, REPEAT.election_day, REPEAT.calling, only_at_precincts=True)
    late = replace(LEAFLET, polling=some, spread_from=at(11, 18, 8, year=2017), copy_with_cec=at(11, 1, year=2017))
    assert ("L23.2.a2", "spread_in_silence") in found(campaign_material(late, EDITION))
    law = EDITION.with_readings(repeat_campaigning="run_off_only")
    assert found(campaign_material(late, law)) == [("L23.2.a1", "spread_without_campaign")]
    assert campaign_material(replace(late, spread_from=None), law).findings == ()
    put_up = replace(late, spread_from=None, placed_at=at(11, 1, year=2017))
    assert found(campaign_material(put_up, law)) == [("L23.2.a1", "spread_without_campaign")]
