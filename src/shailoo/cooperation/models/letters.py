"""Correspondence, in and out: numbered per direction and year without gaps, with answers that are due."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office
from shailoo.cooperation.kinds import Closing, Direction
from shailoo.cooperation.models.organizations import Organization
from shailoo.documents.models import StoredFile
from shailoo.ledger.guards import append_only


class Letter(models.Model):
    """A letter under the number that the register gave it. It never changes; an answer is another letter.

    `their_number` is the number that the sender of an incoming letter gave it. `answer_due_on` is the last local day
    for an answer: ours to an incoming letter, theirs to an outgoing one.
    """

    commission = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="letters_kept")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    correspondent = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="letters")
    their_number = models.CharField(max_length=60, blank=True, default="")
    dated_on = models.DateField()
    subject = models.CharField(max_length=300)
    summary = models.TextField(blank=True, default="")
    answer_due_on = models.DateField(null=True, blank=True)
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by")
    election = models.CharField(max_length=60, blank=True, default="")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-number", "direction"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "direction", "year", "number"], name="a_letter_has_its_own_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="letters_are_numbered_from_one"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="a_letter_comes_in_or_goes_out"),
            models.CheckConstraint(condition=~Q(subject=""), name="a_letter_has_a_subject"),
            models.CheckConstraint(
                condition=Q(answer_due_on__isnull=True) | Q(answer_due_on__gte=F("dated_on")),
                name="an_answer_is_due_after_the_letter",
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | ~Q(answers=F("pk")), name="no_letter_answers_itself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["commission", "answer_due_on"],
                condition=Q(answer_due_on__isnull=False),
                name="letters_by_due_answer",
            )
        ]
        triggers = append_only("letters")

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def ledger_name(self) -> str:
        """How the ledger names the letter; its `subject` is what it is about."""
        return f"letter:{self.pk}"


class LetterClosing(models.Model):
    """That no answer to a letter is waited for, and why: none is needed, or it was registered by mistake."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="closing")
    kind = models.CharField(max_length=15, choices=Closing.choices)
    reason = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_letter_is_closed_with_a_reason"),
            models.CheckConstraint(condition=Q(kind__in=Closing.values), name="a_letter_is_closed_in_a_known_way"),
        ]
        triggers = append_only("closings_of_letters")
