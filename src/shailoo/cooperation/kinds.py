"""The closed sets of the register: what organizations, records and answers can be."""

from __future__ import annotations

from django.db.models import TextChoices


class OrganizationKind(TextChoices):
    CENTRAL_ELECTION_BODY = "central_election_body"
    SUBNATIONAL_ELECTION_BODY = "subnational_election_body"
    ASSOCIATION = "association_of_election_bodies"
    INTERNATIONAL = "international_organization"
    FIELD_MISSION = "international_organization_field_mission"
    INTER_PARLIAMENTARY = "inter_parliamentary_body"
    CONFLICT_OF_INTEREST = "conflict_of_interest_commission"
    DIPLOMATIC_MISSION = "diplomatic_mission"
    CONSULAR_POST = "consular_post"
    MASS_MEDIA = "mass_media"
    NGO = "ngo"
    STATE_BODY = "state_body"


class Specialization(TextChoices):
    """What an organization is specialized in (L10.1.a3)."""

    ELECTIONS = "electoral_legislation_and_elections"
    HUMAN_RIGHTS = "human_rights"
    OTHER = "other"


class InvitingBody(TextChoices):
    """Who may invite (L10.1.a1, R2.2.a1)."""

    PRESIDENT = "president"
    JOGORKU_KENESH = "jogorku_kenesh"
    GOVERNMENT = "government"
    CABINET_OF_MINISTERS = "cabinet_of_ministers"
    CEC = "cec"


class Channel(TextChoices):
    """How an invitation goes out (R2.5)."""

    MFA = "mfa"
    DIRECT = "direct"


class Purpose(TextChoices):
    OBSERVATION = "observation"
    MEDIA_COVERAGE = "media_coverage"


class Answer(TextChoices):
    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class ProposerScope(TextChoices):
    NATIONAL = "national"
    INTERNATIONAL = "international"


class ProposalOutcome(TextChoices):
    OPEN = "open"
    INVITED = "invited"
    NOT_INVITED = "not_invited"


class OrganRole(TextChoices):
    """What a commission is in an organ of an association (C4)."""

    MEMBER = "member"
    CHAIR = "chair"


class AgreementKind(TextChoices):
    MEMORANDUM_OF_COOPERATION = "memorandum_of_cooperation"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum_of_understanding"
    PROTOCOL = "protocol"


class AgreementStatus(TextChoices):
    """What an agreement is on a day; never stored, always computed."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class EventKind(TextChoices):
    CONFERENCE = "conference"
    FOUNDING_ASSEMBLY = "founding_assembly"
    SEMINAR = "seminar"


class EventRole(TextChoices):
    HOST = "host"
    CHAIR = "chair"
    PARTICIPANT = "participant"
    CO_FOUNDER = "co_founder"
    SPEAKER = "speaker"


class Direction(TextChoices):
    """Of missions and visits: from us to them, or from them to us."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Observed(TextChoices):
    """What kind of voting a mission observed."""

    PRESIDENTIAL = "presidential"
    PARLIAMENTARY = "parliamentary"
    REFERENDUM = "referendum"
    LOCAL = "local"


class DelegateRole(TextChoices):
    HEAD = "head"
    MEMBER = "member"
    INTERPRETER = "interpreter"


class InstrumentKind(TextChoices):
    CONSTITUTIONAL_LAW = "constitutional_law"
    LAW = "law"
    CEC_REGULATION = "cec_regulation"
    CONVENTION = "convention"
    AGREEMENT = "agreement"


class Closing(TextChoices):
    """Why a letter waits for no answer any longer."""

    NEEDS_NO_ANSWER = "needs_no_answer"
    BY_MISTAKE = "by_mistake"
