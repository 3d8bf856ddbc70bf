"""Machines and their keys, blindness of the second entry, and nobody's name in public."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from shailoo.accounts.models import ApiKey, Office, Person
from shailoo.accounts.roles import MAY, Role
from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.ledger.canonical import sha256
from shailoo.ledger.models import Act
from tests.counting.browser import signed_in
from tests.counting.scene import AT, LISTS, Scene, build, done, entered, paper, taken_over, typed
from tests.counting.test_life import LOST, to_conflict
from tests.once import Once, once

KEY = "a key of the tests"
SECRET = "SECRET-4711"

kept_scene = once(build)


@pytest.fixture
def scene(kept_scene: Once[Scene], db: None, settings: Settings) -> Scene:
    return kept_scene.here(settings)


# ------------------------------------------------------------------------------------- machines


def machine(of: Office, key: str = KEY) -> dict[str, str]:
    ApiKey.objects.create(office=of, name="test", digest=sha256(key), created_at=timezone.now())
    return {"Authorization": f"Bearer {key}"}


def test_a_machine_gets_only_what_its_office_may(scene: Scene) -> None:
    voting = scene.voting.pk
    operations = {
        "counting.read": ("get", f"/api/counting/votings/{voting}/precincts/1001"),
        "counting.import": ("post", f"/api/counting/votings/{voting}/protocols"),
        "counting.scanner_report": ("post", f"/api/counting/votings/{voting}/scanner-reports"),
    }
    report = {"precinct": "1001", "device_no": "S", "total": 0, "votes": {}, "against_all": 0, "invalid": 0}
    bodies: dict[str, object] = {"counting.import": {"protocols": [{"precinct": "1", "lines": {}}]}}
    bodies["counting.scanner_report"] = report
    for place, (role, own) in enumerate([*scene.offices.items(), ("stranger", scene.stranger)]):
        headers = machine(own, f"key {place}")
        for act, (method, address) in operations.items():
            send = {"data": bodies.get(act), "content_type": "application/json"} if method == "post" else {}
            answer = getattr(Client(), method)(address, headers=headers | {"Idempotency-Key": f"{place}{act}"}, **send)
            allowed = Role(own.role) in MAY[act] and role != "stranger"
            assert (answer.status_code != 403) is allowed, (role, act, answer.status_code)
    for method, address in operations.values():
        assert getattr(Client(), method)(address).status_code == 401
    assert not Protocol.objects.exists()


def test_a_key_of_an_office_that_has_ended_or_that_was_revoked_opens_nothing(scene: Scene) -> None:
    address = f"/api/counting/votings/{scene.voting.pk}/precincts/1001"
    headers = machine(scene.cec_operator)
    assert Client().get(address, headers=headers).status_code == 200
    Office.objects.filter(pk=scene.cec_operator.pk).update(until=AT - timedelta(days=1))
    assert Client().get(address, headers=headers).status_code == 403
    ApiKey.objects.update(revoked_at=timezone.now())
    assert Client().get(address, headers=headers).status_code == 401
    assert KEY not in "".join(str(row) for row in ApiKey.objects.values())


# ------------------------------------------------------------------------------------- blindness


def places_of(scene: Scene, protocol: Protocol, second: Entry) -> list[str]:
    """Everything that the second clerk, and the public, can open while the second entry is open."""
    pages = [reverse("counting:page", args=[second.pk, page]) for page in ("identification", "voters", "votes")]
    desk = [reverse("counting:case", args=[protocol.pk]), reverse("counting:check", args=[second.pk])]
    desk += [reverse("counting:queue"), f"{reverse('counting:queue')}?q=1001", reverse("desk:home")]
    public = ["", "areas/KG02/", "commissions/TEC-1/", "precincts/1001/", "precincts/1001/?version=1", "why/"]
    public += ["precincts/", "versions/", "downloads/precincts.csv", "downloads/precincts.json", "documents/"]
    public += ["downloads/results.err.json", "downloads/nation.json"]
    return [*pages, *desk, *(f"/en/{place}" for place in public)]


def seen(scene: Scene, *, equal: bool) -> dict[str, tuple[int, str]]:
    """Every answer to the second clerk before finishing; the first clerk's values were equal to theirs or not."""
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(form_serial_no=SECRET if not equal else "77", against_all=22 if equal else 21))
    second = done(actions.claim(protocol, by=scene.other, at=AT), Entry)
    client, found = signed_in(scene.other), dict[str, tuple[int, str]]()
    for page in actions.fields_to_enter(second, LISTS):
        for name in ("counting:draft", "counting:page"):
            address = reverse(name, args=[second.pk, page])
            answer = client.post(address, typed(paper(form_serial_no="77")))
            found[address] = (answer.status_code, answer.headers.get("Location", "") + answer.content.decode())
    for address in places_of(scene, protocol, second):
        answer = client.get(address)
        found[address] = (answer.status_code, answer.content.decode(errors="replace"))
    api = Client().get(
        f"/api/counting/votings/{scene.voting.pk}/precincts/1001", headers=machine(scene.third, f"key {equal}")
    )
    found["api"] = (api.status_code, str(api.json()["state"]) + str(api.json()["findings"]))
    return found


