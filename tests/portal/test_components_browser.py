"""The page of all components in a real browser: three languages, a small and a large screen, print, no script."""

from __future__ import annotations

import mimetypes
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.browser.axe import violations
from tests.portal.drawing import design_page

pytestmark = pytest.mark.browser

SITE = "http://shailoo.invalid"
POLICY = "; ".join(
    f"{directive} {' '.join(values)}" for directive, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The system's chromium; as root it starts only without its sandbox."""
    path = os.environ.get("SHAILOO_CHROMIUM") or shutil.which("chromium")
    return {"executable_path": path, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


def answer(route: Route) -> None:
    """The site as the browser sees it: pages drawn here, files found where Django finds them; no network."""
    path = route.request.url.removeprefix(SITE).split("?")[0]
    if path.startswith(settings.STATIC_URL):
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        assert isinstance(found, str), f"{path} is not built"
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        return
    html = design_page(path.split("/")[1])
    route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})


def opened(browser: Browser, language: str, width: int, **context: Any) -> tuple[Page, list[str]]:
    """The page in a window of its own, and what the browser complained about."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto(f"{SITE}/{language}/design/", wait_until="networkidle")
    return page, complaints


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_its_screen_and_everyone_can_use_it(browser: Browser, language: str, width: int) -> None:
    page, complaints = opened(browser, language, width)
    assert violations(page) == []
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_kyrgyz_letters_come_from_our_font(browser: Browser) -> None:
    page, _complaints = opened(browser, "ky", 1280)
    loaded = page.evaluate(
        "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.unicodeRange)"
    )
    assert any("U+460-52F" in ranges for ranges in loaded), "ң ө ү are in the extended Cyrillic file"
    page.context.close()


def test_the_page_works_without_a_script(browser: Browser) -> None:
    page, complaints = opened(browser, "ru", 320, java_script_enabled=False)
    assert complaints == []
    assert page.get_by_role("link", name="Территории").is_visible(), "the menu is open where no script can open it"
    page.get_by_role("link", name="Кыргызча").click()
    assert page.url == f"{SITE}/ky/design/"
    page.context.close()


def test_the_menu_opens_by_keyboard_on_a_small_screen(browser: Browser) -> None:
    page, _complaints = opened(browser, "en", 320)
    areas = page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Areas")
    assert not areas.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert areas.is_visible()
    page.context.close()


def test_the_first_tab_leads_past_the_menu(browser: Browser) -> None:
    page, _complaints = opened(browser, "en", 1280)
    page.evaluate("document.activeElement.blur()")
    page.locator(".govuk-skip-link").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_print_leaves_out_what_paper_cannot_use(browser: Browser) -> None:
    page, _complaints = opened(browser, "en", 1280)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Main menu").is_visible()
    assert page.get_by_text("Rehearsal: these are not the results of an election").first.is_visible()
    page.context.close()
