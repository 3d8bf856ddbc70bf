"""Every address and operation × every role × GET and POST, held to one table; blindness; nobody's name in public.

The table follows from the rules on the views and from `accounts.roles.MAY`; docs/permissions.md is its printed form.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from shailoo.accounts.models import ApiKey, Body, Office, Person
from shailoo.accounts.roles import MAY, ROLES_AT, STAFF, Kind, Role
from shailoo.accounts.web import RULE, View, views
from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.ledger.canonical import sha256
from shailoo.ledger.models import Act
from tests.counting.browser import signed_in, snapshot
from tests.counting.scene import AT, LISTS, Scene, build, done, entered, office, paper, taken_over, typed
from tests.counting.test_life import LOST, to_conflict
from tests.doors import Door, Visitor, a_minute_ago, browsers, doors, everybody, nobody
from tests.signing_in import sign_in

DOCUMENT = Path(__file__).parent.parent / "docs" / "permissions.md"
KEY = "a key of the tests"
SECRET = "SECRET-4711"
UNKNOWN_METHOD = "KNOCK"
LED_TO_SIGN_IN, NO_RIGHT, NOT_OFFERED = 302, 403, 405
SIGNED_IN = {"accounts_person", "axes_accesslog"}  # what a sign-in writes
OF_COMMISSIONS = tuple(
    f"ky/desk/{place}"
    for place in (
        "counting/",
        "sittings/",
        "decisions/",
        "results/tec/",
        "people/",
        "keys/",
        "lots/",
        "work/",
        "calendar/lateness/<slug:event>/<",
    )
)
"""The pages whose records belong to one commission."""
OF_ELECTIONS = tuple(f"ky/desk/{place}" for place in ("counting/", "results/", "calendar/", "elections/<"))
"""The pages whose records belong to one election."""


# ------------------------------------------------------------------------------------- the walk


@pytest.fixture
def scene(db: None) -> Scene:
    return build()


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal without its page: what the page says is tested once, here thousands of them are only counted."""
    monkeypatch.setattr("shailoo.urls.handler403", lambda *_args, **_named: HttpResponse(status=NO_RIGHT))


def verdict(visitor: Visitor, door: Door) -> int:
    """What the table says that a visitor gets who asks a page by a method that no page knows."""
    if door.acts and visitor.office is not None and door.opens_to(Role(visitor.office.role)):
        return NOT_OFFERED
    if visitor.name == "signed out":
        return LED_TO_SIGN_IN
    return NO_RIGHT if door.acts else NOT_OFFERED


def asked(view: View, office: Office | None, *, person: Person | AnonymousUser) -> int:
    """The answer of a view to a request of an unknown method: whoever may enter hears that it is unknown (405)."""
    request = RequestFactory().generic(UNKNOWN_METHOD, "/")
    request.user, request.office = person, office  # type: ignore[attr-defined]  # as the middleware sets them
    try:
        return view(request).status_code
    except PermissionDenied:
        return NO_RIGHT


def test_every_page_lets_in_the_roles_of_its_acts_and_nobody_else() -> None:
    """Every page × every role, those without an office and the signed-out: the rule is asked before anything else."""
    person = Person(pk=1, username="x", name="-")
    offices = [Office(pk=1, person=person, body=Body(pk=1, code="x"), role=role) for role in Role]
    visitors = [Visitor("signed out", Client()), Visitor("no office", Client())]
    visitors += [Visitor(office.role, Client(), office) for office in offices]
    number = 0
    for place, view in views():
        door = Door(place, "/", str(getattr(view, RULE, "")))
        if place.startswith("api/") or door.rule == "public":
            continue
        for visitor in visitors if door.acts else visitors[:1]:  # what asks for a sign-in alone may look at the person
            who = AnonymousUser() if visitor.name == "signed out" else person
            assert asked(view, visitor.office, person=who) == verdict(visitor, door), (visitor.name, place)
            number += 1
    assert number > 3_000


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("half", [0, 1], ids=["half of the roles", "the other half"])
def test_whoever_may_not_do_an_act_changes_nothing_by_trying(scene: Scene, half: int) -> None:
    """A page of every rule × every visitor, through the whole site: what is refused is refused to a form, too."""
    by_rule = {door.rule: door for door in doors(scene) if door.rule != "public"}
    visitors = [*nobody(), *browsers(everybody(scene))][half::2]
    before = snapshot()
    for visitor in visitors:
        for door in by_rule.values():
            said = verdict(visitor, door)
            method = UNKNOWN_METHOD if said == NOT_OFFERED else "POST"
            answer = visitor.client.generic(method, door.address, "reason=x", "application/x-www-form-urlencoded")
            assert answer.status_code == said, (visitor.name, door)
    assert snapshot() == before
    assert len(by_rule) * len(visitors) > 500


