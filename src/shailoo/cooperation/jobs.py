"""Work of the register in the background: every night passports' data of missions that are home go."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from shailoo.accounts.background import by_the_installation
from shailoo.cooperation.actions.delegations import erase_in_time
from shailoo.cooperation.models import Mission

_log = logging.getLogger(__name__)


@app.periodic(cron="45 2 * * *")
@app.task(queueing_lock="cooperation_retention", name="cooperation.erase_passports")
@by_the_installation
def erase_passports(timestamp: int) -> None:
    """Procrastinate calls this with the second of its schedule."""
    del timestamp
    _log.info("passports of delegations erased: %s", erase_all_in_time(timezone.now()))


def erase_all_in_time(at: datetime) -> int:
    """Erase the passports' data of every mission that has been home long enough; returns how many went."""
    waiting = Mission.objects.filter(delegates__passport__ciphertext__isnull=False).distinct().order_by("pk")
    return sum(erase_in_time(mission, at=at) for mission in waiting)
