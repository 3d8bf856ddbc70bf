"""Every address of the site × every role × GET and POST, held to one table.

The table follows from the rules on the views and from `accounts.roles.MAY`; docs/permissions.md is its printed form.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import ROLES_AT, STAFF, Kind, Role
from shailoo.accounts.web import RULE, View, views
from tests.counting.browser import changed, signed_in, snapshot
from tests.counting.scene import Scene, build, office
from tests.doors import Door, Visitor, a_minute_ago, browsers, doors, everybody, nobody
from tests.once import Once, once
from tests.signing_in import sign_in

DOCUMENT = Path(__file__).parent.parent / "docs" / "permissions.md"
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


@dataclass(frozen=True)
class Site:
    """The scene, and every door of the site with a record of the scene behind it."""

    scene: Scene
    doors: tuple[Door, ...]


def laid_out() -> Site:
    scene = build()
    return Site(scene, doors(scene))


kept_site = once(laid_out)


@pytest.fixture
def site(kept_site: Once[Site], db: None, settings: Settings) -> Site:
    return kept_site.here(settings)


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal without its page: what the page says is tested once, here thousands of them are only counted."""

    def plain(_request: HttpRequest, *_args: object, **_named: object) -> HttpResponse:
        return HttpResponse(status=NO_RIGHT)

    monkeypatch.setattr("shailoo.urls.handler403", plain)
    monkeypatch.setattr("django.middleware.csrf._get_failure_view", lambda: plain)


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
def test_whoever_may_not_do_an_act_changes_nothing_by_trying(site: Site, half: int) -> None:
    """A page of every rule × every visitor, through the whole site: what is refused is refused to a form, too."""
    by_rule = {door.rule: door for door in site.doors if door.rule != "public"}
    visitors = [*nobody(), *browsers(everybody(site.scene))][half::2]
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
def test_an_office_that_is_over_or_unproved_opens_none_of_its_own_doors(site: Site) -> None:
    """One door of each rule × each role that it opens to, in two more situations; the rest is refused to it anyway."""
    by_rule = {door.rule: door for door in site.doors if door.acts}
    former, present = everybody(site.scene, until=a_minute_ago()), everybody(site.scene)
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


def test_every_public_page_is_open_without_a_sign_in_and_with_one(site: Site) -> None:
    """Drawn once for each; what belongs to a person is kept by no cache, and every answer has its security headers."""
    public = [door for door in site.doors if door.rule == "public" and not door.records_a_visit]
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


@pytest.mark.norm("L12.1")
@pytest.mark.parametrize("situation", ["other territory", "other election"])
def test_elsewhere_an_office_reads_and_does_nothing(site: Site, situation: str) -> None:
    """The right role at the wrong place, or for another election, at every record that it would open at home."""
    every = [door for door in site.doors if door.acts]
    if situation == "other election":
        every = [door for door in every if door.pattern.startswith(OF_ELECTIONS)]
        knocking = [*browsers(everybody(site.scene, election="president-2021"))]
    else:
        every = [door for door in every if door.has_record and door.pattern.startswith(OF_COMMISSIONS)]
        knocking = [Visitor(role, signed_in(own), own) for role, own in strangers(site.scene).items()]
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
            assert site.scene.clerk.person.name not in read.content.decode(errors="replace"), (visitor.name, door)
    assert changed(before, snapshot()) == set()
    assert tried > 40


def strangers(scene: Scene) -> dict[str, Office]:
    """A person in every role of a commission at the other TEC and at a PEC below it."""
    far = scene.stranger.body
    below = Body.objects.create(code="PEC-2001", kind=Kind.PEC, superior=far, name_ky="-", name_ru="-", name_en="-")
    roles = [(role, body) for body in (far, below) for role in ROLES_AT[Kind(body.kind)]]
    return {f"{role.value} of {body.code}": office(f"{role}-{body.code}", body, role) for role, body in roles}


@pytest.mark.usefixtures("plain_refusals")
def test_no_post_passes_without_the_token_of_its_page(site: Site) -> None:
    """Neither without any nor with that of another browser; the token is looked at before it is asked who one is."""
    client = Client(enforce_csrf_checks=True)
    foreign = {"reason": "x", "csrfmiddlewaretoken": "a" * 64}
    sign_in(client, site.scene.cec_chair.person)
    logged = snapshot()
    for door in site.doors:
        for sent in ({"reason": "x"}, foreign):
            answer = client.post(door.address, sent)
            assert answer.status_code in (403, 405), (door, answer.status_code)
            assert "Content-Security-Policy" in answer.headers
    assert snapshot() == logged


def test_the_printed_table_is_the_one_that_holds() -> None:
    program = [
        sys.executable,
        "-c",
        "from shailoo.cli.permissions import permissions; permissions()",
    ]  # no test's tasks
    printed = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert DOCUMENT.read_text(encoding="utf-8") == printed, "run: shailoo permissions > docs/permissions.md"
