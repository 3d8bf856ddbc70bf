"""Documents in a real browser: a visitor verifies files, on a telephone and on a desk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from shailoo.documents import signing
from shailoo.documents.actions import address_of, freeze
from shailoo.documents.models import Document
from shailoo.documents.queries import content
from shailoo.documents.rendering import Imprint, render
from tests.browser.axe import violations
from tests.browser.test_portal_pages import SITE, Site, beside_a_running_loop, browser_type_launch_args, opened
from tests.documents.authorities import installed

__all__ = ["beside_a_running_loop", "browser_type_launch_args"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
AT = datetime(2020, 10, 5, 4, 30, tzinfo=UTC)
DATA = {"title": "Протокол"}


@dataclass
class FormSite(Site):
    """The site that also takes a form with the file that the visitor chose: a browser does not show its bytes."""

    chosen: bytes = b""

    def answer(self, route: Route) -> None:
        if route.request.method != "POST":
            super().answer(route)
            return
        path = route.request.url.removeprefix(SITE)
        sent = {"file": SimpleUploadedFile("x.pdf", self.chosen)}
        response = self.context.run(self.client.post, path, sent)
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


def imprint(number: str) -> Imprint:
    return Imprint(number, "ky", AT, address_of(number, "ky"))


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "note.typ"
    path.write_text("#show: paper.with(data.title)\n= #data.title", encoding="utf-8")
    return path


@pytest.fixture
def documents(template: Path) -> tuple[Document, Document]:
    """One that was superseded, and the one that stands."""

    def frozen(number: str, before: Document | None) -> Document:
        return freeze(
            "tec_protocol",
            template=template,
            data=DATA,
            imprint=imprint(number),
            subject="x",
            by=None,
            supersedes=before,
        )

    first = frozen("election-2020/general/tec-kg02215/protocol-1", None)
    return first, frozen("election-2020/general/tec-kg02215/protocol-2", first)


def signed(template: Path) -> bytes:
    """Signed and never issued; in a thread of its own, for the browser's loop runs in this one."""

    def make() -> bytes:
        return signing.sign(render(template, DATA, imprint("note/7")), imprint("note/7"), None).content

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(make).result()


@pytest.mark.parametrize(("language", "width"), [("ky", 320), ("en", 1280)])
def test_a_visitor_verifies_a_file(
    browser: Browser,
    client: Client,
    template: Path,
    documents: tuple[Document, Document],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    width: int,
) -> None:
    installed(monkeypatch)
    site = FormSite(client)
    page, complaints = opened(browser, site, f"/{language}/documents/verify/", width)
    usable(page, width)
    first, second = documents
    files = {
        "green": content(second.file),
        "orange": content(first.file),
        "red": content(second.file) + b"more",
        "": b"<html></html>",
    }
    files["orange "] = signed(template)
    for colour, file in files.items():
        site.chosen = file
        page.locator("#id_file").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": file})
        page.locator("main form button").click()
        shown = f".govuk-tag--{colour.strip()}" if colour else ".govuk-error-summary"
        page.locator(shown).wait_for()
        usable(page, width)
    for address in ("", f"{first.number}/"):
        page.goto(f"{SITE}/{language}/documents/{address}", wait_until="load")
        usable(page, width)
    assert [said for said in complaints if "422" not in said] == []
    page.context.close()


def usable(page: Page, width: int) -> None:
    """Nothing that axe finds, nothing wider than the window."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
