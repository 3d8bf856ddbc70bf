"""The public pages in a real browser: accessible, no wider than the screen, and quiet while nothing has changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

from tests.browser import static
from tests.browser.axe import violations
from tests.once import Once, once
from tests.portal import nation as nations
from tests.portal.nation import Nation

pytestmark = pytest.mark.browser

SITE = "https://shailoo.invalid"  # secure, so that every header of a public installation counts
POLL_MS = 16_000  # a little more than the time between two questions of a live page
PAGES = (
    "",
    "areas/",
    "areas/KG02/",
    "areas/KG02215/",
    "commissions/",
    "commissions/TEC-1/",
    "precincts/",
    "precincts/1006/",
    "precincts/1007/",
    "precincts/1008/",
    "why/",
    "versions/",
    "downloads/",
    "calendar/",
    "calendar/invented-2020/registration_documents_jk/",
    "law/",
    "law/L64.3/",
    "law/L64/",
    "law/L59.5/",
    "law/?q=64.3",
    "law/CR19/",
    "law/editions/",
    "law/editions/2020-06-30/",
    "law/editions/2017-06-05/2020-06-30/",
    "law/rules/",
    "law/rules/shailoo.law.mandates.allocate/",
    "about/",
    "accessibility/",
    "nowhere/",
)

LONGEST = ("", "areas/KG02/", "precincts/1006/", "why/", "law/", "law/L64.3/", "law/rules/")
OTHERWISE = (("ru", 320), ("en", 1280))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The system's chromium; as root it starts only without its sandbox."""
    path = os.environ.get("SHAILOO_CHROMIUM") or shutil.which("chromium")
    return {"executable_path": path, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


@pytest.fixture(autouse=True, scope="session")
def beside_a_running_loop() -> Iterator[None]:
    """The browser's own event loop runs in this thread; Django would take that for an asynchronous view."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


def signed_nation() -> Nation:
    found = nations.build()
    nations.sign(found, "TEC-1", more=1)
    return found


kept_nation = once(signed_nation)


@pytest.fixture
def nation(kept_nation: Once[Nation], db: None, settings: Settings) -> Nation:
    return kept_nation.here(settings)


@dataclass
class Site:
    """The site as the browser sees it, answered by the application itself in the test's own transaction.

    Django keeps a connection for each context where an event loop runs; the answers are made in the test's own.
    """

    client: Client
    context: Context = field(default_factory=copy_context)
    answers: list[tuple[str, int]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if static.answered(route, path):
            return
        asked = {
            name: value for name, value in route.request.headers.items() if name in ("if-none-match", "hx-request")
        }
        response = self.context.run(self.client.get, path, headers=asked)
        self.answers.append((path, response.status_code))
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


def opened(browser: Browser, site: Site, address: str, width: int, **context: Any) -> tuple[Page, list[str]]:
    """The page in a window of its own, and what the browser complained about."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", site.answer)
    page.goto(f"{SITE}{address}", wait_until="load")
    return page, complaints


@pytest.mark.parametrize(
    ("address", "language", "width"),
    [*((address, "ky", 320) for address in PAGES), *((address, *own) for address in LONGEST for own in OTHERWISE)],
)
def test_everyone_can_use_every_page(
    browser: Browser, client: Client, nation: Nation, address: str, language: str, width: int
) -> None:
    page, complaints = opened(browser, Site(client), f"/{language}/{address}", width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert complaints == (expected if address == "nowhere/" else [])
    page.context.close()


def test_a_live_page_stays_as_it_is_until_figures_change(browser: Browser, client: Client, nation: Nation) -> None:
    site = Site(client)
    page, _ = opened(browser, site, "/en/", 1280)
    page.clock.install()
    page.reload(wait_until="load")
    site.answers.clear()
    page.evaluate("document.getElementById('live').dataset.same = 'yes'")
    with page.expect_response(lambda response: response.status == 304):
        page.clock.fast_forward(POLL_MS)
    assert page.locator("#live[data-same]").count() == 1
    nations.accepted(nation, "1008", (100, 50, 20))
    page.clock.fast_forward(POLL_MS)
    page.get_by_text("7 of 8 precincts").wait_for()
    assert page.locator("#live").count() == 1
    assert page.locator("#live[data-same]").count() == 0
    assert site.answers == [("/en/", 304), ("/en/", 200)]
    page.context.close()


def test_the_search_works_without_javascript(browser: Browser, client: Client, nation: Nation) -> None:
    page, _ = opened(browser, Site(client), "/en/", 320, java_script_enabled=False)
    page.get_by_label("Number or place of the precinct").fill("1006")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Precinct 1006").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Precinct 1006"
    page.context.close()


def test_the_first_page_prints_its_figures(browser: Browser, client: Client, nation: Nation) -> None:
    page, _ = opened(browser, Site(client), "/ky/", 1280)
    page.emulate_media(media="print")
    assert page.get_by_text("Тоо", exact=True).first.is_visible()
    assert not page.locator("#navigation").is_visible()
    page.context.close()
