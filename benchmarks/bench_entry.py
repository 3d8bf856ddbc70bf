"""One protocol from take-over through two blind entries to accepted: by the acts alone, and over the desk's pages.

Aims: under 120 ms of server time and at most 100 SQL statements.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_benchmark.fixture import BenchmarkFixture
from tests.counting.scene import typed
from tests.signing_in import sign_in

from benchmarks.measuring import NO_AIM, TAKEN, Aim, take
from benchmarks.nations import TABLE, Nations, Scene
from shailoo.accounts.models import Office
from shailoo.cli.demo import times
from shailoo.cli.demo.acts import done
from shailoo.counting import actions
from shailoo.counting.models import Entry, Protocol
from shailoo.counting.states import State
from shailoo.elections.generator import Sheet
from shailoo.elections.models import VotingPrecinct

GROUP = "one protocol, take-over to accepted"
ROUNDS = 12
MOST_STATEMENTS = 100


@dataclass(frozen=True, slots=True)
class Paper:
    """A precinct's paper on the table of its TEC, where two clerks are at work."""

    sheet: Sheet
    expected: VotingPrecinct
    clerks: tuple[Office, Office]
    codes: tuple[str, ...]
    cells: dict[str, object]  # field path -> what a clerk types

    @property
    def protocol(self) -> Protocol:
        """The protocol that was made of it."""
        return Protocol.objects.get(precinct_id=self.expected.precinct_id)


@dataclass
class Table:
    """Papers that come one after another; `take` puts the next one at hand, outside the clock."""

    scene: Scene
    coming: Iterator[Sheet]
    at_hand: Paper | None = None

    def take(self) -> None:
        """The next paper."""
        sheet, staff, codes = next(self.coming), self.scene.staff, self.scene.papers.codes
        expected = self.scene.expected(sheet)
        first, second = (staff.of_tec(expected.tec, post) for post in ("operator-1", "operator-2"))
        self.at_hand = Paper(sheet, expected, (first, second), codes, typed(sheet.lines))

    @property
    def paper(self) -> Paper:
        """The paper at hand."""
        assert self.at_hand is not None
        return self.at_hand


@pytest.fixture(scope="module")
def papers(nations: Nations) -> Iterator[Sheet]:
    """Every measurement takes papers of its own: what was accepted stays accepted."""
    with nations.counted(TABLE) as scene:
        return iter(scene.papers.spare)


@pytest.fixture
def table(nations: Nations, papers: Iterator[Sheet]) -> Iterator[Table]:
    with nations.counted(TABLE) as scene:
        yield Table(scene, papers)


def by_acts(paper: Paper) -> Protocol:
    """What the acts themselves do, whoever calls them: a page, a machine, a test."""
    first = paper.clerks[0]
    protocol = done(actions.take_over(paper.expected, by=first, at=times.NIGHT))
    for clerk in paper.clerks:
        entry = done(actions.claim(protocol, by=clerk, at=times.NIGHT))
        for page, fields in actions.fields_to_enter(entry, paper.codes).items():
            cells = {field.path: paper.cells.get(field.path, "") for field in fields}
            done(actions.save_page(entry, page, cells, by=clerk, at=times.NIGHT))
        done(actions.finish(entry, by=clerk, at=times.NIGHT))
    return paper.protocol


def by_pages(paper: Paper) -> Protocol:
    """The same as two people at the desk: every page asked for, shown, typed and sent, the answers checked."""
    browsers = [_signed_in(clerk) for clerk in paper.clerks]
    _sent(browsers[0], reverse("counting:take_over", args=[paper.expected.pk]), {})
    for browser in browsers:
        _sent(browser, reverse("counting:claim", args=[paper.protocol.pk]), {})
        entry = Entry.objects.get(protocol=paper.protocol, finished_at=None)
        for page in actions.fields_to_enter(entry, paper.codes):
            address = reverse("counting:page", args=[entry.pk, page])
            assert browser.get(address).status_code == 200
            _sent(browser, address, paper.cells)
        check = reverse("counting:check", args=[entry.pk])
        assert browser.get(check).status_code == 200
        _sent(browser, check, {})
    return paper.protocol


def _signed_in(office: Office) -> Client:
    browser = Client()
    sign_in(browser, office.person)
    return browser


def _sent(browser: Client, address: str, cells: dict[str, object]) -> None:
    answer = browser.post(address, cells)
    assert answer.status_code == 302, answer.content.decode()


def bare(paper: Paper) -> None:
    """The same lines written twice into a plain table by two transactions, and compared there: no rule at all."""
    lines = json.dumps(paper.sheet.lines)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bare (precinct bigint, lines jsonb)")
        for _ in paper.clerks:
            with transaction.atomic():
                cursor.execute("INSERT INTO bare VALUES (%s, %s::jsonb)", [paper.expected.pk, lines])
        cursor.execute("SELECT count(DISTINCT lines) FROM bare WHERE precinct = %s", [paper.expected.pk])
        assert cursor.fetchone() == (1,)


def test_bare_minimum_lines_written_twice_and_compared(benchmark: BenchmarkFixture, table: Table) -> None:
    table.take()
    take(benchmark, GROUP, lambda: bare(table.paper), rounds=ROUNDS)


@pytest.mark.parametrize(("way", "aim"), [(by_acts, Aim(0.120)), (by_pages, NO_AIM)], ids=["by_acts", "over_pages"])
def test_take_over_to_accepted(
    benchmark: BenchmarkFixture, table: Table, way: Callable[[Paper], Protocol], aim: Aim
) -> None:
    table.take()
    with CaptureQueriesContext(connection) as captured:
        assert way(table.paper).state == State.ACCEPTED
    statements = len(captured)  # at once: the next request empties the list
    protocol = take(benchmark, GROUP, lambda: way(table.paper), before=table.take, rounds=ROUNDS, aim=aim)
    TAKEN[-1].notes.append(f"{statements} statements")
    assert protocol.state == State.ACCEPTED
    assert aim is NO_AIM or statements <= MOST_STATEMENTS
