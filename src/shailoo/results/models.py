"""What commissions decide about figures: TEC protocols, invalidated precincts, readings, determinations, publications.

Every row is evidence: it is inserted once and never changed; a later one supersedes an earlier one by its version.
`Revision` is no evidence but the pulse of the public figures; see `queries.revision`.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Office
from shailoo.commissions.models import Commission, Decision, Matter, Sitting
from shailoo.elections.models import Election, Voting
from shailoo.law.determination import InvalidationGround
from shailoo.ledger.guards import append_only
from shailoo.territory.models import Precinct


def carries_out(record: str, *matters: Matter) -> pgtrigger.Trigger:
    """Refuse a `record` without the decision of a commission that it carries out, on one of these matters."""
    known = ", ".join(f"'{matter.value}'" for matter in matters)
    return pgtrigger.Trigger(
        name=f"{record}_carries_out_a_decision",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM commissions_decision d
            WHERE d.id = NEW.carries_out_id AND d.matter IN ({known}) AND d.taken_at <= NEW.at
              AND d.body_id = (SELECT o.body_id FROM accounts_office o WHERE o.id = NEW.office_id)
        ) THEN
            RAISE EXCEPTION 'this rests on a decision that its commission has taken'
                USING ERRCODE = 'check_violation', CONSTRAINT = '{record}_carries_out_a_decision';
        END IF;
        RETURN NEW;
        """,  # a trigger's body: nothing of it comes from outside
    )


