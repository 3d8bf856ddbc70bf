"""Work of the elections room in the background: reminders of deadlines, every ten minutes."""

from __future__ import annotations

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from shailoo.accounts.background import by_the_installation
from shailoo.elections import clock
from shailoo.elections.actions.reminding import Reminded, remind
from shailoo.elections.models import Voting

AFTER_VOTING = timedelta(days=90)  # how long a calendar is still looked after
_log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="reminders", name="elections.send_reminders")
@by_the_installation
def send_reminders(timestamp: int) -> None:
    """Procrastinate calls this with the second of its schedule; each election has its own clock."""
    found = remind_all()
    _log.info("reminders at %s: %s", timestamp, found)


def remind_all() -> Reminded:
    """Every reminder of every election that is due now, each on the clock of its election."""
    sums = [0, 0, 0]
    for voting in Voting.objects.select_related("election", "election__clock"):
        now = clock.now(voting.election)
        if clock.local(now).date() <= voting.day + AFTER_VOTING:
            found = remind(voting, at=now)
            sums = [sums[0] + found.sent, sums[1] + found.without_address, sums[2] + found.failed]
    return Reminded(*sums)
