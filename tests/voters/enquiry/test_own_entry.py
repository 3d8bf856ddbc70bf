"""Am I on the list? What is answered, what never is, and that trying out leads nowhere."""

from __future__ import annotations

import logging
import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shailoo.elections.clock import BISHKEK
from shailoo.ledger.models import Act
from shailoo.voters.enquiry.queries import own_entry
from shailoo.voters.enquiry.tries import MOST_WRONG, mark_of
from shailoo.voters.enquiry.views import public
from shailoo.voters.lists.models import Edition, VoterList
from shailoo.voters.lists.queries import lines
from shailoo.voters.models import Entry
from tests.voters.enquiry.scene import Counted

ADDRESS = "/ky/voters/am-i-listed/"
UNKNOWN_PIN = "20101199099999"
FOUND, NOT_FOUND = "Сиз тизмеде барсыз", "Эч ким табылган жок"


def asked(entry: Entry, **changed: str) -> dict[str, str]:
    """What this voter types."""
    return {"pin": str(entry.pin), "born": f"{entry.born:%d.%m.%Y}", **changed}


def post(given: dict[str, str], address: str = ADDRESS) -> str:
    response = Client().post(address, given)
    assert response.status_code == 200, response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def wrong(entry: Entry) -> dict[str, str]:
    """The voter's PIN with the next day."""
    return asked(entry, born=f"{entry.born + timedelta(days=1):%d.%m.%Y}")


# ------------------------------------------------------------------------------------- what is answered


def test_a_listed_voter_finds_precinct_number_and_what_to_bring(counted: Counted) -> None:
    found = VoterList.objects.get(edition=counted.edition, precinct__number="1003")
    line = lines(found, 3, 1)[0]
    page = post(asked(Entry.objects.get(pk=line.entry_id)))
    assert FOUND in page
    assert "№ 1003" in page
    assert re.search(r"Тизмедеги номери</dt><dd[^>]*><strong>3</strong>", page)
    assert "Өзгөн, №5 мектеп, Ленин көчөсү" in page
    assert "/ky/voters/stations/1003/" in page
    assert "08:00–20:00" in page


@pytest.mark.parametrize(("language", "words"), [("ru", "Вы есть в списке"), ("en", "You are on the list")])
def test_other_languages(counted: Counted, language: str, words: str) -> None:
    entry = counted.somebody()
    spaced = f"{str(entry.pin)[:4]} {str(entry.pin)[4:9]}-{str(entry.pin)[9:]}"
    page = post(asked(entry, pin=spaced, born=entry.born.isoformat()), f"/{language}/voters/am-i-listed/")
    assert words in page


@pytest.mark.parametrize(
    "broken", [{"pin": "123"}, {"pin": ""}, {"born": "31.02.1990"}, {"born": ""}, {"pin": "9" * 14}]
)
def test_a_broken_form_is_told_and_nothing_is_looked_up(counted: Counted, broken: dict[str, str]) -> None:
    entry = counted.somebody()
    with CaptureQueriesContext(connection) as queries:
        response = Client().post(ADDRESS, asked(entry, **broken))
    assert response.status_code == 422
    assert "govuk-error-summary" in response.content.decode()
    assert "voters_entry" not in " ".join(query["sql"] for query in queries)


# ------------------------------------------------------------------------------------- what never is


def test_the_three_reasons_not_to_be_found_look_and_cost_the_same(counted: Counted) -> None:
    entry = counted.somebody()
    closed = counted.gone()
    cases = ({"pin": UNKNOWN_PIN, "born": "01.01.1990"}, wrong(entry), asked(closed))
    pages, work = [post({"pin": "10101199099999", "born": "01.01.1990"})], []  # what all share is made with the first
    for given in cases:
        with CaptureQueriesContext(connection) as queries:
            pages.append(post(given))
        work.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries])
    assert len(set(pages)) == 1
    assert NOT_FOUND in pages[0]
    assert work[0] == work[1] == work[2]
    assert len(work[0]) <= 3


def test_the_three_reasons_make_the_database_do_the_same(counted: Counted) -> None:
    """One list is looked through whatever is asked, so that time tells nothing."""
    entry, closed = counted.somebody(), counted.gone()
    open_now = own_entry.open_edition()
    assert open_now is not None
    plans = [
        _worked(open_now, pin, born)
        for pin, born in (
            (UNKNOWN_PIN, date(1990, 1, 1)),
            (str(entry.pin), entry.born + timedelta(days=1)),
            (str(closed.pin), closed.born),
        )
    ]
    assert plans[0] == plans[1] == plans[2]
    assert plans[0]["voter_lists_voterlist"] == 1


