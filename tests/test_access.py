"""Every address and operation × every role × GET and POST, held to one table; blindness; nobody's name in public.

The table follows from the rules on the views and from `accounts.roles.MAY`; docs/permissions.md is its printed form.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shailoo.accounts.models import ApiKey, Office, Person
from shailoo.accounts.roles import MAY, Role
from shailoo.accounts.web import RULE, views
from shailoo.cli.permissions import document
from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.ledger.canonical import sha256
from shailoo.ledger.models import Act
from tests.counting.browser import signed_in, snapshot
from tests.counting.scene import AT, LISTS, Scene, build, done, entered, office, paper, taken_over, typed
from tests.counting.test_life import LOST, to_conflict
from tests.signing_in import sign_in

DOCUMENT = Path(__file__).parent.parent / "docs" / "permissions.md"
KEY = "a key of the tests"
SECRET = "SECRET-4711"
SIGNED_OUT = "signed out"
NO_OFFICE = "no office"
APPOINTED = {"accounts_person", "accounts_office", "axes_accesslog"}  # what comes between two visitors
EXPIRED = "expired office"
STRANGER = "other territory"


# ------------------------------------------------------------------------------------- the walk


@pytest.fixture
def scene(db: None) -> Scene:
    return build()


def addresses(scene: Scene) -> Mapping[str, tuple[str, str]]:
    """Pattern -> (an address that it answers to, its rule), for every page; records of the first TEC stand in them."""
    conflict = to_conflict(scene)
    entry = done(actions.claim(taken_over(scene, 1), by=scene.clerk, at=AT), Entry)
    known = {
        "pk": conflict.pk,
        "factor": 1,
        "uidb64": "MQ",
        "token": "forged",
        "act": "replace",
        "page": "voters",
        "code": "TEC-1",
        "parameter": "threshold_base",
        "number": "1001",
        "language": "ky",
        "name": "L64.3",
        "version": "1",
        "level": "nation",
        "form": "csv",
        "edition": "2017-06-05",
        "before": "2017-06-05",
        "after": "2020-06-30",
        "place": "shailoo.law.mandates.allocate",
        "slug": "rehearsal-2020",
        "event": "preliminary_lists_posted",
    }
    found = {}
    for place, view in views():
        if place.startswith("api/"):
            continue
        path = place.replace("\\.", ".").strip("^$")
        own = known | ({"pk": scene.expected[2].pk} if "/precincts/<int" in path else {})
        own |= {"pk": entry.pk} if "entries/" in path else {}
        own |= {"page": "1"} if "scans/" in path else {}
        own |= {"code": "KG02"} if path.startswith(("areas/", "ky/areas/")) else {}
        found[place] = ("/" + _filled(path, own), str(getattr(view, RULE)))
    return found


def _filled(path: str, values: Mapping[str, object]) -> str:
    """The pattern with a value in each of its places."""
    parts = []
    if "(?P<level>" in path:
        path = "ky/downloads/nation.csv"
    for part in path.split("/"):
        for name, value in values.items():
            for converter in ("int:", "slug:", "code:", "path:", "version:", "dotted:", "form:", ""):
                part = part.replace(f"<{converter}{name}>", str(value))
        parts.append(part)
    return "/".join(parts)


def visitors(scene: Scene) -> Iterator[tuple[str, Client, Office | None]]:
    """Everyone who can come to the door."""
    yield SIGNED_OUT, Client(), None
    nobody = Person.objects.create(username="nobody", name="Nobody", password="!")
    client = Client()
    sign_in(client, nobody)
    yield NO_OFFICE, client, None
    former = office("former", scene.chair.body, Role.TEC_CHAIR)
    Office.objects.filter(pk=former.pk).update(until=timezone.now() - timedelta(minutes=1))
    yield EXPIRED, signed_in(former), None
    yield STRANGER, signed_in(scene.stranger), scene.stranger
    for role, own in scene.offices.items():
        yield role.value, signed_in(own), own
    public = office("public", scene.chair.body, Role.PUBLIC)
    yield "public", signed_in(public), public


def may_enter(rule: str, visitor: Office | None, name: str) -> str:
    """What the table says: "page", "sign-in" or "forbidden"."""
    if rule == "public":
        return "page"
    if name == SIGNED_OUT:
        return "sign-in"
    if rule == "signed_in":
        return "page"
    acts = rule.split(", ")
    allowed = visitor is not None and any(Role(visitor.role) in MAY[act] for act in acts)
    return "page" if allowed else "forbidden"


def test_every_door_opens_to_whom_the_table_says_and_reading_changes_nothing(scene: Scene) -> None:
    doors = addresses(scene)
    before = None
    for name, client, own in visitors(scene):
        before = before or snapshot()
        for place, (address, rule) in doors.items():
            answer = client.get(address)
            said = may_enter(rule, own, name)
            where = (name, place, address, answer.status_code)
            assert "Content-Security-Policy" in answer.headers, where
            if said == "sign-in":
                assert answer.status_code == 302, where
                assert "/sign-in/?next=" in answer["Location"], where
            elif said == "forbidden":
                assert answer.status_code == 403, where
            elif rule in ("public", "signed_in"):
                assert answer.status_code in (200, 302, 404, 405), where
            else:  # the role is right; the record or the method may still say no
                assert answer.status_code in (200, 302, 403, 404, 405), where
                assert "sign-in" not in answer.headers.get("Location", ""), where
            if rule != "public":
                assert "public" not in answer.headers.get("Cache-Control", ""), where
        if name != SIGNED_OUT:
            assert changed(before, snapshot()) <= APPOINTED, name
            before = snapshot()
    assert len(doors) > 55


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The tables that are not what they were (visitors are appointed between the walks)."""
    return {table for table in after if before.get(table) != after[table]}


