"""Find my precinct: in any script and misspelt, by number, by street; and how one gets into the station."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind, Role
from shailoo.commissions.models import Commission
from shailoo.ledger.models import Act
from shailoo.territory.models import Area, Boundary, Precinct
from shailoo.voters.enquiry import actions
from shailoo.voters.enquiry.folding import asked, fold
from shailoo.voters.enquiry.models import PlaceLine, PlaceWord, StationAccess
from shailoo.voters.enquiry.queries import stations
from shailoo.voters.models import Entry
from tests.commissions.sittings import done, refused
from tests.counting.browser import signed_in
from tests.voters.enquiry.scene import COUNTED, Counted
from tests.voters.scene import office

Answer = StationAccess.Answer
TOLD = actions.Access(
    Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.YES, "Арка эшик ачык", Decimal("42.5"), Decimal("75")
)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ысык-Көл облусу", "Ysyk-Köl", "Ysyk-Kol", "ысыккөл"[:4] + " көл", "ЫСЫК-КОЛ"),
        ("Жалал-Абад", "Джалал-Абад", "Jalal-Abad", "Dzhalal-Abad", "жалал абад шаары"),
        ("Чүй", "Чуй", "Chuy", "Chüi", "CHUI"),
        ("Өзгөн", "Озгон", "Özgön", "Ozgon"),
        ("Тоң", "Тон", "Tong", "TON"),
        ("Тёплоключенка", "Теплоключенка"),
        ("көч. Ленин", "улица Ленин", "Lenin street", "ленин"),
    ],
)
def test_one_spelling(spellings: tuple[str, ...]) -> None:
    assert len({fold(each) for each in spellings}) == 1, [fold(each) for each in spellings]


def test_a_question_is_cut_to_a_few_words() -> None:
    assert asked("а б Ош 12 " + "сөз " * 40) == ["osh", "12", "soz"]
    assert asked("'; DROP TABLE x; --") == ["drop", "table"]
    assert len(asked(" ".join(f"сөз{letter * 2}" for letter in "абвгдежз"))) == 6


def numbers(counted: Counted, text: str) -> list[str]:
    found = stations.search(counted.scene.voting, counted.edition, text)
    return [each.precinct.number for each in found.stations]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Өзгөн", "1003"),
        ("Узген", "1003"),
        ("ozgon", "1003"),
        ("Özg", "1003"),
        ("узгэнь", "1003"),
        ("Karkol", "1001"),
        ("каракол мектеп", "1001"),
        ("№ 1001", "1001"),
        ("1003", "1003"),
    ],
)
def test_a_place_is_found(counted: Counted, text: str, first: str) -> None:
    assert numbers(counted, text)[:1] == [first]


def test_a_street_of_several_voters_is_found_and_one_of_few_is_not(counted: Counted) -> None:
    streets = PlaceLine.objects.filter(kind="street")
    assert streets.exists()
    for line in streets:
        place, _comma, street = line.label.partition(", ")
        living = Entry.objects.filter(precinct=line.precinct, locality=place, street=street, until=None).count()
        assert living >= 5
    assert not PlaceLine.objects.exclude(house_from=None).exists()
    line = streets[0]
    assert line.precinct.number in numbers(counted, line.label)
    village = stations.search(counted.scene.voting, counted.edition, "Өзгөн").stations[0]
    assert village.labels == (), "streets are named only where they were asked for"


def test_where_not_every_word_is_known_the_rest_is_found_and_said(counted: Counted) -> None:
    found = stations.search(counted.scene.voting, counted.edition, "Өзгөн ыыыщщщ")
    assert not found.whole
    assert found.stations[0].precinct.number == "1003"
    nothing = stations.search(counted.scene.voting, counted.edition, "щщщщщщ")
    assert (nothing.stations, nothing.whole) == ((), True)


def test_a_house_is_looked_for_in_the_range_of_its_side(counted: Counted) -> None:
    words = ["ozgon", "manas"]
    for word in words:
        PlaceWord.objects.get_or_create(voting=counted.scene.voting, word=word)
    for number, side, last in (("1001", "odd", 99), ("1003", "even", 99), ("1002", "all", 10)):
        PlaceLine.objects.create(
            voting=counted.scene.voting,
            precinct=Precinct.objects.get(number=number),
            kind=PlaceLine.Kind.ADDRESSES,
            label="Өзгөн, Манас",
            words=words,
            house_from=1,
            house_to=last,
            side=side,
        )
    ranges = {text: set(numbers(counted, text)) for text in ("Өзгөн Манас 15", "Өзгөн Манас 16", "Өзгөн Манас 4")}
    known = {"1001", "1002", "1003"}
    assert {text: found & known - _streets(counted) for text, found in ranges.items()} == {
        "Өзгөн Манас 15": {"1001"} - _streets(counted),
        "Өзгөн Манас 16": {"1003"} - _streets(counted),
        "Өзгөн Манас 4": {"1002", "1003"} - _streets(counted),
    }


def _streets(counted: Counted) -> set[str]:
    """Precincts that the words find by a street of the lists already."""
    rows = PlaceLine.objects.filter(words__contains=["ozgon", "manas"]).exclude(kind="addresses")
    return set(rows.values_list("precinct__number", flat=True))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_finds_without_javascript(counted: Counted, language: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(f"/{language}/voters/precinct/?q=Узген")
    page = response.content.decode()
    assert f"/{language}/voters/stations/1003/" in page
    assert len(queries) <= 16
    for text in ("%00", "x" * 300, "щщщщщ", "'", "%25", "10", ""):
        assert Client().get(f"/{language}/voters/precinct/?q={text}").status_code == HTTPStatus.OK


def test_what_nobody_has_told_is_not_known(counted: Counted) -> None:
    page = Client().get("/en/voters/stations/1003/").content.decode()
    assert page.count("not known</strong>") == 4
    assert "has not told anything yet" in page
    assert Client().get("/en/voters/stations/0900/").status_code == HTTPStatus.NOT_FOUND


# ------------------------------------------------------------------------------------- the way in


def pec(number: str, name: str) -> Office:
    """The secretary of a precinct's own commission."""
    precinct = Precinct.objects.get(number=number)
    names = {f"name_{code}": f"PEC {number}" for code in ("ky", "ru", "en")}
    body = Body.objects.create(code=f"PEC-{number}", kind=Kind.PEC, superior=Body.objects.get(code="TEC-1"), **names)
    Commission.objects.create(body=body, level=Commission.Level.PEC, area=precinct.area, precinct=precinct)
    return office(name, body, Role.PEC_SECRETARY)


