"""When a deputy's mandate ends early, and what must be shown for each ground (L65.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.registration import AbsenceCounting
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.registration.succession import BEFORE_AWARD, CAUSES, Cause


class Proof(StrEnum):
    """What the law asks for before the mandate ends."""

    WRITTEN = "written"  # a written application
    IN_FORCE = "in_force"  # a decision or sentence of a court that is in force
    ABSENCE = "absence"  # working days of absence
    SHOWN = "shown"  # the fact itself


PROOFS: Mapping[Cause, Proof] = MappingProxyType(
    {
        Cause.RESIGNATION: Proof.WRITTEN,
        Cause.LEFT_FACTION: Proof.WRITTEN,
        Cause.INCAPABLE: Proof.SHOWN,
        Cause.DEATH: Proof.SHOWN,
        Cause.DECLARED_DEAD_OR_MISSING: Proof.IN_FORCE,
        Cause.CONVICTION: Proof.IN_FORCE,
        Cause.INCOMPATIBLE_POSITION: Proof.SHOWN,
        Cause.LEFT_COUNTRY: Proof.SHOWN,
        Cause.CITIZENSHIP: Proof.SHOWN,
        Cause.ABSENCE: Proof.ABSENCE,
        Cause.INVALID_ELECTION: Proof.SHOWN,
    }
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A ground for the early end of a deputy's mandate, on the local day `on`.

    `shown` says whether the fact is proven (None: not known), `written` whether there is a written application,
    `in_force_on` the day on which a court's decision came into force (None: it has not). `absences` are runs of working
    days in a row without valid reason, all within one session.
    """

    deputy: str
    cause: Cause
    on: date
    shown: bool | None = None
    written: bool | None = None
    in_force_on: date | None = None
    absences: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.cause in BEFORE_AWARD:
            raise ValueError(f"{self.cause.value} is no ground once there is a deputy")


@dataclass(frozen=True, slots=True)
class Ended:
    """Whether the mandate has ended; then `succession` says who follows."""

    ended: bool


@applies(
    "L65.4.1",
    "L65.4.2",
    "L65.4.3",
    "L65.4.4",
    "L65.4.5",
    "L65.4.6",
    "L65.4.7",
    "L65.4.8",
    "L65.4.9",
    "L65.4.10",
)
def mandate_end(facts: Ending, edition: Edition) -> Outcome[Ended]:
    """Whether a ground for the early end of a mandate is met: an application, a court's decision in force, 30 days."""
    norm = CAUSES[facts.cause]
    told: dict[str, Fact] = {"deputy": facts.deputy, "vacancy_cause": facts.cause.value}
    lacking = _CHECKS[PROOFS[facts.cause]](facts, edition)
    if lacking is None:
        return Outcome(Ended(ended=True), (Step(norm, "mandate_ends", told),))
    return Outcome(Ended(ended=False), (), (lacking,))


def _written(facts: Ending, _edition: Edition) -> Finding | None:
    if facts.written:
        return None
    return Finding(CAUSES[facts.cause], "mandate_end_without_application", Severity.ERROR, fields=("written",))


def _in_force(facts: Ending, _edition: Edition) -> Finding | None:
    if facts.in_force_on is not None and facts.in_force_on <= facts.on:
        return None
    return Finding(CAUSES[facts.cause], "mandate_end_not_in_force", Severity.ERROR, fields=("in_force_on",))


def _absence(facts: Ending, edition: Edition) -> Finding | None:
    cumulative = edition.absence_counting is AbsenceCounting.CUMULATIVE
    days = sum(facts.absences) if cumulative else max(facts.absences, default=0)
    if days >= edition.absence_working_days:
        return None
    numbers: dict[str, Fact] = {"days": days, "needed": edition.absence_working_days}
    return Finding("L65.4.9", "mandate_end_absence_too_short", Severity.ERROR, numbers, ("absences",))


def _shown(facts: Ending, _edition: Edition) -> Finding | None:
    if facts.shown:
        return None
    return Finding(CAUSES[facts.cause], "mandate_end_not_shown", Severity.ERROR, fields=("shown",))


_CHECKS = {Proof.WRITTEN: _written, Proof.IN_FORCE: _in_force, Proof.ABSENCE: _absence, Proof.SHOWN: _shown}
