"""What stands on a ballot, in which order, and how a line is crossed out (Art. 30.1 to 30.6, 30.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.calendar import Kind
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, NormId, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement
from shailoo.law.voters.voting import Voting


class LineField(StrEnum):
    """What a line of the ballot says of a contestant."""

    FIRST_NAME = "first_name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    BIRTH_YEAR = "birth_year"
    PARTY_NAME = "party_name"


class Language(StrEnum):
    """The languages of a ballot."""

    STATE = "state"  # Kyrgyz
    OFFICIAL = "official"  # Russian


class Element(StrEnum):
    """What a ballot bears beside its lines."""

    EXPLANATION = "explanation"  # how to fill it in
    MANUFACTURER = "manufacturer"
    COPIES = "copies"  # how many were printed


CANDIDATE_LINE = (LineField.FIRST_NAME, LineField.SURNAME, LineField.PATRONYMIC, LineField.BIRTH_YEAR)
PARTY_LINE = (LineField.PARTY_NAME,)
PARTY_BALLOTS = frozenset({Kind.JK, Kind.JK_EARLY, Kind.REPEAT_JK})


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One line: the contestant's id (None: against all), what it shows, an empty square to its right or not."""

    contestant: str | None = None
    shows: frozenset[LineField] = frozenset()
    square: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPaper:
    """The ballot of one voting as the Central Commission would approve it. None: not done, or not known.

    `registered` are the contestants' ids in any order, `drawn` the order that the lot gave, `lines` the ballot from top
    to bottom. `form_decided` is the decision on form and degree of protection, `approved` that on the text.
    """

    voting: Voting
    registered: tuple[str, ...]
    drawn: tuple[str, ...]
    lines: tuple[BallotLine, ...]
    form_decided: bool | None = None
    approved: date | None = None
    one_sided: bool | None = None
    opaque: bool | None = None
    languages: frozenset[Language]
    elements: frozenset[Element]

    def __post_init__(self) -> None:
        for names in (self.registered, self.drawn):
            if len(set(names)) < len(names):
                raise ValueError("a contestant is named twice")


FORM: Mapping[str, Requirement] = MappingProxyType(
    {
        "form_decided": Requirement("L30.1.a2"),
        "one_sided": Requirement("L30.2.a2"),
        "opaque": Requirement("L30.6.a3"),
    }
)
"""What the form itself must be."""


@applies(
    "L30.1.a2", "L30.2.a1", "L30.2.a2", "L30.3", "L30.4", "L30.5.a1", "L30.5.a2", "L30.6.a1", "L30.6.a2", "L30.6.a3"
)
def ballot_paper(facts: BallotPaper, edition: Edition) -> Outcome[bool | None]:
    """Whether a ballot may be approved: its lines by lot, squares, the line against all, languages and form."""
    answer = Answer()
    answer.require(FORM, facts)
    if facts.voting.knows("ballot_text_approved"):
        answer.kept("L30.2.a1", facts.approved, facts.voting.term("ballot_text_approved", edition), "approved")
    _contestants(facts, answer)
    _line_by_line(facts, answer)
    _against_all(facts, answer)
    for language in Language:
        tongue: dict[str, Fact] = {"language": language}
        absent = Finding("L30.6.a1", "ballot_language_missing", Severity.ERROR, tongue, ("languages",))
        answer.test(language in facts.languages, Step("L30.6.a1", "ballot_language_present", tongue), absent)
    for element in Element:
        part: dict[str, Fact] = {"element": element}
        absent = Finding("L30.6.a2", "ballot_element_missing", Severity.ERROR, part, ("elements",))
        answer.test(element in facts.elements, Step("L30.6.a2", "ballot_element_present", part), absent)
    return answer.outcome(answer.verdict)


def _norm(facts: BallotPaper) -> NormId:
    return "L30.4" if facts.voting.kind in PARTY_BALLOTS else "L30.3"


def _contestants(facts: BallotPaper, answer: Answer) -> None:
    """Everybody registered and nobody else, in the order of the lot."""
    norm = _norm(facts)
    named = [line.contestant for line in facts.lines if line.contestant is not None]
    missing = [name for name in facts.registered if name not in named]
    strange = [name for name in named if name not in facts.registered]
    if missing:
        left: dict[str, Fact] = {"contestants": ", ".join(missing)}
        answer.findings.append(Finding(norm, "ballot_contestant_missing", Severity.ERROR, left, ("lines",)))
    if strange or len(set(named)) < len(named):
        extra: dict[str, Fact] = {"contestants": ", ".join(strange or named)}
        answer.findings.append(Finding(norm, "ballot_contestant_not_registered", Severity.ERROR, extra, ("lines",)))
    order: dict[str, Fact] = {"order": ", ".join(facts.drawn)}
    unlike = Finding(norm, "ballot_order_not_drawn", Severity.ERROR, order, ("lines", "drawn"))
    answer.test(tuple(named) == facts.drawn, Step(norm, "ballot_order_drawn", order), unlike)


