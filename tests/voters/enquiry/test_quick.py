"""The own entry answered before the site: the same answer by both ways, the same counts, and nothing that needs it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psycopg
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.middleware.csrf import _get_new_csrf_string
from pytest_django import Settings

from shailoo.accounts import limits
from shailoo.voters.enquiry import quick
from shailoo.voters.enquiry.quick import HEADERS, OwnEntries
from shailoo.voters.enquiry.tries import MOST_WRONG
from shailoo.voters.enquiry.views import public
from shailoo.voters.models import Entry
from tests.voters.enquiry.scene import Counted

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/ky/voters/am-i-listed/"
FOUND, NOT_FOUND = "Сиз тизмеде барсыз", "Эч ким табылган жок"
UNKNOWN_PIN = "20101199099999"
TOKEN = _get_new_csrf_string()


@pytest.fixture(autouse=True)
def connection_kept() -> Iterator[None]:
    """The test's own transaction goes on over the signals of a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Ways:
    """The site alone, and with the quick way before it; how often the site was asked through that."""

    def __init__(self) -> None:
        self.site = get_wsgi_application()
        self.asked = 0
        self.quick = OwnEntries(self._counted)

    def _counted(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        return self.site(environ, start_response)


@pytest.fixture
def ways(counted: Counted) -> Ways:
    """Warm: the site has answered once in each language through the quick way."""
    found = Ways()
    for language in ("ky", "ru", "en"):
        answered(found.quick, sent(counted.somebody(), path=f"/{language}/voters/am-i-listed/"))
    found.asked = 0
    return found


def sent(entry: Entry, *, path: str = PATH, cookie: str = f"csrftoken={TOKEN}", **changed: str) -> WSGIEnvironment:
    """The form as a server hands it on; names in capitals change the environment, others what was typed."""
    typed = {"pin": str(entry.pin), "born": f"{entry.born:%d.%m.%Y}", "csrfmiddlewaretoken": TOKEN}
    typed |= {name: value for name, value in changed.items() if name.islower()}
    body = urlencode(typed).encode()
    plain: WSGIEnvironment = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "10.1.2.3",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": cookie,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    return plain | {name: value for name, value in changed.items() if name.isupper()}


def answered(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, dict[str, str], str]:
    """Status, headers and text."""
    told: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], _fault: object = None, /) -> Callable[[bytes], object]:
        told.append((status, dict(headers)))
        return bytes.__len__

    parts = app(environ, start)
    text = b"".join(parts).decode()
    if close := getattr(parts, "close", None):
        close()
    status, headers = told[-1]
    return status, headers, text


