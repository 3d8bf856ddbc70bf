"""Printing a batch in the background: list by list, each in a transaction of its own, so that it can be broken off.

What was printed before a crash stays printed under its number; the work that begins again prints the rest.
"""

from __future__ import annotations

from django.db.models import Sum

from shailoo.elections.clock import now
from shailoo.jobs.kinds import Interrupted, Kind, Result, register
from shailoo.jobs.progress import Progress, WorkFailedError
from shailoo.law.outcome import Refused
from shailoo.voters.lists.models import VoterList
from shailoo.voters.printing.actions.printing import print_list
from shailoo.voters.printing.models import Batch, PrintedList
from shailoo.voters.printing.states import WORK

MESSAGE = "printing_lists"


def print_batch(progress: Progress, batch: int) -> Result:
    """Print every list of the batch that is not printed yet. Returns how many lists and pages the batch has by now.

    Raises WorkFailedError where the office that ordered it may no longer have it printed.
    """
    related = ("edition__register__election__clock", "edition__register__voting", "edition__change__delivery")
    found = Batch.objects.select_related("office__body", "office__person", *related).get(pk=batch)
    election = found.edition.register.election
    printed = PrintedList.objects.filter(batch=found, number=1)
    done = printed.count()
    progress.step(done, found.lists, MESSAGE)
    waiting = VoterList.objects.filter(edition=found.edition).exclude(pk__in=printed.values("list"))
    for each in waiting.defer("entries").select_related("precinct__area").order_by("precinct__number"):
        each.edition = found.edition
        if isinstance(print_list(found, each, by=found.office, at=now(election)), Refused):
            raise WorkFailedError("right_is_gone")
        done += 1
        progress.step(done, found.lists, MESSAGE)
    pages = printed.aggregate(all=Sum("pages"))["all"] or 0
    return {"lists": done, "pages": pages, "batch": found.pk}


register(
    Kind(
        WORK,
        print_batch,
        right="voters.print",
        interrupted=Interrupted.AGAIN,
        attempts=10,
        arguments={"batch": int},
    )
)
