"""Missions of observers, received and sent, with delegates and reports; visits; relations without a treaty."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.cooperation.dating import Dated, dated, day_field, holds, precision_field
from shailoo.cooperation.kinds import DelegateRole, Direction, Observed
from shailoo.cooperation.models.organizations import Organization
from shailoo.cooperation.models.records import CONSTRAINTS, Record, kept
from shailoo.documents.models import StoredFile
from shailoo.documents.sealed.models import SealedFile
from shailoo.ledger.guards import append_only, never_emptied


class Mission(Record):
    """Observation abroad by the commission's people, or of home elections by others (C9, C10).

    `countries` are those observed (outgoing) or those that sent observers (incoming). `election` is the slug of an
    election here, empty where it is another's or before this system.
    """

    direction = models.CharField(max_length=8, choices=Direction.choices)
    partner = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="missions")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    countries_as_printed = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    event_types = ArrayField(models.CharField(max_length=13, choices=Observed.choices), default=list, blank=True)
    election = models.CharField(max_length=60, blank=True, default="")
    observed_on = day_field()
    observed_precision = precision_field()
    ends_on = models.DateField(null=True, blank=True)  # when the mission is home again

    class Meta:
        constraints = [
            *CONSTRAINTS,
            holds("observed", "a_mission_is_dated_as_precisely_as_it_says"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="a_mission_has_a_direction"),
            models.CheckConstraint(
                condition=Q(event_types__contained_by=Observed.values), name="a_mission_observes_known_votings"
            ),
        ]
        indexes = [
            GinIndex(fields=["countries"], name="missions_by_country"),
            models.Index(fields=["commission", "-observed_on"], name="missions_by_day"),
        ]
        triggers = kept("missions")

    @property
    def observed(self) -> Dated:
        return dated(self, "observed")


class Delegate(models.Model):
    """A person of a mission. What stands in the passport is sealed, and goes when it is no longer needed."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="delegates")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=11, choices=DelegateRole.choices, default=DelegateRole.MEMBER)
    position = models.CharField(max_length=200, blank=True, default="")
    citizenship = models.CharField(max_length=2, blank=True, default="")
    passport = models.OneToOneField(
        SealedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="delegate"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_delegate_has_a_name"),
            models.CheckConstraint(condition=Q(role__in=DelegateRole.values), name="a_delegate_has_a_role"),
            models.UniqueConstraint(
                fields=["mission"],
                condition=Q(role="head", left_at__isnull=True),
                name="a_mission_has_one_head",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_delegate_once_entered_only_leaves",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("mission", "name", "role", "position", "citizenship", "passport", "at"),
            ),
            pgtrigger.Protect(name="delegates_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("delegates"),
        ]

    @property
    def subject(self) -> str:
        """How the ledger and the seal name the delegate."""
        return f"delegate:{self.pk}"


class MissionReport(models.Model):
    """What a mission reported, as a file; public once it is said to be."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="reports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    is_public = models.BooleanField(default=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_report_has_a_title"),
            models.UniqueConstraint(fields=["mission", "file"], name="a_report_stands_once_with_a_mission"),
        ]
        triggers = append_only("reports_of_missions")


class Visit(Record):
    """A study visit: to the commission (incoming) or of its people to others (C13)."""

    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.INCOMING)
    partner = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    countries_as_printed = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    topic = models.TextField(blank=True, default="")
    visited_on = day_field()
    visited_precision = precision_field()

    class Meta:
        constraints = [
            *CONSTRAINTS,
            holds("visited", "a_visit_is_dated_as_precisely_as_it_says"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="a_visit_has_a_direction"),
        ]
        indexes = [GinIndex(fields=["countries"], name="visits_by_country")]
        triggers = kept("visits")

    @property
    def visited(self) -> Dated:
        return dated(self, "visited")


class Relation(Record):
    """A standing relation without a treaty: with an organization, or with a group that is only described (C14)."""

    partner = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="relations")
    partner_described = models.CharField(max_length=300, blank=True, default="")
    nature = models.TextField(blank=True, default="")
    forms = ArrayField(models.CharField(max_length=300), default=list, blank=True)

    class Meta:
        constraints = [
            *CONSTRAINTS,
            models.CheckConstraint(
                condition=Q(partner__isnull=False, partner_described="")
                | Q(partner__isnull=True) & ~Q(partner_described=""),
                name="a_relation_is_with_an_organization_or_a_described_group",
            ),
        ]
        triggers = kept("relations")
