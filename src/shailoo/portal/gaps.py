"""What the source of the figures does not say, and what that does to the base of L64.2 and to the mandates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shailoo.elections import queries as elections
from shailoo.elections.models import Election, Voting
from shailoo.law.editions import Edition, ThresholdBase
from shailoo.law.mandates import Range, SeatRules, Sensitivity, sensitivity
from shailoo.portal import saying
from shailoo.portal.bases import ShareBase, base_of
from shailoo.portal.charts.hemicycle import SeatList
from shailoo.portal.pictures import seat_lists
from shailoo.results import queries as results
from shailoo.results.reckoning import seat_count
from shailoo.results.tabulation import OptionRow, Tabulation
from shailoo.territory.models import Precinct

FIGURES_OF_THE_BASE = ("voters_listed", "participated", "invalid")
MOST_RANGES = 6  # beyond, lists drop out at numbers of participants that no election has


@dataclass(frozen=True, slots=True)
class SeatsIf:
    """The mandates that follow, most first, if that many voters took part (both numbers included).

    `invalid_low` and `invalid_high` are the ballots without a valid vote that such numbers mean.
    """

    low: int
    high: int | None  # None: any larger number, as far as anyone need look
    invalid_low: int
    invalid_high: int | None
    lists: tuple[SeatList, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The missing lines, the base that is shown, and what follows for every number of participants."""

    missing: tuple[str, ...]  # in words
    base: ShareBase
    found: int  # ballots found: the fewest voters who can have taken part
    ranges: tuple[SeatsIf, ...]
    silences: tuple[str, ...]  # what else the source does not have, and what stands in its place


def of(voting: Voting, tabulation: Tabulation, law: Edition) -> Gap | None:
    """The gap in the national figures; None where nothing is missing or nothing is counted.

    The ranges take the reading that the law's words suggest, voters who took part: where the commission has decided
    for another base, they show what that decision spares the reader from not knowing.
    """
    national = tabulation.national
    missing = tuple(name for name in FIGURES_OF_THE_BASE if national.lines[name] is None)
    if not missing or not national.summed:
        return None
    words, base = tuple(saying.line(name) for name in missing), base_of(national, law)
    silences = tuple(_silences(voting, tabulation))
    if "participated" not in missing or voting.election.kind != Election.Kind.JOGORKU_KENESH:
        return Gap(words, base, national.cast, (), silences)
    rules = SeatRules.of(law.with_readings(threshold_base=ThresholdBase.PARTICIPATED))
    found = sensitivity(seat_count(results.facts(voting, tabulation)), rules)
    shown = found.ranges[:MOST_RANGES]
    ranges = tuple(_seats_if(each, found, tabulation.options) for each in shown)
    return Gap(words, base, found.found, ranges, silences)


def _silences(voting: Voting, tabulation: Tabulation) -> Iterator[str]:
    """Precinct numbers, commissions and candidates that the source does not name."""
    if voting.election.origin != Election.Origin.PUBLIC_RECORD:
        return
    counted = Precinct.Numbering.BY_REGION_AND_ROW
    if elections.expected(voting).filter(precinct__numbering=counted).exists():
        yield _("The source has no precinct numbers: precincts are numbered by region and row of the file.")
    if len(tabulation.tecs) == len(tabulation.regions):
        yield _("The source has no territorial commissions: those of a region stand as one.")
    if (
        voting.election.kind == Election.Kind.JOGORKU_KENESH
        and not voting.options.filter(candidates__isnull=False).exists()
    ):
        yield _("The source has no candidates: mandates are shown by list, without names.")


def _seats_if(each: Range, whole: Sensitivity, options: Sequence[OptionRow]) -> SeatsIf:
    last = each is whole.ranges[-1]
    high = None if last else each.to_participated
    return SeatsIf(
        each.from_participated,
        high,
        each.from_participated - whole.found,
        None if high is None else high - whole.found,
        tuple(seat_lists(options, each.allocation.seats)),
        saying.outcome(each.allocation.result.value),
    )
