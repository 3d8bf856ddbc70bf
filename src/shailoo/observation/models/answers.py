"""Answers to people who applied, and how an accreditation ends. Nothing here is ever changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from shailoo.accounts.models import Body, Office
from shailoo.commissions.models import Decision
from shailoo.documents.certificates.models import Certificate
from shailoo.documents.sealed.models import SealedFile
from shailoo.elections.models import Election
from shailoo.ledger.guards import append_only
from shailoo.observation.models.applications import Applicant, Application
from shailoo.observation.models.senders import Sender

_AS_DECIDED = """
SELECT a.kind, p.commission_id INTO here FROM observation_applicant p
  JOIN observation_application a ON a.id = p.application_id WHERE p.id = NEW.applicant_id;
IF here.kind IN ('observer', 'commission_representative') THEN RETURN NEW; END IF;
IF NOT EXISTS (
    SELECT 1 FROM commissions_decision d
      JOIN observation_answerlist l ON d.subject = 'answer_list:' || l.id
      JOIN observation_listedanswer r ON r.list_id = l.id AND r.applicant_id = NEW.applicant_id
     WHERE d.id = NEW.decision_id AND d.matter = 'accreditation' AND d.taken_at <= NEW.at
       AND d.body_id = here.commission_id AND l.commission_id = here.commission_id
       AND (r.accredited, r.ground, r.norm, r.reason) = (NEW.accredited, NEW.ground, NEW.norm, NEW.reason)
) THEN
    RAISE EXCEPTION 'an answer is what the commission of the person decided'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_answer_is_what_the_commission_decided';
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside
_OF_ITS_ANSWER = """
IF NOT EXISTS (
    SELECT 1 FROM observation_answer w JOIN observation_applicant p ON p.id = w.applicant_id
      JOIN observation_application a ON a.id = p.application_id
     WHERE w.id = NEW.answer_id AND w.accredited AND p.id = NEW.applicant_id
       AND (a.election_id, a.kind, a.sender_id, p.commission_id)
           = (NEW.election_id, NEW.kind, NEW.sender_id, NEW.commission_id)
) THEN
    RAISE EXCEPTION 'an accreditation says what its answer says'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_accreditation_says_what_its_answer_says';
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside
_ENDED_AS_DECIDED = """
IF NEW.ground <> 'recalled' AND NOT EXISTS (
    SELECT 1 FROM commissions_decision d JOIN observation_accreditation a ON a.id = NEW.accreditation_id
     WHERE d.id = NEW.decision_id AND d.matter = 'revocation' AND d.subject = 'accreditation:' || a.id
       AND d.body_id = a.commission_id AND d.taken_at <= NEW.at
) THEN
    RAISE EXCEPTION 'the commission that accredited decides on taking it back'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'the_commission_that_accredited_takes_it_back';
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside


class Answer(models.Model):
    """The commission's answer to one person: accredited (of observers of parties: taken note of), or refused.

    A refusal has a ground (`law.observation.accreditation.RefusalGround`, or the code of the finding that bars), the
    norm and a reason in words. `decision` is the one that it rests on; None for a notice that needs none (L9.2.a4).
    """

    applicant = models.OneToOneField(Applicant, on_delete=models.PROTECT, related_name="answer")
    accredited = models.BooleanField()
    ground = models.CharField(max_length=60, blank=True)
    norm = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accredited=True, ground="") | (Q(accredited=False) & ~Q(ground="") & ~Q(reason="")),
                name="a_refusal_has_its_ground_and_reason",
            ),
        ]
        triggers = [
            *append_only("answers"),
            pgtrigger.Trigger(
                name="an_answer_is_what_the_commission_decided",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("here", "record")],
                func=_AS_DECIDED,
            ),
        ]


class Accreditation(models.Model):
    """A person who may observe or report: for whom, at which commission, since which local day, by which certificate.

    What is published of it stands in the applicant's columns. The term ends by the law (`law.observation`), never by a
    stored day; `ending` is what ends it early.
    """

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="accreditation")
    applicant = models.OneToOneField(Applicant, on_delete=models.PROTECT, related_name="accreditation")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="accreditations")
    kind = models.CharField(max_length=28, choices=Application.Kind.choices)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="accreditations")
    commission = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="accreditations")
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="accreditation")
    since = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["election", "kind", "sender"], name="accredited_by_sender"),
            models.Index(fields=["commission", "sender"], name="accredited_at_a_commission"),
        ]
        triggers = [
            *append_only("accreditations"),
            pgtrigger.Trigger(
                name="an_accreditation_says_what_its_answer_says",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_OF_ITS_ANSWER,
            ),
        ]

    @property
    def subject(self) -> str:
        """How the ledger names the accreditation."""
        return f"accreditation:{self.pk}"


class Ending(models.Model):
    """How an accreditation ended early: revoked by the commission, or recalled by the sender, or given up.

    `ground` is a value of `law.observation.revocation.RevocationGround`, or "recalled". A revocation rests on a
    decision and names the norm that was broken; `gross` says whether the decision calls the breach gross (R3.10.d).
    """

    accreditation = models.OneToOneField(Accreditation, on_delete=models.PROTECT, related_name="ending")
    ground = models.CharField(max_length=40)
    norm_broken = models.CharField(max_length=120, blank=True)
    gross = models.BooleanField(null=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="endings")
    request = models.ForeignKey(SealedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_ending_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ground="recalled") | Q(decision__isnull=False), name="a_revocation_rests_on_a_decision"
            ),
        ]
        triggers = [
            *append_only("endings"),
            pgtrigger.Trigger(
                name="the_commission_that_accredited_takes_it_back",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_ENDED_AS_DECIDED,
            ),
        ]


class Withdrawal(models.Model):
    """A person whom the sender took off a filed application before it was answered, with the reason."""

    applicant = models.OneToOneField(Applicant, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("withdrawals")


class Interpreter(models.Model):
    """Who interprets for an international observer (R4.4.2): enters together with the observer, has no own rights."""

    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="interpreters")
    name = models.CharField(max_length=200)
    languages = models.CharField(max_length=120)
    dossier = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="interpreter")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("interpreters")
