"""Work of the ledger in the background: a signed head of the log every day, whether results were published or not."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from shailoo.ledger.actions import publish_head

_log = logging.getLogger(__name__)


def publish_daily_head(timestamp: int) -> None:
    """Procrastinate calls this with the second of its schedule; the head says when it was made."""
    head = publish_head(at=timezone.now())
    _log.info("head %s of %s acts, due at %s", head.number, head.size, timestamp)


# What `accounts.background.by_the_installation` sets: this room stands below that one and cannot ask it.
publish_daily_head.right_of_the_job = "the installation"  # type: ignore[attr-defined]  # a mark on a function
task = app.periodic(cron="15 18 * * *")(  # UTC: shortly after midnight in Bishkek
    app.task(queueing_lock="ledger_head", name="ledger.publish_head")(publish_daily_head)
)
