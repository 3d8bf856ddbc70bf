"""What a commission consists of besides its members: departments, working groups, and where to find it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office
from shailoo.commissions.models.commission import Commission
from shailoo.ledger.guards import never_emptied


class Contact(models.Model):
    """Where a commission is found from `since` on. A new contact ends the one before; none is changed."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="contacts")
    address_ky = models.CharField(max_length=200, blank=True)
    address_ru = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=80, blank=True)  # "09:00-18:00"
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commission"], condition=Q(until__isnull=True), name="a_commission_has_one_contact_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_contact_ends_after_it_begins"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_contact_once_given_is_only_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "commission", "address_ky", "address_ru", "address_en", "phone", "email", "hours", "since"
                ),
            ),
            pgtrigger.Protect(name="contacts_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("contacts"),
        ]


class Division(models.Model):
    """A department of a commission's staff, or a division within one."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department"
        DIVISION = "division"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="divisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="divisions")
    name_ky = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    room = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    head = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["department", "division"]), name="a_division_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")),
                name="a_division_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["commission", "name_en"],
                condition=Q(ended_at__isnull=True),
                name="a_division_stands_once_in_a_commission",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_division_stays_in_its_commission",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("commission", "since"),
            ),
            pgtrigger.Protect(name="divisions_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("divisions"),
        ]

    def __str__(self) -> str:
        return self.name_en


class WorkingGroup(models.Model):
    """A working group of a commission, formed and ended by decision; `formed_by` None: by the installation."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="working_groups")
    number = models.PositiveSmallIntegerField()
    subject_ky = models.CharField(max_length=300)
    subject_ru = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    formed_by = models.ForeignKey(
        "commissions.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="groups_formed"
    )
    ended_by = models.ForeignKey(
        "commissions.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="groups_ended"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "number"],
                condition=Q(until__isnull=True),
                name="a_number_belongs_to_one_working_group",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__gte=F("since"), ended_by__isnull=False),
                name="a_working_group_is_ended_by_a_decision",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_working_group_once_formed_is_only_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "commission", "number", "subject_ky", "subject_ru", "subject_en", "since", "formed_by"
                ),
            ),
            pgtrigger.Protect(name="working_groups_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("working_groups"),
        ]

    def __str__(self) -> str:
        return f"{self.commission_id}/{self.number}"


class WorkingGroupMember(models.Model):
    """A person of a working group from an instant to an instant; `office` None: an outside expert, by name alone."""

    class Post(models.TextChoices):
        HEAD = "head"
        SECRETARY = "secretary"
        MEMBER = "member"

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="members")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=9, choices=Post.choices)
    phones = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__in=["head", "secretary", "member"]), name="a_post_in_a_group_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_member_of_a_group_has_a_name"),
            models.UniqueConstraint(
                fields=["group", "post"],
                condition=Q(until__isnull=True, post__in=["head", "secretary"]),
                name="a_group_has_one_head_and_one_secretary",
            ),
            models.UniqueConstraint(
                fields=["group", "office"],
                condition=Q(until__isnull=True),
                name="an_office_is_in_a_group_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_member_of_a_group_is_only_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("group", "office", "name", "post", "phones", "since"),
            ),
            pgtrigger.Protect(name="members_of_groups_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("members_of_groups"),
        ]
