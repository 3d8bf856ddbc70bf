"""Pictures as data: every seat placed once, every area drawn, every colour earned."""

from __future__ import annotations

import gzip
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, mapping
from shapely.geometry import shape as to_shape

from shailoo.portal.charts.bars import FULL, BarRow, bars
from shailoo.portal.charts.choropleth import Area, Outline, fingerprint, outline
from shailoo.portal.charts.hemicycle import SeatList, hemicycle
from shailoo.portal.charts.shading import Figure, Key, shade, tone_ranges, tones, winner
from shailoo.portal.charts.tiles import tiles

WEST = {"type": "Polygon", "coordinates": [[[71, 41], [73, 41], [73, 43], [71, 43], [71, 41]]]}
EAST = {"type": "Polygon", "coordinates": [[[73, 41], [75, 41], [75, 43], [73, 43], [73, 41]]]}
CITY = {"type": "Point", "coordinates": [74.6, 42.87]}


def lists(*seats: int) -> list[SeatList]:
    return [SeatList(f"p{place:02}", f"List {place}", number, place) for place, number in enumerate(seats, 1)]


@pytest.mark.parametrize("total", range(1, 501))
def test_every_seat_has_its_own_place_within_the_picture(total: int) -> None:
    drawn = hemicycle(lists(total), total)
    width, height = map(int, drawn.view_box.split()[2:])
    places = {(seat.x, seat.y) for seat in drawn.seats}
    assert len(drawn.seats) == len(places) == total
    assert all(drawn.radius <= x <= width - drawn.radius and 0 <= y <= height - drawn.radius for x, y in places)


@pytest.mark.parametrize("total", [1, 2, 7, 90, 120, 300, 500])
def test_seats_do_not_overlap(total: int) -> None:
    drawn = hemicycle(lists(total), total)
    seats = [(seat.x, seat.y) for seat in drawn.seats]
    nearest = min(
        ((x - a) ** 2 + (y - b) ** 2 for place, (x, y) in enumerate(seats) for a, b in seats[:place]), default=10**6
    )
    assert nearest >= (2 * drawn.radius - 2) ** 2


def test_lists_sit_from_left_to_right_in_the_order_given() -> None:
    drawn = hemicycle(lists(46, 45, 16, 13), 120)
    assert [seat.list_id for seat in drawn.seats] == ["p01"] * 46 + ["p02"] * 45 + ["p03"] * 16 + ["p04"] * 13
    assert drawn.seats[0].x < drawn.seats[-1].x
    assert [seat.number for seat in drawn.seats] == list(range(1, 121))


def test_what_nobody_holds_is_shown_as_vacant() -> None:
    drawn = hemicycle(lists(65), 120, vacant="Бош")
    assert (drawn.given, drawn.vacant) == (65, 55)
    assert {(seat.series, seat.name) for seat in drawn.seats[65:]} == {(0, "Бош")}


def test_a_group_is_labelled_with_its_seats_unless_it_is_too_narrow() -> None:
    assert [label.seats for label in hemicycle(lists(60, 59, 1), 120).labels] == [60, 59]
    assert [label.seats for label in hemicycle(lists(60, 57, 3), 120).labels] == [60, 57, 3]


@pytest.mark.parametrize(("seats", "total"), [((121,), 120), ((-1,), 120), ((), 0), ((), 501)])
def test_seats_that_cannot_be_are_refused(seats: tuple[int, ...], total: int) -> None:
    with pytest.raises(ValueError, match="seats"):
        hemicycle(lists(*seats), total)


def row(code: str, votes: int) -> BarRow:
    return BarRow(code, code, votes, 1)


def test_bars_stand_longest_first_and_equals_in_the_order_of_the_ballot() -> None:
    drawn = bars([row("a", 5), row("b", 9), row("c", 5)], base=20)
    assert [bar.row.id for bar in drawn.bars] == ["b", "a", "c"]
    assert [bar.share for bar in drawn.bars] == [Fraction(9, 20), Fraction(1, 4), Fraction(1, 4)]


def test_the_longest_bar_fills_the_scale_and_the_barrier_stands_on_it() -> None:
    drawn = bars([row("a", 400), row("b", 90)], base=1000, threshold=Fraction(9, 100))
    assert [bar.length for bar in drawn.bars] == [FULL, 225]
    assert drawn.threshold == 225


