"""Inviting organizations to observe or to report: proposals, invitations, their way through the Ministry, answers.

Who may invite whom and from when is asked of the law (`law.cooperation`, and through it the rules of accreditation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from shailoo.accounts.models import Office
from shailoo.cooperation.actions.records import refused_here
from shailoo.cooperation.kinds import Answer, Channel, OrganizationKind, ProposalOutcome, Specialization
from shailoo.cooperation.models import Invitation, Organization, Proposal
from shailoo.cooperation.rules import NORM
from shailoo.elections.models import Moment, Voting
from shailoo.elections.occasions import occasion_of
from shailoo.elections.queries import by_slug
from shailoo.law import cooperation as law
from shailoo.law.calendar import start_of
from shailoo.law.observation import accreditation
from shailoo.law.outcome import Finding, Refused, Severity, records
from shailoo.ledger import actions as ledger

_KINDS = {
    OrganizationKind.CENTRAL_ELECTION_BODY: law.Invitee.FOREIGN_ELECTORAL_BODY,
    OrganizationKind.ASSOCIATION: law.Invitee.ASSOCIATION,
    OrganizationKind.INTER_PARLIAMENTARY: law.Invitee.INTER_PARLIAMENTARY,
    OrganizationKind.DIPLOMATIC_MISSION: law.Invitee.DIPLOMATIC,
    OrganizationKind.CONSULAR_POST: law.Invitee.DIPLOMATIC,
    OrganizationKind.MASS_MEDIA: law.Invitee.MEDIA,
    OrganizationKind.INTERNATIONAL: law.Invitee.OTHER_INTERNATIONAL,
    OrganizationKind.FIELD_MISSION: law.Invitee.OTHER_INTERNATIONAL,
}
_HOME = "KG"
_ABROAD_ALL_THE_SAME = frozenset({law.Invitee.DIPLOMATIC, law.Invitee.MEDIA})  # they may sit here and be foreign
_SPECIALIZED = frozenset({Specialization.ELECTIONS.value, Specialization.HUMAN_RIGHTS.value})
_PROPOSED = {
    Specialization.ELECTIONS.value: accreditation.Specialization.ELECTIONS,
    Specialization.HUMAN_RIGHTS.value: accreditation.Specialization.HUMAN_RIGHTS,
    Specialization.OTHER.value: accreditation.Specialization.OTHER,
}


@dataclass(frozen=True, slots=True)
class Inviting:
    """Who invites to an election (its slug), through whom, what for; and on which paper that stands."""

    election: str
    inviting_body: str
    channel: str
    purpose: str
    source: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an organization proposed: whom to invite to an election (its slug)."""

    election: str
    proposer: Organization
    proposer_scope: str
    proposer_specialization: str
    invitee: Organization
    source: str


@transaction.atomic
@records("L10.1.a3", "R2.3")
def receive_proposal(commission: Organization, told: Proposed, *, by: Office, at: datetime) -> Proposal | Refused:
    """Write down that a specialized organization proposed whom to invite."""
    if denied := refused_here(commission, by, at) or _no_election(told.election):
        return denied
    made = Proposal.objects.create(
        commission=commission,
        election=told.election,
        election_day=_day_of(told.election),
        proposer=told.proposer,
        proposer_scope=told.proposer_scope,
        proposer_specialization=told.proposer_specialization,
        proposed_invitee=told.invitee,
        received_at=at,
        source=told.source.strip() or told.election,
    )
    payload = {"election": told.election, "proposer": told.proposer.code, "invitee": told.invitee.code}
    _record("cooperation.proposal_received", made, by=by, at=at, grounds=("L10.1.a3", "R2.3"), payload=payload)
    return made


@transaction.atomic
@records("R2.3")
def decline_proposal(proposal: Proposal, reason: str, *, by: Office, at: datetime) -> Proposal | Refused:
    """Write down that the proposed organization is not invited, and why; an invitation decides the other way."""
    held = Proposal.objects.select_for_update(of=("self",)).select_related("commission__body").get(pk=proposal.pk)
    if denied := refused_here(held.commission, by, at):
        return denied
    if held.outcome != ProposalOutcome.OPEN:
        return Refused.because("R2.3", "cooperation_proposal_decided_already")
    if not reason.strip():
        return Refused.because("R2.3", "cooperation_without_reason", fields=("reason",))
    held.outcome, held.decided_at, held.reason = ProposalOutcome.NOT_INVITED.value, at, reason.strip()
    held.save(update_fields=["outcome", "decided_at", "reason"])
    payload = {"invitee": held.proposed_invitee.code, "reason": held.reason}
    _record("cooperation.proposal_declined", held, by=by, at=at, grounds=("R2.3",), payload=payload)
    return held


