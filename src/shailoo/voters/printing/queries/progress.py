"""How far the printing of an edition is, in all and under each TEC."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from shailoo.commissions.models import Commission
from shailoo.elections.models import VotingPrecinct
from shailoo.jobs.models import Work
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import Edition, Stage
from shailoo.voters.lists.queries import current
from shailoo.voters.models import Register
from shailoo.voters.printing.assembling import COPIES
from shailoo.voters.printing.models import Batch
from shailoo.voters.printing.queries.copies import latest
from shailoo.voters.printing.states import WORK


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lists of so many are how far; each number holds those that are further."""

    lists: int
    printed: int = 0
    bound: int = 0
    handed: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that the edition that counts is printed in, its batch where it was ordered, and how far that is."""

    edition: Edition
    copy: Copy
    batch: Batch | None
    counts: Counts

    @property
    def signed(self) -> bool:
        return self.copy is Copy.FULL


@dataclass(frozen=True, slots=True)
class TecRow:
    """The lists under one TEC."""

    tec: Commission
    counts: Counts


_COUNTED = (Count("pk"), Count("binding"), Count("handed"), Count("handed__handover__receipt"))


def made(register: Register) -> list[Made]:
    """What there is to print of a register: of each stage the edition that counts, in each of its copies."""
    editions = [each for stage in Stage if (each := current(register, stage)) is not None]
    batches = {(each.edition_id, each.copy): each for each in Batch.objects.filter(edition__in=editions)}
    copies = latest().filter(batch__in=batches.values())
    counted = {of: tuple(counts) for of, *counts in copies.values_list("batch").annotate(*_COUNTED).order_by()}
    rows = []
    for edition in editions:
        for kind in COPIES[Stage(edition.stage)]:
            ordered = batches.get((edition.pk, kind.value))
            counts = counted.get(ordered.pk, ()) if ordered else ()
            rows.append(Made(edition, kind, ordered, Counts(edition.precincts, *counts)))
    return rows


def batch(pk: int) -> Batch | None:
    """One batch with its election."""
    related = ("edition__register__election__clock", "edition__register__voting", "edition__change__delivery")
    return Batch.objects.select_related(*related, "office__body").filter(pk=pk).first()


def printed_of(found: Batch) -> int:
    """How many lists of the batch have been printed."""
    return found.printed.filter(number=1).count()


def by_tec(found: Batch) -> list[TecRow]:
    """How far the batch is under each TEC, by its code: three queries."""
    voting = found.edition.register.voting_id
    expected = VotingPrecinct.objects.filter(voting=voting).values_list("tec").annotate(Count("pk")).order_by()
    of_tec = latest().filter(batch=found, list__precinct__votings__voting=voting)
    rows = of_tec.values_list("list__precinct__votings__tec").annotate(*_COUNTED).order_by()
    counted = {tec: tuple(counts) for tec, *counts in rows}
    lists = dict(expected)
    tecs = Commission.objects.filter(pk__in=lists).select_related("body").order_by("body__code")
    return [TecRow(tec, Counts(lists[tec.pk], *counted.get(tec.pk, ()))) for tec in tecs]


def work_of(found: Batch) -> Work | None:
    """The work that prints the batch: the last one that was asked for."""
    return Work.objects.filter(kind=WORK, subject=found.subject).order_by("-pk").first()
