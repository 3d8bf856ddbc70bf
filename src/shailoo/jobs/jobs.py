"""What the queue does of itself in this room: work whose worker is gone is looked for every minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shailoo.accounts.background import by_the_installation
from shailoo.jobs import verifying
from shailoo.jobs.kinds import register
from shailoo.jobs.running import recover


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="lost_work", name="jobs.recover")
@by_the_installation
def recover_lost_work(timestamp: int) -> None:
    """Procrastinate calls this with the second of its schedule; it does not matter when it runs."""
    del timestamp
    recover()


register(verifying.KIND)
