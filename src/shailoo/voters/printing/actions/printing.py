"""All lists of an edition are printed once (L14.7.b, L15.5.b1); one that was spoiled or lost, again with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from shailoo.accounts.access import refusal
from shailoo.accounts.models import Office
from shailoo.jobs.actions import start
from shailoo.jobs.models import Work
from shailoo.law.outcome import Refused
from shailoo.ledger.actions import record
from shailoo.ledger.holding import hold
from shailoo.voters.actions.act import act
from shailoo.voters.lists.columns import Copy, released
from shailoo.voters.lists.models import Edition, Stage, VoterList
from shailoo.voters.lists.queries import current
from shailoo.voters.printing import vault
from shailoo.voters.printing.assembling import COPIES, sheet_of
from shailoo.voters.printing.models import Batch, PrintedList
from shailoo.voters.printing.sheets.drawing import draw
from shailoo.voters.printing.states import WORK

NORMS = {Stage.PRELIMINARY: "L14.7.b", Stage.CONTROL: "L15.3.d", Stage.FINAL: "L15.5.b1"}


@dataclass(frozen=True, slots=True)
class Ordered:
    """A batch and the work that prints it."""

    batch: Batch
    work: Work


@act
def order_batch(edition: Edition, copy: Copy, *, by: Office, at: datetime) -> Ordered | Refused:
    """Have every list of the edition printed in this copy, in the background; each edition once in each copy."""
    register, stage = edition.register, Stage(edition.stage)
    norm = NORMS[stage]
    if refused := refusal(by, may="voters.print", election=register.election.slug, at=at):
        return refused
    if copy not in COPIES[stage]:
        return Refused.because(norm, "printing_copy_not_made")
    if refused := released(stage, copy, register.election.edition):
        return refused
    hold(f"voter_list_edition:{edition.pk}")
    if refused := superseded(edition):
        return refused
    if Batch.objects.filter(edition=edition, copy=copy).exists():
        return Refused.because(norm, "printing_ordered_before")
    payload = {"stage": edition.stage, "number": edition.number, "copy": copy.value, "lists": edition.precincts}
    subject = f"voters_register:{register.pk}"
    act_hash = record("voters.printing_ordered", subject=subject, by=by, at=at, grounds=[norm], payload=payload)
    batch = Batch.objects.create(
        edition=edition, copy=copy.value, lists=edition.precincts, office=by, at=at, act=act_hash
    )
    work = start(WORK, by=by, at=at, subject=batch.subject, batch=batch.pk)
    return Ordered(batch, work) if isinstance(work, Work) else work


def superseded(edition: Edition) -> Refused | None:
    """The refusal where a later edition of the stage counts; None where this is the one."""
    latest = current(edition.register, edition.stage)
    if latest is not None and latest.pk != edition.pk:
        return Refused.because(NORMS[Stage(edition.stage)], "printing_edition_is_not_the_last")
    return None


@act
def print_rest(batch: Batch, *, by: Office, at: datetime) -> Work | Refused:
    """Have the lists of a batch printed that are not printed yet, after its work was cancelled or has failed."""
    edition = batch.edition
    norm = NORMS[Stage(edition.stage)]
    if refused := refusal(by, may="voters.print", election=edition.register.election.slug, at=at):
        return refused
    hold(f"voter_list_edition:{edition.pk}")
    if refused := superseded(edition):
        return refused
    printed = PrintedList.objects.filter(batch=batch, number=1).count()
    if printed == batch.lists:
        return Refused.because(norm, "printing_is_done")
    work = start(WORK, by=by, at=at, subject=batch.subject, batch=batch.pk)
    if isinstance(work, Work):
        payload = {"stage": edition.stage, "copy": batch.copy, "lists": batch.lists - printed}
        subject = f"voters_register:{edition.register_id}"
        record("voters.printing_ordered", subject=subject, by=by, at=at, grounds=[norm], payload=payload)
    return work


@act
def print_list(batch: Batch, found: VoterList, *, by: Office, at: datetime) -> PrintedList | Refused:
    """Print a list of the batch under number 1; one that was printed before is given back as it is."""
    if refused := refusal(by, may="voters.print", election=found.edition.register.election.slug, at=at):
        return refused
    hold(f"voter_list:{found.pk}")
    first = PrintedList.objects.filter(list=found, copy=batch.copy, number=1).first()
    return first or _printed(batch, found, 1, "", by=by, at=at)


@act
def print_again(printed: PrintedList, reason: str, *, by: Office, at: datetime) -> PrintedList | Refused:
    """Print a list under the next number, since the last copy is spoiled or lost; that one is void from then on."""
    batch, found = printed.batch, printed.list
    edition = found.edition
    norm = NORMS[Stage(edition.stage)]
    if refused := refusal(by, may="voters.print", election=edition.register.election.slug, at=at):
        return refused
    if not reason.strip():
        return Refused.because(norm, "printing_reason_needed", fields=("reason",))
    hold(f"voter_list:{found.pk}")
    same = PrintedList.objects.filter(list=found, copy=printed.copy)
    last = int(same.aggregate(last=Max("number"))["last"] or 0)
    if printed.number != last:
        return Refused.because(norm, "printing_replaced_before", number=last)
    return _printed(batch, found, last + 1, reason.strip(), by=by, at=at)


def _printed(batch: Batch, found: VoterList, number: int, reason: str, *, by: Office, at: datetime) -> PrintedList:
    made = draw(sheet_of(found, Copy(batch.copy), number))
    digest, key = vault.put(made.content)
    payload = {"list": found.number, "copy": batch.copy, "number": number, "voters": found.voters} | {
        "pages": made.pages,
        "sha256": digest,
    }
    subject, grounds = f"voter_list:{found.pk}", [NORMS[Stage(found.edition.stage)]]
    act_hash = record(
        "voters.list_printed" if number == 1 else "voters.list_printed_again",
        subject=subject,
        by=by,
        at=at,
        grounds=grounds,
        payload=payload,
    )
    return PrintedList.objects.create(
        batch=batch,
        list=found,
        copy=batch.copy,
        number=number,
        reason=reason,
        voters=found.voters,
        pages=made.pages,
        bytes=len(made.content),
        sha256=digest,
        key=key,
        office=by,
        at=at,
        act=act_hash,
    )