@transaction.atomic
@records("L10.1.a1", "L10.1.a2", "R2.2.a1", "R2.2.a2", "R2.4", "R2.5", "B1", "B2", "B3")
def invite(
    commission: Organization,
    told: Inviting,
    invitees: Sequence[Organization],
    *,
    by: Office,
    at: datetime,
    proposal: Proposal | None = None,
    explained: str = "",
) -> Sequence[Invitation] | Refused:
    """Send invitations to all of the invitees, or to none where one of them cannot be invited.

    An invitation of the CEC is sent; one of another body is written down as sent by it. What goes through the Ministry
    is handed to it now. Against the practice of who invites whom an invitation stands with a written explanation.
    """
    if denied := refused_here(commission, by, at) or _no_election(told.election):
        return denied
    if not invitees:
        return Refused.because("L10.1.a1", "cooperation_nobody_invited", fields=("invitees",))
    if found := _stopped(told, invitees, proposal, explained, at):
        return found
    made = [_sent(commission, told, each, proposal, explained, at) for each in invitees]
    if proposal is not None:
        _decide(proposal, at)
    for each in made:
        payload = {
            "election": each.election,
            "inviting_body": each.inviting_body,
            "channel": each.channel,
            "purpose": each.purpose,
            "invitee": each.invitee.code,
        }
        _record("cooperation.invited", each, by=by, at=at, grounds=("L10.1.a1", "R2.2.a1"), payload=payload)
    return made


@transaction.atomic
@records("R2.5", "B2")
def record_delivery(invitation: Invitation, *, by: Office, at: datetime) -> Invitation | Refused:
    """Write down that an invitation was delivered."""
    held = _locked(invitation)
    if denied := refused_here(held.commission, by, at) or _not_standing(held):
        return denied
    if held.delivered_at is not None:
        return Refused.because("R2.5", "cooperation_delivered_already")
    held.delivered_at = at
    held.save(update_fields=["delivered_at"])
    _record("cooperation.invitation_delivered", held, by=by, at=at, grounds=("R2.5",), payload=_named(held))
    return held


@transaction.atomic
def record_answer(invitation: Invitation, answer: Answer, *, by: Office, at: datetime) -> Invitation | Refused:
    """Write down what the invited organization answered; a later answer replaces an earlier one, both in the ledger."""
    held = _locked(invitation)
    if denied := refused_here(held.commission, by, at) or _not_standing(held):
        return denied
    if answer is Answer.NONE:
        return Refused.because(NORM, "cooperation_not_said", fields=("answer",))
    payload = _named(held) | {"before": held.answer, "after": answer.value}
    held.answer, held.answered_at = answer.value, at
    held.save(update_fields=["answer", "answered_at"])
    _record("cooperation.invitation_answered", held, by=by, at=at, grounds=("L10.1.a1",), payload=payload)
    return held


@transaction.atomic
def withdraw_invitation(invitation: Invitation, reason: str, *, by: Office, at: datetime) -> Invitation | Refused:
    """Take an invitation back, with a reason; who was accredited on it stays so until that is revoked."""
    held = _locked(invitation)
    if denied := refused_here(held.commission, by, at) or _not_standing(held):
        return denied
    if not reason.strip():
        return Refused.because("L10.1.a1", "cooperation_without_reason", fields=("reason",))
    held.withdrawn_at, held.withdrawn_because = at, reason.strip()
    held.save(update_fields=["withdrawn_at", "withdrawn_because"])
    payload = _named(held) | {"reason": reason.strip()}
    _record("cooperation.invitation_withdrawn", held, by=by, at=at, grounds=("L10.1.a1",), payload=payload)
    return held


# ------------------------------------------------------------------------------------- parts


def findings_of(told: Inviting, invitee: Organization, proposal: Proposal | None, at: datetime) -> tuple[Finding, ...]:
    """What the law and the practice say of inviting this organization now; () for what the calendar does not know."""
    voting = _voting_of(told.election)
    occasion = occasion_of(voting) if voting is not None else None
    if voting is None or occasion is None:
        return ()
    facts = law.Inviting(
        kind=occasion.kind,
        election_day=voting.day,
        calling=voting.election.called_on,
        calling_published=published_at(voting),
        body=accreditation.InvitingBody(told.inviting_body) if told.inviting_body else None,
        channel=law.Channel(told.channel) if told.channel else None,
        purpose=law.Purpose(told.purpose),
        invitee=invitee_kind(invitee),
        sent_at=at,
        proposed_by=_PROPOSED[proposal.proposer_specialization] if proposal is not None else None,
    )
    return law.inviting(facts, voting.election.edition).findings


