"""Public lots: the frozen list, its publication, the digits of the dice entered twice, and the order that followed.

Everything is append-only but the state, which moves along the table of `states`. What the database itself holds stands
in `guards`: an error of the program, or a hand at the tables, cannot make an order that the dice did not give.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office, Person
from shailoo.commissions.models import Commission, Sitting
from shailoo.law.lots.listing import Purpose as Decides
from shailoo.ledger.guards import append_only, never_emptied
from shailoo.lots import guards
from shailoo.lots.drawing import FEWEST_DIGITS, MOST_DIGITS
from shailoo.lots.drawing import Taking as Takes
from shailoo.lots.states import State

_NEW_ROWS = pgtrigger.Referencing(new="new_rows")  # type: ignore[no-untyped-call]  # the library has no types here


class Draw(models.Model):
    """One lot of a commission: what it decides, and the hash of the list that it is drawn from."""

    class Purpose(models.TextChoices):
        BALLOT_ORDER = Decides.BALLOT_ORDER.value
        STATION_DUTIES = Decides.STATION_DUTIES.value
        MOBILE_TEAM = Decides.MOBILE_TEAM.value
        AIR_TIME = Decides.AIR_TIME.value
        SIGNATURE_SAMPLE = Decides.SIGNATURE_SAMPLE.value
        OTHER = Decides.OTHER.value

    class Taking(models.TextChoices):
        ONCE = Takes.ONCE.value
        ANEW = Takes.ANEW.value

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="lots")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    purpose_line = models.CharField(max_length=120, unique=True)  # what every ticket begins with
    title = models.CharField(max_length=200, blank=True, default="")  # the channel, the district: what exactly
    election = models.CharField(max_length=60, blank=True, default="")  # its slug
    taking = models.CharField(max_length=4, choices=Taking.choices, default=Taking.ONCE)
    size = models.PositiveIntegerField()
    list_hash = models.CharField(max_length=64)
    state = models.CharField(
        max_length=9, choices=[(state.value, state.value) for state in State], default=State.FROZEN.value
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "year", "number"], name="a_lot_has_its_own_number"),
            models.CheckConstraint(condition=Q(size__gte=2), name="a_lot_is_drawn_among_two_at_least"),
            models.CheckConstraint(condition=Q(list_hash__regex="^[0-9a-f]{64}$"), name="a_list_has_its_hash"),
            models.CheckConstraint(condition=Q(purpose__in=[p.value for p in Decides]), name="a_lot_has_a_purpose"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_lot_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=guards.DRAW_MOVES,
            ),
            pgtrigger.Protect(
                name="a_lot_begins_frozen",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=State.FROZEN.value),
            ),
            pgtrigger.Protect(name="lots_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("lots"),
        ]

    def __str__(self) -> str:
        return self.purpose_line

    @property
    def subject(self) -> str:
        """How the ledger names the lot."""
        return f"lot:{self.pk}"

    @property
    def label(self) -> str:
        """The number as people write it."""
        return f"№ {self.number}/{self.year}"


class Item(models.Model):
    """An entry of the list under its number; `office` where it is a member of the commission."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=400)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="an_entry_has_its_own_number"),
            models.UniqueConstraint(fields=["draw", "label"], name="an_entry_stands_once_on_a_list"),
            models.CheckConstraint(condition=~Q(label=""), name="an_entry_has_a_label"),
        ]
        triggers = [
            *append_only("entries_of_lots"),
            pgtrigger.Trigger(
                name="a_published_list_takes_no_entry",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                func=guards.LIST_STANDS,
            ),
        ]


class Round(models.Model):
    """One throw of the dice over the list: for which role, and how many it draws; all, in order, where it is None."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, blank=True, default="")
    drawn = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="a_round_has_its_own_number"),
            models.CheckConstraint(condition=Q(drawn__isnull=True) | Q(drawn__gte=1), name="a_round_draws_somebody"),
        ]
        triggers = [
            *append_only("rounds_of_lots"),
            pgtrigger.Trigger(
                name="a_published_lot_takes_no_round",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                func=guards.LIST_STANDS,
            ),
        ]


class Publication(models.Model):
    """That the list and its hash were made public, before any digit."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="publication")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("publications_of_lots")


class SeedEntry(models.Model):
    """The digits of the dice as one person typed them, without seeing another's. Two that differ: both type again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    attempt = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField()  # 1 or 2
    digits = models.CharField(max_length=MOST_DIGITS)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "slot"]
        constraints = [
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="digits_are_entered_twice"),
            models.UniqueConstraint(fields=["round", "attempt", "slot"], name="digits_have_a_first_and_a_second_entry"),
            models.UniqueConstraint(fields=["round", "attempt", "person"], name="nobody_enters_the_digits_twice"),
            models.CheckConstraint(
                condition=Q(digits__regex=f"^[1-6]{{{FEWEST_DIGITS},{MOST_DIGITS}}}$"),
                name="digits_are_of_dice_and_enough",
            ),
        ]
        triggers = [
            *append_only("entries_of_digits"),
            pgtrigger.Trigger(
                name="digits_are_entered_in_public",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=guards.ENTRY_DECLARED,
                func=guards.ENTRY_GUARD,
            ),
        ]


class Seed(models.Model):
    """The digits that two people entered alike: the seed of a round. No other round ever has them."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="seed")
    attempt = models.PositiveSmallIntegerField()
    digits = models.CharField(max_length=MOST_DIGITS)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digits"], name="a_seed_is_used_once")]
        triggers = [
            *append_only("seeds"),
            pgtrigger.Trigger(
                name="a_seed_was_entered_twice",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.SEED_GUARD,
            ),
        ]


class Place(models.Model):
    """An entry's place in the order of a round, by its ticket; `taken`: it is among those drawn."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="places")
    place = models.PositiveIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="places")
    ticket = models.CharField(max_length=64)
    taken = models.BooleanField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="one_entry_at_a_place"),
            models.UniqueConstraint(fields=["round", "item"], name="an_entry_has_one_place_in_a_round"),
        ]
        triggers = [
            *append_only("places_of_lots"),
            pgtrigger.Trigger(
                name="tickets_are_what_anyone_computes",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                func=guards.TICKETS_GUARD,
            ),
        ]


class Result(models.Model):
    """That a round was drawn: by which office, when."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="result")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            *append_only("results_of_lots"),
            pgtrigger.Trigger(
                name="the_order_is_that_of_the_tickets",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=guards.RESULT_DECLARED,
                func=guards.RESULT_GUARD,
            ),
        ]


class Voiding(models.Model):
    """Why a lot was given up before any dice were thrown."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="voiding")
    reason = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_lot_is_voided_with_a_reason")]
        triggers = append_only("voidings_of_lots")
