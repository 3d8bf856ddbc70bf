"""The checker of certificates in a real browser: opened once, then without a network, and nothing leaves the device."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Request
from pytest_django.live_server_helper import LiveServer

from shailoo.documents.certificates import actions, cards, code, queries
from shailoo.documents.certificates.models import Certificate, Revocation
from tests.browser.axe import violations
from tests.browser.test_desk_pages import SITE, faults
from tests.browser.test_desk_pages import opened as at_the_desk
from tests.documents.certificates import DAY, done, draft, office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = Path(__file__).parents[2] / "src/shailoo/portal/assets/check/names.mjs"
PRINTED = (
    "Осмонова Чолпон Үсөнбаевна",
    "ЁЛКИН  Пётр-Ильич Й.",
    "D'Artagnan, José Müller",
    "Ng, Li 3",
    "İPEK ΟΔΥΣΣΕΥΣ ﬁ",
    "王 小明",
    "–",
)
ADVICE_IN = {"ky": "Күбөлүк жарактуу", "ru": "Удостоверение действительно", "en": "The certificate is valid"}


@pytest.fixture(autouse=True, scope="session")
def beside_a_running_loop() -> Iterator[None]:
    """The browser's own event loop runs in this thread; Django would take that for an asynchronous view."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@dataclass(frozen=True)
class Cards:
    """Certificates by the verdict that they deserve, and what stands in their codes."""

    good: Certificate
    texts: Mapping[str, str]


@pytest.fixture
def issued(db: None) -> Cards:
    by, now = office(), timezone.now()

    def made(since: int, days: int) -> Certificate:
        begins = now + since * DAY
        found = draft(valid_from=begins, valid_until=begins + days * DAY)
        return done(actions.issue_certificate(found, by=by, at=min(now, begins)), Certificate)

    good, expired, coming, lost = made(-1, 9), made(-9, 8), made(3, 9), made(-1, 9)
    done(actions.revoke_certificate(lost, reason=Revocation.Reason.LOST, ground="x", by=by, at=now), Revocation)
    signed = code.decode(good.signed)
    forged = signed.payload[:10] + b"\x63" + signed.payload[11:] + signed.signature
    stranger = code.sign(signed.claims, Ed25519PrivateKey.generate())
    return Cards(
        good,
        {
            "valid": code.address(good.signed, "https://anywhere.example/ky/check/"),
            "expired": code.digits(expired.signed),
            "not_yet": code.digits(coming.signed),
            "revoked": code.digits(lost.signed),
            "forged": code.digits(forged),
            "unknown_key": code.digits(stranger),
            "damaged": code.digits(good.signed[:-20]),
            "version": code.digits(b"\x02" + good.signed[1:]),
            "not_a_code": "https://menu.example/table/7",
        },
    )


@pytest.fixture
def chromium(browser_type: BrowserType, tmp_path: Path, issued: Cards) -> Iterator[Browser]:
    """A browser whose camera sees the good card."""
    seen = Image.open(drawn(issued.good)).convert("RGB")
    frame = Image.new("RGB", (640, 480), "white")
    frame.paste(seen.resize((400, 400)), (120, 40))
    frame.save(tmp_path / "camera.mjpeg", "JPEG")
    arguments = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={tmp_path}/camera.mjpeg"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    path = os.environ.get("SHAILOO_CHROMIUM") or shutil.which("chromium")
    browser = browser_type.launch(executable_path=path, args=arguments)
    yield browser
    browser.close()


def drawn(certificate: Certificate) -> io.BytesIO:
    png = io.BytesIO()
    cards.qr(certificate.signed, "ky").save(png, kind="png", scale=4, border=4)
    return png


def verdict(page: Page, text: str) -> str | None:
    """Paste a code and read what the page says."""
    page.evaluate("delete document.querySelector('[data-part=result]').dataset.verdict")
    page.locator("#code").fill(text)
    page.locator("[data-part=form] button").click()
    page.locator("[data-part=result][data-verdict]").wait_for()
    return page.locator("[data-part=result]").get_attribute("data-verdict")


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.locator("[data-checker][data-ready=yes]").wait_for()
    return page


