"""A voter with a small telephone: am I listed, where do I vote, how many are we; in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from shailoo.territory.models import Precinct
from shailoo.voters.enquiry import actions
from shailoo.voters.enquiry.models import StationAccess
from tests.browser.test_desk_pages import SITE, SMALL, Desk, beside_a_running_loop, browser_type_launch_args, faults
from tests.commissions.sittings import done
from tests.voters.enquiry.scene import COUNTED, Counted
from tests.voters.enquiry.test_places import pec
from tests.voters.lists.test_in_the_browser import Following

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = pytest.mark.browser
YES = StationAccess.Answer.YES


def telephone(browser: Browser, *, scripts: bool) -> Page:
    """A small screen."""
    page = browser.new_context(viewport={"width": SMALL, "height": 700}, java_script_enabled=scripts).new_page()
    page.route("**/*", Desk(Following()).answer)
    return page


def test_a_voter_looks_into_the_list_and_finds_the_station(browser: Browser, counted: Counted) -> None:
    precinct = Precinct.objects.get(number="1003")
    told = actions.Access(YES, YES, YES, YES, "Арка эшик ачык")
    done(actions.tell_access(precinct, told, by=pec("1003", "burul"), at=COUNTED))
    entry = counted.somebody(precinct=precinct)

    page = telephone(browser, scripts=True)
    page.goto(f"{SITE}/ky/voters/")
    assert faults(page) == []
    page.get_by_role("link", name="Мен тизмеде барымбы?").click()
    assert faults(page) == []
    page.locator("main form button").click()
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) == []
    page.locator("[name=pin]").fill(str(entry.pin))
    page.locator("[name=born]").fill("1.1.1901")
    page.locator("main form button").click()
    page.get_by_role("heading", name="Эч ким табылган жок").wait_for()
    assert str(entry.pin) not in page.url + page.content()
    assert faults(page) == []
    page.get_by_role("link", name="Сандарды текшерип").click()
    page.locator("[name=pin]").fill(str(entry.pin))
    page.locator("[name=born]").fill(f"{entry.born:%d.%m.%Y}")
    page.locator("main form button").click()
    page.get_by_role("heading", name="Сиз тизмеде барсыз").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Кантип баруу керек").click()
    page.get_by_text("Арка эшик ачык").wait_for()
    assert faults(page) == []
    for address in ("ru/voters/statistics/", "en/voters/statistics/KG02/", "en/voters/", "ru/voters/am-i-listed/"):
        page.goto(f"{SITE}/{address}")
        assert faults(page) == [], address

    plain = telephone(browser, scripts=False)
    plain.goto(f"{SITE}/ru/voters/precinct/")
    plain.locator("[name=q]").fill("узгэнь")
    plain.locator("main form button").click()
    plain.get_by_role("link", name="1003").first.click()
    assert plain.get_by_text("Арка эшик ачык").is_visible()
    page.goto(f"{SITE}/ru/voters/precinct/?q=узген")
    assert faults(page) == []
