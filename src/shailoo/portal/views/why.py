"""Why this result: every step in words, with its norm, its numbers, the readings taken and what they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shailoo.elections.models import Election
from shailoo.law.editions import Edition, edition
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import NormId, Outcome
from shailoo.portal import gaps, saying
from shailoo.portal.alternatives import OF_SEATS, other_editions, readings
from shailoo.portal.bases import base_of
from shailoo.portal.reasons import (
    Barrier,
    Division,
    NationalTest,
    Portion,
    RegionalTest,
    divisions,
    national_tests,
    regional_tests,
)
from shailoo.portal.templatetags.figures import name as name_of
from shailoo.portal.views.answers import Scene, of_results
from shailoo.results import queries as results
from shailoo.results.figures import facts_of
from shailoo.results.queries import Deputy, Draft, Question
from shailoo.results.reckoning import Facts, Reckoned, seat_count
from shailoo.results.tabulation import OptionRow


@dataclass(frozen=True, slots=True)
class ListReason:
    """One list from its votes to its mandates."""

    option: OptionRow
    national: NationalTest | None
    regional: tuple[RegionalTest, ...]
    seats: int
    admitted: bool
    sentences: tuple[tuple[str, NormId], ...]

    @property
    def regions_below(self) -> tuple[RegionalTest, ...]:
        return tuple(test for test in self.regional if test.verdict == "missed")


@of_results
def why(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For a lawyer who asks "on what ground?", and for the list that stayed below the barrier."""
    determination = results.current_determination(scene.voting)
    draft: Draft | None = None
    if determination is None:
        draft = results.draft(scene.voting)
        outcome, source, law = draft.outcome, draft.facts, scene.law
    else:
        outcome, source = results.as_determined(determination), facts_of(determination.figures)
        law = edition(determination.edition_id).with_readings(**determination.readings)
        if determination.settles:  # what was asked and decided; without it the draft would be worked out for nothing
            draft = results.draft(scene.voting)
    lists = tuple(_list_reasons(scene, source, outcome, law))
    taken = tuple(readings(scene, source, law, outcome))
    context = {
        "scene": scene,
        "election": scene.election,
        "law": law,
        "counted": source.national.summed,
        "determination": determination,
        "outdated": determination is not None and not results.rests_on(determination, scene.voting, scene.tabulation),
        "headline": saying.result(outcome.value, scene.names),
        "steps": saying.steps(outcome.steps, scene.names),
        "lists": lists,
        "region_lists": [name_of(each.option) for each in lists if each.regional],
        "regions": list(_by_region(lists, scene.names)),
        "base": base_of(source.national, law),
        "divisions": [_division(each, scene.names) for each in divisions(outcome.steps)],
        "questions": [_question(each, scene.names) for each in draft.questions] if draft else [],
        "obstacles": saying.findings(draft.obstacles, {**scene.names, **scene.commissions})
        if draft and determination is None
        else [],
        "decisive": [each for each in taken if each.reading.name in OF_SEATS],
        "others": [each for each in taken if each.reading.name not in OF_SEATS],
        "editions": list(other_editions(scene, source, law, outcome)),
        "gap": gaps.of(scene.voting, scene.tabulation, law),
        "publication": results.latest_publication(scene.voting),
    }
    if _parliamentary(scene) and source.national.summed:
        context |= _elected(scene)
    return render(request, "portal/why.html", context)


def _parliamentary(scene: Scene) -> bool:
    return scene.election.kind == Election.Kind.JOGORKU_KENESH


def _list_reasons(scene: Scene, source: Facts, outcome: Outcome[Reckoned], law: Edition) -> Iterator[ListReason]:
    """Every list, most votes first."""
    if not isinstance(outcome.value, Allocation):
        return
    national = {test.list_id: test for test in national_tests(outcome.steps)}
    tested = [code for code, test in national.items() if test.barrier is not Barrier.BELOW]
    regional = regional_tests(seat_count(source), tested, law)
    lists = [option for option in source.options if option.kind != "against_all"]
    votes = dict(zip((option.code for option in lists), source.national.votes, strict=True))
    for option in sorted(lists, key=lambda each: -votes[each.code]):
        own = [step for step in outcome.steps if step.facts.get("list") == option.code]
        yield ListReason(
            option,
            national.get(option.code),
            regional.get(option.code, ()),
            outcome.value.seats.get(option.code, 0),
            option.code in outcome.value.admitted,
            tuple(saying.steps(own, scene.names)),
        )


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question in words, its norms and options, and the number of the decision where one was taken."""

    words: str
    norms: Sequence[NormId]
    options: tuple[str, ...]
    decision: str


def _question(each: Question, names: Mapping[str, str]) -> QuestionShown:
    asked = each.unsettled
    options = tuple(saying.question(option, names) for option in asked.options)
    decision = each.decided.decision if each.decided else ""
    return QuestionShown(saying.question(asked.question, names), saying.citations(asked.norms), options, decision)


@dataclass(frozen=True, slots=True)
class PortionShown:
    name: str
    portion: Portion


@dataclass(frozen=True, slots=True)
class DivisionShown:
    """A division with the names of its lists."""

    division: Division
    portions: tuple[PortionShown, ...]


def _division(each: Division, names: Mapping[str, str]) -> DivisionShown:
    portions = (PortionShown(names.get(own.list_id, own.list_id), own) for own in each.portions)
    return DivisionShown(each, tuple(portions))


def _by_region(lists: Sequence[ListReason], names: Mapping[str, str]) -> Iterator[tuple[str, tuple[RegionalTest, ...]]]:
    """Region by region, the tests of the lists that reached the national barrier."""
    tested = [each.regional for each in lists if each.regional]
    for row in zip(*tested, strict=True):
        yield names.get(row[0].region, row[0].region), row


def _elected(scene: Scene) -> dict[str, object]:
    """The elected candidates under the name of their list, in the order of the ballot, and mandates nobody fills."""
    mandates = results.mandates(scene.voting)
    grouped: dict[str, list[Deputy]] = {}
    for deputy in mandates.elected:
        grouped.setdefault(name_of(deputy.option), []).append(deputy)
    vacant = [(scene.names.get(code, code), number) for code, number in mandates.vacant.items()]
    return {"elected": list(grouped.items()), "vacant": vacant if grouped else []}