def test_a_certificate_is_checked_without_a_network_and_nothing_is_sent(
    chromium: Browser, live_server: LiveServer, issued: Cards
) -> None:
    site = f"{live_server.url}/ky/check/"
    context = chromium.new_context(viewport={"width": 320, "height": 700}, permissions=["camera"])
    page, complaints = opened(context, site), list[str]()
    page.locator("[data-checker][data-kept=yes]").wait_for()
    context.set_offline(True)
    page.on("console", lambda message: complaints.append(message.text))
    page.reload()
    page.locator("[data-checker][data-ready=yes]").wait_for()
    assert page.evaluate("document.fonts.check('16px \"Golos Text\"', 'ңөү')")
    complaints.clear()

    sent: list[Request] = []
    context.on("request", lambda request: sent.append(request))
    assert {wanted: verdict(page, text) for wanted, text in issued.texts.items()} == {
        wanted: wanted for wanted in issued.texts
    }
    assert verdict(page, issued.texts["valid"]) == "valid"
    facts = page.locator("[data-part=facts]").inner_text()
    for words in ("Эл аралык байкоочу", issued.good.number, "Жогорку Кеңешти шайлоо", "Биринчи АШК"):
        assert words in facts
    for name, same in (("осмонова  чолпон усонбаевна", "yes"), ("Осмонова Гүлнара", "no")):
        page.locator("#holder").fill(name)
        page.locator("[data-part=name-form] button").click()
        page.locator(f"[data-part=match][data-same={same}]").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.locator("#picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": _menu()})
    page.locator("[data-verdict=not_a_code]").wait_for()
    card = drawn(issued.good).getvalue()
    page.locator("#picture").set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": card})
    page.locator("[data-verdict=valid]").wait_for()
    page.locator("#picture").set_input_files({"name": "c.png", "mimeType": "image/png", "buffer": b"no picture"})
    page.locator("[data-part=scan-error]:not([hidden])").wait_for()
    verdict(page, issued.texts["revoked"])
    page.locator("[data-part=scan]").click()
    page.locator("[data-verdict=valid]").wait_for()
    assert page.locator("[data-part=camera]").is_hidden()
    assert [request.url for request in sent] == []
    assert complaints == []

    for language, words in ADVICE_IN.items():
        address = f"{live_server.url}/{language}/check/#{code.digits(issued.good.signed)}"
        other = opened(context, address)
        other.locator("[data-verdict=valid]").wait_for()
        assert other.locator("[data-part=verdict]").inner_text() == words
        onward = other.locator("header a[rel=alternate]").first.get_attribute("href")
        assert onward is not None
        assert onward.endswith(f"/check/#{code.digits(issued.good.signed)}")
        other.close()
    context.close()


def test_old_lists_are_warned_of_and_foreign_ones_are_not_believed(
    chromium: Browser, live_server: LiveServer, issued: Cards
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = opened(context, f"{live_server.url}/en/check/")
    page.locator("[data-checker][data-kept=yes]").wait_for()
    assert violations(page) == []
    assert page.locator("[data-part=lists]").get_attribute("data-state") == "fresh"
    held = page.evaluate("localStorage.getItem('shailoo-revoked')")
    assert queries.revocation_list(timezone.now()).text == held
    source = NAMES.read_text(encoding="utf-8").replace("export ", "")
    ours = page.evaluate(f"(names) => {{ {source}; return names.map(normalized); }}", list(PRINTED))
    assert ours == [code.normalized(name) for name in PRINTED]

    context.set_offline(True)
    page.evaluate(
        "localStorage.setItem('shailoo-revoked', localStorage.getItem('shailoo-revoked').replace('IO', 'OB'))"
    )
    page.clock.set_fixed_time(timezone.now() + timedelta(days=2))
    page.reload()
    page.locator("[data-part=lists][data-state=none]").wait_for()
    assert verdict(page, issued.texts["revoked"]) == "no_lists"
    page.evaluate("(list) => localStorage.setItem('shailoo-revoked', list)", held)
    page.reload()
    page.locator("[data-part=lists][data-state=late]").wait_for()
    assert page.locator("[data-part=warning]").is_visible()
    assert verdict(page, issued.texts["valid"]) == "valid"
    assert verdict(page, issued.texts["revoked"]) == "revoked"
    context.close()


def test_the_pages_of_certificates_are_for_everyone_and_work_without_javascript(
    chromium: Browser, live_server: LiveServer, issued: Cards
) -> None:
    plain = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{live_server.url}/ru/check/")
    page.locator("#code").fill(issued.texts["revoked"])
    page.get_by_role("button", name="Проверить").click()
    assert page.locator("[data-part=result]").get_attribute("data-verdict") == "revoked"
    assert page.get_by_role("heading", name="Недействительно: аннулировано").is_visible()
    plain.close()

    number, page = issued.good.number, at_the_desk(chromium, issued.good.office)
    for address in (f"ru/certificates/?number={number}", "ky/desk/certificates/", "ky/desk/certificates/new/"):
        page.goto(f"{SITE}/{address}")
        assert faults(page) == [], address
    page.locator("main form button").last.click()
    page.locator(".govuk-error-summary").wait_for()
    page.goto(f"{SITE}/ru/desk/certificates/?q=осмонова")
    page.get_by_role("link", name=number).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith(number)
    assert faults(page) == []
    page.context.close()


def _menu() -> bytes:
    """The QR code of a restaurant."""
    png = io.BytesIO()
    segno.make("https://menu.example/table/7").save(png, kind="png", scale=6, border=4)
    return png.getvalue()
