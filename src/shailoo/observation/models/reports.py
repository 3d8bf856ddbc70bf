"""What observers say: statements and reports of missions, and notes of an incident to a commission."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body, Office
from shailoo.documents.models import StoredFile
from shailoo.elections.models import Election
from shailoo.ledger.guards import append_only
from shailoo.observation.models.answers import Accreditation
from shailoo.observation.models.senders import Sender


class Statement(models.Model):
    """A statement or report of a sender on an election, published as it was handed in."""

    class Kind(models.TextChoices):
        INTERIM = "interim"
        PRELIMINARY = "preliminary"
        FINAL = "final"
        OTHER = "other"

    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="statements")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_statement_has_a_title"),
            models.CheckConstraint(condition=Q(language__in=["ky", "ru", "en"]), name="a_statement_has_a_language"),
        ]
        triggers = append_only("statements")


class IncidentNote(models.Model):
    """What an observer tells a commission of an incident: kept as written; a complaint can later refer to it."""

    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="notes")
    commission = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="incident_notes")
    text = models.TextField()
    happened_at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something")]
        triggers = append_only("incident_notes")

    @property
    def subject(self) -> str:
        """How the ledger names the note, and how a complaint refers to it."""
        return f"incident_note:{self.pk}"
