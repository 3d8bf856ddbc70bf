"""Determination of results: what counts, what makes an election null or failed, and what stands in the way.

Carries out L37.1 (sums, complaints), L37.3 (failed), L37.4 and L37.5 (invalid precincts), L37.6 (null and void), L38.5
with L57 and L63 (repeat election), L55.3 (open appeals), and the deposits of L53.4 and L61.2. Counts are votes or
voters, money is som. Whether invalid precincts affect the result (L37.4) is asked of `effect`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shailoo.law.editions import DepositRound, Edition, InvalidBallotsGround, RepeatElectionCaller
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies
from shailoo.law.shares import Base, Verdict, needed, share


class ElectionKind(StrEnum):
    PRESIDENTIAL = "presidential"
    JOGORKU_KENESH = "jogorku_kenesh"


# ------------------------------------------------------------------------------------- repeat election


@dataclass(frozen=True, slots=True)
class RepeatElection:
    """Who calls a repeat election and publishes that, and until when: months after the finding, days after the call."""

    norm: NormId
    called_by: RepeatElectionCaller
    call_within_months: int
    publish_within_days: int
    terms_shortened_by: Fraction = Fraction(0)

    def call_by(self, found_on: date) -> date:
        """The last local day for calling it: the same day of the month, or the last one of a shorter month."""
        months = found_on.month - 1 + self.call_within_months
        year, month = found_on.year + months // 12, months % 12 + 1
        return date(year, month, min(found_on.day, monthrange(year, month)[1]))

    def step(self) -> Step:
        """The line of the "why?" page that says what follows."""
        return Step(
            self.norm,
            "repeat_election",
            {
                "called_by": self.called_by.value,
                "call_within_months": self.call_within_months,
                "publish_within_days": self.publish_within_days,
                "terms_shortened_by": self.terms_shortened_by,
            },
        )


@applies("L38.5.a1", "L38.5.a2", "L38.5.a4", "L57.a", "L57.b", "L57.c", "L63.1", "L63.2.b", "L63.2.c", "L64.7.b")
def repeat_election(kind: ElectionKind, edition: Edition) -> RepeatElection:
    """What follows where nobody was elected: L57 (`repeat_election_president_caller`), or L38.5 with L63."""
    months = edition.repeat_election_call_months
    if kind is ElectionKind.JOGORKU_KENESH:
        return RepeatElection(
            "L38.5.a1",
            RepeatElectionCaller.CEC,
            months,
            edition.repeat_election_notice_days_jogorku_kenesh,
            edition.repeat_election_reduction_jogorku_kenesh,
        )
    if edition.repeat_election_president_caller is RepeatElectionCaller.CEC:
        return RepeatElection("L38.5.a1", RepeatElectionCaller.CEC, months, edition.repeat_election_notice_days)
    days = edition.repeat_election_notice_days_president
    return RepeatElection("L57.a", RepeatElectionCaller.JOGORKU_KENESH, months, days)


# ------------------------------------------------------------------------------------- null and void, failed


@applies("L37.6.1", "L37.3.b")
def null_by_share(invalidated: int, total: Base, null_share: Fraction) -> Outcome[bool]:
    """Whether results are null: invalid precincts hold more than `null_share` of all voters who took part (L37.6.1).

    `invalidated` are the voters who took part at invalid precincts, `total` those at all precincts, the invalid ones
    included. Exactly the share is not enough. Unsettled where `total` is not known well enough.
    """
    if not invalidated:
        return Outcome(value=False)
    verdict = total.more_than(invalidated, null_share)
    facts: dict[str, Fact] = {"invalidated": invalidated, "share_to_exceed": null_share}
    if total.known is None:
        facts |= {"participated_at_least": total.low}
    else:
        facts |= {"participated": total.known, "share": share(invalidated, total.known)}
    if verdict is Verdict.OPEN:
        question = Unsettled("null_share_base_unknown", ("L37.6.1", "L37.3.b"), ("establish_participated",))
        return Outcome(value=False, steps=(Step("L37.6.1", "null_share_open", facts),), unsettled=question)
    code = "more_than_null_share_invalid" if verdict is Verdict.MET else "null_share_not_exceeded"
    return Outcome(verdict is Verdict.MET, (Step("L37.6.1", code, facts),))


@applies("L37.6.2")
def null_by_court(court_decision: str) -> Outcome[bool]:
    """Whether a court decision makes the results null; `court_decision` is its number, empty where there is none."""
    if not court_decision:
        return Outcome(value=False)
    return Outcome(value=True, steps=(Step("L37.6.2", "null_by_court", {"court_decision": court_decision}),))


_FAILED_NORM: Mapping[ElectionKind, NormId] = {
    ElectionKind.PRESIDENTIAL: "L37.3.1",
    ElectionKind.JOGORKU_KENESH: "L37.3.3",
}


@applies("L37.3.1", "L37.3.3")
def failed(kind: ElectionKind, votes: Iterable[int], against_all: int) -> Outcome[bool]:
    """Whether the largest number of votes is less than the votes against all; an equal number is no failure."""
    largest = max(votes, default=0)
    facts: dict[str, Fact] = {"largest": largest, "against_all": against_all}
    code = "largest_below_against_all" if largest < against_all else "largest_not_below_against_all"
    return Outcome(largest < against_all, (Step(_FAILED_NORM[kind], code, facts),))


# ------------------------------------------------------------------------------------- invalid precincts


class InvalidationGround(StrEnum):
    """Why a TEC declares the results of a precinct invalid (L37.4); there is no other ground."""

    NOT_CERTAIN = "not_certain"
    WILL_AFFECTED = "will_affected"
    SUPERIOR_COMMISSION = "superior_commission"
    COURT = "court"
    BALLOTS_INVALIDATED = "ballots_invalidated"

    @property
    def norm(self) -> NormId:
        return _GROUND_NORM[self]


_GROUND_NORM: Mapping[InvalidationGround, NormId] = {
    InvalidationGround.NOT_CERTAIN: "L37.4.1",
    InvalidationGround.WILL_AFFECTED: "L37.4.2",
    InvalidationGround.SUPERIOR_COMMISSION: "L37.4.3",
    InvalidationGround.COURT: "L37.4.4",
    InvalidationGround.BALLOTS_INVALIDATED: "L37.4.5",
}


class Violation(StrEnum):
    """The violations that can make results invalid (L37.5): uncertain votes, or voters' will affected."""

    VOTES_NOT_CERTAIN = "votes_not_certain"
    WILL_IN_VOTING_OR_COUNTING = "will_in_voting_or_counting"
    CAMPAIGNING_ON_ELECTION_DAY = "campaigning_on_election_day"
    HINDERING_RIGHTS = "hindering_rights"
    IMPEDING_OBSERVATION = "impeding_observation"
    VOTING_FOR_OTHERS = "voting_for_others"
    INTERFERING_WITH_COMMISSIONS = "interfering_with_commissions"
    BRIBING_VOTERS = "bribing_voters"

    @property
    def ground(self) -> InvalidationGround:
        """The ground of L37.4 that the violation supports."""
        if self is Violation.VOTES_NOT_CERTAIN:
            return InvalidationGround.NOT_CERTAIN
        return InvalidationGround.WILL_AFFECTED


