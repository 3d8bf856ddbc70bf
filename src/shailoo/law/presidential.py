"""Results of a presidential election: elected, repeat voting between two, repeat election, failed, null and void.

Carries out L37.3.1 and L37.6 (failed, null), L55.4 (more than half of those who took part), L56 (repeat voting), L57
(repeat election), L30.10 (candidates crossed out on printed ballots) and L46.4.a (what is found before the mandate is
awarded). Counts are votes or voters, shares are exact fractions, dates are local.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction

from shailoo.law.determination import (
    ElectionKind,
    RepeatElection,
    failed,
    null_by_court,
    null_by_share,
    repeat_election,
)
from shailoo.law.editions import Edition, RepeatVotingTie
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, Unsettled, applies
from shailoo.law.shares import Base, Verdict, share


class Ballot(IntEnum):
    """Which voting the count is of."""

    FIRST = 1  # the first round
    REPEAT = 2  # the repeat voting of L56


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate who stands, and the votes for him or her."""

    id: str
    votes: int


@dataclass(frozen=True, slots=True)
class PresidentCount:
    """The national count of the precincts that count.

    `participated` are the voters who took part there (None: not known). Participants of invalid precincts are kept
    apart for L37.6: `total_participants` are those of all precincts, by default both together. `crossed_out` are
    candidates printed on the ballots who no longer stand (L30.10). Raises ValueError on counts that cannot be.
    """

    participated: int | None
    against_all: int
    invalid: int | None
    candidates: tuple[Candidate, ...]
    ballot: Ballot = Ballot.FIRST
    crossed_out: tuple[str, ...] = ()
    invalidated_participants: int = 0
    total_participants: int | None = None
    court_decision: str = ""  # number of a court decision that makes the results null (L37.6.2)

    def __post_init__(self) -> None:
        if not self.candidates:
            raise ValueError("a count needs at least one candidate")
        doubles = [name for name, times in Counter(self._names()).items() if times > 1]
        if doubles:
            raise ValueError(f"candidate named twice: {', '.join(doubles)}")
        optional = (self.participated, self.invalid, self.total_participants)
        numbers = [self.against_all, self.invalidated_participants, *(entry.votes for entry in self.candidates)]
        if min([*numbers, *(number for number in optional if number is not None)]) < 0:
            raise ValueError("a count has no negative numbers")

    def _names(self) -> tuple[str, ...]:
        return (*(entry.id for entry in self.candidates), *self.crossed_out)

    @property
    def base(self) -> Base:
        """Voters who took part; where that is not known, at least the ballots found."""
        if self.participated is not None:
            return Base.exactly(self.participated)
        return Base(sum(entry.votes for entry in self.candidates) + self.against_all + (self.invalid or 0), None)

    @property
    def all_participants(self) -> Base:
        """Voters who took part at all precincts, the invalid ones included, as far as it is known."""
        if self.total_participants is not None:
            return Base.exactly(self.total_participants)
        high = None if self.base.high is None else self.base.high + self.invalidated_participants
        return Base(self.base.low + self.invalidated_participants, high)


class OnBallot(StrEnum):
    """Who counts as included in the ballot where a candidate was crossed out after printing (L30.10, L56.1, L57)."""

    STANDING = "standing"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class PresidentRules:
    """What an edition says about the President's election, and the readings taken."""

    majority: Fraction  # L55.4, of voters who took part, to be exceeded
    null_share: Fraction  # L37.6.1, of voters who took part, to be exceeded
    repeat_voting_candidates: int  # L56.1
    repeat_election: RepeatElection  # L57, L38.5
    repeat_voting_tie: RepeatVotingTie = RepeatVotingTie.NONE_ELECTED
    on_ballot: OnBallot = OnBallot.STANDING

    @classmethod
    def of(cls, edition: Edition) -> PresidentRules:
        """The rules of an edition with the readings that it takes."""
        return cls(
            majority=edition.majority,
            null_share=edition.null_share,
            repeat_voting_candidates=edition.repeat_voting_candidates,
            repeat_election=repeat_election(ElectionKind.PRESIDENTIAL, edition),
            repeat_voting_tie=edition.repeat_voting_tie,
        )


