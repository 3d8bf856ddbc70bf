"""Voters in numbers: the sums are those of the lists, and nothing that is hidden leaves the database."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shailoo.elections.models import Deadline
from shailoo.jobs.models import Work
from shailoo.jobs.progress import Unwatched, WorkFailedError
from shailoo.ledger.models import Act
from shailoo.voters.enquiry import actions, counting, jobs
from shailoo.voters.enquiry.models import PlaceLine, Statistics, UnitStatistics
from shailoo.voters.enquiry.protection import together
from shailoo.voters.enquiry.queries import numbers
from shailoo.voters.enquiry.queries.numbers import Level
from shailoo.voters.lists.models import VoterList
from shailoo.voters.models import Entry
from tests.commissions.sittings import refused
from tests.counting.browser import signed_in
from tests.voters.enquiry.scene import A_DAY, COMPILED, COUNTED, Counted, compiled, counted_of
from tests.voters.scene import AT, MADE, accepted, generated, opened

ADDRESS = "/ky/voters/statistics/"


def plain(counted: Counted, sex: str, youngest: date, oldest: date) -> int:
    """Voters by another way than the one that is tested."""
    found = Entry.objects.filter(register=counted.edition.register, until=None, sex=sex)
    return found.filter(born__gt=oldest, born__lte=youngest).count()


def test_cells_are_what_a_plain_count_gives(counted: Counted) -> None:
    nation = UnitStatistics.objects.get(statistics=counted.statistics, level=Level.NATION)
    days = [date(2020 - years, 10, 4) for years in (18, 25, 35, 45, 55, 65)] + [date(1890, 1, 1)]
    expected = [plain(counted, sex, youngest, oldest) for sex in "fm" for youngest, oldest in pairwise(days)]
    assert nation.cells == expected
    assert nation.voters == counted.edition.voters == sum(expected)


@pytest.mark.parametrize(
    ("born", "group"), [(date(1955, 10, 4), 5), (date(1955, 10, 5), 4), (date(1995, 10, 4), 1), (date(1995, 10, 5), 0)]
)
def test_a_birthday_on_the_day_of_voting_counts(born: date, group: int) -> None:
    bounds = counting.bounds(date(2020, 10, 4))
    assert counting.cell_of("f", sum(bound <= born for bound in bounds)) == group


def test_a_leap_day_has_bounds() -> None:
    assert counting.bounds(date(2032, 2, 29))[0] == date(1967, 3, 1)


def test_every_unit_is_the_sum_of_its_parts_and_of_its_lists(counted: Counted) -> None:
    units = {unit.key: unit for unit in UnitStatistics.objects.filter(statistics=counted.statistics)}
    for key, unit in units.items():
        parts = [tuple(each.cells) for each in units.values() if each.parent == key]
        if parts:
            assert tuple(unit.cells) == together(parts), key
    lists = VoterList.objects.filter(edition=counted.edition).values_list("precinct__number", "voters")
    assert {number: units[f"precinct:{number}"].voters for number, _voters in lists} == dict(lists)
    assert {unit.level for unit in units.values()} == set(Level.values)


def test_the_database_refuses_numbers_that_do_not_add_up(counted: Counted) -> None:
    nation = UnitStatistics.objects.get(statistics=counted.statistics, level=Level.NATION)
    nation.pk, nation.key, nation.voters = None, "area:other", nation.voters + 1
    with pytest.raises(IntegrityError, match="cells"), transaction.atomic():
        nation.save(force_insert=True)
    with pytest.raises(ProgrammingError), transaction.atomic():
        UnitStatistics.objects.update(shown=True)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Statistics.objects.update(voters=1)


def test_an_edition_is_counted_once_and_in_turn(counted: Counted) -> None:
    scene = counted.scene
    again = actions.count_edition(counted.edition, by=scene.head, at=COUNTED + A_DAY)
    assert refused(again) == ("voters_counted_before",)
    assert refused(actions.count_edition(counted.edition, by=scene.clerk, at=COUNTED)) == ("office_may_not",)
    act = Act.objects.get(name="voters.edition_counted")
    assert (act.hash, set(json.loads(act.payload))) == (
        counted.statistics.act,
        {"election", "stage", "number", "voters", "shown", "sha256", "lines"},
    )


def test_pages_and_files_show_no_cell_of_a_hidden_unit(counted: Counted) -> None:
    hidden = UnitStatistics.objects.filter(statistics=counted.statistics, shown=False)
    assert hidden.exists()
    assert not hidden.filter(level=Level.NATION).exists()
    for each in hidden:
        unit = numbers.unit(counted.statistics, each.key)
        assert unit is not None
        assert unit.cells is None, each.key
    for level in Level.values:
        text = Client().get(f"/ky/voters/statistics.csv?level={level}").content.decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text)):
            cells = [row[name] for name in row if name.startswith(("women", "men"))]
            assert len(cells) == 12
            assert all(cells) if row["shown"] == "yes" else not any(cells)
    found = json.loads(Client().get("/ky/voters/statistics.json?area=KG").content)
    assert {row["code"] for row in found} == {"KG02", "KG03", "ABROAD"}
    assert Client().get("/ky/voters/statistics.xlsx").status_code == HTTPStatus.OK


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_has_pictures_tables_and_bases(counted: Counted, language: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = Client().get(f"/{language}/voters/statistics/").content.decode()
    assert len(queries) <= 14
    assert page.count('class="bars__row"') == 8
    assert 'class="map__area"' in page
    assert f"/{language}/voters/statistics/KG02/?edition=preliminary-1" in page
    region = Client().get(f"/{language}/voters/statistics/KG02/").content.decode()
    assert "KG02011" in region or "№ 1005" in region
    for wrong in ("XX/", "?edition=final-9", "?sort=x", "?page=9"):
        assert Client().get(f"/{language}/voters/statistics/{wrong}").status_code == HTTPStatus.NOT_FOUND
    assert Client().get(f"/{language}/voters/statistics.csv?level=street").status_code == HTTPStatus.NOT_FOUND


def test_a_later_edition_tells_its_change_and_hides_what_was_hidden(counted: Counted) -> None:
    scene = counted.scene
    files = generated(scene, rows=720, number=3, made_at=MADE + A_DAY)
    accepted(scene, opened(files), at=AT + 2 * A_DAY)
    later = COMPILED + 3 * A_DAY
    edition = compiled(scene, at=later)
    statistics = counted_of(scene, later + timedelta(hours=1))
    nation = numbers.nation(statistics)
    assert nation is not None
    assert nation.change == edition.voters - counted.edition.voters
    before = set(counted.statistics.units.filter(shown=False).values_list("key", flat=True))
    assert before <= set(statistics.units.filter(shown=False).values_list("key", flat=True))
    page = Client().get(ADDRESS).content.decode()
    assert "preliminary-1" in page
    assert f'"{edition}"' not in page
    assert Client().get(f"{ADDRESS}?edition=preliminary-1").status_code == HTTPStatus.OK


def test_the_desk_counts_and_renews(counted: Counted) -> None:
    desk = signed_in(counted.scene.head)
    page = desk.get("/ky/desk/voters/numbers/").content.decode()
    assert "Азыр эсептөө" not in page
    response = desk.post(f"/ky/desk/voters/numbers/{counted.edition.pk}/count/", follow=True)
    assert "мурун эсептелген" in response.content.decode()
    begun = desk.post("/ky/desk/voters/numbers/places/")
    work = Work.objects.get(kind=jobs.RENEWING)
    assert begun["Location"] == f"/ky/desk/work/{work.pk}/"
    assert jobs.renew_search(Unwatched(), **work.arguments) == {"lines": PlaceLine.objects.count()}


def test_a_work_counts_once(counted: Counted) -> None:
    with pytest.raises(WorkFailedError):
        jobs.count_voters(Unwatched(), counted.edition.pk, counted.scene.head.pk)


def test_the_first_page_of_voters_has_the_dates_of_the_calendar(counted: Counted) -> None:
    known = {"voting": counted.scene.voting, "version": 1, "reason": "called", "made_at": COUNTED}
    Deadline.objects.create(event="voter_list_corrections_end", last=date(2020, 9, 18), **known)
    page = Client().get("/en/voters/").content.decode()
    assert "18 September 2020" in page
    assert "/en/law/L15.3" in page


def test_the_first_page_of_voters_leads_everywhere(counted: Counted) -> None:
    for language in ("ky", "ru", "en"):
        page = Client().get(f"/{language}/voters/").content.decode()
        for place in ("am-i-listed", "precinct", "lists", "applications", "applications/mobile", "statistics"):
            assert f"/{language}/voters/{place}/" in page
