"""The first page: how the featured election stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shailoo.elections.models import Election
from shailoo.law.mandates import Allocation
from shailoo.portal import gaps, maps, saying
from shailoo.portal.charts.hemicycle import Hemicycle, SeatList
from shailoo.portal.pictures import result_bars, seat_lists, seat_picture
from shailoo.portal.views.answers import Scene, of_results
from shailoo.results import queries as results
from shailoo.results.models import Determination
from shailoo.results.reckoning import Reckoned
from shailoo.results.tabulation import OptionRow, Sums


class Stage(StrEnum):
    """How far the result has come."""

    NOT_BEGUN = "not_begun"
    COUNTING = "counting"
    COUNTED = "counted"  # every protocol is in or accounted for; the CEC has not decided
    DETERMINED = "determined"


@of_results
def home(request: HttpRequest, scene: Scene) -> HttpResponse:
    """For a voter on a phone and a journalist who wants one number and its source."""
    national = scene.tabulation.national
    determination = results.current_determination(scene.voting)
    outcome = results.why(scene.voting)
    seats = seat_figures(scene, outcome.value)
    context = {
        "scene": scene,
        "election": scene.election,
        "national": national,
        "stage": stage(national, determination),
        "determination": determination,
        "publication": results.latest_publication(scene.voting),
        "headline": saying.result(outcome.value, scene.names),
        "open": saying.question(outcome.unsettled.question, scene.names) if outcome.unsettled else "",
        "bars": result_bars(
            scene.tabulation.options,
            national,
            scene.base,
            threshold=scene.law.threshold if parliamentary(scene) else None,
            hrefs=reasons_of(scene.tabulation.options),
        ),
        "seats": seats,
        "map": maps.of_nation(request.GET, scene.voting, scene.tabulation),
        "gap": gaps.of(scene.voting, scene.tabulation, scene.law),
        "hours": results.history(scene.voting),
    }
    return render(request, "portal/home.html", context)


def parliamentary(scene: Scene) -> bool:
    """Whether mandates are distributed among lists (Art. 64), and not one person elected (Art. 55)."""
    return scene.election.kind == Election.Kind.JOGORKU_KENESH


def stage(national: Sums, determination: Determination | None) -> Stage:
    """How far the result has come."""
    if determination is not None:
        return Stage.DETERMINED
    if not national.summed:
        return Stage.NOT_BEGUN
    done = national.summed + national.invalidated >= national.expected
    return Stage.COUNTED if done else Stage.COUNTING


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """The picture of the mandates and its legend."""

    chart: Hemicycle
    lists: tuple[SeatList, ...]


def seat_figures(scene: Scene, result: Reckoned) -> SeatFigures | None:
    """The mandates as they follow from the present or the determined figures; None where none are distributed."""
    if not isinstance(result, Allocation) or not result.seats:
        return None
    options = scene.tabulation.options
    return SeatFigures(seat_picture(options, result.seats, scene.law.seats), tuple(seat_lists(options, result.seats)))


def reasons_of(options: Sequence[OptionRow]) -> dict[str, str]:
    """Each list's place on the "why?" page."""
    page = reverse("portal:why")
    return {option.code: f"{page}#list-{option.code}" for option in options if option.kind != "against_all"}
