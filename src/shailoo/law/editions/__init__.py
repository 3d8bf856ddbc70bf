"""The editions of the law: which numbers and readings hold on a day, each with its norm.

`in_force(on)` answers for a date, `edition(id)` for a pinned edition, `editions()` gives all of them, the oldest first.
"""

from __future__ import annotations

from shailoo.law.editions.chapters.calendar import (
    BackwardCounting,
    ForwardCounting,
    ReductionRounding,
    ReductionScope,
    TermBeforeCalling,
)
from shailoo.law.editions.loading import EditionError, edition, editions, in_force
from shailoo.law.editions.readings import (
    CancelledBallots,
    CapSurplusRule,
    DepositRound,
    FailedTest,
    InvalidBallotsGround,
    LateScannerReport,
    ListVotesSum,
    MobileBallots,
    OrderOfTests,
    ParticipantsSource,
    Quotient,
    RegionalRule,
    RepeatElectionCaller,
    RepeatVotingTie,
    SpareBallotsRounding,
    ThresholdBase,
    TieOnEqualRemainder,
    TieSameRegistration,
)
from shailoo.law.editions.values import Clause, Edition, Reading, Value, reading_types, value_types

__all__ = [
    "BackwardCounting",
    "CancelledBallots",
    "CapSurplusRule",
    "Clause",
    "DepositRound",
    "Edition",
    "EditionError",
    "FailedTest",
    "ForwardCounting",
    "InvalidBallotsGround",
    "LateScannerReport",
    "ListVotesSum",
    "MobileBallots",
    "OrderOfTests",
    "ParticipantsSource",
    "Quotient",
    "Reading",
    "ReductionRounding",
    "ReductionScope",
    "RegionalRule",
    "RepeatElectionCaller",
    "RepeatVotingTie",
    "SpareBallotsRounding",
    "TermBeforeCalling",
    "ThresholdBase",
    "TieOnEqualRemainder",
    "TieSameRegistration",
    "Value",
    "edition",
    "editions",
    "in_force",
    "reading_types",
    "value_types",
]
