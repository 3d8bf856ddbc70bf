"""Work that somebody asked for: what, by which office, how far it is, and what came of it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office
from shailoo.jobs.states import ENDED, MOVES, UNFINISHED, State
from shailoo.ledger.guards import never_emptied

ASKED = ("kind", "subject", "arguments", "alone", "asked_by_id", "asked_at")
"""What was asked for: the columns that never change."""

_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)
_ENDED = ", ".join(f"'{state}'" for state in ENDED)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in ASKED) for row in ("OLD", "NEW"))


def _refuse(name: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


GUARD = f"""
IF OLD.state IN ({_ENDED}) THEN
    {_refuse("a_work_that_ended_never_changes", "a work that ended never changes")}
END IF;
IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
    {_refuse("a_work_moves_along_the_table", "no act leads there")}
END IF;
IF ({_OLD}) IS DISTINCT FROM ({_NEW}) THEN
    {_refuse("what_was_asked_for_does_not_change", "what was asked for does not change")}
END IF;
IF NEW.attempts < OLD.attempts THEN
    {_refuse("attempts_are_counted_up", "attempts are counted up")}
END IF;
RETURN NEW;
"""


class Work(models.Model):
    """One work of a registered kind (`kinds`). Nothing in it tells of people but the offices that asked and cancelled.

    `done` of `total` are in the kind's own unit; `message` and `error` are codes with words in `wording`.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, blank=True, default="")  # as the ledger names records; "": none
    arguments = models.JSONField(default=dict)
    alone = models.BooleanField(default=False)  # one unfinished work of this kind about this subject, no second
    asked_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()  # when it may be taken up: at once, or after the pause before another attempt
    state = models.CharField(
        max_length=9, choices=[(state.value, state.value) for state in State], default=State.WAITING.value
    )
    task = models.BigIntegerField(null=True, blank=True)  # its place in the queue
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)  # of the latest attempt
    heartbeat_at = models.DateTimeField(null=True, blank=True)  # when its worker last told of it
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    message = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)  # of the message
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = (
            models.Index(fields=["-asked_at", "-id"], name="works_the_latest_first"),
            models.Index(fields=["state"], condition=Q(state__in=UNFINISHED), name="works_that_are_unfinished"),
        )
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(alone=True, state__in=UNFINISHED),
                name="no_second_work_beside_an_unfinished_one",
            ),
            models.CheckConstraint(condition=Q(state__in=list(State)), name="a_work_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")), name="no_more_is_done_than_there_is"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False) | Q(state__in=UNFINISHED, ended_at__isnull=True),
                name="a_work_ends_when_it_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING) | Q(started_at__isnull=False, attempts__gte=1),
                name="a_work_that_runs_was_taken_up",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FAILED) ^ Q(error=""), name="a_work_that_failed_says_why_and_no_other"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DONE, result__isnull=False) | ~Q(state=State.DONE) & Q(result__isnull=True),
                name="a_work_that_is_done_has_a_result_and_no_other",
            ),
            models.CheckConstraint(
                condition=Q(cancel_asked_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancel_asked_at__isnull=False, cancelled_by__isnull=False),
                name="a_work_is_cancelled_by_an_office",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CANCELLED) | Q(cancel_asked_at__isnull=False),
                name="no_work_is_cancelled_unasked",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_work_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=GUARD,
            ),
            pgtrigger.Protect(
                name="a_work_begins_by_waiting",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=State.WAITING.value),
            ),
            pgtrigger.Protect(name="works_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("works"),
        ]
