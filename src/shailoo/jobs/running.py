"""Running work: what a worker does with one, and finding those whose worker is gone."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.jobs.kinds import KINDS, Kind, pause
from shailoo.jobs.lease import Lease, Taken, leased
from shailoo.jobs.models import Work
from shailoo.jobs.progress import StoppedError, WorkFailedError
from shailoo.jobs.queueing import defer
from shailoo.jobs.states import UNFINISHED, State

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a look for lost work found: put back into the queue, ended as interrupted."""

    queued: int
    failed: int


def run(pk: int) -> None:
    """Carry out the work `pk` if it waits and nobody else holds it; its end stands in its row.

    A body's fault goes to the log, never into the row. A process that is ended leaves the work to `recover`.
    """
    with leased(pk) as lease:
        taken = lease.take_up(timezone.now()) if lease is not None else None
        if lease is not None and taken is not None:
            _carry_out(lease, taken)


def _carry_out(lease: Lease, taken: Taken) -> None:
    kind = KINDS.get(taken.kind)
    if kind is None:
        lease.fail("kind_is_gone", timezone.now())
        return
    office = Office.objects.select_related("person", "body").get(pk=taken.asked_by)
    if access.refusal(office, may=kind.right, at=timezone.now()) is not None:
        lease.fail("right_is_gone", timezone.now())
        return
    try:
        result = kind.body(lease, **kind.checked(taken.arguments))
    except StoppedError:
        lease.cancel(timezone.now())
    except WorkFailedError as failed:
        lease.fail(failed.code, timezone.now())
    except Exception:  # noqa: BLE001  # whatever a body meets: its traceback goes to the log, the work goes on or ends
        _log.exception("work %s (%s), attempt %s", taken.pk, taken.kind, taken.attempts)
        _again_or_fail(lease, kind, taken.attempts, "broken", rest=pause(taken.attempts))
    else:
        lease.finish(result, timezone.now())


def _again_or_fail(lease: Lease, kind: Kind, attempts: int, error: str, *, rest: timedelta) -> bool:
    """Put the work back into the queue, to begin after a rest, while it has attempts left; else end it."""
    at = timezone.now()
    if attempts >= kind.chances:
        lease.fail(error, at)
        return False
    due = at + rest
    lease.wait_again(due)
    defer(kind, lease.pk, _later(due))  # a process that ends between the two leaves the work to `recover`
    return True


def recover() -> Recovered:
    """Find unfinished work that no worker holds and that does not stand in the queue: its worker is gone.

    What may begin anew is put back into the queue, the rest ends as interrupted. Safe to call at any time, by several
    processes at once: a work that two of them queue is still run once.
    """
    queued = failed = 0
    for work in Work.objects.filter(state__in=UNFINISHED).order_by("pk"):
        if _stands_in_queue(work):
            continue  # not even its lease is asked for: the worker that takes it up just now would find it held
        with leased(work.pk) as lease:
            if lease is not None:
                back = _recovered(lease)
                queued, failed = queued + (back is True), failed + (back is False)
    if queued or failed:
        _log.warning("work without a worker: %s queued again, %s interrupted", queued, failed)
    return Recovered(queued, failed)


def _recovered(lease: Lease) -> bool | None:
    """Whether the work was queued again (True) or ended (False); None where nothing was lost."""
    work = Work.objects.get(pk=lease.pk)
    kind = KINDS.get(work.kind)
    if work.state == State.RUNNING:
        if kind is None:
            lease.fail("kind_is_gone", timezone.now())
            return False
        if work.cancel_asked_at is not None:
            lease.cancel(timezone.now())
            return False
        return _again_or_fail(lease, kind, work.attempts, "interrupted", rest=timedelta())
    if work.state != State.WAITING or kind is None or _stands_in_queue(work):
        return None
    defer(kind, work.pk, _later(work.due_at))
    return True


def _stands_in_queue(work: Work) -> bool:
    return ProcrastinateJob.objects.filter(pk=work.task, status="todo").exists()


def _later(due: datetime) -> datetime | None:
    return due if due > timezone.now() else None
