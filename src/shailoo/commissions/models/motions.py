"""What is put to the vote, each member's vote, and what came of it. None of it is ever changed.

The database holds: a member votes once on a motion, as the person of the office, present in an open sitting, on the
last text and before the conclusion; a conclusion counts the votes that were cast.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shailoo.accounts.models import Office, Person
from shailoo.accounts.roles import MEMBERS
from shailoo.ledger.guards import append_only

_MEMBERS = ", ".join(f"'{role}'" for role in sorted(MEMBERS))


class Matter(models.TextChoices):
    """What a question or a decision of a commission is on."""

    DETERMINATION = "determination"
    RECOUNT = "recount"  # of a precinct's votes (L36.7.a1)
    CORRECTION = "correction"  # of a precinct's protocol, drawn up again by the PEC
    INVALIDATION = "invalidation"
    LIFTING = "lifting"  # of an invalidation
    READING = "reading"  # of the law, where it leaves a question open
    QUESTION = "question"  # that a rule answered with "unsettled"
    CALLING = "calling"
    PRECINCTS = "precincts"
    REGISTRATION = "registration"
    APPOINTMENT = "appointment"
    ESTABLISHMENT = "establishment"
    ACCREDITATION = "accreditation"
    REVOCATION = "revocation"  # of an accreditation
    WORKING_GROUP = "working_group"
    FORM = "form"
    COMPLAINT = "complaint"
    LOT = "lot"
    DOCUMENT = "document"
    OTHER = "other"


class Motion(models.Model):
    """A text put to the vote on an item of the agenda; a changed text is the next version.

    `purpose` tells a decision on the item from the vote on whether the item is dealt with at all (L18.1.2).
    """

    class Purpose(models.TextChoices):
        DECISION = "decision"
        AGENDA = "agenda"

    item = models.ForeignKey("commissions.AgendaItem", on_delete=models.PROTECT, related_name="motions")
    version = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.DECISION)
    title_ky = models.CharField(max_length=300, blank=True)
    title_ru = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    text_ky = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    norms = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    replaces = models.ForeignKey(
        "commissions.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="motions_to_replace"
    )
    repeals = models.ForeignKey(
        "commissions.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="motions_to_repeal"
    )
    put_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="a_version_of_a_motion_stands_once"),
            models.CheckConstraint(
                condition=~Q(title_ky="", title_ru="", title_en=""), name="a_motion_has_a_title_in_one_language"
            ),
            models.CheckConstraint(
                condition=Q(purpose="agenda") | ~Q(text_ky="", text_ru="", text_en=""),
                name="a_motion_to_decide_has_a_text",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(repeals__isnull=True), name="a_motion_replaces_or_repeals"
            ),
        ]
        triggers = append_only("motions")

    def __str__(self) -> str:
        return f"{self.item_id}.{self.version}"


class Vote(models.Model):
    """A member's vote. `recorded_by` wrote it down: the member, or the chair or secretary at a show of hands."""

    class Choice(models.TextChoices):
        FOR = "for"
        AGAINST = "against"
        ABSTAINED = "abstained"

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="votes")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=9, choices=Choice.choices)
    recorded_by = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "person"], name="a_person_votes_once_on_a_motion"),
            models.CheckConstraint(
                condition=Q(choice__in=["for", "against", "abstained"]), name="a_vote_is_for_against_or_abstained"
            ),
        ]
        triggers = [
            *append_only("votes"),
            pgtrigger.Trigger(
                name="a_member_present_votes",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("here", "record"), ("held", "record")],
                func=f"""
                PERFORM pg_advisory_xact_lock_shared(hashtextextended('votes on ' || NEW.motion_id, 0));
                SELECT s.id, s.state, s.commission_id, m.item_id, m.version INTO here
                  FROM commissions_motion m JOIN commissions_agendaitem i ON i.id = m.item_id
                  JOIN commissions_sitting s ON s.id = i.sitting_id WHERE m.id = NEW.motion_id;
                SELECT o.person_id, o.body_id, o.role INTO held FROM accounts_office o WHERE o.id = NEW.office_id;
                IF here.state <> 'open' THEN
                    RAISE EXCEPTION 'members vote in an open sitting'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'members_vote_in_an_open_sitting';
                END IF;
                IF held.person_id <> NEW.person_id THEN
                    RAISE EXCEPTION 'a vote is of the person of its office'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_vote_is_of_the_person_of_its_office';
                END IF;
                IF held.body_id <> here.commission_id OR held.role NOT IN ({_MEMBERS}) THEN
                    RAISE EXCEPTION 'members of the commission vote'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'members_of_the_commission_vote';
                END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM commissions_attendance a WHERE a.sitting_id = here.id AND a.office_id = NEW.office_id
                       AND a.arrived_at <= NEW.at AND (a.left_at IS NULL OR a.left_at > NEW.at)
                ) THEN
                    RAISE EXCEPTION 'who is not present does not vote'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'who_is_not_present_does_not_vote';
                END IF;
                IF EXISTS (SELECT 1 FROM commissions_conclusion c WHERE c.motion_id = NEW.motion_id) OR EXISTS (
                    SELECT 1 FROM commissions_motion l WHERE l.item_id = here.item_id AND l.version > here.version
                ) THEN
                    RAISE EXCEPTION 'members vote on the last text, until the vote is concluded'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'members_vote_on_the_last_text_until_the_end';
                END IF;
                RETURN NEW;
                """,  # a trigger's body: nothing of it comes from outside
            ),
        ]


class Conclusion(models.Model):
    """What came of a motion: the votes counted, the majority that was needed, and whether it was reached."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="conclusion")
    adopted = models.BooleanField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    votes_abstained = models.PositiveSmallIntegerField()
    members_present = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()  # votes for
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(members_present__gte=F("votes_for") + F("votes_against") + F("votes_abstained")),
                name="no_more_votes_than_members_present",
            ),
            models.CheckConstraint(
                condition=Q(adopted=True, votes_for__gte=F("needed")) | Q(adopted=False, votes_for__lt=F("needed")),
                name="a_motion_is_adopted_by_the_votes_needed",
            ),
        ]
        triggers = [
            *append_only("conclusions"),
            pgtrigger.Trigger(
                name="a_conclusion_counts_the_votes",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("cast_votes", "record")],
                func="""
                PERFORM pg_advisory_xact_lock(hashtextextended('votes on ' || NEW.motion_id, 0));
                SELECT count(*) FILTER (WHERE v.choice = 'for') AS agreed,
                       count(*) FILTER (WHERE v.choice = 'against') AS opposed,
                       count(*) FILTER (WHERE v.choice = 'abstained') AS abstained
                  INTO cast_votes FROM commissions_vote v WHERE v.motion_id = NEW.motion_id;
                IF (cast_votes.agreed, cast_votes.opposed, cast_votes.abstained)
                   IS DISTINCT FROM (NEW.votes_for, NEW.votes_against, NEW.votes_abstained) THEN
                    RAISE EXCEPTION 'a conclusion counts the votes that were cast'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_conclusion_counts_the_votes';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
