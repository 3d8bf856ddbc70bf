"""A commission at work: a whole sitting by its acts, and the register of decisions searched.

Aims: a sitting of twelve members with twenty questions under 4 s of server time; the first page of a search among 5,000
decisions under 50 ms.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pytest_benchmark.fixture import BenchmarkFixture
from tests.commissions.scene import AT, Scene, build
from tests.commissions.sittings import done, in_session

from benchmarks.measuring import TAKEN, Aim, take
from shailoo.commissions import actions
from shailoo.commissions.actions import MinutesText, Question, Text
from shailoo.commissions.models import Decision, Matter, Vote
from shailoo.commissions.queries.decisions import Wanted, decisions
from shailoo.commissions.register import page_of

QUESTIONS, MEMBERS, MANY = 20, 12, 5_000
SITTING = f"a sitting: {MEMBERS} members, {QUESTIONS} questions"
SEARCH = f"a search among {MANY} decisions, first page"
TABLES = ("motion", "conclusion", "decision", "decisionpublication")
COPIES = """
WITH m AS (
    INSERT INTO commissions_motion (item_id, version, purpose, title_ky, title_ru, title_en, text_ky, text_ru, text_en,
        norms, put_by_id, put_at)
    SELECT o.item_id, n, 'decision', 'Чечим ' || n, 'О вопросе ' || n, '', repeat('сөз мыйзам ' || n || ' ', 60),
        '', '', ARRAY['L12.4'], o.put_by_id, o.put_at
    FROM (SELECT * FROM commissions_motion ORDER BY id DESC LIMIT 1) o, generate_series(2, %s) n
    RETURNING id, version, title_ky, title_ru, text_ky, norms
), c AS (
    INSERT INTO commissions_conclusion (motion_id, adopted, votes_for, votes_against, votes_abstained, members_present,
        seats, needed, office_id, at)
    SELECT m.id, true, 12, 0, 0, 12, 12, 7, o.office_id, o.taken_at
    FROM (SELECT * FROM commissions_decision ORDER BY id DESC LIMIT 1) o, m
), d AS (
    INSERT INTO commissions_decision (body_id, year, number, matter, subject, election, title_ky, title_ru, title_en,
        text_ky, text_ru, text_en, norms, sitting_id, motion_id, votes_for, votes_against, votes_abstained,
        members_present, seats, taken_at, office_id)
    SELECT o.body_id, o.year, o.number + m.version, o.matter, o.subject, o.election, m.title_ky, m.title_ru, '',
        m.text_ky, '', '', m.norms, o.sitting_id, m.id, 12, 0, 0, 12, 12,
        o.taken_at + m.version * interval '1 minute', o.office_id
    FROM (SELECT * FROM commissions_decision ORDER BY id DESC LIMIT 1) o, m RETURNING id, office_id, taken_at
)
INSERT INTO commissions_decisionpublication (decision_id, office_id, at) SELECT id, office_id, taken_at FROM d
"""


def sit(scene: Scene) -> list[Decision]:
    """One sitting: everybody comes, twenty questions are put and voted on, minutes signed, decisions published."""
    sitting, members = in_session(scene.cec.body, at=AT)
    chair, secretary = members[0], members[1]
    votes = dict.fromkeys(members, Vote.Choice.FOR)
    decisions = []
    for number in range(QUESTIONS):
        question = Question(Matter.OTHER, title_ky=f"Маселе {number}")
        proposed = done(actions.propose_item(sitting, question, by=chair, at=AT))
        item = done(actions.include_item(proposed, by=chair, at=AT))
        motion = done(actions.put_motion(item, Text(text_ky="Чечсин."), by=chair, at=AT))
        done(actions.record_votes(motion, votes, by=secretary, at=AT))
        decision = done(actions.conclude_motion(motion, by=chair, at=AT))
        assert isinstance(decision, Decision)
        decisions.append(decision)
    later = AT + timedelta(hours=1)
    done(actions.close_sitting(sitting, by=chair, at=later))
    minutes = done(actions.draft_minutes(sitting, MinutesText("Угулду."), by=secretary, at=later))
    for signer in (chair, secretary):
        done(actions.sign_minutes(minutes, by=signer, at=later))
    done(actions.publish_minutes(minutes, by=secretary, at=later))
    for decision in decisions:
        done(actions.publish_decision(decision, by=secretary, at=later))
    return decisions


def bare_rows() -> None:
    """The same number of rows, one statement for each vote and decision."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bare (a bigint, b text)")
        for number in range(QUESTIONS * (MEMBERS + 1)):
            cursor.execute("INSERT INTO bare VALUES (%s, 'for')", [number])


@pytest.mark.django_db
def test_a_whole_sitting(benchmark: BenchmarkFixture) -> None:
    scene = build(members=MEMBERS - 2)
    with CaptureQueriesContext(connection) as asked:
        assert len(sit(scene)) == QUESTIONS
    take(benchmark, SITTING, lambda: sit(scene), rounds=3, aim=Aim(4.0))
    TAKEN[-1].notes.append(f"{len(asked)} statements")


@pytest.mark.django_db
def test_a_sitting_bare_minimum(benchmark: BenchmarkFixture) -> None:
    take(benchmark, SITTING, bare_rows, rounds=3)


@pytest.fixture
def many_decisions() -> None:
    """Five thousand decisions, copied past the triggers: how decisions come about is measured above."""
    sit(build(members=MEMBERS - 2))
    tables = [f"commissions_{name}" for name in TABLES]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(COPIES, [MANY])
        cursor.execute("ANALYZE commissions_decision")
    assert Decision.objects.count() >= MANY


@pytest.mark.usefixtures("db", "many_decisions")
@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(published=True),
        Wanted(text="мыйзам 4711", published=True),
        Wanted(text="№ 4711/2020", published=True),
        Wanted(norm="L12"),
    ],
    ids=["all", "words", "number", "norm"],
)
def test_the_register_is_searched(benchmark: BenchmarkFixture, wanted: Wanted) -> None:
    def searched() -> int:
        page = page_of(decisions(wanted), QueryDict())
        return len(list(page))

    assert take(benchmark, SEARCH, searched, rounds=20, aim=Aim(0.050)) >= 1


@pytest.mark.usefixtures("db", "many_decisions")
def test_a_search_bare_minimum(benchmark: BenchmarkFixture) -> None:
    def read() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM commissions_decision WHERE text_ky ILIKE '%4711%'")
            return int(cursor.fetchone()[0])

    assert take(benchmark, SEARCH, read, rounds=20) >= 1
