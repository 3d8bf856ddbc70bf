"""Agreements with counterparts: what was signed, when, for how long, and the papers (C5, C6)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office
from shailoo.cooperation.kinds import AgreementKind, AgreementStatus
from shailoo.cooperation.models.organizations import Organization
from shailoo.cooperation.models.records import CONSTRAINTS, Record, kept
from shailoo.documents.models import StoredFile
from shailoo.ledger.guards import append_only


class Agreement(Record):
    """A memorandum or protocol of the commission with a counterpart.

    `until` is the last day of its term, None where it has none; `remind_on` the day from which its renewal is to be
    thought of; `terminated_on` the day on which it ended before its term. What it is on a day is computed (`status`).
    """

    kind = models.CharField(max_length=28, choices=AgreementKind.choices)
    counterpart = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="agreements")
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)  # its number where a page numbers its list
    signed_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    terminated_on = models.DateField(null=True, blank=True)
    renewed_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renews")
    website = models.CharField(max_length=300, blank=True, default="")
    website_as_printed = models.CharField(max_length=300, blank=True, default="")
    subject = models.TextField(blank=True, default="")
    remarks = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            *CONSTRAINTS,
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="an_agreement_has_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(counterpart=F("commission")), name="nobody_makes_an_agreement_with_itself"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("signed_on")), name="a_term_ends_after_the_signing"
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("signed_on")),
                name="an_agreement_is_terminated_after_the_signing",
            ),
            models.CheckConstraint(
                condition=Q(remind_on__isnull=True) | Q(until__isnull=False, remind_on__lte=F("until")),
                name="a_renewal_is_thought_of_before_the_term_ends",
            ),
            models.CheckConstraint(
                condition=Q(renewed_by__isnull=True) | ~Q(renewed_by=F("pk")), name="an_agreement_renews_another"
            ),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__regex="^https?://[^[:space:]]+$"),
                name="a_counterparts_website_can_be_opened",
            ),
        ]
        indexes = [models.Index(fields=["commission", "-signed_on"], name="agreements_by_day")]
        triggers = kept("agreements")

    def status(self, today: date) -> AgreementStatus:
        """What the agreement is on a day; on the last day of its term it is in force."""
        if self.terminated_on is not None and self.terminated_on <= today:
            return AgreementStatus.TERMINATED
        if self.until is not None and self.until < today:
            return AgreementStatus.EXPIRED
        return AgreementStatus.IN_FORCE


class AgreementFile(models.Model):
    """The text of an agreement or of its annex, as a file; whether everyone may open it was said when it was filed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    is_public = models.BooleanField(default=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_file_of_an_agreement_has_a_title"),
            models.UniqueConstraint(fields=["agreement", "file"], name="a_file_stands_once_with_an_agreement"),
        ]
        triggers = append_only("files_of_agreements")
