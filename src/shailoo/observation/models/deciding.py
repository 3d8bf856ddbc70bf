"""What a commission decides on: a list of answers that is put to it, and that it was carried out. Nothing changes.

A list is drawn up before the sitting and frozen; the decision names it, and the answers given are those of the list.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Decision
from shailoo.documents.certificates.models import Certificate
from shailoo.elections.models import Election
from shailoo.ledger.guards import append_only
from shailoo.observation.models.answers import Accreditation
from shailoo.observation.models.applications import Applicant, Application


class AnswerList(models.Model):
    """The answers to people of one kind that are put to their commission for decision, in one numbered list.

    `digest` is the SHA-256 of the rows, by which a decision and its annex name exactly these answers.
    """

    commission = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="answer_lists")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="answer_lists")
    kind = models.CharField(max_length=28, choices=Application.Kind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "year", "number"], name="a_list_of_answers_has_its_number"),
        ]
        triggers = append_only("answer_lists")

    @property
    def subject(self) -> str:
        """How the ledger, and the decision on it, name the list."""
        return f"answer_list:{self.pk}"

    @property
    def label(self) -> str:
        """The number as people write it."""
        return f"№ {self.number}/{self.year}"


class ListedAnswer(models.Model):
    """What the list says of one person. A refusal has its ground, norm and reason, as in `Answer`."""

    list = models.ForeignKey(AnswerList, on_delete=models.PROTECT, related_name="rows")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="listed")
    accredited = models.BooleanField()
    ground = models.CharField(max_length=60, blank=True)
    norm = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["applicant_id"]
        constraints = [
            models.UniqueConstraint(fields=["list", "applicant"], name="a_person_stands_once_on_a_list"),
            models.CheckConstraint(
                condition=Q(accredited=True, ground="") | (Q(accredited=False) & ~Q(ground="") & ~Q(reason="")),
                name="a_listed_refusal_has_its_ground_and_reason",
            ),
        ]
        triggers = append_only("listed_answers")


class ListGivenUp(models.Model):
    """A list that was not carried out and no longer will be: its people can be put on another one."""

    list = models.OneToOneField(AnswerList, on_delete=models.PROTECT, related_name="given_up")
    reason = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_list_is_given_up_with_a_reason")]
        triggers = append_only("lists_given_up")


class Answering(models.Model):
    """That a list was carried out, once, by the decision on it. The names stand on the public list from `at` (B4)."""

    list = models.OneToOneField(AnswerList, on_delete=models.PROTECT, related_name="answering")
    carries_out = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="answering")
    accredited = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()  # withdrawn since the list was drawn up
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("answerings")


class Renewal(models.Model):
    """Another certificate for a running accreditation: the former one was lost, or its bound lies too early."""

    class Reason(models.TextChoices):
        LOST = "lost"
        TERM = "term"  # R3.8.b1: continued over a repeat voting

    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="renewals")
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="renewal")
    reason = models.CharField(max_length=4, choices=Reason.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=["lost", "term"]), name="a_renewal_has_a_known_reason")
        ]
        triggers = append_only("renewals")


class AssistanceRequest(models.Model):
    """An international observer, or its organization, asks a commission or another body for help (R4.8.a2)."""

    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="assistance_requests")
    addressee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assistance_requests")
    text = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_request_for_help_says_what_for")]
        triggers = append_only("assistance_requests")

    @property
    def subject(self) -> str:
        """How the ledger names the request."""
        return f"assistance_request:{self.pk}"


class AssistanceAnswer(models.Model):
    """What the body that was asked for help answered, once."""

    request = models.OneToOneField(AssistanceRequest, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_to_a_request_says_something")]
        triggers = append_only("assistance_answers")


class Sample(models.Model):
    """A version of the certificate or of the application for international observers that the CEC approved (R3.9).

    `digest` is the SHA-256 of the form as the system makes it, so that a change of the form asks for a new decision.
    """

    class What(models.TextChoices):
        CERTIFICATE = "certificate"
        APPLICATION = "application"

    what = models.CharField(max_length=12, choices=What.choices)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    carries_out = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sample")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["what", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["what", "version"], name="a_sample_has_each_version_once"),
            models.CheckConstraint(
                condition=Q(what__in=["certificate", "application"]), name="a_sample_is_of_a_known_form"
            ),
        ]
        triggers = [
            *append_only("samples"),
            pgtrigger.Trigger(
                name="a_sample_is_approved_by_the_cec",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM commissions_decision d JOIN accounts_body b ON b.id = d.body_id
                     WHERE d.id = NEW.carries_out_id AND d.matter = 'form' AND b.kind = 'cec' AND d.taken_at <= NEW.at
                       AND d.subject = 'sample:' || NEW.what || ':' || left(NEW.digest, 16)
                ) THEN
                    RAISE EXCEPTION 'the Central Commission approves samples'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_sample_is_approved_by_the_cec';
                END IF;
                RETURN NEW;
                """,  # a trigger's body: nothing of it comes from outside
            ),
        ]
