"""Sittings of commissions, the items of their agenda and who attends.

The database holds: a sitting and an item move along the tables of `states`; what they are does not change; a person
who has come is present once.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office
from shailoo.commissions.models.commission import Commission
from shailoo.commissions.models.motions import Matter
from shailoo.commissions.states import ITEM_MOVES, MOVES, ItemState, State
from shailoo.law.observation.commissions import Attendee
from shailoo.ledger.guards import never_emptied

_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)
_ITEM_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in ITEM_MOVES)


class Sitting(models.Model):
    """A sitting of a commission: called with day, hour and place, opened with a quorum, closed; or cancelled."""

    class Kind(models.TextChoices):
        REGULAR = "regular"
        EXTRAORDINARY = "extraordinary"
        FINAL = "final"  # on complaints, before a protocol is signed (L35.16, L36.2.c1)

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="sittings")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=13, choices=Kind.choices, default=Kind.REGULAR)
    place_ky = models.CharField(max_length=300, blank=True, default="")
    place_ru = models.CharField(max_length=300, blank=True, default="")
    place_en = models.CharField(max_length=300, blank=True, default="")
    election = models.CharField(max_length=60, blank=True, default="")  # its slug, where the sitting is on one
    called_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in State], default=State.CALLED.value)
    reason = models.TextField(blank=True)  # why it was cancelled
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # or cancelled
    chair = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    secretary = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(null=True, blank=True)  # at the opening
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)  # members needed, at the opening

    class Meta:
        indexes = [models.Index(fields=["planned_at"], name="sittings_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["commission", "year", "number"], name="a_sitting_has_its_own_number"),
            models.CheckConstraint(
                condition=~Q(place_ky="", place_ru="", place_en=""), name="a_sitting_is_called_with_its_place"
            ),
            models.CheckConstraint(
                condition=Q(state="called", opened_at__isnull=True, closed_at__isnull=True)
                | (Q(state="cancelled", opened_at__isnull=True, closed_at__isnull=False) & ~Q(reason=""))
                | Q(
                    state="open",
                    opened_at__isnull=False,
                    closed_at__isnull=True,
                    chair__isnull=False,
                    secretary__isnull=False,
                    seats__isnull=False,
                    quorum__isnull=False,
                )
                | Q(
                    state="closed",
                    opened_at__isnull=False,
                    closed_at__gte=F("opened_at"),
                    chair__isnull=False,
                    secretary__isnull=False,
                    seats__isnull=False,
                    quorum__isnull=False,
                ),
                name="a_sitting_has_what_its_state_needs",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_sitting_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
                func=f"""
                IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
                    RAISE EXCEPTION 'no act leads from % to %', OLD.state, NEW.state
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_sitting_moves_along_the_table';
                END IF;
                IF (OLD.commission_id, OLD.year, OLD.number, OLD.kind, OLD.place_ky, OLD.place_ru, OLD.place_en,
                    OLD.election, OLD.called_by_id, OLD.called_at, OLD.planned_at)
                   IS DISTINCT FROM
                   (NEW.commission_id, NEW.year, NEW.number, NEW.kind, NEW.place_ky, NEW.place_ru, NEW.place_en,
                    NEW.election, NEW.called_by_id, NEW.called_at, NEW.planned_at) THEN
                    RAISE EXCEPTION 'what a sitting is called for does not change'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_a_sitting_is_does_not_change';
                END IF;
                IF OLD.state = NEW.state THEN
                    RAISE EXCEPTION 'a sitting changes with its state alone'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_sitting_changes_with_its_state';
                END IF;
                IF OLD.state = 'open' AND (OLD.opened_at, OLD.chair_id, OLD.secretary_id, OLD.seats, OLD.quorum)
                   IS DISTINCT FROM (NEW.opened_at, NEW.chair_id, NEW.secretary_id, NEW.seats, NEW.quorum) THEN
                    RAISE EXCEPTION 'how a sitting was opened does not change'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'how_a_sitting_was_opened_does_not_change';
                END IF;
                RETURN NEW;
                """,  # a trigger's body: nothing of it comes from outside
            ),
            pgtrigger.Protect(name="sittings_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("sittings"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}/{self.year}"

    @property
    def ledger_name(self) -> str:
        """The subject of the acts on it in the ledger."""
        return f"sitting:{self.pk}"


class AgendaItem(models.Model):
    """A question proposed for a sitting; included in its agenda, or declined with a reason.

    A representative in the commission may demand that the members vote on it (L18.1.2): `vote_demanded_at`.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    matter = models.CharField(max_length=14, choices=Matter.choices)
    subject = models.CharField(max_length=120, blank=True)  # the record concerned, as the ledger names it
    title_ky = models.CharField(max_length=300, blank=True)
    title_ru = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    rapporteur = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in ItemState], default=ItemState.PROPOSED.value
    )
    reason = models.TextField(blank=True)  # why it was declined
    settled_at = models.DateTimeField(null=True, blank=True)
    vote_demanded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="an_item_has_its_own_place_on_the_agenda"),
            models.CheckConstraint(condition=Q(matter__in=Matter.values), name="an_item_is_on_a_known_matter"),
            models.CheckConstraint(
                condition=~Q(title_ky="", title_ru="", title_en=""), name="an_item_has_a_title_in_one_language"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", settled_at__isnull=True)
                | Q(state="included", settled_at__isnull=False)
                | (Q(state="declined", settled_at__isnull=False) & ~Q(reason="")),
                name="an_item_is_declined_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_item_moves_along_the_table",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
                func=f"""
                IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_ITEM_MOVES}) THEN
                    RAISE EXCEPTION 'no act leads from % to %', OLD.state, NEW.state
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_item_moves_along_the_table';
                END IF;
                IF (OLD.sitting_id, OLD.position, OLD.matter, OLD.subject, OLD.title_ky, OLD.title_ru, OLD.title_en,
                    OLD.rapporteur, OLD.proposed_by_id, OLD.proposed_at)
                   IS DISTINCT FROM
                   (NEW.sitting_id, NEW.position, NEW.matter, NEW.subject, NEW.title_ky, NEW.title_ru, NEW.title_en,
                    NEW.rapporteur, NEW.proposed_by_id, NEW.proposed_at)
                   OR (OLD.vote_demanded_at IS NOT NULL AND NEW.vote_demanded_at IS DISTINCT FROM OLD.vote_demanded_at)
                THEN
                    RAISE EXCEPTION 'what was proposed does not change'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_proposed_does_not_change';
                END IF;
                RETURN NEW;
                """,  # a trigger's body: nothing of it comes from outside
            ),
            pgtrigger.Protect(name="items_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("items"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.position}"


class Attendance(models.Model):
    """Somebody at a sitting, from coming to leaving; who comes again has a new row.

    `office` None: a person without an office in the system, by name alone.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendances")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    attendee = models.CharField(max_length=25, choices=[(kind.value, kind.value) for kind in Attendee])
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attendee__in=[kind.value for kind in Attendee]), name="an_attendee_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=~Q(attendee="member") | Q(office__isnull=False), name="a_member_attends_in_an_office"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="who_attends_leaves_after_coming",
            ),
            models.UniqueConstraint(
                fields=["sitting", "office"],
                condition=Q(left_at__isnull=True),
                name="who_is_present_is_present_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_attendance_is_only_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("sitting", "office", "name", "attendee", "arrived_at"),
            ),
            pgtrigger.Protect(name="attendances_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("attendances"),
        ]