class TecProtocol(models.Model):
    """A TEC's signed protocol: the sums of its precincts' lines as of its signing (L36.2.b3, L36.3)."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="tec_protocols")
    tec = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="tec_protocols")
    version = models.PositiveSmallIntegerField()
    pec_count = models.PositiveIntegerField()
    protocols_used = models.PositiveIntegerField()
    sums = models.JSONField()  # {"participated": n or null, …}
    votes = ArrayField(models.PositiveBigIntegerField())
    table = models.JSONField()  # [[precinct number, protocol version, lines…], …]: the summary table's rows
    not_summed = models.JSONField(default=list)  # [{"precinct", "reason"}]
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    final_sitting = models.ForeignKey(
        Sitting, null=True, on_delete=models.PROTECT, related_name="tec_protocols"
    )  # on complaints, before the signing (L36.2.c1); none before sittings were kept
    final_meeting_at = models.DateTimeField()  # when it was opened
    complaints_received = models.PositiveIntegerField(default=0)
    complaints_decided = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "tec", "version"], name="a_tec_signs_a_version_once"),
            models.CheckConstraint(
                condition=Q(complaints_decided=models.F("complaints_received")),
                name="a_tec_decides_every_complaint_before_it_signs",
            ),
            models.CheckConstraint(
                condition=Q(protocols_used__lte=models.F("pec_count")), name="no_more_used_than_pecs"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="a_new_tec_protocol_has_a_reason"),
        ]
        triggers = [
            *append_only("tec_protocols"),
            pgtrigger.Trigger(
                name="a_tec_protocol_follows_its_final_sitting",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM commissions_sitting s JOIN elections_voting v ON v.id = NEW.voting_id
                      JOIN elections_election e ON e.id = v.election_id
                     WHERE s.id = NEW.final_sitting_id AND s.commission_id = NEW.tec_id AND s.kind = 'final'
                       AND s.election = e.slug AND s.opened_at = NEW.final_meeting_at AND s.opened_at <= NEW.at
                       AND EXISTS (SELECT 1 FROM commissions_attendance a
                                    WHERE a.sitting_id = s.id AND a.attendee = 'member')
                ) THEN
                    RAISE EXCEPTION 'a TEC signs after its own final sitting in this election'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_tec_protocol_follows_its_final_sitting';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Invalidation(models.Model):
    """A decision that declares a precinct's results invalid, on a ground of L37.4; or lifts an earlier one."""

    class Ground(models.IntegerChoices):
        NO_CERTAINTY = 1
        WILL_AFFECTED = 2
        SUPERIOR_DECISION = 3
        COURT_DECISION = 4
        BALLOTS_INVALIDATED = 5

        @property
        def in_law(self) -> InvalidationGround:
            """The same ground as the rules of `law.determination` name it."""
            return next(ground for ground in InvalidationGround if ground.norm == f"L37.4.{self.value}")

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="invalidations")
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="invalidations")
    ground = models.PositiveSmallIntegerField(choices=Ground.choices)
    decision = models.CharField(max_length=80)
    carries_out = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="invalidation"
    )  # none before decisions were kept
    superior_decision = models.CharField(max_length=80, blank=True)  # of the CEC or the court, grounds 3 and 4
    text = models.TextField()
    violations = ArrayField(models.CharField(max_length=40), default=list)  # L37.5, grounds 1 and 2
    version = models.PositiveSmallIntegerField(default=1)  # counts the decisions on this precinct
    lifts = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lifted_by")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground__in=[3, 4]) | ~Q(superior_decision=""),
                name="grounds_3_and_4_name_the_decision_they_rest_on",
            ),
            models.CheckConstraint(condition=~Q(decision="") & ~Q(text=""), name="an_invalidation_has_a_decision"),
            models.CheckConstraint(
                condition=~Q(ground__in=[1, 2]) | Q(lifts__isnull=False) | ~Q(violations=[]),
                name="grounds_1_and_2_name_the_violations_found",
            ),
            models.UniqueConstraint(
                fields=["voting", "precinct", "version"], name="a_decision_on_a_precinct_stands_once"
            ),
        ]
        triggers = [
            *append_only("invalidations"),
            carries_out("an_invalidation", Matter.INVALIDATION, Matter.LIFTING),
            pgtrigger.Trigger(
                name="invalid_once_and_lifted_there",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF NEW.lifts_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM results_invalidation i WHERE i.id = NEW.lifts_id AND i.lifts_id IS NULL
                       AND (i.voting_id, i.precinct_id) = (NEW.voting_id, NEW.precinct_id)
                ) THEN
                    RAISE EXCEPTION 'a decision lifts the invalidation of its own precinct'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_lifting_lifts_an_invalidation_there';
                END IF;
                IF NEW.lifts_id IS NULL AND EXISTS (
                    SELECT 1 FROM results_invalidation i
                    WHERE (i.voting_id, i.precinct_id) = (NEW.voting_id, NEW.precinct_id) AND i.lifts_id IS NULL
                      AND NOT EXISTS (SELECT 1 FROM results_invalidation l WHERE l.lifts_id = i.id)
                ) THEN
                    RAISE EXCEPTION 'the results of this precinct are invalid already'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_precinct_is_invalid_once';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class ReadingTaken(models.Model):
    """A decision of the CEC to take a reading other than the edition's default, for one election."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="readings_taken")
    parameter = models.CharField(max_length=40)
    option = models.CharField(max_length=40)
    decision = models.CharField(max_length=80)
    carries_out = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="reading_taken"
    )  # none before decisions were kept
    text = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decision="") & ~Q(text=""), name="a_reading_is_taken_by_decision"),
        ]
        triggers = [*append_only("readings"), carries_out("a_reading", Matter.READING)]


class QuestionDecided(models.Model):
    """A decision of the CEC on a question that the law leaves open, taken before the determination that rests on it.

    `question` and `option` are those of an `Unsettled`; `basis` is the hash of the figures before the CEC, so that a
    decision never speaks about figures that came later.
    """

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="questions_decided")
    question = models.CharField(max_length=60)
    option = models.CharField(max_length=80)
    basis = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=80)
    carries_out = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="question_decided"
    )  # none before decisions were kept
    text = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voting", "question", "version"], name="a_question_is_decided_once_a_version"
            ),
            models.CheckConstraint(condition=~Q(decision="") & ~Q(text=""), name="a_question_is_settled_by_decision"),
        ]
        triggers = [*append_only("decided_questions"), carries_out("an_answer", Matter.QUESTION)]


class Determination(models.Model):
    """The CEC's decision on the result (L37.1, L64.1): the figures it rests on, what follows, and every step."""

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="determinations")
    version = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=80)
    carries_out = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="determination"
    )  # none before decisions were kept
    outcome = models.CharField(max_length=40)
    edition_id = models.CharField(max_length=16)
    readings = models.JSONField()
    figures = models.JSONField()  # national and regional sums that went in
    value = models.JSONField()  # seats or the elected candidate
    steps = models.JSONField()  # [{"norm", "code", "facts"}]
    grounds = ArrayField(models.CharField(max_length=24))
    settles = models.JSONField(default=dict)  # {question: {"option", "decision"}} where the law left one open
    reason = models.TextField(blank=True)
    complaints_received = models.PositiveIntegerField(default=0)
    complaints_decided = models.PositiveIntegerField(default=0)  # at the final meeting of L37.1.b
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "version"], name="a_result_is_determined_once_per_version"),
            models.CheckConstraint(condition=~Q(decision=""), name="a_determination_has_a_decision"),
            models.CheckConstraint(
                condition=Q(complaints_decided=models.F("complaints_received")),
                name="the_cec_decides_every_complaint_before_it_determines",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="a_new_determination_has_a_reason"),
        ]
        triggers = [*append_only("determinations"), carries_out("a_determination", Matter.DETERMINATION)]


class Publication(models.Model):
    """A numbered version of everything published, as it was at one instant; readable for ever."""

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary"  # L37-1.1, L39.1.b2: without legal significance
        OFFICIAL = "official"  # L39.3, L64.8

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="publications")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    determination = models.ForeignKey(
        Determination, null=True, blank=True, on_delete=models.PROTECT, related_name="publications"
    )
    manifest = models.TextField()  # canonical JSON: every file with its sha256
    signature = models.TextField()  # minisign format
    bundle = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField()  # national and area sums as published, for pages and differences
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voting", "version"], name="a_publication_has_one_number"),
            models.CheckConstraint(
                condition=~Q(kind="official") | Q(determination__isnull=False),
                name="official_publication_follows_determination",
            ),
        ]
        triggers = append_only("publications")


class Revision(models.Model):
    """A counter that grows with every change of a voting's public figures; several, so that no clerk waits for another.

    Triggers take whichever of a voting's counters is free, else start another one (migration 0003). The sum over a
    voting's counters names the state of its figures.
    """

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="+")
    value = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="a_revision_counts_upward"),
        ]