class Result(StrEnum):
    ELECTED = "elected"  # L55.4, L56.4
    REPEAT_VOTING = "repeat_voting"  # L56.1
    REPEAT_ELECTION = "repeat_election"  # L57
    FAILED = "failed"  # L37.3.1; a repeat election follows
    NULL_AND_VOID = "null_and_void"  # L37.6, L46.4.a; a repeat election follows
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from the count.

    `elected` names who is elected, `candidates` those of the repeat voting (where a tie is open, only the certain
    ones), `repeat_election` who calls it and until when.
    """

    result: Result
    elected: str | None = None
    candidates: tuple[str, ...] = ()
    repeat_election: RepeatElection | None = None


@applies("L37.3.1", "L37.6.1", "L37.6.2", "L55.4", "L56.1", "L56.4", "L57.a")
def decide(count: PresidentCount, rules: PresidentRules) -> Outcome[Decision]:
    """What the count of a first round or a repeat voting means, in the order null, failed, majority, repeat voting.

    `unsettled` is set where the law gives no answer: a tie for a place in the repeat voting, a single candidate without
    a majority, a base that is not known. Raises ValueError for a repeat voting with more candidates than L56.1 allows.
    """
    if count.ballot is Ballot.REPEAT and len(count.candidates) > rules.repeat_voting_candidates:
        raise ValueError(f"a repeat voting has at most {rules.repeat_voting_candidates} candidates")
    steps: list[Step] = []
    null = null_by_share(count.invalidated_participants, count.all_participants, rules.null_share)
    court = null_by_court(count.court_decision)
    steps += [*null.steps, *court.steps]
    if null.value or court.value:
        return _none_elected(Result.NULL_AND_VOID, rules, steps)
    if null.unsettled is not None:
        return Outcome(Decision(Result.UNSETTLED), tuple(steps), unsettled=null.unsettled)
    against = failed(ElectionKind.PRESIDENTIAL, (entry.votes for entry in count.candidates), count.against_all)
    steps += against.steps
    if against.value:
        return _none_elected(Result.FAILED, rules, steps)
    return _first_round(count, rules, steps) if count.ballot is Ballot.FIRST else _repeat_voting(count, rules, steps)


def _none_elected(
    result: Result, rules: PresidentRules, steps: list[Step], question: Unsettled | None = None
) -> Outcome[Decision]:
    steps.append(rules.repeat_election.step())
    return Outcome(Decision(result, repeat_election=rules.repeat_election), tuple(steps), unsettled=question)


# ------------------------------------------------------------------------------------- first round


@applies("L55.4", "L56.1", "L57.a", "L30.10.a1")
def _first_round(count: PresidentCount, rules: PresidentRules, steps: list[Step]) -> Outcome[Decision]:
    leader = max(count.candidates, key=lambda entry: entry.votes)
    verdict = _majority(leader, count.base, rules, steps)
    if verdict is Verdict.MET:
        return Outcome(Decision(Result.ELECTED, elected=leader.id), tuple(steps))
    if verdict is Verdict.OPEN:
        return _base_unknown(leader, steps)
    printed = len(count.candidates) + (len(count.crossed_out) if rules.on_ballot is OnBallot.PRINTED else 0)
    if count.crossed_out:
        facts: dict[str, Fact] = {"crossed_out": ", ".join(count.crossed_out), "on_ballot": rules.on_ballot.value}
        steps.append(Step("L30.10.a1", "crossed_out", facts | {"candidates": printed}))
    if printed > rules.repeat_voting_candidates and len(count.candidates) > 1:
        return repeat_voting_pair(count.candidates, (), rules, steps=tuple(steps))
    steps.append(Step("L57.a", "none_elected", {"candidates": printed}))
    question = None
    if len(count.candidates) == 1:
        norms = ("L55.4", "L56.1", "L57.a", "L38.5.a1")
        question = Unsettled("single_candidate_without_majority", norms, ("repeat_election",))
    return _none_elected(Result.REPEAT_ELECTION, rules, steps, question)


def _majority(leader: Candidate, base: Base, rules: PresidentRules, steps: list[Step]) -> Verdict:
    verdict = base.more_than(leader.votes, rules.majority)
    facts: dict[str, Fact] = {"candidate": leader.id, "votes": leader.votes, "share_to_exceed": rules.majority}
    if base.known is None:
        facts |= {"participated_at_least": base.low}
    else:
        facts |= {"participated": base.known, "share": share(leader.votes, base.known)}
    code = {Verdict.MET: "majority", Verdict.MISSED: "no_majority", Verdict.OPEN: "majority_open"}[verdict]
    steps.append(Step("L55.4", code, facts))
    return verdict


def _base_unknown(leader: Candidate, steps: list[Step]) -> Outcome[Decision]:
    """Whether the leader has a majority cannot be told while the voters who took part are not known."""
    facts: dict[str, Fact] = {"missing": "participated", "candidate": leader.id}
    finding = Finding("L37.3.b", "base_unknown", Severity.ERROR, facts, ("participated",))
    question = Unsettled("majority_base_unknown", ("L55.4", "L37.3.b"), ("establish:participated",))
    return Outcome(Decision(Result.UNSETTLED), tuple(steps), (finding,), question)


# ------------------------------------------------------------------------------------- repeat voting


class BallotPapers(StrEnum):
    """Whether the ballots of the repeat voting have gone out to the commissions (L30.9)."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"


