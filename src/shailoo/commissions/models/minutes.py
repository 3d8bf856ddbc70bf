"""The minutes of a sitting: drafts, the text that its chair and secretary signed, and its publication.

A row never changes: another text is the next version, which nobody has signed yet.
"""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
from django.db import models

from shailoo.accounts.models import Office
from shailoo.commissions.models.sittings import Sitting
from shailoo.documents.models import Document
from shailoo.ledger.guards import append_only


class Stage(StrEnum):
    """How far a version of minutes has come."""

    DRAFT = "draft"
    SIGNED = "signed"  # by the chair and the secretary of the sitting
    PUBLISHED = "published"


class Minutes(models.Model):
    """One version of a sitting's minutes: what the records say (`content`) and the secretary's text beside it."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    text_ky = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "version"], name="a_version_of_minutes_stands_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="minutes_are_known_by_their_hash"
            ),
        ]
        triggers = append_only("minutes")

    @property
    def ledger_name(self) -> str:
        """The subject of the acts on it in the ledger."""
        return f"minutes:{self.pk}"

    @property
    def stage(self) -> Stage:
        """Draft; signed, once both the chair and the secretary of the sitting have signed; published."""
        if getattr(self, "publication", None) is not None:
            return Stage.PUBLISHED
        needed = {self.sitting.chair_id, self.sitting.secretary_id}
        return Stage.SIGNED if needed <= {each.office_id for each in self.signatures.all()} else Stage.DRAFT


class MinutesSignature(models.Model):
    """A signature under a version: of the chair, the secretary, or a member who agrees (L35.16.a2, L36.2.c2)."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "office"], name="an_office_signs_minutes_once"),
        ]
        triggers = [
            *append_only("signatures_of_minutes"),
            pgtrigger.Trigger(
                name="the_last_text_of_minutes_is_signed",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT 1 FROM commissions_minutes m JOIN commissions_minutes l ON l.sitting_id = m.sitting_id
                     WHERE m.id = NEW.minutes_id AND l.version > m.version
                ) THEN
                    RAISE EXCEPTION 'the last text of minutes is signed'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'the_last_text_of_minutes_is_signed';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class MinutesPublication(models.Model):
    """That a signed version was made public, and as which document."""

    minutes = models.OneToOneField(Minutes, on_delete=models.PROTECT, related_name="publication")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            *append_only("publications_of_minutes"),
            pgtrigger.Trigger(
                name="signed_minutes_are_published",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF (SELECT count(DISTINCT g.office_id) FROM commissions_minutes m
                      JOIN commissions_sitting s ON s.id = m.sitting_id
                      JOIN commissions_minutessignature g ON g.minutes_id = m.id
                           AND g.office_id IN (s.chair_id, s.secretary_id)
                     WHERE m.id = NEW.minutes_id) < 2 THEN
                    RAISE EXCEPTION 'signed minutes are published'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_minutes_are_published';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