def test_a_commission_tells_of_its_own_station_only(counted: Counted) -> None:
    own, other = pec("1001", "burul"), pec("1003", "kanat")
    precinct = Precinct.objects.get(number="1001")
    assert refused(actions.tell_access(precinct, TOLD, by=other, at=COUNTED)) == ("other_territory",)
    assert refused(actions.tell_access(precinct, TOLD, by=counted.scene.clerk, at=COUNTED)) == ("office_may_not",)
    first = done(actions.tell_access(precinct, TOLD, by=own, at=COUNTED))
    tec = office("nurlan", Body.objects.get(code="TEC-1"), Role.TEC_SECRETARY)
    later = actions.Access(Answer.NO, Answer.NO, Answer.NO, Answer.NO)
    second = done(actions.tell_access(precinct, later, by=tec, at=COUNTED + timedelta(hours=1)))
    assert (first.version, second.version) == (1, 2)
    assert Act.objects.filter(name="voters.access_told").count() == 2
    half = replace(TOLD, longitude=None)
    assert refused(actions.tell_access(precinct, half, by=own, at=COUNTED)) == ("voters_place_half_told",)
    assert StationAccess.objects.count() == 2


def test_what_was_told_stays(counted: Counted) -> None:
    told = done(actions.tell_access(Precinct.objects.get(number="1001"), TOLD, by=pec("1001", "burul"), at=COUNTED))
    for change in (told.delete, lambda: StationAccess.objects.update(ramp="no")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="a_station_stands_on_the_earth"), transaction.atomic():
        StationAccess.objects.create(
            precinct=told.precinct, version=2, ramp="no", ground_floor="no", tactile="no", parking="no",
            latitude=91, longitude=0, office=told.office, at=COUNTED, act="0" * 64,
        )  # fmt: skip


def test_a_secretary_tells_at_the_desk_and_voters_see_it(counted: Counted) -> None:
    square = {"type": "Polygon", "coordinates": [[[74, 42], [76, 42], [76, 43], [74, 43], [74, 42]]]}
    Boundary.objects.create(area=Area.objects.get(code="KG02"), geometry=square, source="generated")
    desk = signed_in(pec("1001", "burul"))
    assert "/ky/desk/voters/stations/" in desk.get("/ky/desk/").content.decode()
    assert "№ 1001" in desk.get("/ky/desk/voters/stations/").content.decode()
    address = "/ky/desk/voters/stations/1001/"
    given = {"ramp": "yes", "ground_floor": "no", "tactile": "unknown", "parking": "yes", "note": "Арка эшик ачык"}
    broken = desk.post(address, {**given, "latitude": "сорок", "longitude": ""})
    assert broken.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Арка эшик ачык" in broken.content.decode()
    half = desk.post(address, {**given, "latitude": "42.5", "longitude": ""})
    assert "Кеңдикти да, узундукту да" in half.content.decode()
    assert desk.post(address, {**given, "latitude": "42.5", "longitude": "75"}).status_code == HTTPStatus.FOUND
    page = Client().get("/ky/voters/stations/1001/").content.decode()
    assert "Арка эшик ачык" in page
    assert 'href="geo:42.500000,75.000000"' in page
    assert re.search(r"<circle class=\"map__area\"", page)
    assert desk.get("/ky/desk/voters/stations/1003/").status_code == HTTPStatus.NOT_FOUND
    assert desk.get("/ky/desk/voters/numbers/").status_code == HTTPStatus.FORBIDDEN
