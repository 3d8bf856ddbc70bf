"""The calendar of an office at the desk: what is due, recording that it was done, who is late."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shailoo.elections.actions import fulfil
from shailoo.elections.agenda import current
from shailoo.elections.models import Fulfilment
from shailoo.law.calendar import BISHKEK
from shailoo.ledger.models import Act
from tests.counting.browser import signed_in
from tests.elections.desk import Desk, build

pytestmark = pytest.mark.django_db
POSTED = "preliminary_lists_posted"  # of every PEC, 60 full days before: until 4 August, midnight
ONLINE = "preliminary_lists_online"  # of the CEC, until the same moment
TO_PECS = "ballots_to_pecs"  # of every TEC
PAPER = {"what": "Act of posting", "number": "7", "day": "2020-08-03"}


@pytest.fixture
def desk() -> Desk:
    return build()


def local(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)


def main(html: str) -> str:
    """What the page says, without its frame."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0]))


@contextmanager
def at_most(statements: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    ran = "\n".join(each["sql"][:160] for each in captured.captured_queries)
    assert statements / 2 <= len(captured) <= statements, f"{len(captured)} statements\n{ran}"


# ------------------------------------------------------------------------------------- what is due


def test_what_is_late_stands_first_and_the_last_day_is_told_in_hours(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 4), 20, 30))
    page = desk.text(desk.pec_chair, "calendar/")
    assert "3 hours left" in main(page)
    order = re.findall(r"/en/desk/calendar/(\w+)/", page.split("govuk-details")[0])
    assert order[0] == POSTED
    desk.at(local(date(2020, 8, 5), 1))
    said = main(desk.text(desk.pec_chair, "calendar/"))
    assert "the deadline has passed" in said
    assert "late 1" in said


def test_each_level_sees_its_own_and_those_below(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 1)))
    for who, there, absent in (
        (desk.pec_chair, {POSTED}, {ONLINE, TO_PECS}),
        (desk.tec_chair, {POSTED, TO_PECS}, {ONLINE}),
        (desk.chair, {POSTED, TO_PECS, ONLINE}, set()),
    ):
        found = set(re.findall(r"/en/desk/calendar/(\w+)/", desk.text(who, "calendar/")))
        assert there <= found
        assert not absent & found
    assert "0 of 3 commissions" in main(desk.text(desk.tec_chair, "calendar/"))
    assert "0 of 4 commissions" in main(desk.text(desk.chair, "calendar/"))


def test_what_is_coming_is_folded_and_what_is_done_is_gone(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 1)))
    folded = desk.text(desk.tec_chair, "calendar/").split('<details class="govuk-details')[1]
    assert f"/en/desk/calendar/{TO_PECS}/" in folded
    desk.post(desk.pec_chair, f"calendar/{POSTED}/", PAPER | {"day": "2020-08-01"})
    assert f"/en/desk/calendar/{POSTED}/" not in desk.text(desk.pec_chair, "calendar/")


def test_another_election_keeps_its_own_calendar(desk: Desk) -> None:
    assert desk.get(desk.chair, "calendar/?election=jk-2020").status_code == 200
    assert desk.get(desk.chair, "calendar/?election=none").status_code == 404
    assert desk.get(desk.chair, "calendar/?election=%00").status_code == 404


# ------------------------------------------------------------------------------------- recording


def test_a_precinct_commission_records_its_own_with_the_paper(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 3)))
    answer = desk.post(desk.pec_chair, f"calendar/{POSTED}/", PAPER)
    assert answer.status_code == 302
    done = Fulfilment.objects.get()
    assert (done.body, done.note, done.office) == (
        desk.pecs[0].body,
        "Act of posting № 7, 03.08.2020",
        desk.pec_chair,
    )


def test_a_tec_records_for_several_of_its_precincts_in_one_act(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 3)))
    chosen = [each.body.code for each in desk.pecs[:2]]
    assert desk.post(desk.tec_chair, f"calendar/{POSTED}/", PAPER | {"bodies": chosen}).status_code == 302
    assert set(Fulfilment.objects.values_list("body__code", flat=True)) == set(chosen)
    assert Act.objects.filter(name="deadline.fulfilled").count() == 1
    page = desk.text(desk.tec_chair, f"calendar/{POSTED}/")
    assert 'value="PEC-1003"' in page
    assert f'value="{chosen[0]}"' not in page, "what is done is not offered again"


