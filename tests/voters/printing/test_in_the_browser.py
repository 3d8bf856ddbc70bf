"""A clerk of the CEC binds a list and hands it over, a secretary receives it, in a real browser at 320 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from shailoo.voters.lists.columns import Copy
from shailoo.voters.printing.models import Batch, Handover, Receipt
from tests.browser.test_desk_pages import SITE, beside_a_running_loop, browser_type_launch_args, faults
from tests.voters.lists.test_in_the_browser import opened
from tests.voters.printing.scene import Press

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = pytest.mark.browser


def test_a_list_goes_from_the_printer_to_its_precinct(browser: Browser, paper: Press) -> None:
    full = paper.printed(Copy.FULL)
    batch = Batch.objects.get(pk=full.batch_id)
    clerk = opened(browser, paper.operator)
    for address in ("", f"batches/{batch.pk}/", f"batches/{batch.pk}/TEC-1/"):
        clerk.goto(f"{SITE}/ru/desk/voters/printing/{address}")
        assert faults(clerk) == [], address
    clerk.goto(f"{SITE}/ky/desk/voters/printing/copies/{full.pk}/")
    assert faults(clerk) == []
    clerk.get_by_role("button", name="Тигилгенин жазуу").click()
    clerk.locator(".govuk-error-summary").wait_for()
    assert faults(clerk) == []
    clerk.locator("[name=sheets]").fill(str(full.pages))
    clerk.locator("[name=seal]").fill("0417")
    clerk.get_by_role("button", name="Тигилгенин жазуу").click()
    clerk.get_by_role("button", name="Участкалык комиссияга өткөрүп берүү").click()
    clerk.get_by_role("heading", name="Шайлоочулардын тизмелерин өткөрүп берүү актысы").wait_for()
    assert faults(clerk) == []

    secretary = opened(browser, paper.pec)
    secretary.goto(f"{SITE}/ky/desk/voters/printing/received/")
    assert faults(secretary) == []
    secretary.get_by_role("link", name=Handover.objects.get().number).click()
    secretary.get_by_role("button", name="Кабыл алынганын жазуу").click()
    secretary.get_by_text("Тизмелер кабыл алынды.").wait_for()
    assert faults(secretary) == []
    assert Receipt.objects.get().office == paper.pec
