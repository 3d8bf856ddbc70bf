"""Who is listed where: the register of an election, the deliveries that made it, and every version of every entry.

An entry is never deleted and never rewritten: it has a beginning and, once it is over, an end with its reason. A person
is known by the PIN; the database lets a person have one current entry in the register of an election.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.elections.models import Election, Voting
from shailoo.ledger.guards import append_only, never_emptied
from shailoo.territory.models import Area, Precinct
from shailoo.voters import guards
from shailoo.voters.exchange.manifest import Kind as DeliveryKind
from shailoo.voters.exchange.manifest import Source as DataSource
from shailoo.voters.states import State

_NEW_ROWS = pgtrigger.Referencing(new="new_rows")  # type: ignore[no-untyped-call]  # the library has no types here


class Register(models.Model):
    """The voters' register of one election; age and precincts are those of its general voting."""

    election = models.OneToOneField(Election, on_delete=models.PROTECT, related_name="register")
    voting = models.OneToOneField(Voting, on_delete=models.PROTECT, related_name="register")

    class Meta:
        triggers = append_only("registers_of_voters")


class ServiceKey(models.Model):
    """A public key of the State Registry Service, registered by the CEC; what it signs is taken from `since` on."""

    name = models.CharField(max_length=120)
    public = models.CharField(max_length=56, unique=True)  # one line in the minisign form
    since = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(public__regex="^RW[0-9A-Za-z+/]{54}$"), name="a_key_is_of_minisign"),
            models.CheckConstraint(condition=~Q(name=""), name="a_key_of_the_service_has_a_name"),
        ]
        triggers = append_only("keys_of_the_service")


class KeyWithdrawal(models.Model):
    """That a key is trusted no more, and why; what it signed before stays as it was taken."""

    key = models.OneToOneField(ServiceKey, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_key_is_withdrawn_with_a_reason")]
        triggers = append_only("withdrawals_of_keys")


class Delivery(models.Model):
    """A delivery that was taken in whole: what its manifest says, what the checks found, and what became of it."""

    class Kind(models.TextChoices):
        FULL = DeliveryKind.FULL.value
        INCREMENTAL = DeliveryKind.INCREMENTAL.value

    class Source(models.TextChoices):
        REGISTER = DataSource.REGISTER.value
        GENERATED = DataSource.GENERATED.value

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    source = models.CharField(max_length=9, choices=Source.choices)
    made_at = models.DateTimeField()
    bytes = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    manifest = models.TextField()
    signature = models.TextField()
    key = models.ForeignKey(ServiceKey, on_delete=models.PROTECT, related_name="deliveries")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    not_listed = models.PositiveIntegerField()  # rows that bring nobody into a list
    faulty = models.PositiveIntegerField()  # rows with any fault
    new = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()  # listed now, and by this delivery no more

    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in State], default=State.CHECKED.value
    )
    decided_by = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register"], condition=Q(state=State.CHECKED.value), name="one_delivery_waits_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["register", "number"],
                condition=Q(state=State.ACCEPTED.value),
                name="a_number_is_accepted_once",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CHECKED.value, decided_by=None, decided_at=None)
                | (~Q(state=State.CHECKED.value) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_decision_on_a_delivery_has_its_office",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED.value, reason=""), name="a_delivery_is_refused_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_delivery_has_its_hash"),
        ]
        triggers = [
            pgtrigger.Protect(name="deliveries_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("deliveries"),
            pgtrigger.Trigger(
                name="a_delivery_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=guards.DELIVERY_MOVES,
            ),
            pgtrigger.Trigger(
                name="deliveries_come_without_gaps",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.DELIVERY_IS_NEXT,
            ),
        ]

    @property
    def generated(self) -> bool:
        """Whether the people of it are made up."""
        return self.source == self.Source.GENERATED


class Rejection(models.Model):
    """That something was sent which is no delivery, and why; nothing of it was kept but the hash of its manifest."""

    election = models.ForeignKey(Election, null=True, on_delete=models.PROTECT, related_name="+")
    manifest = models.CharField(max_length=64)  # SHA-256
    code = models.CharField(max_length=64)
    norm = models.CharField(max_length=16)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only("rejections")


class RowFault(models.Model):
    """One fault of one row. The PIN is there for the Service, by which alone it finds the person."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="faults")
    region = models.ForeignKey(Area, null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+")
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    pin = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["delivery", "row"], name="faults_of_a_delivery")]
        triggers = append_only("faults_of_rows")


class Difference(models.Model):
    """What a delivery changes in one precinct against what is listed there, in voters."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="differences")
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="+")
    new = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    moved_in = models.PositiveIntegerField()
    moved_out = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    not_listed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "precinct"], name="one_difference_for_a_precinct"),
        ]
        triggers = append_only("differences")


