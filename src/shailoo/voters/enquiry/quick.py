"""One's own entry answered before the rest of the site: for the evening on which a nation looks itself up.

Wraps the WSGI application. Answered here is what a telephone plainly sends: the form in one of the three languages,
without session or query, PIN and date as they are most often written, token and origin as they must be. It is the same
answer, counted against the same limits and tries, with the headers that the site gave some seconds ago. Everything
else goes on to the site, which checks it and says what is wrong; so does everything that goes wrong here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

import psycopg
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import Error as DatabaseFault
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation

from shailoo.accounts import limits
from shailoo.voters.enquiry.kept import Kept
from shailoo.voters.enquiry.queries import own_entry
from shailoo.voters.enquiry.queries.own_entry import Listed, Open
from shailoo.voters.enquiry.views import public

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Headers: TypeAlias = tuple[tuple[str, str], ...]
ExcInfo: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]"
FORM = "application/x-www-form-urlencoded"  # as every browser writes it
LONGEST = 1_000  # bytes of a form
FIELDS = {"pin", "born", "csrfmiddlewaretoken"}
PIN = re.compile(r"[12][0-9]{13}")
DAY = re.compile(r"([0-9]{2})[./-]([0-9]{2})[./-]([0-9]{4})")
OF_ONE_ANSWER = {"content-length", "set-cookie", "date"}
HEADERS = Kept[Headers]()
_token = CsrfViewMiddleware(lambda _request: HttpResponse())


@dataclass(frozen=True, slots=True)
class Sent:
    """A plain sending of the form."""

    request: WSGIRequest
    language: str
    pin: str
    born: date


class OwnEntries:
    """The wrapped application. Safe in threads."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a plain sending of the form; hand on everything else."""
        language = _language(environ)
        if not language:
            return self._app(environ, start_response)
        about = (language, environ.get("wsgi.url_scheme", ""), environ.get("HTTP_X_FORWARDED_PROTO", ""))
        headers = HEADERS.known(about)  # a header that only a secure answer has is learnt from one
        if headers is None:
            return self._learning(environ, start_response, about)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        sent = _sent(environ, language)
        body = _answer(sent) if sent else None
        if body is None:
            environ["wsgi.input"].seek(0)
            return self._app(environ, start_response)
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _learning(
        self, environ: WSGIEnvironment, start_response: StartResponse, about: tuple[str, ...]
    ) -> Iterable[bytes]:
        """Let the site answer, and keep the headers of a page that it makes for everybody."""

        def started(
            status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            names = {name.lower() for name, _value in headers}
            if status.startswith("200") and "set-cookie" not in names:
                HEADERS.of(about, lambda: tuple(each for each in headers if each[0].lower() not in OF_ONE_ANSWER))
            return start_response(status, headers, exc_info)

        return self._app(environ, started)


def _language(environ: WSGIEnvironment) -> str:
    """The language of a small form sent to the page of the own entry; "" for everything else."""
    if environ["REQUEST_METHOD"] != "POST" or environ.get("QUERY_STRING") or environ.get("SCRIPT_NAME"):
        return ""
    if environ.get("CONTENT_TYPE") != FORM:
        return ""
    language, _slash, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
    length = environ.get("CONTENT_LENGTH", "")
    plain = rest == "voters/am-i-listed/" and length.isdecimal() and len(length) < 6 and int(length) <= LONGEST
    return language if plain and language in ("ky", "ru", "en") else ""


def _sent(environ: WSGIEnvironment, language: str) -> Sent | None:
    """What was typed, where nothing about the sending needs the site."""
    request = WSGIRequest(environ)
    if not set(request.COOKIES) <= {settings.CSRF_COOKIE_NAME} or set(request.POST) != FIELDS:
        return None
    pin, day = "".join(request.POST["pin"].split()), DAY.fullmatch(request.POST["born"].strip())
    if PIN.fullmatch(pin) is None or day is None:
        return None
    try:
        born = date(int(day[3]), int(day[2]), int(day[1]))
        request.get_host()
    except (ValueError, DisallowedHost):
        return None
    _token.process_request(request)
    if _token.process_view(request, public.own, (), {}) is not None:
        return None
    return Sent(request, language, pin, born)


def _answer(sent: Sent) -> bytes | None:
    """The page; None where the site has to answer: nothing is open, a limit is reached, or the database fails."""
    request_started.send(sender=OwnEntries, environ=sent.request.environ)
    try:
        with translation.override(sent.language):
            asked = public.OPEN.of("edition", own_entry.open_edition)
            if asked is None:
                return None
            found = _found(asked, sent)
            return None if found is None else public.page(sent.request, asked, found.listed).encode()
    except (psycopg.Error, DatabaseFault):
        return None  # the site meets the same fault, and its page says so
    finally:
        request_finished.send(sender=OwnEntries)


@dataclass(frozen=True, slots=True)
class Looked:
    """That the lists were looked into, and what was found."""

    listed: Listed | None


def _found(asked: Open, sent: Sent) -> Looked | None:
    """Count the sending for its sender and for all, and only within both limits look: prepared statements.

    Who is over a limit must not use up the tries of anybody's PIN.
    """
    by_one = limits.facts(public.OWN, limits.sender(sent.request, "ip"), public.AN_HOUR)
    by_all = limits.facts(public.OWN_ALL, public.EVERYBODY, public.A_MINUTE)
    connection.ensure_connection()
    link = connection.connection
    before, link.prepare_threshold = link.prepare_threshold, 0
    try:
        with link.pipeline():
            one, everybody = psycopg.Cursor(link), psycopg.Cursor(link)
            one.execute(limits.COUNT, by_one)
            everybody.execute(limits.COUNT, by_all)
            (tries, _rest), (tries_of_all, _rest) = one.fetchall()[0], everybody.fetchall()[0]
        if tries > public.MOST_FROM_ONE or tries_of_all > public.MOST_IN_ALL:
            return None
        look = psycopg.Cursor(link)
        row = look.execute(own_entry.CHECK, own_entry.facts(asked, sent.pin, sent.born, timezone.now())).fetchone()
    finally:
        link.prepare_threshold = before
    return Looked(None if row is None else Listed(int(row[0]), int(row[1])))