def test_a_barrier_that_nobody_reaches_is_still_on_the_scale() -> None:
    drawn = bars([row("a", 45)], base=1000, threshold=Fraction(9, 100))
    assert (drawn.threshold, drawn.bars[0].length) == (FULL, 500)


def test_one_vote_is_seen_and_no_vote_is_not() -> None:
    assert [bar.length for bar in bars([row("a", 10**7), row("b", 1), row("c", 0)], base=10**7).bars] == [FULL, 1, 0]


def test_without_a_base_there_is_no_share() -> None:
    drawn = bars([row("a", 0)], base=0, threshold=Fraction(9, 100))
    assert (drawn.bars[0].share, drawn.bars[0].length, drawn.threshold) == (None, 0, None)
    with pytest.raises(ValueError, match="base"):
        bars([], base=-1)


def ends(drawn: Outline, code: str) -> Polygon:
    """The polygon that a path draws."""
    path = next(found.path for found in drawn.shapes if found.code == code)
    steps = [tuple(map(int, re.findall(r"-?\d+", pair))) for pair in re.findall(r"-?\d+[ -]-?\d+|-?\d+-\d+", path)]
    points = [steps[0]]
    for dx, dy in steps[1:]:
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return Polygon(points)


def test_an_area_is_drawn_north_up_in_whole_units() -> None:
    drawn = outline([Area("west", WEST), Area("east", EAST)])
    assert drawn.view_box == f"0 0 1000 {drawn.height}"
    west, east = ends(drawn, "west"), ends(drawn, "east")
    assert west.bounds[0] < east.bounds[0]
    assert all(re.fullmatch(r"M\d+ \d+l[-\d ]+z", found.path) for found in drawn.shapes)


def test_neighbours_keep_their_common_border() -> None:
    drawn = outline([Area("west", WEST), Area("east", EAST)])
    west, east = ends(drawn, "west"), ends(drawn, "east")
    assert west.intersection(east).area == 0
    assert west.union(east).area == pytest.approx(west.area + east.area)
    assert west.touches(east)


def test_a_city_known_as_a_point_is_a_circle_drawn_above_its_oblast() -> None:
    drawn = outline([Area("city", CITY), Area("west", WEST), Area("east", EAST)])
    assert drawn.shapes[-1].code == "city"
    assert (drawn.shapes[-1].path, drawn.shapes[-1].radius) == ("", 11)


def test_an_area_too_small_for_a_finger_is_marked_by_a_circle() -> None:
    speck = {"type": "Polygon", "coordinates": [[[74, 42], [74.02, 42], [74.02, 42.02], [74, 42.02], [74, 42]]]}
    drawn = {found.code: found for found in outline([Area("west", WEST), Area("speck", speck)]).shapes}
    assert (drawn["speck"].radius, drawn["west"].radius) == (11, None)
    assert drawn["speck"].path


def test_a_broken_boundary_is_repaired_and_an_empty_one_is_named() -> None:
    bow = {"type": "Polygon", "coordinates": [[[71, 41], [73, 43], [73, 41], [71, 43], [71, 41]]]}
    assert outline([Area("bow", bow)]).shapes[0].path.count("M") == 2
    line = {"type": "LineString", "coordinates": [[71, 41], [73, 43]]}
    with pytest.raises(ValueError, match="line"):
        outline([Area("line", line)])
    with pytest.raises(ValueError, match="at least one"):
        outline([])


def test_wkb_and_geojson_draw_the_same() -> None:
    binary = to_shape(WEST).wkb
    assert outline([Area("west", binary)]).shapes == outline([Area("west", WEST)]).shapes


def test_an_outline_is_kept_by_what_it_was_drawn_from() -> None:
    areas = [Area("west", WEST)]
    assert outline(areas) is outline([Area("west", json.loads(json.dumps(WEST)))])
    assert fingerprint(areas) != fingerprint([Area("east", WEST)])
    assert fingerprint(areas) != fingerprint([Area("west", mapping(to_shape(EAST)))])


GEOGRAPHY = Path(__file__).parents[3] / "shared/data/geography"