def invitee_kind(organization: Organization) -> law.Invitee:
    """What the organization is for the law of invitations."""
    kind = _KINDS.get(OrganizationKind(organization.kind), law.Invitee.OTHER_FOREIGN)
    if organization.country == _HOME and kind not in _ABROAD_ALL_THE_SAME:
        return law.Invitee.NATIONAL
    if kind is law.Invitee.OTHER_INTERNATIONAL and organization.specialization in _SPECIALIZED:
        return law.Invitee.SPECIALIZED
    return kind


def published_at(voting: Voting) -> datetime | None:
    """When the calling of the election was officially published; None where nobody has written it down."""
    noted = Moment.objects.filter(voting=voting, anchor="official_publication_of_calling").order_by("-pk").first()
    if noted is None:
        return None
    return noted.instant or start_of(noted.day)


def _stopped(
    told: Inviting, invitees: Sequence[Organization], proposal: Proposal | None, explained: str, at: datetime
) -> Refused | None:
    found: list[Finding] = []
    for each in invitees:
        found += [_on_the_form(found_on) for found_on in findings_of(told, each, proposal, at)]
    found += _again(told, invitees)
    if proposal is not None and (proposal.outcome != ProposalOutcome.OPEN or proposal.election != told.election):
        found.append(Finding("R2.3", "cooperation_proposal_decided_already", Severity.ERROR, fields=("proposal",)))
    errors = tuple(each for each in found if each.severity is Severity.ERROR)
    if errors:
        return Refused(_once(errors))
    if found and not explained.strip():
        asked = Finding("B1", "cooperation_explain_why", Severity.ERROR, fields=("explained",))
        return Refused((*_once(tuple(found)), asked))
    return None


def _again(told: Inviting, invitees: Sequence[Organization]) -> list[Finding]:
    """Who was invited to this election by this body for this purpose already."""
    standing = Invitation.objects.filter(
        election=told.election, inviting_body=told.inviting_body, purpose=told.purpose, withdrawn_at=None
    )
    known = set(standing.filter(invitee__in=invitees).values_list("invitee_id", flat=True))
    return [
        Finding("L10.1.a1", "cooperation_invited_already", Severity.ERROR, {"entry": each.name}, ("invitees",))
        for each in invitees
        if each.pk in known
    ]


_PLACES = {"invitation.body": "inviting_body", "organization": "invitees", "invitee": "invitees"}


def _on_the_form(found: Finding) -> Finding:
    """A finding of the law with the fields of the form on which it was asked."""
    places = tuple(_PLACES.get(each, each.removeprefix("invitation.")) for each in found.fields)
    return replace(found, fields=places)


def _once(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The same finding on several organizations is told once."""
    kept: list[Finding] = []
    for each in found:
        if each not in kept:
            kept.append(each)
    return tuple(kept)


def _sent(
    commission: Organization,
    told: Inviting,
    invitee: Organization,
    proposal: Proposal | None,
    explained: str,
    at: datetime,
) -> Invitation:
    return Invitation.objects.create(
        commission=commission,
        election=told.election,
        election_day=_day_of(told.election),
        inviting_body=told.inviting_body,
        channel=told.channel,
        purpose=told.purpose,
        invitee=invitee,
        proposal=proposal,
        sent_at=at,
        handed_to_mfa_at=at if told.channel == Channel.MFA else None,
        explained=explained.strip(),
        source=told.source.strip() or told.election,
    )


def _decide(proposal: Proposal, at: datetime) -> None:
    proposal.outcome, proposal.decided_at = ProposalOutcome.INVITED.value, at
    proposal.save(update_fields=["outcome", "decided_at"])


def _voting_of(election: str) -> Voting | None:
    return Voting.objects.select_related("election").filter(election__slug=election).order_by("day", "pk").first()


def _day_of(election: str) -> date | None:
    voting = _voting_of(election)
    return voting.day if voting is not None else None


def _no_election(election: str) -> Refused | None:
    if by_slug(election) is None:
        return Refused.because("L10.1.a1", "cooperation_no_such_election", fields=("election",), entry=election)
    return None


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("commission__body", "invitee")
    return found.get(pk=invitation.pk)


def _not_standing(invitation: Invitation) -> Refused | None:
    if invitation.withdrawn_at is not None:
        return Refused.because("L10.1.a1", "cooperation_invitation_withdrawn_already")
    return None


def _named(invitation: Invitation) -> dict[str, object]:
    return {"election": invitation.election, "invitee": invitation.invitee.code}


def _record(
    name: str,
    record: Invitation | Proposal,
    *,
    by: Office,
    at: datetime,
    grounds: Sequence[str],
    payload: Mapping[str, object],
) -> None:
    ledger.record(name, subject=record.subject, by=by, at=at, grounds=grounds, payload=payload)
