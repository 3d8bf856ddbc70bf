"""Numbers and open questions: suffrage, precincts, voter lists, ballots, polling (Art. 3, 13 to 16, 30 to 35)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class PreliminaryPosting(StrEnum):
    """Which of two terms holds for posting the preliminary lists at the precincts (L14.7.c, L15.1)."""

    SIXTY_DAYS = "sixty_days"
    FORTY_FIVE_DAYS = "forty_five_days"


class ListApplicationReceipt(StrEnum):
    """Which receipt says whether an application on the lists is in time (L15.3.a1, L15.4.a1, L15.5.a)."""

    AT_THE_PEC = "at_the_pec"
    AT_THE_REGISTRY = "at_the_registry"


class InstitutionData(StrEnum):
    """What the data of hospitals and places of detention are used for (L14.5, L15.5.a)."""

    MOBILE_VOTING_ONLY = "mobile_voting_only"
    ALSO_LISTS = "also_lists"


@dataclass(frozen=True, kw_only=True)
class Voters:
    """What an edition says on suffrage, precincts, voter lists, ballots, polling. Ages are in full years."""

    voting_age: int

    constituencies: int
    precinct_voters: int

    handover_presence: Fraction
    destruction_members: int
    ballot_batch: int

    box_distance_centimetres: int
    identification_act_copies: int

    mobile_members: int

    preliminary_posting: PreliminaryPosting
    list_application_receipt: ListApplicationReceipt
    institution_data: InstitutionData