def _worked(asked_edition: own_entry.Open, pin: str, born: date) -> dict[str, int]:
    """Rows that the statement took from each table."""
    facts = own_entry.facts(asked_edition, pin, born, timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON, COSTS off, TIMING off) {own_entry.CHECK}", facts)
        (plan,) = cursor.fetchone()
    rows: dict[str, int] = {}
    waiting = [plan[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", [])
        if node["Node Type"] in ("Index Scan", "Seq Scan", "Bitmap Heap Scan"):
            rows[node["Relation Name"]] = int(node["Actual Rows"])
    return rows


def test_after_five_wrong_tries_the_right_one_is_not_answered_either(counted: Counted) -> None:
    entry = counted.somebody()
    for _try in range(MOST_WRONG - 1):
        post(wrong(entry))
    assert FOUND in post(asked(entry))
    last = post(wrong(entry))
    assert post(asked(entry)) == last
    assert FOUND in post(asked(counted.another(entry)))


def test_the_next_day_a_pin_is_answered_again_and_old_marks_are_swept(counted: Counted) -> None:
    entry, now = counted.somebody(), timezone.now()
    open_now = own_entry.open_edition()
    assert open_now is not None
    yesterday = now - timedelta(days=1)
    for _try in range(MOST_WRONG):
        assert own_entry.find(open_now, str(entry.pin), entry.born + timedelta(days=1), real=yesterday) is None
    assert own_entry.find(open_now, str(entry.pin), entry.born, real=yesterday) is None
    assert own_entry.find(open_now, str(entry.pin), entry.born, real=now) is not None
    assert _marks(yesterday) == 0


def _marks(day: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM voter_enquiry_tries WHERE day = %s", [day.astimezone(BISHKEK).date()])
        return int(cursor.fetchone()[0])


def test_one_address_cannot_ask_for_a_village(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enumeration: the sixty-first sending of an hour is refused, whatever it asks; other addresses go on."""
    client, given = Client(REMOTE_ADDR="198.51.100.7"), {"pin": "", "born": ""}
    statuses = [client.post(ADDRESS, given).status_code for _sending in range(public.MOST_FROM_ONE + 1)]
    assert statuses == [422] * public.MOST_FROM_ONE + [429]
    assert Client(REMOTE_ADDR="198.51.100.8").post(ADDRESS, given).status_code == 422
    monkeypatch.setattr(public, "MOST_IN_ALL", 0)
    assert Client(REMOTE_ADDR="198.51.100.9").post(ADDRESS, asked(counted.somebody())).status_code == 429


def test_no_pin_and_no_birthday_stands_anywhere(counted: Counted, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    entry = counted.somebody()
    acts = Act.objects.count()
    client = Client()
    for given in (asked(entry), wrong(entry)):
        response = client.post(ADDRESS, given)
        page = response.content.decode()
        private = (str(entry.pin), f"{entry.born:%d.%m.%Y}", entry.born.isoformat(), entry.surname, entry.street)
        assert [word for word in private if word and word in page] == []
        assert "no-store" in response["Cache-Control"]
        assert [word for word in private if word and word in str(response.headers) + str(response.cookies)] == []
    assert dict(client.session) == {}
    assert Act.objects.count() == acts
    assert str(entry.pin) not in "".join(
        each.getMessage() for each in caplog.records if each.name != "django.db.backends"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM voter_enquiry_tries")
        marks = [mark for (mark,) in cursor.fetchall()]
    assert mark_of(str(entry.pin), timezone.now().astimezone(BISHKEK).date()) in marks
    assert [mark for mark in marks if str(entry.pin) in mark] == []


def test_a_fault_of_the_program_does_not_tell_what_was_typed(counted: Counted) -> None:
    request = RequestFactory().post(ADDRESS, asked(counted.somebody()))
    public.own(request)
    assert request.sensitive_post_parameters == ("pin", "born")  # type: ignore[attr-defined]  # set by Django's mark


def test_a_pin_in_the_address_is_not_read(counted: Counted) -> None:
    entry = counted.somebody()
    response = Client().get(f"{ADDRESS}?pin={entry.pin}&born={entry.born:%d.%m.%Y}")
    main = response.content.decode().split("<main")[1].split("</main")[0]
    assert str(entry.pin) not in main
    assert 'autocomplete="off"' in main
    assert Client(enforce_csrf_checks=True).post(ADDRESS, asked(entry)).status_code == 403


def test_the_form_is_posted_without_a_query(counted: Counted) -> None:
    assert Edition.objects.filter(pk=counted.edition.pk).exists()
    assert f'action="{ADDRESS}"' in Client().get(ADDRESS).content.decode()
