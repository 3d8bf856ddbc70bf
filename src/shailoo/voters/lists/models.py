"""Editions of the voter lists, the list of every precinct in them, and what became of it on its way to the voters.

An edition freezes one change of the register: its lists name versions of entries, which never change either. Nothing
of it is rewritten; a later edition is a new one. What is on the site is a copy of its own with names only, which is
taken away when its time is over.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from shailoo.accounts.models import Office
from shailoo.documents.sealed.models import SealedFile
from shailoo.law.voters import papers
from shailoo.ledger.guards import append_only
from shailoo.territory.models import Area, Precinct
from shailoo.voters.lists import guards
from shailoo.voters.models import Change, Register

_NEW_ROWS = pgtrigger.Referencing(new="new_rows")  # type: ignore[no-untyped-call]  # the library has no types here
_HASH = "^[0-9a-f]{64}$"


class Stage(models.TextChoices):
    """How far the lists have come, in this order."""

    PRELIMINARY = papers.Stage.PRELIMINARY.value
    CONTROL = papers.Stage.CONTROL.value
    FINAL = papers.Stage.FINAL.value


class Edition(models.Model):
    """The lists of all precincts as one change of the register left them; of a stage the last edition counts."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="editions")
    stage = models.CharField(max_length=11, choices=Stage.choices)
    number = models.PositiveIntegerField()
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="editions")
    at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=64)  # hash of the act in the ledger
    precincts = models.PositiveIntegerField()
    voters = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "stage", "number"], name="an_edition_of_a_stage_has_its_own_number"
            ),
            models.UniqueConstraint(fields=["register", "stage", "change"], name="a_change_is_frozen_once_a_stage"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="an_edition_is_of_one_of_three_stages"),
        ]
        triggers = [
            *append_only("editions_of_lists"),
            pgtrigger.Trigger(
                name="an_edition_is_the_next_one",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.EDITION_IS_NEXT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}-{self.number}"


class VoterList(models.Model):
    """The list of one precinct: keys of entries in the order of the list, the number in it being the place from 1.

    `sha256` is that of the list's canonical text (`canonical`). The key of the precinct is checked once a statement.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="lists")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)  # "F1-1001": stage and number of the edition, number of the precinct
    voters = models.PositiveIntegerField()
    entries = ArrayField(models.BigIntegerField())
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "precinct"], name="a_precinct_has_one_list_in_an_edition"),
            models.UniqueConstraint(fields=["edition", "number"], name="a_voter_list_has_its_own_number"),
            models.CheckConstraint(condition=Q(sha256__regex=_HASH), name="a_voter_list_has_its_hash"),
            models.CheckConstraint(
                condition=Q(voters=Func(F("entries"), function="cardinality", output_field=models.IntegerField())),
                name="a_voter_list_counts_its_voters",
            ),
        ]
        triggers = [
            *append_only("voter_lists"),
            pgtrigger.Trigger(
                name="an_edition_has_all_its_lists",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                func=guards.LISTS_ARE_WHOLE,
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Difference(models.Model):
    """What an edition changes in one precinct against the edition before it, in voters (L15.3.e1)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="differences")
    against = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    new = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    moved_in = models.PositiveIntegerField()
    moved_out = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "precinct"], name="a_precinct_differs_once_in_an_edition"),
        ]
        triggers = append_only("differences_of_editions")


class Posting(models.Model):
    """That a precinct commission has put up its list: when, where, and a photograph of it. The last version counts.

    Of a final list the second copy is posted (L15.5.c). The photograph may show data of voters: it is sealed.
    """

    list = models.ForeignKey(VoterList, on_delete=models.PROTECT, related_name="postings")
    version = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField()
    place = models.CharField(max_length=240)
    photograph = models.OneToOneField(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)  # why an earlier version is put right
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "version"], name="a_posting_has_each_version_once"),
            models.CheckConstraint(condition=~Q(place=""), name="a_posting_names_its_place"),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="a_posting_is_put_right_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(posted_at__lte=F("at")), name="a_posting_is_told_after_it_was_done"),
        ]
        triggers = [
            *append_only("postings_of_lists"),
            pgtrigger.Trigger(
                name="a_posting_is_the_next_version",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.POSTING_IS_NEXT,
            ),
        ]


class Publication(models.Model):
    """That an edition stands on the site, with names and numbers only (L14.8.a1, L15.5.b3)."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    names = models.PositiveIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        triggers = [
            *append_only("publications_of_lists"),
            pgtrigger.Trigger(
                name="control_lists_stay_off_the_site",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.PUBLICATION_FITS,
            ),
        ]


class TakingDown(models.Model):
    """That the names of an edition went off the site: a later edition followed, or the election is over."""

    class Ground(models.TextChoices):
        REPLACED = "replaced"
        OVER = "over"

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="taking_down")
    ground = models.CharField(max_length=8, choices=Ground.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        triggers = append_only("takings_down_of_lists")


class PublishedName(models.Model):
    """A line of a list as it stands on the site: no residence, no day of birth, no PIN. Erased when it goes off."""

    publication = models.ForeignKey(
        Publication, db_constraint=False, db_index=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    list = models.ForeignKey(
        VoterList, db_constraint=False, db_index=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    number = models.PositiveIntegerField()
    surname = models.TextField()
    name = models.TextField()
    patronymic = models.TextField()
    folded = models.TextField(db_collation="C")  # the three as a search sees them (`folding`)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="a_number_of_a_list_is_published_once")]
        indexes = [models.Index(fields=["publication", "folded"], name="published_names_to_search")]
        triggers = [pgtrigger.Protect(name="published_names_are_never_changed", operation=pgtrigger.Update)]
