"""Accessibility as axe-core judges it, run inside the page that a test has open."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"

RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.flatMap(({id, help, nodes}) => nodes.map(({html}) => `${id}: ${help}: ${html}`));
}"""


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, one line an element: rule, help, markup; [] where nothing is.

    The script is evaluated by the browser's own protocol, so that the page's content security policy stays in force.
    """
    page.evaluate(_source())
    found: list[str] = page.evaluate(RUN)
    return found
