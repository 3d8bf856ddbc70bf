"""The law's numbers and open questions on campaigning, mass media, polls, air time, materials (Art. 22 to 29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from fractions import Fraction


class CampaigningTest(StrEnum):
    """What makes information campaigning (L22.10 with the definition of L1)."""

    SIGN_AND_PURPOSE = "sign_and_purpose"  # a sign of L22.10, meant to move voters
    SIGN_ALONE = "sign_alone"


class CandidateInOffice(StrEnum):
    """Whether an official who is a registered candidate may campaign (L22.15 against L21.5)."""

    OFF_DUTY = "off_duty"
    BARRED = "barred"


class CampaignOpening(StrEnum):
    """The day on which registration "is completed" and campaigning begins (L23.1)."""

    END_OF_REGISTRATION_TERM = "end_of_registration_term"
    LAST_DECISION = "last_decision"


class CampaignClosing(StrEnum):
    """Which voting the 24 hours without campaigning are counted back from (L23.1, L33.2)."""

    VOTING_IN_PREMISES = "voting_in_premises"
    MOBILE_VOTING = "mobile_voting"


class DayBeforeVoting(StrEnum):
    """Campaigning on the day before the voting, before the 24 hours begin (L23.1 against L47.3)."""

    WARNED = "warned"
    BARRED = "barred"


class RepeatCampaigning(StrEnum):
    """Before which repeat voting campaigning resumes (L23.2)."""

    RUN_OFF_AND_PRECINCTS = "run_off_and_precincts"
    RUN_OFF_ONLY = "run_off_only"


class PollBanEnd(StrEnum):
    """When polls and forecasts may be published again (L22.6)."""

    END_OF_ELECTION_DAY = "end_of_election_day"
    CLOSE_OF_VOTING = "close_of_voting"


class PollBanScope(StrEnum):
    """Whom the ban on polls and forecasts binds (L22.6, L22.5)."""

    MASS_MEDIA = "mass_media"
    EVERY_PUBLISHER = "every_publisher"


class StateMediaTest(StrEnum):
    """Which media of state founders owe equal opportunities and free time (L22.18)."""

    FINANCED_OR_PRIVILEGED = "financed_or_privileged"
    FOUNDED_OR_PRIVILEGED = "founded_or_privileged"  # the clause on budgets limits only agencies and enterprises


class LateMediaTerms(StrEnum):
    """What follows when a media outlet publishes its prices late (L22.20)."""

    NOT_ACCREDITED = "not_accredited"
    RECORDED = "recorded"


class FreeHourScope(StrEnum):
    """What owes the free hour of a working day (L24.2)."""

    EACH_CHANNEL = "each_channel"
    COMPANY = "company"


class AirTimeRemainder(StrEnum):
    """What becomes of the seconds that cannot be shared equally (L24.2, L24.8)."""

    NOT_GIVEN = "not_given"
    JOINT_EVENTS = "joint_events"


class ListCandidateInDebate(StrEnum):
    """Whether a candidate of the list may speak for the party in a joint event (L24.3)."""

    NOT_A_REPRESENTATIVE = "not_a_representative"
    MAY_SPEAK = "may_speak"


class UnclaimedPaidTime(StrEnum):
    """What becomes of reserved paid air time that nobody bought (L24.4)."""

    FOR_THOSE_WHO_ASK = "for_those_who_ask"
    NOT_SOLD = "not_sold"


class PriceReference(StrEnum):
    """Which price is the one "charged six months before the calling" (L24.4, L25.2)."""

    PRICE_OF_THE_DAY = "price_of_the_day"
    AVERAGE_OF_THE_MONTHS = "average_of_the_months"


class FreeSpaceBasis(StrEnum):
    """What the free page of print or Internet media is counted for (L25.1)."""

    IN_TOTAL = "in_total"
    PER_CONTESTANT = "per_contestant"
    PER_ISSUE = "per_issue"


class MaterialCopyTerm(StrEnum):
    """By when the copy of a campaign material must be with the CEC (L27.1)."""

    BEFORE_DISSEMINATION = "before_dissemination"
    NO_TERM = "no_term"


class BriberyBanEnd(StrEnum):
    """When the ban on gifts, favours and payments to voters ends (L28.3)."""

    PUBLICATION_OF_RESULTS = "publication_of_results"
    CLOSE_OF_VOTING = "close_of_voting"


class CharityBeforeNomination(StrEnum):
    """Charity after the calling by somebody who became candidate only later (L28.3)."""

    WARNED = "warned"
    BARRED = "barred"


class RevocationTerm(StrEnum):
    """By when a registration can be cancelled for repeated violations (L28.5 with L46)."""

    TERM_OF_CANCELLATION = "term_of_cancellation"
    ANY_TIME = "any_time"


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """What an edition says on campaigning, mass media, polls, air time, materials.

    Ages are complete years, `*_minutes` minutes of broadcast, `free_space` square millimetres.
    """

    campaigning_age: int
    internet_media_daily_visitors: int
    internet_media_monthly_visitors: int
    free_air_time_from: time
    free_air_time_minutes: int
    joint_air_time_share: Fraction
    free_space: int

    campaigning_test: CampaigningTest
    candidate_in_office: CandidateInOffice
    campaign_opening: CampaignOpening
    campaign_closing: CampaignClosing
    day_before_voting: DayBeforeVoting
    repeat_campaigning: RepeatCampaigning
    poll_ban_end: PollBanEnd
    poll_ban_scope: PollBanScope
    state_media_test: StateMediaTest
    late_media_terms: LateMediaTerms
    free_hour_scope: FreeHourScope
    air_time_remainder: AirTimeRemainder
    list_candidate_in_debate: ListCandidateInDebate
    unclaimed_paid_time: UnclaimedPaidTime
    price_reference: PriceReference
    free_space_basis: FreeSpaceBasis
    material_copy_term: MaterialCopyTerm
    bribery_ban_end: BriberyBanEnd
    charity_before_nomination: CharityBeforeNomination
    revocation_term: RevocationTerm
