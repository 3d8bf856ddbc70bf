"""How many statements the acts and each page of the desk may cost the database, however much is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.counting.states import State
from shailoo.elections.queries import ballot
from tests.counting.browser import Answer, signed_in
from tests.counting.papers import JPEG, printout
from tests.counting.scene import AT, LISTS, Scene, done, entered, paper, taken_over, typed
from tests.counting.test_life import WARNED, to_conflict

ONE_PROTOCOL = 100  # statements from take-over through two blind entries to accepted
SIGN_IN = 3  # of every request: the session, the person, the office in use


@pytest.fixture(autouse=True)
def known_ballot(scene: Scene) -> None:
    """The names on the ballot are read once a process; what is counted here is every other time."""
    ballot(scene.voting)


@contextmanager
def at_most(statements: int) -> Iterator[None]:
    """What is inside may cost so many statements, and not half as many: a budget nobody needs holds nothing."""
    with CaptureQueriesContext(connection) as captured:
        yield
    ran = "\n".join(each["sql"][:160] for each in captured.captured_queries)
    assert statements / 2 <= len(captured) <= statements, f"{len(captured)} statements\n{ran}"


def got(browser: Client, name: str, *args: object) -> Answer:
    answer = browser.get(reverse(f"counting:{name}", args=args))
    assert answer.status_code == 200
    return answer


def sent(browser: Client, data: dict[str, object], name: str, *args: object) -> None:
    answer = browser.post(reverse(f"counting:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()


def test_one_protocol_costs_at_most_a_hundred_statements(scene: Scene) -> None:
    with at_most(ONE_PROTOCOL):
        protocol = taken_over(scene)
        entered(protocol, scene.clerk, paper())
        assert entered(protocol, scene.other, paper()).state is State.ACCEPTED


def test_one_protocol_over_the_desk_costs_little_a_request(scene: Scene) -> None:
    """Beyond its sign-in a page that is shown costs two statements, a page that is kept four."""
    expected, cells = scene.expected[0], typed(paper())
    browsers = [signed_in(scene.clerk), signed_in(scene.other)]
    with at_most(SIGN_IN + 6):
        sent(browsers[0], {}, "take_over", expected.pk)
    protocol = Protocol.objects.get()
    for browser, finishing in zip(browsers, (10, 15), strict=True):
        with at_most(SIGN_IN + 9):
            sent(browser, {}, "claim", protocol.pk)
        entry = Entry.objects.get(finished_at=None)
        for page in actions.fields_to_enter(entry, LISTS):
            with at_most(SIGN_IN + 2):
                got(browser, "page", entry.pk, page)
            with at_most(SIGN_IN + 4):
                sent(browser, cells, "page", entry.pk, page)
        with at_most(SIGN_IN + 2):
            got(browser, "check", entry.pk)
        with at_most(SIGN_IN + finishing):
            sent(browser, {}, "check", entry.pk)
    protocol.refresh_from_db()
    assert protocol.state == State.ACCEPTED


def test_a_draft_costs_what_a_page_costs(scene: Scene) -> None:
    entry = done(actions.claim(taken_over(scene), by=scene.clerk, at=AT), Entry)
    browser = signed_in(scene.clerk)
    with at_most(SIGN_IN + 4):
        address = reverse("counting:draft", args=[entry.pk, "voters"])
        assert browser.post(address, typed(paper())).status_code == 200


def to_explain(scene: Scene) -> Protocol:
    protocol = taken_over(scene)
    entered(protocol, scene.clerk, paper(**WARNED))
    entered(protocol, scene.other, paper(**WARNED))
    return protocol


@pytest.mark.parametrize(("make", "most"), [(taken_over, 14), (to_explain, 18), (to_conflict, 16)])
def test_the_page_of_a_case_costs_the_same_whatever_happened(
    scene: Scene, make: Callable[[Scene], Protocol], most: int
) -> None:
    protocol, browser = make(scene), signed_in(scene.chair)
    with at_most(SIGN_IN + most):
        got(browser, "case", protocol.pk)


def test_the_queue_costs_the_same_with_many_protocols_as_with_none(scene: Scene) -> None:
    browser = signed_in(scene.clerk)
    with CaptureQueriesContext(connection) as before:
        got(browser, "queue")
    for place in range(3):
        entered(taken_over(scene, place), scene.clerk, paper())
    with CaptureQueriesContext(connection) as after:
        got(browser, "queue")
    assert len(after) == len(before) <= SIGN_IN + 9
    browser = signed_in(scene.cec_operator)
    with at_most(SIGN_IN + 9):
        got(browser, "queue")


def test_the_page_between_two_entries(scene: Scene) -> None:
    protocol, browser = to_conflict(scene), signed_in(scene.chair)
    with at_most(SIGN_IN + 5):
        got(browser, "settle", protocol.pk)
    with at_most(SIGN_IN + 25):
        sent(browser, {"against_all": "1", "reason": "read from the paper"}, "settle", protocol.pk)


def test_the_page_of_a_written_decision(scene: Scene) -> None:
    protocol, browser = to_explain(scene), signed_in(scene.secretary)
    with at_most(SIGN_IN + 18):
        got(browser, "decide", protocol.pk, "explain")
    with at_most(SIGN_IN + 9):
        sent(browser, {"text": "struck out by hand"}, "decide", protocol.pk, "explain")


def test_the_pages_of_scans(scene: Scene) -> None:
    protocol, browser = taken_over(scene), signed_in(scene.clerk)
    with at_most(SIGN_IN + 2):
        got(browser, "add_scan", protocol.pk)
    with at_most(SIGN_IN + 13):
        sent(browser, {"page": "1", "file": JPEG.upload()}, "add_scan", protocol.pk)
    with at_most(SIGN_IN + 2):
        got(browser, "scan", protocol.pk, 1)


def test_the_page_of_a_scanner_report(scene: Scene) -> None:
    expected, browser = scene.expected[0], signed_in(scene.clerk)
    with at_most(SIGN_IN + 3):
        got(browser, "scanner_report", expected.pk)
    with at_most(SIGN_IN + 8):
        sent(browser, dict(printout()), "scanner_report", expected.pk)
    with at_most(SIGN_IN + 3):
        got(browser, "scanner_report", expected.pk)