@pytest.mark.parametrize(
    ("file", "key", "areas", "points"),
    [
        ("adm1_regions_ocha.geojson", "ADM1_PCODE", 9, 0),
        ("adm2_rayons_ocha.geojson", "ADM2_PCODE", 53, 0),
        ("districts_osm_42.geojson", "osm_id", 42, 2),
    ],
)
def test_the_real_boundaries_are_small_whole_and_apart(file: str, key: str, areas: int, points: int) -> None:
    if not (GEOGRAPHY / file).is_file():
        pytest.skip("the boundaries are imported, never part of the project; they are not on this machine")
    features = json.loads((GEOGRAPHY / file).read_text())["features"]
    drawn = outline([Area(str(feature["properties"][key]), feature["geometry"]) for feature in features])
    assert len(drawn.shapes) == areas
    assert sum(not found.path for found in drawn.shapes) == points
    assert all(found.path or found.radius for found in drawn.shapes)
    assert len(gzip.compress("".join(found.path for found in drawn.shapes).encode())) < 34 * 1024


REGIONS = ("KG02", "KG03", "KG04", "KG05", "KG06", "KG07", "KG08", "KG11", "KG21")


def test_every_region_has_its_own_tile_and_so_has_abroad() -> None:
    drawn = tiles((*REGIONS, "ABROAD"))
    assert len({(tile.x, tile.y) for tile in drawn.shapes}) == 10
    by_code = {tile.code: (tile.x, tile.y) for tile in drawn.shapes}
    assert by_code["KG07"][0] < by_code["KG02"][0], "Talas lies west of Issyk-Kul"
    assert by_code["KG08"][1] < by_code["KG05"][1], "Chui lies north of Batken"


@given(st.lists(st.text("ABCXYZ", min_size=2, max_size=6), unique=True, max_size=60))
def test_unknown_areas_find_room_without_overlap(codes: list[str]) -> None:
    drawn = tiles(codes)
    assert [tile.code for tile in drawn.shapes] == codes
    assert len({(tile.x, tile.y) for tile in drawn.shapes}) == len(codes)
    assert all(tile.y < drawn.height for tile in drawn.shapes)


def test_rayons_of_one_region_do_not_share_its_tile() -> None:
    drawn = tiles(("KG02205", "KG02210"))
    assert len({(tile.x, tile.y) for tile in drawn.shapes}) == 2


def test_fifths_go_from_the_lowest_to_the_highest() -> None:
    classes, bounds = tones({f"a{number}": Fraction(number) for number in range(10)})
    assert [classes[f"a{number}"] for number in range(10)] == [f"tone-{1 + number // 2}" for number in range(10)]
    assert [int(bound) for bound in bounds] == [0, 2, 4, 6, 8, 9]
    assert [fill for fill, _low, _high in tone_ranges(bounds)] == [f"tone-{tone}" for tone in range(1, 6)]


def test_equal_values_share_a_tone_and_missing_ones_are_unknown() -> None:
    classes, bounds = tones({"a": Fraction(1), "b": Fraction(1), "c": None})
    assert classes == {"a": "tone-1", "b": "tone-1", "c": "unknown"}
    assert bounds == (Fraction(1), Fraction(1))
    assert tones({"c": None}) == ({"c": "unknown"}, ())


@given(st.dictionaries(st.text(min_size=1), st.fractions(min_value=0, max_value=1), min_size=1))
def test_a_higher_value_never_has_a_lower_tone(values: dict[str, Fraction]) -> None:
    classes, bounds = tones(dict(values))
    ordered = sorted(values, key=lambda code: values[code])
    assert [classes[code] for code in ordered] == sorted(classes.values())
    assert (bounds[0], bounds[-1]) == (min(values.values()), max(values.values()))
    assert {fill for fill, _low, _high in tone_ranges(bounds)} == set(classes.values())


def test_the_leader_colours_an_area_unless_the_lead_is_shared() -> None:
    series = {"a": 1, "b": 2}
    assert winner({"a": 5, "b": 9}, series) == "series-2"
    assert winner({"a": 9, "b": 9}, series) == winner({"a": 0, "b": 0}, series) == winner({}, series) == "unknown"


def test_a_map_lists_its_areas_in_the_order_given_and_marks_those_without_figures() -> None:
    drawn = shade(
        tiles(("KG07", "KG08")),
        [Figure("KG08", "Чүй", "24,88 %", "tone-5", "/ky/areas/KG08/")],
        [Key("tone-5", "24,88 %")],
    )
    assert [(area.ordinal, area.figure.name, area.figure.fill) for area in drawn.areas] == [
        (0, "KG07", "unknown"),
        (1, "Чүй", "tone-5"),
    ]
    assert drawn.fills == ("tone-5", "unknown")
