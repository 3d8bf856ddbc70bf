"""What the device at a door asks, and what the plain form sends: access, budgets of queries, bad input."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shailoo.accounts.models import PersonalReading
from shailoo.observation.models import Application, Passage
from tests.counting.browser import signed_in
from tests.observation.presence.scene import Door, accredited, build, moment, passage
from tests.once import Once, once

pytestmark = pytest.mark.django_db
HOME = "/en/desk/observation/check-in/"


kept_door = once(build)


@pytest.fixture
def door(kept_door: Once[Door], db: None, settings: Settings) -> Door:
    return kept_door.here(settings)


def row(number: str, **changes: object) -> dict[str, object]:
    told: dict[str, object] = {
        "uid": str(uuid4()),
        "number": number,
        "way": "in",
        "at": moment().isoformat(),
        "verdict": "valid",
        "confirmed": [],
    }
    return told | changes


def sent(door: Door, rows: object, sent_at: object = None) -> tuple[int, dict[str, object]]:
    body = json.dumps({"sent_at": sent_at or moment().isoformat(), "passages": rows})
    answer = signed_in(door.member).post(f"{HOME}sync/", body, content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def test_the_list_names_who_may_come_and_for_whom(door: Door) -> None:
    answer = signed_in(door.member).get(f"{HOME}people.json")
    told = json.loads(answer.content)
    rows = {each[0]: each for each in told["people"]}
    one = door.abroad[0]
    assert rows[one.certificate.number][1:] == [one.sender_id, one.certificate.holder, "international_observer", 0]
    assert rows[door.citizen.certificate.number][4] == 1
    assert rows[door.interpreter.certificate.number][5] == one.certificate.number
    assert door.elsewhere.certificate.number not in rows
    assert told["senders"][str(one.sender_id)]["en"] == "Northern Election Watch"
    assert PersonalReading.objects.filter(what="observers").count() == 1


def test_of_observers_elsewhere_the_list_has_no_names(door: Door) -> None:
    guest = accredited(door.scene, door.scene.party, Application.Kind.OBSERVER, commission=door.scene.pecs[1])[0]
    text = signed_in(door.member).get(f"{HOME}people.json").content.decode()
    assert guest.certificate.holder not in text
    distances = {tuple(each[:2]): each[2] for each in json.loads(text)["elsewhere"]}
    assert sum(distances[guest.sender_id, "OB-2020"]) == guest.certificate.sequence


def test_the_same_list_is_not_sent_and_not_recorded_twice(door: Door) -> None:
    client = signed_in(door.member)
    tag = client.get(f"{HOME}people.json")["ETag"]
    again = client.get(f"{HOME}people.json", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert PersonalReading.objects.count() == 1
    accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL)
    assert client.get(f"{HOME}people.json", headers={"if-none-match": tag}).status_code == 200


def test_the_state_names_nobody(door: Door) -> None:
    door.note(passage(door.medium))
    answer = signed_in(door.member).get(f"{HOME}state.json")
    told = json.loads(answer.content)
    ((number, since),) = told["inside"]
    assert (number, datetime.fromisoformat(since)) == (door.medium.certificate.number, moment())
    assert told["token"]
    assert door.medium.certificate.holder not in answer.content.decode()


def test_what_is_sent_is_kept_and_told(door: Door) -> None:
    one, other = (each.certificate.number for each in door.first)
    status, told = sent(door, [row(one), row(other, at=moment(1).isoformat())], moment(1).isoformat())
    assert status == 200
    assert [each["kept"] for each in told["told"]] == ["kept", "kept"]  # type: ignore[attr-defined]  # JSON
    assert Passage.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"uid": "no uid"},
        {"number": "IO-2020"},
        {"number": "<script>"},
        {"way": "through the window"},
        {"at": "2020-10-04T09:00:00"},
        {"at": "yesterday"},
        {"at": "0001-01-01T00:00:00+00:00"},
        {"verdict": "x" * 41},
        {"verdict": "a\nb"},
        {"confirmed": ["x"] * 11},
        {"confirmed": "x"},
    ],
    ids=str,
)
def test_what_no_device_of_ours_sends_is_refused_whole(door: Door, change: dict[str, object]) -> None:
    number = door.medium.certificate.number
    assert sent(door, [row(number), row(number) | change])[0] == 400
    assert not Passage.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"[" * 5000, b'{"sent_at": 1, "passages": [1]}'])
def test_any_other_body_is_refused(door: Door, body: bytes) -> None:
    answer = signed_in(door.member).post(f"{HOME}sync/", body, content_type="application/json")
    assert answer.status_code == 400


def test_a_forged_request_of_another_site_is_refused(door: Door) -> None:
    client = signed_in(door.member)
    client.handler.enforce_csrf_checks = True
    answer = client.post(f"{HOME}sync/", b"{}", content_type="application/json")
    assert answer.status_code == 403


def test_the_pages_cost_as_many_queries_for_many_as_for_few(door: Door) -> None:
    client = signed_in(door.scene.pec_chair)
    door.note(passage(door.medium))
    counts = []
    for _round in range(2):
        for address in ("log/", "state.json"):
            with CaptureQueriesContext(connection) as found:
                assert client.get(HOME + address).status_code == 200
            counts.append(len(found))
        guests = accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL, people=6)
        door.note(*[passage(each) for each in guests])
    assert counts[:2] == counts[2:]
    assert counts[0] < 20


def test_the_table_of_the_log_holds_no_formula(door: Door) -> None:
    door.note(passage(door.medium))
    text = signed_in(door.member).get(f"{HOME}log.csv").content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("at,way,certificate,holder")
    assert lines[1].startswith("2020-10-04T09:00:00+06:00,in,")


def test_the_page_of_an_office_elsewhere_has_no_door(door: Door) -> None:
    assert signed_in(door.scene.mission).get(HOME).status_code == 403
    assert signed_in(door.scene.operator).get(HOME).status_code == 403
