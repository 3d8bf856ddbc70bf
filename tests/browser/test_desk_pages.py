"""The staff's pages in a real browser: accessible, no wider than the screen, and in the words of people.

One night at a TEC holds every kind of page: a paper to enter, one half entered, a conflict, a warning to explain, an
accounting error, an accepted protocol. Each page is judged at 1280 and at 320 pixels, in each language.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from itertools import product

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

from shailoo.accounts.models import Office
from shailoo.commissions.actions import close_sitting
from shailoo.commissions.models import Matter, Sitting
from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.results import matters
from tests.browser import static
from tests.browser.axe import violations
from tests.commissions.sittings import decided, in_session
from tests.counting.browser import signed_in
from tests.counting.scene import AT, Scene, build, decision_on, done, entered, paper, taken_over
from tests.once import Once, once

pytestmark = pytest.mark.browser

SITE = "https://shailoo.invalid"
LARGE, SMALL = 1280, 320
ENTRY_PAGES = ("identification", "voters", "ballots", "mobile", "votes", "times", "signatures", "check")
RESULTS_OF_CEC = (
    "",
    "tec/",
    "invalid/",
    "readings/",
    "readings/threshold_base/",
    "readings/backward_counting/",
    "determination/",
    "publications/",
)
RAW = re.compile(
    r"\b[LER]\d+(-\d+)?\.\d+"  # the id of a norm instead of its citation
    r"|\b(tec|cec|pec)_[a-z]+\b|\b[a-z]+_[a-z_]+\b"  # a code of the program
    r"|\d{4}-\d\d-\d\d"  # a day as machines write it
    r"|\b(True|False|None)\b|\[\]"
)
OF_THE_SCENE = re.compile(r"\b([tcp]ec-\d*|p\d\d|[a-z]*election|region|country|against|shailoo)\b", re.IGNORECASE)
INTERNATIONAL = frozenset({"SHA", "PDF", "JPEG", "PNG", "TIFF", "CSV", "UTF", "English", "TEC", "CEC", "PEC"})


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


@dataclass(frozen=True)
class Night:
    """The scene, and the protocols by what waits with them."""

    scene: Scene
    half_entered: Entry
    conflicting: Protocol
    to_explain: Protocol
    parked: Protocol
    accepted: Protocol

    def addresses(self) -> Iterator[tuple[Office, str]]:
        """Every kind of page of the desk, with the office that opens it."""
        scene, counting = self.scene, "desk/counting/"
        yield scene.clerk, "desk/"
        yield scene.clerk, "offices/"
        yield scene.clerk, counting
        for name in ENTRY_PAGES:
            yield scene.clerk, f"{counting}entries/{self.half_entered.pk}/{name}/"
        yield scene.clerk, f"{counting}{self.accepted.pk}/scans/"
        yield scene.clerk, f"{counting}precincts/{scene.expected[0].pk}/scanners/"
        yield scene.chair, "desk/"
        yield scene.chair, f"{counting}{self.parked.pk}/"
        for act in ("accept_with_act", "return_to_pec", "enter_again"):
            yield scene.chair, f"{counting}{self.parked.pk}/decide/{act}/"
        yield scene.chair, f"{counting}{self.accepted.pk}/replace/"
        yield scene.chair, "desk/results/tec/TEC-1/"
        yield scene.secretary, f"{counting}{self.conflicting.pk}/settle/"
        yield scene.secretary, f"{counting}{self.to_explain.pk}/decide/explain/"
        yield scene.cec_operator, f"{counting}import/"
        for name in RESULTS_OF_CEC:
            yield scene.cec_chair, f"desk/results/{name}"
        yield scene.cec_chair, counting
        yield scene.cec_chair, "desk/"
        yield scene.cec_chair, "desk/readings/"
        yield scene.cec_chair, "desk/readings/?what=readings"  # the reading just made


def a_night() -> Night:
    """Six precincts, each at another point of the way; the first has sent nothing."""
    scene = build(precincts=6)
    half = done(actions.claim(taken_over(scene, 1), by=scene.clerk, at=AT), Entry)
    conflicting = taken_over(scene, 2)
    for _round in range(2):
        entered(conflicting, scene.clerk, paper())
        entered(conflicting, scene.other, paper(voters_listed=1999))
    to_explain = _accepted(scene, 3, opened_at="08:25")
    lines = paper()
    parked = _accepted(scene, 4, ballots_received=lines["ballots_received"] + 1)
    return Night(scene, half, conflicting, to_explain, parked, _accepted(scene, 5))


kept_night = once(a_night)


@pytest.fixture
def night(kept_night: Once[Night], db: None, settings: Settings) -> Night:
    return kept_night.here(settings)


def _accepted(scene: Scene, place: int, **changes: object) -> Protocol:
    """A paper that two people have entered alike."""
    protocol = taken_over(scene, place)
    entered(protocol, scene.clerk, paper(**changes))
    entered(protocol, scene.other, paper(**changes))
    return protocol


@dataclass
class Desk:
    """The site as one person's browser sees it, answered in the test's own transaction; redirects are followed here."""

    client: Client
    context: Context = field(default_factory=copy_context)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if static.answered(route, path):
            return
        response = self.context.run(
            self.client.generic,
            route.request.method,
            path,
            data=route.request.post_data_buffer or b"",
            content_type=route.request.headers.get("content-type", "application/octet-stream"),
            follow=True,
        )
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


def opened(browser: Browser, office: Office) -> Page:
    """A window in which this person is signed in."""
    page = browser.new_context(viewport={"width": LARGE, "height": 900}).new_page()
    page.route("**/*", Desk(signed_in(office)).answer)
    return page


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, on a large and on a small screen."""
    found = []
    for width in (LARGE, SMALL):
        page.set_viewport_size({"width": width, "height": 900})
        found += violations(page)
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{needed} pixels wide on a screen of {width}")
    page.set_viewport_size({"width": LARGE, "height": 900})
    return found


