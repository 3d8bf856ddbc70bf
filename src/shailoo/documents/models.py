"""Files kept by their hash, and documents frozen at first generation. Neither is ever changed or deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shailoo.ledger.guards import append_only


class StoredFile(models.Model):
    """A file's hash, type and size; its bytes lie under the data directory by their hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        triggers = append_only("stored_files")


class Document(models.Model):
    """A numbered document of one kind about one subject in one language, made from `data` and frozen."""

    number = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=120, db_index=True)
    data = models.JSONField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="documents")
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="documents")
    created_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "language"], name="a_document_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(language__in=["ky", "ru", "en"]), name="a_document_has_a_known_language"
            ),
        ]
        triggers = append_only("documents")

    def __str__(self) -> str:
        return f"{self.number}/{self.language}"
