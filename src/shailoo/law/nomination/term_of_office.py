"""For how long the President and the Jogorku Kenesh are elected (L50.1, L59.2.a, L59.3.c, L59.3.d)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shailoo.law.calendar.terms import months_from
from shailoo.law.editions import Edition
from shailoo.law.nomination.candidate import CandidateKind
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies

MONTHS = 12  # of a year


@dataclass(frozen=True, slots=True)
class Elected:
    """A President or a Jogorku Kenesh as elected; local days.

    `term_began`: the President's term began (None: not yet). `voting_days`: the days of voting from which the Jogorku
    Kenesh may have come, a repeat election included, the earliest first. `valid_since`: the one of them from which it
    stood in a legally valid composition (None: not yet).
    """

    body: CandidateKind
    term_began: date | None = None
    voting_days: tuple[date, ...] = ()
    valid_since: date | None = None

    def __post_init__(self) -> None:
        if self.valid_since is not None and self.valid_since not in self.voting_days:
            raise ValueError("a valid composition comes from one of the days of voting")


@dataclass(frozen=True, slots=True)
class TermOfOffice:
    """The local days on which the term begins and ends; None where it has not begun."""

    begins: date | None
    ends: date | None


@applies("L50.1", "L59.2.a", "L59.3.c", "L59.3.d")
def term_of_office(facts: Elected, edition: Edition) -> Outcome[TermOfOffice]:
    """From which day to which day the President or the Jogorku Kenesh is elected (L50.1, L59.2, L59.3)."""
    president = facts.body is CandidateKind.PRESIDENT
    begins = facts.term_began if president else facts.valid_since
    years = edition.president_term_years if president else edition.jogorku_kenesh_term_years
    ends = None if begins is None else months_from(begins, years * MONTHS)
    told = tuple(_president(begins, ends, years) if president else _jogorku_kenesh(facts, ends, years))
    steps = tuple(each for each in told if isinstance(each, Step))
    return Outcome(TermOfOffice(begins, ends), steps, tuple(each for each in told if isinstance(each, Finding)))


def _president(begins: date | None, ends: date | None, years: int) -> Iterator[Step | Finding]:
    if begins is None or ends is None:
        yield Finding("L50.1", "term_of_president_not_begun", Severity.ERROR, {}, ("term_began",))
    else:
        yield Step("L50.1", "term_of_president", {"years": years, "first_day": begins, "last_day": ends})


def _jogorku_kenesh(facts: Elected, ends: date | None, years: int) -> Iterator[Step | Finding]:
    """The day of election is the day of the vote from which the parliament emerged validly, not an earlier one."""
    begins = facts.valid_since
    if begins is None or ends is None:
        yield Finding("L59.3.d", "term_of_parliament_not_begun", Severity.ERROR, {}, ("valid_since",))
        return
    yield Step("L59.3.d", "term_of_parliament_day_of_election", {"day": begins, "number": len(facts.voting_days)})
    yield Step("L59.3.c", "term_of_parliament_begins", {"day": begins})
    yield Step("L59.2.a", "term_of_parliament", {"years": years, "first_day": begins, "last_day": ends})
