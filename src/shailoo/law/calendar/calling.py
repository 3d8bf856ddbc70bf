"""Who calls an election, in which term, for which day, and when it counts as called (Art. 48, 56, 57, 59, 61, 63)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from shailoo.law.calendar.events import Kind
from shailoo.law.calendar.reckoning import Entry, Moment, Occasion, when
from shailoo.law.calendar.terms import local_day
from shailoo.law.editions import Edition, RepeatElectionCaller
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies

SUNDAY = 6
OCTOBER = 10


class Ground(StrEnum):
    """The act by which an election is called."""

    RESOLUTION = "resolution"  # of the Jogorku Kenesh
    DECREE = "decree"  # of the President
    CEC_DECISION = "cec_decision"
    DEEMED = "deemed"  # by law, where nobody called it in time


@dataclass(frozen=True, slots=True)
class Calling:
    """An election as called. Days are local days.

    `term_ends`: the day on which the term of the President or of the Jogorku Kenesh ends (regular elections).
    `powers_ended`: of the President, `dissolved`: decision of the Jogorku Kenesh on its dissolution (early elections).
    `failed_on`: decision that the election failed or is invalid (repeat elections). `determined_on`: determination of
    the first round (repeat voting). What is not known is left out, and nothing is tested with it.
    """

    kind: Kind
    ground: Ground
    called_on: date
    election_day: date
    term_ends: date | None = None
    powers_ended: date | None = None
    dissolved: date | None = None
    failed_on: date | None = None
    determined_on: date | None = None

    def occasion(self) -> Occasion:
        """The same election for the calendar."""
        happened = {
            "powers_termination": self.powers_ended,
            "self_dissolution_decision": self.dissolved,
            "decision_on_invalidity_or_non_election": self.failed_on,
            "decision_on_failure_or_invalidity": self.failed_on,
            "first_round_determination": self.determined_on,
            "repeat_voting_decision": self.called_on if self.kind is Kind.REPEAT_VOTING else None,
            "repeat_election_decision": self.called_on if self.kind in _REPEAT_ELECTIONS else None,
        }
        known: dict[str, Moment] = {name: day for name, day in happened.items() if day is not None}
        return Occasion(self.kind, self.election_day, self.called_on, known)


@dataclass(frozen=True, slots=True)
class Called:
    """What follows from a calling: whether it stands, and by which local day it must be published."""

    stands: bool
    publish_by: date | None


_REPEAT_ELECTIONS = (Kind.REPEAT_PRESIDENTIAL, Kind.REPEAT_JK)
_CALLERS: Mapping[Kind, tuple[tuple[Ground, NormId], ...]] = {
    Kind.PRESIDENTIAL: ((Ground.RESOLUTION, "L48.1.b"), (Ground.DEEMED, "L48.3.a")),
    Kind.PRESIDENTIAL_EARLY: ((Ground.RESOLUTION, "L48.2.a"), (Ground.DEEMED, "L48.3.a")),
    Kind.JK: ((Ground.DECREE, "L59.3.a"), (Ground.DEEMED, "L59.6.a")),
    Kind.JK_EARLY: ((Ground.DECREE, "L59.4.a"), (Ground.DEEMED, "L59.6.a")),
    Kind.REPEAT_VOTING: ((Ground.CEC_DECISION, "L56.1"),),
    Kind.REPEAT_PRESIDENTIAL: ((Ground.RESOLUTION, "L57.a"),),
    Kind.REPEAT_JK: ((Ground.CEC_DECISION, "L38.5.a1"),),
}
_TERM_OF_CALLING: Mapping[Kind, str] = {
    Kind.PRESIDENTIAL: "calling_deadline_presidential",
    Kind.PRESIDENTIAL_EARLY: "calling_early_presidential",
    Kind.JK: "calling_deadline_jk",
    Kind.JK_EARLY: "calling_early_jk",
    Kind.REPEAT_PRESIDENTIAL: "repeat_election_called_presidential",
    Kind.REPEAT_JK: "repeat_election_called_jk",
}
_DEEMED: Mapping[Kind, str] = {
    Kind.PRESIDENTIAL: "deemed_called_presidential",
    Kind.PRESIDENTIAL_EARLY: "deemed_called_presidential",
    Kind.JK: "deemed_called_jk",
    Kind.JK_EARLY: "deemed_called_jk",
}
_LIMIT: Mapping[Kind, str] = {
    Kind.PRESIDENTIAL_EARLY: "election_day_limit_early_presidential",
    Kind.JK_EARLY: "election_day_limit_early_jk",
}
_PUBLICATION: Mapping[Kind, str] = {
    Kind.JK: "decree_published_jk",
    Kind.JK_EARLY: "decree_published_jk",
    Kind.REPEAT_VOTING: "repeat_voting_published",
    Kind.REPEAT_PRESIDENTIAL: "repeat_election_published_presidential",
    Kind.REPEAT_JK: "repeat_election_published_jk",
}


@applies("L48.1.a", "L59.3.b")
def regular_day(kind: Kind, term_ends: date) -> date:
    """The day of a regular election: third Sunday of October of that year, or first Sunday of that month.

    Raises ValueError for a kind whose day the law does not fix.
    """
    if kind is Kind.PRESIDENTIAL:
        return _sunday(date(term_ends.year, OCTOBER, 1), 3)
    if kind is Kind.JK:
        return _sunday(term_ends.replace(day=1), 1)
    raise ValueError(f"the law fixes no day for elections of kind {kind}")


def _sunday(first_of_month: date, number: int) -> date:
    return first_of_month + timedelta(days=(SUNDAY - first_of_month.weekday()) % 7 + 7 * (number - 1))


@applies("L48.1.a", "L48.1.b", "L48.2.a", "L48.2.b", "L48.3.a", "L48.3.b", "L48.4.a", "L56.2.a", "L56.2.b", "L57.a")
@applies("L57.c", "L59.3.a", "L59.3.b", "L59.4.a", "L59.4.b", "L59.5", "L59.6.a", "L59.6.b", "L38.5.a1", "L38.5.a2")
@applies("L63.1", "L63.2.c", "L38.5.a4")
def check_calling(calling: Calling, edition: Edition) -> Outcome[Called]:
    """Whether an election was called by the right body, in its term, for a day that the law allows."""
    steps: list[Step] = []
    findings = [
        *_competence(calling, edition, steps),
        *_term(calling, edition, steps),
        *_day(calling, edition, steps),
    ]
    publication = _publication(calling, edition)
    if publication is not None and publication.last is not None:
        facts: dict[str, Fact] = {"last": publication.last}
        steps.append(Step(publication.norms[0], "calling_published_by", facts))
    stands = not any(each.severity is Severity.ERROR for each in findings)
    publish_by = publication.last if publication else None
    return Outcome(Called(stands, publish_by), tuple(steps), tuple(findings))


def _competence(calling: Calling, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    callers = _callers(calling.kind, edition)
    norm = dict(callers).get(calling.ground)
    facts: dict[str, Fact] = {"election_kind": str(calling.kind), "calling_ground": str(calling.ground)}
    if norm is None:
        yield Finding(callers[0][1], "calling_by_another_body", Severity.ERROR, facts, ("ground",))
    else:
        steps.append(Step(norm, "called_by_the_right_body", facts))


def _callers(kind: Kind, edition: Edition) -> tuple[tuple[Ground, NormId], ...]:
    if kind is Kind.REPEAT_PRESIDENTIAL and edition.repeat_election_president_caller is RepeatElectionCaller.CEC:
        return ((Ground.CEC_DECISION, "L38.5.a1"),)
    return _CALLERS[kind]


def _term(calling: Calling, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """Called in the term; where it is deemed called, on the very day after the term."""
    occasion = calling.occasion()
    if calling.ground is Ground.DEEMED:
        if calling.kind in _DEEMED:
            yield from _deemed(calling, when(_DEEMED[calling.kind], occasion, edition), steps)
        return
    if calling.kind is Kind.JK:
        opens = when("calling_window_opens_jk", occasion, edition)
        if opens.first is not None and calling.called_on < opens.first:
            facts: dict[str, Fact] = {"called_on": calling.called_on, "first": opens.first}
            yield Finding(opens.norms[0], "called_too_early", Severity.ERROR, facts, ("called_on",))
    if calling.kind in _TERM_OF_CALLING:
        term = when(_TERM_OF_CALLING[calling.kind], occasion, edition)
        if term.last is not None:
            facts = {"called_on": calling.called_on, "last": term.last}
            if calling.called_on > term.last:
                yield Finding(term.norms[0], "called_too_late", Severity.ERROR, facts, ("called_on",))
            else:
                steps.append(Step(term.norms[0], "called_in_time", facts))


def _deemed(calling: Calling, term: Entry, steps: list[Step]) -> Iterator[Finding]:
    if term.first is None:
        return
    facts: dict[str, Fact] = {"called_on": calling.called_on, "deemed_on": term.first}
    if calling.called_on != term.first:
        yield Finding(term.norms[-1], "deemed_called_on_another_day", Severity.ERROR, facts, ("called_on",))
    else:
        steps.append(Step(term.norms[-1], "deemed_called", facts))


def _day(calling: Calling, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """The day of the voting: fixed for regular elections, limited for early ones, not too early for a repeat voting."""
    facts: dict[str, Fact] = {"election_day": calling.election_day}
    if calling.election_day <= calling.called_on:
        yield Finding(
            _callers(calling.kind, edition)[0][1],
            "day_before_calling",
            Severity.ERROR,
            {"day": calling.election_day, "called_on": calling.called_on},
            ("election_day",),
        )
    if calling.term_ends is not None and calling.kind in (Kind.PRESIDENTIAL, Kind.JK):
        norm = "L48.1.a" if calling.kind is Kind.PRESIDENTIAL else "L59.3.b"
        facts["regular_day"] = regular_day(calling.kind, calling.term_ends)
        if facts["regular_day"] != calling.election_day:
            yield Finding(norm, "not_the_regular_day", Severity.ERROR, facts, ("election_day",))
        else:
            steps.append(Step(norm, "the_regular_day", facts))
    if calling.kind in _LIMIT:
        limit = when(_LIMIT[calling.kind], calling.occasion(), edition)
        if limit.last is not None:
            facts["last"] = limit.last
            if calling.election_day > limit.last:
                yield Finding(limit.norms[0], "election_day_too_late", Severity.ERROR, facts, ("election_day",))
            else:
                steps.append(Step(limit.norms[0], "election_day_in_time", facts))
    if calling.kind is Kind.REPEAT_VOTING:
        first = when("repeat_voting_day_earliest", calling.occasion(), edition)
        if first.first is not None:
            facts["first"] = first.first
            if calling.election_day < first.first:
                yield Finding(first.norms[0], "repeat_voting_too_early", Severity.ERROR, facts, ("election_day",))
            else:
                steps.append(Step(first.norms[0], "repeat_voting_waited", facts))


def _publication(calling: Calling, edition: Edition) -> Entry | None:
    """The term in which the calling is made public."""
    occasion = calling.occasion()
    if calling.ground is Ground.DEEMED and calling.kind in _DEEMED:
        return when("deemed_calling_published", occasion.knowing(election_deemed_called=calling.called_on), edition)
    if calling.kind is Kind.REPEAT_PRESIDENTIAL and calling.ground is Ground.CEC_DECISION:
        return when("repeat_election_published_general", occasion, edition)
    return when(_PUBLICATION[calling.kind], occasion, edition) if calling.kind in _PUBLICATION else None


@applies("L61.6")
def postpone(occasion: Occasion, registered_lists: int, edition: Edition) -> Outcome[Occasion]:
    """The election with the day that follows where at most one list stands when registration ends.

    The other terms are then counted from the new day: nomination runs again until so many days before it. Warns where
    that day is no Sunday, as L59.3.b wants one and the law does not say which of the two gives way.
    """
    if registered_lists >= edition.lists_to_vote:
        return Outcome(occasion, (Step("L61.6", "lists_enough_to_vote", {"lists": registered_lists}),))
    moved = when("postponement_no_lists", occasion, edition)
    if moved.first is None:
        raise ValueError("the day of the election is not known")
    facts: dict[str, Fact] = {"election_day": occasion.election_day, "new_day": moved.first, "lists": registered_lists}
    findings: tuple[Finding, ...] = ()
    if moved.first.weekday() != SUNDAY:
        findings = (Finding("L61.6", "postponed_day_is_no_sunday", Severity.WARNING, {"new_day": moved.first}),)
    later = replace(occasion, election_day=moved.first)
    return Outcome(later, (Step("L61.6", "election_postponed", facts),), findings)


def deemed_day(occasion: Occasion, edition: Edition) -> date | None:
    """The local day on which the election counts as called if nobody calls it; None where the law knows no such day."""
    if occasion.kind not in _DEEMED:
        return None
    entry = when(_DEEMED[occasion.kind], occasion, edition)
    return None if entry.opens is None else local_day(entry.opens)