def test_another_territory_reads_and_does_nothing_here(scene: Scene) -> None:
    doors = addresses(scene)
    stranger = signed_in(scene.stranger)
    before = snapshot()
    for place, (address, _rule) in doors.items():
        if "desk/counting/" not in place or "<" not in place:
            continue
        assert stranger.get(address).status_code in (403, 405), place
        assert stranger.post(address, {"reason": "x", "text": "x"}).status_code in (403, 405), place
    assert snapshot() == before


def test_whoever_may_not_do_an_act_changes_nothing_by_trying(scene: Scene) -> None:
    """Every POST by everyone whom the table refuses: refused, and the database is what it was."""
    doors = addresses(scene)
    for name, client, own in visitors(scene):
        before = snapshot()
        for place, (address, rule) in doors.items():
            if rule == "public" or (name != SIGNED_OUT and rule == "signed_in"):
                continue
            if may_enter(rule, own, name) == "page":
                continue
            answer = client.post(address, {"reason": "x", "text": "x", "number": "1", "decision": "1"})
            assert answer.status_code in (302, 403), (name, place, answer.status_code)
        assert snapshot() == before, name


def test_no_post_passes_without_the_token_of_its_page(scene: Scene) -> None:
    doors = addresses(scene)
    before = snapshot()
    client = Client(enforce_csrf_checks=True)
    for who in (scene.chair, scene.clerk, scene.cec_chair):
        sign_in(client, who.person)
        logged = snapshot()
        for place, (address, _rule) in doors.items():
            answer = client.post(address, {"reason": "x"})
            assert answer.status_code in (403, 405), (place, answer.status_code)
            assert "Content-Security-Policy" in answer.headers
        assert snapshot() == logged
    assert changed(before, snapshot()) <= {"accounts_person", "axes_accesslog"}  # the sign-ins


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_a_write_while_a_page_is_read() -> None:
    """The walk again with the guard on: outside a test's transaction every reading page is read-only."""
    scene = build()
    doors = addresses(scene)
    for own in (scene.clerk, scene.chair, scene.cec_chair):
        client = signed_in(own)
        before = snapshot()
        for place, (address, _rule) in doors.items():
            assert client.get(address).status_code in (200, 302, 403, 404, 405), place
            assert client.head(address).status_code in (200, 302, 403, 404, 405), place
        assert snapshot() == before


def test_the_printed_table_is_the_one_that_holds() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: shailoo permissions > docs/permissions.md"


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


def test_until_finishing_nothing_tells_whether_the_entries_match(db: None) -> None:
    """Two worlds, in one the entries are equal, in the other not: every answer is the same up to the keys of rows."""
    from django.db import transaction

    worlds = []
    for equal in (True, False):
        with transaction.atomic():
            worlds.append({_plain(k): (s, _plain(t)) for k, (s, t) in seen(build(), equal=equal).items()})
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
