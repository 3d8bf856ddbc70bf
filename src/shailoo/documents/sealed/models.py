"""Sealed files and their erasure. Nothing of a sealed file changes but that its content goes, once."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.ledger.guards import append_only, never_emptied

_ERASED_ONLY = """
IF to_jsonb(OLD) - 'ciphertext' - 'mark' <> to_jsonb(NEW) - 'ciphertext' - 'mark'
   OR NEW.ciphertext IS NOT NULL OR NEW.mark <> '' THEN
    RAISE EXCEPTION 'a sealed file is only ever erased'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_sealed_file_is_only_erased';
END IF;
IF NOT EXISTS (SELECT 1 FROM sealed_erasure e WHERE e.file_id = OLD.id) THEN
    RAISE EXCEPTION 'an erasure is recorded with its ground first'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_erasure_has_its_ground';
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside


class SealedFile(models.Model):
    """Bytes under AES-256-GCM. `subject` names the record they belong to, `kind` what they are ("identity", "photo").

    `mark` is a keyed hash of the content, by which two equal files are known without opening either; it goes with the
    content.
    """

    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=120, db_index=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes, before sealing
    mark = models.CharField(max_length=64, blank=True)
    key = models.PositiveSmallIntegerField()  # number of the installation's key
    ciphertext = models.BinaryField(null=True)  # twelve bytes of nonce, then what was sealed with its tag
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ciphertext__isnull=True, mark="")
                | Q(ciphertext__isnull=False, mark__regex="^[0-9a-f]{64}$"),
                name="what_is_sealed_has_a_mark_and_what_is_erased_none",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_sealed_file_is_only_erased",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_ERASED_ONLY,
            ),
            pgtrigger.Protect(name="sealed_files_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("sealed_files"),
        ]

    @property
    def is_erased(self) -> bool:
        return self.ciphertext is None


class Erasure(models.Model):
    """That the content of a sealed file was taken away: on what ground, by which office (None: by the installation)."""

    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="erasure")
    ground = models.CharField(max_length=200)
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(ground=""), name="an_erasure_names_its_ground")]
        triggers = append_only("erasures")
