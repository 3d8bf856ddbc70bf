"""Keeps a finished public page for one second, so that election night costs one page a second and not five thousand.

Wraps the WSGI application. Only pages that are the same for everyone are kept: GET and HEAD of /ky/, /ru/ and /en/,
asked for without a session (a HEAD is the same page without its body); never a page that sets a cookie, calls itself
private, or streams. Nothing in a page is changed; an ETag is added where there is none, and a compressed copy is kept
beside for those who accept gzip.
"""

from __future__ import annotations

import gzip
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Event, Lock
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Headers: TypeAlias = list[tuple[str, str]]
Key: TypeAlias = tuple[str, ...]
ExcInfo: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]"

LIFETIME = 1.0  # seconds since the page began to be made, so that what it read is never older
CAPACITY = 64 * 1024 * 1024  # bytes of bodies
LARGEST = 2 * 1024 * 1024  # bytes of one body
WORTH_COMPRESSING = 500  # bytes

PUBLIC = re.compile(r"/(?:ky|ru|en)/(?!(?:desk|sign-in|sign-out|offices|account|invitation|password)(?:/|$))")
PERSONAL_COOKIE = re.compile(r"(?:^|;\s*)(?:(?:__Host-)?(?:sessionid|csrftoken)|messages)=")
KEPT_STATUSES = ("200 ", "404 ")
TEXT = re.compile(r"(?:text/|application/(?:json|xml|javascript)|image/svg\+xml)")
HEADERS_OF_304 = frozenset({"etag", "cache-control", "vary", "date", "expires", "content-location"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished response: what is sent, the entity tag it answers to, and when it began to be made."""

    status: str
    headers: Headers
    body: bytes
    etag: str
    since: float


@dataclass(slots=True)
class _Flight:
    """A page being made by one thread while others wait for it; `kept` stays None where it may not be shared."""

    landed: Event = field(default_factory=Event)
    kept: Kept | None = None


class MicroCache:
    """The wrapped application. Safe in threads; one thread makes a page, the others wait for it."""

    def __init__(
        self,
        app: WSGIApplication,
        *,
        clock: Callable[[], float] = time.monotonic,
        lifetime: float = LIFETIME,
        capacity: int = CAPACITY,
    ) -> None:
        self._app = app
        self._clock = clock
        self._lifetime = lifetime
        self._capacity = capacity
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._flights: dict[Key, _Flight] = {}
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or make the page and keep it if it is the same for everyone."""
        key = key_of(environ)
        if key is None:
            return self._app(environ, start_response)
        with self._lock:
            kept = self._fresh(key)
            flight = None if kept else self._flights.get(key)
            if kept is None and flight is None:
                mine = self._flights[key] = _Flight()
        if kept is not None:
            return _send(kept, environ, start_response)
        if flight is not None:
            flight.landed.wait()
            if flight.kept is not None:
                return _send(flight.kept, environ, start_response)
            return self._app(environ, start_response)
        return self._make(key, mine, environ, start_response)

    def _make(
        self, key: Key, flight: _Flight, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application make the page, once; whatever happens, those who wait are let go."""
        try:
            since = self._clock()
            # The page itself is wanted, not the application's 304: whether it is new to this reader is said below.
            asked = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
            asked["REQUEST_METHOD"] = "GET"
            answer = _Answer()
            result = self._app(asked, answer.start)
            if not answer.may_be_kept(result):
                return answer.pass_on(result, start_response)
            kept = answer.finish(result, key, since)
            if len(kept.body) <= LARGEST:
                flight.kept = kept
                self._keep(key, kept)
            return _send(kept, environ, start_response)
        finally:
            with self._lock:
                self._flights.pop(key, None)
            flight.landed.set()

    def _fresh(self, key: Key) -> Kept | None:
        """What is kept under `key` and young enough. The caller holds the lock."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if self._clock() - kept.since < self._lifetime:
            self._kept.move_to_end(key)
            return kept
        self._drop(key)
        return None

    def _keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self._bytes += len(kept.body)
            while self._bytes > self._capacity:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self._bytes -= len(old.body)


class _Answer:
    """What the application answered, held back until it is known whether it may be kept."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self._written: list[bytes] = []
        self._forward: StartResponse | None = None

    def start(self, status: str, headers: Headers, exc_info: ExcInfo | None = None, /) -> Callable[[bytes], object]:
        """The application's start_response; handed on where the answer only begins once it is read."""
        if self._forward is not None:
            return self._forward(status, headers, exc_info)
        self.status, self.headers = status, list(headers)
        return self._written.append

    def header(self, name: str) -> str:
        """The value of a header, "" where it is not given."""
        return next((value for given, value in self.headers if given.lower() == name), "")

    def may_be_kept(self, result: Iterable[bytes]) -> bool:
        """Whether this answer is finished, public, and of a status that is worth keeping."""
        whole = isinstance(result, (list, tuple)) or getattr(result, "streaming", True) is False
        cached = self.header("cache-control")
        return (
            whole
            and self.status.startswith(KEPT_STATUSES)
            and not self.header("set-cookie")
            and "private" not in cached
            and "no-store" not in cached
        )

    def pass_on(self, result: Iterable[bytes], start_response: StartResponse) -> Iterable[bytes]:
        """The answer as the application gave it, streamed if it streams."""
        if not self.status:
            self._forward = start_response
            return result
        write = start_response(self.status, self.headers)
        for chunk in self._written:
            write(chunk)
        return result

    def finish(self, result: Iterable[bytes], key: Key, since: float) -> Kept:
        """The whole body, compressed where the key says so and it pays, with its entity tag."""
        try:
            body = b"".join([*self._written, *result])
        finally:
            if close := getattr(result, "close", None):
                close()
        etag = self.header("etag") or f'"{sha256(body).hexdigest()[:32]}"'
        headers = [(name, value) for name, value in self.headers if name.lower() not in ("etag", "content-length")]
        if _compressible(key, self, body):
            body = gzip.compress(body, compresslevel=5, mtime=0)
            etag = etag if etag.startswith("W/") else f"W/{etag}"
            headers.append(("Content-Encoding", "gzip"))
        headers = [*_varying(headers), ("ETag", etag), ("Content-Length", str(len(body)))]
        return Kept(self.status, headers, body, etag, since)


def key_of(environ: WSGIEnvironment) -> Key | None:
    """What a page depends on; None where it may depend on who asks."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not PUBLIC.match(path):
        return None
    if "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
        return None
    if PERSONAL_COOKIE.search(environ.get("HTTP_COOKIE", "")):
        return None
    return (
        path,
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else "",
        environ.get("HTTP_HX_REQUEST", ""),
        environ.get("HTTP_HX_BOOSTED", ""),
        environ.get("HTTP_HX_TARGET", ""),
    )


def _compressible(key: Key, answer: _Answer, body: bytes) -> bool:
    return (
        "gzip" in key
        and len(body) >= WORTH_COMPRESSING
        and not answer.header("content-encoding")
        and TEXT.match(answer.header("content-type")) is not None
    )


def _varying(headers: Headers) -> Headers:
    """The headers with Accept-Encoding among what the answer varies by."""
    varies = [value for name, value in headers if name.lower() == "vary"]
    if any("accept-encoding" in value.lower() for value in varies):
        return headers
    rest = [(name, value) for name, value in headers if name.lower() != "vary"]
    return [*rest, ("Vary", ", ".join([*varies, "Accept-Encoding"]))]


def _send(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The page, or 304 where the reader has it already."""
    if kept.status.startswith("200") and _known(environ.get("HTTP_IF_NONE_MATCH", ""), kept.etag):
        headers = [(name, value) for name, value in kept.headers if name.lower() in HEADERS_OF_304]
        start_response("304 Not Modified", headers)
        return []
    start_response(kept.status, list(kept.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]


def _known(wanted: str, etag: str) -> bool:
    """Weak comparison of RFC 9110, 13.1.2."""
    if not wanted:
        return False
    bare = etag.removeprefix("W/")
    return wanted.strip() == "*" or any(tag.strip().removeprefix("W/") == bare for tag in wanted.split(","))
