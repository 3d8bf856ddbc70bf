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
