"""Files kept by their hash, and documents frozen at first generation. Neither is ever changed or deleted."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.documents.forms import name_of
from shailoo.ledger.guards import append_only, never_emptied


class StoredFile(models.Model):
    """A file's hash, type and size; its bytes lie under the data directory by their hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        triggers = append_only("stored_files")


class Register(models.Model):
    """The last number that a body gave to its documents of one kind in one year; numbers have no gaps."""

    kind = models.CharField(max_length=40)
    body = models.ForeignKey("accounts.Body", on_delete=models.PROTECT, related_name="registers")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "body", "year"], name="a_body_keeps_one_register_a_kind_and_year"),
            models.CheckConstraint(condition=Q(last__gte=1), name="a_register_begins_with_one"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_register_goes_up_by_one",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition('NEW."last" <> OLD."last" + 1'),
            ),
            pgtrigger.Protect(
                name="a_register_stays_what_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("kind", "body", "year"),
            ),
            pgtrigger.Protect(
                name="a_register_opens_with_one",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition('NEW."last" <> 1'),
            ),
            pgtrigger.Protect(name="registers_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("registers"),
        ]


class Document(models.Model):
    """A numbered document of one kind about one subject in one language, made from `data` and frozen.

    `signed_by` is the SHA-256 of the commission's certificate whose signature the frozen bytes carry; empty where the
    commission had none when the document was issued.
    """

    number = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=120, db_index=True)
    data = models.JSONField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="documents")
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="documents")
    created_at = models.DateTimeField()
    signed_by = models.CharField(max_length=64, blank=True, default="", db_default="")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "language"], name="a_document_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(language__in=["ky", "ru", "en"]), name="a_document_has_a_known_language"
            ),
            models.CheckConstraint(
                condition=Q(signed_by="") | Q(signed_by__regex=r"^[0-9a-f]{64}$"),
                name="a_signature_is_named_by_its_certificate",
            ),
        ]
        triggers = append_only("documents")

    def __str__(self) -> str:
        return f"{self.number}/{self.language}"

    @property
    def name(self) -> str:
        """What the document is called, in the language of the page."""
        return name_of(self.kind)
