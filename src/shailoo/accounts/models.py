"""People, the bodies they serve, and the offices they hold there for a term."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.roles import Kind, Role
from shailoo.ledger.guards import append_only, never_emptied


class Body(models.Model):
    """A commission or another organisation at which offices exist; `superior` makes them a tree."""

    code = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    superior = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="subordinates")
    name_ky = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_body_has_a_known_kind")]

    def __str__(self) -> str:
        return self.code


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, username: str, name: str, password: str) -> Person:
        """A person who can sign in."""
        person = self.model(username=username, name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A human being who can sign in. What they may do follows from their offices alone."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")  # where reminders go; none without one
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.username


class Office(models.Model):
    """A person in a role at a body, from an instant to an instant. Every act carries one.

    `election` is the slug of the one election that the office is for, empty where it is for all. `ground` names the
    decision by which it was given, as a subject of the ledger ("decision:12") or by its number.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(max_length=32, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    election = models.CharField(max_length=60, blank=True, default="")
    ground = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="an_office_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="an_office_has_a_known_role"),
            models.UniqueConstraint(
                fields=["person", "body", "role", "election"],
                condition=Q(until__isnull=True),
                name="one_open_office_of_a_kind_for_a_person_at_a_body",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_office_once_given_is_only_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("person", "body", "role", "since", "election", "ground"),
            ),
            pgtrigger.Protect(
                name="an_office_that_ends_is_not_made_longer",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__until__isnull=False)
                & (pgtrigger.Q(new__until__isnull=True) | pgtrigger.Q(new__until__gt=pgtrigger.F("old__until"))),
            ),
            pgtrigger.Protect(name="offices_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("offices"),
        ]

    def holds_at(self, at: datetime) -> bool:
        """Whether the office is held at the instant `at`."""
        return self.since <= at and (self.until is None or at < self.until)

    def serves(self, election: str) -> bool:
        """Whether the office is for the election of this slug: for that one, or for all. Only the latter serve ""."""
        return self.election in ("", election)


class PersonalReading(models.Model):
    """Somebody in an office has been shown personal data: whose, of what kind, on which page. Written by the page."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=40)  # the kind of data: "people", "invitations"
    subject = models.CharField(max_length=120, blank=True)  # whose, as a subject of the ledger; empty: all on the page
    page = models.CharField(max_length=300)  # the address with its query

    class Meta:
        triggers = append_only("readings_of_personal_data")


class ApiKey(models.Model):
    """A machine's key: acts in one office until it expires or is revoked. Only its hash is kept."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)  # the first instant at which it opens nothing; or never
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_key_has_a_name"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="a_key_expires_after_it_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                name="a_key_is_revoked_after_it_was_issued",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_key_once_issued_is_only_revoked",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("office", "name", "digest", "created_at", "expires_at"),
            ),
            pgtrigger.Protect(
                name="a_key_is_revoked_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
            pgtrigger.Protect(name="keys_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("keys"),
        ]

    def opens_at(self, at: datetime) -> bool:
        """Whether the key itself opens anything at the instant `at`; its office is asked besides."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


class Invitation(models.Model):
    """Somebody is asked to take an office: opens once, for a week. Only the hash of its secret is kept.

    It ends accepted (with the office that was given) or withdrawn, once; everything else of it stays as it was written.
    `name` and `email` are of the person invited.
    """

    digest = models.CharField(max_length=64, unique=True)  # sha256 of the secret in the link
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=32, choices=Role.choices)
    election = models.CharField(max_length=60, blank=True, default="")
    ground = models.CharField(max_length=120)
    by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    office = models.OneToOneField(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="an_invitation_opens_for_a_while"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="an_invitation_is_to_a_known_role"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, office__isnull=True)
                | Q(accepted_at__isnull=False, office__isnull=False, withdrawn_at__isnull=True),
                name="an_invitation_is_accepted_with_an_office_or_withdrawn",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_invitation_stays_as_it_was_written",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "digest", "name", "email", "body", "role", "election", "ground", "by", "at", "expires_at"
                ),
            ),
            pgtrigger.Protect(
                name="an_invitation_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_at__isnull=False) | pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Protect(name="invitations_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("invitations"),
        ]
