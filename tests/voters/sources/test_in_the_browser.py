"""A PEC secretary takes down a hospital's report, a TEC's operator sends addresses, a mission its voters, at 320 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from shailoo.voters.sources.models import AddressPlan, InstitutionReport, MissionReport
from shailoo.voters.sources.people import MISSION
from tests.browser.test_desk_pages import SITE, beside_a_running_loop, browser_type_launch_args, faults
from tests.voters.lists.test_in_the_browser import opened
from tests.voters.scene import accepted, package, row
from tests.voters.sources.scene import HEADER, PLAN, Sources
from tests.voters.sources.test_reports import ROWS

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = pytest.mark.browser
TOP = f"{SITE}/ky/desk/voters/sources/"


def sent(page: Page, content: str, button: str) -> None:
    """A file chosen on the page and sent."""
    page.locator("[name=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name=button).click()


def test_addresses_voters_abroad_and_a_hospital_are_told_on_a_phone(browser: Browser, scene: Sources) -> None:
    voters = scene.voters
    accepted(voters, package(voters, [row(pin="10101199010001")]))
    tec = opened(browser, scene.surveyor)
    tec.goto(f"{TOP}addresses/")
    assert faults(tec) == []
    sent(tec, HEADER + PLAN.replace("51,,", "49,,"), "Текшерип берүү")
    tec.get_by_text("2-сап 1-сап менен кесилишет").first.wait_for()
    assert faults(tec) == []
    sent(tec, HEADER + PLAN, "Текшерип берүү")
    tec.get_by_text("Даректер кабыл алынды.").wait_for()
    assert (faults(tec), AddressPlan.objects.count()) == ([], 1)

    consul = opened(browser, scene.consul)
    consul.goto(f"{TOP}missions/")
    sent(consul, ",".join(MISSION) + "\n" + ROWS, "Текшерип жөнөтүү")
    consul.get_by_text("Маалымат текшерилип").wait_for()
    assert (faults(consul), MissionReport.objects.count()) == ([], 1)

    pec = opened(browser, scene.pec)
    pec.goto(f"{TOP}institutions/")
    assert faults(pec) == []
    pec.get_by_role("button", name="Текшерип каттоо").click()
    pec.locator(".govuk-error-summary").wait_for()
    assert faults(pec) == []
    pec.get_by_label("оорукана").check()
    pec.locator("[name=name]").fill("Кербен ооруканасы")
    pec.locator("[name=received_on]").fill("2020-07-20")
    pec.locator("[name=pins]").fill("10101199010001\n10101199010009")
    pec.get_by_role("button", name="Текшерип каттоо").click()
    pec.get_by_role("heading", name="Кербен ооруканасы").wait_for()
    assert (faults(pec), InstitutionReport.objects.get().listed) == ([], 1)
