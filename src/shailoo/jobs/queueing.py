"""Putting a work into the queue of procrastinate, on Django's own connection: in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from shailoo.jobs.kinds import Kind
from shailoo.jobs.models import Work


def defer(kind: Kind, pk: int, due: datetime | None = None) -> None:
    """Queue the work `pk`, to be taken up at once or from the instant `due` on. Rolls back with the transaction.

    A worker's own connector is asynchronous and has connections of its own; this one is Django's in every process.
    """
    job = configure_task(name=kind.task, job_manager=JobManager(DjangoConnector()), schedule_at=due)
    Work.objects.filter(pk=pk).update(task=job.defer(work=pk))
