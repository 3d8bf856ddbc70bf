"""What the CEC would determine now, and everything that stands in the way, each with its norm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shailoo.counting.states import State
from shailoo.elections.models import Voting, VotingPrecinct
from shailoo.law.determination import ElectionKind, PrecinctResult, Progress, SumDifference, obstacles
from shailoo.law.editions import Edition, ListVotesSum
from shailoo.law.effect import Effect, Voters, affects_president, affects_seats
from shailoo.law.mandates import SeatRules
from shailoo.law.outcome import Finding, Outcome, Severity, Unsettled
from shailoo.law.presidential import PresidentRules
from shailoo.results.figures import basis
from shailoo.results.queries.outcome import decisions, facts, reckoned
from shailoo.results.queries.precincts import PrecinctRow, Standing, precinct_results
from shailoo.results.queries.tabulating import tabulate
from shailoo.results.queries.territorial import (
    Disagreement,
    TecTabulation,
    disagreements,
    from_tec_protocols,
    latest_tec_protocols,
)
from shailoo.results.reckoning import Facts, Reckoned, president_count, reckon, seat_count
from shailoo.results.settling import AFFECTED, COURT, NOT_SUMMED, Decided
from shailoo.results.tabulation import Tabulation


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the law leaves open here, and the CEC's decision on it if there is one."""

    unsettled: Unsettled
    decided: Decided | None

    @property
    def open(self) -> bool:
        return self.decided is None


@dataclass(frozen=True, slots=True)
class Draft:
    """What would follow now. `ready` says whether the CEC may determine it; if not, `obstacles` say why not.

    `basis` is the hash of the figures; `effect` what invalid precincts could change (None where there are none, or
    where it cannot be told).
    """

    tabulation: Tabulation
    facts: Facts
    basis: str
    outcome: Outcome[Reckoned]
    obstacles: tuple[Finding, ...]
    questions: tuple[Question, ...]
    effect: Outcome[Effect] | None

    @property
    def ready(self) -> bool:
        return not any(found.severity is Severity.ERROR for found in self.obstacles)


@dataclass(frozen=True, slots=True)
class _Papers:
    """Everything read for a draft."""

    voting: Voting
    law: Edition
    tabulation: Tabulation
    facts: Facts
    rows: Sequence[PrecinctRow]
    territorial: TecTabulation
    disagreements: tuple[Disagreement, ...]
    listed: frozenset[str]  # precincts that a TEC has listed as not summed, with the reason
    decided: dict[str, Decided]
    basis: str

    def standing(self, *wanted: Standing) -> list[PrecinctRow]:
        return [row for row in self.rows if row.standing in wanted]


def draft(voting: Voting) -> Draft:
    """What the CEC would determine now, and what stands in the way (L37.1, L37.3.b, L36.2, L37.4.b2, L64.1)."""
    papers = _papers(voting)
    outcome = reckoned(voting, papers.tabulation)
    effect = _effect(papers)
    questions = tuple(_questions(papers, outcome, effect))
    return Draft(
        tabulation=papers.tabulation,
        facts=papers.facts,
        basis=papers.basis,
        outcome=outcome,
        obstacles=tuple(_obstacles(papers, outcome, questions)),
        questions=questions,
        effect=effect,
    )


def _papers(voting: Voting) -> _Papers:
    tabulation = tabulate(voting)
    present = facts(voting, tabulation)
    law = voting.election.edition
    hashed = basis(present, law)
    return _Papers(
        voting=voting,
        law=law,
        tabulation=tabulation,
        facts=present,
        rows=precinct_results(voting),
        territorial=from_tec_protocols(voting),
        disagreements=disagreements(voting),
        listed=frozenset(entry["precinct"] for found in latest_tec_protocols(voting) for entry in found.not_summed),
        decided=decisions(voting, hashed),
        basis=hashed,
    )


# ------------------------------------------------------------------------------------- open questions


def _questions(papers: _Papers, outcome: Outcome[Reckoned], effect: Outcome[Effect] | None) -> Iterator[Question]:
    """The questions of the result itself, then those of precincts left out, then those already decided by a court."""
    live = reckon(papers.facts, papers.law).unsettled
    if live is not None and COURT.question not in papers.decided and _can_be_decided(live):
        yield Question(live, papers.decided.get(live.question) if outcome.unsettled is None else None)
    if _left_out(papers):
        yield Question(NOT_SUMMED, papers.decided.get(NOT_SUMMED.question))
    if papers.tabulation.national.invalidated and (effect is None or effect.value.possible):
        yield Question(AFFECTED, papers.decided.get(AFFECTED.question))
    if COURT.question in papers.decided:
        yield Question(COURT, papers.decided[COURT.question])


def _can_be_decided(question: Unsettled) -> bool:
    """A figure that is missing has to be established; no decision puts a number in its place."""
    return not any(option.startswith("establish") for option in question.options)


