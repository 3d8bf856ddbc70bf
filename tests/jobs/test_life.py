"""A work from its asking to its end; what the database refuses; a worker that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from shailoo.accounts.background import jobs
from shailoo.accounts.models import Office
from shailoo.accounts.roles import Role
from shailoo.jobs import queries, words
from shailoo.jobs.actions import cancel, start
from shailoo.jobs.kinds import KINDS, BadArgumentsError, pause, register
from shailoo.jobs.lease import leased
from shailoo.jobs.models import GUARD, Work
from shailoo.jobs.running import Recovered, recover, run
from shailoo.jobs.states import ARCS, ENDED, MOVES, State, mermaid
from shailoo.jobs.verifying import address
from shailoo.law.outcome import Refused
from tests.counting.scene import office
from tests.jobs.kinds import AGAIN, EVENTS, FAILS, FAULTY
from tests.jobs.scene import asked, bodies, cec_chair


def state(work: Work) -> str:
    work.refresh_from_db()
    return work.state


# ------------------------------------------------------------------------------------- asking


@pytest.mark.django_db
def test_asking_needs_the_right_and_is_one_transaction_with_the_queue() -> None:
    chair = cec_chair()
    work = asked(FAULTY.code, chair, fault="none")
    assert (work.state, work.attempts) == ("waiting", 0)
    job = ProcrastinateJob.objects.get(pk=work.task)
    assert (job.task_name, job.args, job.status) == ("work.test_faulty", {"work": work.pk}, "todo")
    assert jobs()["work.test_faulty"] == "ledger.read"
    before = ProcrastinateJob.objects.count()
    with transaction.atomic():
        asked(FAULTY.code, chair, fault="none")
        transaction.set_rollback(True)
    clerk = office("clerk", chair.body, Role.PEC_OPERATOR)
    refused = start(FAULTY.code, by=clerk, at=timezone.now(), fault="none")
    assert isinstance(refused, Refused)
    assert refused.codes == ("office_may_not",)
    for wrong in ({}, {"fault": 1}, {"fault": True}, {"fault": "x", "more": "x"}):
        with pytest.raises(BadArgumentsError):
            start(FAULTY.code, by=chair, at=timezone.now(), **wrong)
    with pytest.raises(ValueError):
        register(FAULTY)
    assert ProcrastinateJob.objects.count() == before
    assert Work.objects.count() == 1


@pytest.mark.django_db
def test_one_unfinished_work_of_a_kind_about_a_subject_where_the_kind_asks_for_it() -> None:
    chair = cec_chair()
    first = asked(AGAIN.code, chair, marker="x")
    again = start(AGAIN.code, by=chair, at=timezone.now(), marker="y")
    assert isinstance(again, Refused)
    assert again.codes == ("work_is_under_way",)
    asked(AGAIN.code, chair, subject="voting:1", marker="x")
    asked(FAULTY.code, chair, fault="none")
    asked(FAULTY.code, chair, fault="none")
    assert isinstance(cancel(first, by=chair, at=timezone.now()), Work)
    assert asked(AGAIN.code, chair, marker="x").state == "waiting"


@pytest.mark.django_db
def test_who_may_cancel_and_what_can_be_cancelled() -> None:
    chair = cec_chair()
    tec, far = bodies(chair.body)
    own = office("tec", tec, Role.TEC_CHAIR)
    auditor = office("auditor", far, Role.AUDIT_GROUP)
    work, other = asked(FAULTY.code, own, fault="none"), asked(FAULTY.code, chair, fault="none")
    for stranger, of in ((office("far", far, Role.TEC_CHAIR), work), (own, other), (auditor, work)):
        assert isinstance(cancel(of, by=stranger, at=timezone.now()), Refused)
    his = asked(FAULTY.code, auditor, fault="none")
    for by, of in ((chair, work), (chair, other), (auditor, his)):
        done = cancel(of, by=by, at=timezone.now())
        assert isinstance(done, Work)
        assert (done.state, done.cancelled_by) == ("cancelled", by)
        late = cancel(of, by=by, at=timezone.now())
        assert isinstance(late, Refused)
        assert late.codes == ("work_has_ended",)
    assert set(queries.visible_to(own)) == {work}
    assert set(queries.visible_to(auditor)) == {his}
    assert set(queries.visible_to(chair)) == {work, other, his}


# ------------------------------------------------------------------------------------- what the database holds


COMPLETE: Mapping[State, Mapping[str, object]] = {  # what a row in this state must have beside it
    State.WAITING: {},
    State.RUNNING: {"attempts": 1, "started_at": "now"},
    State.DONE: {"ended_at": "now", "result": {}},
    State.FAILED: {"ended_at": "now", "error": "broken"},
    State.CANCELLED: {"ended_at": "now", "cancel_asked_at": "now", "cancelled_by": "chair"},
}


def changed(work: Work, **fields: object) -> str:
    """Change the row past all code; the name of what refused it, "" where nothing did. What was changed is undone."""
    values = {"now": timezone.now(), "chair": work.asked_by}
    told = {name: values.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
    try:
        with transaction.atomic():
            Work.objects.filter(pk=work.pk).update(**told)
            transaction.set_rollback(True)
    except Error as refused:
        diagnosis = getattr(refused.__cause__, "diag", None)
        return str(getattr(diagnosis, "constraint_name", None) or refused)
    return ""


def brought_to(work: Work, target: State) -> None:
    """Move a waiting work to a state along the table."""
    if target not in (State.WAITING, State.CANCELLED):
        Work.objects.filter(pk=work.pk).update(state="running", attempts=1, started_at=timezone.now())
    if target in ENDED:
        told = {"now": timezone.now(), "chair": work.asked_by}
        fields = {
            name: told.get(value, value) if isinstance(value, str) else value
            for name, value in COMPLETE[target].items()
        }
        Work.objects.filter(pk=work.pk).update(state=target.value, **fields)
    work.refresh_from_db()


@pytest.mark.django_db
def test_a_state_moves_along_the_table_only_and_an_ended_work_never() -> None:
    chair = cec_chair()
    for source in State:
        work = asked(FAULTY.code, chair, fault="none")
        brought_to(work, source)
        for target in State:
            refused = changed(work, state=target.value, **COMPLETE[target])
            assert (refused == "") is ((source, target) in MOVES or (source is target and source not in ENDED)), (
                source,
                target,
                refused,
            )
        if source in ENDED:
            assert changed(work, done=1) == "a_work_that_ended_never_changes"
    assert all(f"{arc.source or '[*]'} --> {arc.target}" in mermaid() for arc in ARCS)


@pytest.mark.django_db
def test_each_promise_of_the_table_is_held_by_the_database() -> None:
    chair = cec_chair()
    work = asked(FAULTY.code, chair, fault="none")
    brought_to(work, State.RUNNING)
    broken: Mapping[str, Mapping[str, object]] = {
        "what_was_asked_for_does_not_change": {"arguments": {}},
        "attempts_are_counted_up": {"attempts": 0},
        "no_more_is_done_than_there_is": {"done": 4, "total": 3},
        "a_work_ends_when_it_ended": {"state": "done", "result": {}},
        "a_work_that_runs_was_taken_up": {"started_at": None},
        "a_work_that_failed_says_why_and_no_other": {"error": "broken"},
        "a_work_that_is_done_has_a_result_and_no_other": {"result": {}},
        "a_work_is_cancelled_by_an_office": {"cancel_asked_at": "now"},
        "no_work_is_cancelled_unasked": {"state": "cancelled", "ended_at": "now"},
        "a_work_is_in_a_known_state": {"state": "lost"},
    }
    for name, fields in broken.items():
        first = (
            "a_work_moves_along_the_table" if name == "a_work_is_in_a_known_state" else name
        )  # the trigger is asked first
        assert changed(work, **fields) == first
        assert name in {each.name for each in Work._meta.constraints} or name in GUARD
    for statement in ("DELETE FROM jobs_work", "TRUNCATE jobs_work CASCADE"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    told = {"asked_by": chair, "asked_at": timezone.now(), "due_at": timezone.now()}
    with pytest.raises(Error), transaction.atomic():
        Work.objects.create(kind="x", state="running", attempts=1, started_at=timezone.now(), **told)


# ------------------------------------------------------------------------------------- running


@pytest.mark.django_db(transaction=True)
def test_how_a_work_ends(caplog: pytest.LogCaptureFixture) -> None:
    """Done; not possible; broken twice with a pause between; without its right; cancelled while it runs."""
    EVENTS.clear()
    chair = cec_chair()
    good, cannot, bad = (asked(FAULTY.code, chair, fault=fault) for fault in ("none", "cannot", "breaks"))
    for work in (good, good, cannot, bad, bad):  # what ended, or waits for its pause to pass… is not begun by the queue
        run(work.pk)
    assert (state(good), good.result, good.done, good.total, good.attempts) == ("done", {"fault": "none"}, 3, 3, 1)
    assert (state(cannot), cannot.error, cannot.result) == ("failed", "nothing_signed", None)
    assert (state(bad), bad.error, bad.attempts) == ("failed", "broken", 2)
    assert EVENTS == ["none", "cannot", "breaks", "breaks"]
    again = ProcrastinateJob.objects.get(pk=bad.task)
    assert again.scheduled_at is not None
    assert again.scheduled_at - timezone.now() > pause(1) - timedelta(seconds=20)
    assert "a secret" in caplog.text
    assert "a secret" not in str(Work.objects.filter(pk=bad.pk).values())
    late = asked(FAULTY.code, chair, fault="none")
    stopped = asked(FAULTY.code, chair, fault="endless")
    with leased(stopped.pk) as other:
        assert other is not None
        run(stopped.pk)
        assert state(stopped) == "waiting", "somebody else holds it"
    Work.objects.filter(pk=stopped.pk).update(cancel_asked_at=timezone.now(), cancelled_by=chair)
    run(stopped.pk)
    assert (state(stopped), stopped.result) == ("cancelled", None)
    Office.objects.filter(pk=chair.pk).update(until=timezone.now() - timedelta(seconds=1))
    run(late.pk)
    assert (state(late), late.error) == ("failed", "right_is_gone")


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_works_own_transaction_is_open_and_stays_when_it_is_undone() -> None:
    work = asked(FAULTY.code, cec_chair(), fault="none")
    with leased(work.pk) as lease:
        assert lease is not None
        assert lease.take_up(timezone.now()) is not None
        with transaction.atomic():
            Work.objects.filter(pk=work.pk).count()
            lease.step(1, 10, "verifying")
            lease.step(2, 10, "verifying")  # within half a second: not written
            transaction.set_rollback(True)
        work.refresh_from_db()
        assert (work.done, work.total, work.message) == (1, 10, "verifying")
        assert lease.take_up(timezone.now()) is None, "it runs already"
    at = work.started_at + timedelta(seconds=60) if work.started_at else timezone.now()
    assert queries.lasted(work, at) == timedelta(seconds=60)
    assert queries.remains(work, at) == timedelta(seconds=540)


@contextmanager
def worker(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A real worker on the database of this test; killed at the end if it still lives."""
    environment = os.environ | {
        "SHAILOO_DATABASE_URL": address(),
        "SHAILOO_DATA": str(data),
        "SHAILOO_SECRET_KEY": "of a test",
        "DJANGO_SETTINGS_MODULE": "shailoo.settings",
    }
    command = [sys.executable, "-W", "ignore", "-m", "tests.jobs.worker"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_what_the_next_one_takes_up_or_ends(tmp_path: Path) -> None:
    chair = cec_chair()
    again = asked(AGAIN.code, chair, marker=str(tmp_path / "again"))
    fails = asked(FAILS.code, chair, marker=str(tmp_path / "fails"))
    connection.close()
    with worker(tmp_path) as first:
        assert first.stdout is not None
        assert [first.stdout.readline() for _ in "ab"] == ["begun\n", "begun\n"]
        assert (state(again), state(fails)) == ("running", "running")
        assert (again.done, again.total) == (1, 2)
        run(again.pk)  # a second worker does not get what the first one holds
        assert recover() == Recovered(0, 0)
        assert (again.attempts, state(again)) == (1, "running")
        first.kill()
    assert (state(again), state(fails)) == ("running", "running"), "nobody was there to say what became of them"
    with worker(tmp_path) as second:
        assert second.wait(60) == 0
    assert (state(again), again.attempts, again.result) == ("done", 2, {"marker": str(tmp_path / "again")})
    assert (state(fails), fails.attempts, fails.error) == ("failed", 1, "interrupted")


@pytest.mark.django_db(transaction=True)
def test_work_whose_place_in_the_queue_is_lost_is_queued_again() -> None:
    work = asked(AGAIN.code, cec_chair(), marker="x")
    assert recover() == Recovered(0, 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [work.task])
    assert recover() == Recovered(1, 0)
    assert state(work) == "waiting"
    assert ProcrastinateJob.objects.get(pk=work.task).status == "todo"


@pytest.mark.django_db
def test_work_that_waits_longer_than_five_minutes_without_a_worker_is_told() -> None:
    chair, at = cec_chair(), timezone.now()
    assert not queries.health(at).stuck
    asked(FAULTY.code, chair, fault="none", at=at - queries.PATIENCE)
    assert not queries.health(at).stuck
    assert queries.health(at + timedelta(seconds=1)).stuck
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    health = queries.health(at + timedelta(seconds=1))
    assert (health.stuck, health.workers, health.waiting) == (False, 1, 1)


def test_every_kind_says_what_it_is_about() -> None:
    assert {"ledger_verification", "ledger_export", "file_check"} <= KINDS.keys()
    for kind in KINDS.values():
        if not kind.code.startswith("test_"):
            assert words.kind(kind.code).lower() != kind.code
            assert words.about(kind.code) or not kind.offered
