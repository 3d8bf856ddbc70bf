"""The door's page in a real browser: opened once, then without a network, and what was noted arrives afterwards."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from shailoo.documents.certificates import actions as certificates
from shailoo.documents.certificates import code
from shailoo.documents.certificates.models import Certificate, Revocation
from shailoo.elections.clock import now
from shailoo.observation.models import Application, Passage
from tests.browser.axe import violations
from tests.observation.presence.browsing import at_the_door, beside_a_running_loop, chromium, hand_over, telephone
from tests.observation.presence.scene import Door, accredited, build, passage

__all__ = ["beside_a_running_loop", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "ky": ("Күбөлүк жарактуу", "Кирди"),
    "ru": ("Удостоверение действительно", "Входит"),
    "en": ("The certificate is valid", "Comes in"),
}


@pytest.fixture
def door(db: None) -> Door:
    return build()


def digits(of: Certificate) -> str:
    return code.digits(of.signed)


def forged(of: Certificate) -> str:
    signed = code.decode(of.signed)
    return code.digits(signed.payload[:10] + b"\x63" + signed.payload[11:] + signed.signature)


def looked(page: Page, text: str) -> str | None:
    """Type a code or number and read the verdict."""
    page.evaluate("delete document.querySelector('[data-part=result]').dataset.verdict")
    page.locator("#code").fill(text)
    page.locator("[data-part=form] button").click()
    page.locator("[data-part=result][data-verdict]").wait_for()
    return page.locator("[data-part=result]").get_attribute("data-verdict")


def let_in(page: Page, text: str) -> None:
    assert looked(page, text) in ("valid", "listed")
    before = int(page.locator("[data-door]").get_attribute("data-waiting") or 0)
    page.locator("[data-part=in]").click()
    page.locator(f"[data-door][data-waiting='{before + 1}']").wait_for()


def renewed(page: Page) -> None:
    """Talk to the server and wait until it has answered."""
    page.evaluate("delete document.querySelector('[data-door]').dataset.talked")
    page.locator("[data-part=send]").click()
    page.locator("[data-door][data-talked=yes]").wait_for()


def revoked(door: Door, certificate: Certificate) -> None:
    made = certificates.revoke_certificate(
        certificate,
        reason=Revocation.Reason.BREACH,
        ground="decision:1",
        by=door.scene.operator,
        at=now(door.scene.election),
    )
    assert isinstance(made, Revocation)


def test_a_door_without_a_network(chromium: Browser, live_server: LiveServer, door: Door) -> None:
    lost = accredited(door.scene, door.scene.mission, Application.Kind.INTERNATIONAL)[0].certificate
    revoked(door, lost)
    context = telephone(chromium, door.member, live_server.url)
    page, complaints = at_the_door(context, live_server.url), list[str]()
    page.locator("[data-door][data-kept=yes][data-talked=yes]").wait_for()
    context.set_offline(True)
    page.reload()
    page.locator("[data-door][data-ready=yes]").wait_for()
    page.on("pageerror", lambda error: complaints.append(str(error)))

    good, (one, other) = door.abroad[0].certificate, door.first
    assert looked(page, digits(lost)) == "revoked"
    assert page.locator("[data-part=in]").is_hidden()
    assert looked(page, "https://menu.example/table/7") == "not_a_code"
    assert looked(page, forged(good)) == "forged"
    assert page.locator("[data-part=acts]").is_hidden()
    assert looked(page, "IO-2020-09999") == "unknown_number"
    assert looked(page, digits(good)) == "valid"
    facts = page.locator("[data-part=facts]").inner_text()
    for words in ("Northern Election Watch", good.holder, good.number, "Эл аралык байкоочу"):
        assert words in facts
    page.get_by_text("Бул адам эмне кылууга укуктуу").click()
    assert page.locator("[data-part=rights] li").count() == 20
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("[data-part=in]").click()
    page.locator("[data-door][data-waiting='1']").wait_for()

    let_in(page, one.certificate.number)
    assert looked(page, digits(other.certificate)) == "valid"
    assert "бирден" in page.locator("[data-part=warnings]").inner_text()
    assert one.certificate.holder in page.locator("[data-part=warnings]").inner_text()
    page.locator("[data-part=in]").click()
    assert page.locator("[data-part=confirm-error]").is_visible()
    assert page.locator("[data-door]").get_attribute("data-waiting") == "2"
    assert violations(page) == []
    page.locator("[data-part=confirm]").check()
    page.locator("[data-part=in]").click()
    page.locator("[data-door][data-waiting='3']").wait_for()
    assert looked(page, digits(door.elsewhere.certificate)) == "valid"
    assert page.locator("[data-part=warnings] li").count() == 1
    page.locator("[data-part=turned_away]").click()
    page.locator("[data-door][data-waiting='4'][data-inside='3']").wait_for()
    assert not Passage.objects.exists()

    context.set_offline(False)
    page.locator("[data-door][data-waiting='0']").wait_for()
    kept = list(Passage.objects.order_by("at").values_list("certificate__number", "way"))
    numbers = [each.certificate.number for each in (door.abroad[0], one, other, door.elsewhere)]
    assert kept == list(zip(numbers, ("in", "in", "in", "turned_away"), strict=True))
    second = Passage.objects.get(certificate=other.certificate)
    assert [each["code"] for each in second.findings] == [
        "observer_of_sender_already_in_premises",
        "passage_confirmed_at_the_door",
    ]
    assert abs(second.at - now(door.scene.election)) < timedelta(minutes=2)

    revoked(door, door.medium.certificate)
    renewed(page)
    assert looked(page, digits(door.medium.certificate)) == "revoked"
    assert complaints == []
    context.close()


def test_two_devices_of_one_door_know_of_each_other(chromium: Browser, live_server: LiveServer, door: Door) -> None:
    one, other = door.first
    first, second = (telephone(chromium, office, live_server.url) for office in (door.member, door.scene.pec_chair))
    left, right = at_the_door(first, live_server.url), at_the_door(second, live_server.url, "ru")
    looked(left, digits(one.certificate))
    left.locator("[data-part=in]").click()
    left.locator("[data-door][data-waiting='0'][data-inside='1']").wait_for()
    renewed(right)
    assert right.locator("[data-door]").get_attribute("data-inside") == "1"
    assert looked(right, digits(other.certificate)) == "valid"
    assert right.locator("[data-part=warned]").is_visible()
    assert looked(right, digits(one.certificate)) == "valid"
    right.locator("[data-part=out]").click()
    right.locator("[data-door][data-waiting='0'][data-inside='0']").wait_for()
    assert list(Passage.objects.order_by("at").values_list("way", flat=True)) == ["in", "out"]
    first.close()
    second.close()


def test_who_was_signed_out_loses_nothing(chromium: Browser, live_server: LiveServer, door: Door) -> None:
    context = telephone(chromium, door.member, live_server.url)
    page = at_the_door(context, live_server.url)
    page.locator("[data-door][data-kept=yes][data-talked=yes]").wait_for()
    context.clear_cookies()
    let_in(page, digits(door.medium.certificate))
    page.locator("[data-part=signed-out]:not([hidden])").wait_for()
    assert violations(page) == []
    assert page.locator("[data-part=forget]").is_disabled()
    again = telephone(chromium, door.member, live_server.url)
    hand_over(again, context, live_server.url)
    renewed(page)
    assert Passage.objects.get().certificate == door.medium.certificate
    page.locator("[data-part=forget]").click()
    page.wait_for_url("**/desk/")
    assert page.evaluate("indexedDB.databases()") == []
    context.close()
    again.close()


def test_the_pages_of_the_door_in_every_language(chromium: Browser, live_server: LiveServer, door: Door) -> None:
    door.note(passage(door.first[0]), passage(door.first[1]), passage(door.interpreter), passage(door.medium))
    for (language, (verdict, comes_in)), width in product(WORDS.items(), (320, 1280)):
        context = telephone(chromium, door.member, live_server.url, width)
        page = at_the_door(context, live_server.url, language)
        assert looked(page, digits(door.second.certificate)) == "valid"
        assert page.locator("[data-part=verdict]").inner_text() == verdict
        assert page.get_by_role("button", name=comes_in, exact=True).is_visible()
        for address in ("", "log/", "numbers/"):
            if address:
                page.goto(f"{live_server.url}/{language}/desk/observation/check-in/{address}")
            assert violations(page) == [], (address, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        context.close()


def test_the_plain_form_does_the_same_without_javascript(
    chromium: Browser, live_server: LiveServer, door: Door
) -> None:
    one, other = door.first
    signed = telephone(chromium, door.member, live_server.url)
    plain = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    hand_over(signed, plain, live_server.url)
    page = plain.new_page()
    page.goto(f"{live_server.url}/en/desk/observation/check-in/")
    page.locator("#code").fill(digits(one.certificate))
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Comes in", exact=True).click()
    assert page.get_by_text(f"Noted: {one.certificate.number}.").is_visible()
    page.locator("#code").fill(other.certificate.number)
    page.get_by_role("button", name="Check").click()
    assert page.get_by_text("Something speaks against letting this person in.").is_visible()
    page.get_by_role("button", name="Comes in", exact=True).click()
    assert page.get_by_text("To let the person in all the same, confirm").is_visible()
    assert Passage.objects.count() == 1
    page.locator("#confirm").check()
    page.get_by_role("button", name="Comes in", exact=True).click()
    assert Passage.objects.count() == 2
    page.locator("#code").fill(other.certificate.number)
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Leaves").click()
    assert Passage.objects.filter(way="out").get().certificate == other.certificate
    plain.close()
    signed.close()