def _left_out(papers: _Papers) -> list[PrecinctRow]:
    """Precincts without accepted figures that their TEC has listed as not summed, with a reason."""
    out = papers.standing(Standing.MISSING, Standing.IN_WORK, Standing.QUARANTINED)
    return [row for row in out if row.number in papers.listed]


def _effect(papers: _Papers) -> Outcome[Effect] | None:
    """What the voters of invalid precincts could change (L37.4.b2); None where there are none or voters are unknown."""
    invalid = papers.standing(Standing.INVALIDATED)
    if not invalid:
        return None
    listed = _listed_voters(papers.voting, invalid)
    if listed is None:
        return None
    voters = Voters.of(
        PrecinctResult(row.number, listed[row.number], 0, 0, 0, {}, _region_of(papers, row)) for row in invalid
    )
    if papers.facts.kind == "presidential":
        return affects_president(president_count(papers.facts), voters, PresidentRules.of(papers.law))
    return affects_seats(seat_count(papers.facts), voters, SeatRules.of(papers.law))


def _listed_voters(voting: Voting, rows: Iterable[PrecinctRow]) -> dict[str, int] | None:
    """Voters listed at each precinct: by the final list, else by the protocol; None where one is not known at all."""
    wanted = {row.number: row.voters_listed for row in rows}
    final = VotingPrecinct.objects.filter(voting=voting, precinct__number__in=wanted)
    for number, listed in final.values_list("precinct__number", "voters_listed"):
        wanted[number] = listed if listed is not None else wanted[number]
    known = {number: listed for number, listed in wanted.items() if listed is not None}
    return known if len(known) == len(wanted) else None


def _region_of(papers: _Papers, row: PrecinctRow) -> str | None:
    units = {each.code for each in papers.facts.regions if each.kind != "abroad"}
    return row.region if row.region in units else None


# ------------------------------------------------------------------------------------- obstacles


def _obstacles(papers: _Papers, outcome: Outcome[Reckoned], questions: Iterable[Question]) -> Iterator[Finding]:
    kind = ElectionKind(papers.facts.kind)
    left_out = {row.number for row in _left_out(papers)}
    parked = [row for row in papers.standing(Standing.QUARANTINED) if row.number not in left_out]
    comparable = [each for each in papers.disagreements if each.pec is not None and each.tec_value is not None]
    progress = Progress(
        kind=kind,
        base_known=not any(found.code == "base_unknown" for found in outcome.findings),
        missing=tuple(
            row.number for row in papers.standing(Standing.MISSING, Standing.IN_WORK) if row.number not in left_out
        ),
        parked=tuple(row.number for row in parked if row.state != State.TO_EXPLAIN),
        differences=tuple(_difference(each) for each in comparable) if _both_must_agree(papers) else (),
        unsettled=tuple(question.unsettled for question in questions if question.open),
    )
    yield from obstacles(progress).findings
    yield from (
        Finding("L35.15", "protocol_unexplained", Severity.ERROR, {"precinct": row.number})
        for row in parked
        if row.state == State.TO_EXPLAIN
    )
    yield from (
        Finding("L36.2.c4", "tec_protocol_unsigned", Severity.ERROR, {"commission": row.code})
        for row in papers.territorial.unsigned
    )
    if _both_must_agree(papers):
        yield from (_unknown_to_one(each) for each in papers.disagreements if each not in comparable)
    yield from _unknown_participants(papers, outcome)
    yield from _waits(questions)


def _both_must_agree(papers: _Papers) -> bool:
    return papers.law.list_votes_sum is ListVotesSum.BOTH_MUST_AGREE


def _difference(each: Disagreement) -> SumDifference:
    return SumDifference(each.tec, each.line, each.pec or 0, each.tec_value or 0)


def _unknown_to_one(each: Disagreement) -> Finding:
    """A line that one of the two sums has and the other has not: neither can stand for the other."""
    known = "tec" if each.pec is None else "pec"
    facts = {"commission": each.tec, "line": each.line, "known_to": known}
    return Finding("L37.1.a", "line_known_to_one_side_only", Severity.ERROR, facts, (each.line,))


def _unknown_participants(papers: _Papers, outcome: Outcome[Reckoned]) -> Iterator[Finding]:
    """L37.6.1 cannot be tested while it is not known how many took part at an invalid precinct."""
    if papers.tabulation.national.invalidated_participated is None:
        yield Finding("L37.6.1", "invalid_participants_unknown", Severity.ERROR, fields=("participated",))
    elif outcome.unsettled is not None and outcome.unsettled.question == "null_share_base_unknown":
        yield Finding("L37.6.1", "base_unknown", Severity.ERROR, fields=("participated",))


def _waits(questions: Iterable[Question]) -> Iterator[Finding]:
    """A decision to hold repeat voting, or to wait for a precinct, is itself what the determination waits for."""
    for question in questions:
        option = question.decided.option if question.decided else ""
        if option == "repeat_voting":
            yield Finding("L37.4.b2", "repeat_voting_at_precincts_due", Severity.ERROR)
        elif option == "wait":
            yield Finding("L37.2.a1", "precincts_awaited", Severity.ERROR)
