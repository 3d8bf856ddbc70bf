"""When elections are held at all, and when voters are told of it (Art. 7, 31.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shailoo.law.calendar import Kind
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer
from shailoo.law.voters.voting import Voting


class RegimeKind(StrEnum):
    """Regimes under which no election is held."""

    EMERGENCY = "emergency"
    MARTIAL_LAW = "martial_law"


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime in the country or a part of it, with its local days, both included; `until` None: no end is fixed."""

    kind: RegimeKind
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class ElectionDayFacts:
    """A day of voting, the regimes in force in any part of the country, and the terms of office that end.

    `term_began` is the local day on which the powers of the President or the Jogorku Kenesh in office began; `asked_on`
    the day of the question. None: not known.
    """

    voting: Voting
    regimes: tuple[Regime, ...] = ()
    term_began: date | None = None
    asked_on: date | None = None


class Holding(StrEnum):
    """Whether the election can be held on its day."""

    MAY_BE_HELD = "may_be_held"
    BLOCKED = "blocked"  # until a new day is fixed


CALLING = {Kind.PRESIDENTIAL: "calling_deadline_presidential", Kind.JK: "calling_deadline_jk"}
"""The events by which a regular election must have been called."""


@applies("L7.1", "L7.2", "L7.3")
def election_day(facts: ElectionDayFacts, edition: Edition) -> Outcome[Holding]:
    """Whether an election may be held on its day: no state of emergency or martial law anywhere, and called in time."""
    answer = Answer()
    for regime in facts.regimes:
        if regime.covers(facts.voting.day):
            kind: dict[str, Fact] = {"regime": regime.kind, "day": facts.voting.day}
            answer.findings.append(Finding("L7.3", "election_day_under_regime", Severity.ERROR, kind, ("regimes",)))
    if not answer.findings:
        answer.steps.append(Step("L7.3", "election_day_without_regime", {"day": facts.voting.day}))
    holding = Holding.BLOCKED if answer.findings else Holding.MAY_BE_HELD
    _term(facts, edition, answer)
    _called(facts, edition, answer)
    return answer.outcome(holding)


def _term(facts: ElectionDayFacts, edition: Edition, answer: Answer) -> None:
    """When the term of office in course ends; only regular elections follow from it."""
    if facts.term_began is None or facts.voting.kind not in CALLING:
        return
    president = facts.voting.kind is Kind.PRESIDENTIAL
    years = edition.president_term_years if president else edition.jogorku_kenesh_term_years
    end = _years_after(facts.term_began, years)
    days: dict[str, Fact] = {"years": years, "term_ends": end, "day": facts.voting.day}
    late = Finding("L7.2", "election_after_term", Severity.WARNING, days, ("voting",))
    answer.test(facts.voting.day <= end, Step("L7.1", "election_before_term_ends", days), late)


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _called(facts: ElectionDayFacts, edition: Edition, answer: Answer) -> None:
    """An election that is due and has not been called by its last day: then L48.3 and L59.6 apply."""
    name = CALLING.get(facts.voting.kind)
    if name is None or facts.asked_on is None or facts.voting.called is not None:
        return
    last = facts.voting.term(name, edition).last
    if last is not None and facts.asked_on > last:
        days: dict[str, Fact] = {"last_day": last, "day": facts.voting.day}
        answer.findings.append(Finding("L7.2", "election_not_called", Severity.WARNING, days, ("voting",)))


# ------------------------------------------------------------------------------------- the notice to voters


@dataclass(frozen=True, slots=True)
class VotingNotice:
    """A precinct commission's notice to voters: its local day (None: not given), and whether it says when and where."""

    voting: Voting
    given: date | None = None
    says_time: bool | None = None
    says_place: bool | None = None


@applies("L31.1.a2", "L31.1.a3")
def voting_notice(facts: VotingNotice, edition: Edition) -> Outcome[bool]:
    """Whether voters were told of time and place of the voting in time: 10 days before, 7 before a repeat voting."""
    answer = Answer()
    repeat = facts.voting.knows("voters_informed_repeat_voting")
    norm = "L31.1.a3" if repeat else "L31.1.a2"
    event = "voters_informed_repeat_voting" if repeat else "voters_informed"
    answer.kept(norm, facts.given, facts.voting.term(event, edition), "given")
    if facts.given is not None:
        for said, name in ((facts.says_time, "says_time"), (facts.says_place, "says_place")):
            if said is None:
                answer.unknown(norm, name)
                continue
            missing: dict[str, Fact] = {"notice_part": name}
            silent = Finding(norm, "notice_incomplete", Severity.ERROR, missing, (name,))
            answer.test(said, Step(norm, "notice_says", missing), silent)
    return answer.outcome(not answer.findings)
