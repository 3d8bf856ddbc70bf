"""What differs between two publications, in words: the way to each figure, and what stood and stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from shailoo.law.editions import ThresholdBase
from shailoo.portal import saying
from shailoo.portal.bases import OF
from shailoo.portal.templatetags.figures import exact, local_time, percent
from shailoo.portal.views.answers import Scene
from shailoo.results import queries as results
from shailoo.results.models import Publication
from shailoo.results.queries import Change

KINDS: dict[str, Promise] = {
    Publication.Kind.PRELIMINARY: gettext_lazy("preliminary, without legal significance"),
    Publication.Kind.OFFICIAL: gettext_lazy("official"),
}
OF_ITSELF = frozenset({("heading", "version"), ("heading", "as_of"), ("heading", "publication")})
"""What two publications always differ in, or say in their headings: no news of the election."""
WITHOUT_WORDS = frozenset({"lines", "value"})  # steps of the way that a reader does not need
PARTS: Mapping[str, Promise] = {
    "heading": gettext_lazy("Publication"),
    "decision": gettext_lazy("number of the decision"),
    "edition": gettext_lazy("edition of the law"),
    "readings": gettext_lazy("reading taken"),
    "law": gettext_lazy("Law"),
    "values": gettext_lazy("Values in force"),
    "options": gettext_lazy("Ballot"),
    "nation": gettext_lazy("The nation"),
    "percentages": gettext_lazy("Share"),
    "shares": gettext_lazy("share of the base"),
    "base": gettext_lazy("base of the shares"),
    "base_count": gettext_lazy("base of the shares, number"),
    "regions": gettext_lazy("Regions"),
    "tecs": gettext_lazy("Territorial commissions"),
    "result": gettext_lazy("What follows from the figures"),
    "determined": gettext_lazy("Determination"),
    "at": gettext_lazy("time"),
    "version": gettext_lazy("number of the version"),
    "outcome": gettext_lazy("outcome"),
    "seats": gettext_lazy("mandates"),
    "open_seats": gettext_lazy("mandates on which a decision is open"),
    "vacant": gettext_lazy("vacant mandates"),
    "admitted": gettext_lazy("list admitted to the distribution"),
    "excluded": gettext_lazy("list not admitted, and why"),
    "quotient": gettext_lazy("electoral quotient"),
    "elected": gettext_lazy("elected"),
    "candidates": gettext_lazy("candidate in the repeat voting"),
    "settles": gettext_lazy("question settled by decision"),
    "unsettled": gettext_lazy("question that the law leaves open"),
    "votes": gettext_lazy("votes"),
    "against_all": gettext_lazy("against all"),
    "expected": gettext_lazy("precincts"),
    "summed": gettext_lazy("protocols counted"),
    "quarantined": gettext_lazy("precincts beside the totals"),
    "quarantined_valid": gettext_lazy("valid ballots beside the totals"),
    "invalidated": gettext_lazy("precincts declared invalid"),
    "invalidated_participated": gettext_lazy("voters at precincts declared invalid"),
}
REASONS: Mapping[str, Promise] = {
    "below_national_threshold": gettext_lazy("below the national barrier"),
    "below_regional_threshold": gettext_lazy("below the regional barrier"),
}


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What changed, in words, from what to what; `counts` where both are numbers or missing."""

    words: str
    before: int | str | None
    after: int | str | None

    @property
    def counts(self) -> bool:
        return all(value is None or isinstance(value, int) for value in (self.before, self.after))

    @property
    def cells(self) -> tuple[str, int | str | None, int | str | None]:
        """As the components take a change."""
        return self.words, self.before, self.after


def shown(changes: tuple[Change, ...], scene: Scene) -> list[ChangeShown]:
    """Every change of a figure or of a text that is not the publication's own, in the order of the publication.

    The outcome of a determination is told once; a way that has no words here keeps its own name.
    """
    told = {change.path for change in changes}
    return [
        ChangeShown(
            " – ".join(_way(change.path, scene)),
            _value(change.path, change.before, scene),
            _value(change.path, change.after, scene),
        )
        for change in changes
        if change.path not in OF_ITSELF
        and not (change.path == ("determined", "outcome") and ("determined", "value", "outcome") in told)
    ]


def _way(path: tuple[str, ...], scene: Scene) -> Iterator[str]:
    for place, part in enumerate(path):
        if part in WITHOUT_WORDS:
            continue
        if part.isdecimal() and place:
            yield _by_place(path[place - 1], int(part), scene)
        elif part in results.LINES and part not in PARTS:
            yield saying.line(part)
        elif part in PARTS:
            yield str(PARTS[part])
        else:
            yield _named(part, scene)


def _named(part: str, scene: Scene) -> str:
    """A list, candidate, region or commission by its code; a reading by its name; else what stands there."""
    return scene.names.get(part) or scene.commissions.get(part) or saying.reading(part)


def _by_place(of: str, place: int, scene: Scene) -> str:
    """An entry of a list: votes stand in the order of the ballot, everything else is numbered."""
    options = [option for option in scene.tabulation.options if option.kind != "against_all"]
    if of == "votes" and place < len(options):
        return scene.names[options[place].code]
    return str(place + 1)


def _value(path: tuple[str, ...], value: int | str | None, scene: Scene) -> int | str | None:
    """What stands at the end of the way: codes become words, shares percentages, instants local times."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    last = path[-1]
    if last == "outcome":
        return saying.outcome(value)
    if last == "quotient":
        return exact(Fraction(value), 4)
    if last == "base":
        return str(OF[ThresholdBase(value)])
    if last == "at":
        return local_time(datetime.fromisoformat(value))
    if "shares" in path:
        return percent(Fraction(value))
    if "readings" in path:
        return saying.option(last, value)
    return _coded(value, scene)


def _coded(value: str, scene: Scene) -> str:
    """A reason, or a list or region by its code; any other text as it stands."""
    return str(REASONS[value]) if value in REASONS else scene.names.get(value, value)
