"""The pages of cooperation in a real browser: accessible, no wider than the screen, in the reader's language."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from shailoo.cooperation import actions
from shailoo.cooperation.kinds import Answer
from shailoo.cooperation.loading import OWN, Loaded, load, read
from shailoo.cooperation.models import Agreement, Organization
from tests.browser.test_desk_pages import (
    LARGE,
    SITE,
    SMALL,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.cooperation.scene import (
    AT,
    SLUG,
    TODAY,
    Scene,
    agreement,
    done,
    election,
    inviting,
    letter,
    mission,
    office,
    scene,
)
from tests.cooperation.test_delegations import delegate

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PICTURES = os.environ.get("SHAILOO_PICTURES", "")  # a folder for pictures of every page, for looking at them
FORMATS = frozenset({"JSON", "ATOM", "Atom", "AGR"})  # formats and codes that every language writes so
PUBLIC = (
    "",
    "organizations/",
    "organizations/ORG-ACEEEO/",
    "ORG-BA-CEC/",
    "ORG-BY-CC/",
    "ORG-BA-CEC/timeline/",
    "ORG-BA-CEC/memberships/",
    "ORG-BA-CEC/membership_roles/",
    "ORG-BA-CEC/agreements/",
    "ORG-BA-CEC/agreements/AGR-2/",
    "ORG-BA-CEC/events/",
    "ORG-BA-CEC/events/EVT-3/",
    "ORG-BA-CEC/event_participations/",
    "ORG-BA-CEC/countries/KR/",
    "ORG-BY-CC/observations/",
    "ORG-BY-CC/study_visits/",
    "ORG-BY-CC/relations/",
    "ORG-KG-CEC/legal_instruments/",
    "ORG-KG-CEC/legal_instruments/LAW-1/",
    "ORG-KG-CEC/invitations/",
    "ORG-KG-CEC/agreements/",  # empty
)


@pytest.fixture
def register() -> tuple[Scene, dict[str, int]]:
    """The register of the demo, and at the desk one record of everything."""
    where = scene()
    done(load(read(OWN), at=AT), Loaded)
    other = Organization.objects.get(code="ORG-IN-ECI")
    election()
    late, first = letter(where, other, due=TODAY), letter(where, other, due=TODAY + timedelta(days=900))
    letter(where, other, answers=first)
    signed = agreement(where, other, until=TODAY, website="www.eci.gov.in")
    sent = mission(where, "IN", "MY")
    delegate(where, sent)
    whom = [other, Organization.objects.get(code="ORG-MY-EC")]
    invited = done(actions.invite(where.commission, inviting(), whom, by=where.head, at=AT), list)
    actions.record_answer(invited[0], Answer.ACCEPTED, by=where.head, at=AT)
    proposal = actions.Proposed(SLUG, other, "international", "human_rights", whom[1], "№ 5")
    actions.receive_proposal(where.commission, proposal, by=where.head, at=AT)
    done(actions.publish(signed, by=where.head, at=AT), Agreement)
    return where, {"letter": late.pk, "agreement": signed.pk, "mission": sent.pk, "invitation": invited[0].pk}


def at_the_desk(keys: dict[str, int]) -> Iterator[str]:
    """Every kind of page of the desk."""
    yield ""
    for plural in ("organizations", "agreements", "events", "observations", "event_participations"):
        yield f"register/{plural}/"
        yield f"register/{plural}/new/"
    own = f"register/agreements/{keys['agreement']}/"
    yield from (own, f"{own}change/", f"{own}strike/", f"{own}files/new/")
    yield from ("renewals/", "letters/", "letters/new/")
    yield f"letters/{keys['letter']}/"
    yield f"letters/{keys['letter']}/close/"
    election_page = f"invitations/{SLUG}/"
    yield from ("invitations/", election_page, f"{election_page}invite/", f"{election_page}propose/")
    yield f"{election_page}{keys['invitation']}/answer/"
    yield f"{election_page}{keys['invitation']}/withdraw/"
    people = f"delegations/{keys['mission']}/"
    yield from ("delegations/", people, f"{people}new/", f"{people}passports/")


@pytest.mark.long
def test_everyone_can_use_every_public_page(browser: Browser, register: tuple[Scene, dict[str, int]]) -> None:
    assert faults_of(browser, register, [f"cooperation/{each}" for each in PUBLIC]) == "{}"


@pytest.mark.long
def test_everyone_can_use_every_page_of_the_desk(browser: Browser, register: tuple[Scene, dict[str, int]]) -> None:
    _where, keys = register
    assert faults_of(browser, register, [f"desk/cooperation/{each}" for each in at_the_desk(keys)]) == "{}"


def faults_of(browser: Browser, register: tuple[Scene, dict[str, int]], addresses: list[str]) -> str:
    """What is wrong with the pages in each language, by page, as text; "{}" where nothing is."""
    where, _keys = register
    page = opened(browser, where.head)
    wrong: dict[str, list[str]] = {}
    for address, language in product(addresses, ("ky", "ru", "en")):
        answer = page.goto(f"{SITE}/{language}/{address}", wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        pictured(page, f"{language}-{address}")
        found = faults(page)
        in_other_tongues_removed(page)
        if found := found + [word for word in untold(page, language) if word not in FORMATS]:
            wrong[f"{language}/{address}"] = found
    return json.dumps(wrong, ensure_ascii=False, indent=1)


def in_other_tongues_removed(page: Page) -> None:
    """Take out what the page itself says is in another language, and addresses of sites."""
    page.evaluate(
        "document.querySelectorAll('body [lang], main a[href^=http], select, datalist').forEach(e => e.remove())"
    )


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        for width in (LARGE, SMALL):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(PICTURES) / f"{name.replace('/', '_')}{width}.png", full_page=True)


def test_a_record_is_entered_with_the_keyboard_and_a_twin_is_asked_about(
    browser: Browser, register: tuple[Scene, dict[str, int]]
) -> None:
    where, _keys = register
    page = opened(browser, where.head)
    page.goto(f"{SITE}/ky/desk/cooperation/register/organizations/new/")
    page.locator("[name=name]").fill("ACEEEO")
    page.locator("[name=kind]").select_option("association_of_election_bodies")
    page.locator("[name=source]").fill("кат № 5")
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()
    assert page.locator("[name=name]").input_value() == "ACEEEO", "nothing typed is lost"
    assert faults(page) == []
    page.locator("[name=explained]").fill("башка бирикме")
    page.locator("main form button").last.click()
    page.wait_for_url("**/register/organizations/*/")
    made = Organization.objects.latest("pk")
    assert (made.name, made.source) == ("ACEEEO", "кат № 5")


def test_who_only_reads_is_offered_nothing_to_do(browser: Browser, register: tuple[Scene, dict[str, int]]) -> None:
    where, keys = register
    page = opened(browser, office(where.body, where.member.role))  # type: ignore[arg-type]  # a role by its value
    for address in at_the_desk(keys):
        answer = page.goto(f"{SITE}/en/desk/cooperation/{address}")
        assert answer is not None
        if answer.status == 200:
            assert page.locator("main form[method=post]").count() == 0, address
