"""What the program does with the norms of a page: statuses, rules with what they can answer, events, tests.

Everything is read from the sources once a process (`law.coverage`, `law.answers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext

from shailoo.law import answers
from shailoo.law.answers import Answer, Passage
from shailoo.law.coverage import DEPARTMENTS, Coverage, Status, Trace, coverage
from shailoo.law.norms import Norm, NormId, norm
from shailoo.law.rulebook import NamedRule, rules
from shailoo.portal import saying
from shailoo.portal.views.lawbook.words import COLOURS, ROOMS, STATUSES, WAYS

CORRELATIONS = "shailoo.law.protocol.correlations:"
REASONED = ("mandates", "thresholds", "division", "determination", "presidential", "effect")
"""The modules of the law whose steps stand on the page "Why this result?"."""


@cache
def traced() -> Coverage:
    """The trace of the law, read once."""
    return coverage()


@cache
def named() -> Mapping[str, NamedRule]:
    """The rules that can be asked by name, by the dotted name of their function."""
    return {each.place: each for each in rules()}


@dataclass(frozen=True, slots=True)
class StatusShown:
    """What the program does with a norm, in words."""

    status: Status
    name: str
    meaning: str
    colour: str


@dataclass(frozen=True, slots=True)
class SaidShown:
    """What a rule can answer with; `words` is "" where only the code exists, in English."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule of the program with what it can answer, in the language of the page."""

    place: str
    summary: str  # in English: the code's own sentence
    findings: tuple[SaidShown, ...]
    questions: tuple[SaidShown, ...]
    asked_as: str  # its name at `shailoo law check`; "" where it has none


def status_of(name: NormId) -> Status:
    """The status; where the tests are no part of the installation, a rule alone stands for its test."""
    found = traced().trace[name]
    return Status.DECIDED if found.rules and not traced().tests_known else found.status


def status(each: Norm) -> StatusShown:
    """The status of a norm with its meaning: of what people decide the way, of what is open the department."""
    found = status_of(each.id)
    name, meaning = STATUSES[found]
    way = traced().trace[each.id].way
    more = ""
    if found is Status.HUMAN and way is not None:
        more = str(WAYS[way])
    if found is Status.OPEN:
        more = gettext("The department for it: %(room)s.") % {"room": ROOMS[DEPARTMENTS[each.area]]}
    return StatusShown(found, str(name), f"{meaning} {more}".strip(), COLOURS[found])


def places_of(found: Iterable[Norm]) -> tuple[str, ...]:
    """The dotted names of the rules that carry out these norms; control correlations are not among them."""
    places = (place for trace in _traces(found) for place in trace.rules if not place.startswith(CORRELATIONS))
    return tuple(dict.fromkeys(places))


def shown(place: str) -> RuleShown:
    """A rule for a page."""
    said = answers.said_by(place)
    return RuleShown(
        place,
        answers.summary(place),
        tuple(
            SaidShown(saying.pattern_of_finding(each.code), _spaced(each.code))
            for each in said
            if each.answer is Answer.FINDING
        ),
        tuple(
            SaidShown(saying.pattern_of_question(each.code), _spaced(each.code))
            for each in said
            if each.answer is Answer.QUESTION
        ),
        named()[place].name if place in named() else "",
    )


def correlations_of(found: Iterable[Norm]) -> tuple[str, ...]:
    """The control correlations that carry out these norms: "CR19"."""
    places = (place for trace in _traces(found) for place in trace.rules if place.startswith(CORRELATIONS))
    return tuple(dict.fromkeys(place.removeprefix(CORRELATIONS) for place in places))


def events_of(found: Iterable[Norm]) -> tuple[str, ...]:
    """The events of the calendar that date these norms."""
    return tuple(dict.fromkeys(name for trace in _traces(found) for name in trace.events))


def tests_of(found: Iterable[Norm]) -> tuple[str, ...]:
    """The tests that show these norms; none where they are no part of the installation."""
    return tuple(dict.fromkeys(name for trace in _traces(found) for name in trace.tests))


def norms_of(place: str) -> tuple[NormId, ...]:
    """The norms that the rule at a dotted name carries out."""
    return tuple(name for name, trace in traced().trace.items() if place in trace.rules)


def recorded_at(place: str) -> tuple[NormId, ...]:
    """The norms whose keeping the act at a dotted name records."""
    return tuple(name for name, trace in traced().trace.items() if place in trace.acts)


def reasoned(places: Sequence[str]) -> bool:
    """Whether some of these rules speak on the page "Why this result?"."""
    return any(place.startswith(tuple(f"shailoo.law.{module}." for module in REASONED)) for place in places)


def passage(place: str) -> Passage | None:
    """The code of a rule or act that carries a mark of the law; None for any other name."""
    marked = norms_of(place) or recorded_at(place) or place in named()
    return answers.passage(place) if marked else None


def norms_shown(names: Iterable[NormId]) -> list[Norm]:
    """The norms of these ids."""
    return [norm(name) for name in names]


def _traces(found: Iterable[Norm]) -> Iterable[Trace]:
    return (traced().trace[each.id] for each in found)


def _spaced(code: str) -> str:
    return code.replace("_", " ")
