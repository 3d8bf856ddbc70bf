"""What other readings and other editions of the law would have given on the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shailoo.elections.models import Election
from shailoo.law.editions import Edition, Reading, editions
from shailoo.law.mandates import Allocation
from shailoo.law.outcome import NormId, Outcome
from shailoo.portal import saying
from shailoo.portal.charts.hemicycle import SeatList
from shailoo.portal.pictures import seat_lists
from shailoo.portal.views.answers import Scene
from shailoo.results.reckoning import Facts, Reckoned, reckon

OF_LISTS = frozenset(
    {
        "threshold_base",
        "regional_rule",
        "quotient",
        "tie_on_equal_remainder",
        "tie_same_registration",
        "cap_surplus_rule",
        "order_of_tests",
        "list_votes_sum",
    }
)
OF_PRESIDENT = frozenset({"repeat_voting_tie", "repeat_election_president_caller", "deposit_round"})
"""Readings that say something of one kind of election alone; the others concern both."""
OF_SEATS = ("threshold_base", "regional_rule", "cap_surplus_rule", "tie_same_registration")
"""The readings on which mandates can depend; what each option would give is worked out and shown."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """An option of a reading, whether it is the one taken, and the mandates that it would give."""

    words: str
    taken: bool
    seats: tuple[SeatList, ...]
    outcome: str
    changes: bool


@dataclass(frozen=True, slots=True)
class ReadingTaken:
    """A question that the law leaves open, the answer taken, and the others."""

    reading: Reading
    words: str
    norms: Sequence[NormId]
    alternatives: tuple[Alternative, ...]

    @property
    def departs(self) -> bool:
        """Whether a decision of the commission departs from the edition's default."""
        return self.reading.taken != self.reading.default


@dataclass(frozen=True, slots=True)
class OtherEdition:
    """An edition that this election has not pinned, its barrier, and the mandates that it would have given."""

    adopted: date
    threshold: Fraction
    alternative: Alternative


def readings(scene: Scene, source: Facts, law: Edition, outcome: Outcome[Reckoned]) -> Iterator[ReadingTaken]:
    """Every reading that concerns this election; for those on which mandates depend, what each option would give."""
    elsewhere = OF_LISTS if scene.election.kind == Election.Kind.PRESIDENTIAL else OF_PRESIDENT
    for reading in law.readings_of_results:
        if reading.name in elsewhere:
            continue
        yield ReadingTaken(
            reading,
            saying.reading(reading.name),
            saying.citations(reading.norms),
            tuple(_alternatives(reading, scene, source, law, outcome)),
        )


def _alternatives(
    reading: Reading, scene: Scene, source: Facts, law: Edition, outcome: Outcome[Reckoned]
) -> Iterator[Alternative]:
    for option in reading.options:
        words = saying.option(reading.name, option)
        taken = option == reading.taken
        if not _seated(source, outcome) or reading.name not in OF_SEATS:
            yield Alternative(words, taken, (), "", changes=False)
            continue
        other = outcome if taken else reckon(source, law.with_readings(**{reading.name: option}))
        yield _alternative(words, scene, other, outcome)


def _mandates(outcome: Outcome[Reckoned]) -> tuple[str, Mapping[str, int]]:
    """What a reading can change: the outcome and the mandates."""
    value = outcome.value
    return value.result.value, dict(value.seats) if isinstance(value, Allocation) else {}


def other_editions(scene: Scene, source: Facts, law: Edition, outcome: Outcome[Reckoned]) -> Iterator[OtherEdition]:
    """Every other edition known, the oldest first, with the readings taken here; none where no mandates are counted."""
    if not _seated(source, outcome):
        return
    taken = {reading.name: reading.taken for reading in law.readings}
    for each in editions():
        if each.id != law.id:
            other = reckon(source, each.with_readings(**taken))
            yield OtherEdition(each.adopted, each.threshold, _alternative("", scene, other, outcome))


def _alternative(words: str, scene: Scene, other: Outcome[Reckoned], outcome: Outcome[Reckoned]) -> Alternative:
    seats = other.value.seats if isinstance(other.value, Allocation) else {}
    open_question = other.unsettled.question if other.unsettled else ""
    return Alternative(
        words,
        other is outcome,
        tuple(seat_lists(scene.tabulation.options, seats)),
        saying.question(open_question, scene.names) if open_question else saying.outcome(other.value.result.value),
        changes=_mandates(other) != _mandates(outcome),
    )


def _seated(source: Facts, outcome: Outcome[Reckoned]) -> bool:
    """Whether there are figures from which mandates follow."""
    return bool(source.national.summed) and isinstance(outcome.value, Allocation)
