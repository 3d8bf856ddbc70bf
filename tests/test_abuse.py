"""Whatever is sent, it is refused in words or taken as what it is: never a fault of ours, never half kept.

Hostile values in every field of every form, bad addresses, files that are not what they say, headers that lie, a cache
that somebody wants to poison, acts sent twice and at once, and SQL past the actions as the application's own role.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from shailoo.accounts.models import Office
from shailoo.counting import actions
from shailoo.counting.models import Entry, Figures, Protocol, Scan, ScannerReport
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.models import Act
from shailoo.ledger.queries import breaks
from shailoo.portal.microcache import MicroCache
from shailoo.results import actions as results
from shailoo.results import matters
from shailoo.results.models import Determination, Publication, TecProtocol
from shailoo.results.queries import draft as present_draft
from shailoo.results.queries import tabulate
from tests.api.test_counting_api import KEY, key_of
from tests.counting.browser import signed_in, snapshot
from tests.counting.scene import AT, LISTS, Scene, build, decision_on, done, entered, paper, taken_over, write
from tests.counting.test_life import LOST, WARNED, to_conflict
from tests.results import scene as nation

HOSTILE: Mapping[str, str] = {
    "nul": "\x00x",
    "huge": "я" * 3_000,
    "turned": "\u202e12",
    "html": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE counting_protocol; --",
    "big": "9" * 40,
    "bigint": "99999999999",
    "column": "2147483648",
    "negative": "-1",
    "exponent": "1e309",
    "arabic": "20:٠٥",
    "path": "../../etc/passwd",
    "year one": "01.01.0001 00:00",
    "year one, as browsers write it": "0001-01-01T00:00",
    "the last year": "9999-12-31T23:59",
    "header": "a\r\nSet-Cookie: x=1",
    "empty": "",
}
INTO_EACH = ("nul", "huge", "column", "year one", "year one, as browsers write it")
Send = Callable[[], Any]  # the type of the test client's answers is its own secret


@pytest.fixture
def scene(db: None) -> Scene:
    return build()


def faults(client: Client, address: str, good: Mapping[str, str], fields: Sequence[str], then: str) -> list[str]:
    """Fields in turn with every hostile value: what was a fault, at once or on the page that follows.

    A form draws the same page for every value that it refuses, so the fields share the values out among them; the
    values that no database keeps, and those that it keeps but cannot give back, go into each field.
    """
    client.raise_request_exception = False
    found = []
    for place, field in enumerate(fields):
        for number, (name, value) in enumerate(HOSTILE.items()):
            if name not in INTO_EACH and number % len(fields) != place:
                continue
            with transaction.atomic():
                answer = client.post(address, {**good, field: value})
                follows = client.get(then).status_code if answer.status_code == 302 else 0
                transaction.set_rollback(True)
            if answer.status_code not in (302, 403, 404, 422) or follows >= 500:
                found.append(f"{address} {field} = {name}: {answer.status_code}, then {follows}")
            if b"<script>alert" in answer.content:
                found.append(f"{address} {field}: written back as HTML")
    return found


# ------------------------------------------------------------------------------------- what is typed


def test_no_value_in_any_field_of_counting_is_a_fault(scene: Scene) -> None:
    """Decisions, settlement, scanner report, sign-in and scans: each field, each value."""
    conflict, lost, warned = to_conflict(scene), taken_over(scene, 1), taken_over(scene, 2)
    for own in (scene.clerk, scene.other):
        entered(lost, own, paper(**LOST))
        entered(warned, own, paper(**WARNED))
    clerk, chair = signed_in(scene.clerk), signed_in(scene.chair)
    found = []

    def decide(protocol: Protocol, act: str, **good: str) -> None:
        address = reverse("counting:decide", args=[protocol.pk, act])
        found.extend(faults(chair, address, good, tuple(good), reverse("counting:case", args=[protocol.pk])))

    settle = {"against_all": "1", "reason": "r"}
    case = reverse("counting:case", args=[conflict.pk])
    found += faults(chair, reverse("counting:settle", args=[conflict.pk]), settle, tuple(settle), case)
    decide(conflict, "enter_again", reason="r")
    decide(lost, "accept_with_act", number="1", text="t")
    decide(lost, "return_to_pec", reason="r")
    decide(warned, "explain", text="t")
    actions.explain(warned, "so it is", by=scene.chair, at=AT)
    replace = {"reason": "r", "decision": str(decision_on(warned).pk)}
    found += faults(
        chair,
        reverse("counting:replace", args=[warned.pk]),
        replace,
        tuple(replace),
        reverse("counting:case", args=[warned.pk]),
    )
    report = reverse("counting:scanner_report", args=[scene.expected[0].pk])
    fields = ("device_no", "role", "total", "votes.list_01", "last_ballot_at", "reason")
    found += faults(clerk, report, a_report(), fields, case)
    found += faults(Client(), "/ky/sign-in/", {"username": "a", "password": "b"}, ("username", "next", "x"), "/ky/")
    found += faults(clerk, reverse("counting:add_scan", args=[conflict.pk]), {}, ("page",), case)
    assert found == []


def a_report() -> dict[str, str]:
    """A scanner's report as the form sends it."""
    counts = dict.fromkeys(("initial_total", "against_all", "invalid", "total", *(f"votes.{c}" for c in LISTS)), "1")
    times = dict.fromkeys(("decision_at", "report_at", "failed_at", "last_ballot_at"), "")
    return {"device_no": "S-1", "role": "primary", "reason": "", **counts, **times}


