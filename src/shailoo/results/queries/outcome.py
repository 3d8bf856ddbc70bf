"""What follows from the figures: live for preliminary ones, as recorded for those that the CEC has determined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shailoo.elections import queries as elections
from shailoo.elections.models import ListedCandidate, Option, Voting
from shailoo.law import mandates as law_of_mandates
from shailoo.law.editions import Edition, edition
from shailoo.law.mandates import Allocation, SeatRules, Sensitivity, seat_candidates
from shailoo.law.outcome import Outcome, Step
from shailoo.results.figures import basis, facts_of
from shailoo.results.models import Determination, QuestionDecided
from shailoo.results.queries.tabulating import tabulate
from shailoo.results.reckoning import Facts, Reckoned, reckon, seat_count, step_of
from shailoo.results.settling import COURT, Decided, null_and_void, settled
from shailoo.results.tabulation import OptionRow, Tabulation


def facts(voting: Voting, tabulation: Tabulation) -> Facts:
    """What the result is reckoned from: the sums, the ballot, and who was crossed out after printing (L30.10)."""
    return Facts(
        kind=voting.election.kind,
        voting=voting.kind,
        options=tabulation.options,
        national=tabulation.national,
        regions=tabulation.regions,
        withdrawn=tuple(choice.code for choice in elections.ballot(voting).choices if choice.withdrawn),
    )


def current_determination(voting: Voting) -> Determination | None:
    """The CEC's latest determination of the voting's result; None before the first."""
    return (
        Determination.objects.filter(voting=voting)
        .select_related("office__person", "office__body")
        .order_by("-version")
        .first()
    )


def determinations(voting: Voting) -> list[Determination]:
    """Every determination of the voting's result, the latest first."""
    found = Determination.objects.filter(voting=voting).select_related("office__person", "office__body")
    return list(found.order_by("-version"))


def rests_on(determination: Determination, voting: Voting, tabulation: Tabulation) -> bool:
    """Whether a determination is about the present figures, under the edition and readings that hold now."""
    present = basis(facts(voting, tabulation), voting.election.edition)
    return basis(facts_of(determination.figures), _edition_of(determination)) == present


def reckoned(voting: Voting, tabulation: Tabulation) -> Outcome[Reckoned]:
    """What follows now from the present figures, decisions on open questions taken into account."""
    law = voting.election.edition
    present = facts(voting, tabulation)
    return _decided_upon(reckon(present, law), decisions(voting, basis(present, law)), law)


def decisions(voting: Voting, on: str) -> dict[str, Decided]:
    """The CEC's latest decisions on open questions, question -> decision, taken on the figures whose hash is `on`.

    That of a court (L37.6.2) is about the election, whatever the figures.
    """
    found = QuestionDecided.objects.filter(voting=voting).order_by("question", "-version").distinct("question")
    return {
        row.question: Decided(row.option, row.decision)
        for row in found
        if row.basis == on or row.question == COURT.question
    }


def why(voting: Voting) -> Outcome[Reckoned]:
    """The result with every step and norm: as determined where the CEC has determined it, else what follows now."""
    determination = current_determination(voting)
    return reckoned(voting, tabulate(voting)) if determination is None else as_determined(determination)


def as_determined(determination: Determination) -> Outcome[Reckoned]:
    """A determination's outcome, from the figures that it rests on; its steps are the recorded ones."""
    law = _edition_of(determination)
    decided = {question: Decided(**choice) for question, choice in determination.settles.items()}
    outcome = _decided_upon(reckon(facts_of(determination.figures), law), decided, law)
    return Outcome(outcome.value, recorded_steps(determination), outcome.findings, outcome.unsettled)


def recorded_steps(determination: Determination) -> tuple[Step, ...]:
    """The steps of a determination as they were recorded with it."""
    return tuple(step_of(step) for step in determination.steps)


def _edition_of(determination: Determination) -> Edition:
    return edition(determination.edition_id).with_readings(**determination.readings)


def _decided_upon(outcome: Outcome[Reckoned], decided: Mapping[str, Decided], law: Edition) -> Outcome[Reckoned]:
    if COURT.question in decided:
        return null_and_void(outcome, decided[COURT.question].decision, law)
    return settled(outcome, decided, law)


# ------------------------------------------------------------------------------------- mandates


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One list with its votes and mandates; `excluded` is the reason why it takes no part (L64.2), else empty."""

    option: OptionRow
    votes: int
    seats: int
    excluded: str


@dataclass(frozen=True, slots=True)
class Deputy:
    """A candidate who is elected from a list, at his or her rank on it (L64.4)."""

    option: OptionRow
    rank: int
    name_ky: str
    name_ru: str


@dataclass(frozen=True, slots=True)
class Mandates:
    """Who is elected from each list (L64.4, L64.6.2), and the mandates that no candidate of a list fills."""

    elected: tuple[Deputy, ...]
    vacant: Mapping[str, int]
    steps: tuple[Step, ...]


def seats(voting: Voting) -> tuple[SeatRow, ...]:
    """Every list in ballot order with its votes and mandates; nothing for a presidential election."""
    determination = current_determination(voting)
    outcome = why(voting)
    if not isinstance(outcome.value, Allocation):
        return ()
    source = facts(voting, tabulate(voting)) if determination is None else facts_of(determination.figures)
    allocation = outcome.value
    lists = [option for option in source.options if option.kind != Option.Kind.AGAINST_ALL]
    return tuple(
        SeatRow(option, votes, allocation.seats.get(option.code, 0), str(allocation.excluded.get(option.code, "")))
        for option, votes in zip(lists, source.national.votes, strict=True)
    )


def sensitivity(voting: Voting) -> Sensitivity | None:
    """What voters who are not known to have taken part would do to the mandates; None for a presidential election."""
    source = facts(voting, tabulate(voting))
    if source.kind != "jogorku_kenesh":
        return None
    return law_of_mandates.sensitivity(seat_count(source), SeatRules.of(voting.election.edition))


def mandates(voting: Voting) -> Mandates:
    """The elected candidates by list and rank (L64.4); excluded candidates are passed over."""
    given = {row.option.code: row for row in seats(voting) if row.seats}
    listed = ListedCandidate.objects.filter(option__voting=voting, option__code__in=given, excluded=False)
    standing: dict[str, dict[str, ListedCandidate]] = {code: {} for code in given}
    for candidate in listed.select_related("option").order_by("option__position", "rank"):
        standing[candidate.option.code][str(candidate.rank)] = candidate
    outcome = seat_candidates(
        {code: row.seats for code, row in given.items()}, {c: tuple(r) for c, r in standing.items()}
    )
    elected = tuple(
        Deputy(
            given[code].option, standing[code][rank].rank, standing[code][rank].name_ky, standing[code][rank].name_ru
        )
        for code, ranks in outcome.value.elected.items()
        for rank in ranks
    )
    return Mandates(elected, outcome.value.vacant, outcome.steps)