@applies("L56.1", "L56.3.a", "L56.3.b")
def repeat_voting_pair(
    candidates: Sequence[Candidate],
    withdrawn: Sequence[str],
    rules: PresidentRules,
    *,
    papers: BallotPapers = BallotPapers.NOT_ISSUED,
    steps: tuple[Step, ...] = (),
) -> Outcome[Decision]:
    """Who stands in the repeat voting: the two with most votes, after those who quit the next ones, or one alone.

    `candidates` are all of the first round with their votes there, `withdrawn` those who quit before the repeat voting,
    `steps` what led here. A tie for a place is unsettled, as is a replacement after the ballots went out (a name cannot
    be added by crossing out), and a repeat voting that nobody is left for.
    """
    trail = [*steps, *(Step("L56.3.a", "withdrawn", {"candidate": name}) for name in withdrawn)]
    left = sorted((entry for entry in candidates if entry.id not in withdrawn), key=lambda entry: -entry.votes)
    if not left:
        question = Unsettled("no_candidate_left", ("L56.3.b", "L57.a"), ("repeat_election",))
        return _none_elected(Result.REPEAT_ELECTION, rules, trail, question)
    places = rules.repeat_voting_candidates
    chosen, tie = _top(left, places)
    for place, name in enumerate(chosen, 1):
        votes = next(entry.votes for entry in left if entry.id == name)
        trail.append(Step("L56.1", "in_repeat_voting", {"place": place, "candidate": name, "votes": votes}))
    if tie:
        question = Unsettled("tie_for_repeat_voting", ("L56.1",), tie)
        return Outcome(Decision(Result.UNSETTLED, candidates=chosen), tuple(trail), unsettled=question)
    if len(left) < places:
        trail.append(Step("L56.3.b", "vote_on_one_candidate", {"candidate": left[0].id}))
    late = None
    if withdrawn and papers is BallotPapers.ISSUED:
        late = Unsettled("ballots_already_issued", ("L56.3.a", "L30.10.a1"), ("reprint", "vote_on_one_candidate"))
    return Outcome(Decision(Result.REPEAT_VOTING, candidates=chosen), tuple(trail), unsettled=late)


