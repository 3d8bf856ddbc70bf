"""Every night the files of missions and institutions are erased once nobody needs them any longer."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from shailoo.accounts.background import by_the_installation
from shailoo.elections import clock
from shailoo.elections.queries import called
from shailoo.voters.sources import retention

_log = logging.getLogger(__name__)


@app.periodic(cron="55 2 * * *")
@app.task(queueing_lock="voter_sources_retention", name="voters.erase_reports_that_are_over")
@by_the_installation
def erase_what_is_over(timestamp: int) -> None:
    """Procrastinate calls this with the second of its schedule; each election has its own clock."""
    del timestamp
    gone = sum(retention.erase_what_is_over(election, at=clock.now(election)) for election in called())
    _log.info("sealed files of missions and institutions erased: %s", gone)