def test_no_value_on_any_page_of_an_entry_is_a_fault(scene: Scene) -> None:
    entry = done(actions.claim(taken_over(scene), by=scene.clerk, at=AT), Entry)
    client = signed_in(scene.clerk)
    for page, fields in actions.fields_to_enter(entry, LISTS).items():
        for name, value in HOSTILE.items():
            sent = {field.path: value for field in fields}
            addresses = ("counting:draft", "counting:page") if name in INTO_EACH else ("counting:draft",)
            for address in addresses:
                answer = client.post(reverse(address, args=[entry.pk, page]), sent)
                assert answer.status_code in (200, 302, 422), (page, name, answer.status_code)
    assert client.get(reverse("counting:check", args=[entry.pk])).status_code == 200


def test_no_value_in_any_field_of_results_is_a_fault(db: None) -> None:
    held = nation.build()
    nation.all_protocols(held)
    chair, found = signed_in(held.tec_chair()), []
    tec = "/ky/desk/results/tec/tec-kg02/"
    held_on = str(nation.final_sitting(held).pk)
    meeting = {"sitting": held_on, "complaints_received": "0", "complaints_decided": "0", "reason": ""}
    found += faults(chair, f"{tec}sign/", meeting, tuple(meeting), tec)
    asked = matters.invalidation(held.voting, held.precincts["1001"])
    taken = nation.decision(held, asked, held.tec_chair())
    ground = {"ground": "2", "violations": "bribing_voters", "superior_decision": "", "decision": str(taken.pk)}
    found += faults(chair, "/ky/desk/results/invalid/declare/", ground, tuple(ground), "/ky/desk/results/invalid/")
    nation.sign_all(held)
    cec, draft = signed_in(held.cec_chair), "/ky/desk/results/determination/"
    taken = nation.decision(held, matters.question(held.voting, "null_and_void_by_court"))
    question = {"question": "null_and_void_by_court", "option": "x", "decision": str(taken.pk)}
    found += faults(cec, f"{draft}decide/", question, tuple(question), draft)
    taken = nation.decision(held, matters.reading(held.voting.election, "threshold_base"))
    reading = {"option": "list_votes", "decision": str(taken.pk), "reopens": ""}
    found += faults(cec, "/ky/desk/results/readings/threshold_base/", reading, tuple(reading), draft)
    found += faults(cec, "/ky/desk/results/publications/publish/", {}, ("kind",), draft)
    assert found == []
    result = nation.decision(held, matters.determination(held.voting))
    for name in ("big", "bigint", "column", "negative", "nul"):
        many = {"complaints_received": HOSTILE[name], "complaints_decided": HOSTILE[name]}
        assert cec.post(f"{draft}determine/", {"decision": str(result.pk), **many}).status_code == 422, name
        assert chair.post(f"{tec}sign/", {**meeting, **many}).status_code == 422, name
    assert not Determination.objects.exists()


