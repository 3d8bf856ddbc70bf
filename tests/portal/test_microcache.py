"""The public pages' cache of one second: what is shared, what never is, and many readers at once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

import pytest

from shailoo.portal import microcache
from shailoo.portal.microcache import MicroCache

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PAGE = b"<p>" + b"469098 " * 200 + b"</p>"


@dataclass
class Site:
    """A site that counts how often each path is made."""

    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=lambda: [("Content-Type", "text/html; charset=utf-8")])
    body: bytes = PAGE
    made: list[str] = field(default_factory=list)
    asked: list[WSGIEnvironment] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self.lock:
            self.made.append(environ["PATH_INFO"])
            self.asked.append(environ)
        start_response(self.status, list(self.headers))
        return [self.body]


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Reply:
    status: str
    headers: dict[str, str]
    body: bytes


def ask(app: MicroCache, path: str = "/ky/", method: str = "GET", **extra: str) -> Reply:
    got: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> Callable[[bytes], object]:
        got.append((status, dict(headers)))
        return lambda _chunk: None

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", **extra}
    body = b"".join(app(environ, start))
    return Reply(*got[0], body)


def test_a_page_is_made_once_and_again_after_one_second() -> None:
    site, clock = Site(), Clock()
    app = MicroCache(site, clock=clock)
    first = ask(app)
    clock.now += 0.999
    assert ask(app) == first
    assert len(site.made) == 1
    clock.now += 0.001
    ask(app)
    assert len(site.made) == 2


def test_the_second_runs_from_the_moment_the_page_began_to_be_made() -> None:
    clock = Clock()
    site = Site()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        clock.now += 0.7
        return site(environ, start_response)

    app = MicroCache(slow, clock=clock)
    ask(app)
    clock.now += 0.29
    ask(app)
    assert len(site.made) == 1
    clock.now += 0.01
    ask(app)
    assert len(site.made) == 2


def test_nothing_in_the_page_is_changed() -> None:
    assert ask(MicroCache(Site())).body == PAGE


@pytest.mark.parametrize(
    ("path", "extra"),
    [
        ("/ky/desk/", {}),
        ("/ru/sign-in/", {}),
        ("/en/sign-out/", {}),
        ("/ky/offices/", {}),
        ("/static/shailoo.css", {}),
        ("/api/results", {}),
        ("/", {}),
        ("/ky/", {"HTTP_COOKIE": "sessionid=abc"}),
        ("/ky/", {"HTTP_COOKIE": "a=b; csrftoken=abc"}),
        ("/ky/", {"HTTP_COOKIE": "messages=abc"}),
        ("/ky/", {"HTTP_AUTHORIZATION": "Bearer x"}),
        ("/ky/", {"HTTP_RANGE": "bytes=0-10"}),
        ("/ky/", {"method": "POST"}),
    ],
)
def test_what_may_differ_between_readers_is_never_shared(path: str, extra: dict[str, str]) -> None:
    site = Site()
    app = MicroCache(site)
    ask(app, path, **extra)
    ask(app, path, **extra)
    assert len(site.made) == 2


@pytest.mark.parametrize("path", ["/ky/", "/ru/areas/KG02/", "/en/design/", "/ky/deskundar/"])
def test_public_pages_are_shared(path: str) -> None:
    site = Site()
    app = MicroCache(site)
    ask(app, path)
    ask(app, path, HTTP_COOKIE="theme=dark; notsessionid=1")
    assert len(site.made) == 1


@pytest.mark.parametrize(
    "header", [("Set-Cookie", "csrftoken=1"), ("Cache-Control", "private"), ("Cache-Control", "no-store")]
)
def test_a_page_that_is_meant_for_one_reader_is_not_kept(header: tuple[str, str]) -> None:
    site = Site(headers=[("Content-Type", "text/html"), header])
    app = MicroCache(site)
    assert ask(app).headers[header[0]] == header[1]
    ask(app)
    assert len(site.made) == 2


@pytest.mark.parametrize(("status", "made"), [("200 OK", 1), ("404 Not Found", 1), ("500 Error", 2), ("302 Found", 2)])
def test_only_pages_and_missing_pages_are_kept(status: str, made: int) -> None:
    site = Site(status=status)
    app = MicroCache(site)
    assert ask(app).status == status
    ask(app)
    assert len(site.made) == made


@pytest.mark.parametrize(
    "other",
    [
        {"QUERY_STRING": "page=2"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HX_TARGET": "list"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
)
def test_each_thing_that_a_page_depends_on_has_its_own_copy(other: dict[str, str]) -> None:
    site = Site()
    app = MicroCache(site)
    for _turn in range(2):
        ask(app)
        ask(app, **other)
    assert len(site.made) == 2


def test_who_has_the_page_already_is_told_so() -> None:
    app = MicroCache(Site())
    etag = ask(app).headers["ETag"]
    again = ask(app, HTTP_IF_NONE_MATCH=f'"else", W/{etag}')
    assert (again.status, again.body, again.headers["ETag"]) == ("304 Not Modified", b"", etag)
    assert "Content-Type" not in again.headers


def test_another_page_is_sent_whole_to_who_has_an_old_one() -> None:
    site, clock = Site(), Clock()
    app = MicroCache(site, clock=clock)
    etag = ask(app).headers["ETag"]
    site.body = PAGE.replace(b"469098", b"469099")
    clock.now += 1
    changed = ask(app, HTTP_IF_NONE_MATCH=etag)
    assert changed.status == "200 OK"
    assert changed.body == site.body


def test_the_application_is_asked_for_the_page_and_not_for_its_304() -> None:
    site = Site()
    ask(MicroCache(site), method="HEAD", HTTP_IF_NONE_MATCH='"x"')
    assert "HTTP_IF_NONE_MATCH" not in site.asked[0]
    assert site.asked[0]["REQUEST_METHOD"] == "GET"


def test_the_applications_own_tag_is_kept() -> None:
    site = Site(headers=[("Content-Type", "text/html"), ("ETag", '"version-3"')])
    assert ask(MicroCache(site)).headers["ETag"] == '"version-3"'


def test_a_head_is_the_same_page_without_its_body() -> None:
    site = Site()
    app = MicroCache(site)
    page, head = ask(app), ask(app, method="HEAD")
    assert (head.status, head.headers, head.body) == (page.status, page.headers, b"")
    assert len(site.made) == 1


def test_who_accepts_gzip_gets_the_same_page_compressed() -> None:
    site = Site(headers=[("Content-Type", "text/html"), ("Vary", "Cookie")])
    reply = ask(MicroCache(site), HTTP_ACCEPT_ENCODING="br, gzip")
    assert gzip.decompress(reply.body) == PAGE
    assert reply.headers["Content-Encoding"] == "gzip"
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert reply.headers["ETag"].startswith("W/")
    assert reply.headers["Vary"] == "Cookie, Accept-Encoding"


@pytest.mark.parametrize(
    ("content_type", "body"), [("application/pdf", PAGE), ("text/html", b"short")], ids=["packed already", "too small"]
)
def test_what_does_not_gain_is_not_compressed(content_type: str, body: bytes) -> None:
    site = Site(headers=[("Content-Type", content_type)], body=body)
    reply = ask(MicroCache(site), HTTP_ACCEPT_ENCODING="gzip")
    assert reply.body == body
    assert "Content-Encoding" not in reply.headers


def test_a_streaming_answer_is_passed_through_and_not_read_ahead() -> None:
    begun = Event()

    def stream(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/csv")])
        begun.set()
        yield b"a"
        yield b"b"

    app = MicroCache(stream)
    assert ask(app).body == b"ab"
    begun.clear()
    assert ask(app).body == b"ab"
    assert begun.is_set()


def test_the_oldest_pages_give_way_when_memory_is_full() -> None:
    site = Site()
    app = MicroCache(site, clock=Clock(), capacity=len(PAGE) * 2)
    for path in ("/ky/1/", "/ky/2/", "/ky/1/", "/ky/3/", "/ky/1/", "/ky/2/"):
        ask(app, path)
    assert site.made == ["/ky/1/", "/ky/2/", "/ky/3/", "/ky/2/"]


def test_a_body_too_large_is_sent_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microcache, "LARGEST", 10)
    site = Site()
    app = MicroCache(site)
    assert ask(app).body == PAGE
    assert ask(app).body == PAGE
    assert len(site.made) == 2


def test_the_response_is_closed_once_it_is_read() -> None:
    closed: list[str] = []

    class Response(list[bytes]):
        def close(self) -> None:
            closed.append("closed")

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Response([PAGE])

    ask(MicroCache(app))
    assert closed == ["closed"]


def test_many_readers_at_once_cost_one_page() -> None:
    readers = 16
    arrived, all_arrived = [0], Event()
    site = Site()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        all_arrived.wait(10)
        return site(environ, start_response)

    app = MicroCache(slow, clock=Clock())

    def read() -> bytes:
        with site.lock:
            arrived[0] += 1
            if arrived[0] == readers:
                all_arrived.set()
        return ask(app).body

    with ThreadPoolExecutor(readers) as pool:
        bodies = list(pool.map(lambda _reader: read(), range(readers)))
    assert bodies == [PAGE] * readers
    assert len(site.made) == 1


def test_a_failure_of_one_frees_all_who_wait_for_it() -> None:
    first = Event()
    site = Site()

    def fails_once(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not first.is_set():
            first.set()
            raise RuntimeError("the database is gone")
        return site(environ, start_response)

    app = MicroCache(fails_once)
    with pytest.raises(RuntimeError, match="gone"):
        ask(app)
    assert ask(app).body == PAGE


def test_who_waited_for_a_page_that_may_not_be_shared_gets_their_own() -> None:
    entered, release = Event(), Event()
    site = Site(headers=[("Content-Type", "text/html"), ("Set-Cookie", "sessionid=1")])

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        entered.set()
        release.wait(10)
        return site(environ, start_response)

    app = MicroCache(slow)
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(ask, app)
        assert entered.wait(10)
        follower = pool.submit(ask, app)
        release.set()
        assert leader.result(10).body == follower.result(10).body == PAGE
    assert len(site.made) == 2
