"""The guarded room with the safe that holds ballots, lists, other election documents and the seal (Art. 30.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.outcome import Fact, Finding, Outcome, Severity, Step, applies
from shailoo.law.voters.answer import Answer, Requirement


@dataclass(frozen=True, slots=True)
class RoomOpening:
    """An opening of the sealed room while it was guarded, and whether it is recorded with its seals."""

    at: datetime
    recorded: bool


@dataclass(frozen=True, slots=True)
class Custody:
    """A commission's room with the safe: instants of storing, guarding, opening. None: not yet, or not known.

    `room_sealed`: the room bears a seal; `guard_of_internal_affairs`: officers of internal affairs bodies keep it.
    """

    stored: datetime
    room_sealed: bool | None = None
    guard_of_internal_affairs: bool | None = None
    guard_from: datetime | None = None
    guard_until: datetime | None = None
    opened: datetime | None = None
    openings: tuple[RoomOpening, ...] = ()


KEPT: Mapping[str, Requirement] = MappingProxyType(
    {
        "room_sealed": Requirement("L30.11.a1"),
        "guard_of_internal_affairs": Requirement("L30.11.a1"),
    }
)
"""How the room is kept."""


@applies("L30.11.a1")
def ballot_custody(facts: Custody, _edition: Edition) -> Outcome[bool | None]:
    """Whether the room with ballots, lists and seal was sealed and guarded from storing until the safe was opened."""
    answer = Answer()
    answer.require(KEPT, facts)
    _guard(facts, answer)
    missing = [each for each in facts.openings if not each.recorded]
    for each in missing:
        when: dict[str, Fact] = {"at": each.at}
        answer.findings.append(
            Finding("L30.11.a1", "custody_opening_not_recorded", Severity.ERROR, when, ("openings",))
        )
    if facts.openings and not missing:
        answer.steps.append(Step("L30.11.a1", "custody_openings_recorded", {"openings": len(facts.openings)}))
    return answer.outcome(answer.verdict)


def _guard(facts: Custody, answer: Answer) -> None:
    if facts.guard_from is None:
        stored: dict[str, Fact] = {"stored": facts.stored}
        answer.findings.append(Finding("L30.11.a1", "custody_not_guarded", Severity.ERROR, stored, ("guard_from",)))
        return
    begins: dict[str, Fact] = {"stored": facts.stored, "guard_from": facts.guard_from}
    late = Finding("L30.11.a1", "custody_guarded_late", Severity.ERROR, begins, ("guard_from",))
    answer.test(facts.guard_from <= facts.stored, Step("L30.11.a1", "custody_guarded", begins), late)
    if facts.opened is not None and facts.guard_until is not None:
        ends: dict[str, Fact] = {"guard_until": facts.guard_until, "opened": facts.opened}
        early = Finding("L30.11.a1", "custody_ended_early", Severity.ERROR, ends, ("guard_until",))
        answer.test(facts.guard_until >= facts.opened, Step("L30.11.a1", "custody_until_opening", ends), early)
