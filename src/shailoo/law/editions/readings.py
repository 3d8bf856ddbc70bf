"""The readings: what may be chosen where the law is silent or contradicts itself, each a closed set of options.

Which option an edition takes, on which norms the question stands and why, is in the edition's data file. A commission
may take another option for one election by its decision (`Edition.with_readings`); code never hides a reading. An
option stands here only if some rule obeys it.
"""

from __future__ import annotations

from enum import StrEnum


class ThresholdBase(StrEnum):
    """What the shares of L64.2 are shares of."""

    PARTICIPATED = "participated"
    VALID_WITH_AGAINST_ALL = "valid_with_against_all"
    LIST_VOTES = "list_votes"


class RegionalRule(StrEnum):
    """When a list falls under the regional barrier (L64.2, L64.3)."""

    EVERY_REGION = "every_region"
    EXCLUDED_ONLY_IF_BELOW_IN_ALL = "excluded_only_if_below_in_all"


class Quotient(StrEnum):
    """How the first electoral quotient is written (L64.3)."""

    EXACT_FRACTION = "exact_fraction"


class TieOnEqualRemainder(StrEnum):
    """Who goes first with equal fractional parts (L64.3)."""

    VOTES_THEN_REGISTRATION = "votes_then_registration"


class TieSameRegistration(StrEnum):
    """What tells two lists apart that were registered on one day (L64.3)."""

    DECISION_NUMBER = "decision_number"
    STOP = "stop"


class CapSurplusRule(StrEnum):
    """Where the mandates above the cap go (L64.5)."""

    RERUN = "rerun"
    NEXT_REMAINDER = "next_remainder"
    VACANT = "vacant"


class FailedTest(StrEnum):
    """When votes against all make an election fail (L37.3)."""

    STRICTLY_LESS = "strictly_less"


class OrderOfTests(StrEnum):
    """In which order the results are tested (L37.3, L37.6, L55.4, L64)."""

    NULL_FAILED_THRESHOLDS = "null_failed_thresholds"


class ListVotesSum(StrEnum):
    """From which protocols the votes for lists are added up (L37.1, L64.1)."""

    BOTH_MUST_AGREE = "both_must_agree"
    PEC_PROTOCOLS = "pec_protocols"
    TEC_PROTOCOLS = "tec_protocols"


class ParticipantsSource(StrEnum):
    """Which paper says how many voters took part (L37.3)."""

    SIGNATURES = "signatures"  # cheques are the control (CR6)


class RepeatVotingTie(StrEnum):
    """What follows when both candidates of a repeat voting have the same number of votes (L56.4, L57)."""

    NONE_ELECTED = "none_elected"
    STOP = "stop"


class RepeatElectionCaller(StrEnum):
    """Who calls a repeat presidential election (L38.5, L57)."""

    JOGORKU_KENESH = "jogorku_kenesh"
    CEC = "cec"


class DepositRound(StrEnum):
    """Which round decides on the return of a candidate's deposit (L53.4)."""

    EITHER = "either"
    FIRST = "first"


class SpareBallotsRounding(StrEnum):
    """How the spare part of the ballots is rounded (L30.1, L30.9)."""

    FLOOR = "floor"
    CEIL = "ceil"


class MobileBallots(StrEnum):
    """How ballots of mobile boxes are counted and then cast (L35.6, L35.9)."""

    PER_BOX_THEN_CAST = "per_box_then_cast"


class CancelledBallots(StrEnum):
    """Which ballots the protocol keeps apart (L31.9, L35.4, L35.6)."""

    UNUSED_SPOILED_INVALIDATED = "unused_spoiled_invalidated"


class LateScannerReport(StrEnum):
    """What follows when a scanner's report comes outside its hour (L35.8)."""

    RECORDED = "recorded"


class InvalidBallotsGround(StrEnum):
    """How many ballots of a precinct must be invalid for ground 5 (L37.4)."""

    ALL = "all"
    ANY = "any"