def test_counts_that_no_precinct_has_are_unreadable_and_overflow_nothing(scene: Scene) -> None:
    """Without the line "valid" the votes are added up: they must fit whatever was typed."""
    most = {"votes": dict.fromkeys(LISTS, 9_999_999), "against_all": 9_999_999}
    protocol, lines = taken_over(scene), paper(**most)
    lines.pop("valid")
    for own in (scene.clerk, scene.other):
        entered(protocol, own, lines)
    assert Figures.objects.get().valid == 17 * 9_999_999
    assert Client().get("/ky/").status_code == 200
    entry = done(actions.claim(taken_over(scene, 1), by=scene.clerk, at=AT), Entry)
    refused = actions.save_page(entry, "votes", {"against_all": "10000000"}, by=scene.clerk, at=AT)
    assert isinstance(refused, Refused)
    assert "against_all" in refused.findings[0].fields


def test_a_moment_that_could_never_be_read_again_is_not_kept(scene: Scene) -> None:
    votes = dict.fromkeys(LISTS, 1)
    for year in (1, 9999):
        moment = datetime(year, 1, 1, tzinfo=UTC)
        report = actions.Report("S", 18, votes, 1, 1, last_ballot_at=moment)
        answer = actions.record_scanner_report(scene.expected[0], report, by=scene.clerk, at=AT)
        assert isinstance(answer, Refused)
        assert answer.findings[0].fields == ("last_ballot_at",)
    assert not ScannerReport.objects.exists()


def test_ten_thousand_fields_are_not_a_form(scene: Scene) -> None:
    answer = Client().post("/ky/sign-in/", {f"field{n}": "1" for n in range(10_000)})
    assert answer.status_code == 400
    told_in_our_words(answer)


