"""Memberships in associations, and the roles of the commission in their organs (C2 to C4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shailoo.cooperation.dating import Dated, dated, day_field, holds, precision_field
from shailoo.cooperation.kinds import OrganRole
from shailoo.cooperation.models.events import Event
from shailoo.cooperation.models.organizations import Organization
from shailoo.cooperation.models.records import CONSTRAINTS, Record, kept


class Membership(Record):
    """The commission is a member of an association. `is_stated`: the source says so, and does not merely imply it."""

    association = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="members")
    since_on = day_field()
    since_precision = precision_field()
    until_on = day_field()
    until_precision = precision_field()
    acquired_at = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships_acquired"
    )
    is_stated = models.BooleanField(default=True)

    class Meta:
        constraints = [
            *CONSTRAINTS,
            holds("since", "a_membership_begins_as_precisely_as_it_says"),
            holds("until", "a_membership_ends_as_precisely_as_it_says"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="a_membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(association=F("commission")), name="a_commission_is_no_member_of_itself"
            ),
            models.UniqueConstraint(
                fields=["commission", "association"],
                condition=Q(until_on__isnull=True, struck_at__isnull=True),
                name="a_commission_is_a_member_once_at_a_time",
            ),
        ]
        triggers = kept("memberships")

    @property
    def since(self) -> Dated:
        return dated(self, "since")

    @property
    def until(self) -> Dated:
        return dated(self, "until")


class OrganMembership(Record):
    """A role of the commission in an organ of an association of which it is a member."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="roles")
    organ = models.CharField(max_length=200)
    organ_size = models.PositiveSmallIntegerField(null=True, blank=True)
    role = models.CharField(max_length=6, choices=OrganRole.choices)
    since_on = day_field()
    since_precision = precision_field()
    until_on = day_field()
    until_precision = precision_field()
    is_since_stated = models.BooleanField(default=True)

    class Meta:
        constraints = [
            *CONSTRAINTS,
            holds("since", "a_role_begins_as_precisely_as_it_says"),
            holds("until", "a_role_ends_as_precisely_as_it_says"),
            models.CheckConstraint(condition=~Q(organ=""), name="a_role_is_in_an_organ"),
            models.CheckConstraint(condition=Q(role__in=OrganRole.values), name="a_role_in_an_organ_is_known"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="a_role_ends_after_it_begins",
            ),
        ]
        triggers = kept("roles_in_organs")

    @property
    def since(self) -> Dated:
        return dated(self, "since")

    @property
    def until(self) -> Dated:
        return dated(self, "until")
