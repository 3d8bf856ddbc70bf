"""The pages of machines' keys in a real browser: a key is issued, shown once and revoked; each page is usable."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from shailoo.accounts.models import ApiKey
from tests.browser.test_desk_pages import (
    SITE,
    beside_a_running_loop,
    browser_type_launch_args,
    faults,
    opened,
    untold,
)
from tests.counting.scene import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
__all__ = ["beside_a_running_loop", "browser_type_launch_args"]  # fixtures of this module too
MACHINE = "7"  # a name that is no word of any language


def judged(page: Page) -> list[str]:
    """What is wrong with the page as it stands; letters of the key itself are no words."""
    secret = "".join(page.locator("code.key").all_inner_texts())
    return [*faults(page), *(word for word in untold(page, "ky") if word not in secret)]


def test_a_key_is_issued_and_revoked_on_pages_that_everyone_can_use(browser: Browser) -> None:
    scene = build()
    page, wrong = opened(browser, scene.chair), dict[str, list[str]]()

    def send(field: str, typed: str, then: str) -> None:
        page.locator(field).fill(typed)
        page.locator("form[method=post] button").last.click()
        page.wait_for_selector(then)

    page.goto(f"{SITE}/ky/desk/keys/new/?q=aizada")
    wrong["choosing"] = judged(page)
    page.locator("#offices a").first.click()
    page.wait_for_selector("#id_name")
    send("#id_name", "", ".govuk-error-summary")
    wrong["refused"] = judged(page)
    send("#id_name", MACHINE, "code.key")
    wrong["issued"] = judged(page)
    key = ApiKey.objects.get()
    page.goto(f"{SITE}/ky/desk/keys/{key.pk}/revoke/")
    wrong["revoking"] = judged(page)
    send("#id_reason", "7", "#keys")
    wrong["list"] = judged(page)
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert not any(wrong.values()), wrong