def test_an_upload_is_refused_by_its_announced_size_before_it_is_read(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(_self: object) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest._load_post_and_files", parsed)
    for length in (str(16 * 1024 * 1024 + 1), "9" * 30, "many"):
        answer = Client().generic("POST", "/ky/sign-in/", b"", CONTENT_LENGTH=length)
        assert answer.status_code == 413
        told_in_our_words(answer)
    page, length = reverse("counting:import"), str(65 * 1024 * 1024)
    with pytest.raises(AssertionError, match="was read"):  # a national file is larger, and its sender has signed in
        signed_in(scene.cec_operator).generic("POST", page, b"", CONTENT_LENGTH=length)
    assert Client().generic("POST", page, b"", CONTENT_LENGTH=length).status_code == 413


def told_in_our_words(answer: Any) -> None:
    """A page of the site, that may run nothing and is kept by no cache."""
    assert 'lang="ky"' in answer.content.decode()
    assert "<style" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


# ------------------------------------------------------------------------------------- addresses and headers

BAD_ADDRESSES = (
    "/ky/documents/%00/",
    "/ky/documents/a%00b/ky.pdf",
    "/ky/documents/../../../etc/passwd/ky.pdf",
    "/ky/documents/..%2f..%2fkeys%2fsecret/ky.pdf",
    "/ky/documents/%0d%0aX-Evil:1/ky.pdf",
    "/ky/downloads/precincts.csv?area=%00",
    "/ky/downloads/precincts.csv?tec=%0a",
    "/ky/precincts/1001/scans/999999/999999/",
    "/ky/versions/999999/",
    "/ky/%00",
    "/static/..%2f..%2fsettings.py",
    "/ky/desk/counting/" + "9" * 5_000 + "/",
    "/ky/desk/counting/99999999999999999999999/",
    "/ky/desk/counting/?page=0",
    "/ky/desk/counting/?sort=password",
    "/ky/desk/results/invalid/99999999999999999999/lift/",
    "/ky/desk/results/readings/__class__/",
    "/ky//evil.example",
    "/%2f%2fevil.example",
)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_bad_address_is_no_page(scene: Scene, address: str) -> None:
    assert signed_in(scene.cec_chair).get(address).status_code == 404


@pytest.mark.parametrize("address", ["//evil.example/", "//evil.example/ky/desk", "/\\evil.example", "/desk"])
def test_no_address_leads_to_another_site(scene: Scene, address: str) -> None:
    answer = Client().get(address)
    place = answer.headers.get("Location", "/")
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


def test_a_foreign_host_and_a_form_without_its_token_are_told_in_our_words(scene: Scene) -> None:
    told_in_our_words(Client(enforce_csrf_checks=True).post("/ky/sign-in/", {}))
    answer = Client().get("/ky/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    told_in_our_words(answer)
    assert "evil.example" not in answer.content.decode()
    answer = Client().get("/ky/", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()
    assert "gopher" not in answer.content.decode()


@pytest.mark.parametrize("asked", ["\x00", "x" * 100_000, "ru;q=∞", "../../", "<script>", "ky" + ";q=0." * 5_000])
def test_a_language_header_may_say_anything(scene: Scene, asked: str) -> None:
    answer = Client().get("/", headers={"accept-language": asked})
    assert answer.headers["Location"] in ("/ky/", "/ru/", "/en/")


def test_a_page_that_says_whose_office_it_is_is_kept_by_no_cache(scene: Scene) -> None:
    for address in ("/ky/nowhere/", "/ky/desk/counting/999999/", "/ky/desk/results/"):
        answer = signed_in(scene.clerk).get(address)
        assert answer.status_code in (403, 404)
        assert answer.headers["Cache-Control"] == "no-store", address
    assert "public" in Client().get("/ky/nowhere/").headers["Cache-Control"]


def asked(cache: MicroCache, path: str, **other: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body as the server's client gets them."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _info: object = None) -> Callable[[bytes], object]:
        told.extend((status, dict(headers)))
        return lambda _data: None

    body = b"".join(cache(environ | other, start))
    return told[0], told[1], body


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """The handler would close the connection of the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
def test_the_cache_in_front_cannot_be_poisoned(scene: Scene) -> None:
    cache = MicroCache(WSGIHandler(), clock=lambda: 0.0)  # it forgets nothing while the clock stands
    assert asked(cache, "/ky/", HTTP_HOST="evil.example")[0].startswith("400")
    for poison in (
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_ACCEPT_LANGUAGE": "ru"},
        {"HTTP_COOKIE": "django_language=ru; theme=<b>evil.example</b>"},
        {"HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 9999 23:59:59 GMT"},
        {"HTTP_IF_MATCH": '"evil.example"'},
        {"REQUEST_METHOD": "HEAD"},
        {"HTTP_RANGE": "bytes=0-1"},
    ):
        asked(cache, "/ky/", **poison)
        status, _headers, body = asked(cache, "/ky/")
        assert status.startswith("200"), poison
        assert b'lang="ky"' in body, poison
        assert b"evil.example" not in body, poison
    own = signed_in(scene.clerk).cookies["sessionid"].value
    for again in ("/ky/law/", "/ky/law/", "/ky/nowhere/", "/ky/nowhere/"):
        theirs = asked(cache, again, HTTP_COOKIE=f"sessionid={own}")[1]["Cache-Control"]
        assert "private" in theirs or theirs == "no-store"
        assert "public" in asked(cache, again)[1]["Cache-Control"]


# ------------------------------------------------------------------------------------- files


def png(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def small_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


BAD_FILES = {
    "nothing": b"",
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing with script": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a bomb": png(100_000, 100_000),
    "an image without pixels": png(10, 10),
    "half an image": small_png()[:45],
    "an archive": b"PK\x03\x04" + b"\x00" * 100,
    "half a PDF": b"%PDF-1.7\n<script>alert(1)</script>",
    "too large": b"%PDF-1.7\n" + b" " * (15 * 1024 * 1024) + b"%%EOF",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_no_scan_is_not_kept(scene: Scene, name: str) -> None:
    protocol = taken_over(scene)
    sent = SimpleUploadedFile("scan.pdf", BAD_FILES[name], content_type="application/pdf")
    address = reverse("counting:add_scan", args=[protocol.pk])
    answer = signed_in(scene.clerk).post(address, {"page": "1", "file": sent})
    assert answer.status_code == 422
    assert not Scan.objects.exists()


def test_a_file_is_sent_as_what_it_was_found_to_be_and_runs_nowhere(scene: Scene) -> None:
    protocol = taken_over(scene)
    sent = SimpleUploadedFile("../../x.html", small_png(), content_type="text/html")
    signed_in(scene.clerk).post(reverse("counting:add_scan", args=[protocol.pk]), {"page": "1", "file": sent})
    for own in (scene.clerk, scene.other):
        entered(protocol, own, paper())
    desk = signed_in(scene.clerk).get(reverse("counting:scan", args=[protocol.pk, 1]))
    for answer in (desk, Client().get("/ky/precincts/1001/scans/1/1/")):
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "x.html" not in answer.headers["Content-Disposition"]


# ------------------------------------------------------------------------------------- machines

BAD_BODIES = {
    "deep": b"[" * 100_000,
    "deep in a line": b'{"protocols":[{"precinct":"1001","lines":{"mobile_boxes":' + b"[" * 900 + b"]" * 900 + b"}}]}",
    "a number of ten thousand digits": b'{"protocols":[{"precinct":"1","lines":{"valid":' + b"9" * 10_000 + b"}}]}",
    "not a number": b'{"protocols":[{"precinct":"1001","lines":{"valid":NaN,"votes":{"list_01":Infinity}}}]}',
    "half a letter": b'{"protocols":[{"precinct":"1001","lines":{"mobile_boxes":[{"box_no":"\\ud800"}]}}]}',
    "a NUL in a record": b'{"protocols":[{"precinct":"1001","lines":{"mobile_boxes":[{"box_no":"\\u0000"}]}}]}',
    "a NUL in a key": b'{"protocols":[{"precinct":"1001","lines":{"votes":{"a\\u0000":1}}}]}',
    "another encoding": '{"protocols":[{"precinct":"Участок"}]}'.encode("utf-16"),
    "nothing": b"",
    "a list": b"[]",
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_machine_that_sends_nonsense_is_told_so(scene: Scene, name: str) -> None:
    key_of(scene.cec_operator)
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": name.replace(" ", "-")}
    address = f"/api/counting/votings/{scene.voting.pk}/protocols"
    body = BAD_BODIES[name]
    answer = Client().post(address, body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422), answer.content[:500]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Protocol.objects.exists()


def test_what_two_complete_papers_carry_beside_their_figures_is_read_too(scene: Scene) -> None:
    """A paper that would be accepted but for one unreadable letter within a record."""
    for letter in ("\0", "\ud800"):
        lines = {name: value for name, value in paper().items() if name != "mobile_boxes"}
        body = {"protocols": [{"precinct": "1001", "lines": lines | {"mobile_boxes": [{"box_no": letter}]}}]}
        key_of(scene.cec_operator) if letter == "\0" else None
        headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": f"letter{ord(letter)}"}
        address = f"/api/counting/votings/{scene.voting.pk}/protocols"
        answer = Client().post(address, body, content_type="application/json", headers=headers)
        assert answer.status_code == 422, answer.content[:500]
    assert not Protocol.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"precinct\n1\x001001",
        "участок;голоса".encode("cp1251"),
        b"\xff\xfep\x00r\x00",
        b"x" * 2_000_000,
        b"precinct," + b"y" * 2_000_000,
        b'precinct\n"' + b"z" * 2_000_000,
        b"precinct\n=cmd|' /C calc'!A0",
    ],
    ids=["empty", "nul", "nul in a row", "cp1251", "utf-16", "one line", "one cell", "open quote", "formula"],
)
def test_a_file_of_nonsense_is_refused_whole(scene: Scene, content: bytes) -> None:
    answer = actions.import_protocols(scene.voting, actions.Source("a.csv", content), by=scene.cec_operator, at=AT)
    assert isinstance(answer, Refused)
    assert not Protocol.objects.exists()


def test_a_file_at_the_desk_is_looked_at_and_nobody_else_confirms_it(scene: Scene) -> None:
    operator, page = signed_in(scene.cec_operator), reverse("counting:import")
    for name, content in (
        ("../../a\u202e.csv", b"precinct\n=1+1"),
        ("a.csv", b"\xff\x00"),
        ("<b>.csv", b"x" * 300_000),
    ):
        sent = SimpleUploadedFile(name, content)
        answer = operator.post(page, {"file": sent, "columns": ""})
        assert answer.status_code == 302
        plan = answer["Location"]
        assert "<b>.csv" not in operator.get(plan).content.decode()
        assert operator.post(plan).status_code == 422
        assert signed_in(scene.chair).post(plan).status_code == 403
    forged = reverse("counting:confirm_import", args=["WyIuLi8uLi9zZXR0aW5ncy5weSIsIiIsIiJd:1:x"])
    assert operator.get(forged).status_code == operator.post(forged).status_code == 404
    assert operator.post(page, {"file": SimpleUploadedFile("a", b"x"), "columns": "../maps/x"}).status_code == 422
    assert operator.post(page, {"file": "no file"}).status_code == 422
    assert not Protocol.objects.exists()


@pytest.mark.norm("L12.1")
def test_an_answer_is_repeated_to_its_own_office_alone_and_only_while_it_is_held(scene: Scene) -> None:
    """The same request and idempotency key by another office, by another key of the office, and after its end."""
    address = f"/api/counting/votings/{scene.voting.pk}/scanner-reports"
    votes = dict.fromkeys(LISTS, 1)
    report = {"precinct": "1001", "device_no": "S", "votes": votes, "against_all": 1, "invalid": 1, "total": 18}
    for own, key in ((scene.clerk, KEY), (scene.stranger, "of the stranger"), (scene.clerk, "second")):
        key_of(own, key)

    def send(key: str) -> Any:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "one"}
        return Client().post(address, report, content_type="application/json", headers=headers)

    first = send(KEY)
    assert first.status_code == 201
    assert send("second").headers["Idempotent-Replay"] == "true"
    elsewhere = send("of the stranger")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "other_territory")
    Office.objects.filter(pk=scene.clerk.pk).update(until=AT)
    for key in (KEY, "second", KEY):
        late = send(key)
        assert (late.status_code, late.json()["code"]) == (403, "office_not_held")
    assert ScannerReport.objects.count() == 1
    assert Act.objects.filter(name="key.refused").count() == 2, "each key once an hour"


# ------------------------------------------------------------------------------------- past the actions


def refused_by_database(statement: str) -> str:
    """What the database answers to the application's own role; fails where it does as told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(caught.value)


EVIDENCE = (
    "ledger_act",
    "counting_figures",
    "counting_discrepancy",
    "counting_protocolfinding",
    "counting_scan",
    "counting_scannerreport",
    "documents_storedfile",
)


def test_evidence_cannot_be_changed_by_sql_of_the_applications_role(scene: Scene) -> None:
    to_conflict(scene)
    protocol = taken_over(scene, 1)
    for own in (scene.clerk, scene.other):
        entered(protocol, own, paper(**WARNED))
    actions.attach_scan(protocol, small_png(), 1, by=scene.clerk, at=AT)
    report = actions.Report("S", 18, dict.fromkeys(LISTS, 1), 1, 1)
    done(actions.record_scanner_report(scene.expected[0], report, by=scene.clerk, at=AT), ScannerReport)
    for table in EVIDENCE:
        column = "sha256" if table == "documents_storedfile" else "id"
        for act in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"):
            assert refused_by_database(act.format(table, column)), (act, table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        superuser = cursor.fetchone() == (True,)
    assert superuser or "permission denied" in refused_by_database("SET session_replication_role = replica")


_PAST_THE_HEAD = """
INSERT INTO ledger_act (chain_id, sequence, name, subject, office_id, at, grounds, payload, form, previous, hash)
SELECT chain_id, sequence + 1, name, subject, office_id, at, grounds, payload, 2, hash,
       ledger_hash_2(chain_id, sequence + 1, name, subject, office_id, at, grounds, payload, hash)
FROM ledger_act ORDER BY sequence DESC LIMIT 1
"""


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("UPDATE ledger_act SET subject = 's:9' WHERE sequence = 1", "act_content_changed"),
        ("DELETE FROM ledger_act WHERE sequence = 2", "act_out_of_place"),
        ("DELETE FROM ledger_act WHERE sequence = 3", "end_of_chain_changed"),
        ("UPDATE ledger_chain SET head = 'x'", "end_of_chain_changed"),
        (_PAST_THE_HEAD, "end_of_chain_changed"),
        ("UPDATE ledger_chain SET sequence = sequence - 1", "end_of_chain_changed"),
        ("UPDATE ledger_chain SET sequence = 0, head = ''", "end_of_chain_changed"),
    ],
)
def test_what_an_owner_does_past_the_triggers_is_seen_in_the_chain(scene: Scene, fault: str, kind: str) -> None:
    for number in range(3):
        record("test.act", subject=f"s:{number}", by=scene.clerk, at=AT)
    assert breaks() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_act DISABLE TRIGGER USER")
        cursor.execute(fault)
        cursor.execute("ALTER TABLE ledger_act ENABLE TRIGGER USER")
    assert kind in {found.code for found in breaks()}


# ------------------------------------------------------------------------------------- twice, and at once


def test_an_act_that_is_sent_twice_is_done_once(scene: Scene) -> None:
    """The back button, the impatient finger: each form again exactly as it was."""
    conflict = to_conflict(scene)
    chair, clerk = signed_in(scene.chair), signed_in(scene.clerk)
    settle = lambda: chair.post(reverse("counting:settle", args=[conflict.pk]), {"against_all": "1", "reason": "r"})  # noqa: E731  # one of several sends
    twice(settle)
    expected = scene.expected[1]
    twice(lambda: clerk.post(reverse("counting:take_over", args=[expected.pk])))
    protocol = Protocol.objects.get(precinct=expected.precinct)
    twice(lambda: clerk.post(reverse("counting:claim", args=[protocol.pk])))
    entry = Entry.objects.get(protocol=protocol)
    write(entry, scene.clerk, paper(**WARNED))
    twice(lambda: clerk.post(reverse("counting:check", args=[entry.pk])))
    entered(protocol, scene.other, paper(**WARNED))
    twice(lambda: chair.post(reverse("counting:decide", args=[protocol.pk, "explain"]), {"text": "t"}))
    again = {"reason": "r", "decision": str(decision_on(protocol).pk)}
    twice(lambda: chair.post(reverse("counting:replace", args=[protocol.pk]), again))
    assert breaks() == []


def twice(send: Send) -> None:
    """The first sending is done; the second changes nothing and is told so."""
    assert send().status_code == 302
    before = snapshot()
    assert send().status_code in (302, 422)
    assert {t for t, v in snapshot().items() if before[t] != v} <= {"django_session"}


def test_acts_on_results_sent_twice_are_done_once(db: None) -> None:
    held = nation.build()
    nation.all_protocols(held)
    chair, cec = signed_in(held.tec_chair()), signed_in(held.cec_chair)
    held_on = str(nation.final_sitting(held).pk)
    meeting = {"sitting": held_on, "complaints_received": "0", "complaints_decided": "0"}
    twice(lambda: chair.post("/ky/desk/results/tec/tec-kg02/sign/", meeting))
    for code in ("KG03", "KG11", "ABROAD"):
        nation.sign(held, code)
    taken = nation.decision(held, matters.determination(held.voting))
    decision = {"decision": str(taken.pk), "complaints_received": "0", "complaints_decided": "0"}
    twice(lambda: cec.post("/ky/desk/results/determination/determine/", decision))
    assert (TecProtocol.objects.count(), Determination.objects.count()) == (4, 1)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act answers when all begin together, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_nothing_official_stands_over_figures_that_changed_meanwhile() -> None:
    """A recount is accepted while the CEC determines and publishes: whatever was first, they agree or are refused."""
    held = nation.build(precincts=1)
    nation.all_protocols(held)
    nation.sign_all(held)
    taken = nation.decision(held, matters.determination(held.voting))
    at = held.now()

    def recount() -> object:
        with transaction.atomic():
            old = Protocol.objects.get(precinct__number="1001")
            Protocol.objects.filter(pk=old.pk).update(state="replaced")
            return nation.protocol(held, "1001", (100, 400, 100), version=2, replaces=old)

    def determine() -> object:
        return results.determine(held.voting, decision=taken, by=held.cec_chair, at=at)

    def publish() -> object:
        return results.publish(held.voting, kind=Publication.Kind.OFFICIAL, by=held.cec_chair, at=at)

    at_once(recount, determine, publish)
    for made in Determination.objects.all():
        assert made.figures["national"]["votes"] in ([1200, 800, 400], [1000, 1000, 400])
    for published in Publication.objects.select_related("determination"):
        assert published.determination is not None
    late = results.publish(held.voting, kind=Publication.Kind.OFFICIAL, by=held.cec_chair, at=held.now())
    assert isinstance(late, Refused), "the sums are not those that were determined or signed"
    assert tabulate(held.voting).national.votes == (1000, 1000, 400)


def test_a_determination_is_refused_where_figures_move_while_it_is_drawn_up(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = nation.build(precincts=1)
    nation.all_protocols(held)
    nation.sign_all(held)
    plain = present_draft

    def draft(voting: Any) -> Any:
        found = plain(voting)
        old = Protocol.objects.get(precinct__number="1001")
        Protocol.objects.filter(pk=old.pk).update(state="replaced")
        nation.protocol(held, "1001", (100, 400, 100), version=2, replaces=old)
        return found

    monkeypatch.setattr("shailoo.results.actions.determination.draft", draft)
    answer = nation.determine(held)
    assert isinstance(answer, Refused)
    assert answer.codes == ("figures_changed_meanwhile",)
    assert not Determination.objects.exists()
