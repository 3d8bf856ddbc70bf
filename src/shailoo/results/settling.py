"""What a decision on an open question makes of a result: the body's choice becomes a step with its number.

Pure. The law leaves the question open and names the options (`law.outcome.Unsettled`); nothing here chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from shailoo.law.determination import null_by_court
from shailoo.law.editions import Edition
from shailoo.law.mandates import Allocation, SeatRules
from shailoo.law.mandates import Result as SeatsResult
from shailoo.law.outcome import NormId, Outcome, Step, Unsettled
from shailoo.law.presidential import Decision, PresidentRules
from shailoo.law.presidential import Result as PresidentResult
from shailoo.results.reckoning import Reckoned

AFFECTED = Unsettled("invalid_precincts_affect_result", ("L37.4.b2",), ("repeat_voting", "result_stands"))
NOT_SUMMED = Unsettled("precincts_not_summed", ("L37.2.a1", "L36.2.b3"), ("determine_without_them", "wait"))
COURT = Unsettled("null_by_court", ("L37.6.2",), ("null_and_void",))
SEVERAL = ","  # between the options where a tie leaves more than one place


@dataclass(frozen=True, slots=True)
class Decided:
    """A body's decision on a question: the option taken and the number of the decision."""

    option: str
    decision: str


def places(question: Unsettled, value: Reckoned, law: Edition) -> int:
    """How many of the options a decision has to name: the open mandates or places of a tie, else one."""
    if isinstance(value, Allocation) and value.open_seats and question.question.startswith("equal_remainder"):
        return value.open_seats
    if isinstance(value, Decision) and question.question == "tie_for_repeat_voting":
        return law.repeat_voting_candidates - len(value.candidates)
    return 1


def answers(question: Unsettled, option: str, value: Reckoned, law: Edition) -> bool:
    """Whether `option` is an answer to the question: as many different options of it as there are places."""
    named = option.split(SEVERAL)
    return (
        len(named) == len(set(named)) == places(question, value, law)
        and set(named) <= set(question.options)
        and not any(each.startswith("establish") for each in named)
    )


def settled(outcome: Outcome[Reckoned], decided: Mapping[str, Decided], law: Edition) -> Outcome[Reckoned]:
    """The outcome after the decision on its open question; unchanged where there is no question or no answer to it."""
    question = outcome.unsettled
    if question is None or question.question not in decided:
        return outcome
    choice = decided[question.question]
    settle = _SETTLED.get(question.question)
    if settle is None or not answers(question, choice.option, outcome.value, law):
        return outcome
    value = settle(outcome.value, tuple(choice.option.split(SEVERAL)))
    return Outcome(value, (*outcome.steps, step(question.norms[0], question.question, choice)), outcome.findings)


def step(norm: NormId, question: str, choice: Decided) -> Step:
    """The line of the "why?" page that says who settled what."""
    return Step(
        norm, "settled_by_decision", {"question": question, "option": choice.option, "decision": choice.decision}
    )


def null_and_void(outcome: Outcome[Reckoned], court_decision: str, edition: Edition) -> Outcome[Reckoned]:
    """The outcome after a court decision that makes the results null and void (L37.6.2)."""
    null = null_by_court(court_decision)
    value: Reckoned
    if isinstance(outcome.value, Allocation):
        repeat = SeatRules.of(edition).repeat_election
        value = Allocation(SeatsResult.NULL_AND_VOID, repeat_election=repeat)
    else:
        repeat = PresidentRules.of(edition).repeat_election
        value = Decision(PresidentResult.NULL_AND_VOID, repeat_election=repeat)
    return Outcome(value, (*null.steps, *((repeat.step(),) if repeat else ())))


# ------------------------------------------------------------------------------------- one function per question


def _tied_mandates(value: Reckoned, chosen: tuple[str, ...]) -> Reckoned:
    if not isinstance(value, Allocation):
        return value
    seats = {code: number + (code in chosen) for code, number in value.seats.items()}
    return replace(value, result=SeatsResult.ALLOCATED, seats=seats, open_seats=0)


def _stands(value: Reckoned, _chosen: tuple[str, ...]) -> Reckoned:
    return value


def _no_mandates(value: Reckoned, _chosen: tuple[str, ...]) -> Reckoned:
    return replace(value, result=SeatsResult.FAILED_ALL_EXCLUDED) if isinstance(value, Allocation) else value


def _tied_places(value: Reckoned, chosen: tuple[str, ...]) -> Reckoned:
    if not isinstance(value, Decision):
        return value
    return replace(value, result=PresidentResult.REPEAT_VOTING, candidates=(*value.candidates, *chosen))


def _tied_candidates(value: Reckoned, chosen: tuple[str, ...]) -> Reckoned:
    if not isinstance(value, Decision):
        return value
    if chosen == ("repeat_election",):
        return replace(value, result=PresidentResult.REPEAT_ELECTION)
    return replace(value, result=PresidentResult.ELECTED, elected=chosen[0])


_SETTLED: Mapping[str, Callable[[Reckoned, tuple[str, ...]], Reckoned]] = {
    "equal_remainder_votes_and_registration": _tied_mandates,
    "seats_above_cap_without_another_list": _stands,
    "no_votes_for_any_list": _no_mandates,
    "tie_for_repeat_voting": _tied_places,
    "tie_in_repeat_voting": _tied_candidates,
    "single_candidate_without_majority": _stands,
}
