"""Places for campaign materials at a precinct: in time, equal for all, cleared after the election (L27.3, L27.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shailoo.law.calendar import local_day, start_of, when
from shailoo.law.campaign.polling import Polling
from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class PostingPlaces:
    """What local government did about campaign materials at one precinct. Local days; null: not done.

    `as_of`: the day on which the question is asked. `precinct_since`: the day since which the precinct has existed,
    where that is after the calling. `provided_on`: special places were set aside. `areas`: contestant -> area there,
    in square centimetres. `cleared_on`: materials were removed from the precinct.
    """

    polling: Polling
    as_of: date
    precinct_since: date | None = None
    provided_on: date | None = None
    areas: Mapping[str, int] = field(default_factory=dict)
    cleared_on: date | None = None


class PlacesDone(StrEnum):
    """Whether what was due by the day asked is done."""

    DONE = "done"
    NOT_DUE = "not_due"
    BREACH = "breach"


@applies("L27.3.a1", "L27.3.a2", "L27.6")
def posting_places(places: PostingPlaces, edition: Edition) -> Outcome[PlacesDone]:
    """Whether a precinct had places for campaign materials in time, equal for all, and was cleared of materials."""
    steps: list[Step] = []
    findings = (*_provided(places, edition, steps), *_equal(places, steps), *_cleared(places, edition, steps))
    if any(each.severity is Severity.ERROR for each in findings):
        return Outcome(PlacesDone.BREACH, tuple(steps), findings)
    value = PlacesDone.NOT_DUE if places.provided_on is None else PlacesDone.DONE
    return Outcome(value, tuple(steps), findings)


def _provided(places: PostingPlaces, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L27.3: from the calling; a precinct that did not exist then is to be looked at again."""
    term = when("campaign_places_provided", places.polling.since_calling, edition)
    if term.closes is None or term.last is None:
        return
    day = places.provided_on or places.as_of
    facts: dict[str, Fact] = {"day": day, "last": term.last}
    if start_of(day) < term.closes:
        code = "posting_place_due" if places.provided_on is None else "posting_place_in_time"
        steps.append(Step("L27.3.a1", code, facts))
    elif places.precinct_since is not None and start_of(places.precinct_since) >= term.closes:
        if places.provided_on is None:
            yield Finding("L27.3.a1", "new_precinct_without_place", Severity.WARNING, facts, ("provided_on",))
        else:
            steps.append(Step("L27.3.a1", "new_precinct_has_place", facts))
    elif places.provided_on is None:
        yield Finding("L27.3.a1", "no_posting_place", Severity.ERROR, facts, ("provided_on",))
    else:
        yield Finding("L27.3.a1", "posting_place_late", Severity.ERROR, facts, ("provided_on",))


def _equal(places: PostingPlaces, steps: list[Step]) -> Iterator[Finding]:
    if not places.areas:
        return
    facts: dict[str, Fact] = {"lowest": min(places.areas.values()), "highest": max(places.areas.values())}
    if facts["lowest"] != facts["highest"]:
        yield Finding("L27.3.a2", "posting_areas_differ", Severity.ERROR, facts, ("areas",))
    else:
        steps.append(Step("L27.3.a2", "posting_areas_equal", {"contestants": len(places.areas)}))


def _cleared(places: PostingPlaces, edition: Edition, steps: list[Step]) -> Iterator[Finding]:
    """L27.6: from the official publication of results, which must have happened."""
    published = places.polling.results_published
    if published is None:
        return
    occasion = places.polling.occasion.knowing(publication_of_results=published)
    term = when("campaign_materials_removed", occasion, edition)
    day = places.cleared_on or places.as_of
    facts: dict[str, Fact] = {"day": day, "last": term.last or local_day(published)}
    in_time = term.closes is None or start_of(day) < term.closes
    if in_time:
        code = "materials_to_be_cleared" if places.cleared_on is None else "materials_cleared_in_time"
        steps.append(Step("L27.6", code, facts))
    elif places.cleared_on is None:
        yield Finding("L27.6", "materials_not_cleared", Severity.ERROR, facts, ("cleared_on",))
    else:
        yield Finding("L27.6", "materials_cleared_late", Severity.ERROR, facts, ("cleared_on",))
