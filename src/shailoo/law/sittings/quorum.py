"""Whether a commission may sit: called beforehand, and with enough of its members.

Carries out L12.4 (the order of work, by the reading `sitting_quorum`) and the side of L8.2 on making a sitting known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.sittings import SittingQuorum
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class Present:
    """How many members a commission has by law or decision (`seats`), and how many of them are present."""

    seats: int
    present: int


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether the sitting may take decisions, and the number of members that this needs."""

    needed: int
    quorate: bool


@applies("L12.4")
def quorum(facts: Present, edition: Edition) -> Outcome[Quorum]:
    """Whether enough members of a commission are present for it to sit and decide.

    `needed` counts members. A commission without a single seat is never quorate.
    """
    if edition.sitting_quorum is SittingQuorum.TWO_THIRDS_OF_SEATS:
        needed = ceil(facts.seats * edition.sitting_quorum_share)  # the share itself is enough
    else:
        needed = floor(facts.seats * edition.sitting_majority_share) + 1  # the share is to be exceeded
    needed = max(needed, 1)
    named = {"seats": facts.seats, "present": facts.present, "needed": needed}
    if facts.present > facts.seats:
        more = {"seats": facts.seats, "present": facts.present}
        too_many = Finding("L12.4", "more_members_than_seats", Severity.ERROR, more, ("present",))
        return Outcome(Quorum(needed, quorate=False), (), (too_many,))
    if facts.present < needed:
        missing = Finding("L12.4", "sitting_without_quorum", Severity.ERROR, named, ("present",))
        return Outcome(Quorum(needed, quorate=False), (), (missing,))
    return Outcome(Quorum(needed, quorate=True), (Step("L12.4", "sitting_has_quorum", named),))


@dataclass(frozen=True, slots=True)
class Notice:
    """When a sitting was made known, and for what instant and place (local or aware, both alike)."""

    called_at: datetime
    planned_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Announced:
    """Whether those who may attend could know of the sitting before it began."""

    beforehand: bool


@applies("L8.2")
def notice(facts: Notice, _edition: Edition) -> Outcome[Announced]:
    """Whether a sitting was made known before its hour, with its place; the law names no shortest notice."""
    findings = []
    if facts.planned_at <= facts.called_at:
        findings.append(Finding("L8.2", "sitting_called_too_late", Severity.ERROR, fields=("planned_at",)))
    if not facts.place.strip():
        findings.append(Finding("L8.2", "sitting_without_place", Severity.ERROR, fields=("place",)))
    steps = () if findings else (Step("L8.2", "sitting_announced", {"place": facts.place}),)
    return Outcome(Announced(not findings), steps, tuple(findings))