def test_all_that_are_missing_are_recorded_by_one_tick(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 3)))
    assert desk.post(desk.tec_chair, f"calendar/{POSTED}/", PAPER | {"everyone": "on"}).status_code == 302
    assert Fulfilment.objects.filter(body__superior=desk.tecs[0].body).count() == 3
    assert not Fulfilment.objects.filter(body=desk.pecs[3].body).exists()


def test_the_cec_goes_to_a_territory_first_and_records_for_its_precincts(desk: Desk) -> None:
    desk.at(local(date(2020, 8, 3)))
    page = desk.text(desk.operator, f"calendar/{POSTED}/")
    assert 'name="what"' not in page
    place = f"calendar/{POSTED}/?tec={desk.tecs[1].body.code}"
    assert f"/en/desk/{place}" in page
    assert desk.post(desk.operator, place, PAPER | {"bodies": ["PEC-2001"]}).status_code == 302
    assert Fulfilment.objects.get().body == desk.pecs[3].body
    assert desk.get(desk.operator, f"calendar/{POSTED}/?tec=none").status_code == 404


def test_the_cec_records_for_territorial_commissions(desk: Desk) -> None:
    desk.at(local(date(2020, 10, 2)))
    both = [each.body.code for each in desk.tecs]
    data = PAPER | {"day": "2020-10-02", "bodies": both}
    assert desk.post(desk.chair, f"calendar/{TO_PECS}/", data).status_code == 302
    assert Fulfilment.objects.filter(event=TO_PECS).count() == 2


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"what": "  "}, "id_what", "This field is required"),
        ({"day": "2020-08-09"}, "id_day", "This day has not come yet"),
        ({"day": "0001-01-01"}, "id_day", "greater than or equal"),
        ({"bodies": []}, "id_bodies_0", "Choose at least one commission"),
        ({"bodies": ["PEC-2001"]}, "id_bodies_0", "PEC-2001"),
    ],
)
def test_a_refused_record_says_where_and_leaves_nothing(
    desk: Desk, change: dict[str, object], field: str, said: str
) -> None:
    desk.at(local(date(2020, 8, 3)))
    answer = desk.post(desk.tec_chair, f"calendar/{POSTED}/", PAPER | {"bodies": ["PEC-1001"]} | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#{field}"' in page
    assert said in main(page)
    assert not Fulfilment.objects.exists()


def test_what_two_record_at_once_is_recorded_once_and_the_second_is_told_the_norm(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at(local(date(2020, 8, 3)))
    at = local(date(2020, 8, 3))
    plain = fulfil

    def after_another(*args: object, **kwargs: object) -> object:
        plain(desk.voting, POSTED, bodies=[desk.pecs[0].body], note="№ 1", by=desk.tec_chair, at=at)
        return plain(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr("shailoo.elections.views.duties.fulfil", after_another)
    answer = desk.post(desk.tec_chair, f"calendar/{POSTED}/", PAPER | {"bodies": ["PEC-1001"]})
    assert answer.status_code == 422
    said = main(answer.content.decode())
    assert "It is recorded already that this commission has done this. (" in said
    assert "Act of posting" in answer.content.decode(), "what was typed is kept"


def test_before_the_term_begins_there_is_nothing_to_record(desk: Desk) -> None:
    desk.at(local(date(2020, 9, 1)))
    page = desk.text(desk.tec_chair, f"calendar/{TO_PECS}/")
    assert "The term begins on" in main(page)
    assert 'name="what"' not in page
    answer = desk.post(desk.tec_chair, f"calendar/{TO_PECS}/", PAPER)
    assert answer.status_code == 422
    assert not Fulfilment.objects.exists()


@pytest.mark.parametrize("event", ["campaign_end", "deemed_called_jk", "deemed_calling_published", "no_such_event"])
def test_what_asks_nothing_has_no_page(desk: Desk, event: str) -> None:
    assert desk.get(desk.chair, f"calendar/{event}/").status_code == 404


def test_what_is_above_an_office_has_no_page_for_it(desk: Desk) -> None:
    assert desk.get(desk.pec_chair, f"calendar/{TO_PECS}/").status_code == 404
    assert desk.get(desk.tec_chair, f"calendar/{ONLINE}/").status_code == 404
    assert desk.get(desk.tec_operator, "calendar/").status_code == 403


# ------------------------------------------------------------------------------------- lateness


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def one_done_in_time_one_late(desk: Desk) -> None:
    closes = current(desk.voting).get(event=POSTED).closes
    assert closes is not None
    for pec, at in ((desk.pecs[0], closes - timedelta(hours=1)), (desk.pecs[1], closes)):
        assert isinstance(fulfil(desk.voting, POSTED, bodies=[pec.body], note="№", by=desk.tec_chair, at=at), tuple)
    desk.at(closes + timedelta(hours=1))


def test_the_cec_sees_each_term_then_each_tec_then_the_missing_precincts(desk: Desk) -> None:
    one_done_in_time_one_late(desk)
    first, second = (each.body.code for each in desk.tecs)
    found = {row["event"]: row for row in rows(desk.get(desk.chair, "calendar/lateness/terms.csv").content)}
    counts = ("expected", "done", "late", "missing")
    assert [found[POSTED][name] for name in counts] == ["4", "2", "1", "2"]
    assert found[POSTED]["state"] == "late"
    assert ONLINE not in found
    table = rows(desk.get(desk.chair, f"calendar/lateness/{POSTED}/tecs.csv").content)
    assert {row["tec"]: [row[name] for name in counts] for row in table} == {
        first: ["3", "2", "1", "1"],
        second: ["1", "0", "0", "1"],
    }
    missing = rows(desk.get(desk.chair, f"calendar/lateness/{POSTED}/{first}/pecs.csv").content)
    assert [row["pec"] for row in missing] == ["PEC-1003"]
    assert {row["rehearsal"] for row in (*found.values(), *table, *missing)} == {"yes"}
    page = desk.text(desk.chair, "calendar/lateness/")
    assert f"/en/desk/calendar/lateness/{POSTED}/" in page
    page = desk.text(desk.chair, f"calendar/lateness/{POSTED}/")
    assert f"/en/desk/calendar/lateness/{POSTED}/{first}/" in page
    said = main(desk.text(desk.chair, f"calendar/lateness/{POSTED}/{first}/"))
    assert "2 of 3 have done it, 1 of them late" in said


def test_a_tec_sees_its_own_alone(desk: Desk) -> None:
    one_done_in_time_one_late(desk)
    first, second = (each.body.code for each in desk.tecs)
    found = {row["event"]: row for row in rows(desk.get(desk.tec_chair, "calendar/lateness/terms.csv").content)}
    assert found[POSTED]["expected"] == "3"
    table = rows(desk.get(desk.tec_chair, f"calendar/lateness/{POSTED}/tecs.csv").content)
    assert [row["tec"] for row in table] == [first]
    for place in ("", "pecs.csv"):
        assert desk.get(desk.tec_chair, f"calendar/lateness/{POSTED}/{first}/{place}").status_code == 200
        assert desk.get(desk.tec_chair, f"calendar/lateness/{POSTED}/{second}/{place}").status_code == 403
    assert desk.get(desk.pec_chair, "calendar/lateness/").status_code == 403


def test_lateness_of_what_binds_one_body_or_only_tecs_has_no_further_page(desk: Desk) -> None:
    desk.at(local(date(2020, 10, 1)))
    tec = desk.tecs[0].body.code
    assert desk.get(desk.chair, f"calendar/lateness/{ONLINE}/").status_code == 404
    assert desk.get(desk.chair, f"calendar/lateness/{TO_PECS}/").status_code == 200
    assert desk.get(desk.chair, f"calendar/lateness/{TO_PECS}/{tec}/").status_code == 404


# ------------------------------------------------------------------------------------- what it costs


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("calendar/", 30),
        (f"calendar/{POSTED}/", 36),
        ("calendar/lateness/", 30),
        (f"calendar/lateness/{POSTED}/", 36),
        ("elections/", 12),
        ("elections/jk-2020/", 14),
    ],
)
def test_a_page_costs_so_many_statements_however_much_there_is(desk: Desk, address: str, statements: int) -> None:
    desk.at(local(date(2020, 8, 3)))
    browser, place = signed_in(desk.chair), f"/en/desk/{address}"
    assert browser.get(place).status_code == 200
    with at_most(statements):
        browser.get(place)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_page_answers_in_every_language(desk: Desk, language: str) -> None:
    one_done_in_time_one_late(desk)
    tec = desk.tecs[0].body.code
    for address in (
        "",
        "calendar/",
        f"calendar/{POSTED}/",
        f"calendar/{POSTED}/?tec={tec}",
        "calendar/lateness/",
        f"calendar/lateness/{POSTED}/",
        f"calendar/lateness/{POSTED}/{tec}/",
        "elections/",
        "elections/jk-2020/",
        "elections/call/",
        "elections/call/?kind=jk_early",
    ):
        page = desk.text(desk.chair, address, language)
        assert ("stripes" in page) or (address.startswith("elections/") and "jk-2020" not in address), address