@pytest.mark.usefixtures("plain_refusals")
def test_an_office_that_is_over_or_unproved_opens_none_of_its_own_doors(scene: Scene) -> None:
    """One door of each rule × each role that it opens to, in two more situations; the rest is refused to it anyway."""
    by_rule = {door.rule: door for door in doors(scene) if door.acts}
    former, present = everybody(scene, until=a_minute_ago()), everybody(scene)
    for role in Role:
        own = [door for door in by_rule.values() if door.opens_to(role)]
        if not own:
            continue
        over, unproved = signed_in(former[role]), Client()
        unproved.force_login(present[role].person, backend="django.contrib.auth.backends.ModelBackend")
        before = snapshot()
        for door in own:
            assert over.post(door.address, {"reason": "x"}).status_code == NO_RIGHT, (role, door)
            if role in STAFF:
                answer = unproved.post(door.address, {"reason": "x"})
                assert answer.status_code == 302, (role, door)
                assert "/second-factor/" in answer["Location"], (role, door)
        assert snapshot() == before, role


def test_every_public_page_is_open_without_a_sign_in_and_with_one(scene: Scene) -> None:
    """Drawn once for each; what belongs to a person is kept by no cache, and every answer has its security headers."""
    public = [door for door in doors(scene) if door.rule == "public" and not recorded(door)]
    before = snapshot()
    for visitor in nobody():
        signed = snapshot()
        for door in public:
            answer = visitor.client.get(door.address)
            assert answer.status_code in (200, 302, 404, 405, 410), (visitor.name, door, answer.status_code)
            assert "Content-Security-Policy" in answer.headers, door
        assert snapshot() == signed, visitor.name
    assert changed(before, snapshot()) <= SIGNED_IN
    assert len(public) > 50


def recorded(door: Door) -> bool:
    """Whether a visit is itself on record: a link of an invitation that opens none (tests/desk/test_dead_links.py)."""
    return door.pattern.endswith("invitation/<str:secret>/")


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The tables that are not what they were."""
    return {table for table in after if before.get(table) != after[table]}


@pytest.mark.norm("L12.1")
@pytest.mark.parametrize("situation", ["other territory", "other election"])
def test_elsewhere_an_office_reads_and_does_nothing(scene: Scene, situation: str) -> None:
    """The right role at the wrong place, or for another election, at every record that it would open at home."""
    every = [door for door in doors(scene) if door.acts]
    if situation == "other election":
        every = [door for door in every if door.pattern.startswith(OF_ELECTIONS)]
        knocking = [*browsers(everybody(scene, election="president-2021"))]
    else:
        every = [door for door in every if door.has_record and door.pattern.startswith(OF_COMMISSIONS)]
        knocking = [Visitor(role, signed_in(own), own) for role, own in strangers(scene).items()]
    before, tried = snapshot(), 0
    for visitor in knocking:
        for door in every:
            assert visitor.office is not None
            if not door.opens_to(Role(visitor.office.role)):
                continue
            tried += 1
            read, sent = visitor.client.get(door.address), visitor.client.post(door.address, {"reason": "x"})
            for answer in (read, sent):
                assert answer.status_code in (403, 404, 405), (visitor.name, door, answer.status_code)
            assert scene.clerk.person.name not in read.content.decode(errors="replace"), (visitor.name, door)
    assert changed(before, snapshot()) == set()
    assert tried > 40


def strangers(scene: Scene) -> dict[str, Office]:
    """A person in every role of a commission at the other TEC and at a PEC below it."""
    far = scene.stranger.body
    below = Body.objects.create(code="PEC-2001", kind=Kind.PEC, superior=far, name_ky="-", name_ru="-", name_en="-")
    roles = [(role, body) for body in (far, below) for role in ROLES_AT[Kind(body.kind)]]
    return {f"{role.value} of {body.code}": office(f"{role}-{body.code}", body, role) for role, body in roles}


def test_no_post_passes_without_the_token_of_its_page(scene: Scene) -> None:
    """Neither without any nor with that of another browser; the token is looked at before it is asked who one is."""
    every = doors(scene)
    client = Client(enforce_csrf_checks=True)
    foreign = {"reason": "x", "csrfmiddlewaretoken": "a" * 64}
    sign_in(client, scene.cec_chair.person)
    logged = snapshot()
    for door in every:
        for sent in ({"reason": "x"}, foreign):
            answer = client.post(door.address, sent)
            assert answer.status_code in (403, 405), (door, answer.status_code)
            assert "Content-Security-Policy" in answer.headers
    assert snapshot() == logged


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_a_write_while_a_page_is_read() -> None:
    """Every page drawn for two people with the guard on: outside a test's transaction reading is read-only."""
    scene = build()
    every = [door for door in doors(scene) if not recorded(door)]
    for own in (scene.chair, scene.cec_chair):
        client = signed_in(own)
        before = snapshot()
        for door in every:
            answer = client.get(door.address)
            assert answer.status_code in (200, 302, 403, 404, 405, 410), (door, answer.status_code)
            if door.rule != "public":
                assert "public" not in answer.headers.get("Cache-Control", ""), door
        assert changed(before, snapshot()) <= {"accounts_personalreading"}, "but that personal data were read"


def test_the_printed_table_is_the_one_that_holds() -> None:
    program = [
        sys.executable,
        "-c",
        "from shailoo.cli.permissions import permissions; permissions()",
    ]  # no test's tasks
    printed = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert DOCUMENT.read_text(encoding="utf-8") == printed, "run: shailoo permissions > docs/permissions.md"


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
