"""Decisions of commissions: numbered per body and year without a gap, never changed, replaced or repealed by others.

A decision is the ground of changes of state in every department. The database holds: its number is the next one of
its body and year; it is what an adopted motion said; it stands until another decision replaces or repeals it.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models.motions import Matter, Motion
from shailoo.commissions.models.sittings import Sitting
from shailoo.documents.models import Document, StoredFile
from shailoo.ledger.guards import append_only

WORDS = SearchVector("title_ky", "title_ru", "title_en", "text_ky", "text_ru", "text_en", config="simple")
"""The words of a decision as its search asks for them: of every language alike, as they are written."""


class Decision(models.Model):
    """A numbered act of a commission. `subject` names the record that it is about, as the ledger does."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField()  # local, of `taken_at`
    number = models.PositiveIntegerField()
    matter = models.CharField(max_length=14, choices=Matter.choices)
    subject = models.CharField(max_length=120, blank=True, db_index=True)
    election = models.CharField(max_length=60, blank=True, default="")
    title_ky = models.CharField(max_length=300, blank=True)
    title_ru = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    text_ky = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    norms = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="decisions")
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="decision")
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    votes_abstained = models.PositiveSmallIntegerField()
    members_present = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")  # who declared it taken
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    repeals = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repealed_by")

    class Meta:
        indexes = [
            models.Index(fields=["-taken_at", "-id"], name="decisions_newest_first"),
            GinIndex(WORDS, name="decisions_by_their_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="a_decision_number_is_given_once"),
            models.CheckConstraint(condition=Q(matter__in=Matter.values), name="a_decision_is_on_a_known_matter"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(repeals__isnull=True), name="a_decision_replaces_or_repeals"
            ),
        ]
        triggers = [
            *append_only("decisions"),
            pgtrigger.Trigger(
                name="a_decision_is_what_was_adopted",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("here", "record")],
                func="""
                SELECT m.*, c.adopted, c.at, c.members_present, c.seats, c.votes_for, c.votes_against,
                       c.votes_abstained, s.commission_id, s.id AS sitting_id, s.election, i.matter, i.subject
                  INTO here FROM commissions_motion m JOIN commissions_conclusion c ON c.motion_id = m.id
                  JOIN commissions_agendaitem i ON i.id = m.item_id JOIN commissions_sitting s ON s.id = i.sitting_id
                 WHERE m.id = NEW.motion_id AND m.purpose = 'decision' AND c.adopted;
                IF NOT FOUND OR
                   (here.commission_id::bigint, here.sitting_id, here.election, here.matter, here.subject, here.at,
                    here.title_ky, here.title_ru, here.title_en, here.text_ky, here.text_ru, here.text_en, here.norms,
                    here.replaces_id, here.repeals_id, here.members_present, here.seats, here.votes_for,
                    here.votes_against, here.votes_abstained)
                   IS DISTINCT FROM
                   (NEW.body_id::bigint, NEW.sitting_id, NEW.election, NEW.matter, NEW.subject, NEW.taken_at,
                    NEW.title_ky, NEW.title_ru, NEW.title_en, NEW.text_ky, NEW.text_ru, NEW.text_en, NEW.norms,
                    NEW.replaces_id, NEW.repeals_id, NEW.members_present, NEW.seats, NEW.votes_for,
                    NEW.votes_against, NEW.votes_abstained) THEN
                    RAISE EXCEPTION 'a decision is what an adopted motion said'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_decision_is_what_was_adopted';
                END IF;
                IF NEW.year <> extract(year FROM NEW.taken_at AT TIME ZONE 'Asia/Bishkek') OR NEW.number <> 1 + (
                    SELECT coalesce(max(d.number), 0) FROM commissions_decision d
                     WHERE d.body_id = NEW.body_id AND d.year = NEW.year
                ) THEN
                    RAISE EXCEPTION 'a decision has the next number of its body and year'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_decision_has_the_next_number';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM commissions_decision d
                     WHERE coalesce(d.replaces_id, d.repeals_id) = coalesce(NEW.replaces_id, NEW.repeals_id)
                ) THEN
                    RAISE EXCEPTION 'a decision is replaced or repealed once'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_decision_ends_once';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.label}"

    @property
    def label(self) -> str:
        """Its number as people write it: "№ 12/2020"."""
        return f"№ {self.number}/{self.year}"

    @property
    def ledger_name(self) -> str:
        """The subject of the acts on it in the ledger, and how an office names its ground."""
        return f"decision:{self.pk}"

    @property
    def standing(self) -> bool:
        """Whether no other decision has replaced or repealed it."""
        return self.ended_by is None

    @property
    def ended_by(self) -> Decision | None:
        """The decision that replaced or repealed it."""
        return getattr(self, "replaced_by", None) or getattr(self, "repealed_by", None)


class DecisionPublication(models.Model):
    """That a decision was made public, and as which document: the Kyrgyz one, else that of its first language."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="publication")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("publications_of_decisions")


class Dissent(models.Model):
    """The individual opinion of a member who took part and did not vote for the decision (L35.16.a3, L36.2.c3)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "office"], name="a_member_dissents_once_from_a_decision"),
            models.CheckConstraint(condition=~Q(text=""), name="a_dissent_says_why"),
        ]
        triggers = [
            *append_only("dissents"),
            pgtrigger.Trigger(
                name="who_took_part_and_did_not_agree_dissents",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("here", "record")],
                func="""
                SELECT d.sitting_id, d.motion_id INTO here FROM commissions_decision d WHERE d.id = NEW.decision_id;
                IF NOT EXISTS (
                    SELECT 1 FROM commissions_attendance a WHERE a.sitting_id = here.sitting_id
                       AND a.office_id = NEW.office_id AND a.attendee = 'member'
                ) OR EXISTS (
                    SELECT 1 FROM commissions_vote v JOIN accounts_office o ON o.person_id = v.person_id
                     WHERE v.motion_id = here.motion_id AND o.id = NEW.office_id AND v.choice = 'for'
                ) THEN
                    RAISE EXCEPTION 'a member who took part and did not vote for a decision dissents from it'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'who_took_part_and_did_not_agree_dissents';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
