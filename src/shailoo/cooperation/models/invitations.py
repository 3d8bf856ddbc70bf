"""Whom a body of the state invited to an election, through whom, and what was answered (C11, C12, Art. 10)."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from shailoo.cooperation.kinds import (
    Answer,
    Channel,
    InvitingBody,
    ProposalOutcome,
    ProposerScope,
    Purpose,
    Specialization,
)
from shailoo.cooperation.models.organizations import Organization
from shailoo.ledger.guards import never_emptied


class Proposal(models.Model):
    """An organization that is specialized in elections or human rights proposed whom to invite (L10.1.a3, R2.3).

    `election` is the slug of the election, empty for one before this system. `outcome` is None while it is open.
    """

    commission = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    election = models.CharField(max_length=60, blank=True, default="")
    election_day = models.DateField(null=True, blank=True)
    proposer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="proposals_made")
    proposer_scope = models.CharField(max_length=13, choices=ProposerScope.choices)
    proposer_specialization = models.CharField(max_length=40, choices=Specialization.choices)
    proposed_invitee = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="proposals")
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=11, choices=ProposalOutcome.choices, default=ProposalOutcome.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(proposer_scope__in=ProposerScope.values), name="a_proposer_has_a_scope"),
            models.CheckConstraint(
                condition=Q(proposer_specialization__in=Specialization.values),
                name="a_proposer_is_specialized",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_at__isnull=True)
                | Q(outcome__in=["invited", "not_invited"], decided_at__isnull=False),
                name="a_proposal_is_open_until_it_is_decided",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_proposal_has_a_source"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_proposal_stays_as_it_was_made",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "commission", "election", "proposer", "proposer_scope", "proposer_specialization",
                    "proposed_invitee", "received_at", "source",
                ),
            ),
            pgtrigger.Protect(
                name="a_proposal_is_decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__outcome="open"),
            ),
            pgtrigger.Protect(name="proposals_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("proposals"),
        ]  # fmt: skip

    @property
    def subject(self) -> str:
        """How the ledger names the proposal."""
        return f"invitation_proposal:{self.pk}"


class Invitation(models.Model):
    """An invitation of an organization to an election: who invites, through whom, what for, when, what was answered.

    `commission` is the one in whose register it stands. `election` is the slug of the election, empty for one before
    this system, which `election_day` then names where it is known. Who invites and the channel are empty where the
    source does not say (B2: the Ministry passes on and invites nobody itself). An invitation that is taken back before
    an answer is withdrawn with a reason.
    """

    code = models.SlugField(max_length=60, blank=True, default="")  # what a loaded file calls it
    commission = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations_kept")
    election = models.CharField(max_length=60, blank=True, default="", db_index=True)
    election_day = models.DateField(null=True, blank=True)
    inviting_body = models.CharField(max_length=20, choices=InvitingBody.choices, blank=True, default="")
    channel = models.CharField(max_length=6, choices=Channel.choices, blank=True, default="")
    purpose = models.CharField(max_length=14, choices=Purpose.choices, default=Purpose.OBSERVATION)
    invitee = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    proposal = models.OneToOneField(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    handed_to_mfa_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    explained = models.TextField(blank=True, default="")  # why it stands against a warning
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-election_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(inviting_body__in=["", *InvitingBody.values]),
                name="an_invitation_is_by_a_body_that_may_invite",
            ),
            models.CheckConstraint(condition=Q(channel__in=["", *Channel.values]), name="a_channel_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="an_invitation_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(answer="none", answered_at__isnull=True) | Q(answer__in=["accepted", "declined"]),
                name="only_an_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(handed_to_mfa_at__isnull=True) | Q(channel="mfa"),
                name="only_what_goes_through_the_ministry_is_handed_to_it",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(sent_at__isnull=True) | Q(delivered_at__gte=F("sent_at")),
                name="an_invitation_is_delivered_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="an_invitation_is_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="an_invitation_has_a_source"),
            models.UniqueConstraint(
                fields=["election", "inviting_body", "invitee", "purpose"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(election=""),
                name="a_body_invites_an_organization_once_to_an_election",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="a_loaded_invitation_has_its_own_code"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_invitation_keeps_whom_and_by_whom",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "code", "commission", "election", "inviting_body", "purpose", "invitee", "source"
                ),
            ),
            pgtrigger.Protect(
                name="a_withdrawn_invitation_stays_as_it_was",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Protect(name="invitations_to_elections_are_never_deleted", operation=pgtrigger.Delete),
            never_emptied("invitations_to_elections"),
        ]

    @property
    def subject(self) -> str:
        """How the ledger names the invitation."""
        return f"observation_invitation:{self.pk}"

    @property
    def stands(self) -> bool:
        """Whether it was sent and not taken back."""
        return self.sent_at is not None and self.withdrawn_at is None
