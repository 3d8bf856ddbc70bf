"""A precinct secretary who sees the system twice in five years, and a voter on a telephone, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from shailoo.accounts.models import Office
from shailoo.elections.models import Clock
from shailoo.voters.lists.actions import publish_edition
from shailoo.voters.lists.models import Posting
from tests.browser.test_desk_pages import (
    SITE,
    SMALL,
    Desk,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
)
from tests.commissions.sittings import done
from tests.signing_in import sign_in
from tests.voters.lists.scene import COMPILED, FIRST, Country

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = pytest.mark.browser
FOUND = HTTPStatus.FOUND


class Following(Client):
    """Follows where it is led: a browser whose answers come from the test asks the network about redirects."""

    def generic(self, *given: Any, **named: Any) -> Any:  # Any: what Django's own client takes and gives
        response = super().generic(*given, **named)
        while response.status_code == FOUND:
            response = super().generic("GET", response["Location"])
        return response


def opened(browser: Browser, office: Office | None = None) -> Page:
    """A telephone, in which this person is signed in if one is given."""
    client = Following()
    if office is not None:
        sign_in(client, office.person)
    page = browser.new_context(viewport={"width": SMALL, "height": 700}).new_page()
    page.route("**/*", Desk(client).answer)
    return page


def test_a_list_is_posted_by_its_secretary_and_read_by_a_voter(browser: Browser, land: Country) -> None:
    at = COMPILED + timedelta(days=1)
    Clock.objects.create(election=land.scene.election, set_at=timezone.now(), shows=at)
    edition = land.compiled().edition
    done(publish_edition(edition, by=land.scene.secretary, at=COMPILED + timedelta(hours=1)))

    page = opened(browser, land.secretary())
    page.goto(f"{SITE}/ky/desk/voters/lists/")
    assert faults(page) == []
    page.get_by_role("button", name="Илингенин жазуу").click()
    page.locator("[name=place]").fill("")
    page.locator("main form button").click()
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) == []
    page.locator("[name=place]").fill("Мектептин кире бериши")
    page.locator("main form button").click()
    page.get_by_role("link", name="Жазууну оңдоо").wait_for()
    assert Posting.objects.get().list == land.found(edition)
    page.goto(f"{SITE}/ky/desk/voters/lists/{land.found(edition).pk}/lines/")
    assert faults(page) == []

    overseer = opened(browser, land.scene.secretary)
    for address in (f"editions/{edition.pk}/", "postings/"):
        overseer.goto(f"{SITE}/ru/desk/voters/lists/{address}")
        assert faults(overseer) == [], address

    voter = opened(browser)
    voter.goto(f"{SITE}/ru/voters/lists/")
    assert faults(voter) == []
    voter.locator("[name=q]").fill("Омурова Айнура")
    voter.locator("main form button").click()
    voter.get_by_text("Бакыт кызы").first.wait_for()
    assert faults(voter) == []
    voter.get_by_role("link", name=FIRST).first.click()
    voter.get_by_text("Яковлева Анна").wait_for()
    assert faults(voter) == []
