"""Pages as a server asks the application for them: every middleware, no socket, and nothing that tests add to it.

Django's own test client copies the context of every template drawn, which costs as much as drawing a table's cells.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    content: bytes

    @property
    def rows(self) -> int:
        """The rows in bodies of tables."""
        return sum(part.partition(b"</tbody>")[0].count(b"<tr") for part in self.content.split(b"<tbody")[1:])


class Browser:
    """Asks for pages; signed in as a test client is, where one is given."""

    def __init__(self, signed_in: Client | None = None) -> None:
        self._application: WSGIApplication = get_wsgi_application()
        cookies = signed_in.cookies.values() if signed_in else ()
        self._cookie = "; ".join(f"{each.key}={each.coded_value}" for each in cookies)

    def get(self, address: str) -> Answer:
        """A page by its address within the site, query included."""
        path, _mark, query = address.partition("?")
        with _connections_kept():
            return answered(self._application, asked(path, query, self._cookie))


@contextmanager
def _connections_kept() -> Iterator[None]:
    """The measurement's own transaction goes on; a server that keeps its connections does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def asked(path: str, query: str = "", cookie: str = "") -> WSGIEnvironment:
    """A GET as a server hands it on."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def answered(application: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """The whole answer of an application."""
    statuses: list[str] = []
    parts: Iterable[bytes] = application(environ, _begun(statuses))
    try:
        content = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return Answer(int(statuses[-1].split()[0]), content)


def _begun(statuses: list[str]) -> StartResponse:
    def start(status: str, _headers: list[tuple[str, str]], _fault: object = None, /) -> Callable[[bytes], object]:
        statuses.append(status)
        return bytes.__len__

    return start