def _top(ordered: Sequence[Candidate], places: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The candidates certain to be among the first `places`, and those tied for what is left of them."""
    if len(ordered) <= places:
        return tuple(entry.id for entry in ordered), ()
    last, next_one = ordered[places - 1].votes, ordered[places].votes
    if last > next_one:
        return tuple(entry.id for entry in ordered[:places]), ()
    certain = tuple(entry.id for entry in ordered if entry.votes > last)
    return certain, tuple(entry.id for entry in ordered if entry.votes == last)


@applies("L56.4", "L57.a")
def _repeat_voting(count: PresidentCount, rules: PresidentRules, steps: list[Step]) -> Outcome[Decision]:
    """The larger number of votes elects; with one candidate, not fewer than against all. No majority is asked for."""
    most = max(entry.votes for entry in count.candidates)
    leaders = tuple(entry.id for entry in count.candidates if entry.votes == most)
    if len(leaders) == 1:
        steps.append(Step("L56.4", "largest_number", {"candidate": leaders[0], "votes": most}))
        return Outcome(Decision(Result.ELECTED, elected=leaders[0]), tuple(steps))
    facts: dict[str, Fact] = {"candidates": ", ".join(leaders), "votes": most}
    steps.append(Step("L56.4", "equal_numbers", facts | {"repeat_voting_tie": rules.repeat_voting_tie.value}))
    if rules.repeat_voting_tie is RepeatVotingTie.STOP:
        question = Unsettled("tie_in_repeat_voting", ("L56.4", "L57.a"), ("repeat_election", *leaders))
        return Outcome(Decision(Result.UNSETTLED), tuple(steps), unsettled=question)
    return _none_elected(Result.REPEAT_ELECTION, rules, steps)


# ------------------------------------------------------------------------------------- before the mandate


class Impediment(StrEnum):
    """What, confirmed between determination and award of the mandate, cancels the decision (L46.4.a)."""

    NO_RIGHT_TO_BE_ELECTED = "no_right_to_be_elected"
    CRIMINAL_RECORD = "criminal_record"
    EFFECTIVE_CONVICTION = "effective_conviction"
    CITIZENSHIP_LOST = "citizenship_lost"
    OTHER_CITIZENSHIP = "other_citizenship"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class BeforeMandate:
    """A fact about the elected person. `awarded_at` is the local day of the award of the mandate, None: not yet."""

    elected: str
    impediment: Impediment
    determined_at: date
    confirmed_at: date
    awarded_at: date | None = None


@dataclass(frozen=True, slots=True)
class AfterImpediment:
    """What a fact before the mandate means, and the last local day for calling the repeat election if there is one."""

    decision: Decision
    call_by: date | None = None


@applies("L46.4.a", "L57.a")
def before_mandate(fact: BeforeMandate, rules: PresidentRules) -> Outcome[AfterImpediment]:
    """Cancel the decision and hold the election null and void (L46.4.a); the runner-up does not move up.

    A fact confirmed once the mandate is awarded does not touch the result. Raises ValueError for one confirmed before
    determination: that person's registration was to be revoked.
    """
    if fact.confirmed_at < fact.determined_at:
        raise ValueError("the fact was confirmed before the results were determined")
    facts: dict[str, Fact] = {
        "elected": fact.elected,
        "impediment": fact.impediment.value,
        "confirmed_at": fact.confirmed_at,
    }
    if fact.awarded_at is not None and fact.awarded_at <= fact.confirmed_at:
        step = Step("L46.4.a", "mandate_already_awarded", facts | {"awarded_at": fact.awarded_at})
        return Outcome(AfterImpediment(Decision(Result.ELECTED, elected=fact.elected)), (step,))
    steps = (Step("L46.4.a", "decision_cancelled", facts), rules.repeat_election.step())
    null = Decision(Result.NULL_AND_VOID, repeat_election=rules.repeat_election)
    return Outcome(AfterImpediment(null, rules.repeat_election.call_by(fact.confirmed_at)), steps)
