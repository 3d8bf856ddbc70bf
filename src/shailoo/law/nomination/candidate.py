"""Who may be elected President or deputy of the Jogorku Kenesh (L3.4, L50.2, L50.3, L51.1, L59.1).

What is not known yet is never taken for granted: it leaves the question open, with a finding on what to establish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.nomination.ages import completed_years, day_of_age
from shailoo.law.nomination.residence import Stay, years_of_residence
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, Unsettled, applies


class CandidateKind(StrEnum):
    PRESIDENT = "president"
    JOGORKU_KENESH = "jogorku_kenesh"


class Stage(StrEnum):
    """What the CEC decides on: the nomination within five days, or registration, to which the certificate is due."""

    NOMINATION = "nomination"
    REGISTRATION = "registration"


class LanguageLevel(StrEnum):
    """The levels of the state language that the government approved, the lowest first."""

    BEGINNER = "beginner"
    BASIC = "basic"
    AVERAGE = "average"
    HIGHER_THAN_AVERAGE = "higher_than_average"
    HIGH = "high"


LEVELS = tuple(LanguageLevel)
LEAST_LEVEL = LanguageLevel.HIGHER_THAN_AVERAGE  # L51.1.a; a higher one suffices as well


class Bar(StrEnum):
    """What keeps a person from being elected, and can be said with yes or no."""

    NO_CITIZEN = "no_citizen"
    FOREIGN_CITIZENSHIP = "foreign_citizenship"
    UNCANCELLED_CONVICTION = "uncancelled_conviction"
    LEGALLY_INCAPABLE = "legally_incapable"


BARS: Mapping[CandidateKind, Mapping[Bar, NormId]] = MappingProxyType(
    {
        CandidateKind.PRESIDENT: {
            Bar.NO_CITIZEN: "L50.3.a",
            Bar.FOREIGN_CITIZENSHIP: "L50.3.a",
            Bar.UNCANCELLED_CONVICTION: "L3.4",
        },
        CandidateKind.JOGORKU_KENESH: {
            Bar.NO_CITIZEN: "L59.1.a",
            Bar.FOREIGN_CITIZENSHIP: "L61.7.6",
            Bar.UNCANCELLED_CONVICTION: "L3.4",
            Bar.LEGALLY_INCAPABLE: "L59.1.b",
        },
    }
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The Language Proficiency Certificate: its number, who issued it, the level it proves (None: not legible)."""

    level: LanguageLevel
    number: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who wants to be elected. Days are local; None means that it is not known.

    `submitted_on`: the nomination (President) or the list (Jogorku Kenesh) came to the CEC. `times_president`: how
    often the person was elected President. `residence`: times of residence in the country.
    `criminal_case_open`: a criminal case is opened and no sentence is in force.
    """

    kind: CandidateKind
    born: date
    election_day: date
    submitted_on: date
    citizen: bool | None = None
    foreign_citizenship: bool | None = None
    uncancelled_conviction: bool | None = None
    legally_incapable: bool | None = None
    stage: Stage = Stage.NOMINATION
    times_president: int | None = None
    residence: tuple[Stay, ...] | None = None
    certificate: Certificate | None = None
    criminal_case_open: bool = False

    def __post_init__(self) -> None:
        if self.born > self.submitted_on:
            raise ValueError("nobody is nominated before birth")

    def has(self, bar: Bar) -> bool | None:
        """Whether the bar stands in the way; None where it is not known."""
        if bar is Bar.NO_CITIZEN:
            return None if self.citizen is None else not self.citizen
        return {
            Bar.FOREIGN_CITIZENSHIP: self.foreign_citizenship,
            Bar.UNCANCELLED_CONVICTION: self.uncancelled_conviction,
            Bar.LEGALLY_INCAPABLE: self.legally_incapable,
        }[bar]


class Standing(StrEnum):
    """Whether a person may be elected."""

    ELIGIBLE = "eligible"
    BARRED = "barred"
    OPEN = "open"  # something is to be established or decided first


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether the person may be elected; age on the day of the law, residence as claimed, both in whole years."""

    standing: Standing
    age: int
    residence_years: int | None