def test_the_second_clerk_learns_no_value_of_the_first_from_anything(scene: Scene) -> None:
    for address, (_status, text) in seen(scene, equal=False).items():
        assert SECRET not in text, address


def test_until_finishing_nothing_tells_whether_the_entries_match(
    kept_scene: Once[Scene], db: None, settings: Settings
) -> None:
    """Two worlds, in one the entries are equal, in the other not: every answer is the same up to the keys of rows."""
    from django.db import transaction

    worlds = []
    for equal in (True, False):
        with transaction.atomic():
            worlds.append(
                {_plain(k): (s, _plain(t)) for k, (s, t) in seen(kept_scene.here(settings), equal=equal).items()}
            )
            transaction.set_rollback(True)
    assert worlds[0].keys() == worlds[1].keys()
    for address, answer in worlds[0].items():
        assert answer == worlds[1][address], address


def _plain(text: str) -> str:
    """Without what differs between any two answers: row numbers, tokens, instants, revisions."""
    import re

    text = re.sub(r'(csrfmiddlewaretoken" value=|If-None-Match[^>]*|as_of|<time |updated)[^<]*', "", text)
    return re.sub(r"\d+", "0", text)


def test_what_two_clerks_typed_is_public_only_once_both_agree(scene: Scene) -> None:
    protocol = to_conflict(scene)
    for page in ("precincts/1001/", "precincts/1001/?version=1", "downloads/precincts.csv", ""):
        answer = Client().get(f"/en/{page}")
        assert "1,203" not in answer.content.decode(), page
        assert ";1203;" not in answer.content.decode().replace(",", ";"), page
    assert Client().get("/en/precincts/1001/?version=1").status_code == 404
    client = signed_in(scene.secretary)
    assert client.get(reverse("counting:settle", args=[protocol.pk])).status_code == 200
    for own in (scene.clerk, scene.other, scene.third, scene.stranger, scene.cec_chair):
        assert signed_in(own).get(reverse("counting:settle", args=[protocol.pk])).status_code == 403


def test_a_quarantined_protocol_is_beside_the_totals_and_never_inside(scene: Scene) -> None:
    protocol = taken_over(scene)
    for own in (scene.clerk, scene.other):
        entered(protocol, own, paper(**LOST))
    protocol.refresh_from_db()
    assert protocol.state == "parked"
    nation = Client().get("/en/downloads/nation.json").json()
    assert _summed(nation) == 0
    page = Client().get("/en/precincts/1001/").content.decode()
    assert "not in the totals" in page or "beside the totals" in page or "Beside the totals" in page


def _summed(nation: list[dict[str, Any]]) -> int:
    """The precincts in the sums of the nation's table."""
    return int(nation[0]["summed"])


# ------------------------------------------------------------------------------------- people


def test_no_public_page_names_a_person_of_a_commission(scene: Scene) -> None:
    names = {"clerk": "Айзада Тестова", "other": "Бакыт Тестов", "chair": "Данияр Тестов"}
    for role, name in names.items():
        Person.objects.filter(pk=getattr(scene, role).person_id).update(name=name)
    protocol = taken_over(scene)
    for own in (scene.clerk, scene.other):
        entered(protocol, own, paper())
    client = Client()
    for place, (address, rule) in addresses_without_records(scene).items():
        if rule == "public":
            text = client.get(address).content.decode(errors="replace")
            for name in (*names.values(), scene.clerk.person.username, scene.chair.person.username):
                assert name not in text, place


def addresses_without_records(scene: Scene) -> Mapping[str, tuple[str, str]]:
    """The same walk; the third precinct's records are used."""
    del scene
    pages: tuple[str, ...] = (
        "",
        "areas/",
        "areas/KG02/",
        "commissions/",
        "commissions/TEC-1/",
        "precincts/",
        "precincts/1001/",
        "why/",
    )
    pages += ("versions/", "downloads/", "downloads/precincts.json", "downloads/results.err.json", "documents/")
    return {page: (f"/ky/{page}", "public") for page in pages}


def test_passwords_are_in_no_log_and_in_no_ledger(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    Person.objects.create_person("zamir", "Замир Тестов", "the right pass phrase")
    with caplog.at_level(logging.DEBUG):
        for password in ("a wrong pass phrase", "the right pass phrase"):
            Client().post("/ky/sign-in/", {"username": "zamir", "password": password})
    written = caplog.text + "".join(f"{act.payload}{act.subject}" for act in Act.objects.all())
    from axes.models import AccessAttempt

    written += "".join(str(row) for row in AccessAttempt.objects.values())
    assert "pass phrase" not in written
    assert "Замир" not in written


def test_the_ledger_of_an_open_entry_holds_no_figure(scene: Scene) -> None:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(form_serial_no=SECRET))
    assert all(SECRET not in act.payload and "1203" not in act.payload for act in Act.objects.all())