def _line_by_line(facts: BallotPaper, answer: Answer) -> None:
    wanted = PARTY_LINE if facts.voting.kind in PARTY_BALLOTS else CANDIDATE_LINE
    for line in facts.lines:
        if line.contestant is None:
            continue
        for field in wanted:
            if field not in line.shows:
                gap: dict[str, Fact] = {"contestant": line.contestant, "line_field": field}
                answer.findings.append(Finding(_norm(facts), "ballot_line_incomplete", Severity.ERROR, gap, ("lines",)))
        if line.square is None:
            answer.unknown("L30.5.a1", "square", "lines")
            continue
        whose: dict[str, Fact] = {"contestant": line.contestant}
        bare = Finding("L30.5.a1", "ballot_square_missing", Severity.ERROR, whose, ("lines",))
        answer.test(line.square, Step("L30.5.a1", "ballot_square_present", whose), bare)


def _against_all(facts: BallotPaper, answer: Answer) -> None:
    """One such line, the last, with its square."""
    lines = [line for line in facts.lines if line.contestant is None]
    last = bool(facts.lines) and facts.lines[-1].contestant is None
    complete = len(lines) == 1 and last and lines[0].square is True
    breach = Finding("L30.5.a2", "ballot_against_all_missing", Severity.ERROR, {}, ("lines",))
    answer.test(complete, Step("L30.5.a2", "ballot_against_all_last"), breach)


# ------------------------------------------------------------------------------------- crossing out


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedLine:
    """How the line of one contestant was crossed out on the ballots of a precinct. None: not known."""

    contestant: str
    one_straight_line: bool | None = None
    along_whole_line: bool | None = None
    over_the_square: bool | None = None
    by_ballpoint_pen: bool | None = None
    ballots: int


@dataclass(frozen=True, slots=True)
class CrossingOut:
    """A precinct's printed ballots, the contestants that dropped out since, and the lines that were crossed out."""

    printed: tuple[str, ...]
    dropped_out: tuple[str, ...]
    crossed: tuple[CrossedLine, ...]
    ballots: int

    def __post_init__(self) -> None:
        if not set(self.dropped_out) <= set(self.printed):
            raise ValueError("only what is printed can be crossed out")


MANNER: Mapping[str, Requirement] = MappingProxyType(
    {
        name: Requirement("L30.10.a2")
        for name in ("one_straight_line", "along_whole_line", "over_the_square", "by_ballpoint_pen")
    }
)
"""How a line is crossed out."""


@applies("L30.10.a1", "L30.10.a2")
def crossing_out(facts: CrossingOut, _edition: Edition) -> Outcome[tuple[str, ...]]:
    """Which contestants still stand on the ballots, and whether everybody else was crossed out as the law says."""
    answer = Answer()
    crossed = {each.contestant: each for each in facts.crossed}
    for name in facts.dropped_out:
        whose: dict[str, Fact] = {"contestant": name}
        still = Finding("L30.10.a1", "ballot_line_not_crossed_out", Severity.ERROR, whose, ("crossed",))
        if answer.test(name in crossed, Step("L30.10.a1", "ballot_line_crossed_out", whose), still):
            _manner(crossed[name], facts.ballots, answer)
    for name in crossed:
        if name not in facts.dropped_out:
            whose = {"contestant": name}
            wrong = Finding("L30.10.a1", "ballot_line_crossed_out_wrongly", Severity.ERROR, whose, ("crossed",))
            answer.findings.append(wrong)
    return answer.outcome(tuple(name for name in facts.printed if name not in facts.dropped_out))


def _manner(line: CrossedLine, ballots: int, answer: Answer) -> None:
    answer.require(MANNER, line)
    numbers: dict[str, Fact] = {"contestant": line.contestant, "crossed": line.ballots, "ballots": ballots}
    some = Finding("L30.10.a1", "ballots_not_all_crossed_out", Severity.ERROR, numbers, ("ballots",))
    answer.test(line.ballots == ballots, Step("L30.10.a1", "ballots_all_crossed_out", numbers), some)
