"""Numbers and open questions: sittings of commissions, which another law regulates (L12.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class SittingQuorum(StrEnum):
    """With how many of its members a commission may sit (L12.4 refers to another law)."""

    TWO_THIRDS_OF_SEATS = "two_thirds_of_seats"
    MAJORITY_OF_SEATS = "majority_of_seats"


class DecisionMajority(StrEnum):
    """Of whom more than half must vote for a decision (L12.4 refers to another law)."""

    OF_SEATS = "of_seats"
    OF_PRESENT = "of_present"


class SittingTie(StrEnum):
    """What follows when as many members vote for a motion as against it (L12.4 refers to another law)."""

    NOT_ADOPTED = "not_adopted"
    CHAIR_DECIDES = "chair_decides"


@dataclass(frozen=True, kw_only=True)
class Sittings:
    """What an edition says on sittings of commissions."""

    sitting_quorum_share: Fraction
    sitting_majority_share: Fraction

    sitting_quorum: SittingQuorum
    decision_majority: DecisionMajority
    sitting_tie: SittingTie
