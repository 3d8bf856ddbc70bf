"""Importing areas: whole, corrected, idempotent; and not at all where anything is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shailoo.law.outcome import Refused
from shailoo.ledger.models import Act
from shailoo.territory import queries
from shailoo.territory.actions import Imported, Site, import_areas, install_division, lay_out_precincts
from shailoo.territory.division import built_in
from shailoo.territory.models import Area, Boundary, Precinct

pytestmark = pytest.mark.django_db
AT = datetime(2020, 7, 3, 6, tzinfo=UTC)
REGIONS = (
    "adm1_pcode,adm1_en,adm1_ru,adm1_ky,type_en\n"
    "KG02000000000,Issyk-Kul,Иссык-Кульская,Ысык-Көл,province\n"
    "KG04000000000,Naryn,Нарынская,Нарын,province\n"
    "KG21000000000,Osh (city),г.Ош,Ош ш.,independent city\n"
)
RAYONS = (
    "adm2_pcode,adm2_en,adm2_ru,adm2_ky,type_en\n"
    "KG02220000000,Ton,Тонский,Тоӊ,district\n"
    "KG04220000000,Ak-Bashy,Ат-Башынский,Ат-Башы,district\n"
    "KG04400000010,Naryn (city),г.Нарын,Нарын ш.,independent city\n"
)
CLASSIFIER = (
    "soate_code,name_ru,source_type,parent_code\n"
    "41702000000000,Иссык-Кульская область,RegionAndCity,\n"
    "41721000000000,г. Ош,RegionAndCity,\n"
    "41700000000021,город Ош,District,41721000000000\n"
    "41702220000000,Тонский районрайон,District,41702000000000\n"
    "41702220805000,Сынакский  айылный аймак,Countryside,41702220000000\n"
    "41702220600010,Тестбулак,Countryside,41702220000000\n"
    "41702220805010,Пример-Башы,Village,41702220805000\n"
)
SQUARE = {"type": "Polygon", "coordinates": [[[76.0, 42.0], [77.0, 42.0], [77.0, 43.0], [76.0, 42.0]]]}


def boundary(properties: dict[str, object], geometry: object = SQUARE) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_csv", ".csv").replace("_geojson", ".geojson")).write_text(text, encoding="utf-8")
    return folder


def collection(*features: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shapes = collection(
        boundary({"ADM1_PCODE": "KG02000000000", "validOn": "2018-11-19T00:00:00Z"}),
        boundary({"osm_id": 7, "name": "Ош"}, {"type": "Point", "coordinates": [72.8, 40.5]}),
        boundary({"osm_id": 8, "name": "Ат- Башинский"}),
    )
    return write(tmp_path, regions_csv=REGIONS, rayons_csv=RAYONS, soate_csv=CLASSIFIER, shapes_geojson=shapes)


def imported(folder: Path) -> Imported:
    done = import_areas(folder, by=None, at=AT)
    assert isinstance(done, Imported), done
    return done


def refused(folder: Path) -> list[tuple[object, object, object, str]]:
    done = import_areas(folder, by=None, at=AT)
    assert isinstance(done, Refused)
    assert not Area.objects.exists()
    assert not Act.objects.exists()
    return [
        (f.facts["file"], f.facts["line"], f.facts["field"], f.code.removeprefix("territory.")) for f in done.findings
    ]


def test_the_tree_stands_with_names_in_three_languages(folder: Path) -> None:
    done = imported(folder)
    village = queries.by_code("KG02220805010")
    assert village is not None
    assert [area.code for area in queries.path(village)] == ["KG", "KG02", "KG02220", "KG02220805000", "KG02220805010"]
    ton = Area.objects.get(code="KG02220")
    assert (ton.name_ky, ton.name_ru, ton.name_en, ton.soate) == (
        "Тоң району",
        "Тонский район",
        "Ton district",
        "41702220000000",
    )
    assert (done.created, done.missing) == (11, {"ky": 3, "en": 3})


def test_known_defects_of_the_sources_are_corrected_and_named(folder: Path) -> None:
    done = imported(folder)
    assert Area.objects.get(code="KG04220").name_en == "At-Bashy district"
    assert Area.objects.get(code="KG02220805000").name_ru == "Сынакский айылный аймак"
    assert not Area.objects.filter(soate="41700000000021").exists()
    assert [line.split(":")[0].split(" ")[0] for line in done.corrected] == ["KG04220", "41700000000021", "KG02220"]


def test_kinds_follow_the_classifier(folder: Path) -> None:
    imported(folder)
    kinds = dict(Area.objects.values_list("code", "kind"))
    assert [kinds[code] for code in ("KG02", "KG21", "KG04400", "KG02220805000", "KG02220600010", "KG02220805010")] == [
        *("oblast", "republican_city", "city", "aimak", "city", "village")
    ]


def test_boundaries_are_polygons_or_points_with_their_source(folder: Path) -> None:
    assert imported(folder).boundaries == 3
    found = dict(Boundary.objects.values_list("area__code", "source"))
    assert found["KG02"] == "OCHA COD-AB, 2018-11-19"
    assert found["KG04220"] == found["KG21"] == "OpenStreetMap (ODbL)"
    assert queries.boundaries(Area.Kind.REPUBLICAN_CITY)["KG21"]["type"] == "Point"


def test_an_outline_by_code_goes_before_one_by_name(folder: Path) -> None:
    write(folder, a_geojson=collection(boundary({"ADM2_PCODE": "KG04220000000"})))
    imported(folder)
    assert Boundary.objects.get(area__code="KG04220").source.startswith("OCHA")


def test_the_same_files_again_change_nothing_and_record_no_act(folder: Path) -> None:
    first = imported(folder)
    again = imported(folder)
    assert (again.created, again.changed, again.unchanged, again.boundaries) == (0, 0, first.created, 0)
    assert Act.objects.filter(name="territory.imported").count() == 1


def test_a_changed_name_changes_that_area_alone(folder: Path) -> None:
    imported(folder)
    write(folder, rayons_csv=RAYONS.replace("Ton,", "Tong,"))
    done = imported(folder)
    assert (done.created, done.changed) == (0, 1)


def test_every_defect_of_every_file_is_found_in_one_pass_and_nothing_is_written(folder: Path) -> None:
    write(
        folder,
        rayons_csv=RAYONS.replace("KG04220000000", "XX04220").replace("Тоӊ", " "),
        soate_csv=CLASSIFIER + "41702220805010,Дважды,Village,41702220805000\n1,2\n41799,Нет,Planet,\n",
        regions_csv=REGIONS.replace(",province\nKG04", ",empire\nKG04"),
        shapes_geojson=collection(
            boundary({"osm_id": 1, "name": "Атлантида"}),
            boundary({"ADM1_PCODE": "KG02000000000"}, {"type": "Point", "coordinates": [300, 1]}),
            boundary({"ADM1_PCODE": "KG02000000000"}, {"type": "LineString", "coordinates": [[1, 1]]}),
        ),
    )
    found = refused(folder)
    assert set(found) >= {
        ("rayons.csv", 3, "adm2_pcode", "no_such_code"),
        ("rayons.csv", 2, "adm2_ky", "empty"),
        ("soate.csv", 9, "code", "code_twice"),
        ("soate.csv", 10, "", "wrong_number_of_fields"),
        ("soate.csv", 11, "soate_code", "no_such_code"),
        ("soate.csv", 11, "source_type", "unknown_kind"),
        ("regions.csv", 2, "type_en", "unknown_kind"),
        ("shapes.geojson", 1, "properties", "unknown_area"),
        ("shapes.geojson", 2, "geometry", "not_wgs84_geometry"),
        ("shapes.geojson", 3, "geometry", "not_wgs84_geometry"),
    }


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"a,b\n1,2\n", 1, "unknown_columns"),
        (REGIONS.encode() + b"\xff\xfe\n", 5, "not_utf8"),
        (REGIONS.replace("Naryn", "Na\0ryn").encode(), 3, "zero_byte"),
        (b"", 1, "unknown_columns"),
    ],
)
def test_a_file_that_is_no_table_of_areas_is_refused(tmp_path: Path, content: bytes, line: int, code: str) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    assert refused(tmp_path) == [("x.csv", line, "", code)]


def test_broken_json_is_refused_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, x_geojson='{"features":\n [}')
    assert refused(tmp_path) == [("x.geojson", 2, "", "broken_json")]


def test_an_area_under_an_unknown_one_is_refused(tmp_path: Path) -> None:
    write(tmp_path, rayons_csv=RAYONS)
    assert {found[3] for found in refused(tmp_path)} == {"unknown_parent"}


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == [(tmp_path.name, 0, "", "no_files_of_areas")]


@pytest.mark.norm("L64.2.b")
def test_the_built_in_division_has_the_nine_regions_of_the_threshold() -> None:
    install_division(at=AT)
    assert [area.code for area in queries.regions()] == [
        "KG02",
        "KG03",
        "KG04",
        "KG05",
        "KG06",
        "KG07",
        "KG08",
        "KG11",
        "KG21",
    ]
    assert [area.code for area in queries.parts()][-1] == "ABROAD"
    assert all(unit.name_ky and unit.name_ru and unit.name_en for unit in built_in())


def test_children_stand_in_the_kyrgyz_order() -> None:
    install_division(at=AT)
    osh = queries.by_code("KG06")
    assert osh is not None
    names = [area.name_ky for area in queries.children(osh)]
    assert names[:3] == ["Алай району", "Араван району", "Кара-Кулжа району"]
    assert names[-2:] == ["Өзгөн району", "Чоң-Алай району"]


def test_precincts_know_their_region_and_stand_once() -> None:
    install_division(at=AT)
    sites = [Site("1001", "KG11201"), Site("3201", "KG02220"), Site("9001", "ABROAD", Precinct.Kind.ABROAD)]
    assert lay_out_precincts(sites, by=None, at=AT) == 3
    assert lay_out_precincts(sites, by=None, at=AT) == 0
    assert dict(Precinct.objects.values_list("number", "region__code")) == {
        "1001": "KG11",
        "3201": "KG02",
        "9001": "ABROAD",
    }
    issyk_kul = queries.by_code("KG02")
    assert issyk_kul is not None
    assert [precinct.number for precinct in queries.precincts_in(issyk_kul)] == ["3201"]


def test_precincts_in_an_unknown_area_are_refused_together() -> None:
    install_division(at=AT)
    done = lay_out_precincts([Site("1", "KG11201"), Site("2", "KG99")], by=None, at=AT)
    assert isinstance(done, Refused)
    assert not Precinct.objects.exists()
