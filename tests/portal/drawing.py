"""Draws components and pages for the tests, without a server and without a database."""

from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from shailoo.portal import design

REHEARSAL = SimpleNamespace(origin="generated", rehearsal=True)


def request_for(path: str) -> HttpRequest:
    """A request of somebody who is not signed in."""
    request = RequestFactory(headers={"host": "localhost"}).get(path)
    request.user = AnonymousUser()
    return request


def part(source: str, language: str = "en", path: str = "/en/", **context: object) -> str:
    """A piece of template with our components in it."""
    compiled = CottonCompiler().process(source)
    with translation.override(language):
        return Template(compiled).render(Context({"request": request_for(path), **context}))


def page(name: str, path: str, request: HttpRequest | None = None, **context: object) -> str:
    """A whole page in the language of its path, of an election that is only rehearsed."""
    with translation.override(path.split("/")[1]):
        return render_to_string(name, {"election": REHEARSAL, **context}, request or request_for(path))


def design_page(language: str) -> str:
    """The page of all components."""
    request = request_for(f"/{language}/design/")
    with translation.override(language):
        return page("portal/design.html", request.path, request, **design.specimens(request))


class Elements(HTMLParser):
    """The elements of a page, each as its tag and attributes, and the text within scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inline: list[str] = []
        self._within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._within = tag

    def handle_endtag(self, _tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within in ("script", "style") and data.strip():
            self.inline.append(data)

    def all(self, name: str) -> list[str]:
        """Every value of an attribute, in the order of the page."""
        return [attributes[name] for _tag, attributes in self.found if name in attributes]