@dataclass(frozen=True, slots=True)
class Invalidation:
    """A TEC's decision that the results of a precinct are invalid.

    `reference` is the number of the superior commission's or court's decision, `violations` what was found; each is
    needed for the grounds that rest on it.
    """

    precinct: str
    ground: InvalidationGround
    reference: str = ""
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class PrecinctResult:
    """A precinct's protocol as determination needs it: voters listed and taken part, ballots found, votes by option."""

    id: str
    listed: int
    participated: int
    against_all: int
    invalid: int
    votes: Mapping[str, int]
    region: str | None = None  # None: a precinct abroad, counted nationally only

    @property
    def found(self) -> int:
        """Ballots found in the boxes: valid with against all, and invalid."""
        return sum(self.votes.values()) + self.against_all + self.invalid


@applies("L37.4.1", "L37.4.2", "L37.4.3", "L37.4.4", "L37.4.5", "L37.5.a1", "L37.5.a2")
def check_invalidation(
    invalidation: Invalidation, result: PrecinctResult, reading: InvalidBallotsGround
) -> Outcome[InvalidationGround]:
    """Whether a ground of L37.4 is made out on paper; an ERROR names what is missing. The TEC itself decides."""
    ground, norm = invalidation.ground, invalidation.ground.norm
    findings: list[Finding] = []
    if ground in (InvalidationGround.SUPERIOR_COMMISSION, InvalidationGround.COURT) and not invalidation.reference:
        findings.append(Finding(norm, "decision_reference_missing", Severity.ERROR, fields=("reference",)))
    if ground in (InvalidationGround.NOT_CERTAIN, InvalidationGround.WILL_AFFECTED) and not any(
        violation.ground is ground for violation in invalidation.violations
    ):
        findings.append(Finding(norm, "violation_missing", Severity.ERROR, fields=("violations",)))
    if ground is InvalidationGround.BALLOTS_INVALIDATED and not proposes_invalidation(result, reading):
        facts: dict[str, Fact] = {"invalid": result.invalid, "found": result.found}
        findings.append(Finding(norm, "ballots_not_invalidated", Severity.ERROR, facts, ("invalid",)))
    step = Step(norm, "invalidation_ground", {"precinct": invalidation.precinct, "ground": ground.value})
    return Outcome(ground, (step,), tuple(findings))