NOT_ESTABLISHED = frozenset(
    {
        "candidate_bar_not_known",
        "candidate_elections_not_known",
        "candidate_residence_not_established",
        "candidate_certificate_incomplete",
    }
)
"""Findings that say what is to be established, and do not bar anybody."""


@applies("L3.4", "L21.10.a2", "L50.2", "L50.3.a", "L50.3.b", "L50.3.c", "L50.3.d", "L50.3.e", "L50.4.b")
@applies("L50.4.c", "L51.1.a", "L51.1.b", "L51.3", "L59.1.a", "L59.1.b", "L61.7.6")
def eligible(facts: Candidate, edition: Edition) -> Outcome[Eligibility]:
    """Whether a person may be elected President or deputy: citizenship, age, language, residence, conviction."""
    told = tuple(_told(facts, edition))
    steps = tuple(each for each in told if isinstance(each, Step))
    findings = tuple(each for each in told if isinstance(each, Finding))
    question = _question(facts)
    years = None if facts.residence is None else years_of_residence(facts.residence, _day(facts, edition))
    value = Eligibility(_standing(findings, question), completed_years(facts.born, _day(facts, edition)), years)
    return Outcome(value, steps, findings, question)


def _standing(findings: tuple[Finding, ...], question: Unsettled | None) -> Standing:
    if any(found.code not in NOT_ESTABLISHED for found in findings):
        return Standing.BARRED
    return Standing.OPEN if findings or question else Standing.ELIGIBLE


def _question(facts: Candidate) -> Unsettled | None:
    """L3.3 takes the vote from a person without legal capacity and says nothing of being elected President."""
    if facts.kind is CandidateKind.PRESIDENT and facts.legally_incapable:
        options = ("candidate_is_barred", "candidate_is_not_barred")
        return Unsettled("candidate_for_president_without_capacity", ("L3.3.a1", "L50.3.a"), options)
    return None


def _told(facts: Candidate, edition: Edition) -> Iterator[Step | Finding]:
    yield from _bars(facts)
    if facts.kind is CandidateKind.PRESIDENT:
        yield from _presidential_age(facts, edition)
        yield from _elections(facts, edition)
        yield from _residence(facts, edition)
        yield from _language(facts)
    else:
        yield from _deputy_age(facts, edition)
    if facts.criminal_case_open:
        yield Step("L21.10.a2", "candidate_case_is_no_bar")


def _bars(facts: Candidate) -> Iterator[Step | Finding]:
    for bar, norm in BARS[facts.kind].items():
        stands = facts.has(bar)
        if stands is None:
            yield Finding(
                norm, "candidate_bar_not_known", Severity.ERROR, {"candidate_bar": bar.value}, (_FIELDS[bar],)
            )
        elif stands:
            yield Finding(norm, "candidate_barred", Severity.ERROR, {"candidate_bar": bar.value}, (_FIELDS[bar],))
        else:
            yield Step(norm, "candidate_not_barred", {"candidate_bar": bar.value})


_FIELDS: Mapping[Bar, str] = {
    Bar.NO_CITIZEN: "citizen",
    Bar.FOREIGN_CITIZENSHIP: "foreign_citizenship",
    Bar.UNCANCELLED_CONVICTION: "uncancelled_conviction",
    Bar.LEGALLY_INCAPABLE: "legally_incapable",
}


# ------------------------------------------------------------------------------------- age


def _day(facts: Candidate, edition: Edition) -> date:
    """The day of age: L59.1 names election day for deputies, for the President it is a reading (`age_day`)."""
    if facts.kind is CandidateKind.JOGORKU_KENESH:
        return facts.election_day
    return day_of_age(facts.election_day, facts.submitted_on, edition)


