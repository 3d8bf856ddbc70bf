"""Long work of intake: reading long lists and archives; and every night erasing what nobody may keep any longer."""

from __future__ import annotations

import io
import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from shailoo.accounts.background import by_the_installation
from shailoo.accounts.models import Office
from shailoo.documents.sealed.actions import erase, opened
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections import clock
from shailoo.jobs.kinds import Kind, Result, register
from shailoo.jobs.progress import Progress, WorkFailedError
from shailoo.law.outcome import Refused
from shailoo.observation.actions.attaching import Contains, take_archive
from shailoo.observation.actions.drafting import take_list
from shailoo.observation.actions.retention import erase_application, forget_unproved
from shailoo.observation.models import Application

MOST_NAMED = 20  # files of nobody that the result names
_log = logging.getLogger(__name__)


def import_list(progress: Progress, *, application: int, file: int, name: str, office: int) -> Result:
    """Read a long list that was sealed as it came in. Returns how many rows it has and how many of them have faults."""
    found, by, sealed = _asked(application, office, file)
    progress.step(0, None, "reading_list")
    upload = take_list(found, opened(sealed), name, by=by, at=clock.now(found.election))
    _done_with(sealed, by, found)
    if isinstance(upload, Refused):
        raise WorkFailedError("list_refused")
    return {"rows": upload.rows, "faulty": upload.faulty}


def import_archive(progress: Progress, *, application: int, file: int, contains: str, office: int) -> Result:
    """Take photographs or identity copies from an archive. Returns how many found their person."""
    found, by, sealed = _asked(application, office, file)
    progress.step(0, None, "reading_archive")
    taken = take_archive(found, io.BytesIO(opened(sealed)), Contains(contains), by=by, at=clock.now(found.election))
    _done_with(sealed, by, found)
    if isinstance(taken, Refused):
        raise WorkFailedError("archive_refused")
    named = [{"code": "file_of_nobody", "where": name} for name in taken.strangers[:MOST_NAMED]]
    return {"kept": taken.kept, "strangers": len(taken.strangers), "unfit": taken.unfit, "told": named}


def _asked(application: int, office: int, file: int) -> tuple[Application, Office, SealedFile]:
    found = Application.objects.select_related("election", "sender__body").get(pk=application)
    by = Office.objects.select_related("body", "person").get(pk=office)
    return found, by, SealedFile.objects.get(pk=file, subject=found.subject)


def _done_with(sealed: SealedFile, by: Office, application: Application) -> None:
    """What waited for this work is not needed any longer."""
    erase([sealed], ground="was read", by=by, at=clock.now(application.election))


register(
    Kind(
        "observation_list",
        import_list,
        right="observation.apply",
        arguments={"application": int, "file": int, "name": str, "office": int},
        alone=False,
    )
)
register(
    Kind(
        "observation_archive",
        import_archive,
        right="observation.apply",
        arguments={"application": int, "file": int, "contains": str, "office": int},
        alone=False,
    )
)


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="observation_retention", name="observation.erase_what_is_over")
@by_the_installation
def erase_what_is_over(timestamp: int) -> None:
    """Procrastinate calls this with the second of its schedule; each election has its own clock."""
    del timestamp
    _log.info("personal documents of observers erased: %s", erase_all_that_is_over())


def erase_all_that_is_over() -> int:
    """Erase what is sealed of every application whose time has ended; returns how many files went."""
    gone = 0
    for application in Application.objects.select_related("election__clock").order_by("pk"):
        gone += erase_application(application, at=clock.now(application.election))
    forget_unproved(timezone.now())
    return gone
