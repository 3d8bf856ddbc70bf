"""The pages of senders in a real browser: a list mended by hand, 320 points wide, nothing that axe finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from shailoo.observation.models import Application
from tests.browser.axe import violations
from tests.observation.intake.drafts import begun, complete, filed, mission
from tests.observation.intake.files import abroad, archive, table
from tests.observation.presence.browsing import beside_a_running_loop, chromium, telephone
from tests.observation.scene import build, portrait

__all__ = ["beside_a_running_loop", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "desk/observation/own/"


def test_a_mission_mends_its_list_on_a_telephone(live_server: LiveServer, chromium: Browser, tmp_path: Path) -> None:
    scene = build()
    draft = begun(scene, scene.mission, Application.Kind.INTERNATIONAL)
    people, photos = tmp_path / "people.csv", tmp_path / "photos.zip"
    rows = [abroad(1), abroad(2, born="31.02.1980"), abroad(3)]
    people.write_bytes(table(draft.kind, rows, language="ru", encoding="utf-8-sig"))
    photos.write_bytes(archive({f"{row}.jpg": portrait() for row in (1, 2, 3)}))
    context = telephone(chromium, scene.mission, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/ru/{OWN}{draft.pk}/list/")
    page.locator("input[type=file]").set_input_files(people)
    page.get_by_role("button", name="Отправить список").click()
    page.get_by_role("link", name=rows[1]["surname"]).click()  # type: ignore[index]  # a Field is its name
    field = page.locator("#id_born")
    expect(field).to_have_value("31.02.1980")
    assert violations(page) == []
    field.fill("28.02.1980")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.goto(f"{live_server.url}/ru/{OWN}{draft.pk}/archive/")
    page.locator("input[type=file]").set_input_files(photos)
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_text("Принято файлов: 3")).to_be_visible()
    page.goto(f"{live_server.url}/ru/{OWN}{draft.pk}/hand-in/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Подать заявление").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Комиссия приняла")
    context.close()


def test_no_page_is_wider_than_a_telephone_and_axe_finds_nothing(live_server: LiveServer, chromium: Browser) -> None:
    scene = build()
    draft, received = mission(scene, 2), filed(mission(scene, 1, first=20))
    complete(draft)
    places = [
        "",
        "begin/",
        *(f"{draft.pk}/{each}" for each in ("", "plan/", "list/", "people/", "people/1/", "hand-in/")),
    ]
    places += [f"{received.pk}/", f"{received.pk}/receipt/", f"{received.pk}/people/1/"]
    context = telephone(chromium, scene.mission, live_server.url)
    page = context.new_page()
    for place in places:
        page.goto(f"{live_server.url}/ky/{OWN}{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
        assert violations(page) == [], place
    context.close()
    desk = telephone(chromium, scene.secretary, live_server.url)
    page = desk.new_page()
    for place in ("accounts/", "accounts/enter/", "ask/"):
        page.goto(f"{live_server.url}/ky/{OWN}{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
        assert violations(page) == [], place
    desk.close()
