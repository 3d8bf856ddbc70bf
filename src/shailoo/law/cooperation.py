"""Whom each body invites to an election, and through whom: the practice of B1 to B3 beside Article 10 and R2.

The practice is no limit: what stands against it is a warning, to be explained in writing. When an invitation may go
out, who may invite at all, and whom the Commission itself invites, is asked of the rules of accreditation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shailoo.law.calendar import Kind
from shailoo.law.editions import Edition
from shailoo.law.observation.accreditation import (
    Application,
    Form,
    Invitation,
    InvitingBody,
    Organization,
    Specialization,
    accreditation,
)
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies


class Channel(StrEnum):
    """How an invitation goes out (R2.5)."""

    MFA = "mfa"
    DIRECT = "direct"


class Purpose(StrEnum):
    OBSERVATION = "observation"
    MEDIA_COVERAGE = "media_coverage"


class Invitee(StrEnum):
    """Whom an invitation goes to, as far as the practice tells them apart."""

    FOREIGN_ELECTORAL_BODY = "foreign_electoral_body"
    ASSOCIATION = "election_officials_association"
    SPECIALIZED = "international_election_organization"  # in elections or in human rights
    INTER_PARLIAMENTARY = "inter_parliamentary_body"
    DIPLOMATIC = "diplomatic_mission"  # also a consular post
    MEDIA = "mass_media"
    OTHER_INTERNATIONAL = "other_international"
    OTHER_FOREIGN = "other_foreign"
    NATIONAL = "national"


_AS_ACCREDITED = {
    Invitee.FOREIGN_ELECTORAL_BODY: Organization.FOREIGN_ELECTORAL_BODY,
    Invitee.ASSOCIATION: Organization.ELECTION_OFFICIALS_ASSOCIATION,
    Invitee.SPECIALIZED: Organization.INTERNATIONAL_ELECTION_ORGANIZATION,
    Invitee.INTER_PARLIAMENTARY: Organization.OTHER_INTERNATIONAL,
    Invitee.DIPLOMATIC: Organization.OTHER_FOREIGN,
    Invitee.MEDIA: Organization.OTHER_FOREIGN,
    Invitee.OTHER_INTERNATIONAL: Organization.OTHER_INTERNATIONAL,
    Invitee.OTHER_FOREIGN: Organization.OTHER_FOREIGN,
    Invitee.NATIONAL: Organization.NATIONAL,
}
_OF_THE_INVITATION = frozenset({"invitation.body", "invitation.sent_at", "invitation.proposed_by", "organization"})
"""The fields of an application that speak of its invitation; the rest of accreditation is decided later."""


@dataclass(frozen=True, slots=True)
class Inviting:
    """An invitation as it is sent: `body` and `channel` None where nobody says. `proposed_by`: see `Invitation`."""

    kind: Kind
    election_day: date
    calling: date
    calling_published: datetime | None
    body: InvitingBody | None
    channel: Channel | None
    purpose: Purpose
    invitee: Invitee
    sent_at: datetime
    proposed_by: Specialization | None = None


class Way(StrEnum):
    """Which procedure the invited then go through."""

    OBSERVERS = "observers"  # accreditation as international observers (Art. 10)
    MEDIA = "media"  # accreditation as mass media (Art. 11)


@applies("B1", "B2", "B3")
def inviting(facts: Inviting, edition: Edition) -> Outcome[Way]:
    """By which procedure the invited are accredited, and what of the invitation stands against the law or the practice.

    An error is what the law forbids: another body, or before the calling was officially published. A warning is what
    differs from the practice of who invites whom.
    """
    told = [*_practice(facts), *_law(facts, edition)]
    findings = tuple(each for each in told if isinstance(each, Finding))
    steps = tuple(each for each in told if isinstance(each, Step))
    way = Way.MEDIA if facts.purpose is Purpose.MEDIA_COVERAGE else Way.OBSERVERS
    return Outcome(way, steps, findings)


def _practice(facts: Inviting) -> Iterator[Step | Finding]:
    if facts.body is InvitingBody.JOGORKU_KENESH and facts.invitee is not Invitee.INTER_PARLIAMENTARY:
        yield Finding("B1", "cooperation_parliament_invites_another_kind", Severity.WARNING, fields=("invitee",))
    elif facts.invitee is Invitee.INTER_PARLIAMENTARY and facts.body is InvitingBody.JOGORKU_KENESH:
        yield Step("B1", "cooperation_parliament_invites_parliaments")
    if facts.body is None:
        yield Finding("B2", "cooperation_nobody_invites", Severity.WARNING, fields=("inviting_body",))
    if facts.invitee is Invitee.DIPLOMATIC:
        if facts.channel is Channel.MFA:
            yield Step("B2", "cooperation_ministry_passes_on")
        else:
            yield Finding("B2", "cooperation_missions_without_the_ministry", Severity.WARNING, fields=("channel",))
    if (facts.purpose is Purpose.MEDIA_COVERAGE) != (facts.invitee is Invitee.MEDIA):
        yield Finding("B3", "cooperation_media_for_another_purpose", Severity.WARNING, fields=("purpose",))
    elif facts.purpose is Purpose.MEDIA_COVERAGE:
        yield Step("B3", "cooperation_media_are_accredited_as_media")


def _law(facts: Inviting, edition: Edition) -> Iterator[Step | Finding]:
    """What the rules of accreditation say of the invitation of an observer."""
    if facts.purpose is Purpose.MEDIA_COVERAGE:
        return
    told = accreditation(_asked(facts), edition)
    for each in told.findings:
        if _OF_THE_INVITATION.issuperset(each.fields) or "invitation.calling_published" in each.fields:
            yield each


def _asked(facts: Inviting) -> Application:
    """The invitation as part of an application that nobody has sent yet; who is not named is taken for the CEC."""
    given = Invitation(
        facts.body or InvitingBody.CEC,
        facts.sent_at,
        facts.calling_published,
        through_ministry=facts.channel is not Channel.DIRECT,
        proposed_by=facts.proposed_by,
    )
    return Application(
        kind=facts.kind,
        election_day=facts.election_day,
        calling=facts.calling,
        organization=_AS_ACCREDITED[facts.invitee],
        form=Form.MISSION,
        invitation=given,
        filed_at=facts.sent_at,
        delegates=(),
    )
