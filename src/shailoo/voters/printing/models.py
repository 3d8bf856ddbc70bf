"""Lists on paper: batches, printed copies, binding, handing over, receipt. Every row is an act and never changes.

The files lie sealed outside the database (`vault`); a row holds the hash of what was printed. A copy that is printed
again has the next number and a reason, and the one before it is void.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body, Office
from shailoo.documents.models import Document
from shailoo.ledger.guards import append_only
from shailoo.territory.models import Precinct
from shailoo.voters.lists.columns import Copy
from shailoo.voters.lists.models import Edition, VoterList
from shailoo.voters.printing import guards
from shailoo.voters.printing.states import Act

_COPIES = [(each.value, each.value) for each in (Copy.FULL, Copy.POSTED, Copy.SECOND)]


class Batch(models.Model):
    """That all lists of an edition are printed in one kind of copy."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="batches")
    copy = models.CharField(max_length=6, choices=_COPIES)
    lists = models.PositiveIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)  # hash of the act in the ledger

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "copy"], name="an_edition_is_printed_once_in_each_copy"),
            models.CheckConstraint(
                condition=Q(copy__in=[value for value, _name in _COPIES]), name="a_batch_is_of_a_copy_on_paper"
            ),
        ]
        triggers = append_only("batches_of_lists")

    @property
    def subject(self) -> str:
        """Its name in the ledger."""
        return f"voter_list_batch:{self.pk}"


class PrintedList(models.Model):
    """One printed copy of a precinct's list. `sha256` is of the PDF, `key` the number of the key that sealed it."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="printed")
    list = models.ForeignKey(VoterList, on_delete=models.PROTECT, related_name="printed")
    copy = models.CharField(max_length=6, choices=_COPIES)
    number = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)  # why it is printed again
    voters = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "copy", "number"], name="a_printed_copy_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="a_list_is_printed_again_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_printed_copy_has_its_hash"),
            models.CheckConstraint(condition=Q(pages__gte=2), name="a_printed_list_ends_with_its_totals"),
        ]
        triggers = [
            *append_only("printed_lists"),
            pgtrigger.Trigger(
                name="a_printed_copy_is_the_next_one",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.PRINTED_IS_NEXT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.copy}/{self.number}"

    @property
    def signed(self) -> bool:
        """Whether voters sign in it."""
        return self.copy == Copy.FULL.value


class Binding(models.Model):
    """That a copy was numbered sheet by sheet, bound and sealed by the Central Commission (L15.5.b1)."""

    printed = models.OneToOneField(PrintedList, on_delete=models.PROTECT, related_name="binding")
    sheets = models.PositiveSmallIntegerField()  # as they were counted and numbered
    seal = models.CharField(max_length=40)  # number of the seal, or of its strip
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sheets__gte=1), name="a_bound_list_has_sheets"),
            models.CheckConstraint(condition=~Q(seal=""), name="a_bound_list_names_its_seal"),
        ]
        triggers = [
            *append_only("bindings"),
            pgtrigger.Trigger(
                name="only_a_printed_copy_that_is_signed_is_bound",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=guards.DECLARED,
                func=guards.only_from(Act.BIND, "only_a_printed_copy_that_is_signed_is_bound"),
            ),
        ]


class Handover(models.Model):
    """An act by which copies of one precinct's list go to its commission; `paper` is the Kyrgyz act."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="handovers")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=120, unique=True)
    paper = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only("handovers_of_lists")


class HandedCopy(models.Model):
    """A copy that an act names."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="copies")
    printed = models.OneToOneField(PrintedList, on_delete=models.PROTECT, related_name="handed")

    class Meta:
        triggers = [
            *append_only("handed_copies"),
            pgtrigger.Trigger(
                name="a_copy_goes_once_it_is_ready",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=guards.DECLARED,
                func=guards.only_from(Act.HAND_OVER, "a_copy_goes_once_it_is_ready"),
            ),
            pgtrigger.Trigger(
                name="a_copy_goes_to_its_own_precinct",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.HANDED_TO_ITS_PRECINCT,
            ),
            pgtrigger.Trigger(
                name="a_received_act_takes_no_copy",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.ACT_HAS_ITS_COPIES,
            ),
        ]


class Receipt(models.Model):
    """That the precinct commission has received what an act names. `remark`: what it found otherwise."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="receipt")
    remark = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        triggers = append_only("receipts_of_lists")