def counts() -> list[tuple[int, ...]]:
    """The tries of every sender and of every PIN."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tries FROM accounts_tally ORDER BY key")
        tallies = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT wrong FROM voter_enquiry_tries ORDER BY mark")
        return [tuple(tallies), tuple(row[0] for row in cursor.fetchall())]


# ------------------------------------------------------------------------------------- the same answer


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("listed", [True, False], ids=["found", "not found"])
def test_both_ways_give_the_same_answer(ways: Ways, counted: Counted, language: str, *, listed: bool) -> None:
    entry, path = counted.somebody(), f"/{language}/voters/am-i-listed/"
    changed = {} if listed else {"pin": UNKNOWN_PIN}
    quickly = answered(ways.quick, sent(entry, path=path, **changed))
    assert ways.asked == 0, "the site was not needed"
    status, headers, text = answered(ways.site, sent(entry, path=path, **changed))
    assert (quickly[0], quickly[2]) == (status, text)
    of_an_instant = {"Expires", "Vary"}  # the latter stands where the frame was drawn for the answer; nobody stores it
    assert {k: v for k, v in quickly[1].items() if k not in of_an_instant} == {
        k: v for k, v in headers.items() if k not in of_an_instant
    } | {"Content-Length": str(len(text.encode()))}
    assert "no-store" in quickly[1]["Cache-Control"]
    assert "Content-Security-Policy" in quickly[1]


def test_both_ways_count_alike(ways: Ways, counted: Counted) -> None:
    entry, wrong = counted.somebody(), counted.another(counted.somebody())
    before = counts()
    answered(ways.quick, sent(wrong, born="01.01.1990"))
    after_one = counts()
    answered(ways.site, sent(wrong, born="01.01.1990"))
    after_two = counts()
    assert before != after_one != after_two
    assert sum(after_one[0]) - sum(before[0]) == sum(after_two[0]) - sum(after_one[0]) == 2
    assert sum(after_one[1]) - sum(before[1]) == sum(after_two[1]) - sum(after_one[1]) == 1
    for _try in range(MOST_WRONG - 2):
        answered(ways.quick, sent(wrong, born="01.01.1990"))
    assert NOT_FOUND in answered(ways.quick, sent(wrong))[2], "five in vain"
    assert NOT_FOUND in answered(ways.site, sent(wrong))[2]
    assert FOUND in answered(ways.quick, sent(entry))[2]
    assert ways.asked == 0


@pytest.mark.parametrize("spaced", ["{0} {1}", " {0}{1} "])
def test_a_pin_may_be_set_apart(ways: Ways, counted: Counted, spaced: str) -> None:
    entry = counted.somebody()
    pin = spaced.format(str(entry.pin)[:6], str(entry.pin)[6:])
    assert FOUND in answered(ways.quick, sent(entry, pin=pin, born=f" {entry.born:%d-%m-%Y} "))[2]
    assert ways.asked == 0


# ------------------------------------------------------------------------------------- what the site answers


HANDED_ON = (
    ({"pin": "123"}, "422"),
    ({"born": "31.02.1990"}, "422"),
    ({"born": ""}, "422"),
    ({"csrfmiddlewaretoken": "a" * 32}, "403"),
    ({"csrfmiddlewaretoken": ""}, "403"),
    ({"cookie": ""}, "403"),
    ({"HTTP_ORIGIN": "https://elsewhere.example"}, "403"),
    ({"HTTP_HOST": "elsewhere.example"}, "400"),
    ({"born": "1990-05-17"}, "200"),
    ({"more": "x"}, "200"),
    ({"QUERY_STRING": "a=b"}, "200"),
    ({"CONTENT_TYPE": "text/plain"}, "403"),
    ({"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=latin-1"}, "400"),
    ({"CONTENT_TYPE": "multipart/form-data; boundary="}, "400"),
)


@pytest.mark.parametrize(("changed", "status"), HANDED_ON)
def test_whatever_is_not_plain_is_answered_by_the_site(
    ways: Ways, counted: Counted, settings: Settings, changed: dict[str, str], status: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    before = counts()
    told = answered(ways.quick, sent(counted.somebody(), **changed))
    assert (ways.asked, told[0][:3]) == (1, status)
    assert sum(counts()[0]) - sum(before[0]) == (0 if status in ("400", "403") else 2), "counted by the site alone"


def test_a_session_is_of_the_site(ways: Ways, counted: Counted) -> None:
    told = answered(ways.quick, sent(counted.somebody(), cookie=f"csrftoken={TOKEN}; sessionid=x"))
    assert (ways.asked, told[0]) == (1, "200 OK")


@pytest.mark.parametrize("length", ["", "-1", "x", "1001", "9" * 30])
def test_a_length_that_is_none_of_a_form_is_not_read_here(ways: Ways, counted: Counted, length: str) -> None:
    environ = sent(counted.somebody(), CONTENT_LENGTH=length)
    assert quick._language(environ) == ""


def test_who_sends_too_often_is_told_by_the_site_and_uses_up_nobodys_tries(ways: Ways, counted: Counted) -> None:
    entry = counted.somebody()
    assert answered(ways.quick, sent(entry, REMOTE_ADDR="10.9.9.9"))[0] == "200 OK"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_tally SET tries = %s", [public.MOST_FROM_ONE])
    _tallies, wrong = counts()
    status, _headers, _text = answered(ways.quick, sent(entry, REMOTE_ADDR="10.9.9.9", born="01.01.1990"))
    assert (ways.asked, status[:3]) == (1, "429")
    assert counts()[1] == wrong


def test_where_no_list_is_open_the_site_says_so(ways: Ways, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shailoo.voters.enquiry.queries.own_entry.open_edition", lambda: None)
    public.OPEN.forget()
    told = answered(ways.quick, sent(counted.somebody()))
    assert (ways.asked, told[0]) == (1, "200 OK")
    assert FOUND not in told[2]


def test_a_fault_of_the_database_is_told_by_the_site(
    ways: Ways, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise psycopg.OperationalError("gone")

    monkeypatch.setattr(quick, "_found", broken)
    told = answered(ways.quick, sent(counted.somebody()))
    assert (ways.asked, told[0]) == (1, "200 OK")


def test_headers_are_learnt_anew_after_some_seconds(ways: Ways, counted: Counted) -> None:
    HEADERS.forget()
    answered(ways.quick, sent(counted.somebody()))
    assert ways.asked == 1
    answered(ways.quick, sent(counted.somebody()))
    assert ways.asked == 1


def test_a_secure_answer_has_the_headers_of_secure_ones(ways: Ways, counted: Counted, settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    ways.site = get_wsgi_application()  # its middlewares read the settings when they are made
    behind = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_ORIGIN": "https://testserver", "HTTP_HOST": "testserver"}
    for asked in (1, 1):
        _status, headers, _text = answered(ways.quick, sent(counted.somebody(), **behind))
        assert (ways.asked, headers["Strict-Transport-Security"]) == (asked, "max-age=60")
    assert "Strict-Transport-Security" not in answered(ways.quick, sent(counted.somebody()))[1]


def test_nothing_of_a_voter_is_kept(ways: Ways, counted: Counted) -> None:
    entry = counted.somebody()
    answered(ways.quick, sent(entry))
    answered(ways.quick, sent(entry, born=f"{entry.born + timedelta(days=1):%d.%m.%Y}"))
    kept = f"{HEADERS.__dict__}{public.FRAMES.__dict__}{public.PLACES.__dict__}{public.OPEN.__dict__}"
    for secret in (str(entry.pin), entry.surname, entry.name, f"{entry.born:%d.%m.%Y}", entry.born.isoformat()):
        assert secret not in kept


def test_the_limits_are_those_of_the_page() -> None:
    assert limits.facts(public.OWN, "ip 10.0.0.1", public.AN_HOUR)["within"] == 3_600
    assert public.MOST_FROM_ONE == 60
