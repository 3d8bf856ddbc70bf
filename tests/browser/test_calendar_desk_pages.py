"""The calendar's pages of the desk in a real browser: accessible, no wider than the screen, in the words of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import F
from playwright.sync_api import Browser, Page

from shailoo.accounts.models import Office, Person
from shailoo.elections.actions import fulfil, record_moment, set_ballot
from shailoo.elections.agenda import current
from tests.browser.test_desk_pages import (
    SITE,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.elections.desk import Desk, build
from tests.elections.test_desk_calendar import POSTED, local
from tests.elections.test_elections import LINES

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CALL = {
    "called_on": "2020-07-03",
    "term_ends": "2020-10-28",
    "day": "2020-10-04",
    "act_number": "№ 91",
    "name_ky": "Шайлоо",
    "name_ru": "Шайлоо",
    "name_en": "Шайлоо",
    "slug": "election-2020",
}


@pytest.fixture
def desk() -> Desk:
    """The last hours of a term that one precinct commission kept, another late, and the others not yet."""
    found = build()
    Person.objects.update(name=F("username"))  # one word, so that a name is not taken for an English sentence
    closes = current(found.voting).get(event=POSTED).closes
    assert closes is not None
    moment = local(date(2020, 7, 5))
    record_moment(found.voting, "official_publication_of_calling", moment.date(), by=found.chair, at=moment)
    set_ballot(found.voting, LINES, by=found.chair, at=moment)
    for pec, at in zip(found.pecs, (closes - timedelta(hours=1), closes), strict=False):
        fulfil(found.voting, POSTED, bodies=[pec.body], note="№ 7, 04.08.2020", by=found.tec_chair, at=at)
    found.at(closes + timedelta(hours=5))
    return found


def addresses(desk: Desk) -> Iterator[tuple[Office, str]]:
    """Every kind of page, with the office that opens it."""
    tec = desk.tecs[0].body.code
    yield desk.pec_chair, "desk/calendar/"
    yield desk.tec_chair, "desk/"
    yield desk.tec_chair, "desk/calendar/"
    yield desk.tec_chair, f"desk/calendar/{POSTED}/"
    yield desk.chair, "desk/"
    yield desk.chair, "desk/calendar/"
    yield desk.chair, f"desk/calendar/{POSTED}/"
    yield desk.chair, f"desk/calendar/{POSTED}/?tec={tec}"
    yield desk.chair, "desk/calendar/preliminary_lists_online/"
    yield desk.chair, "desk/calendar/ballots_to_pecs/"
    yield desk.chair, "desk/calendar/lateness/"
    yield desk.chair, f"desk/calendar/lateness/{POSTED}/"
    yield desk.chair, f"desk/calendar/lateness/{POSTED}/{tec}/"
    yield desk.chair, "desk/elections/"
    yield desk.chair, "desk/elections/jk-2020/"
    yield desk.chair, "desk/elections/call/"
    yield desk.chair, "desk/elections/call/?kind=jk"


@pytest.mark.long
def test_everyone_can_use_every_page_of_the_calendar(browser: Browser, desk: Desk) -> None:
    windows: dict[int, Page] = {}
    wrong: dict[str, list[str]] = {}
    for (office, address), language in product(addresses(desk), ("ky", "ru", "en")):
        if office.pk not in windows:
            windows[office.pk] = opened(browser, office)
        page = windows[office.pk]
        answer = page.goto(f"{SITE}/{language}/{address}", wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        for folded in page.locator("main details").all():
            folded.evaluate("each => each.open = true")
        if found := faults(page) + untold(page, language):
            wrong[f"{language}/{address}"] = found
    assert wrong == {}


def test_an_election_is_called_page_by_page(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk.chair)
    page.goto(f"{SITE}/ky/desk/elections/call/?kind=jk")
    page.locator("main form button").click()
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) + untold(page, "ky") == []
    for name, value in CALL.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=rehearsal][value=yes]").check()
    page.locator("main form button").click()
    page.locator("button[value=confirm]").wait_for()
    assert faults(page) + untold(page, "ky") == []
    page.locator("button[value=confirm]").click()
    page.locator(".govuk-notification-banner--success").wait_for()
    assert page.locator("[name=shows]").is_visible(), "a rehearsal has a clock to set"


def test_a_term_is_recorded_for_all_that_are_missing(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk.tec_chair)
    page.goto(f"{SITE}/ky/desk/calendar/{POSTED}/")
    page.locator("[name=what]").fill("")
    page.locator("main form button").click()
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) + untold(page, "ky") == []
    page.locator("[name=what]").fill("Акт")
    page.locator("[name=day]").fill("2020-08-04")
    page.locator("[name=bodies]").first.check()
    page.locator("main form button").click()
    page.locator(".govuk-notification-banner--success").wait_for()
    assert page.locator(f"a[href*='/{POSTED}/']").count() == 0
