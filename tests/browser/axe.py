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

SKELETON = r"""async () => {
    await new Promise(requestAnimationFrame);  // what a change of width changes is changed before the next frame
    const worded = new Set(["href", "src", "content", "value", "title", "alt", "aria-label", "placeholder"]);
    const ours = (name, value) => name === "lang" && ["ky", "ru", "en"].includes(value);
    const told = (name, value) => worded.has(name) || name.startsWith("data-") ? (value.trim() ? "some" : "none")
        : value.replace(/\/(ky|ru|en)\//g, "/language/").replace(/\d+/g, "0");
    const within = (node) => Array.from(node.childNodes, walk).join("");
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "t" : "";
        if (node.nodeType !== Node.ELEMENT_NODE || ["HEAD", "SCRIPT", "OPTION"].includes(node.tagName)) return "";
        if (node.classList.contains("languages")) return "<languages>";  // the one that is chosen is no link
        const own = Array.from(node.attributes).filter(({name, value}) => !ours(name, value))
            .map(({name, value}) => `${name}=${told(name, value)}`).sort();
        if (node.tagName === "SPAN" && own.length === 0) return within(node);  // words of another of our languages
        return `<${node.tagName} ${own.join(" ")}>${within(node)}</>`;
    };
    const page = document.documentElement;
    return [window.innerWidth, document.title.trim() && "titled", ours("lang", page.lang) && "ours", walk(page)].join();
}"""
"""Elements, attributes, states, and where there are words at all: everything of a page but what the words say."""

_faultless: set[int] = set()


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, one line an element: rule, help, markup; [] where nothing is.

    The script is evaluated by the browser's own protocol, so that the page's content security policy stays in force. A
    page that differs in its words alone from one found without fault at the same width is not judged twice: it is what
    the same page in another language is.
    """
    skeleton = hash(page.evaluate(SKELETON))
    if skeleton in _faultless:
        return []
    if not page.evaluate("'axe' in window"):  # put there for another width
        page.evaluate(_source())
    found: list[str] = page.evaluate(RUN)
    if not found:
        _faultless.add(skeleton)
    return found
