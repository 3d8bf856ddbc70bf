"""A voter with a small telephone applies in Russian; the commission sends it on in Kyrgyz; the Service answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from shailoo.voters.applications.models import Application, Telling
from shailoo.voters.applications.states import State
from tests.browser.test_desk_pages import (
    SITE,
    SMALL,
    Desk,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.voters.applications.scene import (
    AT,
    HOUR,
    OTHER_PIN,
    PIN,
    WORDS,
    Scene,
    delivered,
    picture,
    registered,
    shows,
)
from tests.voters.lists.test_in_the_browser import Following
from tests.voters.scene import row

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = pytest.mark.browser
CARD = FilePayload(name="card.png", mimeType="image/png", buffer=picture())
TOLD = frozenset({"JSON", "XLSX", "SRS", "Abroad"})  # forms of files, and names of the scene
DESK = f"{SITE}/ky/desk/voters/applications/"


def telephone(browser: Browser) -> Page:
    """A small screen, without scripts: the page works all the same."""
    page = browser.new_context(viewport={"width": SMALL, "height": 700}, java_script_enabled=False).new_page()
    page.route("**/*", Desk(Following()).answer)
    return page


def test_an_application_is_made_sent_on_answered_and_followed(browser: Browser, scene: Scene) -> None:
    shows(scene, AT)
    registered(scene)
    wrong: dict[str, list[str]] = {}

    def judged(name: str, page: Page, language: str = "ky") -> None:
        if found := [*faults(page), *(word for word in untold(page, language) if word not in TOLD)]:
            wrong[name] = found

    voter = telephone(browser)
    voter.goto(f"{SITE}/ru/voters/applications/")
    voter.get_by_role("link", name="Голосование по избирательному адресу").click()
    voter.locator("main form button").click()
    assert voter.locator(".govuk-error-summary").is_visible()
    for name, told in (("surname", WORDS[0]), ("name", "Айгүл"), ("pin", PIN), ("phone", WORDS[2])):
        voter.locator(f"[name={name}]").fill(told)
    voter.locator("[name=precinct]").fill("1002")
    voter.locator("[name=address]").fill(WORDS[1])
    voter.locator("[name=abroad][value=no]").check()
    voter.locator("[name=document]").select_option("id_card")
    voter.locator("[name=identity]").set_input_files([CARD])
    voter.locator("main form button").click()
    number, code = voter.locator("#number").inner_text(), voter.locator("#code").inner_text()
    assert number == "1002/1"
    assert voter.evaluate("document.documentElement.scrollWidth") <= SMALL

    secretary = opened(browser, scene.other)
    secretary.goto(DESK)
    judged("desk of the commission", secretary)
    secretary.get_by_role("link", name=f"№ {number}").click()
    secretary.get_by_role("button", name="Андан ары жөнөтүү").wait_for()
    judged("application at the commission", secretary)
    secretary.get_by_role("button", name="Андан ары жөнөтүү").click()
    secretary.get_by_text("Аткарылды жана катталды").wait_for()

    man = row(pin=OTHER_PIN, sex="m", born="1980-02-02", precinct="1002")
    delivered(scene, [row(basis="voting_address", precinct="1002"), man], number=2, at=AT + HOUR)
    shows(scene, AT + 3 * HOUR)
    service = opened(browser, scene.service)
    service.goto(DESK)
    service.get_by_role("link", name=f"№ {number}").click()
    service.get_by_role("link", name="Баш тартуу").click()
    service.locator("#id_reason").wait_for()
    judged("refusing", service)
    service.go_back()
    service.get_by_role("button", name="Тизмеге киргизилди").click()
    service.get_by_text("Аткарылды жана катталды").wait_for()
    found = Application.objects.get()
    assert found.state == State.INCLUDED

    voter.goto(f"{SITE}/ru/voters/applications/follow/")
    voter.locator("[name=number]").fill(number)
    voter.locator("[name=code]").fill(code.lower())
    voter.locator("main form button").click()
    assert voter.get_by_text("внесён в список").first.is_visible()
    assert PIN not in voter.content()
    assert Telling.objects.get().channel == Telling.Channel.PAGE

    secretary.goto(f"{DESK}mobile/")
    judged("register of mobile voting", secretary)
    for language, name in (("ru", "new/voting_address/"), ("en", "mobile/")):
        secretary.goto(f"{SITE}/{language}/voters/applications/{name}")
        judged(f"{language} {name}", secretary, language)
    assert wrong == {}
