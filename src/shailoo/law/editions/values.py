"""An edition of the law: every number, share, day and hour that rules compute with, and every reading taken.

Rules take an `Edition` and read its attributes; none of them writes a number of the law itself. The data are in
`*.toml` beside this module, read by `loading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import TypeAlias, get_type_hints

from shailoo.law.editions.chapters.calendar import Calendar
from shailoo.law.editions.chapters.campaign import Campaign
from shailoo.law.editions.chapters.complaints import Complaints
from shailoo.law.editions.chapters.finance import Finance
from shailoo.law.editions.chapters.nomination import Nomination
from shailoo.law.editions.chapters.observation import Observation
from shailoo.law.editions.chapters.registration import Registration
from shailoo.law.editions.chapters.sittings import Sittings
from shailoo.law.editions.chapters.voters import Voters
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
from shailoo.law.outcome import NormId

RESULTS = "results"
Value: TypeAlias = int | Fraction | time


@dataclass(frozen=True, slots=True)
class Clause:
    """Where one value or reading of an edition comes from: norms, days in force (both included), unit, remark."""

    norms: tuple[NormId, ...]
    since: date
    until: date | None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that the law leaves open: the option taken, the edition's default, the options, and why.

    `chapter` is where it belongs: "results", or a chapter of `editions.chapters`.
    """

    name: str
    chapter: str
    taken: str
    default: str
    options: tuple[str, ...]
    norms: tuple[NormId, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class Edition(Calendar, Voters, Observation, Nomination, Registration, Campaign, Finance, Complaints, Sittings):
    """The law as in force from `since` to `until` (local dates, both included; None: still in force).

    The numbers of results, ballots and deposits stand here, those of the other chapters in the classes it is made of.
    Shares are exact fractions, `*_days` and `*_months` are terms, `*_index` are multiples of the calculated index.
    """

    id: str
    adopted: date
    since: date
    until: date | None

    # mandates of the Jogorku Kenesh
    seats: int
    threshold: Fraction
    regional_threshold: Fraction
    cap: int

    # ballots, polling day, the precinct's protocol
    spare_ballots: Fraction
    mobile_boxes: int
    voting_opens: time
    voting_closes: time
    scanner_report_from: time
    scanner_report_until: time
    failed_scanners_before_stationary_box: int
    signing_majority: Fraction
    protocol_copies: int

    # determination
    determination_days: int
    null_share: Fraction
    majority: Fraction
    repeat_voting_candidates: int
    repeat_voting_wait_days: int
    repeat_voting_notice_days: int
    precinct_repeat_voting_days: int
    repeat_election_call_months: int
    repeat_election_notice_days: int
    repeat_election_notice_days_president: int
    repeat_election_notice_days_jogorku_kenesh: int
    repeat_election_reduction_jogorku_kenesh: Fraction
    early_reduction_president: Fraction
    early_reduction_jogorku_kenesh: Fraction

    # publication
    pec_voted_list_days: int
    voted_list_days: int
    precinct_protocols_days: int
    tec_protocols_days: int
    media_data_days: int
    full_publication_days: int
    official_publication_days_president: int
    official_publication_days_jogorku_kenesh: int

    # deposits
    refund_threshold: Fraction
    deposit_index_president: int
    deposit_index_jogorku_kenesh: int

    # readings
    threshold_base: ThresholdBase
    regional_rule: RegionalRule
    quotient: Quotient
    tie_on_equal_remainder: TieOnEqualRemainder
    tie_same_registration: TieSameRegistration
    cap_surplus_rule: CapSurplusRule
    failed_test: FailedTest
    order_of_tests: OrderOfTests
    list_votes_sum: ListVotesSum
    participants_source: ParticipantsSource
    repeat_voting_tie: RepeatVotingTie
    repeat_election_president_caller: RepeatElectionCaller
    deposit_round: DepositRound
    spare_ballots_rounding: SpareBallotsRounding
    mobile_ballots: MobileBallots
    cancelled_ballots: CancelledBallots
    late_scanner_report: LateScannerReport
    invalid_ballots_ground: InvalidBallotsGround

    clauses: Mapping[str, Clause] = field(compare=False, repr=False)
    defaults: Mapping[str, str] = field(compare=False, repr=False)

    def clause(self, name: str) -> Clause:
        """Where the value or reading `name` comes from. Raises KeyError with the name where there is none."""
        if name not in self.clauses:
            raise KeyError(f"edition {self.id} has no value or reading {name!r}")
        return self.clauses[name]

    def norms_of(self, name: str) -> tuple[NormId, ...]:
        """Every norm that sets the value or poses the question `name`."""
        return self.clause(name).norms

    def norm_of(self, name: str) -> NormId:
        """The first norm that sets the value or poses the question `name`."""
        return self.clause(name).norms[0]

    @property
    def values(self) -> dict[str, Value]:
        """Every value of the law by name, in the order of the law's chapters here."""
        return {name: getattr(self, name) for name in value_types()}

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading, as the "reading taken" lines of a page show it."""
        return tuple(self.reading(name) for name in reading_types())

    def reading(self, name: str) -> Reading:
        """The reading `name` with its norms and options. Raises ValueError naming the known ones."""
        options = _options_of(name)
        clause = self.clauses[name]
        taken, default = getattr(self, name), self.defaults[name]
        return Reading(name, chapter_of(name), taken, default, options, clause.norms, clause.note)

    @property
    def readings_of_results(self) -> tuple[Reading, ...]:
        """The readings on which a determined result can rest: those of results, and how days after it are counted."""
        return tuple(each for each in self.readings if each.chapter == RESULTS or each.name == "forward_counting")

    @property
    def changed_readings(self) -> tuple[Reading, ...]:
        """The readings in which a commission's decision departs from the edition's default."""
        return tuple(reading for reading in self.readings if reading.taken != reading.default)

    def with_readings(self, **changes: str) -> Edition:
        """The same edition with other readings, taken for one election by a commission's decision.

        Raises ValueError where a name is no reading or an option is none of its options; a value of the law cannot be
        changed this way.
        """
        for name, option in changes.items():
            if option not in _options_of(name):
                raise ValueError(f"reading {name} has no option {option!r}; it has {', '.join(_options_of(name))}")
        taken = {name: reading_types()[name](option) for name, option in changes.items()}
        return replace(self, **taken)  # type: ignore[arg-type]  # the names were just checked to be readings

    def ballot_limit(self, voters: int) -> int:
        """The most ballots that `voters` listed voters allow, in ballots (L30.1, L30.9; `spare_ballots_rounding`)."""
        spare, rest = divmod(voters * self.spare_ballots.numerator, self.spare_ballots.denominator)
        if rest and self.spare_ballots_rounding is SpareBallotsRounding.CEIL:
            spare += 1
        return voters + spare


@cache
def value_types() -> dict[str, type[Value]]:
    """Name -> type of every value of the law in an edition, chapter by chapter."""
    return {name: hint for name, hint in _hints().items() if hint in (int, Fraction, time)}


@cache
def reading_types() -> dict[str, type[StrEnum]]:
    """Name -> options of every reading of an edition."""
    return {name: hint for name, hint in _hints().items() if isinstance(hint, type) and issubclass(hint, StrEnum)}


def chapter_of(name: str) -> str:
    """The chapter of a reading: "results", or that of `editions.chapters` in which its options stand."""
    module = reading_types()[name].__module__
    return module.rpartition(".")[2] if ".chapters." in module else RESULTS


def _hints() -> dict[str, type]:
    return get_type_hints(Edition)


def _options_of(name: str) -> tuple[str, ...]:
    if name not in reading_types():
        raise ValueError(f"there is no reading {name!r}; the readings are {', '.join(reading_types())}")
    return tuple(option.value for option in reading_types()[name])