def untold(page: Page, language: str) -> list[str]:
    """What the page says in the program's words, or in English where it should not."""
    said = OF_THE_SCENE.sub("", page.inner_text("body"))
    found = [match[0] for match in RAW.finditer(said)]
    if language != "en":
        found += [word for word in re.findall(r"\b[A-Za-z]{3,}\b", said) if word not in INTERNATIONAL | _people()]
    return found


def _people() -> frozenset[str]:
    return frozenset(Office.objects.values_list("person__name", flat=True))


@pytest.mark.long
def test_everyone_can_use_every_page_of_the_desk(browser: Browser, night: Night) -> None:
    windows: dict[int, Page] = {}
    wrong: dict[str, list[str]] = {}
    for (office, address), language in product(night.addresses(), ("ky", "ru", "en")):
        if office.pk not in windows:
            windows[office.pk] = opened(browser, office)
        page = windows[office.pk]
        answer = page.goto(f"{SITE}/{language}/{address}", wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        if found := faults(page) + untold(page, language):
            wrong[f"{language}/{address}"] = found
    assert wrong == {}


def test_a_page_that_was_refused_says_where_and_keeps_what_was_typed(browser: Browser, night: Night) -> None:
    page = opened(browser, night.scene.clerk)
    page.goto(f"{SITE}/ky/desk/counting/entries/{night.half_entered.pk}/voters/")
    page.locator("[name=voters_listed]").fill("миң")
    page.get_by_text("Протокол менен келген кошумча документтердин сандары").click()
    page.locator("[name=signed_mobile]").fill("-1")
    page.get_by_role("button", name="Сактап, улантуу").click()
    summary = page.get_by_role("alert")
    assert summary.get_by_role("link").count() == 2
    assert page.locator("[name=voters_listed]").input_value() == "миң"
    assert page.locator("[name=signed_mobile]").is_visible(), "what is wrong is not hidden"
    assert faults(page) == []
    summary.get_by_role("link").last.click()
    assert page.evaluate("document.activeElement.name") == "signed_mobile"


def test_a_clerk_goes_on_in_another_browser_where_the_first_was_closed(browser: Browser, night: Night) -> None:
    address = f"{SITE}/ky/desk/counting/entries/{night.half_entered.pk}/voters/"
    first = opened(browser, night.scene.clerk)
    first.goto(address)
    with first.expect_response(lambda response: response.url.endswith("/draft/")):
        first.locator("[name=voters_listed]").fill("1 870")
        first.keyboard.press("Tab")
    first.context.close()
    second = opened(browser, night.scene.clerk)
    second.goto(address)
    assert second.locator("[name=voters_listed]").input_value() == "1870"


def test_an_operator_is_offered_no_place_that_is_closed_to_operators(browser: Browser, night: Night) -> None:
    page = opened(browser, night.scene.clerk)
    page.goto(f"{SITE}/en/desk/")
    assert page.locator("a[href*='/desk/results/']").count() == 0
    page = opened(browser, night.scene.secretary)
    page.goto(f"{SITE}/en/desk/")
    assert page.locator("a[href*='/desk/results/']").count() == 2


def test_every_refused_form_is_as_accessible_as_before(browser: Browser, night: Night) -> None:
    counting, cec, voting = f"{SITE}/ky/desk/counting/", night.scene.cec_chair.body, night.scene.voting
    for asked in (matters.determination(voting), matters.invalidation(voting, night.scene.expected[0].precinct)):
        decided(cec, asked.matter, asked.subject, at=AT)
    decision_on(night.accepted, Matter.CORRECTION)
    kind, slug = Sitting.Kind.FINAL, voting.election.slug
    sitting, members = in_session(night.scene.chair.body, at=AT, election=slug, kind=kind)
    done(close_sitting(sitting, by=members[0], at=AT), Sitting)
    forms = (
        (night.scene.secretary, f"{counting}{night.conflicting.pk}/settle/"),
        (night.scene.secretary, f"{counting}{night.to_explain.pk}/decide/explain/"),
        (night.scene.chair, f"{counting}{night.parked.pk}/decide/accept_with_act/"),
        (night.scene.chair, f"{counting}{night.accepted.pk}/replace/"),
        (night.scene.chair, f"{SITE}/ky/desk/results/tec/TEC-1/"),
        (night.scene.clerk, f"{counting}{night.accepted.pk}/scans/"),
        (night.scene.clerk, f"{counting}precincts/{night.scene.expected[0].pk}/scanners/"),
        (night.scene.cec_chair, f"{SITE}/ky/desk/results/invalid/"),
        (night.scene.cec_chair, f"{SITE}/ky/desk/results/determination/"),
    )
    wrong: dict[str, list[str]] = {}
    for office, address in forms:
        page = opened(browser, office)
        page.goto(address)
        page.locator("main form[method=post] button").last.click()
        page.locator(".govuk-error-summary").wait_for()
        if found := faults(page) + untold(page, "ky"):
            wrong[address] = found
        page.context.close()
    assert wrong == {}
