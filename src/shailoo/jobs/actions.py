"""Asking for work in the background, and cancelling it. Right, row and place in the queue are one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from shailoo.accounts import access
from shailoo.accounts.models import Office
from shailoo.jobs.kinds import KINDS
from shailoo.jobs.models import Work
from shailoo.jobs.queueing import defer
from shailoo.jobs.states import UNFINISHED, State
from shailoo.law.outcome import Refused

ONE_AT_A_TIME = "no_second_work_beside_an_unfinished_one"


def start(kind: str, *, by: Office, at: datetime, subject: str = "", **arguments: object) -> Work | Refused:
    """Ask for a work of a registered kind; a worker takes it up once the caller's transaction is committed.

    `subject` names the record concerned as the ledger does; without it, what the kind says. Refused where the office
    may not do what the work does, or where one like it is unfinished and the kind allows no second. Raises KeyError for
    an unknown kind, BadArgumentsError for arguments that are not the kind's.
    """
    known = KINDS[kind]
    given = known.checked(arguments)
    refused = access.refusal(by, may=known.right, at=at)
    if refused is not None:
        return refused
    try:
        with transaction.atomic():
            work = Work.objects.create(
                kind=kind,
                subject=subject or known.subject,
                arguments=given,
                alone=known.alone,
                asked_by=by,
                asked_at=at,
                due_at=at,
            )
            defer(known, work.pk)
    except IntegrityError as clash:
        if ONE_AT_A_TIME not in str(clash):
            raise
        return Refused.because("L12.1", "work_is_under_way", work_kind=kind)
    work.refresh_from_db()
    return work


@transaction.atomic
def cancel(work: Work, *, by: Office, at: datetime) -> Work | Refused:
    """Cancel a work: one that waits ends at once, one that runs as soon as its body next tells how far it is.

    The office that asked may, and whoever watches the work of that office's body.
    """
    if by.pk != work.asked_by_id or not by.holds_at(at):
        refused = access.refusal(by, may="jobs.watch", at=at, of=work.asked_by.body)
        if refused is not None:
            return refused
    found = Work.objects.select_for_update().get(pk=work.pk)
    if found.state not in UNFINISHED:
        return Refused.because("L12.1", "work_has_ended", work_kind=work.kind)
    found.cancel_asked_at, found.cancelled_by = found.cancel_asked_at or at, found.cancelled_by or by
    if found.state == State.WAITING:
        found.state, found.ended_at = State.CANCELLED.value, at
    found.save(update_fields=["cancel_asked_at", "cancelled_by", "state", "ended_at"])
    return found