def _deputy_age(facts: Candidate, edition: Edition) -> Iterator[Step | Finding]:
    age, least = completed_years(facts.born, facts.election_day), edition.deputy_age_from
    told: dict[str, Fact] = {"age": age, "day": facts.election_day, "at_least": least}
    if age < least:
        yield Finding("L59.1.a", "candidate_too_young", Severity.ERROR, told, ("born",))
    else:
        yield Step("L59.1.a", "candidate_old_enough", told)


def _presidential_age(facts: Candidate, edition: Edition) -> Iterator[Step | Finding]:
    day = _day(facts, edition)
    age, least, most = completed_years(facts.born, day), edition.president_age_from, edition.president_age_until
    low: dict[str, Fact] = {"age": age, "day": day, "at_least": least}
    if age < least:
        yield Finding("L50.3.b", "candidate_too_young", Severity.ERROR, low, ("born",))
    else:
        yield Step("L50.3.b", "candidate_old_enough", low)
    high: dict[str, Fact] = {"age": age, "day": day, "at_most": most}
    if age > most:
        yield Finding("L50.3.c", "candidate_too_old", Severity.ERROR, high, ("born",))
    else:
        yield Step("L50.3.c", "candidate_not_too_old", high)


# ------------------------------------------------------------------------------------- the President alone


def _elections(facts: Candidate, edition: Edition) -> Iterator[Step | Finding]:
    times, most = facts.times_president, edition.president_elections_of_one_person
    if times is None:
        yield Finding("L50.2", "candidate_elections_not_known", Severity.ERROR, {}, ("times_president",))
    elif times >= most:
        before: dict[str, Fact] = {"times": times}
        yield Finding("L50.2", "candidate_elected_before", Severity.ERROR, before, ("times_president",))
    else:
        yield Step("L50.2", "candidate_not_elected_before", {"times": times})


def _residence(facts: Candidate, edition: Edition) -> Iterator[Step | Finding]:
    """Fifteen years in aggregate: what is proved is enough, or what is claimed is too little, or proof is missing."""
    least, day = edition.president_residence_years, _day(facts, edition)
    if facts.residence is None:
        missing: dict[str, Fact] = {"at_least": least}
        yield Finding("L50.4.b", "candidate_residence_not_established", Severity.ERROR, missing, ("residence",))
        return
    proved = years_of_residence((stay for stay in facts.residence if stay.proved), day)
    claimed = years_of_residence(facts.residence, day)
    told: dict[str, Fact] = {"years": proved, "claimed": claimed, "day": day, "at_least": least}
    if proved >= least:
        yield Step("L50.3.e", "candidate_residence_long_enough", told)
        yield Step("L50.4.b", "candidate_residence_established", told)
    elif claimed < least:
        yield Finding("L50.3.e", "candidate_residence_too_short", Severity.ERROR, told, ("residence",))
    else:
        yield Finding("L50.4.b", "candidate_residence_not_established", Severity.ERROR, told, ("residence",))


def _language(facts: Candidate) -> Iterator[Step | Finding]:
    """The certificate is due with the papers for registration; before that the language stays open and bars nobody."""
    paper = facts.certificate
    if paper is None and facts.stage is Stage.NOMINATION:
        yield Step("L50.4.c", "candidate_language_at_registration")
    elif paper is None:
        yield Finding("L51.3", "candidate_without_certificate", Severity.ERROR, {}, ("certificate",))
    elif not paper.number or not paper.issuer:
        yield Finding("L51.1.b", "candidate_certificate_incomplete", Severity.ERROR, {}, ("certificate",))
    else:
        levels: dict[str, Fact] = {"language_level": paper.level.value, "least_language_level": LEAST_LEVEL.value}
        if LEVELS.index(paper.level) < LEVELS.index(LEAST_LEVEL):
            yield Finding("L51.1.a", "candidate_language_too_low", Severity.ERROR, levels, ("certificate",))
        else:
            yield Step("L51.1.a", "candidate_language_level_reached", levels)
            yield Step("L50.3.d", "candidate_speaks_state_language", {"number": paper.number, "issuer": paper.issuer})
