"""The public calendar: what it says of a term, its picture, its files, and that it is never stale."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from shailoo.elections.actions import fulfil, record_moment, set_clock
from shailoo.elections.models import Clock
from shailoo.law.calendar import BISHKEK, Kind, Occasion, calendar
from shailoo.law.editions import edition
from shailoo.portal.charts.timeline import FULL, Term, timeline
from tests.portal import nation as nations
from tests.portal.nation import Nation

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 10, 10, 12, tzinfo=BISHKEK)
OCCASION = Occasion(Kind.JK, date(2020, 10, 4), date(2020, 7, 3))


@pytest.fixture
def nation(db: None) -> Nation:
    found = nations.build()
    assert isinstance(set_clock(found.election, NOW), Clock)
    return found


def page(client: Client, address: str, language: str = "en") -> str:
    response = client.get(f"/{language}/{address}")
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_term_is_shown_with_its_days_who_acts_its_norm_and_both_countings(client: Client, nation: Nation) -> None:
    shown = page(client, "calendar/invented-2020/registration_documents_jk/", "ru")
    assert "24 августа 2020 г., понедельник, 18:00" in shown
    assert "25 августа 2020 г., вторник" in shown
    assert "уполномоченный представитель" in shown
    assert "/ru/law/L61.1/" in shown


def test_the_other_reading_of_a_term_is_shown_with_its_day(client: Client, nation: Nation) -> None:
    shown = page(client, "calendar/invented-2020/determination_of_results/")
    assert "24 October 2020" in shown
    assert "23 October 2020" in shown  # where the day of the event is counted


def test_what_does_not_apply_says_why_and_what_waits_has_no_day(client: Client, nation: Nation) -> None:
    assert "the election was called by an act, in time" in page(client, "calendar/invented-2020/deemed_called_jk/")
    assert "no day is set for the whole election" in page(client, "calendar/invented-2020/complaint_decided/")


def test_what_a_commission_did_is_seen_at_once_also_by_who_has_the_page(client: Client, nation: Nation) -> None:
    address = "/en/calendar/?actor=cec&state=done"
    before = client.get(address)
    assert client.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    cec = nation.cec_chair
    done = fulfil(nation.voting, "voted_lists_online", bodies=[cec.body], note="№ 9", by=cec, at=NOW)
    assert isinstance(done, tuple)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "voted_lists_online" in after.content.decode()
    assert "voted_lists_online" not in before.content.decode()


def test_a_term_that_moved_shows_how(client: Client, nation: Nation) -> None:
    record_moment(nation.voting, "official_publication_of_calling", date(2020, 7, 5), by=nation.cec_chair, at=NOW)
    shown = page(client, "calendar/invented-2020/media_rates_published/")
    assert "How the term moved" in shown
    assert "23 July 2020" in shown
    assert "25 July 2020" in shown


@pytest.mark.parametrize(
    "address", ["calendar/none-2020/", "calendar/invented-2020/no_event/", "calendar/?state=never"]
)
def test_what_is_not_there_is_not_found(client: Client, nation: Nation, address: str) -> None:
    assert client.get(f"/ky/{address}").status_code == 404


def test_before_any_election_is_called_the_page_says_so(client: Client, db: None) -> None:
    assert client.get("/ky/calendar/").status_code == 200


def test_the_calendar_costs_few_queries_however_many_precincts(
    client: Client, nation: Nation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/calendar/")
    with django_assert_max_num_queries(30):
        client.get("/en/calendar/?state=late")


# ------------------------------------------------------------------------------------- files


def test_the_file_for_machines_is_the_calendar_of_the_law(client: Client, nation: Nation) -> None:
    rows = json.loads(client.get("/en/calendar/invented-2020.json").content)
    expected = calendar(OCCASION, edition("2020-06-30"))
    assert [row["id"] for row in rows] == [each.id for each in expected]
    assert set(rows[0]) == {
        "id",
        "title",
        "norms",
        "actor",
        "first",
        "last",
        "last_inclusive",
        "time",
        "reduced_from",
    }
    table = list(csv.DictReader(io.StringIO(client.get("/ru/calendar/invented-2020.csv").content.decode("utf-8-sig"))))
    assert [row["last"] or None for row in table] == [row["last"] for row in rows]


def test_a_phone_that_subscribes_gets_whole_days_and_hours_in_its_language(client: Client, nation: Nation) -> None:
    response = client.get("/ky/calendar/invented-2020.ics")
    assert response["Content-Type"].startswith("text/calendar")
    found: list[Any] = list(Calendar.from_ical(response.content.decode()).walk("VEVENT"))  # Any: its values vary
    events = {str(each["uid"]).split(".")[0]: each for each in found}
    dated = [each for each in calendar(OCCASION, edition("2020-06-30")) if each.first or each.last]
    assert events.keys() == {each.id for each in dated}
    assert events["registration_end_jk"]["dtstart"].dt == date(2020, 9, 3)
    papers = events["registration_documents_jk"]["dtstart"].dt
    assert papers.astimezone(BISHKEK) == datetime(2020, 8, 24, 18, tzinfo=BISHKEK)
    assert "тизме" in str(events["registration_end_jk"]["summary"]).casefold()


# ------------------------------------------------------------------------------------- picture


def test_marks_lie_where_their_days_are() -> None:
    first = Term("CEC", date(2020, 7, 1), date(2020, 7, 1), "late", "one day")
    long = Term("PEC", date(2020, 7, 16), date(2020, 8, 31), "due", "many days")
    found = timeline([first, long], ["CEC", "TEC", "PEC"], today=date(2020, 8, 1), voting=date(2021, 1, 1))
    assert found is not None
    assert [lane.name for lane in found.lanes] == ["CEC", "PEC"]
    assert [(month.first, month.days) for month in found.months] == [(date(2020, 7, 1), 31), (date(2020, 8, 1), 31)]
    assert found.lanes[0].marks[0].start == 0
    mark = found.lanes[1].marks[0]
    assert mark.start == 15 * FULL // 62
    assert mark.start + mark.length in (FULL - 1, FULL)
    assert found.today == 31 * FULL // 62
    assert found.voting is None


def test_a_single_day_is_wide_enough_to_be_seen_and_stays_in_the_picture() -> None:
    days = [date(2020, 7, 1) + timedelta(days=step) for step in range(0, 360, 7)]
    found = timeline([Term("CEC", day, day, "due", "x") for day in days], ["CEC"], today=days[0], voting=days[-1])
    assert found is not None
    assert all(mark.length >= 5 and mark.start + mark.length <= FULL for mark in found.lanes[0].marks)


def test_nothing_to_draw_is_no_picture() -> None:
    assert timeline([], ["CEC"], today=date(2020, 1, 1), voting=date(2020, 1, 1)) is None
