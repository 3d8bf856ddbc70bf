"""The chained record of acts, and the log of all of them. Written only by the database's own functions, never changed.

Chain    the end of one body's chain, as `ledger_append` left it
Act      one act; its hash covers its content and the hash of the act before
Leaf     an act's place in the log: one Merkle tree over the acts of all chains
Subtree  the hashes over 256, 65,536 and 16,777,216 leaves, so that a proof reads few rows
Logged   how far each chain has entered the log
Head     a signed statement of the log's size and root, and of the end of every chain in it
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from shailoo.ledger.guards import append_only


class Chain(models.Model):
    """The head of one body's chain of acts: the row that appending locks, so that no global lock is needed."""

    name = models.CharField(max_length=64, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Act(models.Model):
    """One act: who, in which office, when, on what ground, with what content, chained to the act before.

    `form` tells how `hash` was made (`outsider.act_hash`): 1 covers the payload itself, 2 its SHA-256, so that the
    payload can be withheld from those who verify.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="acts")
    sequence = models.BigIntegerField()
    name = models.CharField(max_length=64)
    subject = models.CharField(max_length=120, db_index=True)
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="acts")
    at = models.DateTimeField()
    grounds = ArrayField(models.CharField(max_length=24))
    payload = models.TextField()
    form = models.PositiveSmallIntegerField(default=1)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="an_act_has_one_place_in_its_chain"),
            models.CheckConstraint(condition=Q(form__in=[1, 2]), name="an_act_is_hashed_in_a_known_form"),
        ]
        indexes = (
            GinIndex(fields=["grounds"], name="acts_by_the_norms_they_rest_on"),
            models.Index(fields=["name", "-id"], name="acts_by_name_newest_first"),
            models.Index(fields=["at"], name="acts_by_instant"),
        )
        triggers = append_only("acts")


class Leaf(models.Model):
    """An act's place in the log, from 0 on; `hash` is the leaf hash of RFC 6962 over the act's hash (32 bytes)."""

    index = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers = append_only("leaves")


class Subtree(models.Model):
    """The hash over the 2**level leaves from index * 2**level on; levels 8, 16 and 24."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="a_subtree_has_one_hash"),
            models.CheckConstraint(condition=Q(level__in=[8, 16, 24]), name="subtrees_are_of_three_sizes"),
        ]
        triggers = append_only("subtrees")


class Logged(models.Model):
    """How far a chain has entered the log: its last act there. A row of its own, so that no appending waits for it."""

    chain = models.OneToOneField(Chain, on_delete=models.PROTECT, primary_key=True, related_name="logged")
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)


class Head(models.Model):
    """A signed statement of the log. `note` is canonical JSON and repeats every field; `chains` is the table it names.

    `previous` and `chains_sha256` are lower-case hexadecimal SHA-256; `previous` of the first head is empty.
    """

    number = models.BigIntegerField(primary_key=True)
    origin = models.CharField(max_length=32)
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    chains = models.TextField()
    chains_sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    note = models.TextField()
    signature = models.TextField()

    class Meta:
        triggers = append_only("heads")
