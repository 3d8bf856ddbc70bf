"""A real browser at a commission's door: signed in as somebody, with the server of the tests behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

from shailoo.accounts import sessions
from shailoo.accounts.models import Office
from tests.signing_in import sign_in

AGENT = "Mozilla/5.0 (a telephone of the tests)"


@pytest.fixture(autouse=True, scope="session")
def beside_a_running_loop() -> Iterator[None]:
    """The browser's own event loop runs in this thread; Django would take that for an asynchronous view."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def chromium(browser_type: BrowserType) -> Iterator[Browser]:
    path = os.environ.get("SHAILOO_CHROMIUM") or shutil.which("chromium")
    arguments = [f"--user-agent={AGENT}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]  # its workers' name too
    browser = browser_type.launch(executable_path=path, args=arguments)
    yield browser
    browser.close()


def cookie_of(office: Office) -> str:
    """The session of this person in the browser that calls itself `AGENT`."""
    client = Client(headers={"user-agent": AGENT})
    sign_in(client, office.person)
    request = RequestFactory(headers={"user-agent": AGENT}).get("/")
    request.session = client.session
    sessions.begin(request)
    request.session.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def telephone(chromium: Browser, office: Office, site: str, width: int = 320) -> BrowserContext:
    """A device of this person."""
    context = chromium.new_context(viewport={"width": width, "height": 700})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie_of(office), "url": site}])
    return context


def hand_over(one: BrowserContext, other: BrowserContext, site: str) -> None:
    """Give another device the session of this one."""
    other.add_cookies([{"name": each["name"], "value": each["value"], "url": site} for each in one.cookies()])


def at_the_door(context: BrowserContext, site: str, language: str = "ky") -> Page:
    page = context.new_page()
    page.goto(f"{site}/{language}/desk/observation/check-in/")
    page.locator("[data-door][data-ready=yes]").wait_for()
    return page