@applies("L37.4.5")
def proposes_invalidation(result: PrecinctResult, reading: InvalidBallotsGround) -> bool:
    """Whether the ballots found at a precinct are invalid, so that ground 5 is proposed (`invalid_ballots_ground`)."""
    if reading is InvalidBallotsGround.ANY:
        return result.invalid > 0
    return 0 < result.found == result.invalid


@dataclass(frozen=True, slots=True)
class Sums:
    """Precinct results added up line by line."""

    precincts: int
    listed: int
    participated: int
    against_all: int
    invalid: int
    votes: Mapping[str, int]


@applies("L37.1.a", "L64.1", "L55.1.a")
def add_up(results: Iterable[PrecinctResult]) -> Sums:
    """The sums of precinct results; an option that a precinct does not name has no votes there."""
    rows = tuple(results)
    votes: dict[str, int] = {}
    for row in rows:
        for option, number in row.votes.items():
            votes[option] = votes.get(option, 0) + number
    return Sums(
        precincts=len(rows),
        listed=sum(row.listed for row in rows),
        participated=sum(row.participated for row in rows),
        against_all=sum(row.against_all for row in rows),
        invalid=sum(row.invalid for row in rows),
        votes=votes,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """The precincts from which results are determined, and those set aside: invalid, but counted for L37.6."""

    remaining: tuple[PrecinctResult, ...]
    set_aside: tuple[PrecinctResult, ...]

    @property
    def total_participated(self) -> int:
        """Voters who took part at all precincts, the invalid ones included."""
        return sum(row.participated for row in (*self.remaining, *self.set_aside))

    @property
    def invalidated_participants(self) -> int:
        return sum(row.participated for row in self.set_aside)


@applies("L37.4.b1")
def exclude(results: Sequence[PrecinctResult], invalidations: Iterable[Invalidation]) -> Outcome[Counted]:
    """Set the invalid precincts aside (L37.4). Raises ValueError where an invalidation names an unknown precinct."""
    by_precinct = {invalidation.precinct: invalidation for invalidation in invalidations}
    unknown = by_precinct.keys() - {row.id for row in results}
    if unknown:
        raise ValueError(f"invalidation of precincts without a result: {', '.join(sorted(unknown))}")
    set_aside = tuple(row for row in results if row.id in by_precinct)
    steps = tuple(
        Step(
            by_precinct[row.id].ground.norm,
            "precinct_set_aside",
            {"precinct": row.id, "ground": by_precinct[row.id].ground.value, "participated": row.participated},
        )
        for row in set_aside
    )
    counted = Counted(tuple(row for row in results if row.id not in by_precinct), set_aside)
    remaining = Step("L37.4.b1", "determined_from_remaining", {"precincts": len(counted.remaining)})
    return Outcome(counted, (*steps, remaining) if steps else ())


# ------------------------------------------------------------------------------------- obstacles


@dataclass(frozen=True, slots=True)
class SumDifference:
    """A line of the protocol whose sum over TEC protocols is not its sum over PEC protocols, at one commission."""

    commission: str
    line: str
    pec: int
    tec: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the way to determination has come. Precincts, appeals and complaints by their ids or numbers."""

    kind: ElectionKind
    base_known: bool
    missing: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    differences: tuple[SumDifference, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    open_complaints: tuple[str, ...] = ()
    open_appeals: tuple[str, ...] = ()


@applies("L37.1.a", "L37.1.b", "L37.3.b", "L36.2.b1", "L36.2.b2", "L55.1.a", "L55.3", "L64.1")
def obstacles(progress: Progress) -> Outcome[bool]:
    """Every named obstacle to determination as an ERROR; the value says whether the CEC may determine.

    An open appeal suspends the determination of a President (L55.3); for the Jogorku Kenesh the law has no such rule
    and the term of L37.1 runs on, so there it is a WARNING.
    """
    sums = "L64.1" if progress.kind is ElectionKind.JOGORKU_KENESH else "L55.1.a"
    findings = [
        *(_obstacle("L36.2.b2", "protocol_missing", precinct=precinct) for precinct in progress.missing),
        *(_obstacle("L36.2.b1", "protocol_parked", precinct=precinct) for precinct in progress.parked),
        *(_sums_differ(sums, difference) for difference in progress.differences),
        *(_open_question(question) for question in progress.unsettled),
        *(_obstacle("L37.1.b", "complaint_undecided", complaint=number) for number in progress.open_complaints),
        *(_appeal(progress.kind, number) for number in progress.open_appeals),
    ]
    if not progress.base_known:
        findings.append(Finding("L37.3.b", "base_unknown", Severity.ERROR, fields=("participated",)))
    may = not any(found.severity is Severity.ERROR for found in findings)
    step = Step("L37.1.a", "ready_to_determine" if may else "not_ready_to_determine", {"obstacles": len(findings)})
    return Outcome(may, (step,), tuple(findings))


def _obstacle(norm: NormId, code: str, **facts: int | str) -> Finding:
    return Finding(norm, code, Severity.ERROR, facts)


def _sums_differ(norm: NormId, difference: SumDifference) -> Finding:
    """L37.1 adds up TEC protocols, L64.1 and L55.1 PEC protocols; both must give the same (`list_votes_sum`)."""
    facts: dict[str, Fact] = {
        "commission": difference.commission,
        "line": difference.line,
        "pec": difference.pec,
        "tec": difference.tec,
        "beside": "L37.1.a",
    }
    return Finding(norm, "pec_and_tec_sums_differ", Severity.ERROR, facts, (difference.line,))


def _open_question(question: Unsettled) -> Finding:
    facts: dict[str, Fact] = {"question": question.question, "options": ", ".join(question.options)}
    return Finding(question.norms[0], "question_unsettled", Severity.ERROR, facts)


def _appeal(kind: ElectionKind, number: str) -> Finding:
    if kind is ElectionKind.PRESIDENTIAL:
        return Finding("L55.3", "results_under_appeal", Severity.ERROR, {"appeal": number})
    return Finding("L37.1.a", "results_under_appeal", Severity.WARNING, {"appeal": number})


# ------------------------------------------------------------------------------------- deposits


@dataclass(frozen=True, slots=True)
class Depositor:
    """A candidate or party that paid a deposit: `votes` in the first round and, if there was one, the repeat voting."""

    id: str
    deposit: Decimal  # som
    report_filed: bool  # L41.16: the financial report has reached the CEC
    votes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DepositRules:
    """The share that returns a deposit, of voters who took part, and which round of a presidential election counts."""

    refund_threshold: Fraction
    deposit_round: DepositRound

    @classmethod
    def of(cls, edition: Edition) -> DepositRules:
        return cls(edition.refund_threshold, edition.deposit_round)


@applies("L53.4.a", "L61.2.a")
def deposit_due(kind: ElectionKind, calculated_index: Decimal, edition: Edition) -> Decimal:
    """The deposit in som; `calculated_index` is the index of the day on which the election was called, in som."""
    if kind is ElectionKind.PRESIDENTIAL:
        return edition.deposit_index_president * calculated_index
    return edition.deposit_index_jogorku_kenesh * calculated_index


_REFUND_NORM: Mapping[ElectionKind, NormId] = {
    ElectionKind.PRESIDENTIAL: "L53.4.b",
    ElectionKind.JOGORKU_KENESH: "L61.2.c",
}


@applies("L53.4.b", "L53.4.c", "L61.2.c", "L61.2.d", "L41.16.b")
def refund_deposits(
    kind: ElectionKind, depositors: Iterable[Depositor], participated: tuple[int, ...], rules: DepositRules
) -> Outcome[Mapping[str, Decimal]]:
    """What each depositor gets back, in som, by id; what is not returned stays with the CEC (L53.4, L61.2).

    `participated` holds the voters who took part, round by round. Exactly the threshold is enough. A depositor who has
    the votes but filed no report is owed nothing yet, and a WARNING says so (L41.16).
    """
    steps: list[Step] = []
    findings: list[Finding] = []
    refunds: dict[str, Decimal] = {}
    for depositor in depositors:
        reached = _reaches_refund(kind, depositor, participated, rules, steps)
        if reached and not depositor.report_filed:
            findings.append(Finding("L41.16.b", "report_not_filed", Severity.WARNING, {"depositor": depositor.id}))
        refunds[depositor.id] = depositor.deposit if reached and depositor.report_filed else Decimal(0)
    return Outcome(refunds, tuple(steps), tuple(findings))


def _reaches_refund(
    kind: ElectionKind,
    depositor: Depositor,
    participated: tuple[int, ...],
    rules: DepositRules,
    steps: list[Step],
) -> bool:
    rounds = tuple(zip(depositor.votes, participated, strict=False))
    if rules.deposit_round is DepositRound.FIRST:
        rounds = rounds[:1]
    reached = False
    for number, (votes, base) in enumerate(rounds, 1):
        enough = base > 0 and votes >= needed(rules.refund_threshold, base)
        facts: dict[str, Fact] = {
            "depositor": depositor.id,
            "round": number,
            "votes": votes,
            "participated": base,
            "share": share(votes, base),
            "needed": needed(rules.refund_threshold, base),
        }
        steps.append(Step(_REFUND_NORM[kind], "refund_share_reached" if enough else "refund_share_missed", facts))
        reached = reached or enough
    return reached