class Change(models.Model):
    """One moment at which the register changed; the changes of a register come one after the other."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="change")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)  # hash of the act in the ledger

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="a_change_has_its_own_number"),
        ]
        triggers = [
            *append_only("changes_of_registers"),
            pgtrigger.Trigger(
                name="changes_come_one_after_the_other",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.CHANGE_IS_NEXT,
            ),
        ]


class Entry(models.Model):
    """One version of a person's place in the lists: from `since` until `until`, for as long as it stands None.

    The keys of the large table are checked once a statement (guards), so the database has no constraint for each.
    """

    class Opened(models.TextChoices):
        LISTED = "listed"
        MOVED = "moved"
        CHANGED = "changed"

    class Closed(models.TextChoices):
        OPEN = ""
        MOVED = "moved"
        CHANGED = "changed"
        ABSENT = "absent"  # the next full delivery does not name the person
        REMOVED = "removed"  # the Service told so, with its reason and day
        NO_RIGHT = "no_right"  # Art. 3, L14.2

    register = models.ForeignKey(
        Register, db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="entries"
    )
    region = models.ForeignKey(Area, db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="+")
    precinct = models.ForeignKey(
        Precinct, db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    pin = models.BigIntegerField()
    surname = models.TextField()
    name = models.TextField()
    patronymic = models.TextField()
    sex = models.CharField(max_length=1)
    born = models.DateField()
    basis = models.TextField()
    district = models.TextField()
    locality = models.TextField()
    street = models.TextField()
    house = models.TextField()
    flat = models.TextField()

    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        Change, db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="opened"
    )
    opened_because = models.TextField(choices=Opened.choices)
    closed_by = models.ForeignKey(
        Change, null=True, db_constraint=False, db_index=False, on_delete=models.PROTECT, related_name="closed"
    )
    closed_because = models.TextField(choices=Closed.choices, default="")
    reason = models.TextField(default="")
    reason_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "pin", "until"],
                nulls_distinct=False,
                name="a_person_has_one_current_entry",
            ),
            models.CheckConstraint(
                condition=(
                    Q(until=None, closed_by=None, closed_because="")
                    | (~Q(until=None) & ~Q(closed_by=None) & ~Q(closed_because=""))
                ),
                name="an_entry_ends_by_a_change_with_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")), name="an_entry_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(sex__in=("f", "m")), name="an_entry_has_a_sex"),
        ]
        indexes = [models.Index(fields=["precinct", "register"], name="entries_of_a_precinct")]
        triggers = [
            pgtrigger.Protect(name="entries_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("entries"),
            pgtrigger.Protect(
                name="closed_entries_stay_and_open_ones_only_close",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(guards.STAYS),
            ),
            pgtrigger.Trigger(
                name="entries_open_with_the_last_change",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                declare=[("broken", "text")],
                func=guards.ENTRIES_OPEN,
            ),
            pgtrigger.Trigger(
                name="entries_close_with_the_last_change",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=_NEW_ROWS,
                func=guards.ENTRIES_CLOSE,
            ),
        ]


class Filling(models.Model):
    """That the empty table of entries was filled without its keys: they stand when that transaction ends."""

    at = models.DateTimeField()

    class Meta:
        triggers = [
            *append_only("fillings"),
            pgtrigger.Trigger(
                name="entries_have_their_keys",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=guards.KEYS_STAND,
            ),
        ]


class Closing(models.Model):
    """The recorded moment from which the final lists stand: no delivery is accepted any more (L15.5.a)."""

    register = models.OneToOneField(Register, on_delete=models.PROTECT, related_name="closing")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=64)

    class Meta:
        triggers = append_only("closings")
