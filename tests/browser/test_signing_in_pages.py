"""Signing in as a person does it: an app is set up, a passkey is added, and either of them opens; every page is usable.

The passkey is one that the browser itself plays; the site is a secure one, as passkeys demand.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

from shailoo.accounts.models import Body, Office, Person
from shailoo.accounts.roles import Role
from shailoo.commissions.actions.invitations import Guest, Invited, invite
from tests.browser.test_desk_pages import (
    LARGE,
    SITE,
    Desk,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    untold,
)
from tests.signing_in import code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
__all__ = ["beside_a_running_loop", "browser_type_launch_args"]  # fixtures of this module too
REDIRECTS = (301, 302, 303)
PASSWORD = "a long enough phrase"
KNOWN = re.compile(r"[A-Z]{1,4}|bermet|phone|JavaScript")  # letters of a secret, and names
HOST = SITE.removeprefix("https://")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Site(Desk):
    """The same site for somebody who signs in on its pages; redirects are followed here, so that none leaves it."""

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith(django_settings.STATIC_URL):
            super().answer(route)
            return
        kind = route.request.headers.get("content-type", "application/octet-stream")
        body = route.request.post_data_buffer or b""
        response = self.context.run(self.client.generic, route.request.method, path, data=body, content_type=kind)
        while response.status_code in REDIRECTS:
            response = self.context.run(self.client.get, response.headers["Location"])
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


@pytest.fixture
def chair(settings: Settings) -> Office:
    """The chair of a TEC with a PEC below it, who has never signed in."""
    settings.ALLOWED_HOSTS = [HOST]
    cec = Body.objects.create(code="CEC", kind="cec", name_ky="БШК", name_ru="ЦИК", name_en="CEC")
    tec = Body.objects.create(code="TEC-1", kind="tec", superior=cec, name_ky="АШК", name_ru="ТИК", name_en="TEC")
    Body.objects.create(code="PEC-1001", kind="pec", superior=tec, name_ky="УШК", name_ru="УИК", name_en="PEC")
    person = Person.objects.create_person("bermet", "Бермет Касымова", PASSWORD)
    return Office.objects.create(person=person, body=tec, role=Role.TEC_CHAIR, since=datetime(2020, 1, 1, tzinfo=UTC))


@pytest.fixture
def page(browser: Browser) -> Page:
    """A window with an authenticator of its own."""
    window = browser.new_context(viewport={"width": LARGE, "height": 900}).new_page()
    window.route("**/*", Site(Client(HTTP_HOST=HOST)).answer)
    authenticator = window.context.new_cdp_session(window)
    authenticator.send("WebAuthn.enable")
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return window


def typed_the_pair(page: Page) -> None:
    page.goto(f"{SITE}/en/sign-in/")
    page.get_by_label("User name").fill("bermet")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def set_up_the_app(page: Page) -> str:
    """Set the app up on its page; returns the secret that the page shows in letters."""
    page.goto(f"{SITE}/en/account/second-factor/")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_now(secret))
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    assert page.locator("main li code").count() == 10
    return secret


def signed_out(page: Page) -> None:
    page.goto(f"{SITE}/en/desk/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()


def at_the_desk(page: Page) -> bool:
    page.wait_for_selector(".office")
    return "TEC chairperson" in page.locator(".office").inner_text()


def test_an_app_and_a_passkey_are_set_up_and_either_opens(page: Page, chair: Office) -> None:
    typed_the_pair(page)
    assert "Nothing else opens before it is set up" in page.inner_text("main")
    assert page.locator("main svg").count() == 1
    secret = set_up_the_app(page)

    page.goto(f"{SITE}/en/account/passkeys/")
    page.get_by_label("Name of the passkey").fill("phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("The passkey is added.").wait_for()

    signed_out(page)
    page.goto(f"{SITE}/en/sign-in/")
    page.get_by_role("button", name="Sign in by a passkey").click()
    assert at_the_desk(page)

    signed_out(page)
    typed_the_pair(page)
    page.goto(f"{SITE}/en/sign-in/second-step/")
    page.get_by_role("button", name="Use a passkey").click()
    assert at_the_desk(page)

    signed_out(page)
    typed_the_pair(page)
    page.goto(f"{SITE}/en/sign-in/second-step/")
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Continue").click()
    assert at_the_desk(page)


def test_every_page_of_signing_in_and_of_people_is_usable_by_everyone(page: Page, chair: Office) -> None:
    invited = invite(
        Guest("Жылдыз Асанова"),
        Body.objects.get(code="PEC-1001"),
        Role.PEC_CHAIR,
        by=chair,
        at=timezone.now(),
        ground="№ 12",
    )
    assert isinstance(invited, Invited)
    wrong = {}

    def judge(*places: str) -> None:
        for place in places:
            for language in ("ky", "ru"):
                answer = page.goto(f"{SITE}/{language}/{place}", wait_until="load")
                assert answer is not None
                assert answer.status == 200, place
                found = faults(page) if language == "ky" else []
                if found := found + [word for word in untold(page, language) if not KNOWN.fullmatch(word)]:
                    wrong[f"{language}/{place}"] = found

    judge("sign-in/", "password/", f"invitation/{invited.secret}/")
    typed_the_pair(page)
    judge("account/second-factor/", "account/")
    set_up_the_app(page)
    judge("account/", "account/passkeys/", "account/recovery-codes/", "account/password/", "account/sessions/")
    judge("desk/people/", f"desk/people/{chair.person_id}/", "desk/invitations/", "desk/invitations/new/")
    assert wrong == {}
