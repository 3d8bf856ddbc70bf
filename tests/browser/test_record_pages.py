"""The record of acts in a real browser: at both widths, and a proof computed anew by the visitor."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Route
from pytest_django import Settings

from shailoo.ledger.actions import publish_head, record
from shailoo.ledger.models import Act
from tests.browser.axe import violations
from tests.browser.test_portal_pages import SITE, Site, beside_a_running_loop, browser_type_launch_args, opened
from tests.ledger.forging import AT, append

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def answered(body: str, route: Route) -> None:
    """What someone would send who had altered a file on its way."""
    route.fulfill(body=body, content_type="application/json")


@pytest.mark.parametrize(("language", "width"), [("ky", 320), ("en", 1280)])
def test_a_visitor_reads_the_record_and_computes_a_proof_anew(
    browser: Browser, client: Client, settings: Settings, tmp_path: Path, language: str, width: int
) -> None:
    settings.DATA = tmp_path
    append(1, 300)
    content = {"reason": "кол жок", "lines": {"P1": 1887}, "sha256": "0f" * 32}
    record("protocol.replaced", subject="voting:1", by=None, at=AT, grounds=["L36.2"], payload=content)
    for _twice in (1, 2):
        publish_head(at=AT)
    act = Act.objects.get(name="protocol.replaced")
    place = f"acts/{act.chain_id}/{act.sequence}/"
    site = Site(client)
    page, complaints = opened(browser, site, f"/{language}/record/", width)
    for address in ("", "of/voting:1/", "heads/", "heads/2/", "verify/", place) if width == 320 else (place,):
        page.goto(f"{SITE}/{language}/record/{address}", wait_until="load")
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.locator("[data-record-act] button").click()
    page.locator("[data-verdict=yes]").wait_for()
    assert page.locator("[data-record-answer] li").all_inner_texts()[0].startswith("✓")
    assert violations(page) == []

    for file, altered, line in (("act.json", {"subject": "voting:2"}, 0), ("proof.json", {"index": 1}, 1)):
        forged = json.dumps(site.context.run(client.get, f"/{language}/record/{place}{file}").json() | altered)
        page.route(f"**/{file}", partial(answered, forged))
        page.locator("[data-record-act] button").click()
        page.locator("[data-verdict=no]").wait_for()
        assert page.locator("[data-record-answer] li").all_inner_texts()[line].startswith("✗")
        page.unroute(f"**/{file}")
        page.reload()
    assert complaints == []
    page.context.close()
