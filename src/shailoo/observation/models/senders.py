"""Who sends observers and media staff: a body with an account; how it came to one, and what it was told."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Body, Office
from shailoo.cooperation.models import Organization
from shailoo.ledger.guards import append_only, never_emptied


class Sender(models.Model):
    """A candidate, party, NGO, foreign or international organization, or medium that may send people.

    Foreign and international organizations are those of the register of cooperation, each with one account. `language`
    is the one in which it is written to.
    """

    class Kind(models.TextChoices):
        CANDIDATE = "candidate"
        PARTY = "party"
        NGO = "ngo"
        FOREIGN_ORGANIZATION = "foreign_organization"
        INTERNATIONAL_ORGANIZATION = "international_organization"
        MEDIA = "media"

    ABROAD = (Kind.FOREIGN_ORGANIZATION, Kind.INTERNATIONAL_ORGANIZATION)

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="sender")
    kind = models.CharField(max_length=28, choices=Kind.choices)
    organization = models.OneToOneField(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="sender"
    )
    registration = models.CharField(max_length=80, blank=True)  # number in the register of legal entities or of media
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField()
    phone = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")  # who admitted it
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["ky", "ru", "en"]), name="a_sender_reads_a_known_language"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["foreign_organization", "international_organization"], organization__isnull=False)
                | Q(kind__in=["candidate", "party", "ngo", "media"], organization__isnull=True),
                name="senders_from_abroad_stand_in_the_register",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_sender_stays_who_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("body", "kind", "organization", "office", "at"),
            ),
            pgtrigger.Protect(name="senders_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("senders"),
        ]

    def __str__(self) -> str:
        return self.body.code


class Enquiry(models.Model):
    """An organization asks for an account: its address is proved by a link sent to it, then the CEC admits it or not.

    Only the hash of the link's secret is kept. `admitted` is the sender that it became; `refusal` why it did not.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=28, choices=Sender.Kind.choices)
    country = models.CharField(max_length=2, blank=True)
    registration = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=200)  # the person who will write the applications
    email = models.EmailField()
    phone = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    admitted = models.OneToOneField(Sender, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiry")
    refusal = models.TextField(blank=True)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="an_enquiry_can_be_confirmed_for_a_while"),
            models.CheckConstraint(
                condition=Q(language__in=["ky", "ru", "en"]), name="an_enquiry_is_in_a_known_language"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, admitted__isnull=True, refusal="")
                | (
                    Q(closed_at__isnull=False, confirmed_at__isnull=False)
                    & (Q(admitted__isnull=False) ^ ~Q(refusal=""))
                ),
                name="an_enquiry_is_admitted_or_refused_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_enquiry_stays_as_it_was_written",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "name", "kind", "country", "registration", "contact", "email", "phone", "language", "digest", "at"
                ),
            ),
            pgtrigger.Protect(
                name="an_enquiry_is_closed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            never_emptied("enquiries"),
        ]


class Message(models.Model):
    """What an organization was told, in its language, when; shown on its pages and sent to its address.

    `code` names the sentence (`words`), `facts` what stands in it: numbers and days, no personal data.
    """

    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="messages")
    subject = models.CharField(max_length=120)  # the record it is about, as the ledger names it
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only("messages")
