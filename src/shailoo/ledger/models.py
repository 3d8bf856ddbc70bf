"""The chained record of acts. Written only by the database function `ledger_append`, never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from shailoo.ledger.guards import append_only


class Chain(models.Model):
    """The head of one body's chain of acts: the row that appending locks, so that no global lock is needed."""

    name = models.CharField(max_length=64, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Act(models.Model):
    """One act: who, in which office, when, on what ground, with what content, chained to the act before."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="acts")
    sequence = models.BigIntegerField()
    name = models.CharField(max_length=64)
    subject = models.CharField(max_length=120, db_index=True)
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="acts")
    at = models.DateTimeField()
    grounds = ArrayField(models.CharField(max_length=24))
    payload = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="an_act_has_one_place_in_its_chain"),
        ]
        indexes = (GinIndex(fields=["grounds"], name="acts_by_the_norms_they_rest_on"),)
        triggers = append_only("acts")
